"""Times as wires send them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.times import read_day, read_time
from pipeline.sources import Folder, Source


def desk(**settings):
    return Source(name="desk", title="The desk", where=Folder(kind="folder", path="."), **settings)


SEOUL = desk(timezone="Asia/Seoul")
TEN_FIFTEEN = "2026-01-21T10:15:00+00:00"
IN_SEOUL = "2026-01-21T01:15:00+00:00"


def iso(text, source=SEOUL):
    found = read_time(text, source)
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-21T10:15:00Z", TEN_FIFTEEN),
        ("2026-01-21t10:15:00z", TEN_FIFTEEN),
        ("2026-01-21T10:15:00.123456789Z", TEN_FIFTEEN),
        ("2026-01-21T10:15:00+0900", IN_SEOUL),
        ("2026-01-21T10:15:00+09:00", IN_SEOUL),
        ("2026-01-21T10:15:00+9", IN_SEOUL),
        ("2026-01-21T10:15:00 +0900", IN_SEOUL),
        ("2026-01-21T10:15:00−05:00", "2026-01-21T15:15:00+00:00"),
        ("2026-01-21 10:15:00 GMT+9", IN_SEOUL),
        ("2026-01-21T11:15:00+01:00[Europe/Paris]", TEN_FIFTEEN),
        ("2026-01-21 11:15 Europe/Paris", TEN_FIFTEEN),
        ("20260121T101500Z", TEN_FIFTEEN),
        ("20260121T101500.000Z", TEN_FIFTEEN),
        ("20260121T101500+0900", IN_SEOUL),
        ("20260121T1015Z", TEN_FIFTEEN),
        ("Wed, 21 Jan 2026 10:15:00 GMT", TEN_FIFTEEN),
        ("Wed, 21 Jan 2026 10:15:00 +0900 (KST)", IN_SEOUL),
        ("21 Jan 26 10:15 EST", "2026-01-21T15:15:00+00:00"),
        ("Wed Jan 21 10:15:00 UTC 2026", TEN_FIFTEEN),
        ("January 21, 2026 10:15 AM ET", "2026-01-21T15:15:00+00:00"),
        ("211015Z JAN 26", TEN_FIFTEEN),
        ("2026-01-20T24:00:00Z", "2026-01-21T00:00:00+00:00"),
        ("1768990500", TEN_FIFTEEN),
        ("1768990500000", TEN_FIFTEEN),
    ],
)
def test_a_time_with_an_offset_is_in_utc(text, utc):
    """Whatever the notation."""
    assert iso(text) == utc


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-21T10:15:00",
        "2026-01-21 10:15",
        "2026-1-21 10:15",
        "2026/01/21 10:15:00",
        "20260121T101500",
        "20260121 1015",
        "202601211015",
        "20260121101500",
        "2026-01-21 10:15 KST",
        "21/01/2026 10:15",
        "21.01.2026, 10.15",
        "21 01 2026 10:15",
        "2026 01 21 10:15",
        "21-Jan-2026 10:15",
        "211015 jan 2026",
        "10:15 21 January 2026",
        "Wednesday, January 21, 2026 - 10:15",
        "21 janvier 2026 à 10h15",
        "21. Januar 2026, 10:15 Uhr",
        "21 de enero de 2026 a las 10:15 h",
        "21 января 2026 г. 10:15",
        "21 stycznia 2026 10:15",
        "mer 21 gen 2026 10:15",
        "21.1.2026 klo 10.15",
        "2026年1月21日 10:15",
        "2026년 1월 21일 오전 10:15",
        "２０２６-０１-２１ １０:１５",
        "  2026-01-21\n10:15 ",
    ],
)
def test_a_time_without_an_offset_is_in_the_sources_zone(text):
    """Seoul is nine hours ahead."""
    assert iso(text) == IN_SEOUL


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-07-01 10:00", "2026-07-01T14:00:00+00:00"),
        ("2026-01-01 10:00", "2026-01-01T15:00:00+00:00"),
        ("2026-11-01 01:30", "2026-11-01T05:30:00+00:00"),
        ("2026-03-08 02:30", None),
        ("2026-07-01 10:00 EST", "2026-07-01T15:00:00+00:00"),
    ],
)
def test_summer_time_is_right(text, utc):
    """A time that comes twice is the first; one that the change of clocks skips is none; EST is EST in July too."""
    assert iso(text, desk(timezone="America/New_York")) == utc


@pytest.mark.parametrize("text", ["2026-01-21", "20260121", "2026-01-21Z", "2026-01-21+09:00", "Jan. 21st, 2026"])
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York", "UTC", "Pacific/Kiritimati"])
def test_a_day_without_a_time_stays_that_day(text, zone):
    """It is midnight in the source's zone, whatever offset stands behind it."""
    source = desk(timezone=zone)
    assert read_day(text, source) == date(2026, 1, 21)
    assert read_time(text, source).astimezone(source.zone).hour == 0


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "   ",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "1900-01-01",
        "1970-01-01T00:00:00Z",
        "2026-02-30",
        "2026-02-30T10:15:00Z",
        "2026-13-01",
        "2026-01-21T25:00:00Z",
        "9999-12-31T24:00:00Z",
        "2026-01-21T10:61:00Z",
        "2026-01-21T10:15:00+99:00",
        "2026-01-21T10:15:00 XYZ",
        "31 June 2026",
        "2569-01-21",
        "n/a",
        "yesterday",
    ],
)
def test_what_is_no_time_is_none(text):
    """Placeholders, days that do not exist, zones that nobody knows."""
    assert read_time(text, SEOUL) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "2026-01",
        "January 2026",
        "Jan 21",
        "21 January",
        "10:15",
        "Wednesday",
        "Wednesday 10:15",
        "T10:15",
        "1/2026",
    ],
)
def test_a_missing_day_month_or_year_is_not_made_up(text):
    """What is not written is not there."""
    assert read_time(text, SEOUL) is None


