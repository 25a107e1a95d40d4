"""A story's language: as declared, unless the text's script contradicts it.

A desk's default often stands on stories in another language. Which of two languages of one script a
text is in is not decided here: a short text would be guessed wrong more often than a desk is. A
script tells for certain: Chinese characters are no English.
"""

import re

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
ENOUGH = 0.4
"""The share of a text's letters that speaks for a script; Japanese kana and Hangul need less."""


def language_of(declared: str | None, text: str) -> str | None:
    """The declared language as a BCP 47 tag; the script's commonest one where the text's script is another's."""
    tag = (declared or "").strip().replace("_", "-") or None
    primary = tag.split("-")[0].casefold() if tag else None
    letters = len(LATIN.findall(text[:2000])) + sum(len(found.findall(text[:2000])) for _, found, _ in SCRIPTS)
    for language, found, written in SCRIPTS:
        share = len(found.findall(text[:2000])) / letters if letters else 0.0
        if share >= (0.1 if language in {"ja", "ko"} else ENOUGH):
            return tag if primary in written else (language if primary else None)
    return tag
