"""Whether a number of four digits is a year: not `Resolution 1701`, `2018 people`, `a 2000-strong garrison`."""

from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.words import members

NUMBERED = members("no-year-cues.txt")
YEAR_CUES = members("bare-year-cues.txt") - frozenset("than for to and or about the".split())
COMPOUNDS = members("counted-singular.txt")
JOINTS = frozenset("-/_.+=")
CODE = 3
"""Letters of a carrier's code at most."""
BEFORE_YEAR = ("MONTH", "MID", "EARLY", "LATE", "EDGE", "pre", "post")
"""Categories of words that a hyphen may join with a year."""


def is_year(lexed: Lexed, index: int, *, cued: bool = False) -> bool:
    """Whether a number between 1000 and 2199 is a year; `cued` where the rule's own words say so."""
    before = lexed.word(index - 1)
    if _is_numbered(lexed, index) or _is_counted(lexed, index) or before == "at":
        return False
    if cued or lexed.has(index, "MODERN") or before in YEAR_CUES:
        return True
    # between 1500 and 1800
    return before in {"and", "to"} and lexed.has(index - 2, "YEAR") and is_year(lexed, index - 2)


def _is_numbered(lexed: Lexed, index: int) -> bool:
    """`Resolution 1701`, `$ 2000`, `Boeing 2020`, `flight KQ 1998`, `A-2018`, `report_2023`."""
    before = lexed.word(index - 1)
    if before == "." and lexed.word(index - 2) in NUMBERED:
        before = lexed.word(index - 2)
    is_coded = lexed.has(index - 1, "NAME") and lexed.word(index - 2) in NUMBERED and len(before) <= CODE
    is_joined = lexed.text[lexed.starts[index] - 1 : lexed.starts[index]] == "_"
    if lexed.has(index - 1, "MONEY") or before in NUMBERED or is_coded or is_joined:
        return True
    if not lexed.is_glued(index):
        return False
    if before in JOINTS and lexed.is_glued(index - 1):
        if lexed.has(index - 2, "YEAR"):
            chained = lexed.is_glued(index - 2) and lexed.word(index - 3) in JOINTS
            return chained or lexed.has(index - 3, "MONEY") or lexed.word(index - 3) in NUMBERED
        return not any(lexed.has(index - 2, kind) for kind in BEFORE_YEAR)
    return before.isalpha() and before not in {"fy", "cy"}


def _is_counted(lexed: Lexed, index: int) -> bool:
    """`2018 people`, `2000 %`, `1500 and 2000 people`, `2000-strong`, `+254 20 2018 555`, `2018:3`."""
    if _counts(lexed, index + 1) or lexed.has(index + 1, "UNITS"):
        return True
    if lexed.has(index + 1, "HYPHEN") and lexed.word(index + 2) in COMPOUNDS:
        return True
    if lexed.word(index + 1) in {"and", "to", "or", "-"} and lexed.has(index + 2, "YEAR"):
        return _counts(lexed, index + 3)
    if lexed.has(index - 1, "INT") and lexed.has(index + 1, "INT"):
        return True
    return lexed.word(index + 1) == ":" and lexed.is_glued(index + 1) and lexed.has(index + 2, "INT")


def _counts(lexed: Lexed, index: int) -> bool:
    return lexed.has(index, "PERCENT") or lexed.has(index, "COUNTED")
