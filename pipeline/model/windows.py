"""A text in windows that the encoder can hold, each of whole sentences.

Where a window ends inside a paragraph, its last sentences may be cut: they are left, and read again at
the head of the next window. So every sentence is read whole, and the longest story to its end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

USUAL = 180
"""Pieces of a window, so long as a sentence ends in it."""
LONGEST = 480
"""Pieces of a window that one sentence fills; the encoder has 512 places."""
FULL_ENOUGH = 0.6
LOOKED_AHEAD = 12
"""Words that must follow an end of a sentence, for it to be trusted where the window is cut."""
WRAPPED = 120
"""A text whose longest line is shorter may be wrapped; else every line is a paragraph."""

S = TypeVar("S")
NOT_SPACE = re.compile(r"\S+")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")


@dataclass(frozen=True)
class Passage:
    """A text's words with their pieces and looks."""

    text: str
    spans: list[tuple[int, int]]
    pieces: list[tuple[int, ...]]
    looks: list[int]

    @cached_property
    def paragraphs(self) -> frozenset[int]:
        """The words that begin a paragraph, the first one left out."""
        width = max(map(len, self.text.split("\n")))
        return frozenset(word for word in range(1, len(self.spans)) if self._parted(word, width))

    def _parted(self, word: int, width: int) -> bool:
        before, start = self.spans[word - 1][1], self.spans[word][0]
        gap = self.text[before:start]
        if "\n" not in gap and "\u2029" not in gap:
            return False
        if BLANK_LINE.search(gap) or width > WRAPPED:
            return True
        # A line that had room for the next word was ended on purpose.
        line = before - (self.text.rfind("\n", 0, before) + 1)
        following = NOT_SPACE.match(self.text, start)
        return line + 1 + (following.end() - start if following else 0) <= width


@dataclass(frozen=True)
class Part(Generic[S]):
    """Whole sentences of a window: `first` is the window's first word, `sentences` words `[first, end)`."""

    first: int
    scores: S
    sentences: list[tuple[int, int]]


Scorer = Callable[[int, int], tuple[S, NDArray[np.bool_]]]


def parts(passage: Passage, score: Scorer[S]) -> Iterator[Part[S]]:
    """The text in parts that follow on each other.

    `score(first, end)` reads the words `[first, end)` and says after which of them a sentence ends.
    """
    first, most = 0, USUAL
    while first < len(passage.spans):
        end = _end(passage, first, most)
        scores, ends = score(first, end)
        sentences = _sentences(passage, first, end, ends)
        if end < len(passage.spans) and end not in passage.paragraphs:
            trusted = [sentence for sentence in sentences if sentence[1] <= end - LOOKED_AHEAD]
            if not trusted and most < LONGEST:
                most = LONGEST
                continue
            sentences = trusted or sentences[:-1] or sentences
        yield Part(first, scores, sentences)
        first, most = sentences[-1][1], USUAL


def _end(passage: Passage, first: int, most: int) -> int:
    """The word before which a window ends: a paragraph's end if one comes late enough, else where it is full."""
    size, paragraph = 2, 0
    for word in range(first, len(passage.spans)):
        begins = word in passage.paragraphs and word > first
        if begins and size >= FULL_ENOUGH * USUAL:
            paragraph = word
        size += len(passage.pieces[word]) + begins
        if size > most:
            return paragraph or max(word, first + 1)
    return len(passage.spans)


def _sentences(passage: Passage, first: int, end: int, ends: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The sentences of a window; a paragraph's end is always a sentence's."""
    found = []
    begun = first
    for word in range(first, end):
        if ends[word - first] or word + 1 == end or word + 1 in passage.paragraphs:
            found.append((begun, word + 1))
            begun = word + 1
    return found
