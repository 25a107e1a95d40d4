"""What the dates room says of sentences: values, intervals, and what is no date."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from dating import MARKS, NUMBERS, WEDNESDAY, one, rows, story, values
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extractors.dates import find_dates
from pipeline.extractors.dates.cells import Cell, cell
from pipeline.extractors.dates.finder import grammar, meanings
from pipeline.extractors.dates.values import At, Length, read_value
from pipeline.text import parse

SEED = Path(__file__).parent.parent.parent / "shared" / "seed"


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("The header says 2025-11-03 in full.", "2025-11-03", "2025-11-03"),
        ("It was sent at 2025-11-03T06:45:00Z exactly.", "2025-11-03T06:45:00Z", "2025-11-03T06:45:00Z"),
        ("OSLO, Jan 20 (Wire) Snow fell.", "Jan 20", "2026-01-20"),
        ("The bridge opened on 4 October 2019.", "4 October 2019", "2019-10-04"),
        ("The bridge opened on October 4th, 2019.", "October 4th, 2019", "2019-10-04"),
        ("It opened on Friday, October 4, 2019.", "Friday, October 4, 2019", "2019-10-04"),
        ("Tolls rose in October 2019.", "October 2019", "2019-10"),
        ("Tolls rose in 2019.", "2019", "2019"),
        ("Ferries ran in the 1970s.", "the 1970s", "197"),
        ("Ferries ran in the late '70s.", "the late '70s", "197"),
        ("Ferries ran in the 18th century.", "the 18th century", "17"),
        ("Cargo fell in Q2 2024.", "Q2 2024", "2024-Q2"),
        ("Cargo fell in the third quarter of 2024.", "the third quarter of 2024", "2024-Q3"),
        ("Cargo fell in the first half of 2024.", "the first half of 2024", "2024-H1"),
        ("Cargo fell in fiscal 2024.", "fiscal 2024", "2024"),
        ("The port closes in week 7.", "week 7", "2026-W07"),
        ("Gates open at 06:45 UTC.", "06:45 UTC", "2026-01-21T06:45Z"),
        ("Gates open at 7:30 p.m.", "7:30 p.m.", "2026-01-21T19:30"),
        ("The storm hit in spring 2023.", "spring 2023", "2023-SP"),
        ("The storm hit on Christmas Day 2023.", "Christmas Day 2023", "2023-12-25"),
        ("The storm hit on Easter Monday 2023.", "Easter Monday 2023", "2023-04-10"),
        ("The fort fell in 212 BC.", "212 BC", "BC0212"),
    ],
)
def test_a_date_told_in_full_is_that_date(text, found, value):
    """What the text states needs no day to be counted from."""
    assert values(text) == [(found, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fair runs Mar. 6-9.", [("Mar. 6", "2026-03-06"), ("9", "2026-03-09")]),
        ("The fair ran 6-9 March 2025.", [("6", "2025-03-06"), ("9 March 2025", "2025-03-09")]),
        ("Tests ran from April to July.", [("April", "2025-04"), ("July", "2025-07")]),
        ("Tests ran between 2011 and 2013.", [("2011", "2011"), ("2013", "2013")]),
        ("The 2017/18 budget passed.", [("2017", "2017"), ("18", "2018")]),
        ("Shops opened in May and June 2025.", [("May", "2025-05"), ("June 2025", "2025-06")]),
        ("They will meet from Monday to Thursday.", [("Monday", "2026-01-26"), ("Thursday", "2026-01-29")]),
        ("It is open between 9 and 11 a.m.", [("9", "2026-01-21T09:00"), ("11 a.m.", "2026-01-21T11:00")]),
    ],
)
def test_a_range_is_two_dates(text, expected):
    """Each end of a range is a date of its own, and the ends share what only one of them tells."""
    assert values(text) == expected


def test_a_numeric_date_is_read_by_the_custom_of_its_source():
    """Where the source writes the day first, 5/6 is in June; where it does not, in May."""
    assert one("Filed on 5/6/2025.", day_first=True).value == "2025-06-05"
    assert one("Filed on 5/6/2025.", day_first=False).value == "2025-05-06"


def test_an_ambiguous_numeric_date_keeps_both_readings():
    """No day is invented: the interval is the smallest unit that holds both."""
    row = one("Filed on 5/6/2025.")
    assert (row.value, row.other_value, row.precision) == ("2025-05-06", "2025-06-05", "quarter")
    assert (row.first_on, row.end_on) == (date(2025, 4, 1), date(2025, 7, 1))


def test_a_languages_region_tells_the_custom_where_the_source_does_not():
    """British English puts the day first."""
    (document,) = parse([replace(story("Filed on 5/6/2025."), language="en-GB")])
    assert [row.value for row in find_dates(document)] == ["2025-06-05"]


def test_a_numeric_date_with_one_possible_reading_has_no_other():
    """There is no month 25."""
    row = one("Filed on 25/6/2025.")
    assert (row.value, row.other_value, row.precision) == ("2025-06-25", None, "day")


@pytest.mark.parametrize("text", ["Filed on 31/02/2025.", "Filed on 2025-02-30.", "Filed on February 30, 2025."])
def test_a_day_that_the_calendar_lacks_is_never_made(text):
    """A wrong date gives at most its sure part."""
    assert all(row.precision != "day" for row in rows(text))


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("Rescuers said on Wednesday that all were safe.", "Wednesday", "2026-01-21"),
        ("The mayor resigned on Thursday.", "Thursday", "2026-01-15"),
        ("The council will vote on Thursday.", "Thursday", "2026-01-22"),
        ("The mayor resigned last Monday.", "last Monday", "2026-01-19"),
        ("The mayor returns next Monday.", "next Monday", "2026-01-26"),
        ("The trial opens a week from Friday.", "a week from Friday", "2026-01-30"),
        ("The trial opens today.", "today", "2026-01-21"),
        ("The trial opens tonight.", "tonight", "2026-01-21TNI"),
        ("The trial opened yesterday morning.", "yesterday morning", "2026-01-20TMO"),
        ("The dam broke earlier this month.", "earlier this month", "2026-01"),
        ("The dam broke three years ago.", "three years ago", "2023"),
        ("The dam broke four days ago.", "four days ago", "2026-01-17"),
        ("The dam broke last winter.", "last winter", "2024-WI"),
        ("The dam broke last year.", "last year", "2025"),
        ("The dam reopens next week.", "next week", "2026-W05"),
        ("The dam broke in November.", "November", "2025-11"),
        ("The dam will reopen in November.", "November", "2026-11"),
        ("The dam broke on Nov. 9.", "Nov. 9", "2025-11-09"),
        ("The dam broke last August.", "last August", "2025-08"),
        ("The dam broke over the weekend.", "the weekend", "2026-W03-WE"),
        ("The dam broke last night.", "last night", "2026-01-20TNI"),
        ("The dam broke last Thanksgiving.", "last Thanksgiving", "2025-11-27"),
        ("They spoke by phone for the new year.", "the new year", "2026"),
        ("It is due on the first Tuesday of March.", "the first Tuesday of March", "2026-03-03"),
        ("Oil for March delivery rose.", "March", "2026-03"),
        ("The August raid killed two.", "August", "2025-08"),
        ("He is due in court on the 14th.", "the 14th", "2026-02-14"),
    ],
)
def test_an_open_date_is_counted_from_the_storys_day(text, found, value):
    """The story's day is a Wednesday, 21 January 2026."""
    assert values(text) == [(found, value)]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("The treaty was signed on May 9, 2017. The following week it was shelved.", "The following week", "2017-W20"),
        ("The treaty was signed on May 9, 2017. Two days later it was shelved.", "Two days later", "2017-05-11"),
        ("The treaty was signed on May 9, 2017. A year earlier few had hoped.", "A year earlier", "2016"),
        ("The treaty was signed on May 9, 2017. On the same day he left.", "the same day", "2017-05-09"),
        ("The treaty was signed on May 9, 2017. It was shelved in June of that year.", "June of that year", "2017-06"),
        ("The treaty was signed on May 9, 2017. The next day he left.", "The next day", "2017-05-10"),
        ("The treaty was signed in May 2017. The previous month he had refused.", "The previous month", "2017-04"),
        ("The treaty was signed in May 2017 and drafted the previous June.", "the previous June", "2016-06"),
        ("Elected in 2017, he resigned on Jan. 1 of the following year.", "Jan. 1 of the following year", "2018-01-01"),
    ],
)
def test_a_date_is_counted_from_the_one_before_it(text, found, value):
    """What comes later or earlier does so from the date that the text told last, and says so."""
    row = rows(text)[-1]
    assert (row.text, row.value, row.basis) == (found, value, "text")


