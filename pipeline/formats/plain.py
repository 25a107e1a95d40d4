"""Plain text as agencies and aggregators send it: an optional header, a dateline, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile
from typing import cast, get_args

from pipeline.errors import Rejected
from pipeline.formats.dateline import told_dateline
from pipeline.formats.draft import Draft, Status, name_of, shape, story_of
from pipeline.formats.embargo import embargo_in
from pipeline.formats.encoding import decode, printable
from pipeline.formats.fields import Fields, read_fields
from pipeline.formats.flow import KINDS
from pipeline.formats.furniture import is_stamp, without_last_words
from pipeline.formats.head import Header, find_header
from pipeline.formats.layout import paragraphs_of
from pipeline.formats.markup import html_paragraphs
from pipeline.formats.parting import above
from pipeline.formats.times import read_time
from pipeline.formats.xml import unknown_root
from pipeline.sources import Source
from pipeline.tables import Item, Story

__all__ = ["as_it_is", "decode", "looks_like", "read", "split"]

SLUG = re.compile(r"(?:BC|AM|PM|AP)-\S.*|[^\W\d_]+(?:[-/][^\W_]+){1,6}/?(?:,\s?\w+)?")
"""A keyword line: BC-XX--Old Harbor, 1st Ld,391; Norland-politique-budget,lead; Harbor/Council/."""
HEADLINE = 160
"""How many characters a headline can have."""
JSON_KEY = re.compile(r"""(?:[{,]|\A)\s*"[\w@-]{1,40}"\s*:\s*["\d{\[ntf-]""")
STORY_NO = re.compile(r"[A-Z]{2,4}[- ]?\d{1,4}")
"""A number that a desk counts its stories with: DEL12."""
RICH = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf|PK\x03\x04|%PDF-|\xd0\xcf\x11\xe0")
"""How RTF, zipped and old Word documents and PDF begin."""
POINT = re.compile(r"\s*[*•-]\s*\S")
NO_HEADLINE = re.compile(r"(?<!\.)[.,;:]$|^\S+$")
"""A sentence, or one word alone."""


def looks_like(_delivery: bytes) -> bool:
    """Any bytes can be plain text: this format is asked last."""
    return True


def split(delivery: bytes) -> Iterator[bytes]:
    """A delivery is one item."""
    yield delivery


def read(item: Item, source: Source) -> Story:
    """The story in a text. Its guid is the file's name where no header line tells one. Raises Rejected."""
    if RICH.match(item.body[:64]):
        raise Rejected("not-text", "RTF or a document of a word processor; plain text, markup and JSON are read")
    root = unknown_root(item.body)
    if root and root not in KINDS:
        raise Rejected("unknown-xml", f"XML whose root is <{root}>: none of the formats; damaged, or not news")
    text = printable(decode(item.body, source.encoding))
    if len(JSON_KEY.findall(text[:1000])) > 2:
        raise Rejected("not-json", "JSON with something before it, or damaged where it begins")
    return story_of(_draft("\n\n".join(html_paragraphs(text)) if root else text, item, source), item, source)


def as_it_is(text: str, item: Item, source: Source, published_on: date | None = None) -> Story:
    """The story of a text that nothing is taken from, so that offsets count in it as it is.

    What its header and dateline say is read all the same; `published_on` goes before the header's stamp.
    """
    draft = _draft(text, item, source)
    story = shape(replace(draft, stamp_on=published_on or draft.stamp_on), item, source)
    return replace(story, text=text)


def _draft(text: str, item: Item, source: Source) -> Draft:
    fields = read_fields(text)
    header = find_header(fields.rest)
    paragraphs = without_last_words(paragraphs_of(fields.rest[header.end_char :]))
    slugline, paragraphs = _slugline(paragraphs)
    embargo = fields.told.get("embargo")
    headline = fields.told.get("headline")
    if not headline:
        headline, key, paragraphs = _headline(paragraphs)
        slugline = slugline or key
    told = _told(fields, header, item, source)
    until = embargo_in(f"embargo {embargo}", source, header.stamp_on or item.day) if embargo else None
    return replace(
        told,
        paragraphs=paragraphs,
        slugline=told.slugline or slugline,
        published_at=told.published_at or _stamp(paragraphs, source),
        headline=headline,
        embargoed_until=until,
        ed_note=told.ed_note if until or not embargo else " ".join(filter(None, (told.ed_note, f"Embargo: {embargo}"))),
    )


def _told(fields: Fields, header: Header, item: Item, source: Source) -> Draft:
    """What header lines say."""
    told = fields.told
    when = read_time(told.get("date"), source)
    status = told.get("status", "usable").casefold()
    return Draft(
        guid=told.get("guid") or name_of(item),
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


def _slugline(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """A keyword line that a text begins with, and the paragraphs without it."""
    first, *rest = paragraphs[0].split("\n") if paragraphs else [""]
    if not SLUG.fullmatch(first.strip()) or not (rest or paragraphs[1:]):
        return None, paragraphs
    return re.sub(r",\s?\d{2,5}$", "", first.strip()), [*(["\n".join(rest)] if rest else []), *paragraphs[1:]]


def _stamp(paragraphs: list[str], source: Source) -> datetime | None:
    """When a text was sent, where its last lines say so, or else its first: 031455 GMT Nov 25."""
    lines = [line for each in (*paragraphs[:2], *paragraphs[-3:]) for line in each.split("\n")]
    stamps = (re.sub(r"\s*N{4}\s*$", "", line) for line in reversed(lines) if is_stamp(line))
    return next((when for stamp in stamps if (when := read_time(stamp, source))), None)


def _headline(paragraphs: list[str]) -> tuple[str | None, str | None, list[str]]:
    """A headline, a keyword line above it, and the paragraphs without them: lines alone before the dateline.

    The headline is one line and no sentence. Points may stand below it, as Reuters has them; two lines above a
    dateline tell nothing for certain, unless the first is keywords in capitals: ESPAÑA PRESUPUESTOS, URGENT.
    """
    before = above(paragraphs)
    lines = [(number, line) for number, each in enumerate(before) for line in each.split("\n")]
    keys = [line for _, line in takewhile(lambda each: _is_key(each[1]), lines)]
    keys = keys if len(lines) > len(keys) and sum(STORY_NO.fullmatch(each) is None for each in keys) < 2 else []
    head, *points = lines[len(keys) :] or [(0, "")]
    line = " ".join(head[1].split())
    if not all(POINT.match(each) for _, each in points) or not 8 <= len(line) <= HEADLINE or NO_HEADLINE.search(line):
        return None, None, paragraphs
    gone = {id(before[number]): "" for number in range(head[0])}
    gone[id(before[head[0]])] = "\n".join(each for number, each in points if number == head[0])
    rest = [gone.get(id(each), each) for each in paragraphs]
    slug = next((each for each in keys if not STORY_NO.fullmatch(each)), None)
    return line, slug, [each for each in rest if each]


def _is_key(line: str) -> bool:
    """Whether a line can be keywords above a headline: a few words in capitals."""
    return line.isupper() and len(line.split()) <= 4 and not re.search(r"[.,;:!?]", line)


def _number(text: str | None) -> int | None:
    found = re.match(r"\s*(\d{1,9})", text or "")
    return int(found[1]) if found else None
