"""A text as one letter a token: the string that the grammar reads.

    on Jan. 21 , 2026   ->   tokens with offsets, and a letter each for on, MONTH, DOT, DAY, COMMA, YEAR

White space is nothing, so that `Jan. 21 , 2026` and `Jan.21, 2026` read alike; a blank line is a token
that no rule takes.
"""

import re
from dataclasses import dataclass

from pipeline.extractors.dates.words import Lexeme, Lexicon

TOKEN = re.compile(
    r"""
    (?P<WORD>[^\W\d_]+(?:\.[^\W\d_]\b\.?)*)                                 # may, a.m.
    | (?P<NINEELEVEN>(?<![\d/.$])(?:9/11|26/11)(?![\d/%]))
    | (?P<ISO>(?<![\d/-])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
    | (?P<NUMERIC>(?<![\d/.,-])\d{1,4}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)(?:\d{4}|\d\d)(?!\d|[/-]\d|\.\d))
    | (?P<CLOCK>(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
    | (?P<THOUSANDS>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?)
    | (?P<DECADES>(?:\d{3}0|['’‘]?\d0)['’]?s\b)
    | (?P<ORDINAL>\d+(?:st|nd|rd|th)\b)
    | (?P<DECIMAL>\d+\.\d+)
    | (?P<INTEGER>\d+)
    | (?P<BREAK>\n[^\S\n]*\n\s*)
    | (?P<MARK>['’]s\b|''|``|--|[^\w\s])
    """,
    re.VERBOSE,
)
MARKS = {
    **dict.fromkeys("-‐‑–—", "HYPHEN"),
    **dict.fromkeys("$€£¥#", "MONEY"),
    **dict.fromkeys(("'s", "’s"), "POSS"),
    "--": "DASH",
    "'": "APOSTROPHE",
    "’": "APOSTROPHE",
    "‘": "APOSTROPHE",
    ",": "COMMA",
    ".": "DOT",
    "/": "SLASH",
    "(": "OPEN",
    ")": "CLOSE",
    ":": "COLON",
    "%": "PERCENT",
    "+": "PLUS",
}
LARGEST = 18
"""Digits that a number may have and still be one."""


@dataclass(frozen=True, slots=True)
class Lexed:
    """The tokens of a text: parallel lists, and `letters` with one letter for each."""

    text: str
    starts: list[int]
    ends: list[int]
    lexemes: list[Lexeme]
    letters: str

    def word(self, index: int) -> str:
        """A token's text in lower case; empty beyond either end."""
        return self.text[self.starts[index] : self.ends[index]].lower() if 0 <= index < len(self.starts) else ""

    def is_glued(self, index: int) -> bool:
        """Whether no space stands before a token."""
        return 0 < index < len(self.starts) and self.ends[index - 1] == self.starts[index]

    def is_capital(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        return 0 <= index < len(self.starts) and self.text[self.starts[index]].isupper()

    def has(self, index: int, category: str) -> bool:
        """Whether the token at an index belongs to a category."""
        return 0 <= index < len(self.lexemes) and category in self.lexemes[index].values


def lex(text: str, lexicon: Lexicon) -> Lexed:
    """The tokens of a text."""
    starts: list[int] = []
    ends: list[int] = []
    lexemes: list[Lexeme] = []
    taken = 0
    for found in TOKEN.finditer(text):
        start, end = found.span()
        if start < taken:
            continue
        kind = found.lastgroup
        lexeme = None
        if kind == "WORD":
            first = found.group().lower()
            if first in lexicon.phrases:
                lexeme, end = _phrase(text, start, end, lexicon.phrases[first], lexicon)
                taken = end
            lexeme = lexeme or lexicon.word(found.group())
        starts.append(start)
        ends.append(end)
        lexemes.append(lexeme or _mark_or_number(str(kind), found.group(), lexicon))
    return Lexed(text, starts, ends, lexemes, "".join([lexeme.letter for lexeme in lexemes]))


def _phrase(text: str, start: int, end: int, phrases: list[str], lexicon: Lexicon) -> tuple[Lexeme | None, int]:
    """The longest phrase that begins at a word, with its end; a phrase that has a capital needs one."""
    for phrase in phrases:
        stop = start + len(phrase)
        seen = text[start:stop].replace("\n", " ").replace("’", "'")
        if seen.lower() == phrase and not text[stop : stop + 1].isalnum():
            known = lexicon.capital if seen[0].isupper() else lexicon.lower
            if phrase in known:
                return known[phrase], stop
    return None, end


def _mark_or_number(kind: str, text: str, lexicon: Lexicon) -> Lexeme:
    if kind == "NINEELEVEN":
        return lexicon.capital[text]
    if kind == "INTEGER":
        return lexicon.number(text) if len(text) <= LARGEST else lexicon.shape("HUGE")
    if kind == "MARK":
        return lexicon.shape(MARKS.get(text, "MARK"))
    return lexicon.shape(kind)
