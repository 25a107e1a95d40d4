"""The formats that stories come in: one module each, with a `split` and a `read`.

    split(delivery) -> the items in what the wire sent, each able to stand alone
    read(item, source) -> the story in an item

Both raise Rejected and nothing else. The same bytes always give the same answer.
"""

from collections.abc import Iterator
from typing import Protocol

from pipeline.formats import anpa, article, feed, iptc7901, newsml_1_2, newsml_g2, ninjs, nitf, plain
from pipeline.sources import FormatName, Source
from pipeline.tables import Item, Story


class Format(Protocol):
    """What a module must offer to be a format."""

    def looks_like(self, delivery: bytes) -> bool:
        """Whether bytes of unknown format are of this one."""

    def split(self, delivery: bytes) -> Iterator[bytes]:
        """The items in a delivery; none of an empty feed. Raises Rejected when they cannot be told apart."""

    def read(self, item: Item, source: Source) -> Story:
        """The story in an item. Raises Rejected."""


# In the order in which `auto` asks them; plain text takes what no other does.
FORMATS: dict[FormatName, Format] = {
    "newsml-g2": newsml_g2,
    "newsml-1.2": newsml_1_2,
    "nitf": nitf,
    "anpa": anpa,
    "iptc7901": iptc7901,
    "ninjs": ninjs,
    "feed": feed,
    "article": article,
    "plain": plain,
}


def format_of(source: Source, body: bytes) -> Format:
    """The format of a source's bytes: as declared, or found by looking."""
    if source.format == "auto":
        return next(each for each in FORMATS.values() if each.looks_like(body))
    return FORMATS[source.format]
