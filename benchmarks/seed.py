"""What is missing of the seed story, and what is wrong.

    python benchmarks/seed.py STORY EXPECTED

STORY is the text as delivered, EXPECTED the JSON that says what a perfect system finds in it. Prints a line for
every statement, mention and entity that is not as expected, then the counts. Exits with 1 where anything is amiss.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline import extractors
from pipeline.commands.extracting import _told

SKIP = set(" \n\t\"'“”‘’")
Row = dict[str, Any]
Rows = dict[str, list[Row]]


def main(story_path: str, expected_path: str) -> int:
    """Compare, print, and count what is amiss."""
    text = Path(story_path).read_text("utf-8")
    expected = json.loads(Path(expected_path).read_text("utf-8"))
    (findings,) = extractors.extract([_told({"id": "seed", "text": text})])
    rows: Rows = {}
    for finding in findings:
        rows.setdefault(type(finding).__name__, []).append(asdict(finding))
    amiss = [*mentions(expected, rows), *statements(text, expected, rows), *facts(expected, rows)]
    print("\n".join(amiss))
    print(f"{len(expected['statements'])} statements, {len(expected['mentions'])} mentions: {len(amiss)} amiss")
    return 1 if amiss else 0


def entity_of(expected: Row, rows: Rows) -> dict[str, str | None]:
    """The entity that stands for each expected one: what most of its mentions have."""
    found = {(m["start_char"], m["end_char"]): m["entity_id"] for m in rows.get("Mention", [])}
    votes: dict[str, list[str | None]] = {}
    for mention in expected["mentions"]:
        votes.setdefault(mention["entity"], []).append(found.get((mention["start"], mention["end"])))
    return {entity: max(sorted(set(ids), key=str), key=ids.count) for entity, ids in votes.items()}


def mentions(expected: Row, rows: Rows) -> Iterator[str]:
    """Mentions that are not found, or not of their entity."""
    found = {(m["start_char"], m["end_char"]): m for m in rows.get("Mention", [])}
    ids = entity_of(expected, rows)
    for mention in expected["mentions"]:
        row = found.get((mention["start"], mention["end"]))
        if row is None or row["entity_id"] is None or row["entity_id"] != ids[mention["entity"]]:
            got = row["entity_id"] if row else "no mention"
            yield f"mention {mention['text']!r} at {mention['start']} of {mention['entity']}: {got}"
    for entity, got in ids.items():
        if [other for other, same in ids.items() if same == got and other != entity]:
            yield f"entity {entity}: shares {got}"


def statements(text: str, expected: Row, rows: Rows) -> Iterator[str]:
    """Statements whose content, speaker, kind, cue, addressee or day is not as expected."""
    ids = entity_of(expected, rows)
    for want in expected["statements"]:
        content = letters(text, [(span["start"], span["end"]) for span in want["contents"]])
        best = max(rows.get("Statement", []), key=lambda row, of=content: overlap(text, row, of), default=None)
        if best is None or overlap(text, best, content) < 0.8:
            yield f"statement {want['id']}: no such content"
            continue
        told = {
            "speaker": (best["speaker_entity_id"], ids.get(want["source_entity"])),
            "kind": (best["kind"], want["type"]),
            "cue": (best["cue_start_char"], want["cue"]["start"] if want["cue"] else None),
            "said_on": (str(best["said_on"]), str(want["said_on"])),
            "addressee": (best["addressee_entity_id"], ids.get(want["addressee"])),
            "parent": (best["parent"] is not None, want["nested_in"] is not None),
        }
        for what, (got, wanted) in told.items():
            if got != wanted and not (
                what == "cue" and got is not None and wanted is not None and abs(got - wanted) < 12
            ):
                yield f"statement {want['id']}: {what} {got}, expected {wanted}"


def facts(expected: Row, rows: Rows) -> Iterator[str]:
    """What must not be said as a fact of the story."""
    actual = [e for e in rows.get("Event", []) if e["assertion"] == "author" and e["realis"] == "actual"]
    for word, year in (("signed", "2026"), ("restore", ""), ("sending", ""), ("apology", "")):
        for event in actual:
            if event["text"].startswith(word) and str(event["happened_on"]).startswith(year) and not event["negated"]:
                yield f"event {event['text']!r} at {event['start_char']}: {expected['must_not_emit']}"


def letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Offsets that spans cover, without white space and marks."""
    return {char for start, end in spans for char in range(start, end) if text[char] not in SKIP}


def overlap(text: str, row: Row, content: set[int]) -> float:
    """How much of two contents is the same, 0 to 1."""
    got = letters(text, [(span["start_char"], span["end_char"]) for span in row["content_spans"]])
    return len(got & content) / len(got | content)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
