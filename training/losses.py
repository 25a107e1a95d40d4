"""What the network is blamed for."""

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.labels import UNKNOWN
from training.network import Network

WEIGHTS = {
    "upos": 0.3,
    "xpos": 0.7,
    "end": 0.5,
    "attribution": 1.3,
    "names": 1.0,
    "arc": 1.0,
    "deprel": 0.7,
    "link": 0.25,
}
SMOOTHING = {"upos": 0.02, "xpos": 0.02, "end": 0.0, "attribution": 0.02, "deprel": 0.02}


def same_sentence(batch: Batch) -> Tensor:
    """Batch by words by words + 1: whether a word may hang on another, or on the root."""
    sentence = batch["sentence"]
    allowed = sentence.unsqueeze(2) == sentence.unsqueeze(1)
    allowed = allowed & ~torch.eye(sentence.shape[1], dtype=torch.bool)
    return functional.pad(allowed, (1, 0), value=True)


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of each task, summed over its words."""
    flat, arcs, rel_word, rel_head, links = network(batch["pieces"], batch["looks"], batch["first"], batch["mask"])
    scores = dict(zip(network.sizes, flat.float().split(list(network.sizes.values()), -1), strict=True))
    found = {name: _cross(scores[name], batch[name], SMOOTHING[name]) for name in SMOOTHING if name != "deprel"}
    found["names"] = _allowed(scores["names"], batch["names"])
    words = batch["first"].shape[1] - 1
    real = functional.pad(batch["first"][:, 1:] > 0, (1, 0), value=True)
    heads = batch["head"]
    found["arc"] = _cross(arcs.float().masked_fill(~same_sentence(batch), -1e4), heads, 0.0)
    index = heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, rel_head.shape[-1])
    related = network.relate(rel_word, torch.gather(rel_head, 1, index))
    known = batch["deprel"].where(heads != UNKNOWN, torch.full_like(heads, UNKNOWN))
    found["deprel"] = _cross(related.float(), known, SMOOTHING["deprel"])
    found["link"] = _cross(
        links.float().masked_fill(~real.unsqueeze(1).expand(-1, words, -1), -1e4), batch["link"], 0.0
    )
    return found


def total(found: dict[str, Tensor], words: int) -> Tensor:
    """The weighted sum, a word."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum() / words


def _cross(scores: Tensor, gold: Tensor, smoothing: float) -> Tensor:
    return functional.cross_entropy(
        scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN, reduction="sum", label_smoothing=smoothing
    )


def _allowed(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the logarithm of the probability of the allowed labels together; 0 where all are allowed."""
    chosen = scores.masked_fill(~allowed, -1e4).logsumexp(-1) - scores.logsumexp(-1)
    return -(chosen * ~allowed.all(-1)).sum()
