"""What has arrived and is not in the warehouse yet: found by looking, so that no notice of it can be lost."""

from collections.abc import Collection, Iterator
from datetime import date

from pipeline.database import Database, exists, reading
from pipeline.lake import Batch
from pipeline.sources import Source
from pipeline.tables import Item
from pipeline.wire import wire_of
from pipeline.workspace import Workspace

LAST_DAYS = 2
"""So many of the lake's last days are looked at although the wire has nothing of them any more."""


def find_arrivals(source: Source, work: Workspace, days: Collection[date] | None = None) -> Iterator[Batch]:
    """The batches of a source of which something is new on the wire, or not all the way down the road.

    `days` narrows it to some days; None is every day that the wire has. Raises FetchError, ConfigError, StorageError.
    """
    held = _held(source, work.database)
    for day in sorted({*wire_of(source).days(source, work.access(source)), *work.lake.days(source.name)[-LAST_DAYS:]}):
        batch = Batch(source.name, day)
        if (days is None or day in days) and (_is_unfinished(batch, work, held) or _is_new(batch, source, work)):
            yield batch


def _is_unfinished(batch: Batch, work: Workspace, held: Collection[tuple[date, str]]) -> bool:
    """Whether a part has not been through a stage, or is not in the warehouse."""
    fetched = work.lake.done("fetch", batch)
    through = work.lake.done("normalize", batch) & work.lake.done("enrich", batch)
    return not fetched <= through or any((batch.day, part) not in held for part in fetched)


def _is_new(batch: Batch, source: Source, work: Workspace) -> bool:
    """Whether the wire has a delivery, or a version of one, that the lake has not."""
    parts = work.lake.done("fetch", batch)
    tables = [work.lake.table(Item, batch, part, ["url", "etag"]).to_pylist() for part in parts]
    known = {(row["url"], row["etag"]) for table in tables for row in table}
    deliveries = wire_of(source).fetch(source, batch.day, work.access(source))
    return any(each.etag is None or (each.url, each.etag) not in known for each in deliveries)


def _held(source: Source, database: Database) -> set[tuple[date, str]]:
    """The days and parts of a source that readers have."""
    if not exists(database):
        return set()
    with reading(database) as db:
        return set(db.execute("SELECT day, part FROM loads WHERE source = ?", [source.name]).fetchall())
