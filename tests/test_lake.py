"""The lake: files that are there whole or not at all."""

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from conftest import MONDAY, NOON

from pipeline.errors import StorageError
from pipeline.lake import Batch, Lake, part_of
from pipeline.tables import Entity, Item, Reject, Run, Story

BATCH = Batch("desk", MONDAY)
ITEM = Item.of(b"Talks went on.", source="desk", day=MONDAY, url="file:///wire/a.txt", fetched_at=NOON)


def run(stage="fetch"):
    return Run(
        stage=stage,
        parts="",
        read=1,
        written=1,
        known=0,
        rejected=0,
        started_at=NOON,
        finished_at=NOON,
        code_version="0",
        model_version="none",
    )


@pytest.fixture
def lake(tmp_path):
    return Lake(str(tmp_path / "lake"))


def test_what_is_written_is_read_back(lake):
    """Rows come back as they were, None and bytes included."""
    lake.write(Item, BATCH, "a", [ITEM])
    assert lake.read(Item, BATCH, "a") == [ITEM]
    assert lake.count(Item, BATCH, "a") == 1
    assert lake.parts(Item, BATCH) == ["a"]


def test_an_empty_lake_has_nothing(lake):
    """A lake that nobody wrote to yet has no source, no day, no part."""
    assert (lake.sources(), lake.days("desk"), lake.parts(Item, BATCH)) == ([], [], [])


def test_days_are_folders_and_strange_folders_are_none(lake, tmp_path):
    """A folder that is not one of the lake's is left alone."""
    for day in (date(2026, 3, 3), date(2026, 3, 2)):
        lake.write(Item, Batch("desk", day), "a", [ITEM])
    (tmp_path / "lake/items/source=desk/day=tomorrow").mkdir()
    (tmp_path / "lake/items/.DS_Store").mkdir()
    assert lake.days("desk") == [date(2026, 3, 2), date(2026, 3, 3)]
    assert lake.sources() == ["desk"]


def test_a_part_is_named_after_its_items():
    """The same items give the same name, others another."""
    assert part_of(["a", "b"]) == "7e18f737311b2dc3"
    assert part_of(["a", "b"]) != part_of(["ab"])


def test_a_stage_is_done_when_its_mark_stands(lake):
    """Tables without a mark are not done; what a stage wrote and its mark are."""
    lake.write(Item, BATCH, "a", [ITEM])
    assert lake.done("fetch", BATCH) == set()
    lake.finish(run(), BATCH, "a", {Item: [ITEM], Reject: []})
    assert lake.done("fetch", BATCH) == {"a"}
    assert lake.parts(Run, BATCH) == ["20260304T120000000000.fetch.e3b0c44298fc1c14"]


def test_a_mark_without_its_table_is_not_done(lake, tmp_path):
    """A damaged file can be deleted, and the stage does it again."""
    lake.finish(run(), BATCH, "a", {Item: [ITEM], Reject: []})
    (tmp_path / "lake/items/source=desk/day=2026-03-02/a.parquet").unlink()
    assert lake.done("fetch", BATCH) == set()


def test_a_stage_done_over_takes_back_those_after_it(lake):
    """What enrich made of stories that are gone is not done any more."""
    lake.finish(run(), BATCH, "a", {Item: [ITEM], Reject: []})
    lake.finish(run("normalize"), BATCH, "a", {Story: [], Reject: []})
    lake.write(Reject, BATCH, "a.enrich", [])
    assert set(lake.marks(BATCH)["a"]) == {"fetch", "normalize", "enrich"}
    lake.finish(run("normalize"), BATCH, "a", {Story: [], Reject: []})
    assert set(lake.marks(BATCH)["a"]) == {"fetch", "normalize"}


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(lake, tmp_path, monkeypatch):
    """A file is there whole or not at all: the old one stays until the new one is complete."""
    lake.write(Item, BATCH, "a", [ITEM])

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"cannot write .*a\.parquet: No space left on device$"):
        lake.write(Item, BATCH, "a", [])
    assert lake.read(Item, BATCH, "a") == [ITEM]
    assert list((tmp_path / "lake/.writing").iterdir()) == []


def test_a_killed_writer_leaves_no_table_and_its_leftover_is_swept(lake, tmp_path):
    """Half a file is never taken for one, and goes when a day has passed."""
    killed = f"""
import os, signal
from datetime import date
from pipeline.lake import Batch, Lake
from pipeline.tables import Entity
os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)
Lake({str(tmp_path / "lake")!r}).write(Entity, Batch("desk", date(2026, 3, 2)), "a", [])
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -signal.SIGKILL
    assert lake.parts(Entity, BATCH) == []
    leftovers = tmp_path / "lake/.writing"
    lake.sweep(datetime.now(UTC) - timedelta(days=1))
    assert len(list(leftovers.iterdir())) == 1
    lake.sweep(datetime.now(UTC) + timedelta(seconds=1))
    assert list(leftovers.iterdir()) == []


def test_a_truncated_file_is_named_in_one_line(lake, tmp_path):
    """What cannot be read says which file, and what to do."""
    lake.write(Item, BATCH, "a", [ITEM])
    path = tmp_path / "lake/items/source=desk/day=2026-03-02/a.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StorageError, match=r"cannot read .*a\.parquet: .*; delete it and run the stages again"):
        lake.read(Item, BATCH, "a")


def test_a_file_that_is_not_there_is_named_in_one_line(lake):
    """A missing file is an error of the lake, not of Python."""
    with pytest.raises(StorageError, match=r"cannot read .*/nowhere\.parquet: "):
        lake.read(Item, BATCH, "nowhere")


def test_a_file_of_another_version_is_named_in_one_line(lake, tmp_path):
    """A column that is missing says that the file is old."""
    lake.write(Item, BATCH, "a", [ITEM])
    path = tmp_path / "lake/items/source=desk/day=2026-03-02/a.parquet"
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["etag"]), path)
    with pytest.raises(StorageError, match="was made by another version"):
        lake.read(Item, BATCH, "a")


def test_forget_keeps_what_fetch_made(lake):
    """Items, what fetch refused and how often it ran cannot be made again."""
    refused = Reject(stage="fetch", item_id="0" * 64, reason="too-large", message="too large", rejected_at=NOON)
    lake.finish(run(), BATCH, "a", {Item: [ITEM], Reject: [refused]})
    lake.finish(run("normalize"), BATCH, "a", {Story: [], Reject: []})
    lake.forget([BATCH.source])
    assert lake.done("fetch", BATCH) == {"a"}
    assert lake.done("normalize", BATCH) == set()
    assert lake.read(Reject, BATCH, "a.fetch") == [refused]
    assert len(lake.parts(Run, BATCH)) == 1


def test_forget_keeps_what_is_not_named(lake):
    """All of another source."""
    lake.finish(run(), BATCH, "a", {Item: [ITEM], Reject: []})
    lake.finish(run("normalize"), BATCH, "a", {Story: [], Reject: []})
    lake.forget(["other"])
    assert lake.done("normalize", BATCH) == {"a"}
