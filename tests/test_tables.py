"""The tables of the pipeline: what holds of all of them."""

import duckdb
import pytest

from pipeline.schema import table_of
from pipeline.tables import FINDINGS, LAKE, MADE_BY, TABLES, Item, Reject, Run

NAMES = "items stories mentions entities dates statements events participants quantities rejects runs loads".split()


@pytest.fixture(scope="module")
def db():
    with duckdb.connect() as db:
        for row in TABLES:
            db.execute(table_of(row).sql)
        yield db


def test_the_tables_are_those_of_the_design():
    """In the order of the road."""
    assert [table_of(row).name for row in TABLES] == NAMES


def test_every_table_of_the_lake_is_made_by_one_stage():
    """Its findings by enrich; rejects and runs by all of them."""
    made = [row for rows in MADE_BY.values() for row in rows]
    assert [*made, Reject, Run] == list(LAKE)
    assert MADE_BY["enrich"] == FINDINGS


@pytest.mark.parametrize("row", TABLES, ids=NAMES)
def test_a_table_in_duckdb_has_the_columns_that_are_declared(db, row):
    """In their order, with their types, and NULL where it is allowed."""
    described = db.execute(f"DESCRIBE {table_of(row).name}").fetchall()
    assert [name for name, *_ in described] == [column.name for column in table_of(row).columns]
    nullable = {name for name, _, null, *_ in described if null == "YES"}
    assert nullable == {column.name for column in table_of(row).columns if column.nullable}


@pytest.mark.parametrize("row", TABLES, ids=NAMES)
def test_names_carry_their_unit(row):
    """`_char` is a whole number, `_at` a time, `_on` a day."""
    types = {column.name: column.sql_type for column in table_of(row).columns}
    assert {kind for name, kind in types.items() if name.endswith("_char")} <= {"BIGINT"}
    assert {kind for name, kind in types.items() if name.endswith("_at")} <= {"TIMESTAMPTZ"}
    assert {kind for name, kind in types.items() if name.endswith("_on")} <= {"DATE"}


@pytest.mark.parametrize("row", LAKE, ids=NAMES[:-1])
def test_every_row_knows_its_source_and_day(row):
    """They are the first two columns of every table."""
    assert [column.name for column in table_of(row).columns][:2] == ["source", "day"]


@pytest.mark.parametrize("row", FINDINGS, ids=NAMES[2:9])
def test_every_fact_knows_its_item(row):
    """And its key begins with it."""
    assert table_of(row).key[:2] == ("source", "item_id")


def test_an_item_is_named_after_its_bytes():
    """SHA-256, in hex."""
    item = Item.of(b"", source="desk", day=None, url="", fetched_at=None)
    assert item.item_id == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
