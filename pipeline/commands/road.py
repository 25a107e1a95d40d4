"""`newswire run`, `fetch`, `normalize`, `enrich`, `load`, `rebuild`: batches down the road."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

import typer

from pipeline import stages
from pipeline.commands import screen
from pipeline.errors import BatchRejected, ConfigError, FetchError
from pipeline.lake import Batch
from pipeline.sources import Source
from pipeline.stages import Report
from pipeline.tables import Stage
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
Redo = Annotated[bool, typer.Option("--redo", help="Do over what is done already.")]


def add_to(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command()(run)
    app.command(help="Wire to items: bring what is new.")(_command("fetch"))
    app.command(help="Items to stories: read the wire format.")(_command("normalize"))
    app.command(help="Stories to what is found in them: entities, dates, statements, events.")(_command("enrich"))
    app.command(help="All of it into DuckDB, and the new file published.")(_command("load"))
    app.command()(rebuild)


def run(
    sources: SourceNames = None, day: Day = None, first: First = None, last: Last = None, redo: Redo = False
) -> None:
    """Bring stories all the way: fetch, normalize, enrich, load.

    Without days it takes every day that the source has. Run again, it does only what is missing.

    Examples: newswire run; newswire run desk --day 2026-03-02; newswire run desk --from 2026-03-01 --to 2026-03-07
    """
    with screen.progress() as progress:
        work = replace(Workspace.from_env(), progress=progress)
        batches, unheard = _batches(work, sources, _days(day, first, last), arriving=True)
        reports, failures = _take(list(stages.STAGES), batches, work, redo=redo)
    screen.show_reports(reports)
    screen.show_findings(work.database, reports)
    _fail_with([*unheard, *failures])


def rebuild() -> None:
    """Make everything but the items again, from the items, with today's code.

    Readers keep the database that they have until the new one is complete.
    """
    with screen.progress() as progress:
        work = replace(Workspace.from_env(), progress=progress)
        fresh = replace(work, database=work.database.with_suffix(".rebuilding.duckdb"))
        _remove(fresh)
        work.lake.forget()
        stored = [Batch(name, day) for name in work.sources for day in work.lake.days(name)]
        reports, failures = _take(["normalize", "enrich", "load"], stored, fresh, redo=False)
    screen.show_reports(reports)
    for path in (".writer.duckdb", ".duckdb"):
        made = fresh.database.with_suffix(path) if path != ".duckdb" else fresh.database
        if made.exists():
            made.replace(work.database.with_suffix(path) if path != ".duckdb" else work.database)
    _remove(fresh)
    _fail_with(failures)


def _remove(work: Workspace) -> None:
    for path in (work.database, work.database.with_suffix(".writer.duckdb"), work.database.with_suffix(".lock")):
        path.unlink(missing_ok=True)


def _command(stage: Stage):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def command(
        sources: SourceNames = None, day: Day = None, first: First = None, last: Last = None, redo: Redo = False
    ) -> None:
        with screen.progress() as progress:
            work = replace(Workspace.from_env(), progress=progress)
            batches, unheard = _batches(work, sources, _days(day, first, last), arriving=stage == "fetch")
            reports, failures = _take([stage], batches, work, redo=redo)
        screen.show_reports(reports)
        _fail_with([*unheard, *failures])

    command.__name__ = stage
    return command


def _take(
    road: Sequence[Stage], batches: Collection[Batch], work: Workspace, *, redo: bool
) -> tuple[list[Report], list[str]]:
    """Every batch down the road; one that fails does not hold up the others."""
    reports: list[Report] = []
    failures: list[str] = []
    for batch in batches:
        for stage in road:
            try:
                reports.append(stages.run(stage, batch, work, redo=redo))
            except (FetchError, ConfigError) as error:
                failures.append(f"{stage} {batch}: {error}")
                break
            except BatchRejected as error:
                failures.append(str(error))
    return reports, failures


def _fail_with(failures: Sequence[str]) -> None:
    for failure in failures:
        screen.complain(failure)
    if failures:
        raise typer.Exit(1)


def _batches(
    work: Workspace, names: Collection[str] | None, days: Collection[date] | None, *, arriving: bool
) -> tuple[list[Batch], list[str]]:
    """The batches that are asked for, without days those that the wire (or the lake) has; and who did not answer."""
    batches: list[Batch] = []
    unheard: list[str] = []
    for source in [work.source(name) for name in names or work.sources]:
        try:
            here = days if days is not None else _days_of(source, work, arriving=arriving)
        except (FetchError, ConfigError) as error:
            unheard.append(f"{source.name}: {error}")
            continue
        batches += [Batch(source.name, day) for day in here]
    return batches, unheard


def _days_of(source: Source, work: Workspace, *, arriving: bool) -> list[date]:
    return wire_of(source).days(source, work.access(source)) if arriving else work.lake.days(source.name)


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
