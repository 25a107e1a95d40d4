"""What the wire delivers, as items: which of them are new, and how a delivery becomes items."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pipeline.errors import Rejected
from pipeline.formats import format_of
from pipeline.lake import Batch, Lake, part_of
from pipeline.sources import Source
from pipeline.tables import Item, Reject, Run
from pipeline.wire import Access, Delivery
from pipeline.wire.limits import unpacked

KNOWN = timedelta(days=30)
"""How far back to look for items that the wire sends again."""

PART_BYTES = 64_000_000
"""How large a part may grow before it is written: what a stage holds in memory."""


@dataclass(slots=True)
class Seen:
    """What a source has sent before: item ids, and deliveries with how many items they held."""

    items: set[str] = field(default_factory=set)
    deliveries: dict[tuple[str, str | None], int] = field(default_factory=dict)

    @classmethod
    def by(cls, batch: Batch, lake: Lake) -> "Seen":
        """What the batch holds, and the source's days before it."""
        seen = cls()
        for day in lake.days(batch.source):
            if timedelta(0) <= batch.day - day <= KNOWN:
                seen._add(Batch(batch.source, day), lake, whole=day == batch.day)
        return seen

    def _add(self, batch: Batch, lake: Lake, *, whole: bool) -> None:
        columns = ["item_id", "url", "etag", "item_no", "item_count"] if whole else ["item_id"]
        for part in lake.done("fetch", batch):
            rows = lake.table(Item, batch, part, columns).to_pylist()
            self.items.update(row["item_id"] for row in rows)
            if whole:
                last = (row for row in rows if row["item_no"] == row["item_count"])
                self.deliveries |= {(row["url"], row["etag"]): row["item_count"] for row in last}
                self.items.update(each.item_id for each in lake.read(Reject, batch, f"{part}.fetch"))


@dataclass(slots=True)
class Part:
    """The items that are about to be written together."""

    items: list[Item] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    size: int = 0

    def full(self, most: int) -> bool:
        """Whether it holds as many items as a part should, or as many bytes."""
        return len(self.items) + len(self.rejects) >= most or self.size >= PART_BYTES

    def add(self, each: Item | Reject) -> None:
        """Take one more."""
        if isinstance(each, Item):
            self.items.append(each)
            self.size += len(each.body)
        else:
            self.rejects.append(each)

    def write(self, run: Run, batch: Batch, lake: Lake) -> None:
        """Put what there is into the lake, and begin anew."""
        ids = [item.item_id for item in self.items] + [reject.item_id for reject in self.rejects]
        if ids:
            part = part_of(ids)
            lake.finish(run, batch, part, {Item: self.items, Reject: self.rejects})
        self.items, self.rejects, self.size = [], [], 0


def heard_at(source: Source, lake: Lake) -> datetime | None:
    """When the last item of a source came; None if none ever did."""
    days = lake.days(source.name)
    if not days:
        return None
    batch = Batch(source.name, days[-1])
    parts = [lake.table(Item, batch, part, ["fetched_at"]) for part in lake.done("fetch", batch)]
    times: list[datetime] = [row["fetched_at"] for part in parts for row in part.to_pylist()]
    return max(times, default=None)


def is_quiet(source: Source, heard: datetime | None, now: datetime) -> bool:
    """Whether a source has been silent for longer than its `quiet_after`; one that was never heard of is."""
    if source.quiet_after is None:
        return False
    return heard is None or now - heard > source.quiet_after


def items_of(delivery: Delivery, source: Source, day: date, access: Access) -> Iterator[Item | Reject]:
    """The items of a delivery: none of a feed or a list that is empty, as sources are that have nothing to say.

    A delivery that cannot be split is one item, for normalize to refuse. Raises FetchError.
    """
    now = access.now()
    try:
        body = unpacked(delivery.read(), access.max_bytes, delivery.url)
    except Rejected as refusal:
        item_id = hashlib.sha256(delivery.url.encode()).hexdigest()
        message = str(refusal)
        yield Reject(stage="fetch", item_id=item_id, reason=refusal.reason, message=message, rejected_at=now)
        return
    bodies = _split(source, body)
    facts: dict[str, Any] = {
        "url": delivery.url,
        "media_type": delivery.media_type,
        "etag": delivery.etag,
        "item_count": len(bodies),
    }
    for number, each in enumerate(bodies, 1):
        yield Item.of(each, source=source.name, day=day, item_no=number, fetched_at=now, **facts)


def _split(source: Source, body: bytes) -> list[bytes]:
    try:
        return list(format_of(source, body).split(body))
    except Rejected:
        return [body]
