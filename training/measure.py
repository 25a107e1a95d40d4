"""How the network does on held-out windows, on gold words: a quick look, before any decoding."""

import random
from collections import Counter

import torch
from torch import Tensor

from training.batches import Batch, collate, grouped
from training.labels import ATTRIBUTION, CORE, NAMES, ROLES, UNKNOWN
from training.losses import same_sentence
from training.network import Network
from training.passages import Passage, windows

CORE_LABELS = 1 + 2 * len(CORE)


def measure(network: Network, held: dict[str, list[Passage]]) -> dict[str, float]:
    """XPOS, UAS, LAS, sentence ends (F1), names (F1, EWT's and the project's own), attribution labels (words F1)."""
    network.eval()
    tally = Tally()
    chance = random.Random(1)
    for corpus, passages in held.items():
        cut = [window for passage in passages for window in windows(passage, chance, 150, 150)]
        for group in grouped(cut, 4000, chance):
            tally.add(corpus, network, collate(group, None))
    return tally.rates()


class Tally:
    """What is right, found and wanted."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.count: Counter[str] = Counter()

    def add(self, corpus: str, network: Network, batch: Batch) -> None:
        """Compare a batch with what the network says of it."""
        with torch.no_grad():
            flat, arcs, rel_word, rel_head, _ = network(*(batch[name] for name in ("pieces", "looks", "first", "mask")))
            heads = arcs.masked_fill(~same_sentence(batch), -1e4).argmax(-1)
            index = heads.unsqueeze(-1).expand(-1, -1, rel_head.shape[-1])
            related = network.relate(rel_word, torch.gather(rel_head, 1, index)).argmax(-1)
        scores = flat.split(list(network.sizes.values()), -1)
        found = {name: score.argmax(-1) for name, score in zip(network.sizes, scores, strict=True)}
        known = batch["head"] != UNKNOWN
        right = (heads == batch["head"]) & known
        hits = {"words": known, "uas": right, "las": right & (related == batch["deprel"])}
        hits["xpos"] = (found["xpos"] == batch["xpos"]) & known
        for name, hit in hits.items():
            self.count[f"{corpus} {name}"] += int(hit.sum())
        told = batch["end"] != UNKNOWN
        self._compare(f"{corpus} end", (batch["end"] == 1) & told, (found["end"] == 1) & told)
        if corpus in {"ewt", "stories"}:
            self._names(corpus, found["names"].where(batch["first"][:, 1:] > 0, 0), batch["names"])
        if corpus == "polnear":
            self._roles(found["attribution"], batch["attribution"])

    def _compare(self, name: str, wanted: Tensor, found: Tensor) -> None:
        for part, hit in (("tp", wanted & found), ("fp", found & ~wanted), ("fn", wanted & ~found)):
            self.count[f"{name} {part}"] += int(hit.sum())

    def _names(self, corpus: str, found: Tensor, allowed: Tensor) -> None:
        for labels, gold in zip(found.tolist(), allowed, strict=True):
            wanted = _spans([_only(bits) for bits in gold.tolist()])
            got = _spans([NAMES[label] if label < CORE_LABELS else "O" for label in labels])
            for part, spans in (("tp", wanted & got), ("fp", got - wanted), ("fn", wanted - got)):
                self.count[f"{corpus} names {part}"] += len(spans)

    def _roles(self, found: Tensor, gold: Tensor) -> None:
        known = gold != UNKNOWN
        for role in ROLES:
            ids = torch.tensor([label.endswith(role) for label in ATTRIBUTION])
            self._compare(role, ids[gold.clamp(min=0)] & known, ids[found] & known)

    def rates(self) -> dict[str, float]:
        """Per cent."""
        out = {}
        for corpus in ("ewt", "gum"):
            for name in ("xpos", "uas", "las"):
                out[f"{corpus} {name}"] = 100 * self.count[f"{corpus} {name}"] / self.count[f"{corpus} words"]
        for name in ("ewt end", "gum end", "stories end", "ewt names", "stories names", *ROLES):
            right = 2 * self.count[f"{name} tp"]
            out[name] = 100 * right / max(1, right + self.count[f"{name} fp"] + self.count[f"{name} fn"])
        return {name: round(value, 2) for name, value in out.items()}


def _only(bits: list[bool]) -> str:
    """The core label that is known for certain, or O."""
    return NAMES[bits.index(True)] if sum(bits) == 1 and bits.index(True) < CORE_LABELS else "O"


def _spans(labels: list[str]) -> set[tuple[int, int, str]]:
    spans = set()
    begun = 0
    for index, label in enumerate([*labels, "O"]):
        before = labels[index - 1] if index else "O"
        if before != "O" and (label[0] != "I" or label[2:] != before[2:]):
            spans.add((begun, index, before[2:]))
        if label != "O" and (label[0] == "B" or before == "O" or label[2:] != before[2:]):
            begun = index
    return spans
