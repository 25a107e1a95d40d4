"""The command line: help that works, exit codes, errors in one line."""

import io
import json
import logging
import subprocess
import sys

import duckdb
import pytest
from conftest import MONDAY, TUESDAY, ninjs

COMMANDS = ["run", "fetch", "normalize", "enrich", "load", "rebuild", "extract", "sql", "tables", "sources", "checks"]
SPOKEN = '"We will go on," said Minister Amina Diallo in Nigeria.'


@pytest.fixture
def desk(newsroom, monkeypatch):
    """A newsroom that the command line knows."""
    monkeypatch.setenv("NEWSWIRE_DATA", str(newsroom.root))
    monkeypatch.setenv("NEWSWIRE_SOURCES", str(newsroom.toml()))
    newsroom.put("2026-03-02/a.json", ninjs("a", SPOKEN))
    return newsroom


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(newswire, command):
    """It says how it is used, and ends well."""
    ended = newswire(*command.split(), "--help")
    assert ended.code == 0
    assert f"Usage: newswire {command}".strip() in ended.out


def test_help_names_every_command(newswire):
    """None is hidden."""
    words = newswire("--help").out.split()
    assert [command for command in COMMANDS if command not in words] == []


WRONG = {
    "no such command": (["walk"], "No such command"),
    "no such option": (["run", "--fast"], "No such option"),
    "no such source": (["run", "nowhere"], "no source 'nowhere'; there are: desk"),
    "no such day": (["run", "--day", "2026-02-30"], "no such day: '2026-02-30'; say it as 2026-03-02"),
    "days backwards": (["load", "--from", "2026-03-03", "--to", "2026-03-02"], "--to 2026-03-02 is before --from"),
    "day and range": (
        ["fetch", "--day", "2026-03-02", "--from", "2026-03-01"],
        "say --day or --from and --to, not both",
    ),
    "no beginning": (["run", "--to", "2026-03-02"], "--to needs --from"),
    "nothing to extract": (["extract"], "say either files or --jsonl FILE"),
    "no such table": (["tables", "nothing"], "no table 'nothing'; there are: items, stories"),
}


@pytest.mark.parametrize(("arguments", "complaint"), WRONG.values(), ids=WRONG)
@pytest.mark.usefixtures("desk")
def test_wrong_use_ends_with_two(newswire, arguments, complaint):
    """And says what is allowed."""
    ended = newswire(*arguments)
    assert ended.code == 2
    assert complaint in ended.err
    assert "Traceback" not in ended.err


SETTINGS = {
    "not a number": ("NEWSWIRE_PART_ITEMS", "many", "setting part_items: Input should be a valid integer"),
    "too small": ("NEWSWIRE_LOCK_SECONDS", "0", "setting lock_seconds: Input should be greater than 0"),
    "no such folder": ("NEWSWIRE_SOURCES", "/nowhere", "no folder /nowhere: set NEWSWIRE_SOURCES"),
}


@pytest.mark.parametrize(("name", "value", "complaint"), SETTINGS.values(), ids=SETTINGS)
@pytest.mark.usefixtures("desk")
def test_a_wrong_setting_is_one_line(newswire, monkeypatch, name, value, complaint):
    """It names the setting."""
    monkeypatch.setenv(name, value)
    ended = newswire("run")
    assert (ended.code, ended.complaint[: len(complaint)]) == (2, complaint)


TOMLS = {
    "unknown key": (b"colour = 1", "setting colour: Extra inputs are not permitted"),
    "not TOML": (b"data = ", "newswire.toml: not TOML: "),
    "not UTF-8": (b"data = '\xff'", "newswire.toml: not TOML: "),
}


@pytest.mark.parametrize(("toml", "complaint"), TOMLS.values(), ids=TOMLS)
def test_a_wrong_settings_file_is_one_line(newswire, tmp_path, monkeypatch, toml, complaint):
    """It names the file or the setting."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newswire.toml").write_bytes(toml)
    ended = newswire("sources")
    assert (ended.code, ended.complaint[: len(complaint)]) == (2, complaint)


def test_settings_come_from_a_file_and_the_environment_wins(newswire, desk, monkeypatch, tmp_path):
    """An empty variable is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newswire.toml").write_text('data = "from_file"\nlake = "lake_from_file"\n')
    monkeypatch.delenv("NEWSWIRE_DATA")
    monkeypatch.setenv("NEWSWIRE_LAKE", str(desk.root / "lake"))
    monkeypatch.setenv("NEWSWIRE_DATABASE", "")
    assert newswire("run").code == 0
    assert (tmp_path / "from_file/newswire.duckdb").exists()
    assert (desk.root / "lake/items").exists()
    assert not (tmp_path / "lake_from_file").exists()


