"""Calendar units as numbered cells: the one representation that values and intervals are rendered from.

    Cell("month", 24312)    2026-01    [2026-01-01, 2026-02-01)

Every unit cuts the calendar into cells without gaps, so "the next one" is the next number, and
a coarser or finer view of a day is the cell of another unit that holds it. Years before the common
era have cells (0 is 1 BC) but no days: Python's calendar begins with year 1.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"]

SEASONS = ("SP", "SU", "FA", "WI")
FIRST_MONTH_OF_SPRING = 3
YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}
"""Units made of whole years, and how many."""
PARTS_OF_YEAR: dict[Unit, int] = {"half": 2, "quarter": 4, "season": 4, "month": 12}
"""Units that a year holds a whole number of, and how many."""
DAYS: dict[Unit, int] = {"day": 1, "week": 7, "weekend": 7}
COARSER: tuple[Unit, ...] = ("day", "month", "quarter", "half", "year", "decade", "century")
"""Units of which each lies inside one cell of the next."""

CELL = re.compile(
    r"(?P<year>(?:BC)?\d{4})-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|W(?P<week>\d\d)(?P<weekend>-WE)?|(?P<month>\d\d)(?:-(?P<day>\d\d))?)"
    r"|(?P<years>\d{3}|(?:BC)?(?:\d{4}|\d\d))"
)


class OutsideCalendarError(ValueError):
    """A cell has no days: it lies before year 1 or after year 9999."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One unit of the calendar, counted from the unit that holds (or would hold) year 0."""

    unit: Unit
    index: int

    def __add__(self, count: int) -> "Cell":
        """The cell of the same unit `count` later."""
        return Cell(self.unit, self.index + count)

    def __sub__(self, count: int) -> "Cell":
        """The cell of the same unit `count` earlier."""
        return Cell(self.unit, self.index - count)

    @property
    def year(self) -> int:
        """The year that it is in or begins with; a week's is its ISO year."""
        if self.unit in YEARS:
            return self.index * YEARS[self.unit]
        if self.unit in PARTS_OF_YEAR:
            return self.index // PARTS_OF_YEAR[self.unit]
        return _iso(self)[0] if self.unit in {"week", "weekend"} else date.fromordinal(self.index).year

    @property
    def first(self) -> date:
        """Its first day; OutsideCalendarError where there is none."""
        try:
            return self._first()
        except (ValueError, OverflowError) as error:
            raise OutsideCalendarError(f"{self.unit} {self.index} has no day between the years 1 and 9999") from error

    def _first(self) -> date:
        if self.unit in YEARS:
            return date(max(self.year, 1) if self.unit != "year" and self.index == 0 else self.year, 1, 1)
        if self.unit in PARTS_OF_YEAR:
            return _month_start(self)
        return date.fromordinal(self.index * DAYS[self.unit] + _offset(self.unit))

    @property
    def is_sayable(self) -> bool:
        """Whether TIMEX3 can write it: the calendar has it, or it is (part of) a year before the common era."""
        ancient = self.unit not in DAYS and self.unit != "decade" and -9998 <= self.year <= 0
        return ancient or self.days is not None

    @property
    def days(self) -> tuple[date, date] | None:
        """First day and the day after the last, or None where Python's calendar has no such days."""
        try:
            start = self.first
            end = (self + 1).first
        except OutsideCalendarError:
            return None
        return start, start + timedelta(2) if self.unit == "weekend" else end

    def to(self, unit: Unit) -> "Cell":
        """The cell of another unit that holds its first day; of years, also before year 1."""
        if self.unit in YEARS and unit in YEARS:
            return Cell(unit, self.year // YEARS[unit])
        return cell(unit, self.first)

    def __str__(self) -> str:
        """Its TIMEX3 value."""
        if self.unit in YEARS:
            return _years(self)
        if self.unit in PARTS_OF_YEAR:
            part = self.index % PARTS_OF_YEAR[self.unit]
            name = {"half": f"H{part + 1}", "quarter": f"Q{part + 1}", "season": SEASONS[part % 4]}
            return f"{_year(self.year)}-{name.get(self.unit, f'{part + 1:02d}')}"
        if self.unit == "day":
            return date.fromordinal(self.index).isoformat()
        year, week = _iso(self)
        return f"{year:04d}-W{week:02d}{'-WE' if self.unit == 'weekend' else ''}"


def cell(unit: Unit, day: date) -> Cell:
    """The cell of a unit that holds a day; a weekend's is that of its week."""
    if unit in YEARS:
        return Cell(unit, day.year // YEARS[unit])
    if unit == "season":
        return Cell(unit, (day.year * 12 + day.month - FIRST_MONTH_OF_SPRING) // 3)
    if unit in PARTS_OF_YEAR:
        count = PARTS_OF_YEAR[unit]
        return Cell(unit, day.year * count + (day.month - 1) * count // 12)
    return Cell(unit, (day.toordinal() - 1) // 7 if unit != "day" else day.toordinal())


def month_day(year: int, month: int, day: int) -> Cell | None:
    """A day of the calendar, or None where there is no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return cell("day", date(year, month, day))


def week_of(year: int, week: int) -> Cell | None:
    """An ISO week, or None where the year has no such week."""
    try:
        return cell("week", date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def smallest_holding(one: Cell, other: Cell) -> Cell:
    """The smallest cell that holds two days: what is sure when either may be meant."""
    for unit in COARSER:
        if one.to(unit) == other.to(unit):
            return one.to(unit)
    return one.to("century")


def read_cell(text: str) -> Cell | None:
    """The cell that a TIMEX3 value names, or None."""
    found = CELL.fullmatch(text)
    if not found:
        return None
    if years := found["years"]:
        if len(years.removeprefix("BC")) == 2:
            return Cell("century", -1 - int(years[2:]) if years.startswith("BC") else int(years))
        return Cell("decade" if len(years) == 3 else "year", _read_year(years))
    year = _read_year(found["year"])
    if found["week"]:
        week = week_of(year, int(found["week"]))
        return Cell("weekend", week.index) if week and found["weekend"] else week
    if found["day"]:
        return month_day(year, int(found["month"]), int(found["day"]))
    return _read_part(year, found)


def _read_year(text: str) -> int:
    return 1 - int(text[2:]) if text.startswith("BC") else int(text)


def _read_part(year: int, found: re.Match[str]) -> Cell | None:
    if found["season"]:
        return Cell("season", year * 4 + SEASONS.index(found["season"]))
    for unit, count in PARTS_OF_YEAR.items():
        if found[unit]:
            part = int(found[unit])
            return Cell(unit, year * count + part - 1) if 1 <= part <= count else None
    return None


def _month_start(of: Cell) -> date:
    count = PARTS_OF_YEAR[of.unit]
    month = of.index % count * (12 // count) + (FIRST_MONTH_OF_SPRING if of.unit == "season" else 1)
    return date(of.year, month, 1)


def _offset(unit: Unit) -> int:
    """Ordinal 1 is a Monday; a weekend begins on the Saturday of its week."""
    return {"day": 0, "week": 1, "weekend": 6}.get(unit, 0)


def _iso(of: Cell) -> tuple[int, int]:
    return date.fromordinal(of.index * 7 + 1).isocalendar()[:2]


def _year(number: int) -> str:
    return f"{number:04d}" if number > 0 else f"BC{1 - number:04d}"


def _years(of: Cell) -> str:
    if of.unit == "year":
        return _year(of.index)
    if of.unit == "century":
        return f"{of.index:02d}" if of.index >= 0 else f"BC{-1 - of.index:02d}"
    return f"{of.index:03d}"
