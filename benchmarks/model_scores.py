"""Scores of the language model: `python benchmarks/model_scores.py [--shared ../shared] [--model DIR]`.

Syntax on UD English EWT's and GUM's test parts, on gold tokens and from raw text; names on UNER-EWT
test, on wikigold, which is not trained on, and on the project's own stories that are held out;
attribution labels on PolNeAR dev. Prints Markdown rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.model import Reading
from pipeline.model.files import HERE, packaged
from pipeline.model.packaged import PackagedModel, Story
from pipeline.model.pieces import look
from pipeline.model.windows import Passage
from training.conllu import Sentence
from training.stories import HELD_EVERY, stories
from training.treebanks import documents

Row = dict[str, Any]


class GoldStory(Story):
    """A text of which the sentences are told."""

    def __init__(self, model: PackagedModel, passage: Passage, lasts: set[int]) -> None:
        """`lasts` are the last words of the sentences."""
        super().__init__(model, passage)
        self.lasts = lasts

    def _ends(self, first: int, end: int) -> tuple[Any, Any]:
        scores, _ = super()._ends(first, end)
        return scores, np.array([word in self.lasts for word in range(first, end)])


def gold(document: list[Sentence]) -> tuple[str, list[tuple[int, int]], Reading, set[int]]:
    """A document's text, its words' places, gold reading, and the last words of its sentences."""
    text, spans, lasts, first = "", [], set(), 0
    words: list[Any] = []
    sentences = []
    for sentence in document:
        text += ("\n\n" if sentence.new_paragraph else " ") if text else ""
        own, placed = sentence.placed()
        here = [(start + len(text), end + len(text)) for start, end in placed]
        for (start, end), (index, word) in zip(here, enumerate(sentence.words), strict=True):
            head = first + (word.head if word.head >= 0 else index)
            words.append((start, end, word.lemma, word.upos, word.xpos, head, word.deprel))
        spans += here
        text += own
        sentences.append((first, first + len(here)))
        first += len(here)
        lasts.add(first - 1)
    return text, spans, Reading(words, sentences, [], []), lasts


def read_gold(model: PackagedModel, text: str, spans: list[tuple[int, int]], lasts: set[int]) -> Reading:
    """The model's reading of gold words in gold sentences."""
    pieces = [model.pieces.of(text[start:end]) for start, end in spans]
    passage = Passage(text, spans, pieces, [look(text, start, end) for start, end in spans])
    return GoldStory(model, passage, lasts).reading()


