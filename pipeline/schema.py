"""What a declared table is in Python, Arrow, DuckDB and the data dictionary.

`tables.py` says which tables there are; this module is the only one that knows how a Python
annotation is spelled in the other three languages.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

import pyarrow as pa

Row = TypeVar("Row")

TYPES: dict[type, tuple[pa.DataType, str]] = {
    str: (pa.string(), "VARCHAR"),
    int: (pa.int64(), "BIGINT"),
    float: (pa.float64(), "DOUBLE"),
    bool: (pa.bool_(), "BOOLEAN"),
    bytes: (pa.binary(), "BLOB"),
    date: (pa.date32(), "DATE"),
    datetime: (pa.timestamp("us", tz="UTC"), "TIMESTAMPTZ"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as its annotation declares it."""

    name: str
    type: type
    doc: str
    nullable: bool = False
    choices: tuple[str, ...] = ()
    repeated: bool = False

    @property
    def arrow(self) -> "pa.Field[Any]":
        """This column in an Arrow schema."""
        arrow = spell(self.type)[0]
        return pa.field(self.name, pa.list_(arrow) if self.repeated else arrow, self.nullable)

    @property
    def sql_type(self) -> str:
        """This column's type in DuckDB."""
        return spell(self.type)[1] + "[]" * self.repeated

    @property
    def bare_sql(self) -> str:
        """This column in a `CREATE TABLE` that knows no checks."""
        return f"{self.name} {self.sql_type}" + " NOT NULL" * (not self.nullable)

    @property
    def sql(self) -> str:
        """This column in a `CREATE TABLE`."""
        sql = self.bare_sql
        if self.choices:
            sql += f" CHECK ({self.name} IN ({', '.join(map(_quoted, self.choices))}))"
        return sql


BATCH = (
    Column("source", str, "The source that sent it: the name of its TOML."),
    Column("day", date, "The day of the batch it came in, UTC."),
)
"""The columns that every table begins with; the lake fills them in."""


@dataclass(frozen=True, slots=True)
class Table:
    """A row type's name, key and columns. `checks` are SQL conditions that hold of every row."""

    name: str
    key: tuple[str, ...]
    doc: str
    columns: tuple[Column, ...]
    checks: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.Schema:
        """The schema of this table's Parquet files."""
        return pa.schema([column.arrow for column in self.columns])

    @property
    def sql(self) -> str:
        """The statement that makes the table in DuckDB."""
        return self.declared(f"TABLE IF NOT EXISTS {self.name}")

    def declared(self, what: str, *, bare: bool = False) -> str:
        """The statement that makes `what` with these columns; `bare` of key and checks, which a DuckLake has not."""
        if bare:
            lines = [column.bare_sql for column in self.columns]
        else:
            lines = [column.sql for column in self.columns]
            lines += [f"CHECK ({check})" for check in self.checks]
            lines.append(f"PRIMARY KEY ({', '.join(self.key)})")
        return f"CREATE {what} (\n  " + ",\n  ".join(lines) + "\n)"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def table(name: str, *, key: tuple[str, ...], checks: tuple[str, ...] = ()) -> Callable[[type[Row]], type[Row]]:
    """Declare a frozen row type as a table. Every field is `Annotated[type, "what it holds"]`."""

    def declare(row: type[Row]) -> type[Row]:
        made: Any = dataclass(frozen=True, kw_only=True)(row)
        hints = get_type_hints(made, include_extras=True)
        columns = {column.name: column for column in BATCH}
        columns |= {field.name: _column(field.name, hints[field.name]) for field in fields(made)}
        made.__table__ = Table(name, key, made.__doc__, tuple(columns.values()), checks)
        return row

    return declare


def table_of(row: type) -> Table:
    """The table that a row type was declared as."""
    return row.__table__  # type: ignore[attr-defined, no-any-return]


def to_arrow(row: type, rows: Iterable[object], **batch: object) -> pa.Table:
    """Rows as an Arrow table; `batch` gives the values of the BATCH columns."""
    records = [{**batch, **asdict(each)} for each in rows]  # type: ignore[call-overload]
    return pa.Table.from_pylist(records, table_of(row).arrow)


def unfit(row: object) -> str | None:
    """Why a row cannot be kept, if so: half of a surrogate pair, a number past 64 bits, a value of another type."""
    try:
        to_arrow(type(row), [row], source="", day=date.min)
    except (UnicodeEncodeError, OverflowError, pa.ArrowException) as error:
        return str(error)
    return None


def from_arrow(row: type[Row], arrow: pa.Table) -> list[Row]:
    """The rows of an Arrow table that `to_arrow` made."""
    hints = get_type_hints(row)
    structs = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is list}
    structs = {name: of for name, of in structs.items() if is_dataclass(of)}
    records = arrow.select(list(hints)).to_pylist()
    for record in records:
        record |= {name: [of(**part) for part in record[name]] for name, of in structs.items()}
    return [row(**record) for record in records]


def spell(of: type) -> tuple[pa.DataType, str]:
    """A type in Arrow and in SQL; a dataclass inside a row is a struct."""
    if not is_dataclass(of):
        return TYPES[of]
    parts = [(name, *spell(hint)) for name, hint in get_type_hints(of).items()]
    arrow = pa.struct([pa.field(name, arrow, nullable=False) for name, arrow, _ in parts])
    return arrow, f"STRUCT({', '.join(f'{name} {sql}' for name, _, sql in parts)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def dictionary(rows: Iterable[type]) -> str:
    """The data dictionary, in Markdown."""
    return "\n".join(_page(table_of(row)) for row in rows)


def _column(name: str, hint: Any) -> Column:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{name}: declare columns as Annotated[type, 'what it holds']")
    of, doc = get_args(hint)
    nullable = get_origin(of) in (Union, UnionType) and NoneType in get_args(of)
    if nullable:
        (of,) = (part for part in get_args(of) if part is not NoneType)
    repeated = get_origin(of) is list
    if repeated:
        (of,) = get_args(of)
    choices = get_args(of) if get_origin(of) is Literal else ()
    return Column(name, str if choices else of, doc, nullable, choices, repeated)


def _page(table: Table) -> str:
    lines = [f"## {table.name}", "", table.doc, "", "| column | type | what it holds |", "| --- | --- | --- |"]
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.key else column.name
        doc = column.doc + (f" One of: {', '.join(column.choices)}." if column.choices else "")
        type_ = column.sql_type + ", may be null" * column.nullable
        lines.append(f"| {name} | {type_} | {doc.replace('|', chr(92) + '|')} |")
    return "\n".join([*lines, ""])
