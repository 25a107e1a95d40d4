"""Where bytes come from: one module each way in, each with `days` and `fetch`."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from pipeline.sources import Source
from pipeline.wire import feed, folder, http, s3
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery


class Wire(Protocol):
    """What a module must offer to be a way in."""

    def days(self, source: Source, access: Access, /) -> list[date]:
        """The days of which something can be fetched now. Raises FetchError, ConfigError."""

    def fetch(self, source: Source, day: date, access: Access, /) -> Iterator[Delivery]:
        """What the wire holds of a day, in a fixed order. Raises FetchError, ConfigError."""


__all__ = ["WIRES", "Access", "Delivery", "Wire", "wire_of"]

WIRES: dict[str, Wire] = {
    "folder": folder,
    "s3": s3,
    "feed": feed,
    "http": http,
}


def wire_of(source: Source) -> Wire:
    """The way in that a source declares."""
    return WIRES[source.where.kind]
