"""What a temporal expression means, and the TIMEX3 string, type and interval rendered from it.

At(day 2026-01-21, part "MO")      2026-01-21TMO   TIME       [2026-01-21, 2026-01-22)
Length(((3, "M"),))                P3M             DURATION   none
Each("XXXX-WXX-5")                 XXXX-WXX-5      SET        none
Vague("FUTURE_REF")                FUTURE_REF      DATE       none
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pipeline.extractors.dates.cells import Cell, read_cell
from pipeline.tables import Precision

Days = tuple[date, date]
Basis = Literal["stated", "anchor", "text", "none"]
Type = Literal["DATE", "TIME", "DURATION", "SET"]

PARTS = ("MO", "MI", "AF", "EV", "NI", "DT")
TIME_UNITS = {"H": "H", "MIN": "M", "S": "S"}
AT = re.compile(
    r"(?P<cell>[^T]+)(?:T(?P<part>MO|MI|AF|EV|NI|DT)|T(?P<clock>\d\d(?::\d\d){0,2})(?P<zone>Z|[+-]\d\d(?::\d\d)?)?)?"
)
LENGTH = re.compile(r"P(?=.)(?:[\dX.]+(?:CE|DE|[YMWDQ]))*(?:T(?:[\dX.]+[HMS])+)?|P[\dX.]+WE")
STEP = re.compile(r"([\dX.]+)(WE|CE|DE|[A-Z])")
PRECISIONS: dict[str, Precision] = {
    "century": "century",
    "decade": "decade",
    "year": "year",
    "half": "half",
    "quarter": "quarter",
    "season": "season",
    "month": "month",
    "week": "week",
    "weekend": "day",
    "day": "day",
}


@dataclass(frozen=True, slots=True)
class At:
    """A cell of the calendar, on a day perhaps with a part of it or a time by the clock and its zone."""

    cell: Cell
    part: str | None = None
    clock: str | None = None
    zone: str | None = None

    def __str__(self) -> str:
        """Its TIMEX3 value."""
        time = self.part or (self.clock and self.clock + (self.zone or ""))
        return f"{self.cell}T{time}" if time else str(self.cell)

    @property
    def type(self) -> Type:
        """DATE, or TIME below a day."""
        return "TIME" if self.part or self.clock else "DATE"

    @property
    def days(self) -> Days | None:
        """The days it covers."""
        return self.cell.days

    @property
    def precision(self) -> Precision | None:
        """How exact it is."""
        return "time" if self.part or self.clock else PRECISIONS[self.cell.unit]


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time: amounts (None: some) of units Y Q M W WE D H MIN S DE CE; `covers` are its days."""

    steps: tuple[tuple[float | None, str], ...]
    covers: Days | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Its TIMEX3 value."""
        days = "".join(f"{_amount(n)}{unit}" for n, unit in self.steps if unit not in TIME_UNITS)
        hours = "".join(f"{_amount(n)}{TIME_UNITS[unit]}" for n, unit in self.steps if unit in TIME_UNITS)
        return f"P{days}" + (f"T{hours}" if hours else "")

    @property
    def type(self) -> Type:
        """Always DURATION."""
        return "DURATION"

    @property
    def days(self) -> Days | None:
        """The days it covers, where it is counted from one."""
        return self.covers

    @property
    def precision(self) -> Precision | None:
        """That of its smallest unit, where its days are known."""
        units: dict[str, Precision] = {"Y": "year", "Q": "quarter", "M": "month", "W": "week", "DE": "decade"}
        return units.get(self.steps[-1][1], "day") if self.covers else None


class _WithoutDays:
    """A value that no days of the calendar belong to."""

    __slots__ = ()

    @property
    def days(self) -> Days | None:
        """None: the text does not say."""
        return None

    @property
    def precision(self) -> Precision | None:
        """None likewise."""
        return None


@dataclass(frozen=True, slots=True)
class Each(_WithoutDays):
    """What comes back: a calendar pattern with X for what changes, or the length between two times."""

    pattern: str

    def __str__(self) -> str:
        """Its TIMEX3 value."""
        return self.pattern

    @property
    def type(self) -> Type:
        """Always SET."""
        return "SET"


@dataclass(frozen=True, slots=True)
class Vague(_WithoutDays):
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    reference: str

    def __str__(self) -> str:
        """Its TIMEX3 value."""
        return self.reference

    @property
    def type(self) -> Type:
        """Always DATE."""
        return "DATE"


Value = At | Length | Each | Vague


@dataclass(frozen=True, slots=True)
class Meaning:
    """A value with what TIMEX3 says beside it; `sure` is the interval when two readings remain."""

    value: Value
    basis: Basis = "none"
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    type: Type | None = None
    other: At | None = None
    sure: Cell | None = None

    @property
    def cell(self) -> Cell | None:
        """The calendar cell that is meant, if one is."""
        return self.value.cell if isinstance(self.value, At) else None

    def modified(self, mod: str | None) -> "Meaning":
        """The same with a modifier, if there is one."""
        return replace(self, mod=mod) if mod else self


def at(cell: Cell | None, basis: Basis = "anchor", mod: str | None = None) -> Meaning | None:
    """The meaning of a calendar cell, or None where there is none."""
    return Meaning(At(cell), basis, mod) if cell is not None else None


def read_value(text: str) -> Value | None:
    """The value that a TIMEX3 string names, or None where it names none of ours."""
    if text in {"PAST_REF", "PRESENT_REF", "FUTURE_REF"}:
        return Vague(text)
    if text.startswith("XXXX"):
        return Each(text)
    if LENGTH.fullmatch(text):
        return _read_length(text)
    found = AT.fullmatch(text)
    cell = read_cell(found["cell"]) if found else None
    return At(cell, found["part"], found["clock"], found["zone"]) if found and cell else None


def _read_length(text: str) -> Length:
    days, _, hours = text[1:].partition("T")
    steps = [(_number(n), unit) for n, unit in STEP.findall(days)]
    steps += [(_number(n), "MIN" if unit == "M" else unit) for n, unit in STEP.findall(hours)]
    return Length(tuple(steps))


def _number(text: str) -> float | None:
    return None if text == "X" else float(text)


def _amount(number: float | None) -> str:
    return "X" if number is None else f"{number:g}" if number < 1e6 else f"{number:.0f}"
