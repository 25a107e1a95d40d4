"""ANPA 1312, the wire format of North American agencies, read also where its control characters were lost.

SYN SYN SOH r0284 US -----                              service level, story number, selector
r s DC3 DC1 BC-BBO--WildCard 1stLd   03-04 0391         priority, category, format, keyword, version, day, words
STX
^BC-BBO--Wild Card, 1st Ld,391<                         a line of the head, to be set flush: `^` … `<` or `=`
^By JANE HARDING=
HT    LAKE CITY (AP) _ A paragraph …                    a paragraph begins with a tab, or an indent
ETX AP-WF-03-04-26 0123GMT<                             the day in full, and the time
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.errors import Rejected
from pipeline.formats.anpa_text import Head, body_paragraphs, read_head
from pipeline.formats.dateline_parts import day_of
from pipeline.formats.draft import Draft, story_of
from pipeline.formats.encoding import decode
from pipeline.formats.pieces import cut_at
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

URGENCIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "h": 6, "w": 6, "a": 7, "s": 8, "z": 9}
"""Priorities: flash, bulletin, urgent, regular, deferred, hold, release at will, weekday and weekend advance, log."""

HEADER = re.compile(
    r"(?P<service>[A-Za-z])(?P<number>\d{4})(?:[\x1f ]?(?P<selector>[A-Za-z0-9 \x1f-]{0,24}))[^\S\n]*[\x00-\x1f]*\n+"
    r"(?P<priority>[A-Za-z])[ \x1f](?P<category>[A-Za-z])[ \x00-\x08\x0e-\x1f]*(?P<format>)"
    r"(?P<keyword>[^\n]*?\S)[^\S\n]+(?P<first>\d{1,2})-(?P<second>\d{1,2})[^\S\n]*(?P<words>\d{1,5})?[^\S\n]*[\x00-\x1f]*(?=\n|$)"
)
LEAD_IN = re.compile(r"[\x00-\x20]*")
STAMP = re.compile(
    r"(?:(?P<agency>[A-Z]{2,4})-)?(?:(?P<desk>[A-Z]{2,4})-)?(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?P<year>\d{2,4})\s+"
    r"(?P<hour>\d{2}):?(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?<?"
    r"|(?P<hour2>\d{2}):(?P<minute2>\d{2})\s?(?P<zone2>[A-Z]{1,4})\s+(?P<first2>\d{1,2})-(?P<second2>\d{1,2})-(?P<year2>\d{2,4})<?"
)
LAST = 200
"""Characters from the end in which the stamp stands."""
EDITION = re.compile(r"^(?:BC|AM|PM|AP|AB|BN)-+", re.IGNORECASE)
TAKE = re.compile(
    r"(?:,\s*|\s+|-)(?:\d+(?:st|nd|rd|th)[\s-]?)?(?:ld|lead|led|add|sub|writethru|take|insert|pickup|kill|correct\w*|abridged|adv\d*|"
    r"urgent)\b.*$|(?<=\w)\d+(?:st|nd|rd|th)\s?(?:ld|lead|add|writethru|sub)\b.*$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)[\s-]?(?:ld|lead|led|writethru|add)", re.IGNORECASE)


@dataclass(slots=True)
class Message:
    """A message's header, its text and its last line."""

    header: re.Match[str]
    head: Head = field(default_factory=Head)
    paragraphs: list[str] = field(default_factory=list)
    stamp: re.Match[str] | None = None


def looks_like(delivery: bytes) -> bool:
    """A header of two lines: story number, then priority, category, keyword, day."""
    return _header(_text(delivery[:2000])) is not None


def split(delivery: bytes) -> Iterator[bytes]:
    """The messages in a delivery: each begins with a header. Raises Rejected."""
    yield from cut_at(_STARTS, delivery)


_STARTS = re.compile(
    rb"(?:^|(?<=\n)|(?<=\x04))[\x00-\x08\x0e-\x1f ]*[A-Za-z]\d{4}[^\n]{0,26}\n[A-Za-z][ \x1f][A-Za-z][^\n]*\d-\d",
    re.MULTILINE,
)


