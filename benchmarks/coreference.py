"""Mentions and coreference on stories with marked entities, by MUC, B-cubed, CEAF-e and their mean.

    python benchmarks/coreference.py GOLD             every second story, from the second: what is reported
    python benchmarks/coreference.py GOLD --look      the others, with what is amiss of each

GOLD is lines of {"id", "text", "entities": [{"start", "end", "label", "entity"}]}. A mention is found where one of
ours stands in its span and ends with it, or covers half of what the two cover together. What stands behind the
paragraph of the last marked one is left out (of a MEANTIME story the first sentences alone are marked). For
comparison: every name alone (each mention its own entity), and all of one text together.
Source of the measures: Pradhan and others, Scoring Coreference Partitions of Predicted Mentions, ACL 2014.
"""

import json
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.commands.extracting import _told
from pipeline.extractors.entities import find_entities
from pipeline.tables import Mention
from pipeline.text import parse

Row = dict[str, Any]
Chains = list[set[Hashable]]
Counts = tuple[float, float, float, float]
LABELS = {"PER", "ORG", "LOC"}
STEP = 1e-6
"""The least raise of a bid: the sum is right to this times the number of rows."""
KINDS = {"person", "organization", "place", "group"}


def main(path: str, *, look: bool) -> None:
    """Score and print."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()][0 if look else 1 :: 2]
    totals: dict[str, dict[str, list[float]]] = {}
    found = wanted = both = 0
    for row, document in zip(rows, parse(_told(row) for row in rows), strict=True):
        gold = [each for each in row["entities"] if each["label"] in LABELS]
        end = row["text"].find("\n", max(each["end"] for each in row["entities"]))
        ours = [each for each in find_entities(document)[0] if each.kind in KINDS and (end < 0 or each.end_char <= end)]
        pairs = paired(gold, ours)
        found, wanted, both = found + len(ours), wanted + len(gold), both + len(pairs)
        for name, key in WAYS.items():
            _add(totals.setdefault(name, {}), gold, ours, pairs, key)
        if look:
            show(row, gold, ours, pairs)
    print(f"mentions: precision {both / found:.3f}, recall {both / wanted:.3f}")
    for name, measures in totals.items():
        print(f"{name:22}", "  ".join(f"{measure} {prf(counts)[2]:.3f}" for measure, counts in measures.items()),
              f" CoNLL {sum(prf(counts)[2] for counts in measures.values()) / len(measures):.3f}")  # fmt: skip


WAYS: dict[str, Callable[[int, Mention], Hashable]] = {
    "Newswire": lambda number, mention: mention.entity_id or number,
    "every name alone": lambda number, _: number,
    "one text, one entity": lambda _, mention: mention.text,
}


def paired(gold: Sequence[Row], ours: Sequence[Mention]) -> dict[int, int]:
    """Gold mentions to ours, one to one, the closest first."""
    scored = sorted(((_share(g, o), i, j) for i, g in enumerate(gold) for j, o in enumerate(ours)), reverse=True)
    pairs: dict[int, int] = {}
    for share, i, j in scored:
        if share >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _share(gold: Row, ours: Mention) -> float:
    start, end = max(gold["start"], ours.start_char), min(gold["end"], ours.end_char)
    whole = max(gold["end"], ours.end_char) - min(gold["start"], ours.start_char)
    inside = gold["start"] <= ours.start_char and ours.end_char == gold["end"]
    return max((end - start) / whole, 0.5 if inside else 0.0)


def _add(
    totals: dict[str, list[float]],
    gold: Sequence[Row],
    ours: Sequence[Mention],
    pairs: dict[int, int],
    key: Callable[[int, Mention], Hashable],
) -> None:
    names: dict[int, Hashable] = {j: ("gold", i) for i, j in pairs.items()}
    want = chains((("gold", i), each["entity"]) for i, each in enumerate(gold))
    got = chains((names.get(j, ("ours", j)), key(j, each)) for j, each in enumerate(ours))
    for name, measure in (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf)):
        counts = totals.setdefault(name, [0.0] * 4)
        totals[name] = [a + b for a, b in zip(counts, measure(want, got), strict=True)]


def chains(members: Iterable[tuple[Hashable, Hashable]]) -> Chains:
    """Mentions by entity."""
    by_entity: dict[Hashable, set[Hashable]] = {}
    for mention, entity in members:
        by_entity.setdefault(entity, set()).add(mention)
    return list(by_entity.values())


def muc(want: Chains, got: Chains) -> Counts:
    """Links: right and all of `got`, right and all of `want`."""
    return *_links(got, want), *_links(want, got)


def _links(of: Chains, by: Chains) -> tuple[float, float]:
    where = {mention: number for number, chain in enumerate(by) for mention in chain}
    right = sum(len(chain) - len({where.get(mention, mention) for mention in chain}) for chain in of)
    return right, sum(len(chain) - 1 for chain in of)


def b_cubed(want: Chains, got: Chains) -> Counts:
    """For each mention, how much of its chain is right."""
    return *_shares(got, want), *_shares(want, got)


def _shares(of: Chains, by: Chains) -> tuple[float, float]:
    right = sum(len(chain & other) ** 2 / len(chain) for chain in of for other in by)
    return right, sum(len(chain) for chain in of)


def ceaf(want: Chains, got: Chains) -> Counts:
    """Chains set side by side as well as can be, by the share of mentions that two have in common."""
    alike = [[2 * len(a & b) / (len(a) + len(b)) for b in got] for a in want]
    best = assigned(alike) if want and got else 0.0
    return best, len(got), best, len(want)


def assigned(alike: list[list[float]]) -> float:
    """The greatest sum of a one-to-one choice of rows and columns: rows bid for columns (Bertsekas' auction)."""
    rows = alike if len(alike) <= len(alike[0]) else [list(column) for column in zip(*alike, strict=True)]
    prices, owner = [0.0] * len(rows[0]), dict[int, int]()
    waiting = list(range(len(rows)))
    while waiting:
        row = waiting.pop()
        worth = sorted(((value - price, j) for j, (value, price) in enumerate(zip(rows[row], prices, strict=True))),
                       reverse=True)  # fmt: skip
        best, column = worth[0]
        second = worth[1][0] if len(worth) > 1 else best
        prices[column] += best - second + STEP
        if column in owner:
            waiting.append(owner[column])
        owner[column] = row
    return sum(rows[row][column] for column, row in owner.items())


def prf(counts: Sequence[float]) -> tuple[float, float, float]:
    """Precision, recall, F1 of right and all found, right and all wanted."""
    right, found, hit, wanted = counts
    p, r = right / found if found else 0.0, hit / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def show(row: Row, gold: Sequence[Row], ours: Sequence[Mention], pairs: dict[int, int]) -> None:
    """Gold chains with the entities we gave their mentions."""
    print(f"\n## {row['id']}")
    by_entity: dict[str, list[str]] = {}
    for i, each in enumerate(gold):
        got = ours[pairs[i]].entity_id if i in pairs else "-"
        by_entity.setdefault(each["entity"], []).append(f"{each['text']!r}:{got}")
    for members in by_entity.values():
        print("  " + "  ".join(members))
    print("  NOT GOLD", [(each.text, each.entity_id) for j, each in enumerate(ours) if j not in pairs.values()])


if __name__ == "__main__":
    main(sys.argv[1], look="--look" in sys.argv[2:])
