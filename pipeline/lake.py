"""The Parquet files: where each is, and how it is read and written.

    <lake>/<table>/source=<name>/day=<day>/<part>.parquet
    <lake>/rejects/source=<name>/day=<day>/<part>.<stage>.parquet
    <lake>/wires/<name>.json

A part is some items of a batch, named after them, and keeps its name on the whole road. A stage
writes a part's tables, then its row of `runs`, and last its rejects, empty or not. That last file
is the stage's mark: where it and the tables stand, the stage is done with the part. A stage that
does a part over takes the marks away first, its own and those of the stages after it. A file is
there whole or not at all.
"""

import contextlib
import hashlib
import json
import os
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from pipeline.errors import StorageError
from pipeline.schema import from_arrow, table_of, to_arrow
from pipeline.tables import LAKE, MADE_BY, Item, Reject, Run, Stage

Row = TypeVar("Row")

SUFFIX = ".parquet"
LEFTOVERS = ".writing"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Batch:
    """One source's day (UTC): what a stage works on, and may be run again for."""

    source: str
    day: date

    def __str__(self) -> str:
        """As `wire 2026-01-21`."""
        return f"{self.source} {self.day}"


def part_of(keys: Iterable[str]) -> str:
    """The name of the part that holds these items: the same items, the same name."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


class Lake:
    """A folder of Parquet files, here or on S3. Raises StorageError."""

    def __init__(self, root: str, s3: Mapping[str, Any] | None = None) -> None:
        """`root` is a path or `s3://bucket/prefix`; `s3` are arguments of pyarrow's S3FileSystem."""
        self.root = root
        self.local = "://" not in root
        self.files: fs.FileSystem
        if self.local:
            self.files, self._base = fs.LocalFileSystem(), str(Path(root).resolve())
        else:
            self.files, self._base = fs.S3FileSystem(**(s3 or {})), root.partition("://")[2].rstrip("/")

    def parts(self, row: type, batch: Batch) -> list[str]:
        """The parts of a batch that a table has, by name."""
        return [_stem(info) for info in self._list(self._folder(row, batch))]

    def done(self, stage: Stage, batch: Batch) -> set[str]:
        """The parts of a batch that a stage is done with."""
        marked = {part for part, marks in self.marks(batch).items() if stage in marks}
        return marked.intersection(*(self.parts(row, batch) for row in MADE_BY[stage]))

    def marks(self, batch: Batch) -> dict[str, dict[str, str]]:
        """The marks of each part of a batch, by stage, as something that changes when the part is done over."""
        found: dict[str, dict[str, str]] = {}
        for info in self._list(self._folder(Reject, batch)):
            part, _, stage = _stem(info).rpartition(".")
            found.setdefault(part, {})[stage] = f"{info.size}-{info.mtime_ns}"
        return found

    def sources(self) -> list[str]:
        """The sources that have items."""
        return [name for info in self._folders("items") if (name := _value(info, "source"))]

    def days(self, source: str) -> list[date]:
        """The days of which a source has items."""
        named = (_value(info, "day") for info in self._folders(f"items/source={source}"))
        return [date.fromisoformat(day) for day in named if DAY.fullmatch(day)]

    def table(self, row: type, batch: Batch, part: str, columns: list[str] | None = None) -> pa.Table:
        """A part of a table as Arrow."""
        path = self._path(row, batch, part)
        with _storage("read", path), self.files.open_input_file(path) as file:
            return pq.read_table(file, columns=columns)

    def read(self, row: type[Row], batch: Batch, part: str) -> list[Row]:
        """A part of a table as rows."""
        try:
            return from_arrow(row, self.table(row, batch, part))
        except KeyError as error:
            path = self._path(row, batch, part)
            raise StorageError(f"{path} was made by another version: run `newswire rebuild`: {error}") from error

    def count(self, row: type, batch: Batch, part: str) -> int:
        """How many rows a part of a table has."""
        path = self._path(row, batch, part)
        with _storage("read", path), self.files.open_input_file(path) as file:
            return int(pq.read_metadata(file).num_rows)

    def write(self, row: type, batch: Batch, part: str, rows: Iterable[object]) -> None:
        """Put a part of a table in its place."""
        sink = pa.BufferOutputStream()  # small: a part is bounded in items and in bytes
        pq.write_table(to_arrow(row, rows, source=batch.source, day=batch.day), sink, compression="zstd")
        self._put(self._path(row, batch, part), sink.getvalue())

    def finish(self, run: Run, batch: Batch, part: str, rows: Mapping[type, Collection[object]]) -> None:
        """Put all that a run made of a part in its place, and say that its stage is done with it."""
        self.reopen(run.stage, batch, part)
        for row in MADE_BY[run.stage]:
            self.write(row, batch, part, rows[row])
        self.log(run, batch)  # before the mark, so that a killed run leaves no reject uncounted
        self.write(Reject, batch, f"{part}.{run.stage}", rows[Reject])

    def reopen(self, stage: Stage, batch: Batch, part: str) -> None:
        """Say that a stage is not done with a part, nor any stage after it."""
        road = list(MADE_BY)
        for each in reversed(road[road.index(stage) :]):
            self._delete(self._path(Reject, batch, f"{part}.{each}"))

    def log(self, run: Run, batch: Batch) -> None:
        """Keep what a run did."""
        self.write(Run, batch, f"{run.started_at:%Y%m%dT%H%M%S%f}.{run.stage}.{part_of([run.parts])}", [run])

    def recall(self, source: str) -> dict[str, Any]:
        """What a source's wire noted at its last run; empty if it is lost, which costs work and no story."""
        path = self._notes(source)
        try:
            with self.files.open_input_file(path) as file:
                noted = json.loads(file.read())
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def remember(self, source: str, notes: Mapping[str, Any]) -> None:
        """Keep what a source's wire noted: to be called when all that it brought is written."""
        self._put(self._notes(source), json.dumps(notes, sort_keys=True).encode())

    def forget(self, sources: Collection[str]) -> None:
        """Delete all but what fetch made of these sources: what is left gives all of it again."""
        for row, source in product(reversed(LAKE), sources):  # marks first
            for info in self._list(f"{self._base}/{table_of(row).name}/source={source}", recursive=True):
                by_fetch = row is Item or (row in (Reject, Run) and "fetch" in _stem(info).split("."))
                if not by_fetch:
                    self._delete(info.path)

    def sweep(self, before: datetime) -> None:
        """Delete what writers that were killed before a time have left half-written."""
        if self.local:
            for info in self._list(f"{self._base}/{LEFTOVERS}", suffix=""):
                if info.mtime and info.mtime < before:
                    self._delete(info.path)

    def _folder(self, row: type, batch: Batch) -> str:
        return f"{self._base}/{table_of(row).name}/source={batch.source}/day={batch.day}"

    def _notes(self, source: str) -> str:
        return f"{self._base}/wires/{source}.json"

    def _path(self, row: type, batch: Batch, part: str) -> str:
        return f"{self._folder(row, batch)}/{part}{SUFFIX}"

    def _folders(self, under: str) -> list[fs.FileInfo]:
        infos = self._infos(f"{self._base}/{under}", recursive=False)
        return [info for info in infos if info.type == fs.FileType.Directory]

    def _list(self, folder: str, *, recursive: bool = False, suffix: str = SUFFIX) -> list[fs.FileInfo]:
        infos = self._infos(folder, recursive=recursive)
        return [info for info in infos if info.type == fs.FileType.File and info.path.endswith(suffix)]

    def _infos(self, folder: str, *, recursive: bool) -> list[fs.FileInfo]:
        selector = fs.FileSelector(folder, allow_not_found=True, recursive=recursive)
        with _storage("list", folder):
            return sorted(self.files.get_file_info(selector), key=lambda info: str(info.path))

    def _delete(self, path: str) -> None:
        with _storage("delete", path):
            if self.local:
                Path(path).unlink(missing_ok=True)
            else:
                with contextlib.suppress(FileNotFoundError):
                    self.files.delete_file(path)

    def _put(self, path: str, body: pa.Buffer | bytes) -> None:
        with _storage("write", path):
            if self.local:
                _put_local(Path(self._base) / LEFTOVERS, Path(path), body)
            else:  # an object appears when its upload is complete
                with self.files.open_output_stream(path) as sink:
                    sink.write(body)


def _put_local(beside: Path, path: Path, body: pa.Buffer | bytes) -> None:
    """Write beside, then rename: a reader sees the old file or the new one."""
    beside.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    writing = beside / uuid.uuid4().hex
    try:
        with writing.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        writing.replace(path)
    finally:
        writing.unlink(missing_ok=True)


def _stem(info: fs.FileInfo) -> str:
    return str(info.base_name).removesuffix(SUFFIX)


def _value(info: fs.FileInfo, column: str) -> str:
    """The value in a folder's name, as in `day=2026-01-21`; nothing when it is not one of ours."""
    name, _, value = str(info.base_name).partition("=")
    return value if name == column else ""


@contextlib.contextmanager
def _storage(verb: str, path: str) -> Iterator[None]:
    """Say in one line what could not be done to which file."""
    try:
        yield
    except pa.ArrowInvalid as error:
        raise StorageError(f"cannot {verb} {path}: {error}; delete it and run the stages again") from error
    except OSError as error:
        raise StorageError(f"cannot {verb} {path}: {error.strerror or error}") from error
