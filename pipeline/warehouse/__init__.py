"""The database that analysts query: the lake, loaded. It can be deleted and loaded again.

It is one DuckDB file (`file.py`) or a DuckLake (`lakehouse.py`); `loading.py` loads a batch into either.
"""

from pathlib import Path

from pipeline.database import Database
from pipeline.warehouse import file, lakehouse
from pipeline.warehouse.file import FileWarehouse
from pipeline.warehouse.lakehouse import Lakehouse

Warehouse = FileWarehouse | Lakehouse


def warehouse_of(database: Database, lock_seconds: float) -> Warehouse:
    """A database's warehouse, to be entered; `lock_seconds` is how long to wait for another loader."""
    return FileWarehouse(database, lock_seconds) if isinstance(database, Path) else Lakehouse(database, lock_seconds)


def beside(database: Database) -> Database:
    """Where to make another database that is to take the place of one."""
    return file.beside(database) if isinstance(database, Path) else lakehouse.beside(database)


def take_place(made: Database, of: Database, lock_seconds: float) -> None:
    """Put a database that was made beside another into its place, for readers and for loaders."""
    if isinstance(made, Path) and isinstance(of, Path):
        file.take_place(made, of, lock_seconds)
    elif not isinstance(made, Path) and not isinstance(of, Path):
        lakehouse.take_place(made, of, lock_seconds)


def discard(database: Database) -> None:
    """Delete a database with all that belongs to it."""
    if isinstance(database, Path):
        file.discard(database)
    else:
        lakehouse.discard(database)
