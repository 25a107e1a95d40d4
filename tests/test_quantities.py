"""How many: numbers of people, weapons and money in events, with what the words allow."""

from typing import get_args

import pytest
from findings import rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extractors.events.amounts import amounts
from pipeline.extractors.events.frames import counting, measures
from pipeline.tables import Event, Measure, Quantity


def numbers(text):
    """(measure, amount, low, high) of every number, in order of text."""
    return [(each.measure, each.amount, each.low, each.high) for each in rows(text) if isinstance(each, Quantity)]


def tied(text):
    """(measure, amount, trigger of its event) of every number."""
    found = rows(text)
    events = {each.event: each.text for each in found if isinstance(each, Event)}
    return [(each.measure, each.amount, events.get(each.event)) for each in found if isinstance(each, Quantity)]


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("12 people", 12, 12, 12),
        ("1,643 people", 1643, 1643, 1643),
        ("twenty-five people", 25, 25, 25),
        ("two hundred and fifty thousand people", 250000, 250000, 250000),
        ("2.5 million people", 2500000, 2500000, 2500000),
        ("half a million people", 500000, 500000, 500000),
        ("a dozen people", 12, 12, 12),
        ("at least 12 people", 12, 12, None),
        ("No fewer than six people", 6, 6, None),
        ("more than a hundred people", 100, 100, None),
        ("up to 40 people", 40, None, 40),
        ("nearly 5,000 people", 5000, None, 5000),
        ("some 50 people", 50, None, None),
        ("50 or so people", 50, None, None),
        ("between 10 and 20 people", None, 10, 20),
        ("10 to 20 people", None, 10, 20),
        ("30-40 people", None, 30, 40),
        ("two or three dozen people", None, 24, 36),
        ("dozens of people", None, 24, None),
        ("tens of thousands of people", None, 20000, None),
        ("several hundred people", None, 200, None),
    ],
)
def test_what_a_number_tells_and_what_its_words_allow(text, value, low, high):
    """A bare number is both bounds, a modifier takes one or both away, a plural tells a least."""
    (found,) = amounts(text, 0, len(text))
    assert (found.value, found.low, found.high) == (value, low, high)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$2.5bn", 2500000000, "USD"),
        ("€5m", 5000000, "EUR"),
        ("US$ 20,000", 20000, "USD"),
        ("5 million Swiss francs", 5000000, "CHF"),
        ("up to 40,000 yen", 40000, "JPY"),
        ("a $50-million loan", 50000000, "USD"),
        ("C$3 million", 3000000, "CAD"),
    ],
)
def test_money_has_its_currency(text, value, currency):
    """Signs before the number and names behind it, in ISO 4217."""
    (found,) = amounts(text, 0, len(text))
    assert (found.value, found.currency) == (value, currency)


@pytest.mark.parametrize("text", ["20 percent", "a 12-year-old boy", "at 10:30", "AK-47", "5 m deep", "2-1", "no one"])
def test_what_is_no_amount(text):
    """Shares, ages, times, names and scores count nothing."""
    assert list(amounts(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels killed 12 soldiers.", [("dead", 12, 12, 12)]),
        ("At least 12 people were killed in the attack on the market.", [("dead", 12, 12, None)]),
        ("Five sailors died when rebels attacked the port.", [("dead", 5, 5, 5)]),
        ("The bombing left 20 people dead.", [("dead", 20, 20, 20)]),
        ("The raid on the camp caused nine deaths.", [("dead", 9, 9, 9)]),
        ("The shelling wounded about 30 civilians.", [("wounded", 30, None, None)]),
        ("Twelve people were killed or wounded.", [("casualties", 12, 12, 12)]),
        ("Twelve people were killed and 30 wounded.", [("dead", 12, 12, 12), ("wounded", 30, 30, 30)]),
        ("Gunmen killed two nurses and wounded six.", [("dead", 2, 2, 2), ("wounded", 6, 6, 6)]),
        ("Police arrested dozens of protesters.", [("arrested", None, 24, None)]),
        ("Tens of thousands of workers marched through Lagos on Friday.", [("protesters", None, 20000, None)]),
        ("The ministry sent 3,000 soldiers to the border.", [("troops", 3000, 3000, 3000)]),
        ("The army fired three missiles into the sea.", [("weapons", 3, 3, 3)]),
        ("Ghana released 40 prisoners.", [("released", 40, 40, 40)]),
        ("Militants kidnapped six teachers.", [("abducted", 6, 6, 6)]),
        ("Chad expelled two diplomats.", [("expelled", 2, 2, 2)]),
        ("Japan pledged $40 million to Nepal.", [("money", 40000000, 40000000, 40000000)]),
    ],
)
def test_what_is_counted(text, expected):
    """The verb or the noun says what the number is one of."""
    assert numbers(text) == expected


def test_a_number_is_tied_to_its_own_event():
    """Of two events in a sentence each has its number."""
    text = "Gunmen killed two nurses in Gao, and police arrested seven suspects."
    assert tied(text) == [("dead", 2, "killed"), ("arrested", 7, "arrested")]


@pytest.mark.parametrize(
    "text",
    [
        "Nine miners died in an explosion of gas.",
        "The death toll rose to nine.",
        "Nine people were killed in a car crash.",
    ],
)
def test_the_dead_of_no_event(text):
    """Who dies in a mishap is counted and tied to no event."""
    assert tied(text) == [("dead", 9, None)]


@pytest.mark.parametrize(
    "text",
    [
        "He was arrested in 12 countries.",
        "On March 12, 2020, police arrested the mayor.",
        "Thousands die every year.",
        "The firm raised $40 million.",
        "Soldiers destroyed 30 houses.",
    ],
)
def test_numbers_that_count_no_one_in_an_event(text):
    """Places, days, rates, business and houses are not counted."""
    assert numbers(text) == []


def test_the_list_of_measures_is_that_of_the_table():
    """What the table allows is what the data file declares, and every word counts one of them."""
    assert set(measures()) == set(get_args(Measure))
    assert set(counting().values()) <= set(measures())


PIECES = "at least 12 1,000 dozens of two or between and hundred million $ € people were killed . up to -".split()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=15))
def test_any_words_give_bounds_that_hold(pieces):
    """Spans are in the text, and low is at most high."""
    text = " ".join(pieces)
    for each in amounts(text, 0, len(text)):
        assert 0 <= each.start_char <= each.first_char < each.last_char <= each.end_char <= len(text)
        assert each.low is None or each.high is None or each.low <= each.high
        assert (each.value, each.low, each.high) != (None, None, None)
