"""The Parquet files: where each is, and how it is read and written.

    <lake>/<table>/source=<name>/day=<day>/<part>.parquet
    <lake>/rejects/source=<name>/day=<day>/<part>.<stage>.parquet
    <lake>/wires/<name>.json

A part is some items of a batch, named after them, and keeps its name on the whole road. A stage
writes a part's tables and last its rejects, empty or not: where that file stands, the stage is
done with the part. A file is there whole or not at all.
"""

import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from pipeline.errors import StorageError
from pipeline.schema import from_arrow, table_of, to_arrow
from pipeline.tables import LAKE, Item, Reject, Run

Row = TypeVar("Row")

SUFFIX = ".parquet"
LEFTOVERS = ".writing"


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

    def done(self, stage: str, batch: Batch) -> set[str]:
        """The parts of a batch that a stage is done with."""
        marks = (name.rpartition(".") for name in self.parts(Reject, batch))
        return {part for part, _, by in marks if by == stage}

    def days(self, source: str) -> list[date]:
        """The days of which a source has items."""
        folders = self._list(f"{self._base}/items/source={source}", kind=fs.FileType.Directory)
        return sorted(date.fromisoformat(info.base_name.removeprefix("day=")) for info in folders)

    def table(self, row: type, batch: Batch, part: str, columns: list[str] | None = None) -> pa.Table:
        """A part of a table as Arrow."""
        path = self._path(row, batch, part)
        with _storage("read", path), self.files.open_input_file(path) as file:
            return pq.read_table(file, columns=columns)

    def read(self, row: type[Row], batch: Batch, part: str) -> list[Row]:
        """A part of a table as rows."""
        return from_arrow(row, self.table(row, batch, part))

    def count(self, row: type, batch: Batch, part: str) -> int:
        """How many rows a part of a table has."""
        path = self._path(row, batch, part)
        with _storage("read", path), self.files.open_input_file(path) as file:
            return int(pq.read_metadata(file).num_rows)

    def write(self, row: type, batch: Batch, part: str, rows: Iterable[object]) -> None:
        """Put a part of a table in its place."""
        sink = pa.BufferOutputStream()
        pq.write_table(to_arrow(row, rows, source=batch.source, day=batch.day), sink, compression="zstd")
        self._put(self._path(row, batch, part), sink.getvalue())

    def finish(self, stage: str, batch: Batch, part: str, rows: Mapping[type, Collection[object]]) -> None:
        """Put all that a stage made of a part in its place; the rejects, which say it is done, last."""
        self.reopen(stage, batch, part)
        for row, made in rows.items():
            if row is not Reject:
                self.write(row, batch, part, made)
        self.write(Reject, batch, f"{part}.{stage}", rows[Reject])

    def reopen(self, stage: str, batch: Batch, part: str) -> None:
        """Say that a stage is not done with a part."""
        path = self._path(Reject, batch, f"{part}.{stage}")
        with _storage("delete", path), contextlib.suppress(FileNotFoundError):
            self.files.delete_file(path)

    def log(self, run: Run, batch: Batch) -> None:
        """Keep what a run did."""
        self.write(Run, batch, f"{run.started_at:%Y%m%dT%H%M%S%f}.{run.stage}.{part_of([run.parts])}", [run])

    def fingerprint(self, batch: Batch, part: str) -> str:
        """A hash that changes when a file of the part does."""
        paths = [self._path(row, batch, part) for row in LAKE if row not in (Reject, Run)]
        paths += [self._path(Reject, batch, f"{part}.{stage}") for stage in ("fetch", "normalize", "enrich")]
        with _storage("read", self.root):
            infos = self.files.get_file_info(paths)
        seen = [f"{info.path[len(self._base) :]} {info.size} {info.mtime_ns}" for info in infos if info.is_file]
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()

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

    def forget(self, keep: Collection[type] = (Item,)) -> None:
        """Delete every table but those to keep, and their marks; what is left gives all of it again."""
        for row in LAKE:
            for info in self._list(f"{self._base}/{table_of(row).name}", recursive=True):
                if row not in keep and not (row is Reject and _stem(info).endswith(".fetch")):
                    with _storage("delete", info.path):
                        self.files.delete_file(info.path)

    def _folder(self, row: type, batch: Batch) -> str:
        return f"{self._base}/{table_of(row).name}/source={batch.source}/day={batch.day}"

    def _notes(self, source: str) -> str:
        return f"{self._base}/wires/{source}.json"

    def _path(self, row: type, batch: Batch, part: str) -> str:
        return f"{self._folder(row, batch)}/{part}{SUFFIX}"

    def _list(self, folder: str, *, recursive: bool = False, kind: fs.FileType = fs.FileType.File) -> list[fs.FileInfo]:
        selector = fs.FileSelector(folder, allow_not_found=True, recursive=recursive)
        with _storage("list", folder):
            infos = self.files.get_file_info(selector)
        wanted = (info for info in infos if info.type == kind)
        return sorted(
            (info for info in wanted if kind == fs.FileType.Directory or info.path.endswith(SUFFIX)),
            key=lambda info: str(info.path),
        )

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


@contextlib.contextmanager
def _storage(verb: str, path: str) -> Iterator[None]:
    """Say in one line what could not be done to which file."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageError(f"cannot {verb} {path}: {error.strerror or error}") from error
    except pa.ArrowInvalid as error:
        raise StorageError(f"cannot {verb} {path}: {error}; delete it and run the stage again") from error
