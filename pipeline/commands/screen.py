"""What the command line shows: progress, tables, and findings as sentences."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars
from rich.table import Table

from pipeline.database import Database, exists, reading
from pipeline.stages import COUNTS, STAGES, Report
from pipeline.workspace import Progress

WIDE = 100_000
out = Console(soft_wrap=True, highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)

SHOWN = 12
SAID = """
SELECT coalesce(said_on::VARCHAR, 'day not stated'), coalesce(speaker, 'somebody not named'), coalesce(cue, 'said'),
    content
FROM said SEMI JOIN batches USING (source)
ORDER BY confidence DESC, story_id, statement
"""
DID = """
SELECT coalesce(left(happened_on::VARCHAR, CASE precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
        'day not stated'),
    coalesce(array_to_string(actors, ' and '), 'somebody not named'), event_type, trigger,
    coalesce(array_to_string(recipients, ' and '), ''), realis, negated, assertion, coalesce(asserted_by, '')
FROM did SEMI JOIN batches USING (source)
ORDER BY confidence DESC, story_id, event
"""


def complain(message: str) -> None:
    """One line on standard error."""
    err.print(f"newswire: {' '.join(message.split())}", markup=False, style="red")


@contextlib.contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """A bar a stage, while it works; nothing when standard error is not a terminal."""
    columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks: dict[str, object] = {}

        def show(at: Progress) -> None:
            if at.stage not in tasks:
                tasks[at.stage] = bars.add_task(at.stage)
            bars.update(tasks[at.stage], description=f"{at.stage} {at.batch}", completed=at.done, total=at.total)  # type: ignore[arg-type]

        yield show


def show_table(names: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """Rows under their names; numbers of the columns in `right` to the right."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    out.print(table)


def show_reports(reports: Sequence[Report]) -> None:
    """What each stage did, all batches together."""
    if not reports:
        out.print("Nothing to do: no source has anything for these days.")
        return
    named = {report.stage for report in reports}
    totals = [
        (stage, *(sum(getattr(each, count) for each in reports if each.stage == stage) for count in COUNTS))
        for stage in STAGES
        if stage in named
    ]
    show_table(("stage", *COUNTS), totals, right=COUNTS)
    if all(report.read == report.known for report in reports):
        out.print("All of it is known already: nothing was written.\n")


def show_findings(database: Database, reports: Sequence[Report]) -> None:
    """The statements and events of the batches that something was loaded from, and how to see more."""
    fresh = {report.batch.source for report in reports if report.stage == "load" and report.written}
    if fresh:
        with reading(database) as db:
            db.execute("CREATE TEMP TABLE batches (source VARCHAR)")
            db.executemany("INSERT INTO batches VALUES (?)", [[name] for name in sorted(fresh)])
            _show("Statements", "said", [_said(*row) for row in db.execute(SAID).fetchall()])
            _show("Events", "did", [_did(*row) for row in db.execute(DID).fetchall()])
    if exists(database):
        out.print(f"The database is [bold]{escape(str(database))}[/bold]. Try:\n")
        query = "SELECT said_on, speaker, content FROM said WHERE speaker IS NOT NULL ORDER BY said_on"
        out.print(f'  newswire sql "{query} LIMIT 10"', markup=False)


def _show(title: str, view: str, sentences: Sequence[str]) -> None:
    out.print(f"[bold]{title}[/bold]")
    for sentence in sentences[:SHOWN]:
        out.print(f"  {sentence}", markup=False)
    if len(sentences) > SHOWN:
        out.print(f"  … and {len(sentences) - SHOWN} more in the view {view}.")
    out.print()


def _said(day: str, speaker: str, cue: str, content: str) -> str:
    """As `2026-03-02  Amina Diallo said: "We will go on."`."""
    return f"{day:14}  {speaker} {cue}: {_short(content)}"


def _did(*row: object) -> str:
    """As `2026-03-02  PROTEST  teachers → Ministry of Education (marched)`."""
    day, actors, kind, trigger, recipients, realis, negated, assertion, voucher = map(str, row)
    notes = [] if realis == "actual" else [realis]
    notes += ["negated"] * (negated == "True")
    notes += [] if assertion == "author" else [f"{assertion} by {voucher}" if voucher else assertion]
    to = f" → {recipients}" if recipients else ""
    return f"{day:14}  {kind:10} {actors}{to} ({_short(trigger, 40)}){' [' + ', '.join(notes) + ']' if notes else ''}"


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
