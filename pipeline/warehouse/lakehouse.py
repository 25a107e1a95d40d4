"""The database as a DuckLake: its catalog in Postgres, its files in a folder or on S3.

A load is one transaction of the catalog, so that no reader ever waits, and each sees the whole of it or nothing. One
loader at a time holds a lock in that Postgres, which is gone when its process is. A DuckLake knows neither keys nor
checks: rows pass through a table in memory that has them.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import duckdb
import pyarrow as pa
from pyarrow import fs

from pipeline.database import DuckLake, ask, attach, is_made, open_catalog, quoted
from pipeline.errors import StorageError
from pipeline.schema import table_of
from pipeline.tables import TABLES
from pipeline.warehouse.loading import VERSION, Loader, storage

TIDY = (
    "ducklake_rewrite_data_files('warehouse')",
    "ducklake_merge_adjacent_files('warehouse')",
    "ducklake_expire_snapshots('warehouse', older_than => now() - INTERVAL 1 DAY)",
    "ducklake_cleanup_old_files('warehouse', older_than => now() - INTERVAL 1 DAY)",
)

PAUSE = 0.5
"""Seconds between two looks whether the lock is free."""


class Lakehouse(Loader):
    """A DuckLake, locked for one loader. Raises StorageError."""

    def __init__(self, lake: DuckLake, lock_seconds: float) -> None:
        """`lock_seconds` is how long to wait for another loader."""
        self.lake, self.name, self._seconds = lake, str(lake), lock_seconds
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Wait for the lock and open the DuckLake; it has its tables and views."""
        with contextlib.ExitStack() as opening, storage("open", self.name):
            postgres = opening.enter_context(locked(self.lake, self._seconds))
            new = not is_made(self.lake, postgres)
            # A folder of its own, so that a rebuilt one and the one that it replaces share no file.
            where = replace(self.lake, data=f"{self.lake.data.rstrip('/')}/{uuid4().hex}") if new else self.lake
            self.db = opening.enter_context(attach(where if new else where_it_is(self.lake, postgres)))
            self._make()
            self.check_version()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next loader in."""
        self._open.close()

    def insert(self, row: type, rows: object, where: str = "") -> None:
        """Put rows of a batch into their table, in the place of those with their keys, by way of one that checks."""
        table = table_of(row)
        gate, key = f"gate_{table.name}", ", ".join(table.key)
        self.db.register("rows", rows)
        self.db.execute(f"{table.declared(f'TEMP TABLE IF NOT EXISTS {gate}')}; DELETE FROM {gate}")
        self.db.execute(f"INSERT OR REPLACE INTO {gate} BY NAME SELECT * FROM rows {where}")
        of = self.db.execute(f"SELECT DISTINCT source, day FROM {gate}").fetchall()
        for source, day in of:  # named, so that DuckLake opens no file of other days
            same = f"source = ? AND day = ? AND ({key}) IN (SELECT ({key}) FROM {gate})"
            self.db.execute(f"DELETE FROM {table.name} WHERE {same}", [source, day])
        if of:
            self.db.execute(f"INSERT INTO {table.name} BY NAME FROM {gate}")

    def tidy(self) -> None:
        """Put the many small files of many loads together, and delete what no reader has needed for a day."""
        with storage("tidy", self.name):
            for call in TIDY:
                self.db.execute(f"CALL {call}")

    def _make(self) -> None:
        """Make tables and views, where there are none."""
        if self.db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'loads'").fetchone():
            return
        with self.transaction():
            for row in TABLES:
                table = table_of(row)
                self.db.execute(table.declared(f"TABLE {table.name}", bare=True))
                self.db.execute(f"ALTER TABLE {table.name} SET PARTITIONED BY (source)")
            self.db.execute(f"COMMENT ON TABLE loads IS '{VERSION}'")


@contextlib.contextmanager
def locked(lake: DuckLake, seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """The Postgres of a DuckLake, while no other loader of it runs. Raises StorageError, duckdb.Error."""
    deadline = time.monotonic() + seconds
    with open_catalog(lake) as postgres:
        postgres.begin()  # the lock lasts as long as the transaction, and that no longer than this process
        lock = f"SELECT pg_try_advisory_xact_lock(hashtext({quoted(f'loader of {lake.schema}')}))"
        while ask(postgres, lock) != [(True,)]:
            if time.monotonic() > deadline:
                raise StorageError(f"cannot open {lake}: another load has held its lock for too long")
            time.sleep(PAUSE)
        yield postgres


def where_it_is(lake: DuckLake, postgres: duckdb.DuckDBPyConnection) -> DuckLake:
    """The same with the place of its files, as its catalog tells."""
    sql = f"SELECT value FROM {lake.schema}.ducklake_metadata WHERE key = 'data_path'"
    ((path,),) = ask(postgres, sql)
    return replace(lake, data=str(path))


def beside(lake: DuckLake) -> DuckLake:
    """Where to make another that is to take its place."""
    return replace(lake, schema=f"{lake.schema}_rebuilding")


def take_place(made: DuckLake, of: DuckLake, lock_seconds: float) -> None:
    """Put a DuckLake that was made beside another into its place, at once, and delete the old one."""
    old = replace(of, schema=f"{of.schema}_before")
    discard(old)
    with storage("replace", of), locked(of, lock_seconds) as postgres:
        renames = [(of, old)] * is_made(of, postgres) + [(made, of)]
        for this, other in renames:
            rename = f"ALTER SCHEMA {this.schema} RENAME TO {other.schema}"
            postgres.execute(f"CALL postgres_execute('catalog', {quoted(rename)})")
        postgres.commit()
    discard(old)


def discard(lake: DuckLake) -> None:
    """Delete a DuckLake, catalog and files, if there is one."""
    with storage("delete", lake), open_catalog(lake) as postgres:
        if is_made(lake, postgres):
            place = where_it_is(lake, postgres)
            postgres.execute(f"CALL postgres_execute('catalog', 'DROP SCHEMA {lake.schema} CASCADE')")
            _delete_files(place)


def _delete_files(lake: DuckLake) -> None:
    """Delete the folder of a DuckLake's files."""
    if lake.data.startswith("s3://"):
        told: dict[str, Any] = {"endpoint_override": lake.endpoint} if lake.endpoint else {}
        files: fs.FileSystem = fs.S3FileSystem(**told)
    else:
        files = fs.LocalFileSystem()
    with contextlib.suppress(FileNotFoundError, pa.ArrowKeyError):
        files.delete_dir(lake.data.removeprefix("s3://").rstrip("/"))
