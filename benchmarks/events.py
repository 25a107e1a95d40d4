"""How well events are found: the tables of docs/scores.md, section "Events".

    python benchmarks/events.py [--shared ../shared] [--stories 300]

Scores PLV train in the part that was read while the lexicon was written and the part that was only
scored, sentences of the project's own (coded_sentences.csv), MEANTIME's event mentions, machine-written
stories, and sentences in which nothing happens (no_events.csv); then what finding events adds to the
time of parsing, on one core.
"""

import argparse
import csv
import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from itertools import islice
from pathlib import Path

from pipeline.extractors import find, find_events
from pipeline.extractors.dates import find_dates
from pipeline.extractors.entities import find_entities
from pipeline.extractors.statements import find_statements
from pipeline.tables import Event, Participant, Story
from pipeline.text import Document, parse

CORPORA = {
    "timebank": "corpora/dates/timebank.jsonl",
    "aquaint": "corpora/dates/aquaint.jsonl",
    "polnear-train": "corpora/attributions/polnear-train.jsonl",
    "wikigold": "corpora/entities/wikigold.jsonl",
    "uner-ewt-dev": "corpora/entities/uner-ewt-dev.jsonl",
    "uner-ewt-test": "corpora/entities/uner-ewt-test.jsonl",
    "meantime": "corpora/meantime.jsonl",
}
PLV = "corpora/events/plv-train.jsonl"
STORIES = "corpora/events/synthetic-stories.jsonl.gz"
NOWHERE = Path(__file__).parent / "no_events.csv"
CODED = Path(__file__).parent / "coded_sentences.csv"
ROOT = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""PLV and the stories put these two under one root."""
DAY = "2026-01-01"


@dataclass
class Told:
    """A text's events, the most certain first, each as a dictionary with its participants."""

    events: list[dict] = field(default_factory=list)


def document_of(name: str, text: str, published: str | None = None) -> Document:
    """A text as a document of a day."""
    empty = dict.fromkeys((each.name for each in fields(Story)), None)
    story = {
        **empty,
        "item_id": name,
        "text": text,
        "language": "en",
        "anchor_on": date.fromisoformat(published or DAY),
    }
    return next(iter(parse([Story(**{**story, "anchor_basis": "stamp", "credits": []})])))


def events_of(document: Document) -> list[dict]:
    """The events of a document."""
    rows = list(find(document))
    parts = [asdict(row) for row in rows if isinstance(row, Participant)]
    return [
        {**asdict(row), "participants": [part for part in parts if part["event"] == row.event]}
        for row in rows
        if isinstance(row, Event)
    ]


def type_of(event: dict) -> str:
    """The type as the gold names it."""
    return ROOT.get(event["event_type"], event["event_type"])


def lines(path: Path) -> Iterator[dict]:
    """The lines of a corpus."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def is_seen(name: str) -> bool:
    """Whether a sentence of PLV was read while the lexicon was written."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 != 0


def chars(text: str, part: str | None) -> set[int]:
    """Where a part of a text stands."""
    start = text.find(part) if part else -1
    return set(range(start, start + len(part or ""))) if start >= 0 else set()


def has_cast(text: str, gold: dict, event: dict) -> bool:
    """Whether an actor overlaps the source and a recipient the target, as far as the gold names them."""
    for role, part in (("actor", gold["source"]), ("recipient", gold["target"])):
        wanted = chars(text, part)
        ours = [part for part in event["participants"] if part["role"] == role and part["start_char"] is not None]
        if wanted and not any(wanted & set(range(each["start_char"], each["end_char"])) for each in ours):
            return False
    return True


def score_sentences(gold: Iterable[dict]) -> list[str]:
    """First type, macro F1, any type, cast, all three, as shared/score/events.py counts them."""
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for line in gold:
        want, text = line["events"][0], line["text"]
        ours = events_of(document_of(str(line["id"]), text))
        first = type_of(ours[0]) if ours else "none"
        typed = [event for event in ours if type_of(event) == want["event"]]
        counts["all"] += 1
        counts["first"] += first == want["event"]
        counts["any"] += bool(typed)
        counts["cast"] += any(has_cast(text, want, event) for event in ours)
        counts["whole"] += any(has_cast(text, want, event) for event in typed)
        wanted[want["event"]] += 1
        given[first] += 1
        right[want["event"]] += first == want["event"]
    macro = sum(2 * right[each] / (wanted[each] + given[each]) for each in wanted) / len(wanted)
    per_cent = [100 * counts[each] / counts["all"] for each in ("first", "any", "cast", "whole")]
    return [f"{n:.1f}" for n in (per_cent[0], 100 * macro, *per_cent[1:])] + [str(counts["all"])]


def coded_sentences() -> dict[str, list[dict]]:
    """The project's own coded sentences by their sets, in the form of PLV's."""
    rows = csv.reader(line for line in CODED.read_text("utf-8").splitlines() if not line.startswith("#"))
    found: dict[str, list[dict]] = {}
    for number, (name, event_type, actor, recipient, text) in enumerate(rows):
        gold = {"event": ROOT.get(event_type, event_type), "source": actor, "target": recipient}
        found.setdefault(name, []).append({"id": str(number), "text": text, "events": [gold]})
    return found


