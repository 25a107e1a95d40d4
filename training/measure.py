"""How the network does on held-out windows, on gold words: a quick look, before any decoding."""

import random

import torch

from training.batches import collate, grouped
from training.labels import ATTRIBUTION, NAMES, UNKNOWN
from training.losses import same_sentence
from training.network import Network
from training.passages import Passage, windows


def measure(network: Network, held: dict[str, list[Passage]]) -> dict[str, float]:
    """XPOS, UAS, LAS, sentence ends (F1), names (F1 over EWT), attribution labels (words F1)."""
    network.eval()
    count: dict[str, float] = {}

    def add(name: str, value: object) -> None:
        count[name] = count.get(name, 0) + float(value)  # type: ignore[arg-type]

    chance = random.Random(1)
    for corpus, passages in held.items():
        cut = [window for passage in passages for window in windows(passage, chance, 150, 150)]
        for group in grouped(cut, 4000, chance):
            batch = collate(group, None)
            with torch.no_grad():
                flat, arcs, rel_word, rel_head, *_ = network(
                    batch["pieces"], batch["looks"], batch["first"], batch["mask"]
                )
                scores = dict(zip(network.sizes, flat.split(list(network.sizes.values()), -1), strict=True))
                heads = arcs.masked_fill(~same_sentence(batch), -1e4).argmax(-1)
                related = network.relate(
                    rel_word, torch.gather(rel_head, 1, heads.unsqueeze(-1).expand(-1, -1, rel_head.shape[-1]))
                ).argmax(-1)
            known = batch["head"] != UNKNOWN
            right = (heads == batch["head"]) & known
            add(f"{corpus} words", known.sum())
            add(f"{corpus} uas", right.sum())
            add(f"{corpus} las", (right & (related == batch["deprel"])).sum())
            add(f"{corpus} xpos", ((scores["xpos"].argmax(-1) == batch["xpos"]) & known).sum())
            end, found = batch["end"] == 1, scores["end"].argmax(-1) == 1
            for name, hit in (("tp", end & found), ("fp", (batch["end"] == 0) & found), ("fn", end & ~found)):
                add(f"{corpus} end {name}", hit.sum())
            if corpus == "ewt":
                _names(scores["names"].argmax(-1), batch["names"], add)
            if corpus == "polnear":
                _attributions(scores["attribution"].argmax(-1), batch["attribution"], add)
    return _rates(count)


def _names(found: torch.Tensor, allowed: torch.Tensor, add: object) -> None:
    for row, (labels, gold) in enumerate(zip(found.tolist(), allowed, strict=True)):
        del row
        wanted = _spans([_only(bits) for bits in gold.tolist()])
        got = _spans([NAMES[label] if label < 7 else "O" for label in labels])
        for name, value in (("tp", wanted & got), ("fp", got - wanted), ("fn", wanted - got)):
            add(f"names {name}", len(value))  # type: ignore[operator]


def _only(bits: list[bool]) -> str:
    """The core label that is known for certain, or O."""
    return NAMES[bits.index(True)] if sum(bits) == 1 and bits.index(True) < 7 else "O"


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


def _attributions(found: torch.Tensor, gold: torch.Tensor, add: object) -> None:
    for role in ("source", "cue", "content"):
        ids = torch.tensor([label.endswith(role) for label in ATTRIBUTION])
        known = gold != UNKNOWN
        got, want = ids[found] & known, ids[gold.clamp(min=0)] & known
        for name, value in (("tp", got & want), ("fp", got & ~want), ("fn", want & ~got)):
            add(f"{role} {name}", value.sum())  # type: ignore[operator]


def _rates(count: dict[str, float]) -> dict[str, float]:
    out = {}
    for corpus in ("ewt", "gum"):
        for name in ("xpos", "uas", "las"):
            out[f"{corpus} {name}"] = 100 * count[f"{corpus} {name}"] / count[f"{corpus} words"]
    for name in ("ewt end", "gum end", "names", "source", "cue", "content"):
        right = 2 * count[f"{name} tp"]
        out[name] = 100 * right / max(1.0, right + count[f"{name} fp"] + count[f"{name} fn"])
    return {name: round(value, 2) for name, value in out.items()}
