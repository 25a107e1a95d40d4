"""The rules of the loaded data: each finds what breaks it."""

import re
import shutil

import duckdb
import pytest
from conftest import MONDAY, Newsroom, ninjs

from pipeline.checks import CHECKS, FILE, run_checks

STORY = '"We will go on," said Minister Amina Diallo in Nigeria. Police arrested 12 protesters in Kenya on Monday.'


def span(start, end):
    return f"{{start_char: {start}, end_char: {end}}}"


MENTION = {"start_char": 0, "end_char": 1, "text": "'\"'", "kind": "'other'", "mention_type": "'NAM'"}
DATE = {
    "start_char": 0,
    "end_char": 1,
    "text": "'\"'",
    "type": "'DATE'",
    "value": "'X'",
    "basis": "'none'",
    "in_quote": "false",
    "rule": "'none'",
}
STATEMENT = {
    "statement": 99,
    "kind": "'direct'",
    "speaker_basis": "'none'",
    "content": "'x'",
    "content_spans": "[]",
    "quotes": "[]",
    "said_basis": "'none'",
    "negated": "false",
    "confidence": 1,
}
EVENT = {
    "event": 99,
    "start_char": 0,
    "end_char": 1,
    "text": "'\"'",
    "event_type": "'AGREE'",
    "contexts": "[]",
    "date_basis": "'not stated'",
    "realis": "'actual'",
    "negated": "false",
    "assertion": "'author'",
    "background": "false",
    "also_spans": "[]",
    "confidence": 1,
}
PARTICIPANT = {"event": 98, "role": "'actor'", "ordinal": 1}
QUANTITY = {"start_char": 0, "end_char": 1, "text": "'x'", "measure": "'dead'", "amount": 1}
GOOD_EVENT = ("events", EVENT | {"event": 98})
NOBODY = "'person:nobody'"

# What breaks each rule: rows to put in, or a statement.
BROKEN = {
    "accounted for": "DELETE FROM stories",
    "counts add up": """
        ALTER TABLE runs RENAME TO kept;
        CREATE TABLE runs AS SELECT * REPLACE (read + 1 AS read) FROM kept
    """,
    "rejects counted": """
        INSERT INTO rejects VALUES ('desk', DATE '2026-03-02', 'fetch', 'x', 'too-large', 'too large', now())
    """,
    "items are their bytes": "UPDATE items SET body = 'changed'::BLOB",
    "mentions verbatim": [("mentions", MENTION | {"text": "'wrong'", "end_char": 2})],
    "dates verbatim": [("dates", DATE | {"text": "'wrong'"})],
    "events verbatim": [("events", EVENT | {"text": "'wrong'"})],
    "participants verbatim": [
        GOOD_EVENT,
        ("participants", PARTICIPANT | {"start_char": 0, "end_char": 1, "text": "'x'"}),
    ],
    "quantities verbatim": [("quantities", QUANTITY)],
    "statements speaker text verbatim": [
        ("statements", STATEMENT | {"speaker_text": "'x'", "speaker_start_char": 0, "speaker_end_char": 1})
    ],
    "statements cue text verbatim": [
        ("statements", STATEMENT | {"cue_text": "'x'", "cue_start_char": 0, "cue_end_char": 1})
    ],
    "spans inside": [("statements", STATEMENT | {"content_spans": f"[{span(5, 5000)}]"})],
    "mentions entity id known": [("mentions", MENTION | {"entity_id": NOBODY})],
    "statements speaker entity id known": [("statements", STATEMENT | {"speaker_entity_id": NOBODY})],
    "statements addressee entity id known": [("statements", STATEMENT | {"addressee_entity_id": NOBODY})],
    "statements via known": [("statements", STATEMENT | {"via": NOBODY})],
    "events place entity id known": [("events", EVENT | {"place_entity_id": NOBODY})],
    "events asserted by entity id known": [("events", EVENT | {"asserted_by_entity_id": NOBODY})],
    "participants entity id known": [GOOD_EVENT, ("participants", PARTICIPANT | {"entity_id": NOBODY})],
    "participants have their event": [("participants", PARTICIPANT | {"event": 97})],
    "quantities have their event": [("quantities", QUANTITY | {"text": "text[1]", "event": 97})],
    "statements have their parent": [("statements", STATEMENT | {"parent": 97})],
    "events have their statement": [("events", EVENT | {"statement": 97})],
    "intervals are half open": [
        ("events", EVENT | {"happened_on": "DATE '2026-03-02'", "happened_end_on": "DATE '2026-03-02'"})
    ],
    "killed stories are gone": """
        UPDATE stories SET status = 'canceled';
        CREATE OR REPLACE VIEW stories_current AS SELECT * EXCLUDE (age) FROM story_versions
    """,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A database that breaks no rule."""
    room = Newsroom(tmp_path_factory.mktemp("checks"))
    room.put("2026-03-02/a.json", ninjs("a", STORY))
    room.put("2026-03-02/b.json", "{")
    room.take(MONDAY)
    assert room.ask("SELECT count(*) FROM statements")[0][0]
    return room.database


@pytest.fixture
def database(sound, tmp_path):
    return shutil.copyfile(sound, tmp_path / "broken.duckdb")


def plant(db, rows):
    """Rows of the one story that there is."""
    for table, columns in rows:
        given = {"source": "source", "day": "day", "item_id": "item_id"} | columns
        values = ", ".join(map(str, given.values()))
        db.execute(f"INSERT INTO {table} ({', '.join(given)}) SELECT {values} FROM stories")


def found(database):
    return [finding.check.name for finding in run_checks(database) if finding.rows]


def test_a_sound_database_breaks_no_rule(sound):
    """Nothing is found where nothing is wrong."""
    assert found(sound) == []


def test_every_rule_in_the_file_is_run():
    """None is lost in reading the file, and each has its violation here."""
    named = re.findall(r"^-- ([a-z][a-z -]+): ", FILE.read_text("utf-8"), re.MULTILINE)
    assert [check.name for check in CHECKS] == named
    assert list(BROKEN) == named
    assert [check.sql.split()[0] for check in CHECKS] == ["SELECT"] * len(CHECKS)


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_finds_what_breaks_it(database, name):
    """And nothing else that holds is said to be broken."""
    with duckdb.connect(database) as db:
        if isinstance(BROKEN[name], str):
            db.execute(BROKEN[name])
        else:
            plant(db, BROKEN[name])
    assert name in found(database)


@pytest.mark.parametrize(
    "row",
    [
        ("statements", {"quotes": span(-1, 3)}),
        ("statements", {"quotes": span(3, 3)}),
        ("events", {"also_spans": span(5, 5000)}),
    ],
    ids=["before the text", "empty", "of an event"],
)
def test_a_span_outside_of_its_text_is_found(database, row):
    """Wherever it is kept."""
    table, spans = row
    ((name, value),) = spans.items()
    columns = (STATEMENT if table == "statements" else EVENT) | {name: f"[{value}]"}
    with duckdb.connect(database) as db:
        plant(db, [(table, columns)])
    assert found(database) == ["spans inside"]


def test_a_finding_shows_the_first_rows(database):
    """How many there are, and no more than five of them."""
    with duckdb.connect(database) as db:
        db.execute("DELETE FROM stories")
    (finding,) = [each for each in run_checks(database) if each.check.name == "accounted for"]
    assert (finding.rows, len(finding.first), finding.first[0][0]) == (1, 1, "desk")
