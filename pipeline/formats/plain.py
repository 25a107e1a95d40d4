"""Plain text as agencies and aggregators send it: an optional header, a dateline, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import cast, get_args
from urllib.parse import unquote, urlsplit

from pipeline.formats.dateline import find_dateline, told_dateline
from pipeline.formats.draft import Draft, Status, story_of
from pipeline.formats.embargo import embargo_in
from pipeline.formats.encoding import decode, printable
from pipeline.formats.fields import Fields, read_fields
from pipeline.formats.head import Header, find_header
from pipeline.formats.layout import paragraphs_of
from pipeline.formats.parting import part
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

__all__ = ["as_it_is", "decode", "looks_like", "read", "split"]

HEADLINE = 160
"""How many characters a headline can have."""


def looks_like(_delivery: bytes) -> bool:
    """Any bytes can be plain text: this format is asked last."""
    return True


def split(delivery: bytes) -> Iterator[bytes]:
    """A delivery is one item."""
    yield delivery


def read(item: Item, source: Source) -> Story:
    """The story in a text. Its guid is the file's name where no header line tells one. Raises Rejected."""
    return story_of(_draft(printable(decode(item.body, source.encoding)), item, source), item, source)


def as_it_is(text: str, item: Item, source: Source, published_on: date | None = None) -> Story:
    """The story of a text that nothing is taken from, so that offsets count in it as it is.

    What its header and dateline say is read all the same; `published_on` goes before the header's stamp.
    """
    draft = _draft(text, item, source)
    story = story_of(replace(draft, stamp_on=published_on or draft.stamp_on), item, source)
    return replace(story, text=text)


def _draft(text: str, item: Item, source: Source) -> Draft:
    fields = read_fields(text)
    header = find_header(fields.rest)
    paragraphs = _open(paragraphs_of(fields.rest[header.end_char :]))
    embargo = fields.told.get("embargo")
    headline = fields.told.get("headline")
    if not headline:
        headline, paragraphs = _headline(paragraphs)
    return replace(
        _told(fields, header, item, source),
        paragraphs=paragraphs,
        headline=headline,
        embargoed_until=embargo_in(f"embargo {embargo}", source, header.stamp_on or item.day) if embargo else None,
    )


def _told(fields: Fields, header: Header, item: Item, source: Source) -> Draft:
    """What header lines say."""
    told = fields.told
    when = read_time(told.get("date"), source)
    status = told.get("status", "usable").casefold()
    return Draft(
        guid=told.get("guid") or PurePosixPath(unquote(urlsplit(item.url).path)).stem,
        paragraphs=[],
        slugline=told.get("slugline"),
        byline=told.get("byline"),
        version=_number(told.get("version")),
        status=cast("Status", status) if status in get_args(Status) else "usable",
        codes=[each for each in (told.get("signal"), told.get("status")) if each],
        credits=[*header.credits, *([told["credit"]] if "credit" in told else [])],
        published_at=when,
        stamp_on=header.stamp_on,
        dateline=told_dateline(told.get("dateline")),
        language=told.get("language"),
        subjects=re.split(r"\s*[,;]\s*", told["subject"]) if "subject" in told else [],
        urgency=_number(told.get("urgency")),
        ed_note=told.get("note"),
        keeps_lines=True,
    )


def _open(paragraphs: list[str]) -> list[str]:
    """Paragraphs with the dateline's line apart from lines above it that no blank line parts from it."""
    opened: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        lines = paragraph.split("\n")
        at = next((at for at, line in enumerate(lines[:6]) if at and _begins(line)), 0) if number < 4 else 0
        opened += [*lines[:at], "\n".join(lines[at:])]
    return opened


def _begins(line: str) -> bool:
    found = find_dateline(line)
    return found is not None and bool(found.credits or found.day)


def _headline(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """A headline, and the paragraphs without it: one line alone before the dateline, and no sentence."""
    parted = part(paragraphs)
    above = parted.before
    if parted.dateline is None or len(above) != 1 or "\n" in above[0]:
        return None, paragraphs
    line = " ".join(above[0].split())
    if not 8 <= len(line) <= HEADLINE or len(line.split()) < 2 or re.search(r"(?<!\.)[.,;:]$", line):
        return None, paragraphs
    return line, [each for each in paragraphs if each is not above[0]]


def _number(text: str | None) -> int | None:
    found = re.match(r"\s*(\d{1,9})", text or "")
    return int(found[1]) if found else None
