"""Bytes as text: the encoding as told, as a byte order mark says, or found by looking.

Told encodings are wrong as often as right: bytes that are UTF-8 are, whatever the label; bytes that
are not are Windows-1252 in Western text; where most letters are beyond ASCII, the encoding in which
they are most like a language's, or what charset-normalizer finds. Text with stray bytes of Windows-1252
in UTF-8 is read byte by byte.
"""

import codecs
import re
import string
from collections import Counter

from charset_normalizer import from_bytes

from pipeline.errors import Rejected
from pipeline.formats.charsets import escaped, likely
from pipeline.formats.words import alphabets

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WESTERN = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso_8859-1", "ascii", "us-ascii", "windows-1252", "cp1252"}
"""Labels that mean Windows-1252 in practice, as the WHATWG's Encoding Standard has it."""
ASCII = bytes(range(0x80))
LETTERS = string.ascii_letters.encode()
LATIN = ("windows-1252", "windows-1250", "iso-8859-2", "windows-1254")
"""Encodings of Latin letters, the commonest first."""
MARKED = ASCII + "€‚„…‘’“”•–—\xa0«»·°".encode("windows-1252")
"""Bytes that are no letters in Windows-1252, as texts without any are full of."""
LETTER = re.compile(r"[^\W\d_a-z]|(?<=[^\W\d_])[^\w\s\x00-\x7f\u0300-\u036f\u2010-\u203a«»]")
"""A letter beyond ASCII, or a sign in a letter's place: the ³ of zosta³."""
FEW = 0.3
"""The share of letters beyond ASCII up to which a text is in Latin letters."""
FITS = 0.95
"""The share of letters that fit one language from which a text is in Latin letters all the same."""
MOSTLY = 0.6
"""The share of the bytes beyond ASCII that must be UTF-8 where not all are; of Shift-JIS half can look like it."""
BINARY = 0.1
"""The share of control characters from which bytes are no text."""
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff\ud800-\udfff\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)

TAG = re.compile(rb"<[A-Za-z/!?][^<>]*>")
CODE, CODE_END = (re.compile(each, re.IGNORECASE) for each in (rb"<(?:script|style)\b", rb"</(?:script|style)\b"))
C1 = re.compile(r"[\x80-\x9f]")

LINE_END = re.compile(r"\r+\n|\r|\u2028|\u0085")
SPACING = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
"""Control characters that part words."""


