"""The parts of a dateline as patterns: names of places, days, signatures, dashes."""

import re
from datetime import date, timedelta
from itertools import groupby

from pipeline.formats import words


def _capitals() -> str:
    """Every letter that can begin a name, as a character class: capitals, and scripts without case."""
    letters = [code for code in range(0x41, 0xAC00) if chr(code).isalpha() and not chr(code).islower()]
    known = set(letters)
    first = (code for code in letters if code - 1 not in known)
    last = (code for code in letters if code + 1 not in known)
    return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(first, last, strict=True)) + "]"


def _either(names: frozenset[str] | dict[str, int]) -> str:
    """Any of many names in any case, the longest that fits: as a tree, since a list is tried name by name."""
    return f"(?i:{_tree(sorted(names))})"


def _tree(names: list[str]) -> str:
    """Names that begin alike share their beginning: mar, mars, mai is ma(?:i|r(?:s)?)."""
    branches = [
        re.escape(letter) + _tree([name[1:] for name in group])
        for letter, group in groupby(filter(None, names), _first)
    ]
    tail = "|".join(branches)
    return (f"(?:{tail})?" if "" in names else f"(?:{tail})") if branches else ""


def _first(name: str) -> str:
    return name[0]


CAPITAL = _capitals()
MONTH, WEEKDAY = _either(words.months()), _either(words.weekdays())
WORD = rf"(?!في\s+\d|{MONTH}\b\.?\s+\d|{WEEKDAY}\b\.?,?\s)(?:['’]s-)?{CAPITAL}[\w'’]*(?:[.-](?=\w)[\w'’]*)*\.?"
LINK = r"(?:\s+(?:of|de|del|della|da|do|dos|la|las|los|el|al|le|les|the|den|am|an|der|di|du|upon|sur|im|bei|near))*"
NAME = rf"{WORD}(?:{LINK}\s+{WORD}){{0,4}}"
AND = r"\s*/\s*|,\s*|\s+(?:and|und|et|y|e|&|og|och|en)\s+"
PLACES = re.compile(rf"(?:(?:near|outside|aboard|ABOARD|NEAR)\s+)?{NAME}(?:(?:{AND}){NAME}){{0,3}}")
DAY = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?(?:(?:le|am|el|den|vom|في)\s+)?"
    rf"(?:(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[-\s]+(?:(?:de|of|del)\s+|d['’])?(?P<month2>{MONTH})\b\.?(?:\s*/?\s*{MONTH}\b)?"
    r"|(?P<day3>\d{1,2})/(?P<month3>\d{1,2})(?!\d))"
    r"(?:[,/\s-]+(?:del?\s+)?(?P<year>(?:19|20)\d{2})\b\.?)?"
    r"(?:,?\s+\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|[A-Z]{2,4}T)\b)?)?"
)
SIGNED = re.compile(
    r"[(\[（](?P<in_brackets>[^()\[\]（）\n]{2,60})[)\]）]|/\s?(?P<in_strokes>[^\W\d][^/\n\d()]{1,40}?)\s?/(?!\w)"
)
BARE = re.compile(rf"(?P<bare>{CAPITAL}[\w&-]{{1,20}}(?:\.[A-Z]{{2}})?)(?=\s*(?:--|[-–—]\s)|(?P<stop>\.\s))")
GAP = re.compile(r"\s*(?:[,.;]\s|--|[-–—](?=[(\s])|,)?\s*")
DASH = re.compile(r"\s*(?:\.\s?[-–—―]+|--+|[—―–]|[-_=](?=\s|$)|:(?=\s))|(?<=[)\]/])(?:\.(?=\s)|-)|(?<=\d)\s*/(?=\s)")
PERSON = re.compile(r"\b(?i:right|left|centre|center|above|below|pictured|photo|file|c|r|l)\b")


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


def signers(signature: str | None) -> tuple[str, ...]:
    """Who stands in a signature, in order: `tca/dpa` are two."""
    parts = [each for part in re.split(r"\s*/\s*", signature or "") for each in _joined(part)]
    return tuple(part.strip() for part in parts if part.strip())


def _joined(name: str) -> list[str]:
    """The agencies that a hyphen joins, as in TT-AFP; a name as it is that is one itself, as dpa-AFX."""
    parts = name.split("-")
    known = words.key(name) in words.agencies() or len(parts) < 2
    return parts if not known and all(words.key(part) in words.agencies() for part in parts) else [name]


def is_agency(name: str) -> bool:
    """Whether a name, or a part of it at a stroke, is a known signature; or several that a hyphen joins."""
    return any(words.key(part) in words.agencies() for part in (name, *name.split("/"))) or len(_joined(name)) > 1


def is_place(name: str) -> bool:
    """Whether a known town, country or state stands in a place as datelines write it."""
    return any(words.key(part) in words.places() for part in (name, *re.split(AND, name)))
