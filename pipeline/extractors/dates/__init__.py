"""Temporal expressions: what a story says of when, as TIMEX3 and as days."""

from pipeline.extractors.dates.finder import find_dates

__all__ = ["find_dates"]