def test_a_day_and_its_year_are_joined_across_words():
    """A day named apart from its year has that year, also where the name comes back."""
    text = "The April 27 border accord signed in 2018 is void. Aides called the April 27 border accord dead."
    assert values(text) == [("April 27", "2018-04-27"), ("2018", "2018"), ("April 27", "2018-04-27")]


@pytest.mark.parametrize(
    ("text", "found", "value", "quant", "freq"),
    [
        ("The siege lasted five months.", "five months", "P5M", None, None),
        ("The siege lasted 2 1/2 hours.", "2 1/2 hours", "PT2H30M", None, None),
        ("The siege lasted half a century.", "half a century", "P50Y", None, None),
        ("A ten-day siege began.", "ten-day", "P10D", None, None),
        ("The truce is to last 60 days.", "60 days", "P60D", None, None),
        ("The council sits five days a week.", "five days a week", "P1W", "EACH", "5D"),
        ("The siege lasted for weeks.", "weeks", "PXW", None, None),
        ("Buses run every Sunday.", "every Sunday", "XXXX-WXX-7", "EVERY", None),
        ("The board meets twice a month.", "twice a month", "P1M", "EACH", "2X"),
        ("The board meets every three years.", "every three years", "P3Y", "EVERY", None),
        ("The board meets on Tuesdays.", "Tuesdays", "XXXX-WXX-2", None, None),
        ("The yard builds 15 to 25 boats a year.", "a year", "P1Y", "EACH", None),
        ("Tuition is $40 per month.", "per month", "P1M", "EACH", None),
    ],
)
def test_durations_and_sets_have_their_quantity_and_frequency(text, found, value, quant, freq):
    """A duration has no days of its own, and a rate is a set, no date."""
    row = one(text)
    assert (row.text, row.value, row.quant, row.freq, row.first_on) == (found, value, quant, freq, None)


