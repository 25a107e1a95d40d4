"""The database: loading blocks no reader, and no reader blocks loading."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import MONDAY, ninjs

from pipeline import stages
from pipeline.errors import StorageError
from pipeline.lake import Batch
from pipeline.warehouse import warehouse_of

BATCH = Batch("desk", MONDAY)
COUNT = "SELECT count(*) FROM stories"
READER = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as db:
    for _ in sys.stdin:
        print(db.execute("SELECT count(*) FROM stories").fetchall()[0][0], flush=True)
"""
LOADER = """
import sys
from pathlib import Path
from conftest import MONDAY, Newsroom
from pipeline import stages
from pipeline.lake import Batch
work = Newsroom(Path(sys.argv[1]), catalog=sys.argv[2] or None).work(part_items=1)
print("ready", flush=True)
for _ in range(int(sys.stdin.readline())):
    stages.run("load", Batch("desk", MONDAY), work, redo=True)
"""


class Child:
    """Another process that answers lines."""

    def __init__(self, code, *arguments):
        command = [sys.executable, "-c", code, *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line=""):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.communicate()
        return self.process.returncode


@pytest.fixture
def loaded(either):
    """One story, loaded into a file or a DuckLake."""
    either.put("2026-03-02/0.json", ninjs("0"))
    either.take(MONDAY)
    return either


@pytest.fixture
def loaded_file(newsroom):
    """One story, loaded into a file."""
    newsroom.put("2026-03-02/0.json", ninjs("0"))
    newsroom.take(MONDAY)
    return newsroom


def test_a_reader_held_open_over_ten_loads_keeps_its_view(loaded_file):
    """It sees one story all along, holds up no load, and a new reader sees all eleven."""
    held = Child(READER, loaded_file.database)
    assert held.ask() == "1"
    for number in range(1, 11):
        loaded_file.put(f"2026-03-02/{number}.json", ninjs(str(number)))
        assert [each.written for each in loaded_file.take(MONDAY, lock_seconds=1.0)] == [1, 1, 1, 1]
        assert held.ask() == "1"
    new = Child(READER, loaded_file.database)
    assert new.ask() == "11"
    assert (held.end(), new.end()) == (0, 0)


