"""Golden files: a delivery, and beside it the rows that it must become.

    golden/<format>/<case>.<suffix>        what the wire sends; the folder is the format's name with
                                           underscores: newsml_1_2 for newsml-1.2
    golden/<format>/<case>.expected.json   one entry an item, in order: the story's columns, or the
                                           reject's reason and message; its text as paragraphs
    golden/<format>/<case>.source.toml     settings of the source, where a case needs some:
                                           timezone, language, encoding, day_first

To add a case, drop the delivery in and run `make regold`, which writes what the formats give now;
then read the new file line by line: the diff is the review.
"""

import json
import re
import tomllib
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest

from pipeline.errors import Rejected
from pipeline.formats import FORMATS, format_of
from pipeline.sources import Folder, FormatName, Source
from pipeline.tables import Item

GOLDEN = Path(__file__).parent / "golden"
BESIDE = (".expected.json", ".source.toml", ".md")
CASES = sorted(path for path in GOLDEN.glob("*/*") if not path.name.endswith(BESIDE))
NAMES = {re.sub(r"\W", "_", name): name for name in FORMATS}
HASHES = {"item_id", "text_hash", "near_hash"}  # they follow from the rest


def each_case():
    return pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")


@each_case()
def test_a_delivery_becomes_the_rows_beside_it(path, pytestconfig):
    """The same bytes and settings always give the same rows."""
    expected = path.with_suffix(".expected.json")
    found = json.dumps(outcomes(path), ensure_ascii=False, indent=1) + "\n"
    if pytestconfig.getoption("regold"):
        expected.write_text(found, "utf-8")
    assert json.loads(found) == json.loads(expected.read_text("utf-8"))


@each_case()
def test_its_format_is_found_by_looking(path):
    """`auto` takes a delivery, and every item in it, for what it is."""
    body = path.read_bytes()
    name = NAMES[path.parent.name]
    auto = source_of(path).model_copy(update={"format": "auto"})
    assert [format_of(auto, each) for each in [body, *bodies(FORMATS[name], body)]].count(FORMATS[name]) > 1


def test_no_expectation_is_left_alone():
    """Every expected file and every source file has its delivery."""
    stems = {path.with_suffix("") for path in CASES}
    beside = [path for path in GOLDEN.glob("*/*") if path.name.endswith(BESIDE[:2])]
    assert not [path.name for path in beside if path.with_suffix("").with_suffix("") not in stems]


def outcomes(path):
    """What becomes of each item in a delivery."""
    source = source_of(path)
    format_ = FORMATS[source.format]
    facts = {
        "source": source.name,
        "day": date(2026, 3, 4),
        "url": path.name,
        "fetched_at": datetime(2026, 3, 4, 12, tzinfo=UTC),
    }
    return [outcome(format_, Item.of(body, **facts), source) for body in bodies(format_, path.read_bytes())]


def bodies(format_, delivery):
    try:
        return list(format_.split(delivery))
    except Rejected:
        return [delivery]


def outcome(format_, item, source):
    try:
        story = format_.read(item, source)
    except Rejected as error:
        return {"reason": error.reason, "message": str(error)}
    row = {name: value for name, value in asdict(story).items() if name not in HASHES}
    row["text"] = story.text.split("\n\n")
    return json.loads(json.dumps(row, default=lambda value: value.isoformat(), ensure_ascii=False))


def source_of(path):
    beside = path.with_suffix(".source.toml")
    settings = tomllib.loads(beside.read_text("utf-8")) if beside.exists() else {}
    where = Folder(kind="folder", path=".")
    return Source(name="desk", title="Golden files", where=where, format=NAMES[path.parent.name], **settings)


def test_a_source_may_name_every_format():
    """And no other."""
    assert {"auto", *FORMATS} == set(get_args(FormatName))
