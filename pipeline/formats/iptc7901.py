"""IPTC 7901, the text format of European agencies, read also where its control characters were lost.

SOH bdt0123 4 pl 345  dpa 0987        service and number, priority, category, words, what the agency adds
Harbor/Fire/                          keywords, and marks: 1ST LEAD, (Zusammenfassung …)
STX Old harbor burns for a second day
By Jane Harding =
LAKE CITY (dpa) - A paragraph …
ETX 211015 GMT Jan 26 EOT             day and time, month, year
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.errors import Rejected
from pipeline.formats.byline import find_byline
from pipeline.formats.dateline import find_dateline
from pipeline.formats.draft import Draft, story_of
from pipeline.formats.encoding import decode, printable
from pipeline.formats.furniture import is_note, without_last_words
from pipeline.formats.layout import paragraphs_of
from pipeline.formats.pieces import cut_at
from pipeline.formats.signals import Signal, gravest, signal_in, signal_of_slugline
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

HEADER = re.compile(
    r"(?P<service>[A-Za-z]{1,6})(?P<number>\d{2,5}) (?P<priority>[1-9]) (?P<category>[A-Za-z]{1,5})"
    r"(?: (?P<words>\d{1,5}))?"
    r"(?P<info>(?: [^\n\x02]*)?)(?=\n|\x02|$)"
)
LEAD_IN = re.compile(r"[\x00-\x20]*")
STAMP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?P<zone>GMT|UTC|Z|[A-Z]{3,4})?\s+(?P<month>[^\W\d]{3,9})\.?\s+"
    r"(?P<year>\d{4}|\d{2})"
)
UNIQUE = re.compile(r"(?P<agency>[A-Za-z]{2,6}) (?P<id>\d{6}-\d{2}-\d{5})(?:#(?P<version>\d{1,3}))?")
AGENCY = re.compile(r"(?<![\w-])(?P<agency>[A-Za-z]{2,6})(?:-\w{1,6})?\s+\d{2,5}\s*$")
MARK = re.compile(
    r"(?:\d+\.?(?:ST|ND|RD|TH)?[ -]?)?(?:REFILE|LEAD|EXTRA|URGENT|FLASH|ALERT|CORRECTION|CORRECTED|UPDATE|ADD|ROUNDUP|"
    r"REPEAT|PREVIEW|NEWS FEATURE|FEATURE|ANALYSIS|BACKGROUND|PROFILE|ADVISORY|KILL|WITHDRAWN|EIL|BLITZ|VORAB|"
    r"KORREKTUR|BERICHTIGUNG|ZUSAMMENFASSUNG)(?:[ -]?\d+)?(?:\s*[-:/].*)?"
)
STARTS = re.compile(
    rb"(?:^|(?<=\n)|(?<=\x04))[\x00-\x08\x0b-\x1f]*\x01|^[A-Za-z]{1,6}\d{3,5} [1-9] [A-Za-z]{1,5} \d{1,5} [^\n]*$",
    re.MULTILINE,
)
HEAD_LINES = 9
"""How many lines the head of a message can have."""


@dataclass(slots=True)
class Message:
    """A message's header, the lines of its head, its body, and when it was sent."""

    header: re.Match[str]
    keyword: str | None = None
    marks: list[str] = field(default_factory=list)
    headline: str | None = None
    byline: str | None = None
    body: str = ""
    sent: str | None = None


def looks_like(delivery: bytes) -> bool:
    """A header line: service and number, priority, category, words."""
    return _header(delivery[:400].decode("latin-1").replace("\r", "\n")) is not None


def split(delivery: bytes) -> Iterator[bytes]:
    """The messages in a delivery: each begins with a header. Raises Rejected."""
    yield from cut_at(STARTS, delivery)


def read(item: Item, source: Source) -> Story:
    """The story in a message. Raises Rejected `not-iptc7901` without a header."""
    message = _message(decode(item.body, source.encoding))
    header, sent = message.header, _sent(message.sent, source)
    unique = UNIQUE.search(header["info"])
    return story_of(
        Draft(
            guid=_guid(message, unique, sent.astimezone(source.zone).date() if sent else item.day),
            paragraphs=without_last_words(paragraphs_of(message.body)),
            headline=message.headline,
            slugline=message.keyword,
            byline=message.byline,
            version=_version(message, unique),
            signal=_signal(message),
            credits=_agency(header["info"]),
            published_at=sent,
            subjects=[header["category"]],
            urgency=int(header["priority"]),
            ed_note=" ".join(mark for mark in message.marks if not MARK.fullmatch(mark)) or None,
            keeps_lines=True,
        ),
        item,
        source,
    )


