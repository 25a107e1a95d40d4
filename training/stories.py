"""Stories written for this project, every name in them marked: `{O:World Food Programme} ({O:WFP}) said`.

A file holds stories parted by `---`, paragraphs by an empty line, and a sentence a line.
"""

import re
from collections.abc import Iterator
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


def stories(pieces: Pieces, folder: Path = HERE) -> Iterator[Passage]:
    """The stories of every file in `folder`, in the order of the files' names."""
    for path in sorted(folder.glob("*.txt")):
        _, _, text = path.read_text("utf-8").partition("\n")  # the first line says what the file is
        yield from (story(part, pieces) for part in re.split(r"^---$", text, flags=re.MULTILINE) if part.strip())


def story(marked: str, pieces: Pieces) -> Passage:
    """A story with its names, sentence ends and paragraphs. Raises KeyError at a letter that is no kind."""
    text = ""
    paragraphs, ends, names = [], [], []
    for paragraph in re.split(r"\n\s*\n", marked.strip()):
        text += "\n\n" if text else ""
        paragraphs.append(len(text))
        for sentence in paragraph.split("\n"):
            text += " " if text and len(text) != paragraphs[-1] else ""
            plain, found = unmarked(sentence)
            names += [(start + len(text), end + len(text), kind) for start, end, kind in found]
            text += plain
            ends.append(len(text))
    return _passage(text, (paragraphs, ends), names, pieces)


def unmarked(sentence: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence without its marks, and its names: start, end, kind."""
    text, at, names = "", 0, []
    for mark in MARKED.finditer(sentence):
        text += sentence[at : mark.start()]
        names.append((len(text), len(text) + len(mark[2]), KINDS[mark[1]]))
        text += mark[2]
        at = mark.end()
    return text + sentence[at:], names


def _passage(
    text: str, breaks: tuple[list[int], list[int]], names: list[tuple[int, int, str]], pieces: Pieces
) -> Passage:
    passage = Passage.blank("stories", text, list(words(text)), pieces)
    starts, ends = map(set, breaks)
    passage.paragraphs = {word for word, (start, _) in enumerate(passage.spans) if start in starts}
    passage.labels["end"][:] = [end in ends for _, end in passage.spans]
    passage.units = [0, *(word + 1 for word in range(len(passage.spans) - 1) if passage.spans[word][1] in ends)]
    passage.name[:] = NOT_A_NAME
    for start, end, kind in names:
        paint(passage.name, passage.covered(start, end), (kind,))
    return passage
