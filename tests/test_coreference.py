"""The measures of coreference, on the example of the paper that they are taken from."""

import importlib.util
from pathlib import Path

SPEC = importlib.util.spec_from_file_location(
    "coreference", Path(__file__).parent.parent / "benchmarks" / "coreference.py"
)
coreference = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(coreference)

WANT = [{"a", "b", "c"}, {"d", "e", "f", "g"}]
GOT = [{"a", "b"}, {"c", "d"}, {"f", "g", "h", "i"}]


def scores(measure):
    return [round(value, 2) for value in coreference.prf(measure(WANT, GOT))]


def test_muc_counts_links():
    """Precision, recall and F1 of links."""
    assert scores(coreference.muc) == [0.4, 0.4, 0.4]


def test_b_cubed_counts_mentions():
    """Precision, recall and F1 by mention."""
    assert scores(coreference.b_cubed) == [0.5, 0.42, 0.45]


def test_ceaf_pairs_entities():
    """Precision, recall and F1 of the best pairing of entities."""
    assert scores(coreference.ceaf) == [0.43, 0.65, 0.52]


def test_the_best_pairing_is_not_the_greedy_one():
    """Taking the closest pair first would give 0.9 and lose 0.8."""
    assert round(coreference.assigned([[0.9, 0.8], [0.8, 0.1]]), 2) == 1.6
