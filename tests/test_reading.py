"""What `newswire read` and `newswire sources` show, and what fetch refuses."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.errors import ConfigError
from pipeline.formats import ninjs
from pipeline.lake import Batch
from pipeline.receiving import heard_at, is_quiet
from pipeline.stages import fetch
from pipeline.tables import Item, Reject

GOLDEN = Path(__file__).parent / "golden"
STORY = '{"uri": "a1", "pubstatus": "usable", "body_text": "Talks went on.", "versioncreated": "2026-03-02 10:00"}'


def newswire(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "a1.json"
    path.write_text(STORY, "utf-8")
    return path


def test_read_prints_one_line_a_file(story):
    """The rows of stories and rejects, days and times in ISO 8601, guid the agency's own id."""
    result = newswire("read", story, GOLDEN / "feed" / "empty-body.xml", "--received", "2026-03-04")
    first, second = lines(result)
    assert result.exit_code == 0
    assert first["file"] == str(story)
    assert [row["guid"] for row in first["stories"]] == ["a1"]
    assert first["stories"][0]["published_at"] == "2026-03-02T10:00:00+00:00"
    assert first["rejects"] == []
    assert [row["guid"] for row in second["stories"]] == ["hn-46"]
    assert second["stories"][0]["anchor_on"] == "2026-03-04"
    assert [(row["stage"], row["reason"]) for row in second["rejects"]] == [("normalize", "empty-text")]


def test_read_takes_a_zone_and_a_format(story):
    """Times without an offset are of the zone told; the format told is not looked for."""
    (line,) = lines(newswire("read", story, "--timezone", "Asia/Seoul", "--format", "ninjs"))
    assert line["stories"][0]["published_at"] == "2026-03-02T01:00:00+00:00"
    (line,) = lines(newswire("read", story, "--format", "feed"))
    assert [row["reason"] for row in line["rejects"]] == ["not-xml"]


def test_a_file_that_cannot_be_opened_is_a_reject(tmp_path, story):
    """The others are read all the same, and the exit code tells."""
    result = newswire("read", tmp_path / "nowhere.xml", story)
    missing, found = lines(result)
    assert result.exit_code == 1
    assert [(row["stage"], row["reason"]) for row in missing["rejects"]] == [("fetch", "unreadable")]
    assert len(found["stories"]) == 1


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--format", "telex"), "no format 'telex'"),
        (("--timezone", "Mars/Olympus"), "no such time zone"),
        (("--received", "yesterday"), "no such day"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(story, option, message):
    """Wrong use is an error of the settings."""
    with pytest.raises(ConfigError, match=message):
        raise newswire("read", story, *option).exception


def test_a_bug_in_a_reader_costs_one_item(story, monkeypatch):
    """Whatever a reader raises, the line is printed and the next file is read."""

    def broken(_item, _source):
        raise AttributeError("no such thing")

    monkeypatch.setattr(ninjs, "read", broken)
    first, second = lines(newswire("read", story, GOLDEN / "feed" / "correction.xml"))
    assert [row["reason"] for row in first["rejects"]] == ["bug"]
    assert len(second["stories"]) == 1


def test_a_packed_file_is_unpacked(tmp_path):
    """A delivery as a gzip file is what is inside."""
    path = tmp_path / "a1.json.gz"
    path.write_bytes(gzip.compress(STORY.encode()))
    (line,) = lines(newswire("read", path))
    assert [row["guid"] for row in line["stories"]] == ["a1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(b"\0" * 60_000_000), "too-large"),
        (gzip.compress(STORY.encode())[:-9], "bad-gzip"),
        (b"\x1f\x8bnot gzip at all", "bad-gzip"),
        (b"x" * 3000, "too-large"),
    ],
    ids=["bomb", "cut short", "no gzip", "too large"],
)
def test_a_delivery_that_cannot_be_taken_is_a_reject(newsroom, body, reason):
    """It is refused by fetch, known at the next run, and the others are kept."""
    newsroom.put("2026-03-02/bad.json", body)
    newsroom.put("2026-03-02/good.json", STORY)
    work = newsroom.work(max_item_bytes=2000)
    batch = Batch("desk", date(2026, 3, 2))
    report = fetch(batch, work)
    assert (report.written, report.rejected) == (1, 1)
    (part,) = work.lake.parts(Item, batch)
    assert [row.reason for row in work.lake.read(Reject, batch, f"{part}.fetch")] == [reason]


def test_a_source_is_quiet_after_what_it_says(newsroom):
    """Silence counts from the last item, and a source that was never heard of is quiet."""
    work = newsroom.work()
    told = work.sources["desk"].model_copy(update={"quiet_after": timedelta(days=2)})
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert heard_at(told, work.lake) is None
    assert is_quiet(told, None, noon)
    newsroom.put("2026-03-02/a1.json", STORY)
    fetch(Batch("desk", date(2026, 3, 2)), work)
    heard = heard_at(told, work.lake)
    assert heard == noon
    assert not is_quiet(told, heard, noon + timedelta(days=2))
    assert is_quiet(told, heard, noon + timedelta(days=2, seconds=1))
    assert not is_quiet(work.sources["desk"], None, noon)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder of sources with one that speaks no more."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "wire" / "2026-03-02").mkdir(parents=True)
    (tmp_path / "wire" / "2026-03-02" / "a1.json").write_text(STORY, "utf-8")
    toml = (
        'title = "The desk"\nformat = "ninjs"\nquiet_after = "PT0.001S"\n[where]\nkind = "folder"\npath = "../wire"\n'
    )
    (tmp_path / "sources" / "desk.toml").write_text(toml + "settle_seconds = 0\n", "utf-8")
    monkeypatch.setenv("NEWSWIRE_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("NEWSWIRE_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_quiet_source_shows_and_fails_a_check():
    """`newswire sources` says QUIET, `newswire checks` exits with 1 and names it."""
    assert newswire("run").exit_code == 0
    assert "QUIET" in newswire("sources").stdout
    result = newswire("checks")
    assert result.exit_code == 1
    assert "sources are heard: desk: last heard of at" in result.stderr


def test_a_source_is_tried_before_it_goes_live(desk):
    """By its name or the path of its TOML; nothing is stored."""
    result = newswire("sources", "try", "desk", desk / "wire" / "2026-03-02" / "a1.json")
    assert result.exit_code == 0
    assert "Talks went on." in result.stdout
    assert "1 items: 1 stories, 0 rejects." in result.stdout
    result = newswire("sources", "try", desk / "sources" / "desk.toml", GOLDEN / "feed" / "kill.xml")
    assert result.exit_code == 1
    assert "not-json" in result.stdout
    assert not (desk / "data").exists()


def test_read_takes_standard_input():
    """Named by a hyphen; its name is no id of anything."""
    result = CliRunner().invoke(app, ["read", "-"], input="LIMA, March 3 (Nordwire) - Talks went on.\n")
    (line,) = lines(result)
    assert (line["file"], [row["guid"] for row in line["stories"]]) == ("-", ["stdin"])


def test_items_without_an_id_are_told_apart(tmp_path):
    """By the name of their file, packed or not, and by their number in it."""
    one = "<nitf><body><body.content><p>Talks went on.</p></body.content></body></nitf>"
    path = tmp_path / "talks.xml.gz"
    path.write_bytes(gzip.compress(f"<stories>{one}{one.replace('on', 'off')}</stories>".encode()))
    (line,) = lines(newswire("read", path))
    assert [row["guid"] for row in line["stories"]] == ["talks#1", "talks#2"]
