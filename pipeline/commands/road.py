"""`newswire run`, `fetch`, `normalize`, `enrich`, `load`, `rebuild`: batches down the road."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

import typer

from pipeline import stages
from pipeline.commands import screen
from pipeline.errors import BatchRejected, ConfigError, FetchError, StorageError
from pipeline.lake import Batch
from pipeline.sources import Source
from pipeline.stages import Report
from pipeline.tables import Stage
from pipeline.warehouse import beside, discard, take_place, warehouse_of
from pipeline.wire import wire_of
from pipeline.workspace import Workspace

SourceNames = Annotated[
    list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Sources by name; all when none is named.")
]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="One day, UTC.")]
First = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First of a range of days.")]
Last = Annotated[
    str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last of the range; --from when left out.")
]
Names = Collection[str] | None
Days = Collection[date] | None
ROAD = tuple(stages.STAGES)
Redo = Annotated[bool, typer.Option("--redo", help="Do over what is done already.")]


def add_to(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command()(run)
    app.command(help="Wire to items: bring what is new.")(_command("fetch"))
    app.command(help="Items to stories: read the wire format.")(_command("normalize"))
    app.command(help="Stories to what is found in them: entities, dates, statements, events.")(_command("enrich"))
    app.command(help="All of it into DuckDB, and the new file published.")(_command("load"))
    app.command()(rebuild)
    app.command()(tidy)


def run(
    sources: SourceNames = None, day: Day = None, first: First = None, last: Last = None, redo: Redo = False
) -> None:
    """Bring stories all the way: fetch, normalize, enrich, load.

    Without days it takes every day that the source has. Run again, it does only what is missing.

    Examples: newswire run; newswire run desk --day 2026-03-02; newswire run desk --from 2026-03-01 --to 2026-03-07
    """
    with screen.progress() as progress:
        work = replace(Workspace.from_env(), progress=progress)
        days = _days(day, first, last)
        arriving, failures = _arriving(work, sources, days)
        stored = [] if days else [batch for batch in _stored(work, sources) if batch not in arriving]
        reports = _take(ROAD, arriving, work, failures, redo=redo)
        reports += _take(ROAD[1:], stored, work, failures, redo=redo)
    screen.show_reports(reports)
    screen.show_findings(work.database, reports)
    _fail_with(failures)


def rebuild() -> None:
    """Make everything but the items again, from the items, with today's code.

    Readers keep the database that they have until the new one is complete. Of a source whose TOML cannot be read, or
    is gone, nothing can be made again: what there is of it is kept and loaded as it is.
    """
    with screen.progress() as progress:
        work = replace(Workspace.from_env(), progress=progress)
        names = work.lake.sources()
        sound = [name for name in names if name in work.sources]
        failures = [_kept(name, work) for name in names if name not in work.sources]
        fresh = replace(work, database=beside(work.database))
        discard(fresh.database)
        with warehouse_of(fresh.database, work.lock_seconds):
            work.lake.forget(sound)
        reports = _take(ROAD[1:], _stored(work, sound), fresh, failures, redo=False)
        reports += _load_as_it_is(names, fresh, failures)
    take_place(fresh.database, work.database, work.lock_seconds)
    screen.show_reports(reports)
    _fail_with(failures)


def _kept(name: str, work: Workspace) -> str:
    why = work.broken.get(name, f"no TOML says what {name} is")
    return f"{name} was kept as it is: {why}"


def _load_as_it_is(names: Collection[str], work: Workspace, failures: list[str]) -> list[Report]:
    """Load what there is of the sources that nothing can be made of; what does not fit today's tables is told."""
    reports: list[Report] = []
    for batch in [Batch(name, day) for name in names if name not in work.sources for day in work.lake.days(name)]:
        try:
            reports.append(stages.run("load", batch, work))
        except StorageError as error:
            failures.append(f"load {batch}: {error}")
    return reports


def tidy() -> None:
    """Put a DuckLake's many small files together; a DuckDB file needs none of it. Once a week is enough."""
    work = Workspace.from_env()
    with warehouse_of(work.database, work.lock_seconds) as warehouse:
        warehouse.tidy()


def _command(stage: Stage):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def command(
        sources: SourceNames = None, day: Day = None, first: First = None, last: Last = None, redo: Redo = False
    ) -> None:
        with screen.progress() as progress:
            work = replace(Workspace.from_env(), progress=progress)
            days = _days(day, first, last)
            batches, failures = (
                _arriving(work, sources, days) if stage == "fetch" else (_stored(work, sources, days), list[str]())
            )
            reports = _take([stage], batches, work, failures, redo=redo)
        screen.show_reports(reports)
        _fail_with(failures)

    command.__name__ = stage
    return command


def _take(
    road: Sequence[Stage], batches: Collection[Batch], work: Workspace, failures: list[str], *, redo: bool
) -> list[Report]:
    """Every batch down the road; what fails joins the failures, and holds up neither others nor what did arrive."""
    reports: list[Report] = []
    for batch in batches:
        for stage in road:
            try:
                reports.append(stages.run(stage, batch, work, redo=redo))
            except FetchError as error:
                failures.append(f"{stage} {batch}: {error}")
            except BatchRejected as error:
                failures.append(str(error))
            except ConfigError as error:
                if stage != "fetch":  # of the program, not of one source
                    raise
                failures.append(f"{stage} {batch.source}: {error}")
    return reports


def _fail_with(failures: Sequence[str]) -> None:
    for failure in dict.fromkeys(failures):
        screen.complain(failure)
    if failures:
        raise typer.Exit(1)


def _arriving(work: Workspace, names: Names, days: Days) -> tuple[list[Batch], list[str]]:
    """The batches that are asked for, or those that the wire has; and what kept a wire from telling."""
    batches: list[Batch] = []
    failures = list(work.broken.values()) if names is None else []
    for source in _named(work, names):
        try:
            batches += [Batch(source.name, day) for day in days or wire_of(source).days(source, work.access(source))]
        except (FetchError, ConfigError) as error:
            failures.append(f"fetch {source.name}: {error}")
    return batches, failures


def _stored(work: Workspace, names: Names, days: Days = None) -> list[Batch]:
    """The batches that are asked for, or those that the lake has."""
    return [Batch(each.name, day) for each in _named(work, names) for day in days or work.lake.days(each.name)]


def _named(work: Workspace, names: Names) -> list[Source]:
    """The sources by name, each once; all, when none is named. Raises ConfigError."""
    return [work.source(name) for name in dict.fromkeys(work.sources if names is None else names)]


def _days(day: str | None, first: str | None, last: str | None) -> list[date] | None:
    if day and (first or last):
        raise ConfigError("say --day or --from and --to, not both")
    if last and not first:
        raise ConfigError("--to needs --from")
    start = day or first
    if not start:
        return None
    begin, end = _date(start), _date(last or start)
    if end < begin:
        raise ConfigError(f"--to {end} is before --from {begin}")
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"no such day: {text!r}; say it as 2026-03-02") from error