def test_run_takes_every_day_and_says_what_it_did(newswire, desk):
    """A table of the stages, the findings as sentences, where the database is; the second time, that all is known."""
    desk.put("2026-03-03/b.json", ninjs("b"))
    first = newswire("run")
    assert (first.code, first.err) == (0, "")
    assert [line.split() for line in first.out.splitlines() if line.startswith(" fetch")] == [
        ["fetch", "2", "2", "0", "0"]
    ]
    assert "Amina Diallo said: " in first.out
    assert str(desk.database) in first.out
    second = newswire("run")
    assert "All of it is known already: nothing was written." in second.out
    assert [line.split() for line in second.out.splitlines() if line.startswith(" load")] == [
        ["load", "2", "0", "2", "0"]
    ]


def test_run_finishes_what_the_wire_does_not_hold_any_more(newswire, desk):
    """Items that were fetched go on, though their files are gone."""
    assert newswire("fetch").code == 0
    (desk.folder / "2026-03-02/a.json").unlink()
    assert newswire("run").code == 0
    assert desk.ask("SELECT guid FROM stories") == [("a",)]


def test_the_stages_one_by_one_give_what_run_gives(newswire, desk):
    """Each does its own part of the road."""
    for stage in ("fetch", "normalize", "enrich", "load"):
        assert newswire(stage, "desk", "--from", "2026-03-01", "--to", "2026-03-03").code == 0
    assert desk.ask("SELECT stage, written FROM runs ORDER BY started_at") == [
        ("fetch", 1),
        ("normalize", 1),
        ("enrich", 1),
        ("load", 1),
    ]


def test_nothing_to_do_is_no_error(newswire, desk):
    """A source that has nothing for these days."""
    (desk.folder / "2026-03-02/a.json").unlink()
    ended = newswire("run")
    assert (ended.code, ended.out.splitlines()[0]) == (0, "Nothing to do: no source has anything for these days.")


def test_the_first_day_of_all_can_be_asked_for(newswire, desk):
    """No arithmetic on days goes over the edge."""
    desk.put("0001-01-01/b.json", ninjs("b"))
    assert newswire("run", "--day", "0001-01-01").code == 0
    assert newswire("run", "--day", "9999-12-31").code == 0


def test_a_batch_of_broken_files_ends_with_one_and_is_loaded(newswire, desk):
    """One line says which batch; its rejects are there to be asked, and other days are done."""
    desk.put("2026-03-03/b.json", "{")
    ended = newswire("run")
    assert (ended.code, ended.complaint) == (
        1,
        "desk 2026-03-03: all 1 items were rejected: see the table `rejects` for why",
    )
    assert desk.ask("SELECT reason FROM rejects") == [("not-json",)]
    assert desk.ask("SELECT guid FROM stories") == [("a",)]
    assert newswire("checks").code == 0


@pytest.mark.usefixtures("desk")
def test_verbose_adds_the_trace():
    """Without it an error is one line."""
    command = [sys.executable, "-m", "pipeline"]
    given = {"capture_output": True, "text": True, "check": False}
    plain = subprocess.run([*command, "sql", "SELECT 1"], **given)  # noqa: PLW1510
    verbose = subprocess.run([*command, "--verbose", "sql", "SELECT 1"], **given)  # noqa: PLW1510
    assert (plain.returncode, len(plain.stderr.splitlines()), "Traceback" in plain.stderr) == (1, 1, False)
    assert (verbose.returncode, "Traceback" in verbose.stderr) == (1, True)
    assert "run `newswire run` first" in plain.stderr


def test_sql_shows_rows_and_its_errors_are_one_line(newswire, desk):
    """A query that is wrong is wrong use; the database is opened for reading alone."""
    desk.take(MONDAY)
    shown = newswire("sql", "SELECT guid, fetched_at FROM stories JOIN items USING (source, item_id)")
    assert shown.code == 0
    assert [line.split() for line in shown.out.splitlines()[3:-1]] == [["a", "2026-03-04", "12:00:00+00:00"]]
    wrong = newswire("sql", "SELECT nothing FROM stories")
    assert (wrong.code, wrong.complaint[:14]) == (2, "Binder Error: ")
    late = newswire("sql", "SELECT 'x'::INTEGER FROM stories")
    assert (late.code, late.complaint[:18]) == (2, "Conversion Error: ")
    writing = newswire("sql", "DELETE FROM stories")
    assert (writing.code, "read-only" in writing.complaint) == (2, True)


