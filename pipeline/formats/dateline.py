"""The dateline: where and on which day a story says it was written, and who signs for it.

    Seoul, Jan 21 (IANS) South Korean President …
    NAIROBI, Kenya (AP) _ Police …
    SAN FRANCISCO--(BUSINESS WIRE)--Nov. 3, 2025--The company …
    (ANSA) - ROMA, 3 MAR - Il governo …

It is told from a sentence's subject ("The UN (AFP) said") by how much speaks for it: a known
signature, a day, a dash, capitals, a known town, and a sentence that begins after it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.formats import words
from pipeline.formats.dateline_east import find_eastern
from pipeline.formats.dateline_parts import (
    BARE,
    CAPITAL,
    DASH,
    DAY,
    GAP,
    NAME,
    PERSON,
    PLACES,
    SIGNED,
    day_of,
    is_agency,
    is_place,
    numbers_of,
    signers,
)

LOOK_AT = 240
"""How many characters of a paragraph can hold a dateline."""

AHEAD = timedelta(days=7)
"""How much later than it was sent a story may say that it was written: time zones, and stories held for a weekend."""

BRACKETED = re.compile(rf"\(({NAME}(?:,\s*{NAME})?(?:\s*[-–—]\s+|,\s*){DAY.pattern})\)(?:\s*[-–—]+)?(?=\s)")
"""A dateline in brackets: (New York, NY - October 21)."""
PLACE_ALONE = re.compile(rf"\(({NAME}(?:,\s*{NAME})?)\)\s*[-–—]+\s+")
"""A place in brackets: (Beirut) – Authorities …"""
NEWSY = re.compile(r"[A-Z]{2,6}|.*\b(?:News|Network|Press|Agency|Wire|Media|Times|Post|Radio|TV|Service)\b.*")
"""What signs at the start of a text without a place, although it is not known: (Sports Network) -"""


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
        """Its day; a year that is not written is the last in which the story was not written after it was sent."""
        if not self.month or not self.day:
            return None
        years = [self.year] if self.year else [stamp.year - 1, stamp.year, stamp.year + 1]
        days = [day for year in years if (day := day_of(year, self.month, self.day))]
        past = [day for day in days if day <= stamp + AHEAD]
        return max(past, default=min(days, default=None))


@dataclass(slots=True)
class _Reading:
    """What has been read of a dateline's parts, and where the next one would begin."""

    text: str
    at: int = 0
    place: str | None = None
    day: re.Match[str] | None = None
    signature: str | None = None
    dash: str | None = None
    end_char: int = 0

    def take_place(self) -> None:
        """A place, once: one that ends in an agency's bare name leaves it for the signature."""
        start = self._after_gap() if self.at else 0
        found = PLACES.match(self.text, start)
        if self.place or not found:
            return
        end = found.end()
        stroke = re.search(r"\s*/\s*[^/]+$", found[0])
        after = self.text[end:].lstrip()[:1]
        if stroke and is_agency(stroke[0].strip(" /")) and after == "/":
            end = found.start() + stroke.start()
        elif stroke and is_agency(stroke[0].strip(" /")) and (not after or DASH.match(self.text, end)):
            self.place, self.signature, self.at = found[0][: stroke.start()], stroke[0].strip(" /"), end
            return
        self.place = self.text[start:end].rstrip()
        *before, last = self.place.split()
        if before and words.key(last) in words.agencies() and last.isupper() and DASH.match(self.text, end):
            self.place, self.signature = " ".join(before).rstrip(","), last
        self.at = end

    def take_day(self) -> None:
        """A day, once."""
        found = DAY.match(self.text, self._after_gap())
        if not self.day and found and _real(found):
            self.day = found
            self.at = found.end()

    def take_signature(self) -> None:
        """A signature in brackets or between strokes, or a known one alone before a dash; once."""
        start = self._after_gap()
        found = SIGNED.match(self.text, start) or BARE.match(self.text, start)
        if self.signature or not found:
            return
        told = next(filter(None, found.groups())).strip()
        bare, stopped = found.re is BARE, found.re is BARE and found["stop"]
        if not bare or (self.day and not stopped) or words.key(told) in words.agencies():
            self.signature = told
            self.at = found.end() + bool(stopped)

    def take_dash(self) -> None:
        """What ends a dateline."""
        found = DASH.match(self.text, self.at)
        self.dash = found[0].strip() if found else None
        self.end_char = found.end() if found else self.at

    def _after_gap(self) -> int:
        found = GAP.match(self.text, self.at)
        return found.end() if found else self.at


