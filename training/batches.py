"""Windows as tensors."""

import random
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from pipeline.model.pieces import CLS, PAD, SEP
from training.labels import ANY, NAMES, UNKNOWN
from training.noise import noisy
from training.passages import FIELDS, Window

MASK = 103
Batch = dict[str, Tensor]


def grouped(windows: list[Window], pieces: int, chance: random.Random) -> Iterator[list[Window]]:
    """Groups of windows of like length, each group of at most `pieces` pieces, padding included."""
    order = sorted(windows, key=lambda window: window.size + chance.random() * 12)
    groups: list[list[Window]] = []
    longest = 0
    for window in order:
        longest = max(longest, window.size)
        if not groups or longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = window.size
        groups[-1].append(window)
    chance.shuffle(groups)
    yield from groups


def collate(windows: list[Window], chance: random.Random | None) -> Batch:
    """A group as one batch; `chance` brings noise, none of it without."""
    rows = [_row(window, chance) for window in windows]
    out = {
        "pieces": _padded([row["pieces"] for row in rows], PAD),
        "looks": _padded([row["looks"] for row in rows], 0),
        "first": _padded([row["first"] for row in rows], 0),
    }
    out["mask"] = out["pieces"] != PAD
    for name in (*FIELDS, "head", "link"):
        out[name] = _padded([row[name] for row in rows], UNKNOWN)
    out["sentence"] = _padded([row["sentence"] for row in rows], -1)
    names = _padded([row["name"] for row in rows], ANY)
    out["names"] = (names.unsqueeze(-1) >> torch.arange(len(NAMES))) & 1 == 1
    return out


def _padded(rows: list[np.ndarray], value: int) -> Tensor:
    width = max(len(row) for row in rows)
    out = np.full((len(rows), width), value, np.int64)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return torch.from_numpy(out)


def _row(window: Window, chance: random.Random | None) -> dict[str, np.ndarray]:
    passage, first, end = window.passage, window.first, window.end
    looks = passage.look[first:end]
    if chance:
        looks = noisy(looks, np.array([b - a for a, b in passage.spans[first:end]]), chance)
    parted = chance is None or chance.random() < 0.85
    row = _pieces(window, looks, chance, parted=parted)
    for name in FIELDS:
        row[name] = passage.labels[name][first:end]
    row["name"] = passage.name[first:end]
    row["sentence"] = passage.sentence[first:end]
    for name, values in (("head", passage.head[first:end]), ("link", passage.link[first:end])):
        # Words count from 1, 0 is the root; what points out of the window is not told.
        inside = (values >= first) & (values < end)
        row[name] = np.where(values == -1, 0, np.where(inside, values - first + 1, UNKNOWN))
    return row


def _pieces(window: Window, looks: np.ndarray, chance: random.Random | None, *, parted: bool) -> dict[str, np.ndarray]:
    """CLS, the words' pieces, SEP before each paragraph but the first, SEP."""
    pieces, rows, firsts = [CLS], [0], [0]
    for word in range(window.first, window.end):
        if parted and word in window.passage.paragraphs and word > window.first:
            pieces.append(SEP)
            rows.append(0)
        firsts.append(len(pieces))
        own = window.passage.pieces[word]
        pieces += (MASK,) * len(own) if chance and chance.random() < 0.03 else own
        rows += [int(looks[word - window.first])] * len(own)
    pieces.append(SEP)
    rows.append(0)
    return {"pieces": np.array(pieces), "looks": np.array(rows), "first": np.array(firsts)}