def test_a_duration_counted_from_today_has_days():
    """`the past decade` is a length, and the ten years up to the story's day."""
    row = one("Fleets doubled in the past decade.")
    assert (row.type, row.value, row.first_on, row.end_on) == ("DURATION", "P10Y", date(2016, 1, 21), WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A ruling is expected soon.", "FUTURE_REF"),
        ("The rules were eased recently.", "PAST_REF"),
        ("The rules are now easier.", "PRESENT_REF"),
        ("Costs will fall in the long term.", "FUTURE_REF"),
        ("Such rules belong to the past.", "PAST_REF"),
    ],
)
def test_vague_words_point_without_a_day(text, value):
    """A reference has a direction, no interval and no precision."""
    row = one(text)
    assert (row.value, row.first_on, row.precision, row.basis) == (value, None, None, "none")


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It began in early May 2025.", "START"),
        ("It began in mid-2025.", "MID"),
        ("It began at the end of 2025.", "END"),
        ("It began around 2015.", "APPROX"),
        ("It began more than a decade ago.", "BEFORE"),
        ("It began less than a year ago.", "AFTER"),
        ("It took nearly two years.", "LESS_THAN"),
        ("It took more than two years.", "MORE_THAN"),
        ("It took at least two years.", "EQUAL_OR_MORE"),
        ("It took up to two years.", "EQUAL_OR_LESS"),
    ],
)
def test_modifiers(text, mod):
    """Words that narrow or widen are the modifier; the value stays that of the unit."""
    assert one(text).mod == mod


