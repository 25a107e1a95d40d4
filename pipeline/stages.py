"""The four stages of a batch: fetch, normalize, enrich, load.

Each reads what the one before it wrote, does what is missing, and may be run again. For each,
read = written + known + rejected.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from pipeline import __version__, extractors, text
from pipeline.errors import BatchRejected, FetchError, Rejected
from pipeline.formats import format_of
from pipeline.lake import Batch
from pipeline.receiving import Part, Seen, items_of
from pipeline.schema import unfit
from pipeline.tables import MADE_BY, Finding, Item, Reject, Run, Stage, Story
from pipeline.warehouse import warehouse_of
from pipeline.wire import wire_of
from pipeline.workspace import Progress, Workspace

log = logging.getLogger(__name__)

Row = TypeVar("Row", Item, Story)

LEFT_BEHIND = timedelta(days=1)
"""A file that is still half-written after this long is nobody's."""

COUNTS = ("read", "written", "known", "rejected")


@dataclass(frozen=True, slots=True)
class Report:
    """What a stage did to a batch, in items: read = written + known + rejected."""

    stage: Stage
    batch: Batch
    read: int = 0
    written: int = 0
    known: int = 0
    rejected: int = 0

    def plus(self, **counts: int) -> "Report":
        """The same with more items read, counted as given: `written=1`."""
        more = {name: getattr(self, name) + count for name, count in counts.items()}
        return replace(self, read=self.read + sum(counts.values()), **more)

    def __str__(self) -> str:
        """One line, as a log shows it."""
        return f"{self.stage} {self.batch}: " + ", ".join(f"{name} {getattr(self, name)}" for name in COUNTS)


def fetch(batch: Batch, work: Workspace, *, redo: bool = False) -> Report:
    """Wire to `items`: what the batch and the source's last days do not hold yet.

    `redo` reads deliveries again that are known by url and etag. Raises ConfigError, and FetchError when
    the wire does not answer, or at the end when some deliveries could not be read: the others are kept.
    """
    source, diary = work.source(batch.source), _Diary(work)
    work.lake.sweep(work.now() - LEFT_BEHIND)
    access = work.access(source, fresh=redo)
    deliveries = list(wire_of(source).fetch(source, batch.day, access))
    seen, part, report = Seen.by(batch, work.lake), Part(), Report("fetch", batch)
    failed: list[FetchError] = []
    for number, delivery in enumerate(deliveries):
        work.progress(Progress("fetch", str(batch), number, len(deliveries)))
        if not redo and (known := seen.deliveries.get((delivery.url, delivery.etag))):
            report = report.plus(known=known)
            continue
        try:
            arrived = list(items_of(delivery, source, batch.day, access))
        except FetchError as error:
            failed.append(error)
            continue
        for each in arrived:
            if each.item_id in seen.items:
                report = report.plus(known=1)
                continue
            seen.items.add(each.item_id)
            part.add(each)
            report = report.plus(rejected=1) if isinstance(each, Reject) else report.plus(written=1)
        if part.full(work.part_items):
            part.write(diary.run(report), batch, work.lake)
    part.write(diary.run(report), batch, work.lake)
    diary.keep(report)
    if failed:
        raise FetchError(f"{len(failed)} of {len(deliveries)} deliveries could not be read, first: {failed[0]}")
    if access.memory:  # only now: what it says is there must be there
        work.lake.remember(source.name, access.memory)
    work.progress(Progress("fetch", str(batch), len(deliveries), len(deliveries)))
    return report


def normalize(batch: Batch, work: Workspace, *, redo: bool = False, parts: Collection[str] | None = None) -> Report:
    """`items` to `stories`. Raises ConfigError."""
    source = work.source(batch.source)

    def story(item: Item) -> Sequence[object] | Rejected:
        try:
            found = format_of(source, item.body).read(item, source)
        except Rejected as refusal:
            return refusal
        why = unfit(found)
        return Rejected("unfit", f"a story that no table can hold: {why}") if why else [found]

    road = _Road("normalize", "fetch", Item, lambda items: map(story, items))
    return road.take(batch, work, redo=redo, parts=parts)


def enrich(batch: Batch, work: Workspace, *, redo: bool = False, parts: Collection[str] | None = None) -> Report:
    """`stories` to what is found in them: mentions, entities, dates, statements, events, participants, quantities."""
    day_first = work.source(batch.source).day_first

    def find(stories: Sequence[Story]) -> Iterator[list[Finding]]:
        return extractors.extract(stories, day_first=day_first, model=text.load(work.model))

    road = _Road("enrich", "normalize", Story, find)
    return road.take(batch, work, redo=redo, parts=parts)