def test_tables_shows_rows_and_columns(newswire, desk):
    """All tables with their rows, or one with its columns."""
    desk.take(MONDAY)
    rows = [line.split()[:2] for line in newswire("tables").out.splitlines()[3:-1]]
    assert ["stories", "1"] in rows
    assert [name for name, *_ in rows] == (
        "items stories mentions entities dates statements events participants quantities rejects runs loads".split()
    )
    assert "anchor_on" in newswire("tables", "stories").out


def test_sources_shows_each_with_its_last_day(newswire, desk):
    """Its title, where it is, and what the lake has of it."""
    desk.take(MONDAY)
    last = newswire("sources").out.split()
    assert [word for word in ("desk", "folder", "2026-03-02") if word not in last] == []


@pytest.mark.usefixtures("desk")
def test_a_broken_source_is_told_and_the_others_are_shown(newswire, newsroom):
    """Its TOML and what is wrong with it, in one line; `run` reads the others and ends with one."""
    newsroom.toml().joinpath("broken.toml").write_text("title = unquoted", "utf-8")
    shown = newswire("sources")
    assert shown.code == 1
    assert "desk" in shown.out
    assert "broken.toml: not TOML" in shown.err
    ran = newswire("run")
    assert (ran.code, "broken.toml: not TOML" in ran.err) == (1, True)
    checked = newswire("checks")
    assert (checked.code, "sources can be read: " in checked.err) == (1, True)
    assert newswire("run", "desk").code == 0


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('format = "newsml"\n[where]\nkind = "folder"\npath = "."\n', "other.toml: format: Input should be 'auto', "),
        ('encoding = "klingon"\n[where]\nkind = "folder"\npath = "."\n', "encoding: Value error, no encoding of text"),
        ('[where]\nkind = "folder"\npath = "nowhere"\n', "fetch other: no folder "),
        (
            '[where]\nkind = "feed"\nurl = "https://desk.invalid"\ncredential = {name = "desk"}\n',
            "no credential 'desk'",
        ),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_source_that_cannot_be_read_costs_itself_alone(newswire, newsroom, toml, complaint):
    """Whatever is wrong with it; the others are taken."""
    newsroom.toml().joinpath("other.toml").write_text(f'title = "Other"\n{toml}', "utf-8")
    ran = newswire("run")
    assert (ran.code, complaint in ran.complaint) == (1, True)
    assert len(newsroom.ask("FROM stories")) == 1


@pytest.mark.usefixtures("desk")
def test_a_source_that_cannot_be_read_is_told_once(newswire, newsroom):
    """However many days are asked for."""
    other = 'title = "Other"\n[where]\nkind = "folder"\npath = "nowhere"\n'
    newsroom.toml().joinpath("other.toml").write_text(other, "utf-8")
    ran = newswire("run", "--from", MONDAY, "--to", TUESDAY)
    assert (ran.code, ran.complaint.startswith("fetch other: no folder ")) == (1, True)
    assert len(newsroom.ask("FROM stories")) == 1


def test_checks_ends_with_one_when_a_rule_is_broken(newswire, desk):
    """It names the rule, how many rows break it, and the first of them."""
    desk.take(MONDAY)
    assert newswire("checks").code == 0
    with duckdb.connect(desk.database) as db:
        db.execute("DELETE FROM stories")
    ended = newswire("checks")
    assert ended.code == 1
    assert ended.err.splitlines()[0].startswith("newswire: accounted for: 1 rows, first ('desk', '")


def test_a_database_that_is_none_is_one_line(newswire, desk):
    """Whatever asks it."""
    desk.database.write_bytes(b"not a database, " * 300)
    for command in (["sql", "SELECT 1"], ["tables"], ["checks"]):
        ended = newswire(*command)
        assert (ended.code, ended.complaint[:12]) == (1, "cannot read ")


def test_a_database_without_our_tables_is_one_line(newswire, desk):
    """A file of DuckDB that the pipeline did not make."""
    duckdb.connect(desk.database).close()
    for command in (["tables"], ["checks"]):
        ended = newswire(*command)
        assert (ended.code, ended.complaint[:12]) == (1, "cannot read ")


