"""The head of a story in plain text: the stamp and credits of those who passed it on, and the dateline.

date 2026-01-20 MENAFN - IANS) Seoul, Jan 21 (IANS) South Korean President …
|____ stamp ___|___ credits __|_____ dateline _____|

The header's parts also come on lines of their own, and as `Date: 20 January 2026`.
"""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.formats.dateline import Dateline, find_dateline
from pipeline.formats.dateline_parts import CAPITAL, DAY, day_of, is_agency, numbers_of, signers

__all__ = ["Dateline", "Header", "find_dateline", "find_header"]

LOOK_AT = 400
"""How many characters a header may take."""
STAMP = re.compile(
    r"\s*(?i:date|dated|datum|fecha)\b\s*:?\s*(?:(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)?"
)
NAME = rf"{CAPITAL}[\w&.’']*(?:-\w+)*"
HOP = rf"{NAME}(?:\s+{NAME}){{0,3}}"
BETWEEN = r"\s*[-–—/|]\s+"
CREDITS = re.compile(rf"\s*[(\[]?(?P<credits>{HOP}(?:{BETWEEN}{HOP}){{0,4}})\s*[)\]](?P<after>\s*)")
VIA = re.compile(r"\s*(?:(?i:source|via)\s*:\s*)(?P<credits>[^\n]{2,60})\n")


@dataclass(frozen=True, slots=True)
class Header:
    """What a deliverer put before a story; the text begins at `end_char`."""

    stamp_on: date | None = None
    credits: tuple[str, ...] = ()
    end_char: int = 0


def find_header(text: str) -> Header:
    """The deliverer's header at the start of a text: its stamp and its credits, origin first."""
    head = text[:LOOK_AT]
    stamp_on, at = _stamp(head)
    passed_on, end = _credits(head, at, stamped=stamp_on is not None)
    end = end or at
    return Header(stamp_on, passed_on, end + len(head[end:]) - len(head[end:].lstrip()))


def _stamp(head: str) -> tuple[date | None, int]:
    """The day that a header begins with, and where it ends."""
    found = STAMP.match(head)
    if not found:
        return None, 0
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return day_of(year, month, day), found.end()
    day_told = DAY.match(head, found.end())
    if not day_told or not day_told["year"]:
        return None, 0
    month, day, _ = numbers_of(day_told)
    return day_of(int(day_told["year"]), month, day), day_told.end()


def _credits(head: str, at: int, *, stamped: bool) -> tuple[tuple[str, ...], int]:
    """Who passed a story on, origin first, and where that ends: as `MENAFN - IANS)`, or a known name alone."""
    found = CREDITS.match(head, at) or VIA.match(head, at)
    if not found:
        return (), 0
    hops = re.split(BETWEEN, found["credits"].strip())
    open_bracket = head[at : found.end()].lstrip()[:1] in ("(", "[")
    known = any(is_agency(hop) for hop in hops)
    if not stamped and (not known or (open_bracket and len(hops) < 2)):
        return (), 0
    return tuple(each for hop in reversed(hops) for each in signers(hop)), found.end()