def _header(text: str) -> re.Match[str] | None:
    start = LEAD_IN.match(text)
    return HEADER.match(text, start.end() if start else 0)


def _message(text: str) -> Message:
    header = _header(text)
    if not header:
        raise Rejected("not-iptc7901", "no header of service and number, priority, category and words")
    body, sent = _ended(text[header.end() :])
    if "\x02" in body and not sent and not re.search(r"[\x03\x04]", text):
        raise Rejected("truncated", "a message that begins (STX) and does not end (ETX)")
    message = Message(header, sent=sent)
    before, stx, after = body.partition("\x02")
    if stx:
        lines = _lines(before)
        message.keyword = lines.pop(0).rstrip("/ ") if lines else None
        _read_head([*lines, *_lines(_until_set(after)[0])], message)
        message.body = printable(_until_set(after)[1])
    else:
        head, message.body = _until_set(body)
        _read_head(_lines(head), message)
        message.body = printable(message.body)
    return message


def _ended(body: str) -> tuple[str, str | None]:
    """A body without its end, and the time that stands there."""
    stamps = list(STAMP.finditer(body))
    if stamps and len(body) - stamps[-1].end() < 40:
        return body[: stamps[-1].start()].rstrip("\x03\n "), stamps[-1][0]
    return re.split(r"[\x03\x04]", body, maxsplit=1)[0], None


def _until_set(text: str) -> tuple[str, str]:
    """The head of a body, which a line that ends in `=` closes, and what comes after it."""
    lines = text.split("\n")
    for number, line in enumerate(lines[: HEAD_LINES + 6]):
        if re.search(r"(?:^|\s|\S)=\s*$", line):
            return "\n".join(lines[: number + 1]), "\n".join(lines[number + 1 :])
    head = text.lstrip("\n").split("\n\n", 1)
    short = len(head) == 2 and len(head[0].split("\n")) <= HEAD_LINES and not re.search(r"[.!?][\"”]?\s*$", head[0])
    return (head[0], head[1]) if short else _until_dateline(lines)


def _until_dateline(lines: list[str]) -> tuple[str, str]:
    """The head of a body that nothing closes but the line in which the story begins, with a dateline."""
    for number, line in enumerate(lines[:HEAD_LINES]):
        found = find_dateline(line) if number else None
        if found and (found.credits or found.day):
            return "\n".join(lines[:number]), "\n".join(lines[number:])
    return "", "\n".join(lines)


def _lines(text: str) -> list[str]:
    return [printable(line).strip(" =\t") for line in text.split("\n") if printable(line).strip(" =\t")]


def _read_head(lines: list[str], message: Message) -> None:
    """Keyword, marks, headline and byline, in that order."""
    rest = list(lines)
    if (
        rest
        and not message.keyword
        and (rest[0].endswith("/") or re.fullmatch(r"[^\s/]{1,30}(?:/[^/]{0,30})+", rest[0]))
    ):
        message.keyword = rest.pop(0).rstrip("/ ")
    while rest and (MARK.fullmatch(rest[0]) or rest[0].startswith(("(", "Utl")) or is_note(rest[0])):
        message.marks.append(rest.pop(0))
    if len(rest) > 1 and find_byline(rest[-1], "") and not find_byline(rest[0], ""):
        message.byline = rest.pop()
    message.headline = " ".join(rest) or None


def _signal(message: Message) -> Signal | None:
    """What the marks say."""
    marks = [signal_of_slugline(mark) or signal_in(mark) for mark in message.marks]
    return gravest(marks)


def _version(message: Message, unique: re.Match[str] | None) -> int | None:
    """The version that an id tells, or the number of a lead."""
    if unique and unique["version"]:
        return int(unique["version"])
    leads = (re.match(r"(\d{1,2})\.?(?:ST|ND|RD|TH)?[ -]LEAD\b", mark) for mark in message.marks)
    return next((int(lead[1]) for lead in leads if lead), None)


def _guid(message: Message, unique: re.Match[str] | None, day: date) -> str:
    """The agency's unique id; else what the takes of a story share, its keyword, and the day; else its number."""
    if unique:
        return unique["id"]
    header = message.header
    keyword = re.sub(r"[/\s]*\([^()]*\)\s*$", "", message.keyword or "")
    name = keyword or f"{header['service']}{header['number']}"
    return f"{name}:{day.isoformat()}"


def _sent(told: str | None, source: Source) -> datetime | None:
    """When a message was sent: 211015 GMT Jan 26 is the 21st at 10:15."""
    return read_time(told, source) if told else None


def _agency(info: str) -> list[str]:
    """The agency that a header names: dpa 0987, KNA 170123-89-00065#2."""
    found = UNIQUE.search(info) or AGENCY.search(info)
    return [found["agency"]] if found else []
