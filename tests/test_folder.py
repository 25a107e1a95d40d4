"""The folder: settled files of a day, nothing else."""

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, FetchError
from pipeline.sources import Folder, Source
from pipeline.wire import folder
from pipeline.wire.access import Access

OLD = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC).timestamp()
MONDAY = date(2026, 3, 2)
ACCESS = Access(now=lambda: datetime(2026, 3, 4, tzinfo=UTC), secret=str, max_bytes=1_000)


@pytest.fixture
def put(tmp_path):
    def write(path, changed=OLD):
        file = tmp_path / "wire" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.fsencode(path))
        os.utime(file, (changed, changed))
        return file

    return write


@pytest.fixture
def source(tmp_path):
    (tmp_path / "wire").mkdir(exist_ok=True)

    def declare(**settings):
        where = Folder(kind="folder", path=str(tmp_path / "wire"), **{"settle_seconds": 0.0, **settings})
        return Source(name="desk", title="The desk", where=where)

    return declare


def names(deliveries):
    return [Path(each.url).name for each in deliveries]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026-03-02/a.txt", date(2026, 3, 2)),
        ("2026/03/02/a.txt", date(2026, 3, 2)),
        ("2026_03_02.txt", date(2026, 3, 2)),
        ("nw-20260302-7.txt", date(2026, 3, 2)),
        ("2026-02-30/2026-03-02.txt", date(2026, 3, 2)),
        ("2026-03-02/20260303.txt", date(2026, 3, 2)),
        ("120260302.txt", date(2026, 3, 1)),
        ("2026-0302.txt", date(2026, 3, 1)),
        ("a.txt", date(2026, 3, 1)),
    ],
)
def test_the_day_is_the_first_date_in_the_path_else_that_of_the_last_change(put, source, path, day):
    """A date that there is not is none, nor are digits in a longer number."""
    put(path)
    assert folder.days(source(), ACCESS) == [day]
    assert names(folder.fetch(source(), day, ACCESS)) == [Path(path).name]


def test_the_day_can_be_that_of_the_last_change(put, source):
    """In UTC, to the second before midnight and from the one after."""
    put("2026-03-09.txt", OLD)
    put("2026-03-10.txt", OLD + 1)
    assert folder.days(source(day="mtime"), ACCESS) == [date(2026, 3, 1), date(2026, 3, 2)]


def test_files_come_by_path_and_only_those_that_the_glob_names(put, source):
    """In a fixed order, whatever order they were put there."""
    for path in ("2026-03-02/b.xml", "2026-03-02/a.xml", "2026-03-02/c.txt", "2026-03-02/deep/d.xml"):
        put(path)
    assert names(folder.fetch(source(glob="**/*.xml"), MONDAY, ACCESS)) == ["a.xml", "b.xml", "d.xml"]


def test_hidden_files_are_not_read(put, source):
    """Nor what is in hidden folders: uploads in progress are hidden."""
    for path in (".2026-03-02.txt", ".parts/2026-03-02.txt", "2026-03-02/.a.swp"):
        put(path)
    assert folder.days(source(), ACCESS) == []


def test_a_link_out_of_the_folder_is_not_followed(put, source, tmp_path):
    """A link to a file within it is; one that leads nowhere or around is none."""
    secret = tmp_path / "secret.txt"
    secret.write_text("not for the wire")
    inside = put("2026-03-02/a.txt")
    for name, target in (("out", secret), ("in", inside), ("nowhere", tmp_path / "gone"), ("up", tmp_path)):
        (inside.parent / name).symlink_to(target)
    (inside.parent / "around").symlink_to(inside.parent / "around")
    assert [each.read() for each in folder.fetch(source(), MONDAY, ACCESS)] == [
        b"2026-03-02/a.txt",
        b"2026-03-02/a.txt",
    ]


def test_a_file_that_has_just_changed_waits_for_the_next_run(put, source, monkeypatch):
    """One that is being written is not read, one that rests for long enough is."""
    put("2026-03-02/a.txt")
    busy, declared = put("2026-03-02/b.txt", time.time()), source(settle_seconds=1.0)
    with monkeypatch.context() as patch:
        patch.setattr(time, "sleep", lambda _seconds: busy.write_text("more and more"))
        assert names(folder.fetch(declared, MONDAY, ACCESS)) == ["a.txt"]
    os.utime(busy, (OLD, OLD))
    assert names(folder.fetch(declared, MONDAY, ACCESS)) == ["a.txt", "b.txt"]


def test_a_fresh_file_is_waited_for(put, source):
    """Not longer than it takes to settle."""
    put("2026-03-02/a.txt", time.time())
    assert names(folder.fetch(source(settle_seconds=0.05), MONDAY, ACCESS)) == ["a.txt"]


def test_a_file_from_the_future_is_read(put, source):
    """The clock of who wrote it runs ahead; it has not changed since it was seen."""
    put("2026-03-02/a.txt", time.time() + 3600)
    assert names(folder.fetch(source(settle_seconds=0.01), MONDAY, ACCESS)) == ["a.txt"]


def test_a_file_that_vanishes_before_it_is_listed_is_none(put, source, monkeypatch):
    """It was never there."""
    file = put("2026-03-02/a.txt")
    put("2026-03-02/b.txt")
    monkeypatch.setattr(time, "sleep", lambda _seconds: file.unlink())
    assert names(folder.fetch(source(), MONDAY, ACCESS)) == ["b.txt"]


def test_a_file_that_vanishes_before_it_is_read_can_be_fetched_again(put, source):
    """That is an error of the wire, which is tried again."""
    file = put("2026-03-02/a.txt")
    (delivery,) = folder.fetch(source(), MONDAY, ACCESS)
    file.unlink()
    with pytest.raises(FetchError, match=r"cannot read .*a\.txt: No such file or directory"):
        delivery.read()


def test_a_changed_file_is_another_version(put, source):
    """Its url stays, its etag does not."""
    put("2026-03-02/a.txt")
    (before,) = folder.fetch(source(), MONDAY, ACCESS)
    put("2026-03-02/a.txt", OLD + 1)
    (after,) = folder.fetch(source(), MONDAY, ACCESS)
    assert (before.url == after.url, before.etag == after.etag) == (True, False)
    assert before.etag == "16-1772409599000000000"
    assert before.media_type == "text/plain"


def test_a_name_in_any_bytes_has_a_url(put, source):
    """Spaces, letters of any script, and bytes that are none."""
    put("2026-03-02/뉴스 #1.txt")
    put(os.fsdecode(b"2026-03-02/\xff.txt"))
    urls = [each.url.rpartition("/")[2] for each in folder.fetch(source(), MONDAY, ACCESS)]
    assert urls == ["%EB%89%B4%EC%8A%A4%20%231.txt", "%FF.txt"]


def test_a_folder_that_is_not_there_is_a_mistake_in_the_settings(source, tmp_path):
    """Trying again would not help."""
    declared = source()
    (tmp_path / "wire").rmdir()
    with pytest.raises(ConfigError, match=r"no folder .*wire"):
        folder.days(declared, ACCESS)
