"""`newswire read`: what the formats make of files, without a source, a lake or a database."""

import hashlib
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from pipeline.errors import ConfigError, Rejected
from pipeline.formats import format_of
from pipeline.receiving import items_of
from pipeline.settings import read_settings
from pipeline.sources import FormatName, Source
from pipeline.tables import Item, Reject, Stage, Story
from pipeline.wire import Access, Delivery
from pipeline.wire.folder import read_whole
from pipeline.wire.limits import STEP, take
from pipeline.workspace import secret_in_env, utc_now

log = logging.getLogger(__name__)

BUGS = (ArithmeticError, AttributeError, LookupError, NameError, RecursionError, TypeError, ValueError)
"""What a reader's bug raises: it costs its item, and not the files after it."""

Received = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that it arrived, UTC; today if not told.")
]


def add_to(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command()(read)


def read(
    files: Annotated[list[Path], typer.Argument(help="Deliveries, as a wire sends them.")],
    form: Annotated[str, typer.Option("--format", help="Their wire format; found by looking if not told.")] = "auto",
    timezone: Annotated[str, typer.Option(help="Of times that come without an offset, as Asia/Seoul.")] = "UTC",
    received: Received = None,
) -> None:
    """Read deliveries and print one JSON line a file: {"file", "stories", "rejects"}.

    The rows are those of the tables `stories` and `rejects`. A file that cannot be opened is a row of
    rejects too, with the reason `unreadable`, and makes the exit code 1. The file `-` is standard input.

    Examples: newswire read story.xml; newswire read --format plain --timezone Asia/Seoul *.txt
    """
    source, day = desk(form, timezone), day_of(received)
    opened = True
    for path in files:
        found = [*rows_of(path, source, day)]
        opened = opened and not any(isinstance(row, Reject) and row.reason == "unreadable" for row in found)
        line = {
            "file": str(path),
            "stories": [_row(row) for row in found if isinstance(row, Story)],
            "rejects": [_row(row) for row in found if isinstance(row, Reject)],
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if not opened:
        raise typer.Exit(1)


def rows_of(path: Path, source: Source, day: date) -> Iterator[Story | Reject]:
    """What a file becomes, item by item, as it would on the road."""
    access = Access(now=utc_now, secret=secret_in_env, max_bytes=read_settings().max_item_bytes)
    delivery = _delivery(path, access.max_bytes)
    try:
        items = list(items_of(delivery, source, day, access))
    except OSError as error:
        yield _refused("fetch", delivery.url, Rejected("unreadable", f"{path}: {error.strerror}"))
        return
    except BUGS as error:
        yield _refused("fetch", delivery.url, _bug(error))
        return
    if not items:
        yield _refused("fetch", delivery.url, Rejected("no-entry", "an empty delivery: a feed or a list of no items"))
    yield from (each if isinstance(each, Reject) else _outcome(each, source) for each in items)


def _delivery(path: Path, most: int) -> Delivery:
    """A file, or what comes on standard input."""
    if str(path) == "-":
        read = partial(take, iter(partial(sys.stdin.buffer.read, STEP), b""), most, "standard input")
        return Delivery(url="file:///stdin", etag=None, media_type=None, read=read)
    return Delivery(url=path.absolute().as_uri(), etag=None, media_type=None, read=partial(read_whole, path, most))


def desk(form: str, timezone: str) -> Source:
    """A source for files that come from nowhere. Raises ConfigError."""
    if form not in get_args(FormatName):
        raise ConfigError(f"no format {form!r}; there are: {', '.join(get_args(FormatName))}")
    told = {"format": form, "timezone": timezone, "where": {"kind": "folder", "path": "."}}
    try:
        return Source.model_validate({"name": "read", "title": "Files named on the command line", **told})
    except ValueError as error:
        raise ConfigError(f"--timezone {timezone}: no such time zone; say one of the IANA database") from error


def day_of(told: str | None) -> date:
    """The day told, else today. Raises ConfigError."""
    try:
        return date.fromisoformat(told) if told else utc_now().date()
    except ValueError as error:
        raise ConfigError(f"--received {told}: no such day; say it as 2026-03-02") from error


def _outcome(item: Item, source: Source) -> Story | Reject:
    try:
        return format_of(source, item.body).read(item, source)
    except Rejected as refusal:
        return replace(_refused("normalize", item.url, refusal), item_id=item.item_id)
    except BUGS as error:
        return replace(_refused("normalize", item.url, _bug(error)), item_id=item.item_id)


def _bug(error: Exception) -> Rejected:
    log.info("a reader failed", exc_info=error)
    return Rejected("bug", f"the reader failed, please report it: {type(error).__name__}: {error}")


def _refused(stage: Stage, url: str, refusal: Rejected) -> Reject:
    """A row of rejects, for what has no bytes to be named after."""
    item_id = hashlib.sha256(url.encode()).hexdigest()
    return Reject(stage=stage, item_id=item_id, reason=refusal.reason, message=str(refusal), rejected_at=utc_now())


def _row(row: Story | Reject) -> dict[str, Any]:
    """A row as JSON has it: days and times in ISO 8601."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
