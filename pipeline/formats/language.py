"""A story's language: as declared, unless the text plainly contradicts it.

A desk's default often stands on stories in another language. A script tells for certain: Chinese
characters are no English. In one script, function words do: a text of some length with next to none
of its language's is in another. What is left is as declared, and where nothing is declared nothing
is guessed.
"""

import re
from collections import Counter
from functools import cache

from pipeline.formats.words import entries, spoken

SCRIPTS: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), frozenset({"ja"})),
    ("ko", re.compile(r"[\uac00-\ud7af]"), frozenset({"ko"})),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), frozenset({"zh", "ja", "ko", "yue", "wuu", "cmn"})),
    ("ru", re.compile(r"[\u0400-\u04ff]"), frozenset("ru uk be bg mk sr kk ky mn tg tt ba cv ab uz az sh bs".split())),
    ("el", re.compile(r"[\u0370-\u03ff]"), frozenset({"el", "grc"})),
    ("ar", re.compile(r"[\u0600-\u06ff]"), frozenset("ar fa ur ps ku ug sd ckb prs ks az arz".split())),
    ("he", re.compile(r"[\u0590-\u05ff]"), frozenset({"he", "yi"})),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), frozenset({"th"})),
    ("hi", re.compile(r"[\u0900-\u097f]"), frozenset("hi mr ne sa kok mai bho".split())),
)
"""A script's commonest language, its letters, and all the languages that are written in it."""
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LONG_ENOUGH = 30
"""How many words a text needs for its function words to tell."""
LOOK_AT = 700
"""How many words are looked at."""
MANY = 0.15
"""The share of words that are a language's function words, at the least, in a text of that language."""
BEYOND = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff]")
ENOUGH = 0.4
"""The share of a text's letters that speaks for a script; Japanese kana and Hangul need less."""


def language_of(declared: str | None, text: str) -> str | None:
    """The declared language as a BCP 47 tag; the script's commonest one where the text's script is another's."""
    tag = (declared or "").strip().replace("_", "-") or None
    primary = tag.split("-")[0].casefold() if tag else None
    if not BEYOND.search(text[:2000]):
        return _by_words(text, primary) or tag
    letters = len(LATIN.findall(text[:2000])) + sum(len(found.findall(text[:2000])) for _, found, _ in SCRIPTS)
    for language, found, written in SCRIPTS:
        share = len(found.findall(text[:2000])) / letters if letters else 0.0
        if share >= (0.1 if language in {"ja", "ko"} else ENOUGH):
            return tag if primary in written else (language if primary else None)
    return tag


def _by_words(text: str, primary: str | None) -> str | None:
    """The language whose function words a text has, when it has next to none of the declared one's."""
    if primary not in _function_words():
        return None
    told = Counter(filter(str.isalpha, spoken(text)[:LOOK_AT]))
    if told.total() < LONG_ENOUGH or _share(primary, told) > 1 / 4:
        return None
    shares = {name: _share(name, told) for name in _function_words()}
    best = max(shares, key=lambda name: shares[name])
    plain = shares[best] >= MANY and shares[primary] <= shares[best] / 4
    return best if plain else None


def _share(language: str, told: Counter[str]) -> float:
    """The share of words that are function words of a language."""
    return sum(told[word] for word in _function_words()[language] & told.keys()) / told.total()


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in entries("function_words.csv")}
