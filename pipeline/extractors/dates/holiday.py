"""Holidays: the day they fall on in a year, from the holidays library where it is not the same every year."""

import re
from functools import lru_cache

import holidays

from pipeline.extractors.dates.cells import Cell, cell, month_day
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import edge
from pipeline.extractors.dates.values import At, Meaning, at

KEY = re.compile(r"(?:(?P<month>\d\d)-(?P<day>\d\d)|(?P<country>[A-Z]{2}):(?P<name>.*?)(?P<add>[+-]\d+)?)")


def holiday(m: Match, r: Reading) -> Meaning | None:
    """`Christmas`, `last Thanksgiving`, `Easter 2024`."""
    key = m.value("h", "HOLIDAY")
    if m.lexed.has(m.first - 1, "NAME") and m.lexed.has(m.first, "HOLIDAY") and m.lexed.has(m.end, "NAME"):
        return None
    if "y" in m:
        return at(day_of(key, int(m.text("y"))), "stated", edge(m))
    here = r.base if r.is_narrative and r.base.unit == "day" else r.today
    ahead = "next" in m or ("this" in m and r.tense(m.first, m.end) == "ahead")
    if "last" in m or ahead:
        near = [day for year in range(here.year - 1, here.year + 2) if (day := day_of(key, year))]
        near = [day for day in near if (day < here if "last" in m else day > here)]
        found = (max(near) if "last" in m else min(near)) if near else None
    else:
        sure = r.is_certain(m.first, m.end)
        found = r.recurring(lambda year: day_of(key, year), r.tense(m.first, m.end), sure=sure)
    part = m.value("part", "PART") or None
    return Meaning(At(found, part), r.basis, edge(m)) if found else None


@lru_cache(maxsize=1024)
def day_of(key: str, year: int) -> Cell | None:
    """The first day of a holiday in a year, or None where there is none; `key` as in holidays.txt."""
    found = KEY.fullmatch(key)
    if not found or not 1 <= year <= 9998:
        return None
    if found["month"]:
        return month_day(year, int(found["month"]), int(found["day"]))
    known = holidays.country_holidays(found["country"], years=year, language="en_US")
    days = sorted(day for day, name in known.items() if found["name"] in re.split(r"; | \(", name))
    return cell("day", days[0]) + int(found["add"] or 0) if days else None
