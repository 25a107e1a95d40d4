"""Times as wires send them.

    2026-01-21T10:15:00+0900   20260121T101500Z   2026-01-21 10:15   Wed, 21 Jan 2026 10:15:00 GMT
    21 de enero de 2026 a las 10:15 h   211015Z JAN 26   21/01/2026   2026年1月21日   1769000000

What is not written is not made up: a time without its day, month or year is none. A day without a
time is midnight in the source's zone, whatever offset stands behind it, so that in that zone it stays
the day that was written. A wall time that a clock change repeats is the first of the two; one that it
skips does not exist.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pipeline.formats.calendar_words import day_first, is_filler, months_of, says_nothing, zone_of
from pipeline.sources import Source

LONGEST = 120
"""Characters; what is longer is prose."""

YEARS = range(1840, 2200)
"""No agency is older; a year outside of this is a placeholder or of another calendar."""
FOREVER = 9999
PLACEHOLDERS = {date(1900, 1, 1), date(1899, 12, 30), date(1970, 1, 1)}
"""What software writes for "no time": day 1 and 0 of spreadsheets, second 0 of Unix."""

ISO = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-](?P<hours>\d\d):[0-5]\d)|\d{8}T\d{6}(?:Z|[+-](?P<packed>\d\d)[0-5]\d)"
)
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/. ])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})\.?(?!\d)"
)
PACKED = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=$|\D|\d{4}(?:\d\d)?(?:$|\D))")
PACKED_DAY_FIRST = re.compile(
    r"(?P<first>\d{2})(?P<second>\d{2})(?P<year>(?:19|20)\d{2})(?=$|\D|\d{4}(?:\d\d)?(?:$|\D))"
)
YEAR_LAST = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[-/.])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})\.?(?!\d)"
)
SPACED = re.compile(r"(?<!\d)(?P<first>\d{1,2}) (?P<second>\d{1,2}) (?P<year>\d{4})(?!\d)")
SHORT = re.compile(r"(?P<first>\d{2})(?P<second>\d{2})(?P<year>\d{2})(?=$| \d{4}$)")
"""210126, where the source says that days come first."""
CHINESE = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
GROUP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>Z|[A-Z]{3,4})?\s+(?P<month>[^\W\d]{3,})\.?\s+(?P<year>\d{4}|\d{2})",
)
EPOCH = re.compile(r"1\d{9}(?:\.\d+|\d{3})?")

ZONE = r"(?:(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?(?!\d)|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+|[A-Z]{1,5}(?![^\W\d]))"
HALF = r"(?P<half>[ap]\.?\s?m\b\.?)"
CLOCK = re.compile(
    r"(?<![\d:])[T ]?(?P<hour>\d{1,2})(?:[:.h時时시]\s?)(?P<minute>\d{2})[分분]?"
    rf"(?:[:.](?P<second>\d{{2}})(?:[.,]\d+)?)?(?![\d:])\s*{HALF}?"
    rf"\s*[(\[]?(?P<zone>{ZONE})?[)\]]?(?:\s*[(\[][\w/ ]+[)\]])?",
    re.IGNORECASE,
)
PACKED_CLOCK = re.compile(
    r"[T ]?(?P<hour>\d{2})(?:(?P<minute>\d{2})(?:(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    rf"\s*(?P<zone>{ZONE})?(?P<half>$)"
)
HOUR = re.compile(rf"(?<!\d)(?P<hour>\d{{1,2}})\s*{HALF}\s*(?P<zone>{ZONE})?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HALVES = {"오전": " am", "上午": " am", "午前": " am", "오후": " pm", "下午": " pm", "午後": " pm"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written, and its zone; None is "not written"."""

    at: time | None = None
    zone: str = ""
    late: bool = False  # 24:00 is the next day's midnight


def read_time(text: str | None, source: Source) -> datetime | None:
    """A time in UTC; one without an offset is in the source's time zone. None for what is no time."""
    if text and (found := ISO.fullmatch(text)):
        return _iso(text, found, source)
    return _read(text, source)


def _read(text: str | None, source: Source) -> datetime | None:
    """A time in any of the forms that are known."""
    clean = _clean(text or "")
    if not clean or len(clean) > LONGEST:
        return None
    if EPOCH.fullmatch(clean):
        return _epoch(clean)
    for day, clock in _readings(clean, source):
        if day and clock:
            return _when(day, clock, source)
    return None


def _iso(text: str, found: re.Match[str], source: Source) -> datetime | None:
    """A time as ISO 8601 and the W3C write it; what is odd of it goes the long way."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return _read(text, source)
    plain = (
        when.year in YEARS and when.date() not in PLACEHOLDERS and (found["hours"] or found["packed"] or "00") < "14"
    )
    return when.astimezone(UTC) if plain else _read(text, source)


def read_day(text: str | None, source: Source) -> date | None:
    """The day of a time, in the source's time zone."""
    when = read_time(text, source)
    return when.astimezone(source.zone).date() if when else None


