"""How well and how fast dates are found, beside two general date parsers where they are installed.

    python benchmarks/dates.py [--shared ../shared] [--skip-others] [--write OUTPUT.jsonl --corpus timebank]

Prints a Markdown table: strict, relaxed and value F1 as TempEval-3 counts them, for each corpus and
half, and words a second on one core. Errors are read on the half named "seen" only; the "held out"
half is scored and not looked at. `pip install dateparser recognizers-text-suite` for the other two.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from pipeline.extractors.dates import find_dates
from pipeline.tables import Story
from pipeline.text import Document, parse

CORPORA = {
    "timebank": "corpora/dates/timebank.jsonl",
    "aquaint": "corpora/dates/aquaint.jsonl",
    "meantime": "corpora/meantime.jsonl",
    "wikiwars": "corpora/dates/wikiwars.jsonl",
}
GROUPS = (("timebank", "aquaint"), ("timebank",), ("aquaint",), ("meantime",), ("wikiwars",))
HALVES = ("seen", "held out")
ANNOTATED_LINES = 6
"""MEANTIME marks the headline, the date line and the first sentences of a story, and nothing after them."""
UNDATED = "2005-04-27"
"""MEANTIME's one story without a day of publication is of the day that its date line tells."""
ROUNDS = 3

Finder = Callable[[Document], list[dict]]


@dataclass
class Tally:
    """Counts of expressions, over stories."""

    found: int = 0
    wanted: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))

    def prf(self, right: int) -> tuple[float, float, float]:
        """Precision, recall, F1 in per cent."""
        p, r = right / max(self.found, 1), right / max(self.wanted, 1)
        return 100 * p, 100 * r, 200 * p * r / (p + r) if right else 0.0


def half_of(story_id: str) -> str:
    """The half that a story belongs to: even or odd first byte of its id's SHA-256."""
    return HALVES[hashlib.sha256(story_id.encode()).digest()[0] % 2]


def read(path: Path) -> list[dict]:
    """The gold lines of a corpus."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def document_of(gold: dict) -> Document:
    """A gold line's text as a document, its day of publication as the story's day."""
    empty = dict.fromkeys((field.name for field in fields(Story)), None)
    anchor_on = date.fromisoformat(gold["published"] or UNDATED)
    story = Story(
        **{**empty, "item_id": str(gold["id"]), "text": gold["text"], "language": "en", "anchor_on": anchor_on}
    )
    return next(iter(parse([story])))


def ours(document: Document) -> list[dict]:
    """This project's rows."""
    return [asdict(row) for row in find_dates(document)]


def dateparser_rows(document: Document) -> list[dict]:
    """What dateparser finds; a month or year where it says that it saw no day."""
    from dateparser.date import DateDataParser  # noqa: PLC0415 - not among the dependencies
    from dateparser.search import search_dates  # noqa: PLC0415

    base = datetime.combine(document.story.anchor_on, datetime.min.time())
    settings = {"RELATIVE_BASE": base}
    reader = DateDataParser(languages=["en"], settings=settings)
    shapes = {"month": "%Y-%m", "year": "%Y"}
    out, start = [], 0
    for words, found in search_dates(document.story.text, languages=["en"], settings=settings) or []:
        place = document.story.text.find(words, start)
        if place >= 0:
            start = place + len(words)
            data = reader.get_date_data(words)
            value = found.strftime(shapes.get(data.period if data else "", "%Y-%m-%d"))
            out.append({"start_char": place, "end_char": start, "value": value})
    return out


def recognizers_rows(document: Document) -> list[dict]:
    """What recognizers-text finds; of several resolutions the last that has passed."""
    from recognizers_date_time import Culture, recognize_datetime  # noqa: PLC0415 - not among the dependencies

    base = datetime.combine(document.story.anchor_on, datetime.min.time())
    out = []
    for found in recognize_datetime(document.story.text, Culture.English, reference=base):
        values = (found.resolution or {}).get("values") or [{}]
        out.append({"start_char": found.start, "end_char": found.end + 1, "value": _resolved(values, base)})
    return out


def _resolved(values: list[dict], base: datetime) -> str:
    timex = values[0].get("timex", "")
    if "X" not in timex and "(" not in timex:
        return timex
    told = [value.get("value") or value.get("start") or "" for value in values]
    passed = [value for value in told if value and value[:10] <= base.date().isoformat()]
    return (passed or told)[-1].replace(" ", "T") or timex


