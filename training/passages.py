"""Texts with whatever labels a corpus gives them, and windows cut from them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from pipeline.model.pieces import Pieces, look
from training.labels import ANY, UNKNOWN

FIELDS = ("upos", "xpos", "deprel", "attribution", "end")


@dataclass
class Passage:
    """A text's words with labels: one number a word in each array, `UNKNOWN` where nothing is told.

    `head` and `link` count words of the passage, -1 for none; `name` is a set of allowed labels;
    `units` are the words at which a window may be cut; `paragraphs` those that begin a paragraph.
    """

    source: str
    text: str
    spans: list[tuple[int, int]]
    pieces: list[tuple[int, ...]]
    look: np.ndarray
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    head: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    link: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    name: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    sentence: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    units: list[int] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)

    @classmethod
    def blank(cls, source: str, text: str, spans: list[tuple[int, int]], pieces: Pieces) -> "Passage":
        """A passage of which nothing is known yet but its words."""
        count = len(spans)
        return cls(
            source,
            text,
            spans,
            [pieces.of(text[start:end]) for start, end in spans],
            np.array([look(text, start, end) for start, end in spans], np.int64),
            {name: np.full(count, UNKNOWN, np.int64) for name in FIELDS},
            np.full(count, UNKNOWN, np.int64),
            np.full(count, UNKNOWN, np.int64),
            np.full(count, ANY, np.int64),
            np.zeros(count, np.int64),
        )

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """The words `[first, end)` that stand in `[start, end)` of the text; empty when none does."""
        inside = [index for index, (a, b) in enumerate(self.spans) if a < end and b > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


@dataclass
class Window:
    """The words `[first, end)` of a passage and their number of pieces."""

    passage: Passage
    first: int
    end: int
    size: int


def windows(passage: Passage, chance: random.Random, shortest: int, longest: int) -> Iterator[Window]:
    """The passage as windows of whole units, each up to a length drawn anew."""
    starts = [*passage.units, len(passage.spans)]
    first = begun = size = 0
    limit = chance.randint(shortest, longest)
    for unit, end in pairwise(starts):
        length = sum(len(passage.pieces[word]) for word in range(unit, end)) + 1
        if size and size + length > limit:
            yield Window(passage, first, begun, size + 2)
            first, size, limit = unit, 0, chance.randint(shortest, longest)
        begun, size = end, size + length
    if begun > first:
        yield Window(passage, first, begun, size + 2)
