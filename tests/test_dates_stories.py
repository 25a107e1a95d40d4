"""Whole stories with every temporal expression marked, in dates/stories.txt: what a story settles, not a sentence."""

import re
from datetime import date
from pathlib import Path

import pytest
from dating import rows

MARK = re.compile(r"\[([^]|]+)\|([^]]+)\]")
STORIES = [
    part.split("\n", 1)
    for part in re.split(r"(?m)^## ", (Path(__file__).parent / "dates" / "stories.txt").read_text("utf-8"))[1:]
]


@pytest.mark.parametrize(("anchor_on", "marked"), STORIES, ids=[marked[:40] for _, marked in STORIES])
def test_a_story_gives_the_rows_that_are_marked_in_it_and_no_other(anchor_on, marked):
    """Words, type where the value leaves it open, value and modifier, in their places."""
    text = MARK.sub(r"\1", marked.strip())
    assert mark(text, rows(text, date.fromisoformat(anchor_on))) == marked.strip()


def mark(text, found):
    out, place = "", 0
    for row in found:
        kind = "SET " if row.type == "SET" else ""
        meaning = f"{kind}{row.value} {row.mod or ''}".strip()
        out += f"{text[place : row.start_char]}[{row.text}|{meaning}]"
        place = row.end_char
    return out + text[place:]
