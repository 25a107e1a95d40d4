"""PolNeAR, re3d and MEANTIME as passages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.model.pieces import Pieces
from pipeline.model.words import words
from training.labels import ANY, ATTRIBUTION, NOT_A_NAME, NOT_CORE, ROLES, paint, settled
from training.passages import Passage
from training.treebanks import with_groups

LONGEST_UNIT = 110
ENDS = frozenset(".!?…\"”'’)]:;")
RE3D = {"Person": ("person",), "Organisation": ("organization",), "Location": ("place",), "Nationality": ("group",)}
MEANTIME = {"PER": ("person",), "ORG": ("organization",), "LOC": ("place",)}
LOWER_INSIDE = frozenset("of for and the de la al bin ibn van von da del on in & - ' ’ . 's".split())
TITLES = frozenset(
    "president minister senator secretary general prime foreign mr. mrs. ms. dr. sir lord lady hon hon. he "
    "sheikh sheik chairman spokesman spokeswoman director governor ambassador king queen prince colonel major "
    "captain lieutenant gen. col. lt. maj. sen. rep. gov. professor judge justice deputy".split()
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def plain(source: str, text: str, pieces: Pieces) -> Passage:
    """A raw text: units are paragraphs, cut where they are long; ends are known where a paragraph ends."""
    passage = Passage.blank(source, text, list(words(text)), pieces)
    end = passage.labels["end"]
    begun = 0
    for index, (start, stop) in enumerate(passage.spans):
        gap = text[passage.spans[index - 1][1] : start] if index else "\n\n"
        before = text[passage.spans[index - 1][0] : passage.spans[index - 1][1]] if index else "."
        if "\n" in gap:
            passage.paragraphs.add(index)
        if "\n" in gap or (index - begun > LONGEST_UNIT and before in ENDS) or index - begun > LONGEST_UNIT + 50:
            passage.units.append(index)
            begun = index
        if index and "\n" in gap:
            end[index - 1] = 1
        if text[start:stop] not in ENDS and text[stop : stop + 1] not in {"\n", ""} and text[stop - 1] != ".":
            end[index] = 0
    return passage


def attributions(path: Path, pieces: Pieces) -> Iterator[Passage]:
    """PolNeAR: source, cue and content, and which cue a source and a content belong to."""
    for row in rows(path):
        passage = plain("polnear", row["text"], pieces)
        label, link = passage.labels["attribution"], passage.link
        label[:] = 0
        for attribution in row["attributions"]:
            spans = {role: [passage.covered(*span) for span in attribution[role]] for role in ROLES}
            cue = min((span[0] for span in spans["cue"]), default=-1)
            for role in ROLES:
                _mark(label, [span for span in spans[role] if span != (0, 0)], role)
                for first, end in spans[role] if role != "cue" else []:
                    link[first:end] = cue
        yield passage


def _mark(label: np.ndarray, spans: list[tuple[int, int]], role: str) -> None:
    for first, end in spans:
        if not label[first:end].any():
            label[first:end] = ATTRIBUTION.index(f"I-{role}")
            label[first] = ATTRIBUTION.index(f"B-{role}")


def re3d(path: Path, pieces: Pieces) -> Iterator[Passage]:
    """re3d: names are the innermost marked spans that are written as names."""
    for row in rows(path):
        spans = [(e["start"], e["end"], RE3D[e["label"]]) for e in row["entities"] if e["label"] in RE3D]
        passage = _named("re3d", row["text"], spans, pieces)
        # All that re3d takes for an entity is marked: a capital outside of every span is no person, and so on.
        marked = {i for e in row["entities"] for i in range(*passage.covered(e["start"], e["end"]))}
        for index in range(len(passage.name)):
            if index not in marked and passage.name[index] == ANY:
                passage.name[index] = NOT_CORE
        yield passage


def meantime(path: Path, pieces: Pieces) -> Iterator[Passage]:
    """MEANTIME: the named mentions."""
    for row in rows(path):
        named = [e for e in row["entities"] if e["mention_type"] == "NAM" and e["label"] in MEANTIME]
        yield _named("meantime", row["text"], [(e["start"], e["end"], MEANTIME[e["label"]]) for e in named], pieces)


def _named(source: str, text: str, spans: list[tuple[int, int, tuple[str, ...]]], pieces: Pieces) -> Passage:
    """A text with names: capitalized words that no good span covers stay open, the others are no names."""
    passage = plain(source, text, pieces)
    forms = [text[start:end] for start, end in passage.spans]
    for index, form in enumerate(forms):
        passage.name[index] = ANY if form[:1].isupper() else NOT_A_NAME
    used = np.zeros(len(forms), bool)
    for start, end, kinds in sorted(spans, key=lambda span: (span[1] - span[0]) * (1 if "person" in span[2] else -1)):
        span = _as_name(forms, passage.covered(start, end))
        if span and not used[span[0] : span[1]].any():
            used[span[0] : span[1]] = True
            paint(passage.name, span, settled(kinds, " ".join(forms[span[0] : span[1]])))
    passage.name = with_groups(passage.name, forms)
    return passage


def _as_name(forms: list[str], span: tuple[int, int]) -> tuple[int, int] | None:
    """A span without article and titles, if it is written as a name."""
    first, end = span
    while first < end and (forms[first].casefold() in TITLES or forms[first].casefold() in {"the", "a", "an"}):
        first += 1
    while end > first and forms[end - 1] in {"'s", "’s", ",", "."}:
        end -= 1
    inside = forms[first:end]
    written = all(form[:1].isupper() or form[:1].isdigit() or form in LOWER_INSIDE for form in inside)
    return (first, end) if inside and inside[0][:1].isupper() and written and re.search(r"\w", inside[-1]) else None
