"""Holidays: the day they fall on in a year, from the holidays library where it is not the same every year."""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

import holidays

from pipeline.extractors.dates.cells import Cell, cell, month_day
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import edge
from pipeline.extractors.dates.values import At, Length, Meaning

MONTH = range(28, 32)
"""Days of a month of any calendar."""
KEY = re.compile(r"(?:(?P<month>\d\d)-(?P<day>\d\d)|(?P<country>[A-Z]{2}):(?P<name>.*?)(?P<add>[+-]\d+)?)")


def holiday(m: Match, r: Reading) -> Meaning | None:
    """`Christmas`, `last Thanksgiving`, `Easter 2024`; `Ramadan` is a length with days of its own."""
    key, _, until = m.value("h", "HOLIDAY").partition("..")
    if _is_other(m, r):
        return None
    found = day_of(key, int(m.text("y"))) if "y" in m else _near(key, m, r)
    basis = "stated" if "y" in m else r.basis
    if found is None:
        return None
    if until:
        return _season(found, until, Meaning(At(found), basis, edge(m)))
    return Meaning(At(found, m.value("part", "PART") or None), basis, edge(m))


def _is_other(m: Match, r: Reading) -> bool:
    """`Operation Ramadan`, `Noel Christmas Jones`, `Ramadan Shallah`."""
    if m.before == "operation" or r.context.begins_person(m.first):
        return True
    return m.lexed.has(m.first - 1, "NAME") and m.lexed.has(m.first, "HOLIDAY") and m.lexed.has(m.end, "NAME")


def _near(key: str, m: Match, r: Reading) -> Cell | None:
    """The one meant where no year is told."""
    here = r.base if r.is_narrative and r.base.unit == "day" else r.today
    ahead = "next" in m or ("this" in m and r.tense(m.first, m.end) == "ahead")
    if "last" in m or ahead:
        near = [day for year in range(here.year - 1, here.year + 2) if (day := day_of(key, year))]
        near = [day for day in near if (day < here if "last" in m else day > here)]
        return (max(near) if "last" in m else min(near)) if near else None
    sure = r.is_certain(m.first, m.end)
    return r.recurring(lambda year: day_of(key, year), r.tense(m.first, m.end), sure=sure)


def _season(first: Cell, until: str, meaning: Meaning) -> Meaning | None:
    """`Ramadan`, `Lent`: from its first day to that of the feast which ends it."""
    ends = [day for year in (first.year, first.year + 1) if (day := day_of(until, year)) and day > first]
    if not ends:
        return None
    count = min(ends).index - first.index
    steps = ((1.0, "M"),) if count in MONTH else ((float(count), "D"),)
    return replace(meaning, value=Length(steps, (first.first, min(ends).first)))


@lru_cache(maxsize=1024)
def day_of(key: str, year: int) -> Cell | None:
    """The first day of a holiday in a year, or None where there is none; `key` as in holidays.txt."""
    found = KEY.fullmatch(key)
    if not found or not 1 <= year <= 9998:
        return None
    if found["month"]:
        return month_day(year, int(found["month"]), int(found["day"]))
    for every in (False, True):
        names = _known(found["country"], year, every=every)
        if days := sorted(day for day, name in names if found["name"] in re.split(r"; | \(", name)):
            return cell("day", days[0]) + int(found["add"] or 0)
    return None


@lru_cache(maxsize=256)
def _known(country: str, year: int, *, every: bool) -> tuple[tuple[date, str], ...]:
    """The public holidays of a country that the library knows, or every day that it knows there."""
    kinds = type(holidays.country_holidays(country)).supported_categories if every else None
    return tuple(holidays.country_holidays(country, years=year, language="en_US", categories=kinds).items())
