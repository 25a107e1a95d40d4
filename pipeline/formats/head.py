"""The head of a story in plain text: the stamp and credits of those who passed it on, and the dateline.

date 2026-01-20 MENAFN - IANS) Seoul, Jan 21 (IANS) South Korean President …
|____ stamp ___|___ credits __|_____ dateline _____|
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
LOOK_AT = 400
"""How many characters a head may take."""

WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
LINK = r"(?:\s+(?:of|de|del|da|do|la|las|los|el|al|le|les|the|den|am|an|der|upon|sur)(?=\s))*"
PLACE = rf"{WORD}(?:{LINK}\s+{WORD}){{0,3}}"
PLACES = rf"{PLACE}(?:\s*/\s*{PLACE}|\s+and\s+{PLACE})*(?:,\s+(?!(?i:{MONTH})\b){PLACE})?"
DAY = rf"(?:(?P<month>(?i:{MONTH}))\.?\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>(?i:{MONTH}))\.?)"
DATELINE = re.compile(
    rf"(?P<place>{PLACES})"
    rf"(?:,?\s+{DAY}(?:,?\s+(?P<year>\d{{4}}))?,?)?"
    r"(?:\s*[(\[](?P<credit>[A-Z][\w&.' /-]{1,38}?)[)\]])?"
    r"(?P<dash>\s*(?:--+|[-–—_:])(?=\s))?"
)
HEADER = re.compile(
    r"\s*date\s+(?P<stamp>\d{4}-\d{2}-\d{2})[ \t]*"
    r"(?:\(?(?P<credits>[A-Z][\w&.]*(?:\s+[A-Z][\w&.]*){0,3}(?:\s+-\s+[A-Z][\w&.]*(?:\s+[A-Z][\w&.]*){0,3})*)\))?\s*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and on which day a story says it was written; `end_char` is where it ends."""

    place: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    credits: tuple[str, ...] = ()
    end_char: int = 0

    def day_near(self, stamp: date) -> date | None:
        """Its day; a year that is not written is the one that comes nearest to the stamp."""
        if not self.month or not self.day:
            return None
        years = [self.year] if self.year else [stamp.year - 1, stamp.year, stamp.year + 1]
        days = [day for year in years if (day := _day(year, self.month, self.day))]
        return min(days, key=lambda day: abs(day - stamp), default=None)


@dataclass(frozen=True, slots=True)
class Header:
    """What a deliverer put before a story; the text begins at `end_char`."""

    stamp_on: date | None = None
    credits: tuple[str, ...] = ()
    end_char: int = 0


def find_header(text: str) -> Header:
    """The deliverer's header at the start of a text: its stamp and its credits, origin first."""
    found = HEADER.match(text[:LOOK_AT])
    if not found:
        return Header(end_char=len(text) - len(text.lstrip()))
    year, month, day = map(int, found["stamp"].split("-"))
    passed_on = re.split(r"\s+-\s+", found["credits"]) if found["credits"] else []
    return Header(_day(year, month, day), tuple(reversed(passed_on)), found.end())


def find_dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with, if it does."""
    found = DATELINE.match(text[:LOOK_AT])
    if not found or not _convinces(found):
        return None
    month = found["month"] or found["month2"]
    credit = found["credit"]
    return Dateline(
        place=found["place"],
        month=MONTHS[month.lower()] if month else None,
        day=int(found["day"] or found["day2"]) if month else None,
        year=int(found["year"]) if found["year"] else None,
        credits=tuple(re.split(r"\s*/\s*", credit)) if credit else (),
        end_char=found.end(),
    )


def _convinces(found: re.Match[str]) -> bool:
    """A name at the start is a dateline when a credit, or a day or capitals with a dash, say so."""
    if found["credit"]:
        return True
    return bool(found["dash"]) and bool(found["month"] or found["month2"] or found["place"].isupper())


def _day(year: int, month: int, day: int) -> date | None:
    """A day, or None when there is no such day."""
    first = date(year, month, 1) if 1 <= month <= 12 and 1 <= year <= 9999 else None
    found = first + timedelta(days=day - 1) if first and 1 <= day <= 31 else None
    return found if found and found.month == month else None
