"""Quarters and halves of a year, and the one that a story of results speaks of.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.cells import Cell, cell
from pipeline.extractors.dates.context import Tense
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import edge, month_number, ordinal
from pipeline.extractors.dates.values import Meaning, at

BEFORE = frozenset("previous preceding prior".split())
"""`the previous quarter` is the one before that which a story reports on."""


def quarter(m: Match, r: Reading) -> Meaning | None:
    """`third-quarter`, `the fourth quarter of 1998`, `the first quarter of next year`."""
    number = ordinal(m, "o")
    if m.after == "-":
        return None  # the third quarter-final
    if number == -1:
        number = 4
    if not 1 <= number <= 4 or ("q" in m and m.text("q") == "period" and m.end - m.first > 3):
        return None
    year = _year_of(m, r)
    if year is not None:
        return at(Cell("quarter", year * 4 + number - 1), "stated" if "y" in m else "anchor", edge(m))
    found = _period(number, m, r)
    return at(found, r.basis, edge(m))


def _period(number: int, m: Match, r: Reading) -> Cell:
    """Periods are reported after they end: the last one is meant, or one that begins soon where words point ahead."""
    here = r.base.to("quarter")
    back = (here.index - number + 1) % 4
    ahead = r.tense(m.first, m.end) == "ahead" and back > 4 - back
    return here + (4 - back if ahead else -back)


def _year_of(m: Match, r: Reading) -> int | None:
    if "y" in m:
        return int(m.text("y"))
    here = r.today.year
    return next((here + step for slot, step in (("this", 0), ("last", -1), ("next", 1)) if slot in m), None)


def quarter_digit(m: Match, r: Reading) -> Meaning | None:
    """`Q3 2025`, `3Q`."""
    number = int(m.text("n"))
    digit = m.slots["n"][0]
    if not 1 <= number <= 4 or not (m.lexed.is_glued(digit) or m.lexed.is_glued(digit + 1)):
        return None
    if "tail" in m:
        return at(Cell("quarter", r.full_year(int(m.text("tail"))) * 4 + number - 1), "stated")
    return quarter_in(number, m, r)


def quarter_in(number: int, m: Match, r: Reading) -> Meaning | None:
    """A quarter by its number, of the year in slot y or of the nearest that is over."""
    if "y" in m:
        return at(Cell("quarter", int(m.text("y")) * 4 + number - 1), "stated")
    return at(_period(number, m, r), r.basis)


def quarter_of_month(m: Match, r: Reading) -> Meaning | None:
    """`the September quarter`, `the April-June quarter`: the quarter that ends with the month."""
    month = month_number(m)
    return quarter_in(month // 3, m, r) if month % 3 == 0 else None


def quarter_deictic(m: Match, r: Reading) -> Meaning | None:
    """`the latest quarter`, `the year-ago quarter`, `the 1988 period`, `last quarter`."""
    if m.after == "-":
        return None
    if m.text("u") == "period" and r.period is None and m.text("same") != "latest":
        return at(cell("year", r.today.first) - 1, "anchor") if "yearago" in m else None
    if "y" in m:
        return _period_of_year(int(m.text("y")), m, r)
    if (told := _quarter_by_calendar(m, r)) is not None:
        return at(told, "text" if m.text("last") in BEFORE and r.period else "anchor", edge(m))
    if "yearago" in m:
        return at(quarter_cell(r) - 4, "text")
    return at(quarter_cell(r), "text" if r.period else "anchor", edge(m))


def _quarter_by_calendar(m: Match, r: Reading) -> Cell | None:
    """What needs no quarter told before: the current, the latest, the next one, and one whose end is told."""
    now = cell("quarter", r.today.first)
    if m.text("this") == "current":
        return now
    if m.text("last") in BEFORE and r.period is not None:
        return r.period - 1
    if (ended := _quarter_ended(m, r)) is not None or "yearago" in m:
        return ended
    if m.text("same") == "latest" and r.period is None:
        return now - 1
    steps = ("next" in m) - ("last" in m)
    is_told = "same" in m or (m.lexed.word(m.first) == "the" and not steps)
    return None if is_told else now + steps


def _quarter_ended(m: Match, r: Reading) -> Cell | None:
    """`the quarter | ended Sept. 30`, by the calendar; a quarter told before has the number that the firm gives it."""
    if (
        r.period is not None
        or m.after not in {"ended", "ending"}
        or not m.lexed.has(m.end + 1, "MONTH")
        or r.is_narrative
    ):
        return None
    last = int(m.lexed.lexemes[m.end + 1].values["MONTH"])
    tense: Tense = "past" if m.after == "ended" else "unknown"
    found = r.recurring(lambda year: Cell("month", year * 12 + last - 1), tense)
    return found.to("quarter") if found and last % 3 == 0 else None


def _period_of_year(year: int, m: Match, r: Reading) -> Meaning | None:
    if r.period is not None:
        return at(Cell("quarter", year * 4 + r.period.index % 4), "text")
    return at(Cell("year", year), "stated") if m.lexed.word(m.end - 1) == "period" else None


def quarter_cell(r: Reading) -> Cell:
    """The quarter that a story of periods speaks of."""
    return r.period or cell("quarter", r.today.first)


def half(m: Match, r: Reading) -> Meaning | None:
    """`the second half of 2024`, `the first half of this year`."""
    number = 1 if ordinal(m, "o") == 1 else 2
    year = _year_of(m, r)
    here = r.base.year if year is None else year
    return at(Cell("half", here * 2 + number - 1), "stated" if "y" in m else "anchor", edge(m))


def half_digit(m: Match, _: Reading) -> Meaning | None:
    """`H1 2025`."""
    number = int(m.text("n"))
    if number not in {1, 2} or not m.lexed.is_glued(m.first + 1):
        return None
    return at(Cell("half", int(m.text("y")) * 2 + number - 1), "stated")


def half_bare(m: Match, r: Reading) -> Meaning | None:
    """`the first half`, of a year where the story speaks of periods."""
    if r.period is None or m.lexed.word(m.first) != "the":
        return None
    number = ordinal(m, "o")
    tense: Tense = "ahead" if r.tense(m.first, m.end) == "ahead" else "past"
    return at(r.recurring(lambda y: Cell("half", y * 2 + number - 1), tense), r.basis)
