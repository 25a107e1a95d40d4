"""What goes wrong leaves nothing half-done: killed processes, full disks, folders that cannot be written."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import doom
import duckdb
import pytest
from conftest import MONDAY, TUESDAY, Newsroom, ninjs

from pipeline import checks, stages
from pipeline.errors import StorageError
from pipeline.lake import Batch

MON, TUE = Batch("desk", MONDAY), Batch("desk", TUESDAY)
WALK = [(stage, batch) for batch in (MON, TUE) for stage in stages.STAGES]
ROADS = {stage: [(stage, TUE)] for stage in stages.STAGES} | {"first load": [("load", MON)]}
BEFORE = {"first load": 3, "fetch": 4, "normalize": 5, "enrich": 6, "load": 7}
KILLS = [(name, number) for name in ROADS for number in range(5)]
ABOUT_RUNS = [check for check in checks.CHECKS if "runs" in check.sql]
SPOKEN = '"We will go on," said Minister Amina Diallo in Lagos on Monday. Police arrested 12 protesters in Kenya.'


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Two days of stories, some of them in one delivery, one of them broken."""
    root = tmp_path_factory.mktemp("faults")
    room = Newsroom(root / "room", root / "wire")
    for day in ("2026-03-02", "2026-03-03"):
        room.put(f"{day}/a.json", f"[{ninjs(day + 'a', SPOKEN)}, {ninjs(day + 'b', 'The talks went on.')}]")
        room.put(f"{day}/c.json", ninjs(f"{day}c", SPOKEN)[:-9])
        room.put(f"{day}/d.txt", f"NAIROBI, March 2 (Nordwire) - {SPOKEN} {day}")
        room.put(f"{day}/e.json", ninjs("2026-03-02a", SPOKEN, version="2", headline=day))
    return room


@pytest.fixture(scope="module")
def undisturbed(newsroom):
    """The tables and the files that a walk makes which nobody disturbs; what there was before each step is kept."""
    newsroom.root.mkdir(exist_ok=True)
    for number, (stage, batch) in enumerate(WALK):
        shutil.copytree(newsroom.root, kept(newsroom, number))
        stages.run(stage, batch, newsroom.work(part_items=2))
    assert [finding for finding in checks.run_checks(newsroom.database) if finding.rows] == []
    return newsroom.tables(), newsroom.files()


@pytest.fixture(scope="module")
def steps(newsroom, undisturbed):
    """How many steps each road takes."""
    assert undisturbed
    taken = {}
    for name, road in ROADS.items():
        begin(newsroom, BEFORE[name])
        code, taken[name] = doom.run(newsroom, road)
        assert code == 0
    return taken


def kept(room, number):
    return room.root.with_name(f"before-{number}")


def begin(room, number):
    """A newsroom that has come so far on the walk and no further."""
    shutil.rmtree(room.root)
    shutil.copytree(kept(room, number), room.root)


def goes_on(room, undisturbed):
    """Whether a second run makes what an undisturbed one does, breaks no rule, and leaves no leftover to be read."""
    room.take(MONDAY, TUESDAY, part_items=2)
    assert [rows for check in ABOUT_RUNS if (rows := room.ask(check.sql))] == []
    assert (room.tables(), room.files()) == undisturbed
    assert not room.database.with_suffix(".publishing").exists()


def test_the_story_of_these_tests_has_something_to_lose(undisturbed):
    """Every table has rows, so that a lost one would show."""
    tables, files = undisturbed
    assert len(files) == 72  # two days, three parts, twelve files
    assert {name for name, body in tables.items() if not body} <= {"dates", "events", "participants", "quantities"}


@pytest.mark.parametrize(("name", "number"), KILLS)
def test_a_killed_stage_is_made_good_by_the_next_run(newsroom, undisturbed, steps, name, number):
    """Killed before any of its steps, it gives byte for byte the tables and files of an undisturbed run."""
    at = spread(steps[name], number)
    begin(newsroom, BEFORE[name])
    assert doom.run(newsroom, ROADS[name], at) == (-signal.SIGKILL, at)
    goes_on(newsroom, undisturbed)