def test_two_readings_are_none():
    """3/4/2026 is a day only where the source or its language tells which; 3.4.2026 is written day first."""
    assert iso("3/4/2026", desk()) is None
    assert iso("3/4/2026", desk(day_first=True)) == "2026-04-03T00:00:00+00:00"
    assert iso("3/4/2026", desk(day_first=False)) == "2026-03-04T00:00:00+00:00"
    assert iso("3/4/2026", desk(language="fr")) == "2026-04-03T00:00:00+00:00"
    assert iso("3/3/2026", desk()) == "2026-03-03T00:00:00+00:00"
    assert iso("13/4/2026", desk()) == "2026-04-13T00:00:00+00:00"
    assert iso("3.4.2026", desk()) == "2026-04-03T00:00:00+00:00"
    assert iso("210126", desk()) is None
    assert iso("210126 1015", desk(day_first=True)) == TEN_FIFTEEN
    assert iso("03042026", desk(day_first=True)) == "2026-04-03T00:00:00+00:00"


def test_a_months_name_is_read_in_the_sources_language_first():
    """Listopad is November in Polish and October in Croatian, and none where the language is not told."""
    assert iso("5 listopada 2026", desk(language="pl")) == "2026-11-05T00:00:00+00:00"
    assert iso("5 listopada 2026", desk(language="hr")) == "2026-10-05T00:00:00+00:00"
    assert iso("5 listopada 2026", desk()) is None


def test_an_embargo_for_ever_is_kept():
    """The last day that there is is no placeholder."""
    assert iso("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59+00:00"


@given(st.integers(631_152_000, 3_786_912_000), st.sampled_from(["UTC", "Asia/Kolkata", "Europe/Oslo"]))
def test_what_is_written_as_iso_is_read_back(seconds, zone):
    """Every time of a hundred years, with and without T, packed and not."""
    source, when = desk(timezone=zone), datetime.fromtimestamp(seconds, UTC)
    for text in (f"{when:%Y-%m-%dT%H:%M:%SZ}", f"{when:%Y%m%dT%H%M%SZ}", f"{when:%Y-%m-%d %H:%M:%S+0000}"):
        assert read_time(text, source) == when


@given(st.text(max_size=60))
def test_nothing_breaks_it(text):
    """Any text is a time in UTC or none."""
    found = read_time(text, SEOUL)
    assert found is None or found.utcoffset().total_seconds() == 0


@given(st.from_regex(r"[0-9TZ:+\-/. ]{1,30}", fullmatch=True))
def test_no_arrangement_of_digits_breaks_it(text):
    """Digits and marks in any order."""
    found = read_time(text, SEOUL)
    assert found is None or found.year in range(1840, 2201) or found.year in {9998, 9999}
