"""Mean of two runs' weights: `python -m training.blend --run DIR --earlier CHECKPOINT --share 0.25 --out DIR`.

A run that began with the weights of an earlier one lies in the same valley, so that a mean of both is a model too
(Wortsman et al. 2022, model soups); it errs less on what neither run had much of.
"""

import argparse
from pathlib import Path

import torch


def blend(run: Path, earlier: Path, share: float, out: Path) -> None:
    """Write a checkpoint of a run's averaged weights with a share of an earlier run's, for `export` and `card`."""
    saved = torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")
    before = torch.load(earlier, weights_only=True, map_location="cpu")["average"]
    for name, value in saved["average"].items():
        if value.is_floating_point():
            value.lerp_(before[name], share)
    del saved["optimizer"], saved["network"]
    out.mkdir(parents=True, exist_ok=True)
    torch.save(saved | {"blended": share}, out / "checkpoint.pt")


def main() -> None:
    """Read the arguments and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--earlier", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.25)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    blend(arguments.run, arguments.earlier, arguments.share, arguments.out)


if __name__ == "__main__":
    main()
