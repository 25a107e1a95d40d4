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

LOOK_AT = 240
"""How many characters of a paragraph can hold a dateline."""


def _capitals() -> str:
    """Every letter that can begin a name, as a character class: capitals, and scripts without case."""
    letters = [code for code in range(0x41, 0xAC00) if chr(code).isalpha() and not chr(code).islower()]
    known = set(letters)
    first = (code for code in letters if code - 1 not in known)
    last = (code for code in letters if code + 1 not in known)
    return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(first, last, strict=True)) + "]"


def _either(names: frozenset[str] | dict[str, int]) -> str:
    return "(?i:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ")"


CAPITAL = _capitals()
MONTH, WEEKDAY = _either(words.months()), _either(words.weekdays())
WORD = rf"(?!{MONTH}\b\.?\s+\d|{WEEKDAY}\b\.?,?\s)(?:['’]s-)?{CAPITAL}[\w'’]*(?:[.-](?=\w)[\w'’]*)*\.?"
LINK = r"(?:\s+(?:of|de|del|della|da|do|dos|la|las|los|el|al|le|les|the|den|am|an|der|di|du|upon|sur|im|bei|near))*"
NAME = rf"{WORD}(?:{LINK}\s+{WORD}){{0,4}}"
AND = r"\s*/\s*|,\s*|\s+(?:and|und|et|y|e|&|og|och|en)\s+"
PLACES = re.compile(rf"(?:(?:near|outside|aboard|ABOARD|NEAR)\s+)?{NAME}(?:(?:{AND}){NAME}){{0,3}}")
DAY = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?(?:(?:le|am|el|den|vom)\s+)?"
    rf"(?:(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[-\s]+(?:(?:de|of|del)\s+|d['’])?(?P<month2>{MONTH})\b\.?"
    r"|(?P<day3>\d{1,2})/(?P<month3>\d{1,2})(?!\d))"
    r"(?:[,/\s-]+(?:del?\s+)?(?P<year>(?:19|20)\d{2})\b\.?)?"
    r"(?:,?\s+\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|[A-Z]{2,4}T)\b)?)?"
)
SIGNED = re.compile(
    r"[(\[（](?P<in_brackets>[^()\[\]（）\n]{2,60})[)\]）]|/\s?(?P<in_strokes>[^\W\d][^/\n\d()]{1,40}?)\s?/(?!\w)"
)
BARE = re.compile(rf"(?P<bare>{CAPITAL}[\w&-]{{1,20}})(?=\s*(?:--|[-–—]\s))")
GAP = re.compile(r"\s*(?:[,.;]\s|--|[-–—](?=[(\s])|,)?\s*")
DASH = re.compile(r"\s*(?:\.\s?[-–—―]+|--+|[—―–]|[-_=](?=\s)|:(?=\s))|(?<=[)\]/])(?:\.(?=\s)|-)|(?<=\d)\s*/(?=\s)")
PERSON = re.compile(r"\b(?i:right|left|centre|center|above|below|pictured|photo|file|c|r|l)\b")


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
        days = [day for year in years if (day := day_of(year, self.month, self.day))]
        return min(days, key=lambda day: abs(day - stamp), default=None)


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
        if stroke and is_agency(stroke[0].strip(" /")) and self.text[end:].lstrip()[:1] == "/":
            end = found.start() + stroke.start()
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
        if found.lastgroup != "bare" or self.day or words.key(told) in words.agencies():
            self.signature = told
            self.at = found.end()

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


def signers(signature: str | None) -> tuple[str, ...]:
    """Who stands in a signature, in order: `tca/dpa` are two."""
    parts = re.split(r"\s*/\s*", signature or "")
    return tuple(part.strip() for part in parts if part.strip())


def is_agency(name: str) -> bool:
    """Whether a name, or a part of it at a stroke, is a known signature."""
    return any(words.key(part) in words.agencies() for part in (name, *name.split("/")))


def is_place(name: str) -> bool:
    """Whether a known town, country or state stands in a place as datelines write it."""
    return any(words.key(part) in words.places() for part in (name, *re.split(AND, name)))


def _convinces(reading: _Reading) -> bool:
    """Whether enough speaks for a dateline."""
    place, rest = reading.place or "", reading.text[reading.end_char :].lstrip()
    known = bool(place) and is_place(place)
    if not rest or (place and not known and words.key(place.split()[0]) in words.not_places()):
        return False
    capitals = place.split(",")[0].isupper()
    begins = not rest[0].islower()
    if reading.signature:
        return _signed(reading, known=known, capitals=capitals, begins=begins)
    if not place or not reading.dash:
        return False
    if reading.day:
        return known or capitals
    return capitals and begins and _alone(reading, rest, known=known)


def _signed(reading: _Reading, *, known: bool, capitals: bool, begins: bool) -> bool:
    """Whether a signature and what stands with it are a dateline's."""
    signature = reading.signature or ""
    if is_agency(signature):
        marked = bool(reading.dash or reading.day)
        return (marked and (begins or bool(reading.dash))) or (begins and (known or capitals))
    if (
        PERSON.search(signature)
        or words.key(signature) in words.weekdays()
        or not re.match(rf"\s*{CAPITAL}", signature)
        or not reading.place
    ):
        return False
    if reading.day:
        return begins or bool(reading.dash)
    return bool(reading.dash) and begins and (known or (capitals and len(reading.place) > len(signature) > 1))


def _alone(reading: _Reading, rest: str, *, known: bool) -> bool:
    """Whether capitals before a dash, with neither day nor signature, are a place (CAIRO — Thousands …)."""
    place = reading.place or ""
    sentence = any(each.islower() for each in rest[:LOOK_AT])
    first = rest.split(maxsplit=1)[0]
    headline = first.isupper() and len(first) > 4
    if not sentence or headline or reading.dash == "=":
        return False
    if reading.dash == ":":
        return known
    return known or (len(place) > 4 and len(place.split()) <= 3 and not any(each.isdigit() for each in place))


def _real(found: re.Match[str]) -> bool:
    month, day, year = numbers_of(found)
    return day_of(year or 2000, month, day) is not None


def numbers_of(found: re.Match[str]) -> tuple[int, int, int | None]:
    """Month, day and, where written, year."""
    name = found["month"] or found["month2"]
    month = words.months()[name.casefold()] if name else int(found["month3"])
    day = int(found["day"] or found["day2"] or found["day3"])
    return month, day, int(found["year"]) if found["year"] else None


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None when there is no such day."""
    first = date(year, month, 1) if 1 <= month <= 12 and 1 <= year <= 9998 else None
    found = first + timedelta(days=day - 1) if first and 1 <= day <= 31 else None
    return found if found and found.month == month else None
