"""Sentences that tempt a date finder, in dates/traps.tsv: ambiguous, counted from elsewhere, or no time at all."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from dating import MARKS, NUMBERS, WEDNESDAY, one, rows, story, values
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extractors.dates import find_dates
from pipeline.extractors.dates.finder import grammar
from pipeline.extractors.dates.lexer import lex
from pipeline.extractors.dates.words import entries
from pipeline.formats.words import months, weekdays
from pipeline.text import parse

TRAPS = [
    line.split("\t")
    for line in (Path(__file__).parent / "dates" / "traps.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("anchor_on", "text", "expected"), TRAPS, ids=[text for _, text, _ in TRAPS])
def test_a_sentence_gives_these_rows_and_no_other(anchor_on, text, expected):
    """Words, type, value and modifier, counted from the day beside it."""
    found = rows(text, date.fromisoformat(anchor_on))
    told = [f"{row.text} = {row.type} {row.value} {row.mod or ''}".strip() for row in found]
    assert told == [each for each in expected.split(" | ") if each]


def test_no_sentence_comes_twice():
    """The table has an entry a line."""
    assert max(Counter((anchor_on, text) for anchor_on, text, _ in TRAPS).values()) == 1


@pytest.mark.parametrize(
    ("language", "value", "other", "days"),
    [
        ("en-US", "2026-07-08", None, (date(2026, 7, 8), date(2026, 7, 9))),
        ("en-GB", "2026-08-07", None, (date(2026, 8, 7), date(2026, 8, 8))),
        ("en-IN", "2026-08-07", None, (date(2026, 8, 7), date(2026, 8, 8))),
        ("en-PH", "2026-07-08", None, (date(2026, 7, 8), date(2026, 7, 9))),
        ("en", "2026-07-08", "2026-08-07", (date(2026, 7, 1), date(2026, 10, 1))),
    ],
)
def test_the_custom_of_the_sources_region_reads_a_numeric_date(language, value, other, days):
    """7/8/2026 is in July or August; where no region is told both stand, and their quarter is sure."""
    (document,) = parse([replace(story("Filed on 7/8/2026."), language=language)])
    (row,) = find_dates(document)
    assert (row.value, row.other_value, (row.first_on, row.end_on)) == (value, other, days)


@pytest.mark.parametrize(
    ("text", "anchor_on", "days"),
    [
        ("The fort fell last winter.", date(2026, 1, 21), (date(2024, 12, 1), date(2025, 3, 1))),
        ("The fort fell this winter.", date(2026, 1, 21), (date(2025, 12, 1), date(2026, 3, 1))),
        ("The fort fell last week.", date(2026, 1, 2), (date(2025, 12, 22), date(2025, 12, 29))),
        ("The fort fell last quarter.", date(2026, 1, 2), (date(2025, 10, 1), date(2026, 1, 1))),
        ("The fort fell in the late 1990s.", date(2026, 1, 2), (date(1990, 1, 1), date(2000, 1, 1))),
        ("The fort fell in the 16th century.", date(2026, 1, 2), (date(1500, 1, 1), date(1600, 1, 1))),
        ("The fort fell in H2 2025.", date(2026, 1, 2), (date(2025, 7, 1), date(2026, 1, 1))),
        ("The fort fell in 2025-W52.", date(2026, 1, 2), (date(2025, 12, 22), date(2025, 12, 29))),
        ("The fort fell in the June quarter.", date(2026, 1, 2), (date(2025, 4, 1), date(2025, 7, 1))),
        ("The fort fell at 0100 GMT.", date(2026, 1, 2), (date(2026, 1, 2), date(2026, 1, 3))),
        ("Guns fired in the past 48 hours.", date(2026, 1, 2), None),
        ("Guns fired in the past two weeks.", date(2026, 1, 2), (date(2025, 12, 19), date(2026, 1, 2))),
        ("Guns will be silent for the next two weeks.", date(2026, 1, 2), (date(2026, 1, 2), date(2026, 1, 16))),
    ],
)
def test_the_days_of_what_crosses_a_year_or_counts_from_today(text, anchor_on, days):
    """Half-open: the end is the day after the last."""
    row = one(text, anchor_on)
    assert (row.first_on, row.end_on) == (days or (None, None))


@pytest.mark.parametrize("name", ["months", "weekdays"])
def test_english_names_are_those_that_the_formats_know(name):
    """The lists of two rooms tell the same facts: every name of ours is in that of all languages."""
    if name == "months":
        known = {entry.lower(): int(value) for entry, value in entries("months.txt")}
        assert known.items() <= months().items()
    else:
        assert {entry.lower() for entry, _ in entries("weekdays.txt")} - {"thur", "thurs", "tues"} <= weekdays()


NAMES = st.sampled_from(["Amina Diallo", "Park Ji-woo", "the ministry", "Ana Souza", "Fiji", "the union"])
PAST = st.sampled_from(["resigned", "left Suva", "was freed", "signed the accord"])
WEEKDAYS = st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
ANCHORS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@settings(max_examples=40, deadline=None)
@given(NAMES, PAST, WEEKDAYS, ANCHORS)
def test_what_was_done_on_a_weekday_was_done_in_the_seven_days_up_to_the_storys(name, past, weekday, anchor_on):
    """Today included, and on that weekday."""
    row = one(f"{name[0].upper()}{name[1:]} {past} on {weekday}.", anchor_on)
    assert row.first_on.strftime("%A") == weekday
    assert timedelta(0) <= anchor_on - row.first_on < timedelta(7)


@settings(max_examples=40, deadline=None)
@given(NAMES, WEEKDAYS, ANCHORS)
def test_what_will_be_done_on_a_weekday_will_be_done_within_seven_days(name, weekday, anchor_on):
    """Today included, and on that weekday."""
    row = one(f"{name[0].upper()}{name[1:]} will meet envoys on {weekday}.", anchor_on)
    assert row.first_on.strftime("%A") == weekday
    assert timedelta(0) <= row.first_on - anchor_on < timedelta(7)


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 400), st.integers(0, 3000))
def test_days_later_count_from_the_date_before_whatever_the_storys_day(told_on, count, after):
    """`N days later` is N days after the date told in full."""
    text = f"The bridge fell on {told_on:%B} {told_on.day}, {told_on.year}. {count} days later it was rebuilt."
    assert rows(text, told_on + timedelta(after))[-1].first_on == told_on + timedelta(count)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([text for _, text, _ in TRAPS]), st.dates(), st.sampled_from(["", '"', "\n\n", "On Monday, "]))
def test_no_trap_raises_on_any_day(text, anchor_on, before):
    """From the first to the last day of the calendar, quoted or cut."""
    whole = before + text + before
    for row in rows(whole, anchor_on):
        assert whole[row.start_char : row.end_char] == row.text
        assert row.first_on is None or row.first_on < row.end_on


WORDS = st.sampled_from([*sorted(grammar().lexicon.capital), *MARKS.split(), *NUMBERS.split()])


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_a_rule_that_is_not_scanned_would_not_have_matched(text):
    """What a rule needs is read off its pattern, so that leaving it out changes no row."""
    lexed = lex(text, grammar().lexicon)
    skipped = [rule for rule in grammar().rules if not rule.may_match(set(lexed.letters))]
    assert [rule.name for rule in skipped if rule.pattern.search(lexed.letters)] == []


def test_a_story_told_by_a_speaker_is_counted_from_the_day_of_speech():
    """Each quotation has its own day, where its paragraph tells one."""
    text = (
        '"Yesterday we lost two men," Colonel Osei told reporters in Tamale on Saturday.\n\n'
        '"Tomorrow we march," General Park said on Tuesday.\n\n'
        '"Today we mourn," the mayor said.'
    )
    assert values(text, WEDNESDAY) == [
        ("Yesterday", "2026-01-16"),
        ("Saturday", "2026-01-17"),
        ("Tomorrow", "2026-01-21"),
        ("Tuesday", "2026-01-20"),
        ("Today", "2026-01-21"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It was hell," Fatima said on Friday. "Tomorrow we leave," she added.', "2026-01-17"),
        ('In a Jan. 5 speech, he said: "Tomorrow we march."', "2026-01-06"),
        ('On Sunday, Lula told TV Globo that "tomorrow is a new day".', "2026-01-19"),
        ('He said at a news conference on Sunday that he would resign "tomorrow".', "2026-01-19"),
        ('"Tomorrow we fly," said Moussa Traore, who fled to Mopti on Friday.', "2026-01-22"),
        ('"We sail soon," she said on Friday.\n\n"Tomorrow we fly," he said.', "2026-01-22"),
    ],
)
def test_a_speakers_tomorrow(text, expected):
    """Counted from the day of speech where the paragraph tells it, also for what the speaker says on."""
    assert [row.value for row in rows(text) if row.text.lower() == "tomorrow"] == [expected]
