"""Stories written for this project, every name in them marked: `{O:World Food Programme} ({O:WFP}) said`.

A file holds stories parted by `---`, paragraphs by an empty line, and a sentence a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.model.pieces import Pieces
from pipeline.model.words import words
from training.labels import NOT_A_NAME, paint
from training.passages import Passage

HERE = Path(__file__).parent / "data" / "stories"
MARKED = re.compile(r"\{([A-Z]):([^{}]+)\}")
KINDS = {
    "P": "person",
    "O": "organization",
    "L": "place",
    "G": "group",
    "E": "event",
    "W": "work",
    "A": "law",
    "X": "other",
}
HELD_EVERY = 10
"""One story in ten is measured on, the others are learnt."""


@dataclass
class Story:
    """A story without its marks: where paragraphs begin, where sentences end, and names as start, end, kind."""

    text: str = ""
    paragraphs: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    names: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, marked: str) -> None:
        """Write a sentence on. Raises KeyError at a letter that is no kind."""
        at = 0
        for mark in MARKED.finditer(marked):
            self.text += marked[at : mark.start()]
            self.names.append((len(self.text), len(self.text) + len(mark[2]), KINDS[mark[1]]))
            self.text += mark[2]
            at = mark.end()
        self.text += marked[at:]
        self.ends.add(len(self.text))


def stories(folder: Path = HERE) -> Iterator[Story]:
    """The stories of every file in `folder`, in the order of the files' names."""
    for path in sorted(folder.glob("*.txt")):
        _, _, text = path.read_text("utf-8").partition("\n")  # the first line says what the file is
        yield from (story(part) for part in re.split(r"^---$", text, flags=re.MULTILINE) if part.strip())


def story(marked: str) -> Story:
    """Read a story."""
    found = Story()
    for paragraph in re.split(r"\n\s*\n", marked.strip()):
        found.text += "\n\n" if found.text else ""
        found.paragraphs.add(len(found.text))
        for number, sentence in enumerate(paragraph.split("\n")):
            found.text += " " if number else ""
            found.add(sentence)
    return found


def passage(told: Story, pieces: Pieces) -> Passage:
    """A story to learn from: nothing but the marked names is a name."""
    found = Passage.blank("stories", told.text, list(words(told.text)), pieces)
    found.paragraphs = {word for word, (start, _) in enumerate(found.spans) if start in told.paragraphs}
    found.labels["end"][:] = [end in told.ends for _, end in found.spans]
    found.units = [0, *(word + 1 for word in range(len(found.spans) - 1) if found.spans[word][1] in told.ends)]
    found.name[:] = NOT_A_NAME
    for start, end, kind in told.names:
        paint(found.name, found.covered(start, end), (kind,))
    return found
