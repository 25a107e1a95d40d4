"""All that the model is trained on, as passages."""

import random
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.pieces import Pieces
from training import newstexts, stories, treebanks
from training.labels import NOT_A_NAME, paint
from training.lexicon import Lexicon
from training.passages import Passage, Window, windows
from training.treebanks import Labels

HELD_EVERY = 5
"""Of EWT's dev documents, whose names are clean: one in five is measured on, the others are learnt."""
MADE_PASSAGES = 1400
"""Passages of made sentences, a few sentences each, drawn anew each epoch."""

SHORTEST, LONGEST = 10, 190
"""Pieces of a training window: from a sentence that stands alone to a page."""


@dataclass
class Corpora:
    """The training passages by corpus, the label sets, and the passages that are measured on."""

    labels: Labels
    train: dict[str, list[Passage]]
    held: dict[str, list[Passage]]
    pieces: Pieces


def load(root: Path, pieces: Pieces) -> Corpora:
    """Read the corpora under `root`. No test split is opened; wikigold is left out for measuring."""
    syntax, entities = root / "syntax", root / "entities"
    labels = Labels.learn([syntax / "ewt-train.conllu.gz", syntax / "gum-open-train.conllu.gz"])

    def bank(name: str, names: str = "") -> list[Passage]:
        marked = treebanks.uner(entities / names) if names else {}
        return treebanks.passages(syntax / f"{name}.conllu.gz", labels, pieces, marked)

    dev = bank("ewt-dev", "uner-ewt-dev.jsonl")
    own = [stories.passage(story, pieces) for story in stories.stories()]
    return Corpora(
        labels,
        {
            "ewt": bank("ewt-train", "uner-ewt-train-silver.jsonl"),
            "clean": [passage for index, passage in enumerate(dev) if index % HELD_EVERY],
            "gum": bank("gum-open-train"),
            "polnear": list(newstexts.attributions(root / "attributions" / "polnear-train.jsonl", pieces)),
            "re3d": list(newstexts.re3d(entities / "re3d.jsonl", pieces)),
            "meantime": list(newstexts.meantime(root / "meantime.jsonl", pieces)),
            "stories": [passage for index, passage in enumerate(own) if index % stories.HELD_EVERY],
        },
        {
            "ewt": dev[::HELD_EVERY],
            "gum": bank("gum-open-dev"),
            "stories": own[:: stories.HELD_EVERY],
            "polnear": list(newstexts.attributions(root / "attributions" / "polnear-dev.jsonl", pieces)),
        },
        pieces,
    )


def made(count: int, pieces: Pieces, chance: random.Random) -> list[Passage]:
    """Passages of sentences from the project's own lists, each name known."""
    lexicon = Lexicon(chance)
    return [_made(lexicon, pieces, chance.randint(1, 5)) for _ in range(count)]


def _made(lexicon: Lexicon, pieces: Pieces, sentences: int) -> Passage:
    text = ""
    spans: list[tuple[int, int, str]] = []
    ends = []
    for _ in range(sentences):
        text += lexicon.chance.choice((" ", " ", "\n\n")) if text else ""
        sentence, named = lexicon.sentence()
        spans += [(start + len(text), end + len(text), kind) for start, end, kind in named]
        text += sentence
        ends.append(len(text))
    passage = newstexts.plain("made", text, pieces)
    passage.name[:] = NOT_A_NAME
    for start, end, kind in spans:
        covered = passage.covered(start, end)
        if covered != (0, 0):
            paint(passage.name, covered, (kind,))
    passage.labels["end"][:] = [end in ends for _, end in passage.spans]
    return passage


def epoch(corpora: Corpora, chance: random.Random, times: dict[str, float]) -> list[Window]:
    """Windows of each corpus, as many times over as `times` says (a part of it at random for 0.4)."""
    found: list[Window] = []
    for name, share in times.items():
        passages = made(int(MADE_PASSAGES * share), corpora.pieces, chance) if name == "made" else corpora.train[name]
        whole = [window for passage in passages for window in windows(passage, chance, SHORTEST, LONGEST)]
        count = int(len(whole) * share) if name != "made" else len(whole)
        while count > 0:
            chance.shuffle(whole)
            found += whole[:count]
            count -= len(whole)
    return found
