"""What goes wrong leaves nothing half-done: killed processes, full disks, folders that cannot be written."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import doom
import pytest
from conftest import MONDAY, TUESDAY, Newsroom, ninjs

from pipeline import checks, stages
from pipeline.lake import Batch

MON, TUE = Batch("desk", MONDAY), Batch("desk", TUESDAY)
WALK = [(stage, batch) for batch in (MON, TUE) for stage in stages.STAGES]
ROADS = {stage: [(stage, TUE)] for stage in stages.STAGES} | {"first load": [("load", MON)]}
BEFORE = {"first load": 3, "fetch": 4, "normalize": 5, "enrich": 6, "load": 7}
KILLS = [(name, number) for name in ROADS for number in range(6)]
SPOKEN = '"We will go on," said Minister Amina Diallo in Lagos on Monday. Police arrested 12 protesters in Kenya.'


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Two days of stories, some of them in one delivery, one of them broken."""
    root = tmp_path_factory.mktemp("faults")
    room = Newsroom(root / "room", root / "wire")
    for day in ("2026-03-02", "2026-03-03"):
        room.put(f"{day}/a.json", f"[{ninjs(day + 'a', SPOKEN)}, {ninjs(day + 'b', 'The talks went on.')}]")
        room.put(f"{day}/c.json", "{" + day)
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
    assert [finding for finding in checks.run_checks(room.database) if finding.rows] == []
    assert (room.tables(), room.files()) == undisturbed
    assert not room.database.with_suffix(".publishing").exists()


def test_the_story_of_these_tests_has_something_to_lose(undisturbed):
    """Every table has rows, so that a lost one would show."""
    tables, files = undisturbed
    assert len(files) == 66  # two days, three parts, eleven files
    assert {name for name, body in tables.items() if not body} <= {"dates", "events", "participants"}


@pytest.mark.parametrize(("name", "number"), KILLS)
def test_a_killed_stage_is_made_good_by_the_next_run(newsroom, undisturbed, steps, name, number):
    """Killed before any of its steps, it gives byte for byte the tables and files of an undisturbed run."""
    at = spread(steps[name], number)
    begin(newsroom, BEFORE[name])
    assert doom.run(newsroom, ROADS[name], at) == (-signal.SIGKILL, at)
    goes_on(newsroom, undisturbed)


def spread(steps, number):
    """A step in the given sixth of the road: the first and the last step, and chosen ones between."""
    first, last = 1 + steps * number // 6, steps * (number + 1) // 6
    return {0: 1, 5: steps}.get(number) or random.Random(number).randint(first, last)


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
        if killed == 5:
            break
    assert killed == 5
