"""What the tests of dates share: a story around a text, and the rows that it gives."""

from datetime import date

from pipeline.extractors.dates import find_dates
from pipeline.tables import Story
from pipeline.text import parse

WEDNESDAY = date(2026, 1, 21)
MARKS = "14:30 '80s 1990s 21st 0th 1,000 3.5 said will people , . - – ( ) / $ % \" “ ” `` '' 's"
NUMBERS = "0 1 7 21 31 69 1500 2018 99999 2026-02-30 3/4/2026"


def story(text, anchor_on=WEDNESDAY):
    return Story(
        item_id="0" * 64,
        story_id="wire:1",
        guid="1",
        version=None,
        status="usable",
        signal="original",
        agency=None,
        credits=[],
        headline=None,
        slugline=None,
        byline=None,
        dateline_place=None,
        dateline_on=None,
        text=text,
        language="en",
        published_at=None,
        embargoed_until=None,
        anchor_on=anchor_on,
        anchor_basis="dateline",
        subjects=[],
        urgency=None,
        ed_note=None,
        text_hash="",
        near_hash="",
    )


def rows(text, anchor_on=WEDNESDAY, day_first=None):
    (document,) = parse([story(text, anchor_on)])
    return list(find_dates(document, day_first=day_first))


def values(text, anchor_on=WEDNESDAY):
    return [(row.text, row.value) for row in rows(text, anchor_on)]


def one(text, anchor_on=WEDNESDAY, day_first=None):
    (row,) = rows(text, anchor_on, day_first)
    return row
