"""Whether a word is time: `May` the month or the minister, `Sun` the day or the paper, `spring` or `spring up`."""

from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.numbers import JOINTS
from pipeline.extractors.dates.syntax import Syntax
from pipeline.extractors.dates.words import members

SAYS = members("says.txt")
PREPOSITIONS = members("prepositions.txt")
CLOSED = PREPOSITIONS | members("closed.txt")
"""Words that begin another phrase: what stands before them is a noun, no adjective."""
MODALS = frozenset("will would could can cannot should might must may not also well".split())
TITLES = frozenset("mr mrs ms dr theresa minister sir lord lady miss president senator sen rep".split())
BEFORE_MONTH = frozenset("last next this late early mid -".split())
BEFORE_SEASON = frozenset("in during by since until this last next early late every each".split())
SOON = frozenset("soon early late recently".split())
LISTS = frozenset("and or through until".split())


def is_weekday(lexed: Lexed, syntax: Syntax, index: int) -> bool:
    """Whether a weekday's abbreviation standing alone is one: `Sun` may be a paper or a firm."""
    word = lexed.word(index)
    if (len(word) <= 5 or lexed.is_capital(index + 1)) and _is_other(lexed, syntax, index):
        return False
    if syntax.is_in_name(lexed.starts[index]):
        return False
    if lexed.has(index + 1, "PART") and lexed.is_capital(index + 1) and lexed.has(index + 2, "NAME"):
        return False  # Monday Night Football
    if len(word) <= 5 and lexed.has(index + 1, "NAME") and not lexed.has(index + 1, "MONTH"):
        return False  # on Sun Valley
    if len(word) > 5 or lexed.has(index - 1, "LAST") or lexed.has(index - 1, "NEXT"):
        return True
    before, after = lexed.word(index - 1), lexed.word(index + 1)
    in_range = (after in JOINTS and lexed.has(index + 2, "WEEKDAY")) or (
        before in JOINTS and lexed.has(index - 2, "WEEKDAY")
    )
    return in_range or after == "." or before in PREPOSITIONS


def is_month(lexed: Lexed, syntax: Syntax, index: int, *, alone: bool) -> bool:
    """Whether a word such as May, March or August is the month; `alone` without a day or year."""
    if alone and _is_other(lexed, syntax, index):
        return False
    is_march = lexed.word(index) == "march" and lexed.word(index - 1) != "the"
    if is_march and syntax.is_subject(lexed.starts[index]) and lexed.word(index + 1) not in SAYS:
        return True  # March was cold
    return _is_month_by_words(lexed, index, alone=alone)


def _is_month_by_words(lexed: Lexed, index: int, *, alone: bool) -> bool:
    word = lexed.word(index)
    before, after = lexed.word(index - 1), lexed.word(index + 1)
    if alone and len(word) <= 4 and word not in {"may", "june", "july"}:
        in_range = after in JOINTS and lexed.has(index + 2, "MONTH")
        in_range = in_range or (before in JOINTS and lexed.has(index - 2, "MONTH"))
        return in_range or before in PREPOSITIONS or (after == "." and not lexed.has(index + 2, "NAME"))
    if word not in {"may", "march", "august", "april", "june"} or not alone:
        return True
    if word in {"april", "june", "august"}:
        return not (lexed.is_capital(index + 1) and before not in PREPOSITIONS)
    if before in TITLES or (after in {"'s", "’s"} and before not in PREPOSITIONS):
        return False
    if before == "the":
        return after.islower() and after not in CLOSED and not lexed.is_capital(index + 1)
    listed = (before in LISTS and lexed.has(index - 2, "MONTH")) or (after in LISTS and lexed.has(index + 2, "MONTH"))
    as_soon = before == "as" and lexed.word(index - 2) in SOON
    return (listed or as_soon or before in PREPOSITIONS or before in BEFORE_MONTH) and after not in MODALS


def is_season(lexed: Lexed, syntax: Syntax, index: int) -> bool:
    """Whether `fall` and `spring` are the season where no year or `last` says so; not in `Winter Olympics`."""
    word = lexed.word(index)
    if syntax.is_verb(lexed.starts[index]):
        return False
    if lexed.is_capital(index) and lexed.is_capital(index + 1) and not lexed.has(index + 1, "MONTH"):
        return False
    before, after = lexed.word(index - 1), lexed.word(index + 1)
    cued = before in BEFORE_SEASON
    if before == "the":
        return word in {"summer", "winter", "autumn"} or (
            lexed.word(index - 2) in PREPOSITIONS | {"over"} and after != "of"
        )
    return cued


def _is_other(lexed: Lexed, syntax: Syntax, index: int) -> bool:
    """Whether tags or names say that a word is no time: `May` the modal, `May` the minister."""
    start = lexed.starts[index]
    return syntax.is_verb(start) or syntax.is_name(start)