def load(batch: Batch, work: Workspace, *, redo: bool = False) -> Report:
    """The batch, all its tables, into DuckDB, and the new file published. Raises StorageError."""
    diary = _Diary(work)

    def run_of(written: int, known: int) -> Run:
        return diary.run(Report("load", batch).plus(written=written, known=known))

    with warehouse_of(work.database, work.lock_seconds) as warehouse:
        written, known = warehouse.load(batch, work.lake, run_of, redo=redo)
    return Report("load", batch).plus(written=written, known=known)


STAGES: dict[Stage, Callable[..., Report]] = {"fetch": fetch, "normalize": normalize, "enrich": enrich, "load": load}


def run(
    stage: Stage, batch: Batch, work: Workspace, *, redo: bool = False, parts: Collection[str] | None = None
) -> Report:
    """Run one stage, and say what it did.

    `parts` are those that normalize or enrich should look at; None means all. Raises BatchRejected
    when no item of the batch gives a story.
    """
    some = {} if parts is None else {"parts": parts}
    report = STAGES[stage](batch, work, redo=redo, **some)
    log.info("%s", report)
    if stage == "normalize" and report.read and not _stories(batch, work):
        raise BatchRejected(f"{batch}: all {report.read} items were rejected: see the table `rejects` for why")
    return report


def pending(stage: Stage, batch: Batch, work: Workspace) -> list[str]:
    """The parts of a batch that normalize or enrich has still to do."""
    before: dict[Stage, Stage] = {"normalize": "fetch", "enrich": "normalize"}
    return sorted(work.lake.done(before[stage], batch) - work.lake.done(stage, batch))


def _stories(batch: Batch, work: Workspace) -> int:
    return sum(work.lake.count(Story, batch, part) for part in work.lake.done("normalize", batch))


class _Diary:
    """What a run has done so far, as a row of `runs`."""

    def __init__(self, work: Workspace, parts: Collection[str] | None = None) -> None:
        self._work, self._parts, self._started = work, parts or (), work.now()

    def run(self, report: Report) -> Run:
        """The row."""
        return Run(
            stage=report.stage,
            parts=",".join(sorted(self._parts)),
            **{name: getattr(report, name) for name in COUNTS},
            started_at=self._started,
            finished_at=self._work.now(),
            code_version=__version__,
            model_version=text.version(self._work.model),
        )

    def keep(self, report: Report) -> Report:
        """Write the row, unless all was known."""
        if report.read > report.known:
            self._work.lake.log(self.run(report), report.batch)
        return report


@dataclass(frozen=True, slots=True)
class _Road(Generic[Row]):
    """A stage whose rows become other rows, part by part; `step` gives for each what it makes or why not."""

    stage: Stage
    before: Stage
    reads: type[Row]
    step: Callable[[Sequence[Row]], Iterator[Sequence[object] | Rejected]]

    def take(self, batch: Batch, work: Workspace, *, redo: bool, parts: Collection[str] | None) -> Report:
        """Do the parts that are missing."""
        report, diary = Report(self.stage, batch), _Diary(work, parts)
        done = set() if redo else work.lake.done(self.stage, batch)
        todo = [part for part in sorted(work.lake.done(self.before, batch)) if parts is None or part in parts]
        for number, part in enumerate(todo):
            work.progress(Progress(self.stage, str(batch), number, len(todo)))
            if part in done:
                report = report.plus(known=work.lake.count(self.reads, batch, part))
            else:
                made = self._made(batch, part, work)
                refused = len(made[Reject])
                report = report.plus(written=work.lake.count(self.reads, batch, part) - refused, rejected=refused)
                work.lake.finish(diary.run(report), batch, part, made)
        work.progress(Progress(self.stage, str(batch), len(todo), len(todo)))
        return diary.keep(report)

    def _made(self, batch: Batch, part: str, work: Workspace) -> dict[type, list[object]]:
        """The rows that come of a part, and its rejects."""
        made: dict[type, list[object]] = {row: [] for row in (*MADE_BY[self.stage], Reject)}
        rows = work.lake.read(self.reads, batch, part)
        for row, outcome in zip(rows, self.step(rows), strict=True):
            if isinstance(outcome, Rejected):
                made[Reject].append(self._refused(row.item_id, outcome, work.now()))
                continue
            for each in outcome:
                made[type(each)].append(each)
        return made

    def _refused(self, item_id: str, refusal: Rejected, now: datetime) -> Reject:
        message = str(refusal)
        log.warning("%s refused %s: %s: %s", self.stage, item_id[:12], refusal.reason, message)
        return Reject(stage=self.stage, item_id=item_id, reason=refusal.reason, message=message, rejected_at=now)
