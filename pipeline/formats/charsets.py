"""Bytes of other than Latin letters as text, in the encoding in which they are most like a language.

As Windows-1251 the KOI8-R of `Порт закрыт` reads `оНПР ГЮЙПШР`: other letters are the common ones, and capitals stand
inside words. A line is enough to tell, where statistics of bytes need a page.
"""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from pipeline.formats.words import entries

ONE_BYTE = (
    "windows-1251",
    "koi8-u",  # KOI8-R with letters where that has lines
    "windows-1253",
    "windows-1256",
    "windows-1255",
    "cp874",
    "iso-8859-5",
    "iso-8859-6",
    "cp866",
    "mac-cyrillic",
)
"""Encodings of a byte a letter, the commonest first; those of Greek and Hebrew hold what ISO 8859-7 and 8859-8 have."""
JAPANESE = ("cp932", "euc_jp")
ESCAPED = ((re.compile(rb"\x1b\$[@B]"), "iso2022_jp_2"), (re.compile(rb"\x1b\$\)C"), "iso2022_kr"))
"""Encodings of seven bits that say themselves where their letters begin."""
LIKELY = 0.55
"""From where on a text is a language's: whole texts have 0.67 and more, bytes of another kind 0.4 and less."""
KANA = 0.15
"""The share of hiragana from which a text is Japanese."""
LOOK_AT = 8000
"""How many bytes are looked at."""
BESIDE = frozenset("«»“”„‘’‹›–—…№°·•\xa0")
WORD = re.compile(r"[^\W\d_]{2,}")
HIRAGANA = re.compile("[\u3041-\u3096]")


def escaped(body: bytes) -> str | None:
    """Text that switches between sets of letters, as ISO-2022-JP; None where it does not."""
    name = next((name for sign, name in ESCAPED if sign.search(body)), None)
    try:
        return body.decode(name) if name else None
    except UnicodeDecodeError:
        return None


def likely(body: bytes) -> str | None:
    """The encoding in which bytes are most like a language's, of those that are not Latin; None where none is."""
    head = body[:LOOK_AT]
    for name in JAPANESE:
        if _kana(head.decode(name, "replace")) >= KANA:
            return name
    found = max(ONE_BYTE, key=lambda name: _likeness(head.decode(name, "replace")))
    return found if _likeness(head.decode(found, "replace")) >= LIKELY else None


def _kana(text: str) -> float:
    odd = [each for each in text if not each.isascii()]
    return 0.0 if "\ufffd" in text[:-1] else len(HIRAGANA.findall(text)) / max(1, len(odd))


@lru_cache(maxsize=16)
def _likeness(text: str) -> float:
    """How like a language's the letters of a text are, from -1 to 1, less what stands in oddly capitalized words."""
    told = Counter(_bare(each) for each in text.lower() if not each.isascii() and each not in BESIDE)
    most = max(sum(weights.get(each, -1.0) * number for each, number in told.items()) for weights in _weights())
    words = WORD.findall(text)
    usual = sum(len(word) for word in words if word[1:].islower() or word.isupper() or word.lower() == word.upper())
    return most / max(1, told.total()) * usual / max(1, sum(map(len, words)))


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


@cache
def _weights() -> tuple[dict[str, float], ...]:
    """Each language's letters, to 1 for its commonest and less and less for the others."""
    return tuple(
        {letter: 1 - number / len(letters) for number, letter in enumerate(letters)}
        for _, letters in entries("scripts.csv")
    )
