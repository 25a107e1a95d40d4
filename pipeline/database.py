"""Where the loaded data are, and how they are opened for reading: one DuckDB file, or a DuckLake.

A DuckLake is a catalog in Postgres and Parquet files in a folder or on S3. It is for what one file is too small for,
and for workers that share no disk. DuckDB reads and writes it by three extensions, which packages bring (the extra
`ducklake`), so that nothing is fetched at run time.
"""

import contextlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from pipeline.errors import ConfigError, StorageError
from pipeline.settings import Settings

MISSING = "no DuckDB extension {name} for DuckDB {version}: install the extra `ducklake` of this project"


@dataclass(frozen=True, slots=True)
class DuckLake:
    """Where a DuckLake is; `str` of it holds no secret."""

    catalog: str
    """libpq's parameters of its Postgres, as `host=db dbname=warehouse user=newswire`, without a password."""
    data: str
    """The path or s3:// of its files."""
    endpoint: str | None = None
    """The URL of an S3-compatible store, if it is not Amazon's."""
    schema: str = "newswire"
    """The schema of its catalog in that Postgres."""

    def __str__(self) -> str:
        """As an error or the command line shows it."""
        return f"ducklake:postgres:{self.catalog}"


Database = Path | DuckLake


def database_of(settings: Settings) -> Database:
    """The database that the settings describe."""
    if settings.ducklake is None:
        return settings.published
    return DuckLake(settings.ducklake, settings.ducklake_data or str(settings.data / "ducklake"), settings.s3_endpoint)


def exists(database: Database) -> bool:
    """Whether something has been loaded. Raises StorageError when its Postgres does not answer."""
    if isinstance(database, Path):
        return database.exists()
    with open_catalog(database) as postgres:
        return is_made(database, postgres)


@contextlib.contextmanager
def reading(database: Database) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database, opened for reading. Raises StorageError, duckdb.Error."""
    opened = (
        duckdb.connect(database, read_only=True) if isinstance(database, Path) else attach(database, read_only=True)
    )
    with opened as db:
        yield db


def attach(lake: DuckLake, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that uses the DuckLake; made where there is none yet, unless `read_only`. Raises StorageError."""
    db = _connect("ducklake", "postgres_scanner", "httpfs")
    if lake.data.startswith("s3://"):
        _show_credentials(lake, db)
    how = ["READ_ONLY"] if read_only else [f"DATA_PATH {quoted(lake.data.rstrip('/') + '/')}"]
    # A batch's rows as one file a table, rather than the smallest of them as rows of Postgres.
    how += [f"METADATA_SCHEMA {quoted(lake.schema)}", "DATA_INLINING_ROW_LIMIT 0"]
    with _opening(lake):
        db.execute(f"ATTACH {quoted(str(lake))} AS warehouse ({', '.join(how)}); USE warehouse")
    return db


def open_catalog(lake: DuckLake) -> duckdb.DuckDBPyConnection:
    """A connection to the Postgres of a DuckLake, attached as `catalog`. Raises StorageError."""
    db = _connect("postgres_scanner")
    with _opening(lake):
        db.execute(f"ATTACH {quoted(lake.catalog)} AS catalog (TYPE postgres)")
    return db


def ask(postgres: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    """The rows of a query that Postgres runs itself."""
    return postgres.execute(f"SELECT * FROM postgres_query('catalog', {quoted(sql)})").fetchall()


def is_made(lake: DuckLake, postgres: duckdb.DuckDBPyConnection) -> bool:
    """Whether the DuckLake has a catalog."""
    sql = f"SELECT 1 FROM pg_tables WHERE schemaname = {quoted(lake.schema)} AND tablename = 'ducklake_metadata'"
    return bool(ask(postgres, sql))


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _connect(*extensions: str) -> duckdb.DuckDBPyConnection:
    """A connection with extensions, which shows no progress on the output of who waits for a server."""
    db = duckdb.connect()
    db.execute("SET enable_progress_bar = false")
    for name in extensions:
        _load(name, db)
    return db


@contextlib.contextmanager
def _opening(lake: DuckLake) -> Iterator[None]:
    """Say in one line which could not be opened, and why."""
    try:
        yield
    except duckdb.Error as error:
        raise StorageError(f"cannot open {lake}: {str(error).splitlines()[0]}") from error


def _load(name: str, db: duckdb.DuckDBPyConnection) -> None:
    """Load an extension from its package, of the very version of DuckDB. Raises ConfigError."""
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    folders = package.submodule_search_locations if package else None
    path = Path(f"extensions/v{duckdb.__version__}/{name}.duckdb_extension")
    found = [folder / path for folder in map(Path, folders or []) if (folder / path).exists()]
    if not found:
        raise ConfigError(MISSING.format(name=name, version=duckdb.__version__))
    db.execute(f"LOAD {quoted(str(found[0]))}")


def _show_credentials(lake: DuckLake, db: duckdb.DuckDBPyConnection) -> None:
    """Tell DuckDB, for this connection alone, the AWS credentials that every other tool finds."""
    import boto3  # noqa: PLC0415 seconds that only a DuckLake on S3 needs

    session = boto3.Session()
    facts: dict[str, str | None] = {"REGION": session.region_name or "us-east-1"}
    if found := session.get_credentials():
        keys = found.get_frozen_credentials()
        facts |= {"KEY_ID": keys.access_key, "SECRET": keys.secret_key, "SESSION_TOKEN": keys.token}
    if lake.endpoint:
        url = urlsplit(lake.endpoint)
        facts |= {"ENDPOINT": url.netloc, "URL_STYLE": "path", "USE_SSL": str(url.scheme == "https").lower()}
    told = ", ".join(f"{name} {quoted(value)}" for name, value in facts.items() if value)
    db.execute(f"CREATE SECRET store (TYPE s3, {told})")
