"""Embargoes that stand in a text: a line that says until when a story is not for use.

EMBARGOED UNTIL 0001 GMT, Thursday, March 5        SPERRFRIST: 5. März 2026, 6.00 Uhr
"""

import re
from datetime import date, datetime, timedelta
from functools import cache

from pipeline.formats.dateline_parts import DAY, day_of, numbers_of
from pipeline.formats.times import read_time
from pipeline.formats.words import entries
from pipeline.sources import Source

SAYS = re.compile(
    r"(?:strict(?:ly)?\s+)?(?:under\s+)?embargo(?:ed)?\b|sperrfrist\b|embargad[oa]\b|sous\s+embargo\b|"
    r"(?:not|hold)\s+for\s+(?:release|publication|use|broadcast|transmission)\b|"
    r"(?:do\s+not|don't)\s+(?:use|publish|release)\s+(?:before|until)\b|for\s+release\s+(?:on|at|after|from)\b|"
    r"hold\s+(?:for|until)\b",
    re.IGNORECASE,
)
AT_START = re.compile(rf"[\W_]{{0,6}}(?:{SAYS.pattern})", re.IGNORECASE)
CLOCK = re.compile(
    r"(?<![\d/.-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})|(?P<packed>\d{2})(?=\s*(?:GMT|UTC|Z|hrs|hours|h\b|[A-Z]{2,4}T)))?"
    r"(?P<half>\s*[ap]\.?m\b\.?)?(?:\s*(?:Uhr|hrs|hours|h|heures|horas|o'clock))?\s*[(]?"
    r"(?P<zone>GMT|UTC|Z\b|[A-Z]{2,4}T\b|[+-]\d{2}:?\d{2})?"
)
UNTIL = re.compile(
    r"^(?:(?:until|till|to|for|bis|hasta|jusqu['’]\w+|fino|before|prior to|on|at)\b\s*:?\s*)+", re.IGNORECASE
)
LONGEST = 200
"""How many characters a line that sets an embargo can have."""


def sets_embargo(line: str) -> bool:
    """Whether a line says only until when a story is not for use."""
    text = line.strip()
    return len(text) <= LONGEST and AT_START.match(text) is not None and bool(re.search(r"\d", text))


def embargo_in(text: str | None, source: Source, near: date) -> datetime | None:
    """Until when a line or a note says that a story is not for use; a year that is not written is the one near."""
    found = SAYS.search(text or "")
    if not found:
        return None
    told = " ".join((text or "")[found.end() : found.end() + LONGEST].split()).strip(" :.-")
    told = UNTIL.sub("", told)
    return read_time(told, source) or _read(told, source, near)


def _read(told: str, source: Source, near: date) -> datetime | None:
    """A time whose year is not written, or that stands in a sentence."""
    for found in DAY.finditer(told):
        month, day, year = numbers_of(found)
        years = [year] if year else [near.year - 1, near.year, near.year + 1]
        days = [each for one in years if (each := day_of(one, month, day))]
        if days:
            nearest = min(days, key=lambda each: abs(each - near))
            rest = f"{told[: found.start()]} , {told[found.end() :]}"
            return _at(nearest, rest, found[0], source)
    iso = re.search(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?", told)
    return read_time(iso[0], source) if iso else _next(told, source, near)


def _next(told: str, source: Source, near: date) -> datetime | None:
    """A time without a date: on the weekday that comes next, or the same day; from midnight to one, the next."""
    word = next((each for each in re.findall(r"[^\W\d_]+", told) if each.casefold() in _weekdays()), None)
    if word:
        ahead = (_weekdays()[word.casefold()] - near.isoweekday()) % 7
        return _at(near + timedelta(days=ahead), told.replace(word, " "), told, source)
    found = CLOCK.match(told)
    if not found or not (found["minute"] or found["packed"] or found["half"] or found["zone"]):
        return None
    return _clocked(near + timedelta(days=int(found["hour"]) == 0 and not found["half"]), found, source)


@cache
def _weekdays() -> dict[str, int]:
    """Weekdays by their full names; short ones are words of other meanings too: mar, so, do."""
    return {name: int(number) for name, number, _ in entries("weekdays.csv") if len(name) > 4}


def _at(day: date, rest: str, told: str, source: Source) -> datetime | None:
    """A day at the clock that stands beside it; midnight where none does."""
    inside = re.search(r"\d{1,2}[:.h]\d{2}.*$", told)
    for found in CLOCK.finditer(f"{rest} {inside[0] if inside else ''}"):
        if found["minute"] or found["packed"] or found["half"] or found["zone"]:
            return _clocked(day, found, source)
    return read_time(day.isoformat(), source)


def _clocked(day: date, found: re.Match[str], source: Source) -> datetime | None:
    hour = int(found["hour"])
    half = (found["half"] or "").strip()[:1].casefold()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    day, hour = (day + timedelta(days=1), 0) if hour == 24 else (day, hour)
    minute = int(found["minute"] or found["packed"] or 0)
    return read_time(f"{day.isoformat()} {hour:02}:{minute:02} {found['zone'] or ''}".strip(), source)
