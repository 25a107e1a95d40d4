"""Universal Dependencies treebanks, with GUM's mentions."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
PART = re.compile(r"\(([^()]*)(\))?|(\d+)\)")


@dataclass
class Word:
    """A line of CoNLL-U. `head` counts from 0, -1 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    space_after: bool


@dataclass
class Mention:
    """An entity mention of GUM: words `[first, end)`."""

    first: int
    end: int
    kind: str
    identity: str | None


@dataclass
class Sentence:
    """A sentence; `new_paragraph` and `new_document` say what it begins."""

    text: str = ""
    words: list[Word] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    new_paragraph: bool = False
    new_document: bool = False

    def placed(self) -> tuple[str, list[tuple[int, int]]]:
        """The text made from the words, and where each stands in it."""
        text = ""
        spans = []
        for word in self.words:
            spans.append((len(text), len(text) + len(word.form)))
            text += word.form + " " * word.space_after
        return text.rstrip(), spans


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a gzipped CoNLL-U file; ranges and empty nodes are left out."""
    sentence = Sentence()
    opened: list[tuple[str, Mention]] = []
    ranged_until, ranged_close = 0, False
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            line = row.rstrip("\n")
            if not line:
                if sentence.words:
                    yield sentence
                sentence, opened, ranged_until = Sentence(), [], 0
            elif line[0] == "#":
                _comment(sentence, line)
            else:
                columns = line.split("\t")
                if columns[0].isdigit():
                    number = int(columns[0])
                    close = number < ranged_until or (number == ranged_until and ranged_close)
                    _word(sentence, columns, space_after=not (close or "SpaceAfter=No" in columns[9]))
                    _mentions(sentence, opened, columns[9])
                elif "-" in columns[0]:  # 5-6 don't: the space is told on the range
                    ranged_until = int(columns[0].split("-")[1])
                    ranged_close = "SpaceAfter=No" in columns[9]


def _comment(sentence: Sentence, line: str) -> None:
    if line.startswith("# text = "):
        sentence.text = line.removeprefix("# text = ")
    sentence.new_paragraph |= line.startswith("# newpar") and not line.startswith("# newpar_block")
    sentence.new_document |= line.startswith("# newdoc")


def _word(sentence: Sentence, columns: list[str], *, space_after: bool) -> None:
    _, form, lemma, upos, xpos, _, head, deprel = columns[:8]
    sentence.words.append(Word(form, lemma, upos, xpos, int(head) - 1, deprel, space_after))


def _mentions(sentence: Sentence, opened: list[tuple[str, Mention]], misc: str) -> None:
    """Open and close what a token's Entity= says: (7-place-new-...-Portsmouth and 7)."""
    here = len(sentence.words) - 1
    match = ENTITY.search(misc)
    for begun, whole, closed in PART.findall(match.group(1)) if match else []:
        if closed:
            for index in range(len(opened) - 1, -1, -1):
                if opened[index][0] == closed:
                    _, mention = opened.pop(index)
                    mention.end = here + 1
                    sentence.mentions.append(mention)
                    break
            continue
        parts = begun.split("-", 7)
        mention = Mention(here, here + 1, parts[1] if len(parts) > 1 else "", parts[7] if len(parts) > 7 else None)
        if whole:
            sentence.mentions.append(mention)
        else:
            opened.append((parts[0], mention))