def spread(steps, number):
    """A step in the given fifth of the road: the first and the last step, and chosen ones between."""
    first, last = 1 + steps * number // 5, steps * (number + 1) // 5
    return {0: 1, 4: steps}.get(number) or random.Random(number).randint(first, last)


def test_a_walk_killed_over_and_over_comes_to_its_end(newsroom, undisturbed):
    """Each time it gets further, and the end is that of an undisturbed run."""
    begin(newsroom, 0)
    killed = [doom.run(newsroom, WALK, at)[0] for at in (5, 12, 25, 40, 60)]
    assert killed == [-signal.SIGKILL] * 5
    goes_on(newsroom, undisturbed)


def test_a_walk_killed_at_any_moment_is_made_good(newsroom, undisturbed):
    """Killed from outside, wherever it is just then."""
    begin(newsroom, 0)
    started = time.monotonic()
    assert doom.run(newsroom, WALK)[0] == 0
    takes, chance, killed = time.monotonic() - started, random.Random(2026), 0
    for _ in range(40):
        begin(newsroom, 0)
        child, counted = doom.start(newsroom, WALK)
        while not counted.value and child.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, takes / 2))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        goes_on(newsroom, undisturbed)
        if killed == 4:
            break
    assert killed == 4


@pytest.mark.parametrize("behind", [0.0, 0.2])
def test_two_runs_at_once_come_to_the_end_of_one(newsroom, undisturbed, behind):
    """They meet on every part and in the database, and neither fails."""
    begin(newsroom, 0)
    first, counted = doom.start(newsroom, WALK)
    while not counted.value and first.is_alive():
        time.sleep(0.001)
    time.sleep(behind)
    second, _ = doom.start(newsroom, WALK)
    for child in (first, second):
        child.join()
    assert (first.exitcode, second.exitcode) == (0, 0)
    goes_on(newsroom, undisturbed)


@pytest.fixture
def disk(tmp_path):
    """A small disk: give it a size to begin with, or to grow to."""
    mount = tmp_path / "disk"
    mount.mkdir()

    def size(kilobytes):
        how = f"{'remount,' if mount.is_mount() else ''}size={kilobytes}k"
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", how, "newswire", mount], check=False, capture_output=True)
        if made.returncode:
            pytest.skip("only root may mount")
        return mount

    yield size
    if mount.is_mount():
        subprocess.run(["umount", mount], check=True)


@pytest.mark.parametrize(
    ("kilobytes", "cannot"),
    [(40, "write .*parquet"), (500, "open .*writer"), (2_000, "write .*writer"), (7_000, "(write|publish) .*newswire")],
)
def test_a_full_disk_is_one_line_and_the_run_goes_on_when_there_is_space(
    newsroom, undisturbed, disk, kilobytes, cannot
):
    """Wherever the space runs out, nothing half-written is read, and nothing is lost."""
    room = Newsroom(disk(kilobytes), newsroom.folder)
    with pytest.raises(StorageError, match=f"cannot {cannot}.*: .*No space left on device") as full:
        room.take(MONDAY, TUESDAY, part_items=2)
    assert "\n" not in str(full.value)
    assert {path.suffix for path in room.root.iterdir() if path.is_file()} <= {".lock", ".duckdb", ".wal"}
    disk(64_000)
    goes_on(room, undisturbed)


