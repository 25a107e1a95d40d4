"""The DuckDB file that analysts query: the lake, loaded. It can be deleted and loaded again.

The loader writes a file of its own and publishes a finished copy of it by an atomic rename, so
that loading never blocks a reader, and a reader with the old file open keeps a consistent view.
"""

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

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
                self._begin()
                self.db = duckdb.connect(self.writer)
            self._check_version()
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
        marks, parts = lake.marks(batch), sorted(lake.done("fetch", batch))
        where = "FROM loads WHERE source = ? AND day = ?"
        held = dict(self.db.execute(f"SELECT part, fingerprint {where}", [batch.source, batch.day]).fetchall())
        changed = [part for part in parts if redo or held.get(part) != _fingerprint(marks.get(part, {}))]
        items = {part: lake.count(Item, batch, part) for part in parts}
        written = sum(items[part] for part in changed)
        known = sum(items.values()) - written
        if changed:
            with _storage("write", self.writer), self._transaction():
                for part in changed:
                    fingerprint, rows = _read(lake, batch, part)
                    self._replace(batch, rows)
                    self._insert(Load, to_arrow(Load, [Load(part=part, fingerprint=fingerprint)], **_columns(batch)))
                self._log(batch, lake, run_of(written, known))
            with _storage("write", self.writer):
                self.db.execute("CHECKPOINT")
        return written, known

    def _replace(self, batch: Batch, rows: Mapping[type, pa.Table]) -> None:
        """Put the rows of a part's items in the place of what there was of them."""
        self.db.register("part", rows[Item].select(["item_id"]))
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE ours AS {OURS}", [batch.source, batch.day])
        for row in (*STAGED, Reject):
            name = table_of(row).name
            self.db.execute(f"DELETE FROM {name} WHERE source = ? AND item_id IN (FROM ours)", [batch.source])
            if row in rows:
                also = " OR stage = 'fetch'" if row is Reject else ""  # what fetch refused is no item
                self._insert(row, rows[row], f"WHERE item_id IN (FROM ours){also}")

    def _log(self, batch: Batch, lake: Lake, run: Run) -> None:
        """The runs of the other stages as the lake has them, and this load."""
        where = "WHERE source = ? AND day = ? AND stage <> 'load'"
        self.db.execute(f"DELETE FROM runs {where}", [batch.source, batch.day])
        for part in lake.parts(Run, batch):
            self._insert(Run, lake.table(Run, batch, part))
        self._insert(Run, to_arrow(Run, [run], **_columns(batch)))

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

    def _begin(self) -> None:
        """Have a file to write: what readers have, or else an empty one; put in its place when it is whole."""
        if self.writer.exists():
            return
        beginning = self.published.with_suffix(".beginning")
        _delete(beginning, _log_of(beginning), _log_of(self.writer))
        try:
            if self.published.exists():
                _copy(self.published, beginning)
            else:
                with duckdb.connect(beginning) as db:
                    db.execute(f"{DDL}; COMMENT ON TABLE loads IS '{VERSION}'; CHECKPOINT")
                    _renew_views(db)
            beginning.replace(self.writer)
        finally:
            _delete(beginning, _log_of(beginning))

    def _check_version(self) -> None:
        """Refuse a file whose tables another version made; its views are made anew."""
        if self._comment("duckdb_tables() WHERE table_name = 'loads'") != VERSION:
            raise StorageError(f"{self.writer} was made by another version: run `newswire rebuild`")
        if self._comment("duckdb_views() WHERE view_name = 'stories_current'") != VIEWS_VERSION:
            with _storage("write", self.writer):
                _renew_views(self.db)

    def _comment(self, source: str) -> str | None:
        found = self.db.execute(f"SELECT comment FROM {source}").fetchone()
        return found[0] if found else None

    def _publish(self) -> None:
        """Give readers a copy, whole, unless they have it: it is as old as what it is a copy of."""
        if _log_of(self.writer).exists():
            raise StorageError(f"cannot publish {self.published}: {self.writer} could not be closed; load it again")
        if self.published.exists() and self.published.stat().st_mtime_ns == self.writer.stat().st_mtime_ns:
            return
        copy = self.published.with_suffix(".publishing")
        with _storage("publish", self.published):
            try:
                _copy(self.writer, copy)
                copy.replace(self.published)
            finally:
                copy.unlink(missing_ok=True)

    def _close(self) -> None:
        with contextlib.suppress(AttributeError, duckdb.Error):
            self.db.close()
        self._lock.release()


def take_place(made: Path, of: Path, lock_seconds: float) -> None:
    """Put a database that was made beside another into its place, for readers and for loaders."""
    old, new = Warehouse(of, lock_seconds), Warehouse(made, lock_seconds)
    with _storage("replace", of), FileLock(of.with_suffix(".lock"), timeout=lock_seconds):
        _log_of(old.writer).unlink(missing_ok=True)
        new.writer.replace(old.writer)
        made.replace(of)
    discard(made)


def discard(database: Path) -> None:
    """Delete a database with all that belongs to it."""
    writer = database.with_suffix(".writer.duckdb")
    with _storage("delete", database):
        _delete(database, writer, _log_of(writer), database.with_suffix(".lock"))


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


def _copy(path: Path, to: Path) -> None:
    """A copy, on the disk and of the same age."""
    shutil.copyfile(path, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    facts = path.stat()
    os.utime(to, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _renew_views(db: duckdb.DuckDBPyConnection) -> None:
    """Make the views, and note which they are."""
    db.execute(f"BEGIN; {VIEWS}; COMMENT ON VIEW stories_current IS '{VIEWS_VERSION}'; COMMIT; CHECKPOINT")


def _delete(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    """Where DuckDB writes ahead what is not in the file yet; gone when the file is closed in order."""
    return database.with_name(f"{database.name}.wal")


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
