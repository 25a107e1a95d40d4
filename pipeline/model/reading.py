"""What a model says of a text."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

NameKind = Literal["person", "organization", "place", "group", "event", "work", "law", "other"]
Role = Literal["source", "cue", "content"]


class WordTags(NamedTuple):
    """A word: `[start, end)` in code points; `head` is an index of words, its own for a root."""

    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


class NameSpan(NamedTuple):
    """A name over the words `[first, end)`."""

    first: int
    end: int
    kind: NameKind


class AttributionSpan(NamedTuple):
    """A source, cue or content over the words `[first, end)`; `cue` is the first word of the cue it hangs on."""

    first: int
    end: int
    role: Role
    cue: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a model reads it. `sentences` are words `[first, end)`; they cover all words in order."""

    words: list[WordTags]
    sentences: list[tuple[int, int]]
    names: list[NameSpan]
    attributions: list[AttributionSpan]


class Model(Protocol):
    """What reads texts."""

    version: str

    def read(self, text: str) -> Reading:
        """The whole of a text; the same text always gives the same reading."""
        ...


def joined(first: Reading, second: Reading, start: int) -> Reading:
    """Two readings as one: the second is of the text from `start` on."""
    words = len(first.words)
    return Reading(
        first.words
        + [
            word._replace(start=word.start + start, end=word.end + start, head=word.head + words)
            for word in second.words
        ],
        first.sentences + [(begin + words, end + words) for begin, end in second.sentences],
        first.names + [name._replace(first=name.first + words, end=name.end + words) for name in second.names],
        first.attributions
        + [
            each._replace(
                first=each.first + words, end=each.end + words, cue=None if each.cue is None else each.cue + words
            )
            for each in second.attributions
        ],
    )