@pytest.mark.parametrize(
    "text",
    [
        "She is 34 years old and he is a 6-year-old.",
        "They won 4-1 and lost 88-79.",
        "It costs $1,998, or $2020 with tax.",
        "Flight 1812 left Gate 1999; see page 2001.",
        "Theresa May spoke, and May won.",
        "They may stay. We march on. A march was held.",
        "He finished second, in the second group.",
        "About 2,018 people came, and 2018 people left.",
        "A Boeing 737 landed.",
        "Resolution 1701 and Resolution 2018 were cited.",
        "The Daily Star and the Sunday Times reported it.",
        "He asked at once, and no longer waits.",
        "A three-stage plan has a sharp chill.",
        "I am the next speaker, the last one.",
        "Leaves fall as waters spring up.",
        "Room 2010 on Highway 1999.",
        "Shares closed at 2018, and 555-2018 is her number.",
        "It was the third raid in as many days.",
        "She ran it in 2:03:05, and three quarters of the field gave up.",
        "The Thirty Years' War and the Good Friday agreement.",
        "At the end of the day, it was a last-minute call.",
    ],
)
def test_what_only_looks_like_time_is_none(text):
    """Ages, scores, prices, numbers of things, names and verbs give no row."""
    assert values(text) == []


def test_a_speakers_today_is_the_day_it_was_said():
    """Where the paragraph tells on which day a quotation was said, its `tomorrow` is counted from that day."""
    assert values('"We sail tomorrow," the captain told reporters on Monday.') == [
        ("tomorrow", "2026-01-20"),
        ("Monday", "2026-01-19"),
    ]
    assert values('On Monday, the captain said: "We sail tomorrow."')[-1] == ("tomorrow", "2026-01-20")


def test_a_speakers_today_is_the_storys_where_no_day_is_told():
    """A day that belongs to another verb is not the day of speech."""
    text = '"We sail tomorrow," said the captain, who was freed on Monday.'
    assert values(text)[0] == ("tomorrow", "2026-01-22")


def test_a_date_inside_quotation_marks_says_so():
    """Straight and curly marks, closed at the latest with the paragraph."""
    text = '“We left in 1998,” he said in 2004.\n\n"Nothing since 2006.\n\nThat was 2008.'
    assert [(row.text, row.in_quote) for row in rows(text)] == [
        ("1998", True),
        ("2004", False),
        ("2006", True),
        ("2008", False),
    ]


def test_history_is_read_in_its_own_time():
    """In a text of years long past, a bare month is the one after the date told last, not the story's."""
    text = (
        "In 1861 the port fell. In 1862 the fort fell. By May 1863 the river was closed. "
        "In 1864 the siege began, and in March 1865 it ended. In April the last troops left."
    )
    assert values(text)[-1] == ("April", "1865-04")


def test_a_time_of_day_is_on_the_day_told_beside_it():
    """Before it, after it, or past a second clock time in parentheses."""
    assert one("It struck at 9 p.m. Sunday.").value == "2026-01-18T21:00"
    found = values("It struck at 3:12 a.m. local time (1912 GMT) on Tuesday.")
    assert [value for _, value in found] == ["2026-01-20T03:12", "2026-01-20T19:12Z", "2026-01-20"]


def test_the_header_and_dateline_are_dates_too():
    """A stamp in ISO form and a dateline without its year."""
    text = "date 2026-01-20 MENAFN - IANS) Oslo, Jan 21 (IANS) Snow fell on Wednesday."
    assert [value for _, value in values(text)] == ["2026-01-20", "2026-01-21", "2026-01-21"]


@pytest.mark.skipif(not SEED.exists(), reason="needs the shared material")
def test_the_first_story_in_full():
    """All eleven dates with type, value and interval, and none of what is no date."""
    expected = json.loads((SEED / "expected.json").read_text("utf-8"))
    text = next(SEED.glob("*.txt")).read_text("utf-8")
    found = [
        (
            row.start_char,
            row.end_char,
            row.type,
            row.value,
            [day and day.isoformat() for day in (row.first_on, row.end_on)],
        )
        for row in rows(text)
    ]
    assert found == [(t["start"], t["end"], t["type"], t["value"], t["interval"]) for t in expected["timex3"]]


