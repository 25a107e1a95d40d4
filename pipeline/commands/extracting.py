"""`newswire extract` and `parse`: what is found in texts, without a source, a lake or a database."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from pipeline import extractors, text
from pipeline.commands import screen
from pipeline.conllu import to_conllu
from pipeline.errors import ConfigError, PipelineError, Rejected
from pipeline.formats import format_of, plain
from pipeline.schema import table_of
from pipeline.settings import read_settings
from pipeline.sources import Source
from pipeline.tables import FINDINGS, Finding, Item, Participant, Story

LISTS = tuple(table_of(row).name for row in FINDINGS if row is not Participant)
NOTHING = "."  # a story must have a text: this one's is taken out again
DESK = Source(name="extract", title="Files named on the command line", where={"kind": "folder", "path": "."})


def add_to(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command()(extract)
    app.command()(parse)


Files = Annotated[list[Path] | None, typer.Argument(help="Deliveries, in any wire format.")]
Lines = Annotated[
    Path | None, typer.Option(metavar="FILE", help='Lines of {"id", "text", "published"?}; - for standard input.')
]


def extract(files: Files = None, jsonl: Lines = None) -> None:
    """Find mentions, entities, dates, statements and events, and print them as JSON lines.

    A plain text is taken as it is, and offsets count in it, from 0, in Unicode code points. Relative
    dates count from the dateline, else from `published`, else from the header's stamp.

    Examples: newswire extract story.txt; newswire extract --jsonl stories.jsonl > found.jsonl
    """
    model = text.load(read_settings().model)
    _for_each(files, jsonl, partial(_print, with_text=jsonl is None, model=model))


def parse(files: Files = None, jsonl: Lines = None) -> None:
    """Show what the language model sees of texts, as CoNLL-U: sentences, lemmas, tags, heads, names, attributions.

    Examples: newswire parse story.txt; newswire parse --jsonl stories.jsonl
    """
    model = text.load(read_settings().model)

    def show(story: Story) -> None:
        (document,) = text.parse([story], model)
        sys.stdout.write(to_conllu(document))

    _for_each(files, jsonl, show)


def _for_each(files: list[Path] | None, jsonl: Path | None, step: Callable[[Story], None]) -> None:
    """Do a step with every story; what cannot be read is told, and the others are still done."""
    if bool(files) == bool(jsonl):
        raise ConfigError("say either files or --jsonl FILE")
    failed = False
    for story in _from_lines(jsonl) if jsonl else _from_files(files or []):
        if isinstance(story, PipelineError):
            screen.complain(str(story))
            failed = True
        else:
            step(story)
    if failed:
        raise typer.Exit(1)


def _print(story: Story, *, with_text: bool, model: text.Model) -> None:
    """One story as one JSON line."""
    (findings,) = extractors.extract([story], model=model)
    line = {"id": story.item_id, **({"text": story.text} if with_text else {}), **_rows(findings)}
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")


def _rows(findings: Iterable[Finding]) -> dict[str, list[dict[str, Any]]]:
    """The rows by table, participants inside their events."""
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
    events: dict[int, dict[str, Any]] = {}
    for finding in findings:
        row = asdict(finding)
        if isinstance(finding, Participant):
            events[finding.event]["participants"].append(row)
            continue
        name = table_of(type(finding)).name
        lists[name].append(row)
        if name == "events":
            events[row["event"]] = row
            row["participants"] = []
    return lists


def _from_lines(path: Path) -> Iterator[Story | PipelineError]:
    with sys.stdin.buffer if str(path) == "-" else _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _told(json.loads(line.decode()))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    yield ConfigError(f"{path}, line {number}: not {{'id', 'text', 'published'?}}: {error!r}")


def _told(line: Mapping[str, Any]) -> Story:
    """The story of a line; an empty text is a story with nothing in it."""
    text, published = line["text"], line.get("published")
    published_on = date.fromisoformat(published[:10]) if published else None
    item = _item(text.encode(), "text:")
    story = plain.as_it_is(text if text.strip() else NOTHING, item, DESK, published_on)
    return replace(story, item_id=line["id"], text=text)


def _from_files(files: Iterable[Path]) -> Iterator[Story | PipelineError]:
    for path in files:
        try:
            bodies = _split(_read(path))
        except ConfigError as error:
            yield error
            continue
        for number, body in enumerate(bodies, 1):
            try:
                yield _story(path, body, number)
            except Rejected as refusal:
                yield Rejected(refusal.reason, f"{path}: {refusal.reason}: {refusal}")


def _split(delivery: bytes) -> list[bytes]:
    """The items of a delivery; one that cannot be split is one item, for `_story` to refuse."""
    try:
        return list(format_of(DESK, delivery).split(delivery))
    except Rejected:
        return [delivery]


def _story(path: Path, body: bytes, number: int) -> Story:
    """The story in an item; a plain text as it is. Raises Rejected."""
    form, item = format_of(DESK, body), _item(body, path.resolve().as_uri())
    if form is plain:
        return replace(plain.as_it_is(plain.decode(body), item, DESK), item_id=str(path))
    return replace(form.read(item, DESK), item_id=f"{path}#{number}")


def _item(body: bytes, url: str) -> Item:
    now = datetime.now(UTC)
    return Item.of(body, source=DESK.name, day=now.date(), url=url, fetched_at=now)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
