"""The packaged model: one encoder with heads, run a window at a time.

A window is scored alone, so its 8-bit scales, and with them the result to the bit, depend on nothing
but its own words.
"""

import json
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.model.lemmas import Table, lemma
from pipeline.model.pieces import CLS, SEP, Pieces, look
from pipeline.model.reading import AttributionSpan, NameSpan, Reading, WordTags
from pipeline.model.spans import spans, well_formed
from pipeline.model.tree import best_tree
from pipeline.model.windows import Part, Passage, parts
from pipeline.model.words import COUNTRIES, words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder's heads say of a window: a row a word; those of heads have the root before the words."""

    flat: Floats
    arc_word: Floats
    arc_head: Floats
    rel_word: Floats
    rel_head: Floats
    link_word: Floats
    link_head: Floats


OUTPUTS = [field.name for field in fields(Scores)]


class PackagedModel:
    """See `pipeline.model.load`."""

    def __init__(self, files: dict[str, bytes], version: str, threads: int) -> None:
        """`files` by name, as `files.checked` gives them."""
        self.version = version
        labels: dict[str, Any] = json.loads(files["labels.json"])
        self.labels: dict[str, list[str]] = labels["heads"]
        self.deprel: list[str] = labels["deprel"]
        self.root = self.deprel.index("root")
        self.lemmas: Table = json.loads(files["lemmas.json"])
        self.pieces = Pieces(Tokenizer.from_buffer(files["tokenizer.json"]))
        self.encoder = _session(files["model.onnx"], threads)
        # Always one thread: the last bits of a product of numbers depend on how it is shared out.
        self.products = _session(files["products.onnx"], 1)
        self.relations = _session(files["relations.onnx"], 1)

    def read(self, text: str) -> Reading:
        """The whole of a text, in windows of whole sentences."""
        passage = self.passage(text)
        if not passage.spans:
            return Reading([], [], [], [])
        return Story(self, passage).reading()

    def passage(self, text: str) -> Passage:
        """The text as words, their pieces and looks."""
        found = list(words(text))
        pieces = [self.pieces.of(text[start:end]) for start, end in found]
        return Passage(text, found, pieces, [look(text, start, end) for start, end in found])

    def score(self, passage: Passage, first: int, end: int) -> Scores:
        """The scores of the words `[first, end)` read as one window."""
        return Scores(*(out[0] for out in self.encoder.run(OUTPUTS, given(passage, first, end))))

    def cut(self, name: str) -> slice:
        """Where a flat head's labels stand among the scores."""
        before = 0
        for head, labels in self.labels.items():
            if head == name:
                return slice(before, before + len(labels))
            before += len(labels)
        raise KeyError(name)

    def multiply(self, word: Floats, head: Floats) -> Floats:
        """Scores, words by heads."""
        scores: Floats = self.products.run(None, {"word": word, "head": head})[0]
        return scores

    def relate(self, word: Floats, head: Floats, heads: NDArray[np.int64]) -> list[str]:
        """The relation of each word to its head; "root" goes to the root alone."""
        scores = self.relations.run(None, {"word": word, "head": head[heads]})[0]
        scores[heads > 0, self.root] = -np.inf
        scores[heads == 0] = -np.inf
        scores[heads == 0, self.root] = 0
        return [self.deprel[index] for index in scores.argmax(1).tolist()]


