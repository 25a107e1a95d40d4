"""A mention while it is being resolved."""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.tables import Kind
from pipeline.text import Document

POSSESSIVE = re.compile(r"\s?['’]s\b")

MentionType = Literal["NAM", "NOM", "PRO", "MET"]


@dataclass(slots=True)
class Candidate:
    """Tokens `[first, end)` that stand for somebody or something.

    `head` is the token the stretch hangs on, `noun` the lemma that a nominal stands for, `country` where a place
    lies or what the words of others tell, `role` what the text calls a person beside the name, `title_first` where
    that begins before it, `he` is `he` or `she` where title or first name tell.
    """

    first: int
    end: int
    head: int
    text: str
    kind: Kind
    mention_type: MentionType
    entity_id: str | None = None
    noun: str | None = None
    role: str | None = None
    he: str | None = None
    quoted: bool = False
    title_first: int | None = None
    country: str | None = None

    @property
    def words(self) -> list[str]:
        """The words of the text."""
        return self.text.split()

    def overlaps(self, other: "Candidate") -> bool:
        """Whether two stretches share a token."""
        return self.first < other.end and other.first < self.end


def text_of(document: Document, first: int, end: int) -> str:
    """The text of tokens, white space squeezed, a possessive written as in `People's Republic`."""
    start, stop = document.tokens[first].start_char, document.tokens[end - 1].end_char
    return POSSESSIVE.sub("'s", " ".join(document.story.text[start:stop].split()))