def read(item: Item, source: Source) -> Story:
    """The story in a message. Raises Rejected `not-anpa` without a header."""
    message = _message(decode(item.body, source.encoding))
    sent = _sent(message.stamp, source, item.day)
    day = sent.astimezone(source.zone).date() if sent else _filed(message.header, item.day)
    slug = message.head.slugline or _spaced(message.header["keyword"])
    told = message.header["keyword"]
    return story_of(
        Draft(
            guid=f"{_story_key(slug)}:{day.isoformat()}",
            paragraphs=[*message.head.lines, *message.paragraphs],
            headline=message.head.headline,
            slugline=slug,
            byline=message.head.byline,
            version=_version(slug) or _version(told),
            credits=_agency(message),
            published_at=sent,
            stamp_on=None if sent else day,
            subjects=[message.header["category"].lower()],
            urgency=URGENCIES.get(message.header["priority"].lower()),
            ed_note=" ".join(message.head.notes) or None,
            keeps_lines=True,
        ),
        item,
        source,
    )


def _text(delivery: bytes) -> str:
    return delivery.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _header(text: str) -> re.Match[str] | None:
    start = LEAD_IN.match(text)
    return HEADER.match(text, start.end() if start else 0)


def _message(text: str) -> Message:
    header = _header(text)
    if not header:
        raise Rejected("not-anpa", "no header of story number, priority, category, keyword and day")
    body = text[header.end() :].split("\x02", 1)[-1]
    stamps = list(STAMP.finditer(body, max(0, len(body) - LAST)))
    stamp = stamps[-1] if stamps and len(body) - stamps[-1].end() < 60 else None
    if "\x02" in text and not stamp and not re.search(r"[\x03\x04]", body):
        raise Rejected("truncated", "a message that begins (STX) and does not end (ETX)")
    body = body[: stamp.start()] if stamp else body
    head, after = read_head(re.split(r"[\x03\x04]", body, maxsplit=1)[0], header["keyword"])
    return Message(header, head, body_paragraphs(after), stamp)


def _sent(stamp: re.Match[str] | None, source: Source, near: date) -> datetime | None:
    """When a message was sent, by its last line: `AP-WF-03-04-26 0123GMT<`, `16:35ET 31-10-14<`."""
    if not stamp:
        return None
    told = {name.rstrip("2"): value for name, value in stamp.groupdict().items() if value}
    year = int(told["year"]) + (2000 if len(told["year"]) == 2 else 0)
    day = _nearest(int(told["first"]), int(told["second"]), [year], near)
    if not day:
        return None
    zone = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
    name = told.get("zone", "")
    return read_time(f"{day.isoformat()} {told['hour']}:{told['minute']} {zone.get(name, name)}".strip(), source)


def _filed(header: re.Match[str], near: date) -> date:
    """The day of a header, which has no year: the one nearest to the day of arrival."""
    years = [near.year - 1, near.year, near.year + 1]
    return _nearest(int(header["first"]), int(header["second"]), years, near) or near


def _nearest(first: int, second: int, years: list[int], near: date) -> date | None:
    """The day that two numbers can mean: month first, as the standard has it, unless there is no such day."""
    for month, day in ((first, second), (second, first)):
        days = [each for year in years if (each := day_of(year, month, day))]
        if days:
            return min(days, key=lambda each: abs(each - near))
    return None


def _agency(message: Message) -> list[str]:
    """The agency that the last line names."""
    agency = message.stamp.groupdict().get("agency") if message.stamp else None
    return [agency] if agency else []


def _spaced(keyword: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f]", " ", keyword).split())


def _story_key(slug: str) -> str:
    """What the takes of a story share: its keyword without edition and take."""
    return " ".join(TAKE.sub("", EDITION.sub("", slug)).split()) or slug


def _version(slug: str) -> int | None:
    """The number of a take, as in `3rd Ld-Writethru`."""
    found = NUMBERED.search(slug)
    return int(found[1]) if found else None
