"""The days of a stretch of time that begins or ends with a day."""

from datetime import date, timedelta

from pipeline.extractors.dates.cells import cell
from pipeline.extractors.dates.values import Days

MONTHS_IN: dict[str, int] = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
DAYS_IN: dict[str, int] = {"D": 1, "W": 7, "W2": 14, "WE": 7}


def covered(start: date, count: float, unit: str, direction: int) -> Days | None:
    """The days of `the past three months` (-1) or `the next two weeks` (1), counted from a day."""
    try:
        if unit in MONTHS_IN:
            other = _add_months(start, direction * round(count * MONTHS_IN[unit]))
        elif unit in DAYS_IN:
            other = start + timedelta(direction * round(count * DAYS_IN[unit]))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return (min(start, other), max(start, other)) if start != other else None


def _add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    months = cell("month", day) + count
    days = months.days
    if days is None:
        raise OverflowError
    return min(days[0] + timedelta(day.day - 1), days[1] - timedelta(1))
