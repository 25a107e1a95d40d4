"""A declared table in Python, Arrow and DuckDB."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import duckdb
import pyarrow as pa
import pytest

from pipeline.schema import dictionary, from_arrow, table, table_of, to_arrow


@dataclass(frozen=True)
class Point:
    """A place on paper."""

    x: int
    y: int


@table("sightings", key=("source", "sighting"), checks=("sighting > 0",))
class Sighting:
    """Something that was seen."""

    sighting: Annotated[int, "Its number."]
    kind: Annotated[Literal["bird", "cat's"], "What it was."]
    mood: Annotated[Literal["calm", "wild"] | None, "If it could be told."]
    seen_at: Annotated[datetime, "When."]
    seen_on: Annotated[date | None, "The day."]
    weight: Annotated[float | None, "In grams | ounces."]
    alone: Annotated[bool, "Whether it was."]
    photo: Annotated[bytes | None, "If any."]
    names: Annotated[list[str], "What it is called."]
    path: Annotated[list[Point], "Where it went."]


FULL = Sighting(
    sighting=1,
    kind="cat's",
    mood="wild",
    seen_at=datetime(2026, 3, 2, 10, 0, 0, 5, tzinfo=UTC),
    seen_on=date(2026, 3, 2),
    weight=12.5,
    alone=True,
    photo=b"\x00\xff",
    names=["a", "\U0001f408"],
    path=[Point(1, 2), Point(3, 4)],
)
BARE = Sighting(
    sighting=2,
    kind="bird",
    mood=None,
    seen_at=datetime(1, 1, 1, tzinfo=UTC),
    seen_on=None,
    weight=None,
    alone=False,
    photo=None,
    names=[],
    path=[],
)
BATCH = {"source": "desk", "day": date(2026, 3, 2)}


@pytest.fixture
def db():
    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'UTC'")
        db.execute(table_of(Sighting).sql)
        yield db


def test_a_table_in_arrow_begins_with_its_batch_and_knows_what_may_be_null():
    """A list of a dataclass is a list of structs, whose parts are never null."""
    point = pa.struct([pa.field("x", pa.int64(), nullable=False), pa.field("y", pa.int64(), nullable=False)])
    assert table_of(Sighting).arrow == pa.schema(
        [
            pa.field("source", pa.string(), nullable=False),
            pa.field("day", pa.date32(), nullable=False),
            pa.field("sighting", pa.int64(), nullable=False),
            pa.field("kind", pa.string(), nullable=False),
            pa.field("mood", pa.string()),
            pa.field("seen_at", pa.timestamp("us", tz="UTC"), nullable=False),
            pa.field("seen_on", pa.date32()),
            pa.field("weight", pa.float64()),
            pa.field("alone", pa.bool_(), nullable=False),
            pa.field("photo", pa.binary()),
            pa.field("names", pa.list_(pa.string()), nullable=False),
            pa.field("path", pa.list_(point), nullable=False),
        ]
    )


def test_rows_come_back_from_arrow_as_they_were():
    """Structs, lists, bytes, microseconds and None."""
    arrow = to_arrow(Sighting, [FULL, BARE], **BATCH)
    assert arrow.schema == table_of(Sighting).arrow
    assert from_arrow(Sighting, arrow) == [FULL, BARE]
    assert arrow.column("source").to_pylist() == ["desk", "desk"]


def test_no_rows_are_a_table_too():
    """With the schema of any other."""
    assert to_arrow(Sighting, [], **BATCH).schema == table_of(Sighting).arrow


def test_rows_come_back_from_duckdb_as_they_were(db):
    """Inserted by name, as the warehouse does."""
    db.register("rows", to_arrow(Sighting, [FULL, BARE], **BATCH))
    db.execute("INSERT INTO sightings BY NAME SELECT * FROM rows")
    found = db.execute("SELECT * FROM sightings ORDER BY sighting").to_arrow_table()
    assert from_arrow(Sighting, found) == [FULL, BARE]


BROKEN = {
    "no day": ("day = NULL", "NOT NULL constraint failed: sightings.day"),
    "no kind": ("kind = NULL", "NOT NULL constraint failed: sightings.kind"),
    "no list": ("names = NULL", "NOT NULL constraint failed: sightings.names"),
    "a kind that there is not": ("kind = 'dog'", "CHECK constraint failed"),
    "a mood that there is not": ("mood = 'grim'", "CHECK constraint failed"),
    "a number that is none": ("sighting = 0", "CHECK constraint failed"),
    "the same key": ("sighting = 2", "Duplicate key|PRIMARY KEY"),
}


@pytest.mark.parametrize(("change", "complaint"), BROKEN.values(), ids=BROKEN)
def test_duckdb_refuses_what_the_declaration_does_not_allow(db, change, complaint):
    """NOT NULL, the choices, the conditions and the key."""
    db.register("rows", to_arrow(Sighting, [FULL, BARE], **BATCH))
    db.execute("INSERT INTO sightings BY NAME SELECT * FROM rows")
    with pytest.raises(duckdb.ConstraintException, match=complaint):
        db.execute(f"UPDATE sightings SET {change} WHERE sighting = 1")


def test_the_dictionary_shows_keys_choices_and_what_may_be_null():
    """In Markdown, where a bar would end the cell."""
    assert dictionary([Sighting]).splitlines()[4:] == [
        "| column | type | what it holds |",
        "| --- | --- | --- |",
        "| **source** | VARCHAR | The source that sent it: the name of its TOML. |",
        "| day | DATE | The day of the batch it came in, UTC. |",
        "| **sighting** | BIGINT | Its number. |",
        "| kind | VARCHAR | What it was. One of: bird, cat's. |",
        "| mood | VARCHAR, may be null | If it could be told. One of: calm, wild. |",
        "| seen_at | TIMESTAMPTZ | When. |",
        "| seen_on | DATE, may be null | The day. |",
        "| weight | DOUBLE, may be null | In grams \\| ounces. |",
        "| alone | BOOLEAN | Whether it was. |",
        "| photo | BLOB, may be null | If any. |",
        "| names | VARCHAR[] | What it is called. |",
        "| path | STRUCT(x BIGINT, y BIGINT)[] | Where it went. |",
    ]


def test_a_column_without_a_sentence_is_no_column():
    """Every column says what it holds."""
    with pytest.raises(TypeError, match="bare: declare columns as Annotated"):

        @table("bare", key=("bare",))
        class Bare:
            bare: int