def decode(body: bytes, told: str | None = None) -> str:
    """Bytes as text with bare line feeds; control characters stay. Raises Rejected."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return _lines(_wide(body[len(mark) :], name))
    wide = _without_mark(body)
    if wide:
        return _lines(_wide(body, wide))
    text = undoubled(escaped(body) or _told(body, told) or _found(body))
    if len(text) > 40 and len(re.findall(r"[\x00-\x06\x0e\x0f\x17-\x1b]", text)) > BINARY * len(text):
        raise Rejected("not-text", f"{len(text):,} characters, too many of them control characters: binary, not text")
    return _lines(text)


def undoubled(text: str) -> str:
    """Text whose UTF-8 was taken for Windows-1252 and made UTF-8 once more, as it was: `â€œSeoul` is “Seoul.

    All of its letters beyond ASCII must be bytes of UTF-8 in order: one `é` of its own, and nothing is changed.
    """
    if text.isascii():
        return text
    try:
        whole = text.encode("windows-1252", errors="newswire-doubled").decode("utf-8")
    except UnicodeError:
        return text
    return whole if len(text) - len(whole) > 1 else text


def printable(text: str) -> str:
    """A text without control characters, halves of characters and what nobody sees; tabs and line feeds stay.

    Nobody sees a soft hyphen, a space without width, a mark of direction; what joins letters or parts them stays.
    """
    return text if text.isprintable() else CONTROL.sub("", SPACING.sub(" ", text))


def _told(body: bytes, told: str | None) -> str | None:
    """The text in the encoding that is told; None where it does not fit or is none."""
    name = "windows-1252" if (told or "").strip().casefold() in WESTERN else told
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return body.decode(name.strip()) if name else None
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _found(body: bytes) -> str:
    """The text in the encoding that fits. Raises Rejected."""
    if re.search(rb"[\xc2-\xf4][\x80-\xbf]", body) and _mostly_utf8(body):
        return body.decode("utf-8", errors="newswire-western")
    shown = _shown(body)
    high = len(shown.translate(None, ASCII))
    letters = len(shown) - len(shown.translate(None, LETTERS))
    if high <= letters:
        latin = _latin(body)
        if high <= FEW * letters or (_fit(latin) > FITS and not C1.search(latin)):
            return latin
    found = likely(shown)
    if found:
        return body.decode(found, errors="newswire-western")
    best = from_bytes(body).best()
    if best is None:
        raise Rejected("encoding", "no encoding fits the bytes; set `encoding` in the source's TOML")
    return str(best)


def _shown(body: bytes) -> bytes:
    """What of markup is no tag and no code: these are in Latin letters whatever the text is in."""
    if b"<" not in body:
        return body
    first, *codes = CODE.split(body)
    return TAG.sub(b" ", b" ".join([first, *(CODE_END.split(each, maxsplit=1)[-1] for each in codes)]))


def _latin(body: bytes) -> str:
    """Text in Latin letters: Windows-1252, unless a language of Central Europe, or Turkish, fits its letters better.

    As Windows-1252 the bytes of `Přístav`, `mluvčí` read `Pøístav`, `mluvèí`: letters that no language has all of.
    """
    western = body.decode(LATIN[0], errors="newswire-western")
    if not body.translate(None, MARKED) or _fit(western) == 1:
        return western
    return max((western, *(body.decode(name, errors="newswire-western") for name in LATIN[1:])), key=_fit)


def _fit(text: str) -> float:
    """The share of a text's letters beyond ASCII that one language has; of the language that has most of them."""
    found = Counter(LETTER.findall(text[:20_000].lower()))
    most = max(sum(found[each] for each in letters) for letters in alphabets())
    return most / max(1, found.total())


def _mostly_utf8(body: bytes) -> bool:
    """Whether most of the bytes beyond ASCII are UTF-8."""
    whole = sum(
        map(len, re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", body))
    )
    return whole >= MOSTLY * len(body.translate(None, ASCII))


def _western(error: UnicodeError) -> tuple[str, int]:
    """What does not fit, as Windows-1252, or Latin-1 where that has nothing; a cut last letter is left out."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.reason == "unexpected end of data":
        return "", len(error.object)
    odd = error.object[error.start : error.end]
    return "".join(_one(each) for each in odd), error.end


def _one(byte: int) -> str:
    try:
        return bytes((byte,)).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


def _doubled(error: UnicodeError) -> tuple[bytes, int]:
    """What Windows-1252 does not have, as the byte that it was; raised again where it is none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    odd = error.object[error.start : error.end]
    if any(ord(each) > 0x9F for each in odd):
        raise error
    return odd.encode("latin-1"), error.end


codecs.register_error("newswire-western", _western)
codecs.register_error("newswire-doubled", _doubled)


def _wide(body: bytes, name: str) -> str:
    """Text of two or four bytes a character, or of UTF-8 behind its mark; a cut last one is left out."""
    return body.decode(name, errors="newswire-western" if name.startswith("utf-8") else "ignore")


def _without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every second byte of Western text is zero."""
    head = body[:2000]
    if len(head) < 4 or head.count(0) < 0.3 * len(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 4 * max(1, min(even, odd)):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _lines(text: str) -> str:
    r"""Line ends as \n: from \r\n, from bare \r, and from \r\r\n as modems double it."""
    text = text.replace("\r\n", "\n") if "\r\r\n" not in text else text
    if any(each in text for each in "\r\u2028\u0085"):
        text = LINE_END.sub("\n", text)
    return text.lstrip("\ufeff")
