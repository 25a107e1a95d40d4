"""Which cue a source or a content belongs to.

The model says on which cue each hangs, and errs most where a sentence has several. The tree, the distance and what
stands between are asked too, and the cue with most points wins.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extractors.syntax import Tree
from pipeline.text import Attribution, Document

LEAST = 1.0
"""Points under which a content or source belongs to no cue."""


class Stretch(NamedTuple):
    """Tokens `[first, end)`."""

    first: int
    end: int

    def holds(self, index: int) -> bool:
        """Whether a token stands inside."""
        return self.first <= index < self.end


def stretch(label: Attribution) -> Stretch:
    """The tokens of a label."""
    return Stretch(label.first, label.end)


class Ties:
    """The sources and contents of each cue of a document, by the cue's index among its attributions."""

    def __init__(self, document: Document, tree: Tree) -> None:
        """Every content goes to one cue; a source may serve several (`Lee said …, adding …`)."""
        self.tree, self.labels = tree, document.attributions
        self.cues = [index for index, label in enumerate(self.labels) if label.role == "cue"]
        self.sentence = [0] * len(document.tokens)
        for number, sentence in enumerate(document.sentences):
            self.sentence[sentence.first : sentence.end] = [number] * (sentence.end - sentence.first)
        self.paragraph = _paragraphs(document)
        self.contents: dict[int, list[Stretch]] = {index: [] for index in self.cues}
        self.sources: dict[int, list[Stretch]] = {index: [] for index in self.cues}
        self.loose: list[Stretch] = []
        for label in self.labels:
            if label.role != "cue":
                self._tie(label)

    def _tie(self, label: Attribution) -> None:
        near = [index for index in self.cues if self._is_near(label, self.labels[index]) or label.cue == index]
        points = self.content_points if label.role == "content" else self.source_points
        ranked = sorted(((points(label, index), -abs(self.labels[index].first - label.first), index) for index in near),
                        reverse=True)  # fmt: skip
        if ranked and ranked[0][0] >= LEAST:
            found = self.contents if label.role == "content" else self.sources
            found[ranked[0][2]].append(stretch(label))
        elif label.role == "content":
            self.loose.append(stretch(label))

    def _is_near(self, label: Attribution, cue: Attribution) -> bool:
        first, last = self.sentence[label.first], self.sentence[label.end - 1]
        return first - 1 <= self.sentence[cue.first] <= last + 1

    def content_points(self, content: Attribution, index: int) -> float:
        """How well a content fits a cue."""
        cue = self.labels[index]
        verb = self.tree.top(cue.first, cue.end)
        points = self._common_points(content, cue, index)
        inside = stretch(content)
        tops = [i for i in range(*inside) if not inside.holds(head := self.tree.token(i).head) or head == i]
        if any(cue.first <= self.tree.token(top).head < cue.end for top in tops) or (
            content.first <= self.tree.token(verb).head < content.end
        ):
            points += 1.5
        elif any(above == verb for top in tops for above in self.tree.above(top)):
            points += 0.7
        return points

    def source_points(self, source: Attribution, index: int) -> float:
        """How well a source fits a cue."""
        cue = self.labels[index]
        verb = self.tree.top(cue.first, cue.end)
        points = self._common_points(source, cue, index)
        top = self.tree.top(source.first, source.end)
        subject = self.tree.subject(verb)
        if subject is not None and source.first <= subject < source.end:
            points += 1.5
        elif cue.first <= self.tree.token(top).head < cue.end:
            points += 1.0
        return points

    def _common_points(self, label: Attribution, cue: Attribution, index: int) -> float:
        points = 1.0 if label.cue == index else 0.0
        points += 1.0 if self._share_sentence(label, cue) else 0.0
        first, end = (label.end, cue.first) if label.first < cue.first else (cue.end, label.first)
        gap = self._gap(first, end)
        points += 1.0 if gap == 0 else 0.5 if gap <= 3 else -0.5 if gap > 10 else 0.0
        if any(first <= self.labels[other].first < end for other in self.cues):
            points -= 1.0
        if end > first and self.paragraph[label.first] != self.paragraph[cue.first]:
            points -= 0.5
        return points

    def _share_sentence(self, label: Attribution, cue: Attribution) -> bool:
        return self.sentence[label.first] <= self.sentence[cue.first] <= self.sentence[label.end - 1]

    def _gap(self, first: int, end: int) -> int:
        """Words between that are neither marks nor a source or content."""
        labelled = {i for label in self.labels if label.role != "cue" and label.end > first and label.first < end
                    for i in range(label.first, label.end)}  # fmt: skip
        return sum(1 for i in range(first, end) if i not in labelled and self.tree.token(i).upos != "PUNCT")

    def best_source(self, index: int) -> Stretch | None:
        """The source of a cue that fits it best."""
        cue = self.labels[index]
        fits = self.sources[index]
        return max(fits, key=lambda each: (-min(abs(each.first - cue.end), abs(cue.first - each.end)),), default=None)


def _paragraphs(document: Document) -> Sequence[int]:
    """The number of the paragraph of each token."""
    numbers, number, end = [], 0, 0
    for token in document.tokens:
        number += "\n" in document.story.text[end : token.start_char]
        numbers.append(number)
        end = token.end_char
    return numbers