class Story:
    """A text while it is being read."""

    def __init__(self, model: PackagedModel, passage: Passage) -> None:
        """What is found is kept for each word, in order."""
        self.model, self.passage = model, passage
        self.heads: list[int] = []
        self.deprel: list[str] = []
        self.links: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        self.flat: list[Floats] = []

    def reading(self) -> Reading:
        """Read part after part, then put together what goes over their edges."""
        for part in parts(self.passage, self._ends):
            self._take(part)
        flat = np.concatenate(self.flat)
        tags = {name: self._best(flat, name) for name in ("upos", "xpos")}
        names = self._spans(flat, "names")
        attributions = self._spans(flat, "attribution")
        text = self.passage.text
        return Reading(
            [
                WordTags(start, end, lemma(self.model.lemmas, text[start:end], upos, xpos), upos, xpos, head, deprel)
                for (start, end), upos, xpos, head, deprel in zip(
                    self.passage.spans, tags["upos"], tags["xpos"], self.heads, self.deprel, strict=True
                )
            ],
            self.sentences,
            [self._name(first, end, kind) for first, end, kind in names],
            self._hung(attributions),
        )

    def _ends(self, first: int, end: int) -> tuple[Scores, NDArray[np.bool_]]:
        """A window's scores, and after which of its words a sentence ends."""
        scores = self.model.score(self.passage, first, end)
        ends = scores.flat[:, self.model.cut("end")]
        return scores, ends[:, 1] > ends[:, 0]

    def _take(self, part: Part[Scores]) -> None:
        """Take over a part: whole sentences of a window."""
        for first, end in part.sentences:
            self._tree(part, first, end)
        self.sentences += part.sentences
        inside = slice(part.sentences[0][0] - part.first, part.sentences[-1][1] - part.first)
        self.flat.append(part.scores.flat[inside])
        self.links += self._cues(part, inside)

    def _tree(self, part: Part[Scores], first: int, end: int) -> None:
        a, b = first - part.first, end - part.first
        columns = np.r_[0, a + 1 : b + 1]
        heads = best_tree(self.model.multiply(part.scores.arc_word[a:b], part.scores.arc_head[columns]))
        related = self.model.relate(part.scores.rel_word[a:b], part.scores.rel_head[columns], heads)
        own = np.arange(len(heads)) + 1
        self.heads += (np.where(heads == 0, own, heads) - 1 + first).tolist()
        self.deprel += related

    def _cues(self, part: Part[Scores], inside: slice) -> list[int]:
        """For each word, the word of a cue that it would hang on; -1 for none."""
        cut = self.model.cut("attribution")
        labels = self.model.labels["attribution"]
        best = part.scores.flat[:, cut].argmax(1)
        cues = np.flatnonzero(np.array([label == "B-cue" for label in labels])[best])
        columns = np.r_[0, cues + 1]
        links = self.model.multiply(part.scores.link_word[inside], part.scores.link_head[columns]).argmax(1)
        return np.r_[-1, cues + part.first][links].tolist()  # type: ignore[no-any-return]

    def _best(self, flat: Floats, name: str) -> list[str]:
        labels = self.model.labels[name]
        return [labels[index] for index in flat[:, self.model.cut(name)].argmax(1).tolist()]

    def _spans(self, flat: Floats, name: str) -> list[tuple[int, int, str]]:
        labels = self.model.labels[name]
        return list(spans([labels[index] for index in well_formed(flat[:, self.model.cut(name)], labels)]))

    def _name(self, first: int, end: int, kind: str) -> NameSpan:
        """A name; a country that acts is a place, though some corpora call it an organization."""
        text = self.passage.text[self.passage.spans[first][0] : self.passage.spans[end - 1][1]]
        country = kind == "organization" and text.casefold() in COUNTRIES
        return NameSpan(first, end, "place" if country else kind)  # type: ignore[arg-type]

    def _hung(self, found: list[tuple[int, int, str]]) -> list[AttributionSpan]:
        """The spans of attributions, sources and contents with the cue that most of their words hang on."""
        cues = {word: first for first, end, role in found if role == "cue" for word in range(first, end)}
        out = []
        for first, end, role in found:
            votes = [cues[link] for link in self.links[first:end] if link in cues]
            hung = max(sorted(set(votes)), key=votes.count, default=None) if role != "cue" else None
            out.append(AttributionSpan(first, end, role, hung))  # type: ignore[arg-type]
        return out


def given(passage: Passage, first: int, end: int) -> dict[str, NDArray[np.int64]]:
    """What the encoder is given of a window: CLS, the words' pieces, SEP between paragraphs, SEP."""
    pieces, looks, firsts = [CLS], [0], [0]
    for word in range(first, end):
        if word in passage.paragraphs and word > first:
            pieces.append(SEP)
            looks.append(0)
        firsts.append(len(pieces))
        own = passage.pieces[word]
        pieces += own
        looks += [passage.looks[word]] * len(own)
    rows = {"pieces": [*pieces, SEP], "looks": [*looks, 0], "first": firsts}
    return {name: np.array(row, np.int64)[None] for name, row in rows.items()}


def _session(body: bytes, threads: int) -> Any:
    options = ort.SessionOptions()  # type: ignore[attr-defined]
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(  # type: ignore[attr-defined]
        body, options, providers=["CPUExecutionProvider"]
    )