def test_every_rule_names_a_meaning_and_no_name_comes_twice():
    """A wrong value leads to the rule that made it."""
    names = [rule.name for rule in grammar().rules]
    assert len(names) == len(set(names))
    assert {rule.meaning for rule in grammar().rules} - {"nothing"} == set(meanings())


UNITS = ("century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day")
CELLS = st.builds(cell, st.sampled_from(UNITS), st.dates(date(101, 1, 1), date(9000, 1, 1)))
TIMES = st.builds(
    At,
    st.builds(cell, st.just("day"), st.dates()),
    st.none(),
    st.times().map(lambda time: f"{time:%H:%M}"),
    st.sampled_from([None, "Z", "+05:30", "-08:00"]),
)
LENGTHS = st.builds(
    lambda count, unit: Length(((count, unit),)),
    st.one_of(st.none(), st.integers(1, 400).map(float)),
    st.sampled_from(["Y", "Q", "M", "W", "D", "H", "MIN", "S", "DE", "CE"]),
)


@given(st.one_of(CELLS.map(At), TIMES, LENGTHS))
def test_every_value_round_trips_to_its_interval(value):
    """The string says all that the interval is rendered from."""
    assert read_value(str(value)) == value
    assert read_value(str(value)).days == value.days


@given(CELLS, st.integers(-50, 50))
def test_cells_cut_the_calendar_without_gaps(one_cell, count):
    """The next cell begins where one ends, and going there and back again changes nothing."""
    assert one_cell + count + -count == one_cell
    if one_cell.unit != "weekend":
        assert one_cell.days[1] == (one_cell + 1).days[0]


def test_years_before_the_common_era_have_a_value_and_no_days():
    """BC 1 is the year before 1."""
    assert (str(Cell("year", 0)), Cell("year", 0).days, str(Cell("year", -479))) == ("BC0001", None, "BC0480")


@given(
    st.sampled_from(
        ["today", "yesterday", "tomorrow", "tonight", "last night", "five days ago", "the day after tomorrow"]
    ),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(-4000, 4000),
)
def test_shifting_the_storys_day_shifts_what_is_counted_from_it(text, anchor_on, days):
    """By the same number of days, to the day."""
    before, after = one(text, anchor_on), one(text, anchor_on + timedelta(days))
    assert after.first_on - before.first_on == timedelta(days)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_shifting_by_weeks_shifts_weekdays(anchor_on, weeks):
    """A weekday in the past tense is the latest one, today included."""
    text = "The mayor resigned on Friday."
    before, after = one(text, anchor_on), one(text, anchor_on + timedelta(weeks=weeks))
    assert after.first_on - before.first_on == timedelta(weeks=weeks)
    assert timedelta(0) <= anchor_on - before.first_on < timedelta(7)


WORDS = st.sampled_from([*sorted(grammar().lexicon.capital), *MARKS.split(), *NUMBERS.split(), "\n\n", "\n"])
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=9).map("".join)
)


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=9).map("".join)
    ),
    st.sampled_from([date.min, date(4, 2, 29), WEDNESDAY, date.max]),
    st.sampled_from([None, True, False]),
)
def test_no_text_raises_and_rows_are_spans_of_the_text(text, anchor_on, day_first):
    """Rows stand in order, do not overlap, quote the text, and their values can be read back."""
    taken = 0
    for row in rows(text, anchor_on, day_first):
        assert taken <= row.start_char < row.end_char
        assert text[row.start_char : row.end_char] == row.text
        assert str(read_value(row.value)) == row.value
        taken = row.end_char


