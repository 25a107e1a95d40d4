"""Plain text as agencies and aggregators send it: an optional header, a dateline, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from charset_normalizer import from_bytes

from pipeline.errors import Rejected
from pipeline.formats.draft import Draft, story_of
from pipeline.formats.head import find_header
from pipeline.sources import Source
from pipeline.tables import Item, Story

PARAGRAPH = re.compile(r"\n[ \t]*\n")


def looks_like(_delivery: bytes) -> bool:
    """Any bytes can be plain text: this format is asked last."""
    return True


def split(delivery: bytes) -> Iterator[bytes]:
    """A delivery is one item."""
    yield delivery


def read(item: Item, source: Source) -> Story:
    """The story in a text. Its guid is the file's name. Raises Rejected."""
    return _story(decode(item.body, source.encoding), item, source)


def as_it_is(text: str, item: Item, source: Source, published_on: date | None = None) -> Story:
    """The story of a text that nothing is taken from, so that offsets count in it as it is.

    What its header and dateline say is read all the same; `published_on` goes before the header's stamp.
    """
    return replace(_story(text, item, source, published_on), text=text)


def _story(text: str, item: Item, source: Source, published_on: date | None = None) -> Story:
    header = find_header(text)
    return story_of(
        Draft(
            guid=PurePosixPath(unquote(urlsplit(item.url).path)).stem,
            paragraphs=PARAGRAPH.split(text[header.end_char :]),
            credits=list(header.credits),
            stamp_on=published_on or header.stamp_on,
        ),
        item,
        source,
    )


def decode(body: bytes, encoding: str | None = None) -> str:
    """Bytes as text with bare line feeds: UTF-8 or as told, else found by looking. Raises Rejected."""
    if b"\0" in body and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Rejected("not-text", f"a NUL byte at {body.index(0)}: binary, not text")
    for told in filter(None, (encoding, "utf-8-sig")):
        try:
            return _lines(body.decode(told))
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(body).best()
    if best is None:
        raise Rejected("encoding", "no encoding fits the bytes; set `encoding` in the source's TOML")
    return _lines(str(best))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
