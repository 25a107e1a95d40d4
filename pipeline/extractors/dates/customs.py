"""How a region writes numeric dates."""

from pipeline.extractors.dates.words import members

MONTH_FIRST = members("month-first.txt")


def custom_of(language: str | None) -> bool | None:
    """Whether numeric dates put the day first where a language tag is used (`en-GB`); None where it names no region."""
    region = next((part for part in (language or "").split("-")[1:] if len(part) == 2), None)
    return None if region is None else region.upper() not in MONTH_FIRST
