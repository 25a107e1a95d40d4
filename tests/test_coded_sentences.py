"""The project's own coded sentences: the type of the event, who did it and to whom."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def scores(monkeypatch):
    """Per cent with the first type, and with type, actor and recipient right, by set."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    events = __import__("events")
    try:
        yield {name: events.score_sentences(gold) for name, gold in events.coded_sentences().items()}
    finally:
        sys.modules.pop("events", None)


def test_the_coded_sentences_are_found(scores):
    """No change to the lexicon or the tree's rules may cost more than a few of the sentences that were found."""
    first = {name: float(row[0]) for name, row in scores.items()}
    whole = {name: float(row[4]) for name, row in scores.items()}
    floors = {"vocabulary": (93, 85), "check": (93, 87), "constructions": (90, 81), "unread": (89, 79)}
    assert {name for name, (low, _) in floors.items() if first[name] < low} == set()
    assert {name for name, (_, low) in floors.items() if whole[name] < low} == set()
