"""The database as one DuckDB file.

The loader writes a file of its own and publishes a finished copy of it by an atomic rename, so
that loading never blocks a reader, and a reader with the old file open keeps a consistent view.
"""

import contextlib
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from filelock import FileLock

from pipeline.errors import StorageError
from pipeline.warehouse.loading import DDL, VERSION, Loader, renew_views, storage


class FileWarehouse(Loader):
    """The loader's file, locked; published when left. Raises StorageError."""

    def __init__(self, published: Path, lock_seconds: float) -> None:
        """`published` is what readers open; `lock_seconds` is how long to wait for another loader."""
        self.published = published
        self.writer = published.with_suffix(".writer.duckdb")
        self.name = str(self.writer)
        self._lock = FileLock(published.with_suffix(".lock"), timeout=lock_seconds)

    def __enter__(self) -> Self:
        """Wait for the lock and open the file."""
        with storage("open", self.writer):
            self.published.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        try:
            with storage("open", self.writer):
                self._begin()
                self.db = duckdb.connect(self.writer)
            self.check_version()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and, when all went well, publish it."""
        try:
            with storage("write", self.writer):
                self.db.close()
            if kind is None:
                self._publish()
        finally:
            self._close()

    def settle(self) -> None:
        """Bring what is in DuckDB's log into its file."""
        self.db.execute("CHECKPOINT")

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
                    db.execute(f"{DDL}; COMMENT ON TABLE loads IS '{VERSION}'")
                    renew_views(db)
                    db.execute("CHECKPOINT")
            beginning.replace(self.writer)
        finally:
            _delete(beginning, _log_of(beginning))

    def _publish(self) -> None:
        """Give readers a copy, whole, unless they have it: it is as old as what it is a copy of."""
        if _log_of(self.writer).exists():
            raise StorageError(f"cannot publish {self.published}: {self.writer} could not be closed; load it again")
        if self.published.exists() and self.published.stat().st_mtime_ns == self.writer.stat().st_mtime_ns:
            return
        copy = self.published.with_suffix(".publishing")
        with storage("publish", self.published):
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
    old, new = FileWarehouse(of, lock_seconds), FileWarehouse(made, lock_seconds)
    with storage("replace", of), FileLock(of.with_suffix(".lock"), timeout=lock_seconds):
        _log_of(old.writer).unlink(missing_ok=True)
        new.writer.replace(old.writer)
        made.replace(of)
    discard(made)


def beside(database: Path) -> Path:
    """Where to make another that is to take its place."""
    return database.with_suffix(".rebuilding.duckdb")


def discard(database: Path) -> None:
    """Delete a database with all that belongs to it."""
    writer = database.with_suffix(".writer.duckdb")
    with storage("delete", database):
        _delete(database, writer, _log_of(writer), database.with_suffix(".lock"))


def _copy(path: Path, to: Path) -> None:
    """A copy, on the disk and of the same age."""
    shutil.copyfile(path, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    facts = path.stat()
    os.utime(to, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _delete(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    """Where DuckDB writes ahead what is not in the file yet; gone when the file is closed in order."""
    return database.with_name(f"{database.name}.wal")
