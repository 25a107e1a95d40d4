"""`newswire sql`, `tables`, `checks`: what there is, and whether it is right."""

import contextlib
from collections.abc import Iterator
from typing import Annotated

import duckdb
import typer

from pipeline.checks import CHECKS, run_checks
from pipeline.commands import screen
from pipeline.commands.desk import quiet_sources
from pipeline.database import database_of, exists, reading
from pipeline.errors import ConfigError, StorageError
from pipeline.schema import table_of
from pipeline.settings import read_settings
from pipeline.tables import TABLES
from pipeline.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command()(sql)
    app.command()(tables)
    app.command()(checks)


def sql(query: Annotated[str, typer.Argument(help="One statement; the database is opened for reading.")]) -> None:
    """Ask the database.

    Example: newswire sql "SELECT speaker, count(*) FROM said GROUP BY ALL ORDER BY 2 DESC"
    """
    with _database() as db:
        try:
            found = db.execute(query)
            rows = found.fetchall()
        except duckdb.Error as error:
            raise ConfigError(str(error)) from error
        screen.show_table([column[0] for column in found.description or ()], rows)


def tables(name: Annotated[str | None, typer.Argument(help="A table, for its columns.")] = None) -> None:
    """The tables with their rows, or the columns of one."""
    known = {table_of(row).name: table_of(row) for row in TABLES}
    if name is None:
        with _database() as db:
            counts = [db.execute(f"SELECT count(*) FROM {each}").fetchall()[0][0] for each in known]
        rows = [(table.name, count, table.doc) for table, count in zip(known.values(), counts, strict=True)]
        screen.show_table(("table", "rows", "one row is"), rows, right=("rows",))
    elif name in known:
        columns = [(each.name, each.sql_type, each.doc) for each in known[name].columns]
        screen.show_table(("column", "type", "what it holds"), columns)
    else:
        raise ConfigError(f"no table {name!r}; there are: {', '.join(known)}")


def checks() -> None:
    """Check the loaded data, and that every source can be read and is heard; exit with 1 when a rule is broken."""
    with _database():
        found = run_checks(database_of(read_settings()))
    work = Workspace.from_env()
    quiet, unread = quiet_sources(work), work.broken.values()
    rows = [(finding.check.name, finding.rows or "ok", finding.check.rule) for finding in found]
    rows.append(("sources are heard", len(quiet) or "ok", "No source is silent for longer than its quiet_after."))
    rows.append(("sources can be read", len(unread) or "ok", "The TOML of every source declares it without a fault."))
    screen.show_table(("check", "rows", "rule"), rows, right=("rows",))
    broken = [finding for finding in found if finding.rows]
    for finding in broken:
        screen.complain(f"{finding.check.name}: {finding.rows} rows, first {finding.first[0]}")
    for sentence in quiet:
        screen.complain(f"sources are heard: {sentence}")
    for sentence in unread:
        screen.complain(f"sources can be read: {sentence}")
    if broken or quiet or unread:
        raise typer.Exit(1)
    screen.out.print(f"All {len(CHECKS) + 2} checks hold.")


@contextlib.contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    database = database_of(read_settings())
    try:
        if not exists(database):
            raise StorageError(f"no database {database} yet: run `newswire run` first")
        with reading(database) as db:
            db.execute("SET TimeZone = 'UTC'")
            yield db
    except duckdb.Error as error:
        raise StorageError(f"cannot read {database}: {str(error).splitlines()[0]}") from error
