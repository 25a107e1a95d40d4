"""Make the table of confidences, or say how well it holds.

    python benchmarks/calibration.py GOLD --write     count on stories 1, 3, 5 … and write data/confidence.csv
    python benchmarks/calibration.py GOLD             reliability on stories 2, 4, 6 …

GOLD is lines of {"id", "text", "attributions"}. Right: the contents overlap by 0.3 and the sources by half.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.commands.extracting import _told
from pipeline.extractors.attributed import attribute
from pipeline.extractors.drafts import Draft
from pipeline.extractors.entities import find_entities
from pipeline.extractors.entities.pronouns import PRONOUNS
from pipeline.extractors.statements import find_statements
from pipeline.extractors.statements.confidence import features_of
from pipeline.extractors.syntax import Tree
from pipeline.tables import Statement
from pipeline.text import Document, parse

MARKS = re.compile(r"[\s\"'“”‘’«»`]")
TABLE = Path("pipeline/extractors/data/confidence.csv")
HEAD = (
    "# Share of statements that are right, by kind, cue and how the speaker is known. "
    "Counted by benchmarks/calibration.py on half of PolNeAR dev."
)
IMAGINED = 10
Row = dict[str, Any]
Judged = tuple[tuple[str, str, str], Statement, bool]


def main(path: str, *, write: bool) -> None:
    """Count, then write or print."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()][0 if write else 1 :: 2]
    judged = [each for row, document in zip(rows, parse(_told(row) for row in rows), strict=True)
              for each in judge(row, document)]  # fmt: skip
    if write:
        make(judged)
    else:
        tell(judged)


def judge(row: Row, document: Document) -> Iterator[Judged]:
    """Each statement's features, the statement, and whether it is right."""
    mentions, entities = find_entities(document)
    statements = list(find_statements(document, mentions, entities, []))
    drafts = attribute(document, Tree(document))
    right = set(paired(row, statements))
    for number, (draft, found) in enumerate(zip(drafts, statements, strict=True)):
        yield features(draft, found), found, number in right


def features(draft: Draft, found: Statement) -> tuple[str, str, str]:
    """As the extractor sees them."""
    return features_of(draft, found.kind, found.cue_lemma, named=draft.source is not None)


def paired(row: Row, statements: list[Statement]) -> Iterator[int]:
    """Which statements are right: each marked one pairs with one, the best overlap first."""
    text = row["text"]
    gold = [(bare(text, one["content"]), covered(one["source"])) for one in row["attributions"]]
    found = [(bare(text, [(span.start_char, span.end_char) for span in one.content_spans]), source(one))
             for one in statements]  # fmt: skip
    scored = sorted(((len(g[0] & o[0]) / max(1, len(g[0] | o[0])), i, j) for i, g in enumerate(gold)
                     for j, o in enumerate(found)), reverse=True)  # fmt: skip
    used: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in scored:
        if share >= 0.3 and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            same = gold[i][1] & found[j][1]
            if gold[i][1] == found[j][1] or len(same) >= 0.5 * max(1, min(len(gold[i][1]), len(found[j][1]))):
                yield j


def source(one: Statement) -> set[int]:
    """The offsets of a statement's source."""
    if one.speaker_start_char is None or one.speaker_end_char is None:
        return set()
    return set(range(one.speaker_start_char, one.speaker_end_char))


def covered(spans: list[tuple[int, int]]) -> set[int]:
    """The offsets of spans."""
    return {char for start, end in spans for char in range(start, end)}


def bare(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """The offsets of spans without white space and marks."""
    return {char for char in covered(spans) if char < len(text) and not MARKS.match(text[char])}


def make(judged: list[Judged]) -> None:
    """Write the table."""
    groups = defaultdict(list)
    for key, _, right in judged:
        groups[key].append(right)
    mean = sum(right for *_, right in judged) / len(judged)
    lines = [f"any,any,any,{mean:.2f}"]
    for key, rights in groups.items():
        lines.append(f"{','.join(key)},{(sum(rights) + IMAGINED * mean) / (len(rights) + IMAGINED):.2f}")
    TABLE.write_text("\n".join([HEAD, *sorted(lines)]) + "\n", "utf-8")


def tell(judged: list[Judged]) -> None:
    """Print how many are right of those with each confidence, in steps of a tenth."""
    bins = defaultdict(list)
    for _, found, right in judged:
        bins[round(found.confidence, 1)].append((found.confidence, right))
    off = 0.0
    for step, of in sorted(bins.items()):
        told, right = sum(c for c, _ in of) / len(of), sum(r for _, r in of) / len(of)
        off += len(of) * abs(told - right)
        print(f"confidence {step:.1f}: {len(of):5} statements, told {told:.2f}, right {right:.2f}")
    print(f"mean distance {off / len(judged):.3f}")
    sources = [found for _, found, right in judged if right and found.speaker_text]
    for name, words in (("pronouns", True), ("others", False)):
        of = [found for found in sources if ((found.speaker_text or "").lower() in PRONOUNS) is words]
        known = sum(found.speaker_entity_id is not None for found in of)
        print(f"right sources that are {name}: {len(of)}, with an entity {known / max(1, len(of)):.2f}")


if __name__ == "__main__":
    main(sys.argv[1], write="--write" in sys.argv[2:])