def test_two_loaders_at_once_wait_for_each_other(loaded, monkeypatch):
    """Both end well, and every load is there."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    catalog = "" if isinstance(loaded.database, Path) else loaded.database.catalog
    loaders = [Child(LOADER, loaded.root, catalog) for _ in range(2)]
    assert [loader.process.stdout.readline() for loader in loaders] == ["ready\n"] * 2
    for loader in loaders:
        loader.process.stdin.write("2\n")
        loader.process.stdin.flush()
    assert [loader.end() for loader in loaders] == [0, 0]
    assert loaded.ask(COUNT) == [(1,)]


def test_a_loader_waits_no_longer_than_told(loaded):
    """Then it says in one line that another has the lock."""
    with (
        warehouse_of(loaded.database, 1.0),
        pytest.raises(StorageError, match="another load has held its lock for too long"),
    ):
        loaded.take(MONDAY, lock_seconds=0.1)


def test_a_database_of_another_version_names_the_way_out(loaded, newswire):
    """One line that says what to run; and that makes it good."""
    before = loaded.tables()
    with warehouse_of(loaded.database, 1.0) as warehouse:
        warehouse.db.execute("COMMENT ON TABLE loads IS 'an older one'")
    ended = newswire("load")
    assert ended.code == 1
    assert ended.complaint == f"{warehouse.name} was made by another version: run `newswire rebuild`"
    assert newswire("rebuild").code == 0
    assert loaded.tables() == before
    assert newswire("load").code == 0


def test_views_of_another_version_are_made_anew(loaded):
    """A load is enough, though it loads nothing: readers get the views of today and no row is written."""
    stories = loaded.ask("FROM stories_current")
    with warehouse_of(loaded.database, 1.0) as warehouse:
        warehouse.db.execute("CREATE OR REPLACE VIEW stories_current AS SELECT 1 AS old; DROP VIEW said")
    assert loaded.ask("FROM stories_current") == [(1,)]
    assert loaded.take(MONDAY)[-1].written == 0
    assert loaded.ask("FROM stories_current") == stories
    assert loaded.ask("SELECT count(*) FROM said") == [(0,)]


def test_rebuild_gives_the_same_tables(either, newswire):
    """From the items alone; what fetch refused, and its runs, are kept."""
    either.put("2026-03-02/a.json", ninjs("a", '"We will go on," said Minister Amina Diallo in Nigeria.'))
    either.put("2026-03-02/b.txt", "long " * 200)
    either.put("2026-03-02/c.json", ninjs("c"))
    either.put("2026-03-03/d.json", ninjs("d", "Talks ended."))
    either.take(MONDAY, MONDAY.replace(day=3), max_item_bytes=500, part_items=1)
    before, files = either.tables(), either.files()
    (either.root / "lake/.writing").mkdir(exist_ok=True)
    assert newswire("rebuild").code == 0
    assert (either.tables(), either.files()) == (before, files)
    assert newswire("checks").code == 0
    assert either.ask("SELECT sum(written), sum(rejected) FROM runs WHERE stage = 'fetch'") == [(3, 1)]
    files = {"newswire.duckdb", "newswire.lock", "newswire.writer.duckdb"}
    left = files if isinstance(either.database, Path) else set()
    assert {path.name for path in either.root.iterdir() if path.is_file()} == left


BROKEN = {
    "gone": (None, "desk was kept as it is: no TOML says what desk is"),
    "broken": ('format = "nitff"', "desk.toml: format: Input should be 'auto', 'newsml-g2'"),
}


@pytest.mark.parametrize(("toml", "complaint"), BROKEN.values(), ids=BROKEN)
def test_rebuild_keeps_what_it_cannot_make_again(loaded, newswire, toml, complaint):
    """Items whose source is gone or broken keep their stories, in the lake and in the database."""
    told = loaded.root / "sources/desk.toml"
    told.unlink() if toml is None else told.write_text(f"{toml}\n{told.read_text()}")
    before, tables = loaded.files(), loaded.tables()
    ended = newswire("rebuild")
    assert (ended.code, complaint in ended.complaint) == (1, True)
    assert (loaded.files(), loaded.tables()) == (before, tables)


def test_rebuild_says_which_kept_rows_do_not_fit(loaded, newswire):
    """Rows of another version cannot be loaded; the rest is, and the lake keeps them."""
    loaded.root.joinpath("sources/desk.toml").unlink()
    (path,) = (loaded.root / "lake/stories").rglob("*.parquet")
    pq.write_table(pq.read_table(path, partitioning=None).append_column("old", [["x"]]), path)
    before = loaded.files()
    ended = newswire("rebuild")
    assert ended.code == 1
    assert "load desk 2026-03-02: " in ended.err
    assert loaded.ask(COUNT) == [(0,)]
    assert loaded.files() == before


def test_a_deleted_writer_begins_from_what_readers_have(loaded_file):
    """Nothing is lost to readers when only a part of the lake is loaded_file next."""
    before = loaded_file.tables()
    loaded_file.database.with_suffix(".writer.duckdb").unlink()
    loaded_file.put("2026-03-03/b.json", ninjs("b"))
    loaded_file.take(MONDAY.replace(day=3))
    assert loaded_file.ask(COUNT) == [(2,)]
    assert loaded_file.tables()["mentions"] == before["mentions"]


def test_a_deleted_database_is_published_again(loaded_file):
    """A load that finds all known gives readers the file all the same."""
    before = loaded_file.tables()
    loaded_file.database.unlink()
    assert [each.written for each in loaded_file.take(MONDAY)] == [0, 0, 0, 0]
    assert loaded_file.tables() == before


def test_what_is_committed_and_not_published_is_published_by_the_next_load(loaded_file, monkeypatch):
    """As after a disk that was full, when all is known already."""
    loaded_file.put("2026-03-02/1.json", ninjs("1"))

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full)
        with pytest.raises(StorageError, match=r"cannot publish .*: No space left"):
            loaded_file.take(MONDAY)
    assert loaded_file.ask(COUNT) == [(1,)]
    assert [each.written for each in loaded_file.take(MONDAY)] == [0, 0, 0, 0]
    assert loaded_file.ask(COUNT) == [(2,)]


def test_a_part_that_is_written_while_it_is_read_is_read_again(loaded, monkeypatch):
    """A load that meets a stage at work takes what the stage has finished."""
    work, read = loaded.work(), type(loaded.work().lake).table
    times = []

    def meanwhile(lake, row, batch, part, columns=None):
        times.append(row)
        if len(times) == 3:
            stages.run("normalize", BATCH, work, redo=True)
            stages.run("enrich", BATCH, work)
        return read(lake, row, batch, part, columns)

    monkeypatch.setattr("pipeline.lake.Lake.table", meanwhile)
    monkeypatch.setattr("pipeline.warehouse.loading.PAUSE", 0.0)
    before = loaded.tables()
    assert stages.run("load", BATCH, work, redo=True).written == 1
    assert loaded.tables() == before
    assert stages.run("load", BATCH, work).known == 1


def test_a_part_that_never_rests_is_one_line(loaded, monkeypatch):
    """It says which, and that the load is to be run again."""
    work = loaded.work()
    monkeypatch.setattr("pipeline.warehouse.loading.PAUSE", 0.0)
    (part,) = work.lake.done("fetch", BATCH)
    marks = iter({part: {"fetch": str(number)}} for number in range(100))
    monkeypatch.setattr("pipeline.lake.Lake.marks", lambda _lake, _batch: next(marks))
    with pytest.raises(StorageError, match=r"desk 2026-03-02: part [0-9a-f]{16} is being written; load it again"):
        stages.load(BATCH, work)


def test_a_failed_load_leaves_the_database_as_it_was(loaded):
    """One transaction a batch: all of it or nothing."""
    before = loaded.tables()
    loaded.put("2026-03-02/1.json", ninjs("1"))
    work = loaded.work(part_items=1)
    for stage in ("fetch", "normalize", "enrich"):
        stages.run(stage, BATCH, work)
    for path in sorted((loaded.root / "lake/stories").rglob("*.parquet"))[-1:]:
        path.write_bytes(b"PAR1")
    with pytest.raises(StorageError, match="cannot read"):
        stages.run("load", BATCH, work, redo=True)
    assert loaded.tables() == before


def test_a_new_newsroom_has_every_table_and_view(either):
    """Even before anything is loaded, and thirteen views to read them by."""
    either.take(MONDAY)
    where = "NOT internal AND database_name = current_database()"
    assert either.ask(f"SELECT count(*) FROM duckdb_tables() WHERE {where}") == [(12,)]
    assert either.ask(f"SELECT count(*) FROM duckdb_views() WHERE {where}") == [(13,)]


def test_a_rebuild_that_was_killed_is_made_good_by_the_next_run(loaded, newswire, monkeypatch):
    """Readers keep what they had until then."""
    before, files = loaded.tables(), loaded.files()

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(stages.STAGES, "enrich", killed)
        ended = newswire("rebuild")
    assert (ended.code, ended.complaint) == (130, "stopped; run it again to go on where it was")
    assert loaded.tables() == before
    assert loaded.files() != files
    assert newswire("run").code == 0
    assert (loaded.tables(), loaded.files()) == (before, files)
