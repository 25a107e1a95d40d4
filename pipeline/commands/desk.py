"""`newswire sources`: who is read, who has gone quiet, and what a source would make of a delivery."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands import screen
from pipeline.commands.reading import Received, day_of, rows_of
from pipeline.receiving import heard_at, is_quiet
from pipeline.settings import read_settings
from pipeline.sources import Source, read_source
from pipeline.tables import Reject, Story
from pipeline.workspace import Workspace

SHOWN = (
    "guid version status signal agency credits headline slugline byline dateline_place dateline_on published_at "
    "embargoed_until anchor_on anchor_basis language subjects urgency ed_note text"
).split()
MOST = 5
"""How many items of a delivery are shown."""

sources = typer.Typer(help="The sources, and what a source makes of a delivery.")


def add_to(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.add_typer(sources, name="sources")


@sources.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """The sources: where they are, the last day there is of each, when it was last heard of, who is quiet.

    Exits with 1 when a source's TOML cannot be read, and says what is wrong with it.
    """
    if context.invoked_subcommand:
        return
    work = Workspace.from_env()
    names = ("source", "title", "where", "format", "days", "last day", "last heard", "quiet")
    screen.show_table(names, [_line(source, work) for source in work.sources.values()], right=("days",))
    for message in work.broken.values():
        screen.complain(message)
    if work.broken:
        raise typer.Exit(1)


@sources.command("try")
def try_(
    name: Annotated[str, typer.Argument(help="The source's name, or the path of a TOML that is not live yet.")],
    file: Annotated[Path, typer.Argument(help="A delivery, as its wire sends it.")],
    received: Received = None,
) -> None:
    """What a source makes of a delivery, before it goes live; nothing is stored. Exits with 1 if no story comes of it.

    Example: newswire sources try desk story.xml
    """
    source = _source(name)
    rows = list(rows_of(file, source, day_of(received)))
    for row in rows[:MOST]:
        _show(row)
    stories = sum(isinstance(row, Story) for row in rows)
    more = f" The first {MOST} are shown." if len(rows) > MOST else ""
    screen.out.print(f"{len(rows)} items: {stories} stories, {len(rows) - stories} rejects.{more}", markup=False)
    if not stories:
        raise typer.Exit(1)


def quiet_sources(work: Workspace) -> list[str]:
    """The sources that have been silent for longer than their `quiet_after`, each as a sentence."""
    found = []
    for source in work.sources.values():
        heard = heard_at(source, work.lake) if source.quiet_after else None
        if is_quiet(source, heard, work.now()):
            last = f"last heard of at {heard:%Y-%m-%d %H:%M} UTC" if heard else "never heard of"
            found.append(f"{source.name}: {last}; silence is normal for {source.quiet_after} (quiet_after)")
    return found


def _source(name: str) -> Source:
    """A source of the folder of sources, or one that stands elsewhere."""
    path = Path(name) if name.endswith(".toml") else read_settings().sources / f"{name}.toml"
    return read_source(path) if path.exists() else Workspace.from_env().source(name)


def _line(source: Source, work: Workspace) -> Sequence[object]:
    days, heard = work.lake.days(source.name), heard_at(source, work.lake)
    quiet = "QUIET" if is_quiet(source, heard, work.now()) else None
    shown = f"{heard:%Y-%m-%d %H:%M}" if heard else None
    return (
        source.name,
        source.title,
        source.where.kind,
        source.format,
        len(days),
        days[-1] if days else None,
        shown,
        quiet,
    )


def _show(row: Story | Reject) -> None:
    """A row as a table of its columns that hold something."""
    names = SHOWN if isinstance(row, Story) else ("reason", "message")
    held = [(name, getattr(row, name)) for name in names if getattr(row, name) not in (None, [], "")]
    screen.show_table(("column", "value"), held)
