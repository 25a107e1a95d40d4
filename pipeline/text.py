"""A story's text as tokens and sentences that remember where they stand.

This room alone knows the language model; what it says of a text is read from a `Document`.
Offsets are code points of `stories.text`, the end exclusive; tokens do not overlap, and what lies
between two of them is white space.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.tables import Story

MODEL_VERSION = "none"
"""What `runs.model_version` holds."""

TOKEN = re.compile(
    r"""
    \w+(?:[-./'’]\w+)*\.?(?<=\b[A-Z]\.)     # initials and dotted capitals: U.S. J.
    | \d+(?:[.,:/]\d+)*                      # 1,000  10.5  14:30
    | \w+(?:['’]\w+|-\w+)*                   # words, with apostrophes and hyphens inside
    | \.\.\. | -- | [^\w\s]
    """,
    re.VERBOSE,
)

# A full stop after these does not end a sentence.
ABBREVIATIONS = frozenset(
    "adm capt cmdr co col corp dr gen gov hon inc jr lt ltd maj messrs mr mrs ms mt no pres prof rep rev sen sgt sr "
    "st vs jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
CLOSERS = "\"'”’)]"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark."""

    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `[start_char, end_char)` of the text, `[first, end)` of the tokens."""

    start_char: int
    end_char: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A story with its tokens and sentences: what every finder is given."""

    story: Story
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that an offset stands in; the next one's for the space before it."""
        index = bisect_right(self.sentences, char, key=lambda sentence: sentence.end_char)
        return self.sentences[index] if index < len(self.sentences) else None

    def tokens_between(self, start_char: int, end_char: int) -> tuple[Token, ...]:
        """The tokens that begin inside a span."""
        first = bisect_left(self.tokens, start_char, key=lambda token: token.start_char)
        end = bisect_left(self.tokens, end_char, key=lambda token: token.start_char)
        return self.tokens[first:end]


def parse(stories: Iterable[Story]) -> Iterator[Document]:
    """Each story as a document, in order. What a story gives depends on that story alone."""
    for story in stories:
        tokens = tuple(Token(m.start(), m.end(), m.group()) for m in TOKEN.finditer(story.text))
        yield Document(story, tokens, tuple(_sentences(story.text, tokens)))


def _sentences(text: str, tokens: tuple[Token, ...]) -> Iterator[Sentence]:
    first = 0
    for index, token in enumerate(tokens):
        if index + 1 == len(tokens) or _ends(text, token, tokens[index + 1], tokens[max(0, index - 1)]):
            yield Sentence(tokens[first].start_char, token.end_char, first, index + 1)
            first = index + 1


def _ends(text: str, token: Token, after: Token, before: Token) -> bool:
    """Whether a sentence ends between `token` and `after`."""
    gap = text[token.end_char : after.start_char]
    if gap.count("\n") > 1:
        return True
    if not gap or after.text[0].islower():
        return False
    if token.text in CLOSERS:
        return before.text in {".", "!", "?", "..."} or before.text[-1] == "."
    if token.text == ".":
        return before.text.lower() not in ABBREVIATIONS
    return token.text in {"!", "?", "..."}
