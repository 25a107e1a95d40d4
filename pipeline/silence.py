"""Which sources have been quiet for longer than is normal for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.sources import Source

# An item of a past day counts from that day's end, whenever it was fetched: a backfill is no sign of life.
LAST = "SELECT max(least(fetched_at, (day + 1)::TIMESTAMP AT TIME ZONE 'UTC')) FROM items WHERE source = ?"


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that should have sent something by now; `last` is None when it never did."""

    source: Source
    last: datetime | None
    now: datetime

    def __str__(self) -> str:
        """One line, for people."""
        normal = f"at most {_words(self.source.quiet_after)} is normal"
        if self.last is None:
            return f"{self.source.name} has never sent anything; {normal}"
        return f"{self.source.name} has sent nothing for {_words(self.now - self.last)}; {normal}"


def find_silences(database: Path, sources: Iterable[Source], now: datetime) -> list[Silence]:
    """The quiet ones of the sources that say how long silence is normal. Raises duckdb.Error."""
    with duckdb.connect(database, read_only=True) as db:
        lasts = [(source, (db.execute(LAST, [source.name]).fetchone() or (None,))[0]) for source in sources]
    return [
        Silence(source, last, now)
        for source, last in lasts
        if source.quiet_after is not None and (last is None or now - last > source.quiet_after)
    ]


def _words(span: timedelta | None) -> str:
    hours = round((span or timedelta()) / timedelta(hours=1))
    return f"{hours // 24} days {hours % 24} hours" if hours >= 24 else f"{hours} hours"
