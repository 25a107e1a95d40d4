"""The DuckDB file that analysts query: the lake, loaded. It can be deleted and loaded again.

The loader writes a file of its own and publishes a finished copy of it by an atomic rename, so
that loading never blocks a reader, and a reader with the old file open keeps a consistent view.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from filelock import FileLock, Timeout

from pipeline.errors import StorageError
from pipeline.lake import Batch, Lake
from pipeline.schema import table_of, to_arrow
from pipeline.tables import LAKE, TABLES, Item, Load, Reject, Run

VIEWS = (Path(__file__).parent / "views.sql").read_text("utf-8")
DDL = ";\n".join(table_of(row).sql for row in TABLES) + ";\n" + VIEWS
VERSION = hashlib.sha256(DDL.encode()).hexdigest()[:12]

# The items of a part that no earlier day of the source has: the first day to bring an item keeps it.
OURS = "SELECT item_id FROM part WHERE item_id NOT IN (SELECT item_id FROM items WHERE source = ? AND day < ?)"


class Warehouse:
    """The loader's file, locked; published when left. Raises StorageError."""

    def __init__(self, published: Path, lock_seconds: float) -> None:
        """`published` is what readers open; `lock_seconds` is how long to wait for another loader."""
        self.published = published
        self.writer = published.with_suffix(".writer.duckdb")
        self._lock = FileLock(published.with_suffix(".lock"), timeout=lock_seconds)

    def __enter__(self) -> Self:
        """Wait for the lock and open the file."""
        with _storage("open", self.writer):
            self.published.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        try:
            with _storage("open", self.writer):
                self.db = duckdb.connect(self.writer)
            self._prepare()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and, when all went well, publish it."""
        try:
            with _storage("write", self.writer):
                self.db.close()
            if kind is None:
                self._publish()
        finally:
            self._close()

    def load(
        self, batch: Batch, lake: Lake, run_of: Callable[[int, int], Run], *, redo: bool = False
    ) -> tuple[int, int]:
        """Load what changed of a batch, in one transaction. Returns how many items were written and known."""
        parts = {part: lake.fingerprint(batch, part) for part in sorted(lake.done("fetch", batch))}
        where = "FROM loads WHERE source = ? AND day = ?"
        held = dict(self.db.execute(f"SELECT part, fingerprint {where}", [batch.source, batch.day]).fetchall())
        changed = [part for part, fingerprint in parts.items() if redo or held.get(part) != fingerprint]
        items = {part: lake.count(Item, batch, part) for part in parts}
        written = sum(items[part] for part in changed)
        known = sum(items.values()) - written
        if changed:
            with _storage("write", self.writer), self._transaction():
                for part in changed:
                    self._replace(batch, lake, part)
                    self._insert(Load, to_arrow(Load, [Load(part=part, fingerprint=parts[part])], **_columns(batch)))
                self._log(batch, lake, run_of(written, known))
        return written, known

    def _replace(self, batch: Batch, lake: Lake, part: str) -> None:
        """Put the rows of a part's items in the place of what there was of them."""
        self.db.register("part", lake.table(Item, batch, part, ["item_id"]))
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE ours AS {OURS}", [batch.source, batch.day])
        for row in LAKE:
            name = table_of(row).name
            if row is Run:
                continue
            self.db.execute(f"DELETE FROM {name} WHERE source = ? AND item_id IN (FROM ours)", [batch.source])
            marks = [f"{part}.{stage}" for stage in ("fetch", "normalize", "enrich")] if row is Reject else [part]
            for mark in sorted(set(marks) & set(lake.parts(row, batch))):
                where = "" if row is Reject else "WHERE item_id IN (FROM ours)"
                self._insert(row, lake.table(row, batch, mark), where)
        self._delete(Load, batch, "AND part = ?", part)

    def _log(self, batch: Batch, lake: Lake, run: Run) -> None:
        """The runs of the other stages as the lake has them, and this load."""
        self._delete(Run, batch, "AND stage <> ?", "load")
        for part in lake.parts(Run, batch):
            self._insert(Run, lake.table(Run, batch, part))
        self._insert(Run, to_arrow(Run, [run], **_columns(batch)))

    def _delete(self, row: type, batch: Batch, also: str, value: str) -> None:
        where = f"WHERE source = ? AND day = ? {also}"
        self.db.execute(f"DELETE FROM {table_of(row).name} {where}", [batch.source, batch.day, value])

    def _insert(self, row: type, rows: object, where: str = "") -> None:
        self.db.register("rows", rows)
        self.db.execute(f"INSERT OR REPLACE INTO {table_of(row).name} BY NAME SELECT * FROM rows {where}")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.db.begin()
        try:
            yield
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()

    def _prepare(self) -> None:
        """Make the tables and views in a new file; refuse one that another version made."""
        tables = self.db.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'loads'").fetchone()
        if tables is None:
            with _storage("write", self.writer), self._transaction():
                self.db.execute(DDL)
                self.db.execute(f"COMMENT ON TABLE loads IS '{VERSION}'")
        elif tables[0] != VERSION:
            raise StorageError(f"{self.writer} was made by another version: run `newswire rebuild`")

    def _publish(self) -> None:
        """Give readers a copy, whole, unless they have it."""
        changed = self.writer.stat().st_mtime_ns
        if self.published.exists() and self.published.stat().st_mtime_ns > changed:
            return
        copy = self.published.with_suffix(".publishing")
        with _storage("publish", self.published):
            try:
                shutil.copyfile(self.writer, copy)
                with copy.open("rb+") as file:
                    os.fsync(file.fileno())
                copy.replace(self.published)
            finally:
                copy.unlink(missing_ok=True)

    def _close(self) -> None:
        with contextlib.suppress(AttributeError, duckdb.Error):
            self.db.close()
        self._lock.release()


def _columns(batch: Batch) -> dict[str, object]:
    return {"source": batch.source, "day": batch.day}


@contextlib.contextmanager
def _storage(verb: str, path: Path) -> Iterator[None]:
    """Say in one line what could not be done to which file."""
    try:
        yield
    except Timeout as error:
        raise StorageError(f"cannot {verb} {path}: another load has held its lock for too long") from error
    except OSError as error:
        raise StorageError(f"cannot {verb} {path}: {error.strerror or error}") from error
    except duckdb.Error as error:
        raise StorageError(f"cannot {verb} {path}: {str(error).splitlines()[0]}") from error