def find_dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with, if it does."""
    start = len(text) - len(text.lstrip())
    line = text[start : start + LOOK_AT].split("\n\n", maxsplit=1)[0]
    eastern = find_eastern(line)
    if eastern:
        return _eastern(eastern, start)
    alone = PLACE_ALONE.match(line)
    named = alone is not None and is_place(alone[1]) and not is_agency(alone[1])
    if alone and named and not line[alone.end() :][:1].islower():
        return Dateline(place=alone[1], end_char=start + alone.end())
    in_brackets = BRACKETED.match(line)
    if in_brackets:
        inside = find_dateline(f"{in_brackets[1]} - Begins")
        return replace(inside, end_char=start + in_brackets.end()) if inside and inside.place else None
    for order in ("place day signature day", "signature place day", "day signature"):
        reading = _Reading(line)
        for part in order.split():
            getattr(reading, f"take_{part}")()
        reading.take_dash()
        if _convinces(reading) and (reading.place or order == "day signature"):
            return _dateline(reading, start)
    return None


def told_dateline(told: str | None) -> Dateline | None:
    """What a dateline or a place says that stands apart from the text; a time, a credit alone is no place."""
    text = " ".join((told or "").split()).strip(" -–—_=:,")
    if not text or len(text) > LOOK_AT:
        return None
    found = find_dateline(f"{text} - Told apart") or find_dateline(f"{text} (AP) - Told apart")
    if found and found.place and not found.day and "(" not in text and is_agency(found.place):
        return None
    if found:
        credits_ = found.credits if "(" in text or "/" in text else ()
        return replace(found, credits=credits_, end_char=0)
    place = not re.search(r"\d|@|:", text) and not is_agency(text) and len(text) <= 60
    return Dateline(place=text) if place else None


def _dateline(reading: _Reading, start: int) -> Dateline:
    month, day, year = numbers_of(reading.day) if reading.day else (None, None, None)
    place = reading.place
    if place and place.endswith(".") and words.key(place) in words.places() and "," not in place:
        place = place.rstrip(".")
    return Dateline(place, month, day, year, signers(reading.signature), start + reading.end_char)


def _eastern(found: re.Match[str], start: int) -> Dateline:
    told = found.groupdict()
    month, day = (int(told[name]) if told.get("month") else None for name in ("month", "day"))
    return Dateline(told["place"], month, day, None, signers(told["credit"]), start + found.end())


def _convinces(reading: _Reading) -> bool:
    """Whether enough speaks for a dateline."""
    place, rest = reading.place or "", reading.text[reading.end_char :].lstrip()
    if not reading.signature and not (place and reading.dash):
        return False
    if place and words.key(place.split(maxsplit=1)[0]) in words.not_places() and not is_place(place):
        return False
    if reading.signature:
        return _signed(reading, begins=not rest[:1].islower())
    return _dashed(reading, place, rest)


def _dashed(reading: _Reading, place: str, rest: str) -> bool:
    """Whether a place before a dash, signed by nobody, is a dateline's."""
    capitals = place.split(",", maxsplit=1)[0].isupper()
    if not rest and not is_place(place):
        return False
    if reading.day:
        return capitals or is_place(place)
    if not capitals:
        return _spelt_out(reading, rest)
    return not rest[:1].islower() and _alone(reading, rest)


def _signed(reading: _Reading, *, begins: bool) -> bool:
    """Whether a signature and what stands with it are a dateline's."""
    signature, place = reading.signature or "", reading.place or ""
    capitals = place.split(",")[0].isupper()
    if is_agency(signature):
        if bool(reading.dash or reading.day) and (begins or bool(reading.dash)):
            return True
        return begins and bool(place) and (capitals or is_place(place))
    if not reading.place:
        return bool(reading.dash) and begins and reading.text[:1] in "([" and NEWSY.fullmatch(signature) is not None
    if (
        PERSON.search(signature)
        or words.key(signature) in words.weekdays()
        or not re.match(rf"\s*{CAPITAL}", signature)
    ):
        return False
    if reading.day:
        return begins or bool(reading.dash)
    short = capitals and len(place) > len(signature) > 1
    return bool(reading.dash) and begins and (short or is_place(place))


def _alone(reading: _Reading, rest: str) -> bool:
    """Whether capitals before a dash, with neither day nor signature, are a place (CAIRO — Thousands …)."""
    place = reading.place or ""
    if not rest:
        return reading.dash != ":"
    if reading.dash == "--" and not reading.text[reading.end_char :][:1].isspace():
        return False
    sentence = any(each.islower() for each in rest[:LOOK_AT])
    first = rest.split(maxsplit=1)[0]
    headline = first.isupper() and len(first) > 4
    if not sentence or headline or reading.dash == "=":
        return False
    if reading.dash == ":":
        return words.key(place.split(",")[0]) in words.cities()
    name = len(place) > 4 and len(place.split()) <= 3 and not any(each.isdigit() for each in place)
    return name or is_place(place)


def _spelt_out(reading: _Reading, rest: str) -> bool:
    """Whether a town and its country, both known, stand before a dash, as in Kabul, Afghanistan - Police said."""
    town, *region = re.split(r",\s*", reading.place or "")
    dashed = reading.dash in {"–", "—", "--", "-"} and rest[:1].isupper()
    return dashed and len(region) == 1 and all(words.key(part) in words.places() for part in (town, *region))


def _real(found: re.Match[str]) -> bool:
    month, day, year = numbers_of(found)
    return day_of(year or 2000, month, day) is not None