@pytest.mark.parametrize("most_bytes", [1_000, 500_000])
def test_files_that_may_not_grow_are_one_line_and_no_trace(settings, most_bytes):
    """A limit on the size of files, where no disk can be mounted, ends the same."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    database = Path(settings["NEWSWIRE_DATA"]) / "newswire.duckdb"
    command = [sys.executable, "-m", "pipeline", "run"]
    given = {"capture_output": True, "text": True}
    stopped = subprocess.run(command, preexec_fn=limit, check=False, **given)
    assert stopped.returncode == 1
    assert [line[:15] for line in stopped.stderr.splitlines()] == ["newswire: canno"]
    assert not database.exists()
    subprocess.run(command, check=True, **given)
    with duckdb.connect(database, read_only=True) as db:
        assert db.execute("SELECT count(*) FROM stories").fetchall() == [(8,)]


@pytest.fixture
def settings(newsroom, tmp_path, monkeypatch):
    """The newsroom, told to the command line."""
    told = {"NEWSWIRE_DATA": str(tmp_path / "data"), "NEWSWIRE_SOURCES": str(newsroom.toml())}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return told


@pytest.fixture(params=["under a file", "read-only", "not ours"])
def unwritable(request, tmp_path):
    """Folders that nothing can be written to."""
    folder = tmp_path / "closed"
    if request.param == "under a file":
        folder.touch()
        yield folder / "data"
        return
    folder.mkdir(mode=0o500)
    if request.param == "not ours":
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        yield folder / "data"
        return
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "newswire", folder], check=False).returncode:
        pytest.skip("only root may mount")
    yield folder / "data"
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("setting", ["NEWSWIRE_DATA", "NEWSWIRE_LAKE", "NEWSWIRE_DATABASE"])
def test_a_folder_that_cannot_be_written_is_one_line(newswire, settings, monkeypatch, unwritable, setting):
    """It names the file and the reason, whatever was to be written there."""
    assert settings["NEWSWIRE_DATA"]
    monkeypatch.setenv(setting, str(unwritable))
    ended = newswire("run")
    assert ended.code == 1
    reason = "Not a directory|Read-only file system|Permission denied|File exists"
    assert re.fullmatch(rf"cannot (write|open|delete) .*closed/data.*: ({reason})", ended.complaint)


WRONG = {
    "unknown key": ('title = "x"\ncolour = "red"\n[where]\nkind = "folder"\npath = "."', "no such setting: colour"),
    "unknown key inside": (
        'title = "x"\n[where]\nkind = "folder"\npath = "."\nglop = "*"',
        "no such setting: where.glop",
    ),
    "not TOML": ("title = ", "not TOML: Invalid value"),
    "not UTF-8": ('title = "\udcff"', "not TOML"),
    "nothing": ("# nothing", "title: Field required"),
    "no such zone": ('title = "x"\ntimezone = "Mars"\n[where]\nkind = "folder"\npath = "."', "no time zone 'Mars'"),
    "a name": ('name = "y"\ntitle = "x"\n[where]\nkind = "folder"\npath = "."', "no such setting: name"),
    "absolute glob": ('title = "x"\n[where]\nkind = "folder"\npath = "."\nglob = "/etc/*"', "where.glob: "),
    "no such format": (
        'title = "x"\nformat = "morse"\n[where]\nkind = "folder"\npath = "."',
        "format: Input should be 'auto', 'newsml-g2'",
    ),
}


@pytest.mark.parametrize(("toml", "complaint"), WRONG.values(), ids=WRONG)
def test_a_source_that_is_wrong_is_one_line_and_writes_nothing(newswire, settings, toml, complaint):
    """It names the file or the source, and the setting."""
    (Path(settings["NEWSWIRE_SOURCES"]) / "desk.toml").write_text(toml, errors="surrogateescape")
    ended = newswire("run", "desk")
    assert ended.code == 2
    assert complaint in ended.complaint
    assert "desk" in ended.complaint
    assert not Path(settings["NEWSWIRE_DATA"]).exists()


def test_a_source_whose_folder_is_not_there_is_one_line_and_the_others_go_on(newswire, settings):
    """What one source lacks holds up no other."""
    lost = 'title = "x"\n[where]\nkind = "folder"\npath = "nowhere"\n'
    (Path(settings["NEWSWIRE_SOURCES"]) / "lost.toml").write_text(lost)
    ended = newswire("run")
    assert ended.code == 1
    assert re.fullmatch(r"fetch lost: no folder .*/nowhere", ended.complaint)
    with duckdb.connect(Path(settings["NEWSWIRE_DATA"]) / "newswire.duckdb", read_only=True) as db:
        assert db.execute("SELECT count(*) FROM stories").fetchall() == [(8,)]
    (Path(settings["NEWSWIRE_SOURCES"]) / "lost.toml").unlink()
