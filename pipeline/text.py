"""A story's text as tokens, sentences, names and attributions that remember where they stand.

This room alone knows the language model; what it says of a text is read from a `Document`.
Offsets are code points of `stories.text`, the end exclusive; tokens are cut as UD English EWT cuts them
(`do|n't`, `Seoul|'s`), do not overlap, and what lies between two of them is white space.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline import model as models
from pipeline.model import Model, Reading
from pipeline.model.reading import Role, joined
from pipeline.tables import Kind, Story

# What stands between a dateline's place and the story: , March 2 (Nordwire) —
HEAD = re.compile(r"[^\n()]{0,40}?(?:\([^()\n]{1,60}\)\s*(?:--+|[-–—_:]+)?|\s(?:--+|[-–—_]+))\s+")
LOOK_AT = 300
"""How many characters a text's head may take."""

__all__ = ["Attribution", "Document", "Model", "Name", "Sentence", "Token", "load", "parse", "version"]

load = models.load


def version(model: str) -> str:
    """What `runs.model_version` holds: the start of the SHA-256 of the packaged model's manifest, or a name."""
    return models.VERSION if model == "packaged" else model


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark. `head` is an index of `Document.tokens`, its own for a root."""

    start_char: int
    end_char: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `[start_char, end_char)` of the text, `[first, end)` of the tokens."""

    start_char: int
    end_char: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `[start_char, end_char)` of the text, `[first, end)` of the tokens."""

    start_char: int
    end_char: int
    first: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, cue or content; `cue` is the index of the attribution that is its cue, if one is seen."""

    start_char: int
    end_char: int
    first: int
    end: int
    text: str
    role: Role
    cue: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """A story with its tokens, sentences, names and attributions: what every finder is given."""

    story: Story
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...] = field(default=())
    attributions: tuple[Attribution, ...] = field(default=())

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that an offset stands in; the next one's for the space before it."""
        index = bisect_right(self.sentences, char, key=lambda sentence: sentence.end_char)
        return self.sentences[index] if index < len(self.sentences) else None

    def tokens_between(self, start_char: int, end_char: int) -> tuple[Token, ...]:
        """The tokens that begin inside a span."""
        first = bisect_left(self.tokens, start_char, key=lambda token: token.start_char)
        end = bisect_left(self.tokens, end_char, key=lambda token: token.start_char)
        return self.tokens[first:end]


def parse(stories: Iterable[Story], model: Model | None = None) -> Iterator[Document]:
    """Each story as a document, in order. What a story gives depends on that story alone, to the bit.

    `model` is what `load(name)` gave, the packaged one where none is told.
    Raises ConfigError where the packaged model is missing or damaged.
    """
    reader = model or load()
    for story in stories:
        yield _document(story, _read(story, reader))


def _read(story: Story, reader: Model) -> Reading:
    """The head and the body read apart, so that no sentence begins in a dateline."""
    end = _head_end(story)
    body = reader.read(story.text[end:])
    return body if not end else joined(reader.read(story.text[:end]), body, end)


def _head_end(story: Story) -> int:
    """Where the first sentence begins, behind the dateline; 0 where the text has none."""
    place = story.text.find(story.dateline_place, 0, LOOK_AT) if story.dateline_place else -1
    found = HEAD.match(story.text, place + len(story.dateline_place or "")) if place >= 0 else None
    return found.end() if found else 0


def _document(story: Story, reading: Reading) -> Document:
    text, words = story.text, reading.words

    def chars(first: int, end: int) -> tuple[int, int]:
        return words[first].start, words[end - 1].end

    def place(first: int, end: int) -> tuple[int, int, int, int, str]:
        start, stop = chars(first, end)
        return start, stop, first, end, text[start:stop]

    cues = {span.first: index for index, span in enumerate(reading.attributions) if span.role == "cue"}
    return Document(
        story,
        tuple(Token(word.start, word.end, text[word.start : word.end], *word[2:]) for word in words),
        tuple(Sentence(*chars(first, end), first, end) for first, end in reading.sentences),
        tuple(Name(*place(first, end), kind) for first, end, kind in reading.names),
        tuple(
            Attribution(*place(first, end), role, None if cue is None else cues.get(cue))
            for first, end, role, cue in reading.attributions
        ),
    )