def tally(gold: list[dict], rows: list[dict]) -> Tally:
    """Gold paired with rows one to one, most shared characters first."""
    shared = sorted(
        (-_overlap(g, row), i, j) for i, g in enumerate(gold) for j, row in enumerate(rows) if _overlap(g, row) > 0
    )
    total = Tally(found=len(rows), wanted=len(gold))
    left_gold, left_rows = set(range(len(gold))), set(range(len(rows)))
    for _, i, j in shared:
        if i in left_gold and j in left_rows:
            left_gold.remove(i)
            left_rows.remove(j)
            total.relaxed += 1
            total.strict += (gold[i]["start"], gold[i]["end"]) == (rows[j]["start_char"], rows[j]["end_char"])
            total.value += gold[i]["value"] == rows[j]["value"]
    return total


def _overlap(gold: dict, row: dict) -> int:
    return min(gold["end"], row["end_char"]) - max(gold["start"], row["start_char"])


def annotated_end(name: str, text: str) -> int:
    """Where a corpus stops marking a story."""
    return len("\n".join(text.split("\n")[:ANNOTATED_LINES])) if name == "meantime" else len(text)


def score(name: str, gold: list[dict], finder: Finder) -> dict[str, Tally]:
    """Tallies of a corpus by half; `raw` as the plain scorer counts, beyond what is marked too."""
    out = {half: Tally() for half in (*HALVES, "raw")}
    for line in gold:
        rows = finder(document_of(line))
        end = annotated_end(name, line["text"])
        inside = [row for row in rows if row["start_char"] < end]
        out[half_of(str(line["id"]))] += tally([d for d in line["dates"] if d["start"] < end], inside)
        out["raw"] += tally(line["dates"], rows)
    return out


def table(scores: dict[str, dict[str, Tally]]) -> Iterator[str]:
    """The rows of the Markdown table."""
    yield "| corpus | half | strict P / R / F1 | relaxed P / R / F1 | value F1 | expressions |"
    yield "|---|---|---|---|---|---|"
    for group in GROUPS:
        if not set(group) <= scores.keys():
            continue
        for half in (*HALVES, "both"):
            parts = HALVES if half == "both" else (half,)
            yield line(" + ".join(group), half, (scores[name][part] for name in group for part in parts))
    if "meantime" in scores:
        yield line("meantime, whole texts", "both", [scores["meantime"]["raw"]])


def line(corpus: str, half: str, tallies: Iterable[Tally]) -> str:
    """One row of it."""
    total = sum(tallies, Tally())
    strict, relaxed = (" / ".join(f"{n:.1f}" for n in total.prf(right)) for right in (total.strict, total.relaxed))
    return f"| {corpus} | {half} | {strict} | {relaxed} | {total.prf(total.value)[2]:.1f} | {total.wanted} |"


def speed(gold: list[dict]) -> float:
    """Words a second, white space apart, of finding dates alone; the best of a few rounds."""
    documents = [document_of(line) for line in gold]
    words = sum(len(line["text"].split()) for line in gold)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for document in documents:
            ours(document)
        best = min(best, time.process_time() - start)
    return words / best


def others() -> Iterator[tuple[str, Finder]]:
    """The general parsers that are installed."""
    for name, module, finder in (
        ("dateparser", "dateparser", dateparser_rows),
        ("recognizers-text", "recognizers_date_time", recognizers_rows),
    ):
        try:
            __import__(module)
        except ImportError:
            print(f"{name} is not installed.\n")
        else:
            yield name, finder


def main() -> None:
    """Read the arguments, print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--skip-others", action="store_true", help="leave out dateparser and recognizers-text")
    options.add_argument("--write", type=Path, help="write rows for shared/score/dates.py and stop")
    options.add_argument("--corpus", choices=CORPORA, default="timebank", help="which corpus --write takes")
    chosen = options.parse_args()
    if chosen.write:
        lines = read(chosen.shared / CORPORA[chosen.corpus])
        rows = [json.dumps({"id": gold["id"], "dates": ours(document_of(gold))}, default=str) for gold in lines]
        chosen.write.write_text("\n".join(rows) + "\n", "utf-8")
        return
    corpora = {name: read(chosen.shared / path) for name, path in CORPORA.items()}
    print("### Newswire\n")
    print("\n".join(table({name: score(name, gold, ours) for name, gold in corpora.items()})), "\n")
    for name, gold in corpora.items():
        print(f"{name}: {speed(gold):,.0f} words a second")
    for name, finder in () if chosen.skip_others else others():
        print(f"\n### {name}, on the same gold\n")
        news = {corpus: score(corpus, corpora[corpus], finder) for corpus in ("timebank", "aquaint")}
        print("\n".join(table(news)))


if __name__ == "__main__":
    main()
