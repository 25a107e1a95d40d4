"""How a batch gets from the lake into a database, whatever database it is."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

import duckdb
import pyarrow as pa
from filelock import Timeout

from pipeline.errors import StorageError
from pipeline.lake import Batch, Lake
from pipeline.schema import table_of, to_arrow
from pipeline.tables import MADE_BY, TABLES, Item, Load, Reject, Run

VIEWS = (Path(__file__).parent / "views.sql").read_text("utf-8")
STAGED = tuple(row for made in MADE_BY.values() for row in made)
DDL = ";\n".join(table_of(row).sql for row in TABLES)
VERSION, VIEWS_VERSION = (hashlib.sha256(sql.encode()).hexdigest()[:12] for sql in (DDL, VIEWS))

TRIES, PAUSE = 20, 0.25
"""How often, and after how many seconds, to read a part again that a stage is writing."""

# The items of a part that no earlier day of the source has: the first day to bring an item keeps it.
OURS = "SELECT item_id FROM part WHERE item_id NOT IN (SELECT item_id FROM items WHERE source = ? AND day < ?)"
# The days under which the database has them: that of the batch, and later ones that brought them again.
HELD = "SELECT DISTINCT day FROM items WHERE source = ? AND item_id IN (FROM ours)"


class Loader:
    """What loads batches into an open database. Raises StorageError."""

    db: duckdb.DuckDBPyConnection
    name: str
    """What is written to, as an error names it."""

    def load(
        self, batch: Batch, lake: Lake, run_of: Callable[[int, int], Run], *, redo: bool = False
    ) -> tuple[int, int]:
        """Load what changed of a batch, in one transaction. Returns how many items were written and known."""
        marks, parts = lake.marks(batch), sorted(lake.done("fetch", batch))
        where = "FROM loads WHERE source = ? AND day = ?"
        held = dict(self.db.execute(f"SELECT part, fingerprint {where}", [batch.source, batch.day]).fetchall())
        changed = [part for part in parts if redo or held.get(part) != _fingerprint(marks.get(part, {}))]
        items = {part: lake.count(Item, batch, part) for part in parts}
        written = sum(items[part] for part in changed)
        known = sum(items.values()) - written
        if changed:
            with storage("write", self.name), self.transaction():
                for part in changed:
                    fingerprint, rows = _read(lake, batch, part)
                    self._replace(batch, rows)
                    self.insert(Load, to_arrow(Load, [Load(part=part, fingerprint=fingerprint)], **_columns(batch)))
                self._log(batch, lake, run_of(written, known))
            with storage("write", self.name):
                self.settle()
        return written, known

    def _replace(self, batch: Batch, rows: Mapping[type, pa.Table]) -> None:
        """Put the rows of a part's items in the place of what there was of them."""
        self.db.register("part", rows[Item].select(["item_id"]))
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE ours AS {OURS}", [batch.source, batch.day])
        days = [day for (day,) in self.db.execute(HELD, [batch.source]).fetchall()]
        held = f"source = ? AND day IN ({', '.join('?' for _ in days)}) AND item_id IN (FROM ours)"
        for row in (*STAGED, Reject):
            if days:
                self.db.execute(f"DELETE FROM {table_of(row).name} WHERE {held}", [batch.source, *days])
            if row in rows:
                also = " OR stage = 'fetch'" if row is Reject else ""  # what fetch refused is no item
                self.insert(row, rows[row], f"WHERE item_id IN (FROM ours){also}")

    def _log(self, batch: Batch, lake: Lake, run: Run) -> None:
        """The runs of the other stages as the lake has them, and this load."""
        where = "WHERE source = ? AND day = ? AND stage <> 'load'"
        self.db.execute(f"DELETE FROM runs {where}", [batch.source, batch.day])
        for part in lake.parts(Run, batch):
            self.insert(Run, lake.table(Run, batch, part))
        self.insert(Run, to_arrow(Run, [run], **_columns(batch)))

    def insert(self, row: type, rows: object, where: str = "") -> None:
        """Put rows of a batch into their table, in the place of those with their keys."""
        self.db.register("rows", rows)
        self.db.execute(f"INSERT OR REPLACE INTO {table_of(row).name} BY NAME SELECT * FROM rows {where}")

    def tidy(self) -> None:
        """Give up space that many loads have left; a DuckDB file uses its own again."""

    def settle(self) -> None:
        """What is to be done after a transaction."""

    def check_version(self) -> None:
        """Refuse a database whose tables another version made; its views are made anew."""
        if self._comment("duckdb_tables() WHERE table_name = 'loads'") != VERSION:
            raise StorageError(f"{self.name} was made by another version: run `newswire rebuild`")
        if self._comment("duckdb_views() WHERE view_name = 'stories_current'") != VIEWS_VERSION:
            with storage("write", self.name):
                renew_views(self.db)
                self.settle()

    def _comment(self, source: str) -> str | None:
        found = self.db.execute(f"SELECT comment FROM {source}").fetchone()
        return found[0] if found else None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what follows, or nothing."""
        self.db.begin()
        try:
            yield
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()


def renew_views(db: duckdb.DuckDBPyConnection) -> None:
    """Make the views, and note which they are."""
    db.execute(f"BEGIN; {VIEWS}; COMMENT ON VIEW stories_current IS '{VIEWS_VERSION}'; COMMIT")


def _read(lake: Lake, batch: Batch, part: str) -> tuple[str, dict[type, pa.Table]]:
    """What the lake holds of a part, and the fingerprint of it; read again when a stage was at it meanwhile."""
    for _ in range(TRIES):
        marks = lake.marks(batch).get(part, {})
        try:
            rows = _tables(lake, batch, part, marks)
        except StorageError:
            if lake.marks(batch).get(part) == marks:
                raise
        else:
            if marks and lake.marks(batch).get(part) == marks:
                return _fingerprint(marks), rows
        time.sleep(PAUSE)
    raise StorageError(f"{batch}: part {part} is being written; load it again when that is done")


def _tables(lake: Lake, batch: Batch, part: str, marks: Mapping[str, str]) -> dict[type, pa.Table]:
    """The tables of the stages that are done with a part; half of what a stage makes is not loaded."""
    stages = list(takewhile(marks.__contains__, MADE_BY))
    rows = {row: lake.table(row, batch, part) for stage in stages for row in MADE_BY[stage]}
    if stages:
        rows[Reject] = pa.concat_tables(lake.table(Reject, batch, f"{part}.{stage}") for stage in stages)
    return rows


def _fingerprint(marks: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(marks.items())).encode()).hexdigest()[:16]


def _columns(batch: Batch) -> dict[str, object]:
    return {"source": batch.source, "day": batch.day}


@contextlib.contextmanager
def storage(verb: str, what: object) -> Iterator[None]:
    """Say in one line what could not be done to what."""
    try:
        yield
    except Timeout as error:
        raise StorageError(f"cannot {verb} {what}: another load has held its lock for too long") from error
    except OSError as error:
        raise StorageError(f"cannot {verb} {what}: {error.strerror or error}") from error
    except duckdb.Error as error:
        raise StorageError(f"cannot {verb} {what}: {str(error).splitlines()[0]}") from error