class Counts:
    """Words that are right, found and wanted."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.right = dict.fromkeys(("words", "sentences", "upos", "xpos", "lemma", "uas", "las"), 0)
        self.total = dict.fromkeys(self.right, 0)

    def add(self, wanted: Reading, found: Reading) -> None:
        """Compare two readings of one text, by offsets."""
        there = {tuple(word[:2]): word for word in found.words}
        place = [tuple(word[:2]) for word in found.words]
        at = [tuple(word[:2]) for word in wanted.words]
        for word in wanted.words:
            other = there.get(tuple(word[:2]))
            if other is None:
                continue
            hung = at[word[5]] == place[other[5]]
            hits = (
                True,
                word[3] == other[3],
                word[4] == other[4],
                word[2] == other[2],
                hung,
                hung and word[6] == other[6],
            )
            for name, hit in zip(("words", "upos", "xpos", "lemma", "uas", "las"), hits, strict=True):
                self.right[name] += hit
        ends = [{(r.words[a][0], r.words[b - 1][1]) for a, b in r.sentences} for r in (wanted, found)]
        self.right["sentences"] += len(ends[0] & ends[1])
        for name in self.total:
            count = len(ends[0]) + len(ends[1]) if name == "sentences" else len(wanted.words) + len(found.words)
            self.total[name] += count

    def f1(self) -> dict[str, str]:
        """F1 in per cent; on gold words, this is accuracy."""
        return {name: f"{200 * self.right[name] / max(1, self.total[name]):.2f}" for name in self.right}


def syntax(model: PackagedModel, path: Path) -> Iterator[str]:
    """Two rows: gold tokens and raw text."""
    told, raw = Counts(), Counts()
    for document in documents(path):
        text, spans, wanted, lasts = gold(document)
        told.add(wanted, read_gold(model, text, spans, lasts))
        raw.add(wanted, model.read(text))
    for name, counts in (("gold tokens", told), ("raw text", raw)):
        yield f"| {path.name.split('.')[0]}, {name} | " + " | ".join(counts.f1().values()) + " |"


def mentions(model: PackagedModel, row: Row) -> Row:
    """A row as `entities.py` reads it."""
    reading = model.read(row["text"])
    found = [(reading.words[first].start, reading.words[end - 1].end, kind) for first, end, kind in reading.names]
    keys = ("start_char", "end_char", "kind")
    return {"id": row["id"], "mentions": [dict(zip(keys, name, strict=True)) for name in found]}


def labels(model: PackagedModel, row: Row) -> Row:
    """A row as `attributions.py` reads it, a statement for each span, so that characters are counted rightly."""
    reading = model.read(row["text"])
    statements = []
    for first, end, role, _ in reading.attributions:
        start, stop = reading.words[first].start, reading.words[end - 1].end
        content = [{"start_char": start, "end_char": stop}] if role == "content" else []
        name = {"source": "speaker", "cue": "cue"}.get(role)
        span = {f"{name}_start_char": start, f"{name}_end_char": stop} if name else {}
        statements.append({"content_spans": content, **span})
    return {"id": row["id"], "statements": statements}


def tied(model: PackagedModel, row: Row) -> Row:
    """A row of statements: each cue with the contents and the longest source that hang on it."""
    reading = model.read(row["text"])

    def chars(span: Any) -> tuple[int, int]:
        return reading.words[span.first].start, reading.words[span.end - 1].end

    statements = []
    contents = [span for span in reading.attributions if span.role == "content"]
    for cue in [*(span for span in reading.attributions if span.role == "cue"), None]:
        own = [span for span in contents if span.cue == (cue and cue.first)]
        for group in [own] if cue else [[span] for span in own]:
            if not group:
                continue
            sources = [s for s in reading.attributions if cue and s.role == "source" and s.cue == cue.first]
            source = max(map(chars, sources), key=lambda span: span[1] - span[0], default=(None, None))
            said = chars(cue) if cue else (None, None)
            statements.append(
                {
                    "content_spans": [dict(zip(("start_char", "end_char"), chars(s), strict=True)) for s in group],
                    "speaker_start_char": source[0],
                    "speaker_end_char": source[1],
                    "cue_start_char": said[0],
                    "cue_end_char": said[1],
                }
            )
    return {"id": row["id"], "statements": statements}


LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def held_out_stories(into: Path) -> Path:
    """Those of training/data/stories that are not trained on, as a file that `entities.py` reads."""
    with into.open("w", encoding="utf-8") as out:
        for number, story in enumerate(list(stories())[::HELD_EVERY]):
            named = [name for name in story.names if name[2] in LABELS]
            entities = [{"start": start, "end": end, "label": LABELS[kind]} for start, end, kind in named]
            out.write(json.dumps({"id": str(number), "text": story.text, "entities": entities}) + "\n")
    return into


def scored(shared: Path, gold_file: Path, scorer: str, read: Callable[[Row], Row]) -> list[str]:
    """What a scorer in shared/score prints of all rows of a file."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for line in gold_file.read_text("utf-8").splitlines():
            out.write(json.dumps(read(json.loads(line))) + "\n")
        out.flush()
        command = [sys.executable, str(shared / "score" / scorer), str(gold_file), out.name]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main() -> None:
    """Print every score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, default=HERE)
    parser.add_argument("--dev", action="store_true", help="the dev parts: what choices are made on")
    arguments = parser.parse_args()
    model = packaged(arguments.model)
    assert isinstance(model, PackagedModel)
    corpora, part = arguments.shared / "corpora", "dev" if arguments.dev else "test"
    print("| F1 | words | sentences | UPOS | XPOS | lemma | UAS | LAS |\n|---|---|---|---|---|---|---|---|")
    for name in ("ewt", "gum-open"):
        for line in syntax(model, corpora / "syntax" / f"{name}-{part}.conllu.gz"):
            print(line, flush=True)
    with tempfile.TemporaryDirectory() as made:
        golds = [corpora / "entities" / f"uner-ewt-{part}.jsonl", held_out_stories(Path(made) / "own-stories.jsonl")]
        golds += [corpora / "entities" / "wikigold.jsonl"] if part == "test" else []
        for gold_file in golds:
            lines = scored(arguments.shared, gold_file, "entities.py", lambda r: mentions(model, r))
            print(f"\n{gold_file.stem}", *lines, sep="\n", flush=True)
    dev = corpora / "attributions" / "polnear-dev.jsonl"
    lines = scored(arguments.shared, dev, "attributions.py", lambda r: labels(model, r))
    print("\nPolNeAR dev, labels", *[line for line in lines if line.startswith("characters")], sep="\n")
    lines = scored(arguments.shared, dev, "attributions.py", lambda r: tied(model, r))
    print("\nPolNeAR dev, tied by the model's links", *lines[:6], sep="\n")


if __name__ == "__main__":
    main()
