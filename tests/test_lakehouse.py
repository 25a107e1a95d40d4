"""The warehouse as a DuckLake: the tables of a file, readers that never wait, a lock that ends with its holder."""

import os
import sys

import boto3
import duckdb
import pytest
from conftest import MONDAY, NOON, TUESDAY, Newsroom, ninjs, walk
from moto.server import ThreadedMotoServer
from private_postgres import PASSWORD
from test_warehouse import Child

from pipeline import checks, stages
from pipeline.database import DuckLake, exists, reading
from pipeline.errors import ConfigError, StorageError
from pipeline.lake import Batch, Lake
from pipeline.settings import read_settings
from pipeline.sources import load_sources
from pipeline.tables import Story
from pipeline.warehouse import discard, lakehouse, warehouse_of
from pipeline.workspace import Workspace

HOLDER = """
import sys
from pipeline.database import DuckLake
from pipeline.warehouse import warehouse_of
with warehouse_of(DuckLake(sys.argv[1], sys.argv[2]), 1.0):
    print("held", flush=True)
    sys.stdin.readline()
"""
COUNT = "SELECT count(*) FROM stories"


@pytest.fixture
def room(tmp_path, catalog):
    """A newsroom with an empty DuckLake."""
    made = Newsroom(tmp_path, catalog=catalog)
    discard(made.database)
    return made


def test_the_samples_give_the_tables_and_views_of_a_file(room, tmp_path):
    """Every table, every view, to the last value; and every check holds."""
    batches = [Batch(source, day) for source in ("samples_ninjs", "samples_plain") for day in (MONDAY, TUESDAY)]
    lake = Lake(str(tmp_path / "lake"))
    file = Newsroom(tmp_path)
    for database in (file.database, room.database):
        work = Workspace(lake=lake, database=database, sources=load_sources(), now=lambda: NOON)
        for batch in batches:
            list(walk(batch, work))
    assert room.tables() == file.tables()
    views = [name for (name,) in file.ask("SELECT view_name FROM duckdb_views() WHERE NOT internal")]
    assert {"copies", "dates_current", "did", "events_current", "gdelt_events"} <= set(views)
    for view in views:
        query = f"SELECT * FROM {view} ORDER BY ALL"
        assert room.ask(query) == file.ask(query)
    assert [finding for finding in checks.run_checks(room.database) if finding.rows] == []


def test_a_reader_sees_a_load_whole_or_not_at_all_and_never_waits(room):
    """It reads in the midst of a load; what is read in one transaction stays as it was."""
    room.put("2026-03-02/0.json", ninjs("0"))
    room.take(MONDAY)
    with reading(room.database) as held:
        held.begin()
        assert held.execute(COUNT).fetchall() == [(1,)]
        with warehouse_of(room.database, 1.0) as warehouse, warehouse.transaction():
            warehouse.db.execute("DELETE FROM stories")
            assert room.ask(COUNT) == held.execute(COUNT).fetchall() == [(1,)]
        assert room.ask(COUNT) == [(0,)]
        assert held.execute(COUNT).fetchall() == [(1,)]


def test_rows_pass_the_checks_of_a_file(room):
    """A DuckLake knows no choices and no keys; what breaks them is refused all the same, and the load with it."""
    room.put("2026-03-02/0.json", ninjs("0"))
    room.take(MONDAY)
    (part,) = room.work().lake.done("normalize", Batch("desk", MONDAY))
    rows = room.work().lake.table(Story, Batch("desk", MONDAY), part)
    with warehouse_of(room.database, 1.0) as warehouse:
        wrong = warehouse.db.sql("SELECT * REPLACE ('printed' AS status) FROM rows").to_arrow_table()
        with pytest.raises(duckdb.ConstraintException), warehouse.transaction():
            warehouse.insert(Story, wrong)
        with warehouse.transaction():
            warehouse.insert(Story, rows)
    assert room.ask("SELECT status, count(*) FROM stories GROUP BY ALL") == [("usable", 1)]


def test_the_lock_of_a_killed_loader_is_free(room, monkeypatch):
    """While it lives another waits as long as it is told; then it need not."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    room.put("2026-03-02/0.json", ninjs("0"))
    holder = Child(HOLDER, room.database.catalog, room.database.data)
    assert next(line for line in holder.process.stdout if line == "held\n")
    with pytest.raises(StorageError, match="another load has held its lock for too long"):
        room.take(MONDAY, lock_seconds=0.1)
    holder.process.kill()
    holder.process.wait()
    assert stages.load(Batch("desk", MONDAY), room.work(lock_seconds=20.0)).written == 1
    assert room.ask(COUNT) == [(1,)]


def test_tidying_leaves_the_same_tables_in_fewer_files(room, monkeypatch):
    """Old files go when no reader can need them any more."""
    for number in range(4):
        room.put(f"2026-03-02/{number}.json", ninjs(str(number)))
        room.take(MONDAY)
    before, many = room.tables(), files(room)
    at_once = [call.replace(" - INTERVAL 1 DAY", "") for call in lakehouse.TIDY]
    monkeypatch.setattr(lakehouse, "TIDY", at_once)
    with warehouse_of(room.database, 1.0) as warehouse:
        warehouse.tidy()
    assert room.tables() == before
    assert files(room) < many / 2
    assert room.take(MONDAY)[-1].known == 4


def files(room):
    return sum(path.is_file() for path in (room.root / "ducklake").rglob("*.parquet"))


def test_its_files_may_be_on_s3(room, catalog, monkeypatch):
    """Below the prefix, with the credentials of the environment; discarded, nothing is left of them."""
    moto = ThreadedMotoServer("127.0.0.1", port=0)
    moto.start()
    endpoint = "http://{}:{}".format(*moto.get_host_and_port())
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = boto3.resource("s3", endpoint_url=endpoint).create_bucket(Bucket="ducklake")
    try:
        lake = DuckLake(catalog, "s3://ducklake/warehouse", endpoint)
        room.database = lake
        room.put("2026-03-02/0.json", ninjs("0"))
        room.take(MONDAY)
        assert room.ask(COUNT) == [(1,)]
        assert {each.key.split("/")[0] for each in bucket.objects.all()} == {"warehouse"}
        discard(lake)
        assert [each.key for each in bucket.objects.all() if not each.key.endswith("/")] == []
        assert not exists(lake)
    finally:
        moto.stop()


def test_a_password_in_the_setting_is_refused_and_not_shown(monkeypatch):
    """It has its own place, as errors show the setting."""
    monkeypatch.setenv("NEWSWIRE_DUCKLAKE", f"host=db dbname=warehouse password={PASSWORD}")
    with pytest.raises(ConfigError, match="the password as PGPASSWORD") as error:
        read_settings()
    assert PASSWORD not in str(error.value)


def test_a_postgres_that_does_not_answer_is_one_line(room, newswire, monkeypatch):
    """It says which, and no password."""
    monkeypatch.setenv("NEWSWIRE_DUCKLAKE", "host=127.0.0.1 port=1 dbname=warehouse user=newswire")
    monkeypatch.setenv("NEWSWIRE_DATA", str(room.root))
    monkeypatch.setenv("NEWSWIRE_SOURCES", str(room.toml()))
    room.put("2026-03-02/0.json", ninjs("0"))
    for command in ("run", "checks"):
        ended = newswire(command)
        assert ended.code == 1
        assert "port=1" in ended.complaint
        assert os.environ["PGPASSWORD"] not in ended.err
