"""Labels that begin and go on (B-, I-) as spans."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def well_formed(scores: NDArray[np.float32], labels: Sequence[str]) -> list[int]:
    """The best sequence of labels in which I-x follows B-x or I-x alone.

    `scores` is words by labels. Most sequences are well formed as they are; only others are searched.
    """
    best: list[int] = scores.argmax(1).tolist()
    before = 0
    for label in best:
        if labels[label][0] == "I" and labels[before][1:] != labels[label][1:]:
            return _search(scores, labels)
        before = label
    return best


def _search(scores: NDArray[np.float32], labels: Sequence[str]) -> list[int]:
    """Viterbi's search, in whole numbers of thousandths, so that no rounding can matter."""
    follows = np.array([[label[0] != "I" or before[1:] == label[1:] for label in labels] for before in labels])
    barred = np.where(follows, 0, -(10**9))
    whole = np.rint(scores.astype(np.float64) * 1000).astype(np.int64)
    starts = np.array([label[0] != "I" for label in labels])
    total = np.where(starts, whole[0], whole[0] - 10**9)
    back = []
    for row in whole[1:]:
        ways = total[:, None] + barred
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    found = [int(total.argmax())]
    for choice in reversed(back):
        found.append(int(choice[found[-1]]))
    return found[::-1]


def spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """`(first, end, kind)` of each span in order; a lone I-x begins one."""
    begun, kind = 0, ""
    for index, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            yield begun, index, kind
            kind = ""
        if label != "O" and not kind:
            begun, kind = index, label[2:]