def score_stories(path: Path, many: int) -> tuple[float, int]:
    """How often the first event of a machine-written story has the type that was asked for."""
    gold = [line for line in lines(path) if int(hashlib.sha256(str(line["id"]).encode()).hexdigest(), 16) % 9 == 0]
    told = [(line, events_of(document_of(str(line["id"]), line["text"]))) for line in islice(gold, many)]
    return 100 * sum(bool(ours) and type_of(ours[0]) == wanted(line) for line, ours in told) / len(told), len(told)


def wanted(line: dict) -> str:
    """The type that a story was asked for."""
    gold = line["events"][0]["event"] if "events" in line else line["event"]
    return ROOT.get(gold.upper(), gold.upper())


def score_mentions(gold: Iterable[dict]) -> dict[str, tuple[float, int]]:
    """Of MEANTIME's event mentions that ours cover: certainty, polarity and participants that agree."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in gold:
        entities = dict(enumerate(line["entities"]))
        for ours in events_of(document_of(line["id"], line["text"], line["published"])):
            for want in line["events"]:
                if want["start"] < ours["end_char"] and ours["start_char"] < want["end"]:
                    real = ours["realis"] == "actual" or (ours["realis"] == "future" and want["time"] == "FUTURE")
                    tally(right, total, "certainty", real == (want["certainty"] in {"CERTAIN", "", None}))
                    tally(right, total, "polarity", ours["negated"] == (want["polarity"] == "NEG"))
                    for role in want["roles"]:
                        entity = entities.get(role["entity"])
                        if entity and role["role"] in {"Arg0", "Arg1", "Arg2"}:
                            tally(right, total, f"participants, {role['role']}", takes_part(entity, ours))
    return {name: (100 * right[name] / total[name], total[name]) for name in sorted(total)}


def tally(right: Counter[str], total: Counter[str], name: str, agrees: bool) -> None:  # noqa: FBT001
    """One more of a kind."""
    total[name] += 1
    right[name] += agrees


def takes_part(entity: dict, event: dict) -> bool:
    """Whether a mention of the entity overlaps a participant."""
    return any(
        entity["start"] < part["end_char"] and part["start_char"] < entity["end"]
        for part in event["participants"]
        if part["start_char"] is not None
    )


def score_nothing(shared: Path) -> tuple[float, Counter[str], int]:
    """How many sentences in which nothing happens have an event."""
    texts = {name: {str(line["id"]): line["text"] for line in lines(shared / path)} for name, path in CORPORA.items()}
    rows = list(csv.reader(line for line in NOWHERE.read_text("utf-8").splitlines() if not line.startswith("#")))
    alarms: Counter[str] = Counter()
    for corpus, name, start, end, subject in rows:
        text = texts[corpus][name][int(start) : int(end)]
        alarms[subject] += bool(events_of(document_of(name, text)))
    return 100 * alarms.total() / len(rows), alarms, len(rows)


def added_time(gold: Iterable[dict]) -> float:
    """What finding events adds to parsing, in per cent of its time."""
    parsing = finding = 0.0
    for line in gold:
        start = time.process_time()
        document = document_of(str(line["id"]), line["text"])
        parsing += time.process_time() - start
        mentions, entities = find_entities(document)
        dates = list(find_dates(document))
        statements = list(find_statements(document, mentions, entities, dates))
        start = time.process_time()
        list(find_events(document, mentions, entities, dates, statements))
        finding += time.process_time() - start
    return 100 * finding / parsing


def main() -> None:
    """Read the arguments, print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--stories", type=int, default=300, help="how many machine-written stories")
    chosen = options.parse_args()
    gold = list(lines(chosen.shared / PLV))
    print("| PLV train | first type | macro F1 | some type | actor and recipient | all three | sentences |")
    print("|---|---|---|---|---|---|---|")
    for name, part in (("seen", True), ("held out", False)):
        scores = score_sentences(line for line in gold if is_seen(line["id"]) == part)
        print(f"| {name} | {' | '.join(scores)} |")
    print("\n| own sentences | first type | macro F1 | some type | actor and recipient | all three | sentences |")
    print("|---|---|---|---|---|---|---|")
    for name, own in coded_sentences().items():
        print(f"| {name} | {' | '.join(score_sentences(own))} |")
    share, many = score_stories(chosen.shared / STORIES, chosen.stories)
    print(f"\nMachine-written stories: first event has the type in {share:.1f} % of {many}")
    meantime = list(lines(chosen.shared / CORPORA["meantime"]))
    print("MEANTIME, of the mentions that ours cover:")
    for name, (share, many) in score_mentions(meantime).items():
        print(f"- {name}: {share:.1f} % of {many}")
    share, alarms, many = score_nothing(chosen.shared)
    by_subject = ", ".join(f"{subject} {count}" for subject, count in sorted(alarms.items()))
    print(f"Sentences in which nothing happens: an event in {share:.1f} % of {many} ({by_subject})")
    print(f"Events add {added_time(meantime):.1f} % to parsing")


if __name__ == "__main__":
    main()