def extracted(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


def jsonl(tmp_path, *lines):
    path = tmp_path / "stories.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def test_extract_keeps_ids_and_order(newswire, tmp_path):
    """Whatever kind the ids are; and each list is there, empty or not."""
    lines = [{"id": "z", "text": SPOKEN}, {"id": 7, "text": "", "published": None}, {"id": "a", "text": " \n"}]
    ended = newswire("extract", "--jsonl", jsonl(tmp_path, *lines))
    assert (ended.code, ended.err) == (0, "")
    found = extracted(ended)
    assert [each["id"] for each in found] == ["z", 7, "a"]
    assert list(found[1]) == ["id", "mentions", "entities", "dates", "statements", "events", "quantities"]
    assert [each for each in found[1:] if any(rows for name, rows in each.items() if name != "id")] == []


def test_extract_counts_offsets_in_code_points(newswire, tmp_path):
    """A character outside the basic plane is one, and the text is taken as it is."""
    text = f"\U0001f30d  {SPOKEN}\r\n\r\nIn \U00020000 Kenya, police arrested 12 protesters."
    (found,) = extracted(newswire("extract", "--jsonl", jsonl(tmp_path, {"id": "a", "text": text})))
    spans = [
        (row["start_char"], row["end_char"], row["text"])
        for name in ("mentions", "dates", "events")
        for row in found[name]
    ]
    assert spans
    assert [span for span in spans if text[span[0] : span[1]] != span[2]] == []
    (statement,) = found["statements"]
    (quote,) = statement["quotes"]
    assert text[quote["start_char"] : quote["end_char"]] == '"We will go on,"'


def test_extract_counts_relative_days_from_published(newswire, tmp_path):
    """A line may say when it was published."""
    line = {"id": "a", "text": "Police arrested 12 protesters in Kenya on Monday.", "published": "2026-03-04"}
    (found,) = extracted(newswire("extract", "--jsonl", jsonl(tmp_path, line)))
    assert {each["first_on"] for each in found["dates"]} <= {"2026-03-02"}


BROKEN = [
    b"{",
    b"\xff\xfe",
    b"[]",
    b'{"id": 1}',
    b'{"id": 1, "text": 5}',
    b'{"id": 1, "text": null}',
    b'{"id": 1, "text": "a", "published": "yesterday"}',
    b'{"id": 1, "text": "a", "published": 5}',
    b'{"id": 1, "text": "\\ud800"}',
]


@pytest.mark.parametrize("broken", BROKEN, ids=[line.decode("latin-1") for line in BROKEN])
def test_extract_names_a_broken_line_and_does_the_others(newswire, tmp_path, broken):
    """One line on standard error, and the end is one."""
    path = jsonl(tmp_path, {"id": "a", "text": SPOKEN}, broken, {"id": "b", "text": SPOKEN})
    ended = newswire("extract", "--jsonl", path)
    assert ended.code == 1
    assert ended.complaint.startswith(f"{path}, line 2: not ")
    assert [each["id"] for each in extracted(ended)] == ["a", "b"]


def test_extract_reads_standard_input(newswire, monkeypatch):
    """As `-`."""
    lines = io.TextIOWrapper(io.BytesIO(json.dumps({"id": "ü", "text": "Zürich"}, ensure_ascii=False).encode()))
    monkeypatch.setattr(sys, "stdin", lines)
    assert [each["id"] for each in extracted(newswire("extract", "--jsonl", "-"))] == ["ü"]


def test_extract_reads_files_in_any_format(newswire, tmp_path):
    """With the text that the offsets count in; one broken item stops neither its delivery nor the next file."""
    (tmp_path / "a.txt").write_text(SPOKEN)
    (tmp_path / "b.json").write_text(f'[{ninjs("a", SPOKEN)}, {{"uri": 1}}, {ninjs("b", "Talks went on.")}]')
    ended = newswire("extract", tmp_path / "nowhere.txt", tmp_path / "b.json", tmp_path / "a.txt", tmp_path)
    assert ended.code == 1
    assert [each["id"] for each in extracted(ended)] == [
        f"{tmp_path}/b.json#1",
        f"{tmp_path}/b.json#3",
        f"{tmp_path}/a.txt",
    ]
    assert [each["text"] for each in extracted(ended)] == [SPOKEN, "Talks went on.", SPOKEN]
    assert [line.split(":")[1] for line in ended.err.splitlines()] == [
        f" cannot read {tmp_path}/nowhere.txt",
        f" {tmp_path}/b.json",
        f" cannot read {tmp_path}",
    ]


@pytest.fixture(autouse=True)
def _no_log_of_other_tests():
    logging.getLogger().handlers = [h for h in logging.getLogger().handlers if type(h) is not logging.StreamHandler]