@pytest.mark.parametrize(
    "piece", ["one ", "March 3, ", "2018-", "the end of the ", '"', "1.", "a.", '"Today," he said on Monday. ']
)
def test_long_repetitions_are_read_too(piece):
    """No recursion, no work that grows with the square of the text."""
    text = piece * 3000
    assert all(text[row.start_char : row.end_char] == row.text for row in rows(text))


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_the_same_text_and_day_give_the_same_rows(text):
    """No clock is read."""
    assert rows(text) == rows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polls open Sunday in the northern provinces.", [("Sunday", "2026-01-25")]),
        ("Ministers are meeting Thursday in Bergen.", [("Thursday", "2026-01-22")]),
        ("Ministers were meeting Thursday in Bergen.", [("Thursday", "2026-01-15")]),
        ("The bank does not open Friday.", [("Friday", "2026-01-23")]),
        ("The bank did not open Friday.", [("Friday", "2026-01-16")]),
        ("The verdict is Friday.", [("Friday", "2026-01-23")]),
        ("The union that struck Friday will vote on the offer.", [("Friday", "2026-01-16")]),
        ("They agreed to leave the camp Friday.", [("Friday", "2026-01-23")]),
        ("They began to leave the camp Friday.", [("Friday", "2026-01-16")]),
        ("The teams were to meet Friday.", [("Friday", "2026-01-23")]),
        ("The verdict is late Friday.", [("late Friday", "2026-01-23")]),
        ("They will have crossed the border Friday.", [("Friday", "2026-01-23")]),
        ("They may have crossed the border Friday.", [("Friday", "2026-01-16")]),
        ("She could not be reached Friday.", [("Friday", "2026-01-16")]),
        ("Iran says Friday was quiet.", [("Friday", "2026-01-16")]),
        (
            "The bridge that opened in April will be closed in August.",
            [("April", "2025-04"), ("August", "2026-08")],
        ),
    ],
)
def test_the_verb_that_governs_a_date_tells_its_tense(text, expected):
    """Not the verb that stands nearest: heads lead to it, and its form and auxiliaries tell."""
    assert values(text) == expected


def test_a_document_without_tags_is_read_by_the_words_around():
    """Its dates are those that the nearest words give: a modal before, a past form before."""
    (document,) = parse([story("The plant will close Friday. The union struck Monday.")])
    bare = [replace(token, lemma="", upos="", xpos="", head=0, deprel="") for token in document.tokens]
    found = find_dates(replace(document, tokens=tuple(bare)))
    assert [row.value for row in found] == ["2026-01-23", "2026-01-19"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The minister denied that night flights had stopped.", []),
        ("He said that day laborers were paid.", []),
        ("He won it that Friday night.", ["that Friday night"]),
        ("That same day the bridge fell.", ["That same day"]),
        ("The plan was drawn up with May and his deputy.", []),
        ("The plan was drawn up in May and in June.", ["May", "June"]),
        ("Prices may fall early fall.", ["early fall"]),
        ("The Sun reported the case, and Sat Gupta denied it.", []),
        ("The fair opens Sat at 9 a.m.", ["Sat at 9 a.m."]),
    ],
)
def test_tags_and_names_tell_time_from_what_is_written_like_it(text, found):
    """A verb, a person's name, and a `that` which joins clauses are no time."""
    assert [row.text for row in rows(text)] == found


def test_a_quarter_that_is_not_over_is_not_the_one_reported():
    """A charge to come does not become the latest quarter, and the current quarter is the calendar's."""
    text = (
        "Profit rose in the third quarter. The firm plans a fourth-quarter charge. "
        "Sales fell in the latest quarter from a year ago. Orders in the current quarter are strong."
    )
    assert values(text, date(2025, 11, 5)) == [
        ("the third quarter", "2025-Q3"),
        ("fourth-quarter", "2025-Q4"),
        ("the latest quarter", "2025-Q3"),
        ("a year ago", "2024-Q3"),
        ("the current quarter", "2025-Q4"),
    ]


def test_a_quarter_ends_when_the_text_says():
    """`ended Sept. 30` tells which quarter is reported, and a year earlier is the one before it."""
    text = "For the quarter ended Sept. 30 the airline earned $3 million, up from a year earlier."
    assert values(text, date(2026, 1, 21)) == [
        ("the quarter", "2025-Q3"),
        ("Sept. 30", "2025-09-30"),
        ("a year earlier", "2024-Q3"),
    ]


def test_a_weekday_beside_history_is_still_the_storys():
    """Years long past make other dates go on from each other; a verb still tells which Thursday is meant."""
    text = (
        "The firms settled in 1981, in 1984, in 1989 and in 1991, after a first dispute in 1978. "
        "The trial is set to begin on Thursday."
    )
    assert values(text)[-1] == ("Thursday", "2026-01-22")
