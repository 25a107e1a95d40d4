"""Stories on the whole road: what is counted, what is known again, what readers see."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import MONDAY, NOON, TUESDAY, Newsroom, ninjs, walk

from pipeline import checks, formats, stages
from pipeline.errors import BatchRejected, FetchError, StorageError
from pipeline.lake import Batch, Lake
from pipeline.sources import load_sources
from pipeline.workspace import Workspace


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The sample stories, taken all the way."""
    root = tmp_path_factory.mktemp("samples")
    work = Workspace(
        lake=Lake(str(root / "lake")), database=root / "newswire.duckdb", sources=load_sources(), now=lambda: NOON
    )
    room = Newsroom(root)
    batches = [Batch(source, day) for source in ("samples_ninjs", "samples_plain") for day in (MONDAY, TUESDAY)]
    return room, work, batches, [report for batch in batches for report in walk(batch, work)]


def counts(reports):
    names = ("read", "written", "known", "rejected")
    return {
        stage: tuple(sum(getattr(each, name) for each in reports if each.stage == stage) for name in names)
        for stage in stages.STAGES
    }


def hashes(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


def test_every_sample_is_a_story_or_a_reject(samples):
    """Twenty-nine items arrive, and one of them is broken."""
    assert counts(samples[3]) == {
        "fetch": (29, 29, 0, 0),
        "normalize": (29, 28, 0, 1),
        "enrich": (28, 28, 0, 0),
        "load": (29, 29, 0, 0),
    }
    room = samples[0]
    assert room.ask("SELECT status, count(*) FROM stories GROUP BY ALL ORDER BY ALL") == [
        ("canceled", 1),
        ("usable", 26),
        ("withheld", 1),
    ]
    assert room.ask("SELECT stage, reason, count(*) FROM rejects GROUP BY ALL") == [("normalize", "not-json", 1)]


def test_runs_tell_what_was_done(samples):
    """A row a stage and batch, whose counts add up."""
    assert samples[0].ask("""
        SELECT stage, count(*), sum(read), sum(written), sum(known), sum(rejected)
        FROM runs WHERE read = written + known + rejected GROUP BY ALL ORDER BY 3 DESC, stage
    """) == [
        ("fetch", 4, 29, 29, 0, 0),
        ("load", 4, 29, 29, 0, 0),
        ("normalize", 4, 29, 28, 0, 1),
        ("enrich", 4, 28, 28, 0, 0),
    ]


def test_a_second_run_writes_nothing(samples):
    """All is known, and no file changes, not even in its time."""
    room, work, batches, _ = samples
    before = hashes(room.root)
    again = [report for batch in batches for report in walk(batch, work)]
    assert counts(again) == {
        "fetch": (29, 0, 29, 0),
        "normalize": (29, 0, 29, 0),
        "enrich": (28, 0, 28, 0),
        "load": (29, 0, 29, 0),
    }
    assert hashes(room.root) == before


def test_every_check_holds(samples):
    """The sample stories break no rule."""
    assert [finding for finding in checks.run_checks(samples[0].database) if finding.rows] == []


def test_every_view_can_be_asked(samples):
    """Each view runs, and those that readers begin with have rows."""
    room = samples[0]
    views = room.ask("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    assert {view for (view,) in views} == {
        "story_versions",
        "stories_current",
        "mentions_current",
        "entities_current",
        "dates_current",
        "statements_current",
        "events_current",
        "participants_current",
        "quantities_current",
        "said",
        "did",
        "copies",
        "gdelt_events",
    }
    rows = {view: room.ask(f"SELECT count(*) FROM (FROM {view})")[0][0] for (view,) in views}
    assert [view for view in ("said", "did", "copies", "gdelt_events", "mentions_current") if not rows[view]] == []


def test_a_killed_story_is_in_no_view_and_stays_in_the_tables(samples):
    """The kill takes the minister's story from readers; who asks for versions finds both."""
    room = samples[0]
    assert room.ask(
        "SELECT count(*) FROM statements JOIN stories USING (source, item_id) WHERE guid LIKE '%minister%'"
    )[0][0]
    versions = room.ask("""
        SELECT age, version, status, signal FROM story_versions
        WHERE story_id IN (SELECT story_id FROM stories WHERE signal = 'kill') ORDER BY age
    """)
    assert versions == [(1, 2, "canceled", "kill"), (2, 1, "usable", "original")]
    killed = "(SELECT item_id FROM stories WHERE story_id IN (SELECT story_id FROM stories WHERE signal = 'kill'))"
    for view in ("said", "did", "stories_current", "statements_current", "events_current", "mentions_current"):
        assert room.ask(f"SELECT count(*) FROM {view} WHERE item_id IN {killed}") == [(0,)]


def test_a_correction_is_the_version_that_counts(samples):
    """Of the fire in Dhaka readers see version 2 alone."""
    assert samples[0].ask("""
        SELECT version, signal FROM stories_current
        WHERE story_id IN (SELECT story_id FROM stories WHERE signal = 'correction')
    """) == [(2, "correction")]


def test_a_withheld_and_an_embargoed_story_are_in_no_view(samples):
    """Neither is for readers yet."""
    room = samples[0]
    held = "(SELECT item_id FROM stories WHERE status = 'withheld' OR embargoed_until > now())"
    assert room.ask(f"SELECT count(*) FROM mentions WHERE item_id IN {held}")[0][0]
    for view in ("said", "did", "stories_current", "mentions_current"):
        assert room.ask(f"SELECT count(*) FROM {view} WHERE item_id IN {held}") == [(0,)]


def test_a_syndicated_copy_is_found(samples):
    """The story that an aggregator passed on stands beside its original."""
    found = samples[0].ask("""
        SELECT least(a.guid, b.guid), greatest(a.guid, b.guid)
        FROM copies JOIN stories a ON a.item_id = copies.item_id JOIN stories b ON b.item_id = copies.copy_item_id
    """)
    assert found == [("meridian-20260302-0019", "wirehub-20260302-44871")]


def test_gdelt_events_has_the_columns_of_gdelt(samples):
    """Queries written for GDELT 2.0 find the names that they use."""
    columns = [name for name, *_ in samples[0].ask("DESCRIBE gdelt_events")]
    assert (
        columns
        == (
            "GLOBALEVENTID SQLDATE MonthYear Year Actor1Code Actor1Name Actor1CountryCode Actor1Type1Code Actor2Code "
            "Actor2Name Actor2CountryCode Actor2Type1Code IsRootEvent EventCode EventBaseCode EventRootCode QuadClass "
            "GoldsteinScale NumMentions NumSources NumArticles ActionGeo_FullName ActionGeo_CountryCode ActionGeo_Lat "
            "ActionGeo_Long DATEADDED SOURCEURL"
        ).split()
    )


def test_redo_does_it_over_and_changes_no_table(newsroom):
    """The same bytes and the same code give the same rows."""
    newsroom.put("2026-03-02/a.json", ninjs("a", '"We will go on," said Minister Amina Diallo in Lagos on Monday.'))
    newsroom.put("2026-03-02/b.json", "{")
    newsroom.take(MONDAY)
    before, files = newsroom.tables(), newsroom.files()
    work = newsroom.work()
    redone = [stages.run(stage, Batch("desk", MONDAY), work, redo=True) for stage in stages.STAGES]
    assert [(each.written, each.known, each.rejected) for each in redone] == [
        (0, 2, 0),
        (1, 0, 1),
        (1, 0, 0),
        (2, 0, 0),
    ]
    assert (newsroom.tables(), newsroom.files()) == (before, files)


def test_normalize_done_over_has_enrich_done_over(newsroom):
    """Findings of stories that were read again are made again."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.take(MONDAY)
    batch, work = Batch("desk", MONDAY), newsroom.work()
    stages.run("normalize", batch, work, redo=True)
    assert stages.pending("enrich", batch, work) == sorted(work.lake.done("fetch", batch))
    assert stages.run("enrich", batch, work).written == 1


def test_late_arrivals_make_a_part_of_their_own(newsroom):
    """What comes later in the day joins the batch, and what was there is known."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.take(MONDAY)
    newsroom.put("2026-03-02/b.json", ninjs("b"))
    reports = newsroom.take(MONDAY)
    assert [(each.written, each.known) for each in reports] == [(1, 1)] * 4
    assert newsroom.ask("SELECT guid FROM stories ORDER BY guid") == [("a",), ("b",)]
    assert newsroom.ask("SELECT count(*) FROM loads") == [(2,)]


def test_the_same_bytes_twice_a_day_are_one_item(newsroom):
    """A story that is delivered under two names is kept once, and known the other time."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.put("2026-03-02/b.json", ninjs("a"))
    fetched = newsroom.take(MONDAY)[0]
    assert (fetched.read, fetched.written, fetched.known) == (2, 1, 1)
    assert newsroom.ask("SELECT url[-6:] FROM items") == [("a.json",)]


def test_the_first_day_keeps_an_item_in_whatever_order_days_are_run(tmp_path):
    """A backfill from the newest day gives the tables that the days in order give."""
    made = []
    for name, days in (("in_order", (MONDAY, TUESDAY)), ("backwards", (TUESDAY, MONDAY)), ("twice", (TUESDAY, MONDAY))):
        room = Newsroom(tmp_path / name)
        for day in ("2026-03-02", "2026-03-03"):
            room.put(f"{day}/a.json", ninjs("a", "Talks went on."))
            room.put(f"{day}/broken.json", '{"uri": 1}')
        room.put("2026-03-03/b.json", ninjs("b", "The talks ended."))
        room.take(*days)
        if name == "twice":
            stages.run("load", Batch("desk", TUESDAY), room.work(), redo=True)
        assert [finding for finding in checks.run_checks(room.database) if finding.rows] == []
        made.append({table: body.replace(name.encode(), b"") for table, body in room.tables().items()})
    assert made[1] == made[0]
    assert made[2] == made[0]
    assert made[0]["stories"].count(b"2026-03-02") > 0


def test_items_are_known_for_thirty_days(newsroom):
    """Bytes that come again within the days that are looked at are not kept again."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.put("2026-04-01/a.json", ninjs("a"))
    newsroom.put("2026-04-02/a.json", ninjs("a"))
    days = [MONDAY, MONDAY + timedelta(30), MONDAY + timedelta(31)]
    fetched = [report for report in newsroom.take(*days) if report.stage == "fetch"]
    assert [(each.written, each.known) for each in fetched] == [(1, 0), (0, 1), (1, 0)]
    assert newsroom.ask("SELECT day FROM items") == [(MONDAY,)]
    assert [finding for finding in checks.run_checks(newsroom.database) if finding.rows] == []


def test_a_kill_takes_facts_out_in_the_run_that_brings_it(newsroom):
    """Before the kill readers see the story, after it none of its facts."""
    text = '"We will go on," said Minister Amina Diallo in Nigeria.'
    newsroom.put("2026-03-02/a.json", ninjs("a", text, version="1", versioncreated="2026-03-02T10:00:00Z"))
    newsroom.take(MONDAY)
    assert newsroom.ask("SELECT count(*) FROM said") == [(1,)]
    newsroom.put("2026-03-02/kill.json", ninjs("a", "", pubstatus="canceled", versioncreated="2026-03-02T11:00:00Z"))
    newsroom.take(MONDAY)
    for view in ("said", "did", "stories_current", "mentions_current", "entities_current", "statements_current"):
        assert newsroom.ask(f"SELECT count(*) FROM {view}") == [(0,)]
    assert newsroom.ask("SELECT count(*) FROM statements") == [(1,)]


def test_an_embargo_hides_until_it_has_passed(newsroom):
    """A story is for readers from the minute that it names."""
    newsroom.put("2026-03-02/a.json", ninjs("a", embargoed="2026-03-02T13:00:00Z"))
    newsroom.put("2026-03-02/b.json", ninjs("b", embargoed="2099-03-02T13:00:00Z"))
    newsroom.take(MONDAY)
    assert newsroom.ask("SELECT guid FROM stories_current") == [("a",)]


TEN, NINE = {"versioncreated": "2026-03-02T10:00:00Z"}, {"versioncreated": "2026-03-02T09:00:00Z"}
KILL, DAY_BEFORE = {"pubstatus": "canceled"}, {"versioncreated": "2026-03-01T10:00:00Z"}
VERSIONS = {
    "time": (TEN, NINE, "first"),
    "number at the same time": (TEN | {"version": "1"}, TEN | {"version": "2"}, "second"),
    "time before number": (TEN | {"version": "1"}, NINE | {"version": "9"}, "first"),
    "number without time": ({"version": "3"}, {"version": "2"}, "first"),
    "kill without time": (TEN, KILL, "second"),
    "kill of a story without time": ({}, KILL | NINE, "second"),
    "kill without number": ({"version": "3"}, KILL, "second"),
    "kill of an earlier version": (TEN, KILL | DAY_BEFORE, "first"),
}


@pytest.mark.parametrize(("first", "second", "newest"), VERSIONS.values(), ids=VERSIONS)
def test_the_newest_version_is_told_by_time_then_number(newsroom, first, second, newest):
    """Whatever order they are fetched in; a kill that does not say when is the last word of its day."""
    newsroom.put("2026-03-02/1.json", ninjs("a", headline="first", **first))
    newsroom.put("2026-03-02/2.json", ninjs("a", headline="second", **second))
    newsroom.take(MONDAY)
    assert newsroom.ask("SELECT headline FROM story_versions WHERE age = 1") == [(newest,)]


def test_days_fetched_backwards_leave_the_newest_version_newest(newsroom):
    """Versions that say neither time nor number are as old as their day, not as their fetching."""
    newsroom.put("2026-03-02/a.txt", "The talks went on in Geneva.")
    newsroom.put("2026-03-03/a.txt", "The talks ended in Geneva.")
    newsroom.take(TUESDAY)
    newsroom.take(MONDAY, now=lambda: NOON + timedelta(hours=1))
    assert newsroom.ask("SELECT text FROM stories_current") == [("The talks ended in Geneva.",)]


def test_a_batch_of_broken_files_fails_loudly_and_keeps_its_rejects(newsroom):
    """Normalize raises; the rejects and the runs are loaded all the same."""
    newsroom.put("2026-03-02/a.json", "{")
    newsroom.put("2026-03-02/b.json", '{"uri": 1}')
    work, batch = newsroom.work(), Batch("desk", MONDAY)
    stages.run("fetch", batch, work)
    with pytest.raises(BatchRejected, match=r"desk 2026-03-02: all 2 items were rejected"):
        stages.run("normalize", batch, work)
    stages.run("enrich", batch, work)
    stages.run("load", batch, work)
    assert newsroom.ask("SELECT stage, count(*) FROM rejects GROUP BY ALL") == [("normalize", 2)]
    assert newsroom.ask("SELECT reason FROM rejects ORDER BY reason") == [("empty-text",), ("not-json",)]
    assert newsroom.ask("SELECT stage, rejected FROM runs ORDER BY ALL") == [
        ("enrich", 0),
        ("fetch", 0),
        ("load", 0),
        ("normalize", 2),
    ]


def test_one_broken_file_does_not_stop_the_others(newsroom):
    """The batch goes on, and says what it refused and why."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.put("2026-03-02/b.json", "{")
    newsroom.put("2026-03-02/c.json", ninjs("c"))
    assert [(each.written, each.rejected) for each in newsroom.take(MONDAY)] == [(3, 0), (2, 1), (2, 0), (3, 0)]


def test_a_delivery_that_cannot_be_read_holds_up_no_other(newsroom, monkeypatch):
    """The others are kept, the batch fails at the end, and the next run brings what was missing."""
    lost = newsroom.put("2026-03-02/b.json", ninjs("b"))
    for name in "acd":
        newsroom.put(f"2026-03-02/{name}.json", ninjs(name))
    work, batch, whole = newsroom.work(part_items=1), Batch("desk", MONDAY), Path.open

    def bad_block(path, *how, **more):
        if path == lost:
            raise OSError(5, "Input/output error")
        return whole(path, *how, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", bad_block)
        with pytest.raises(FetchError, match=r"^1 of 4 deliveries could not be read, first: .*b\.json: Input"):
            stages.run("fetch", batch, work)
    assert len(work.lake.done("fetch", batch)) == 3
    assert (again := stages.run("fetch", batch, work)).written == 1
    assert again.known == 3


def test_a_delivery_too_large_is_refused_unread_items_and_all(newsroom):
    """It is a row of rejects, known the next time, and counted."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.put("2026-03-02/b.json", ninjs("b", "long " * 100))
    reports = newsroom.take(MONDAY, max_item_bytes=200)
    assert [(each.written, each.rejected) for each in reports] == [(1, 1), (1, 0), (1, 0), (1, 0)]
    again = newsroom.take(MONDAY, max_item_bytes=200)
    assert [(each.written, each.known, each.rejected) for each in again] == [(0, 2, 0), (0, 1, 0), (0, 1, 0), (0, 1, 0)]
    assert newsroom.ask("SELECT stage, reason FROM rejects") == [("fetch", "too-large")]
    assert [finding for finding in checks.run_checks(newsroom.database) if finding.rows] == []


def test_parts_are_bounded_in_items_and_in_bytes(newsroom, monkeypatch):
    """A stage holds one part at a time, however large its stories are."""
    for name in "abcde":
        newsroom.put(f"2026-03-02/{name}.json", ninjs(name))
    newsroom.take(MONDAY, part_items=2)
    assert newsroom.ask("SELECT count(*) FROM loads") == [(3,)]
    monkeypatch.setattr("pipeline.receiving.PART_BYTES", 1)
    for name in "fgh":
        newsroom.put(f"2026-03-02/{name}.json", ninjs(name))
    newsroom.take(MONDAY)
    assert newsroom.ask("SELECT count(*) FROM loads") == [(6,)]


def test_half_of_what_a_stage_makes_is_not_loaded(newsroom):
    """A load before enrich is done brings the stories alone, and the next one the rest."""
    newsroom.put("2026-03-02/a.json", ninjs("a", '"We will go on," said Minister Amina Diallo in Nigeria.'))
    work, batch = newsroom.work(), Batch("desk", MONDAY)
    for stage in ("fetch", "normalize", "enrich"):
        stages.run(stage, batch, work)
    (part,) = work.lake.done("enrich", batch)
    work.lake.reopen("enrich", batch, part)
    stages.run("load", batch, work)
    assert newsroom.ask("SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM mentions)") == [(1, 0)]
    stages.run("enrich", batch, work)
    stages.run("load", batch, work)
    assert newsroom.ask("SELECT count(*) FROM statements") == [(1,)]
    assert [finding for finding in checks.run_checks(newsroom.database) if finding.rows] == []


def test_a_damaged_file_can_be_deleted_and_is_made_again(newsroom):
    """The line that names it tells how, and doing so gives the same tables."""
    newsroom.put("2026-03-02/a.json", ninjs("a", "Amina Diallo spoke in Nigeria."))
    newsroom.take(MONDAY)
    before = newsroom.tables()
    (stories,) = (newsroom.root / "lake/stories").rglob("*.parquet")
    stories.write_bytes(stories.read_bytes()[:100])
    work, batch = newsroom.work(), Batch("desk", MONDAY)
    with pytest.raises(StorageError, match="delete it and run the stages again"):
        stages.run("enrich", batch, work, redo=True)
    stories.unlink()
    newsroom.take(MONDAY)
    assert newsroom.tables() == before


UNFIT = {"half a surrogate pair": {"headline": "\ud800"}, "a number past 64 bits": {"version": 2**63}}


@pytest.mark.parametrize("changes", UNFIT.values(), ids=UNFIT)
def test_a_story_that_no_table_can_hold_is_refused_alone(newsroom, monkeypatch, changes):
    """Whatever a format makes of it, the batch goes on."""
    whole = formats.ninjs.read

    def read(item, source):
        story = whole(item, source)
        return replace(story, **changes) if story.guid == "a" else story

    monkeypatch.setattr(formats.ninjs, "read", read)
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.put("2026-03-02/b.json", ninjs("b"))
    assert [(each.written, each.rejected) for each in newsroom.take(MONDAY)] == [(2, 0), (1, 1), (1, 0), (2, 0)]
    assert newsroom.ask("SELECT reason FROM rejects") == [("unfit",)]
