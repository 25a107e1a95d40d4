"""The ways in which wire copy is written otherwise: capitals, headline case, no case, spaced marks.

The vocabulary is without case and accents, so all of it is a change of the rows of looks.
"""

import random

import numpy as np

from pipeline.model.pieces import LOOKS

LOWER, TITLE, INITIAL, UPPER, MIXED, DIGITS, CODED, MARK, OPENS, CLOSES = range(len(LOOKS))
CAPITALS = {LOWER: UPPER, TITLE: UPPER, MIXED: UPPER}
HEADLINE = {LOWER: TITLE}
NO_CASE = {TITLE: LOWER, UPPER: LOWER, INITIAL: LOWER, MIXED: LOWER}
BLIND_QUOTES = {OPENS: MARK, CLOSES: MARK}


def noisy(look: np.ndarray, sizes: np.ndarray, chance: random.Random) -> np.ndarray:
    """The looks of a window's words, now and then as another writer would have them."""
    kinds, close = look // 2, look % 2
    drawn = chance.random()
    if drawn < 0.05:
        kinds = _swap(kinds, CAPITALS)
        kinds = np.where((kinds == UPPER) & (sizes == 1), INITIAL, kinds)
    elif drawn < 0.08:
        kinds = _swap(kinds, HEADLINE)
    elif drawn < 0.12:
        kinds = _swap(kinds, NO_CASE)
    if chance.random() < 0.04:
        kinds = _swap(kinds, BLIND_QUOTES)
    if chance.random() < 0.06:
        close = np.zeros_like(close)
    return 2 * kinds + close


def _swap(kinds: np.ndarray, by: dict[int, int]) -> np.ndarray:
    table = np.arange(len(LOOKS))
    for old, new in by.items():
        table[old] = new
    return table[kinds]
