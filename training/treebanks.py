"""EWT and GUM as passages: a document each, with tags, trees, sentence ends and names."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.model.pieces import Pieces
from training.conllu import Mention, Sentence, read
from training.labels import ANY, MINOR, NOT_A_NAME, NOT_CORE, UPOS, allow, paint, settled
from training.lexicon import DEMONYMS
from training.passages import Passage

Named = dict[str, dict[str, Any]]
"""Rows of UNER, each with its `text` and `entities`, by the letters of the text."""
LABELS = {
    "PER": ("person",),
    "ORG": ("organization",),
    "LOC": ("place",),
    "OTH": MINOR,
    "MISC": MINOR,
}
GUM_KINDS = {
    "person": ("person",),
    "organization": ("organization",),
    "place": ("place",),
    "event": ("event",),
    "object": ("work", "other"),
    "abstract": ("work", "law", "other", "event"),
    "animal": ("other",),
}
ADDRESS = re.compile(r"@|://|^www\.")
LAW = re.compile(r"\b(Act|Bill|Amendment|Treaty|Convention|Constitution|Accords?|Protocol|Charter)\b")


class Labels:
    """The label sets that are learnt from the treebanks: XPOS and relations, in order of the alphabet."""

    def __init__(self, xpos: list[str], deprel: list[str]) -> None:
        """The lists as the model will write them."""
        self.xpos, self.deprel = xpos, deprel
        self.of_xpos = {name: index for index, name in enumerate(xpos)}
        self.of_deprel = {name: index for index, name in enumerate(deprel)}
        self.of_upos = {name: index for index, name in enumerate(UPOS)}

    @classmethod
    def learn(cls, paths: list[Path]) -> "Labels":
        """Every tag and relation of some treebanks."""
        words = [word for path in paths for sentence in read(path) for word in sentence.words]
        return cls(sorted({word.xpos for word in words}), sorted({word.deprel for word in words}))


def documents(path: Path) -> Iterator[list[Sentence]]:
    """The sentences of each document."""
    document: list[Sentence] = []
    for sentence in read(path):
        if sentence.new_document and document:
            yield document
            document = []
        document.append(sentence)
    if document:
        yield document


def passages(path: Path, labels: Labels, pieces: Pieces, names: Named) -> list[Passage]:
    """The documents of a treebank; `names` gives UNER's entities by a sentence's text, for EWT."""
    return [_passage(document, labels, pieces, names) for document in documents(path)]


def uner(path: Path) -> Named:
    """UNER's rows by the letters of their sentence (its spaces are not the treebank's); empty without the file."""
    rows = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else []
    return {_letters(row["text"]): row for row in rows}


def _letters(text: str) -> str:
    return "".join(text.split())


def _passage(document: list[Sentence], labels: Labels, pieces: Pieces, names: Named) -> Passage:
    text = ""
    spans: list[tuple[int, int]] = []
    for sentence in document:
        text += ("\n\n" if sentence.new_paragraph else " ") if text else ""
        own, placed = sentence.placed()
        spans += [(start + len(text), end + len(text)) for start, end in placed]
        text += own
    passage = Passage.blank("gum" if not names else "ewt", text, spans, pieces)
    first = 0
    for number, sentence in enumerate(document):
        end = first + len(sentence.words)
        passage.units.append(first)
        if sentence.new_paragraph:
            passage.paragraphs.add(first)
        passage.sentence[first:end] = number
        _syntax(passage, first, sentence, labels)
        passage.name[first:end] = _from_uner(sentence, names) if names else _from_gum(sentence)
        first = end
    return passage


def _syntax(passage: Passage, first: int, sentence: Sentence, labels: Labels) -> None:
    for offset, word in enumerate(sentence.words):
        here = first + offset
        passage.labels["upos"][here] = labels.of_upos[word.upos]
        passage.labels["xpos"][here] = labels.of_xpos.get(word.xpos, -100)
        passage.labels["deprel"][here] = labels.of_deprel.get(word.deprel, -100)
        passage.labels["end"][here] = offset + 1 == len(sentence.words)
        passage.head[here] = first + word.head if word.head >= 0 else -1


def _from_uner(sentence: Sentence, names: Named) -> np.ndarray:
    """The names of a sentence by UNER; every label is open where its text is not known."""
    row = names.get(_letters(sentence.text))
    if row is None:
        return np.full(len(sentence.words), ANY)
    mask = np.full(len(sentence.words), NOT_CORE)
    places = _found(sentence, row["text"])
    for entity in row["entities"]:
        inside = [index for index, (a, b) in enumerate(places) if a >= entity["start"] and b <= entity["end"]]
        if inside and entity["label"] in LABELS:
            paint(mask, (inside[0], inside[-1] + 1), LABELS[entity["label"]])
    return with_groups(mask, [word.form for word in sentence.words])


def _found(sentence: Sentence, text: str) -> list[tuple[int, int]]:
    """Where each word stands in a text of the sentence."""
    at = 0
    places = []
    for word in sentence.words:
        at = max(at, text.find(word.form, at))
        places.append((at, at + len(word.form)))
        at += len(word.form)
    return places


def _from_gum(sentence: Sentence) -> np.ndarray:
    """Names among GUM's mentions: those that are proper nouns throughout, the longest first.

    A word is known to be no name where it is neither capitalized nor a proper noun; the rest stays open.
    """
    words = sentence.words
    mask = np.array([ANY if word.upos == "PROPN" or word.form[:1].isupper() else NOT_A_NAME for word in words])
    closed = [
        word.upos not in {"PROPN", "ADJ", "NOUN", "NUM", "X"} or bool(ADDRESS.search(word.form)) for word in words
    ]
    mask[closed] = NOT_A_NAME
    mask[[word.form[:1].isupper() and word.upos in {"ADJ", "NOUN"} and word.xpos[:3] != "NNP" for word in words]] = (
        NOT_CORE
    )
    used = np.zeros(len(words), bool)
    for mention in sorted(sentence.mentions, key=lambda m: m.first - m.end):
        span = _trimmed(sentence, mention)
        if span and not (used | closed)[span[0]] and not used[span[0] : span[1]].any():
            used[span[0] : span[1]] = True
            kinds = GUM_KINDS[mention.kind]
            named = " ".join(word.form for word in words[span[0] : span[1]])
            paint(mask, span, ("law",) if "law" in kinds and LAW.search(named) else settled(kinds, named))
    return with_groups(mask, [word.form for word in words])


def _trimmed(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """A mention without determiner, possessive and closing marks, if what is left is a name."""
    if mention.kind not in GUM_KINDS:
        return None
    first, end = mention.first, mention.end
    while first < end and sentence.words[first].xpos in {"DT", "PRP$"}:
        first += 1
    while end > first and sentence.words[end - 1].xpos in {"POS", ",", ".", "-RRB-", "-LRB-", "''"}:
        end -= 1
    inside = sentence.words[first:end]
    proper = [word.xpos in {"NNP", "NNPS"} for word in inside]
    whole = all(
        ok or word.xpos in {"CC", "POS", "HYPH", "CD", "DT", "."} or word.form in {"of", "for", "and", "the", "de"}
        for ok, word in zip(proper, inside, strict=True)
    )
    return (first, end) if inside and len(inside) <= 8 and whole and proper[0] else None


def with_groups(mask: np.ndarray, forms: list[str]) -> np.ndarray:
    """Nationalities and peoples written over what no corpus marks: `South|Korean`, `Iraqis`."""
    index = 0
    while index < len(forms):
        size = next((n for n in (3, 2, 1) if " ".join(forms[index : index + n]).casefold() in DEMONYMS), 0)
        here = mask[index : index + size]
        open_to_groups = _open_to_groups(here) if size else False
        if open_to_groups and forms[index][:1].isupper():
            paint(mask, (index, index + size), ("group",))
        index += max(1, size)
    return mask


def _open_to_groups(mask: np.ndarray) -> bool:
    """Whether a group is among what is allowed for every word."""
    begin, go_on = allow(("group",), begins=True), allow(("group",), begins=False)
    return all(int(bits) & (begin | go_on) for bits in mask)