def _clean(text: str) -> str:
    """Text with wide forms, spaces, minus signs and halves of the day as in ASCII."""
    text = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").replace("\u200f", "").split())
    for word, half in HALVES.items():
        if word in text:
            text = text.replace(word, " ") + half
    return text.strip(" ,;")


def _readings(text: str, source: Source) -> Iterator[tuple[date | None, Clock | None]]:
    """What a text can be read as, the most certain reading first."""
    for pattern in (CHINESE, YEAR_FIRST):
        if found := pattern.search(text):
            yield _day(found["year"], found["month"], found["day"]), _clock(_without(text, found))
            return
    for packed in (PACKED.match(text), PACKED_DAY_FIRST.match(text)):
        if packed:
            yield _numbered(packed, source), _packed_clock(text[packed.end() :])
    short = SHORT.match(text) if source.day_first else None
    if found := YEAR_LAST.search(text) or SPACED.search(text) or short:
        yield _numbered(found, source), _clock(_without(text, found))
        return
    if found := GROUP.fullmatch(text):
        text = (
            f"{found['day']} {found['month']} {found['year']} {found['hour']}:{found['minute']} {found['zone'] or ''}"
        )
    yield _worded(text, source)


def _numbered(found: re.Match[str], source: Source) -> date | None:
    """The day of a date in numbers; None where 3/4/2026 can be two days and the source does not tell which."""
    groups = found.groupdict()
    if "first" not in groups:
        return _day(groups["year"], groups["month"], groups["day"])
    year, first, second = groups["year"], groups["first"], groups["second"]
    readings = {True: _day(year, second, first), False: _day(year, first, second)}
    dotted = groups.get("mark") == "." or None  # 3.4.2026 is the third of April wherever it is written so
    told = next((each for each in (source.day_first, dotted, day_first(source.language)) if each is not None), None)
    if told is not None and readings[told]:
        return readings[told]
    possible = {day for day in readings.values() if day}
    return possible.pop() if len(possible) == 1 else None


def _worded(text: str, source: Source) -> tuple[date | None, Clock | None]:
    """Wed, 21 Jan 2026 10:15:00 GMT; January 21, 2026; Wed Jan 21 10:15:00 UTC 2026."""
    found = CLOCK.search(text) or HOUR.search(text)
    rest = _without(text, found) if found else text
    clock = _clock_of(found) if found else Clock()
    words, numbers = WORD.findall(re.sub(r"(?<=\d)(?:st|nd|rd|th|er)\b", "", rest)), re.findall(r"\d+", rest)
    if len(numbers) != 2 or not words:
        return None, None
    day, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    months = months_of(words, source.language)
    if len(months) != 1 or len(day) > 2:
        return None, None
    return _day(year, str(months.pop()), day), clock


def _clock(rest: str) -> Clock | None:
    """The clock in what stands beside a day; None when something else stands there."""
    rest = rest.strip(" ,;").lstrip("-–")
    if not rest or rest == "T" or _is_zone(rest):
        return Clock()
    found = CLOCK.search(rest) or HOUR.search(rest) or PACKED_CLOCK.fullmatch(rest)
    left = _without(rest, found) if found else rest
    if re.search(r"\d", left) or not says_nothing(WORD.findall(left)):
        return None
    return _clock_of(found) if found else Clock()


def _packed_clock(rest: str) -> Clock | None:
    """The clock of 20260121T101500Z."""
    found = None if _is_zone(rest) else PACKED_CLOCK.fullmatch(rest)
    return _clock_of(found) if found else _clock(rest)


def _is_zone(text: str) -> bool:
    return bool(re.fullmatch(ZONE, text))


def _clock_of(found: re.Match[str]) -> Clock | None:
    """The clock that was found; None when there is no such time of day."""
    groups = found.groupdict()
    hour, half = int(groups["hour"]), (groups["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    numbers = hour, int(groups.get("minute") or 0), int(groups.get("second") or 0)
    if numbers == (24, 0, 0):
        return Clock(time(), groups["zone"] or "", late=True)
    zone = "" if is_filler(groups["zone"] or "") else groups["zone"]
    return Clock(time(*numbers), zone) if all(map(int.__lt__, numbers, (24, 60, 60))) else None


def _day(year: str, month: str, day: str) -> date | None:
    """A day; a year of two digits is within 1969 to 2068, as in RFC 2822. None when there is no such day."""
    number = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 69 else 1900)
    if number not in YEARS and number != FOREVER:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _when(day: date, clock: Clock, source: Source) -> datetime | None:
    if day == date.max and clock.late:
        return None
    wall = datetime.combine(day, clock.at or time()) + timedelta(days=clock.late)
    if day in PLACEHOLDERS and wall.time() == time():
        return None
    zone = zone_of(clock.zone, wall, source.zone) if clock.at else source.zone
    if zone is None:
        return None
    try:
        when = wall.replace(tzinfo=zone).astimezone(UTC)
        exists = when.astimezone(zone).replace(tzinfo=None) == wall
    except OverflowError:
        return None
    return when if exists or clock.at is None else None


def _epoch(text: str) -> datetime:
    """Seconds or milliseconds since 1970."""
    number = float(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=number / 1000 if "." not in text and len(text) > 10 else number
    )


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
