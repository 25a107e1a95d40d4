"""A folder that deliveries are put into.

Read are its settled files that the glob names. Not read: hidden files and what is in hidden folders,
and links that lead out of the folder, so that who may write into it cannot have other files read.
"""

import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from mimetypes import guess_type
from pathlib import Path

from pipeline.errors import ConfigError, FetchError
from pipeline.sources import Folder, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.limits import STEP, take

log = logging.getLogger(__name__)

DATE = re.compile(r"(?<!\d)(\d{4})([-/_]?)(\d{2})\2(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was seen."""

    path: Path
    size: int
    mtime_ns: int

    @property
    def etag(self) -> str:
        """What changes when the file does."""
        return f"{self.size}-{self.mtime_ns}"


def days(source: Source, _access: Access) -> list[date]:
    """The days of which the folder has files. Raises ConfigError."""
    folder = where(source, Folder)
    return sorted({_day(file, folder) for file in _files(folder)})


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The files of a day, by path. Raises ConfigError, and FetchError when one cannot be read."""
    folder = where(source, Folder)
    for file in _files(folder):
        if _day(file, folder) == day:
            yield Delivery(
                url=file.path.resolve().as_uri(),
                etag=file.etag,
                media_type=guess_type(file.path.name)[0],
                read=partial(_read, file.path, access.max_bytes),
            )


def _files(where: Folder) -> list[File]:
    """The folder's settled files, by path: nothing half-written."""
    root = Path(where.path)
    if not root.is_dir():
        raise ConfigError(f"no folder {root}")
    seen = [file for path in root.glob(where.glob) if (file := _look(path)) and _wanted(path, root)]
    newest = max((file.mtime_ns / 1e9 for file in seen), default=0.0)
    time.sleep(max(0.0, min(where.settle_seconds, newest + where.settle_seconds - time.time())))
    return sorted((file for file in seen if _settled(file, where.settle_seconds)), key=lambda file: file.path)


def _wanted(path: Path, root: Path) -> bool:
    if any(part.startswith(".") for part in path.relative_to(root).parts):
        return False
    if not path.resolve().is_relative_to(root.resolve()):
        log.warning("%s leads out of the folder: not read", path)
        return False
    return True


def _look(path: Path) -> File | None:
    """A file as it is now; None when it is none, or gone again."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return File(path, facts.st_size, facts.st_mtime_ns) if path.is_file() else None


def _settled(file: File, seconds: float) -> bool:
    """Whether a file has not changed since it was seen, and not lately."""
    now, changed = time.time(), file.mtime_ns / 1e9
    return _look(file.path) == file and (changed <= now - seconds or changed > now)


def _day(file: File, where: Folder) -> date:
    """The day of a file: the first date in its path below the folder, or when it last changed."""
    if where.day == "path":
        for found in DATE.finditer(file.path.relative_to(where.path).as_posix()):
            try:
                return date(int(found[1]), int(found[3]), int(found[4]))
            except ValueError:
                continue
    return datetime.fromtimestamp(file.mtime_ns / 1e9, UTC).date()


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises OSError, and Rejected when they are more than `most`."""
    with path.open("rb") as file:
        return take(iter(partial(file.read, STEP), b""), most, path.name)


def _read(path: Path, most: int) -> bytes:
    try:
        return read_whole(path, most)
    except OSError as error:
        raise FetchError(f"cannot read {path}: {error.strerror}") from error
