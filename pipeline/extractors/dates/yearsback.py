"""The same day, week, month or period of another year: `50 years ago this week`, `the year-ago period`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Unit, cell, month_day
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import unit_of
from pipeline.extractors.dates.stretch import MONTHS_IN, covered
from pipeline.extractors.dates.values import Meaning, at

WEEKS = 52
"""From a week to the same one a year later."""


def ago_this(m: Match, r: Reading) -> Meaning | None:
    """`50 years ago this week`, `this month last year`: the unit that lay around the day so many years ago."""
    count = amount(m.lexed, *m.slots["n"]) if "n" in m else 1.0
    days = covered(r.today.first, count, "Y", -1) if count else None
    step = ("next" in m) - ("last" in m)
    return at(cell("week" if m.text("u") == "week" else "month", days[0]) + step, "anchor") if days else None


def this_day_in(m: Match, r: Reading) -> Meaning | None:
    """`this day in 1929`."""
    return at(month_day(int(m.text("y")), r.today.first.month, r.today.first.day), "text")


def ago_weekday(m: Match, r: Reading) -> Meaning | None:
    """`ten years ago Tuesday`: of the Tuesday nearest to the story's day, so many years before."""
    count = amount(m.lexed, *m.slots["n"]) if "n" in m else 1.0
    back = (r.today.first.isoweekday() - int(m.value("w", "WEEKDAY"))) % 7
    day = (r.today - back if back <= 3 else r.today + (7 - back)).first
    return at(month_day(day.year - int(count), day.month, day.day), "anchor") if count else None


def unit_same_last(m: Match, r: Reading) -> Meaning | None:
    """`the same month last year`: of the month told of, else of this one."""
    unit: Unit = "week" if m.text("u") == "week" else "month"
    told = r.focus if r.focus is not None and r.focus.unit == unit else r.today.to(unit)
    if unit == "month":
        return at(told - MONTHS_IN["Y"], "text" if told is r.focus else "anchor")
    return at(told - WEEKS, "text" if told is r.focus else "anchor")


def ago_today(m: Match, r: Reading) -> Meaning | None:
    """`50 years ago today`, `a week ago today`: a day."""
    count = 1.0 if "one" in m else amount(m.lexed, *m.slots["n"])
    days = covered(r.today.first, count, unit_of(m), -1) if count else None
    return at(cell("day", days[0]), "anchor") if days else None


def ago_year(m: Match, r: Reading) -> Meaning | None:
    """`the year-ago period`, `year-earlier`: the period told of, a year before."""
    if (period := r.compared(m.first)) is not None:
        return at(period - 4, "text")
    return at(cell("year", r.today.first) + -1, "anchor")
