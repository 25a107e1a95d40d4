"""Well-formed trees out of scores: every sentence one root, no circles."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]
NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> Heads:
    """The heads of the best tree with one root.

    `scores` is words by words + 1, the root at 0, words from 1. Heads count likewise.
    """
    scores = scores.copy()
    count = len(scores)
    scores[np.arange(count), np.arange(1, count + 1)] = NEVER
    heads: Heads = scores.argmax(1)
    if is_tree(heads):
        return heads
    # The best trees without the limit to one root name the roots worth trying.
    free = _spanning(_square(scores))[1:]
    roots = np.flatnonzero(free == 0)
    if len(roots) == 1:
        return free
    tries = [_spanning(_square(_rooted(scores, root)))[1:] for root in _candidates(scores, roots)]
    return max(tries, key=lambda tree: float(scores[np.arange(count), tree].sum(dtype=np.float64)))


def is_tree(heads: Heads) -> bool:
    """Whether one word hangs on the root and all words hang on that one in the end."""
    if np.count_nonzero(heads == 0) != 1:
        return False
    reached = heads
    # Following the heads twice as far each time: all end at the root, or some run in a circle.
    jump = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length() + 1):
        jump = jump[jump]
    reached = jump[1:]
    return not reached.any()


def _candidates(scores: Scores, roots: Heads) -> list[int]:
    """At most eight words to try as the root, the most likely first."""
    order = roots[np.argsort(-scores[roots, 0], kind="stable")]
    return [int(root) for root in order[:8]]


def _rooted(scores: Scores, root: int) -> Scores:
    """The scores where `root` alone may hang on the root."""
    limited = scores.copy()
    limited[:, 0] = NEVER
    limited[root, :] = NEVER
    limited[root, 0] = 0
    return limited


def _square(scores: Scores) -> Scores:
    """Nodes by nodes, the root first; the root hangs on nothing."""
    square = np.full((len(scores) + 1, len(scores) + 1), NEVER, np.float32)
    square[1:] = scores
    np.fill_diagonal(square, NEVER)
    return square


def _spanning(scores: Scores) -> Heads:
    """Chu-Liu and Edmonds: the best tree from node 0, roots unlimited. `scores[d, h]`: d hangs on h."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    circle = _circle(heads)
    if circle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(circle)
    # The circle becomes one node, the last. Entering it at d breaks the arc that d had in it.
    broken = scores[members] - scores[members, heads[members]][:, None]
    smaller = np.full((len(outside) + 1, len(outside) + 1), NEVER, np.float32)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[:-1, -1] = scores[np.ix_(outside, members)].max(1)
    smaller[-1, :-1] = broken[:, outside].max(0)
    leaving = members[scores[np.ix_(outside, members)].argmax(1)]
    entering = members[broken[:, outside].argmax(0)]
    found = _spanning(smaller)
    result = heads.copy()
    for place, node in enumerate(outside[1:], start=1):
        head = found[place]
        result[node] = leaving[place] if head == len(outside) else outside[head]
    entry = found[len(outside)]
    result[entering[entry]] = outside[entry]
    return result


def _circle(heads: Heads) -> list[int] | None:
    """The nodes of a circle, if there is one."""
    seen = np.zeros(len(heads), np.int64)
    seen[0] = -1
    for start in range(1, len(heads)):
        path = []
        node = start
        while seen[node] == 0:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if seen[node] == start:
            return path[path.index(node) :]
    return None
