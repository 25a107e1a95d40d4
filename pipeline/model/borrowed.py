"""An installed spaCy pipeline in place of the packaged model.

It gives sentences, tags, trees and names as far as the pipeline has them; what it lacks is left empty
(lemma the word itself, every word its own root), and it says nothing of attributions.
"""

from typing import Any

from pipeline.errors import ConfigError
from pipeline.model.reading import NameKind, NameSpan, Reading, WordTags

KINDS: dict[str, NameKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "law",
    "PRODUCT": "other",
    "LANGUAGE": "other",
    "MISC": "other",
}
"""OntoNotes' and CoNLL's labels. Dates, amounts and numbers are no names."""


class SpacyModel:
    """A spaCy pipeline read as our own."""

    def __init__(self, language: Any) -> None:
        """`language` is a `spacy.language.Language`."""
        self.language = language
        meta = language.meta
        self.version = f"spacy:{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    @classmethod
    def load(cls, name: str) -> "SpacyModel":
        """An installed pipeline by its name; ConfigError where spaCy or the pipeline is not there."""
        try:
            import spacy  # noqa: PLC0415
        except ImportError as error:
            msg = f"the model 'spacy:{name}' needs spaCy, which is not installed: pip install spacy"
            raise ConfigError(msg) from error
        try:
            return cls(spacy.load(name))
        except OSError as error:
            msg = f"spaCy has no pipeline {name!r}: python -m spacy download {name}, or give a folder"
            raise ConfigError(msg) from error

    def read(self, text: str) -> Reading:
        """The text through the pipeline. Tokens of white space alone are left out."""
        if not text.strip():
            return Reading([], [], [], [])
        self.language.max_length = max(self.language.max_length, len(text) + 1)
        doc = self.language(text)
        kept = [token for token in doc if not token.is_space]
        index = {token.i: place for place, token in enumerate(kept)}
        return Reading(
            [_word(token, index) for token in kept],
            _sentences(doc, index, len(kept)),
            [name for entity in doc.ents if (name := _name(entity, index))],
            [],
        )


def _word(token: Any, index: dict[int, int]) -> WordTags:
    head = index.get(token.head.i, index[token.i])
    root = head == index[token.i]
    deprel = "root" if root else token.dep_.lower()
    return WordTags(
        token.idx, token.idx + len(token.text), token.lemma_ or token.text, token.pos_, token.tag_, head, deprel
    )  # fmt: skip


def _sentences(doc: Any, index: dict[int, int], count: int) -> list[tuple[int, int]]:
    """The pipeline's sentences, or all as one where it finds none."""
    if not doc.has_annotation("SENT_START"):
        return [(0, count)]
    found = []
    for sentence in doc.sents:
        places = [index[token.i] for token in sentence if token.i in index]
        if places:
            found.append((places[0], places[-1] + 1))
    return found


def _name(entity: Any, index: dict[int, int]) -> NameSpan | None:
    places = [index[token.i] for token in entity if token.i in index]
    kind = KINDS.get(entity.label_)
    return NameSpan(places[0], places[-1] + 1, kind) if places and kind else None
