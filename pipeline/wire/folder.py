"""A folder that deliveries are put into."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from mimetypes import guess_type
from pathlib import Path

from pipeline.errors import ConfigError, FetchError
from pipeline.sources import Folder, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.limits import STEP, take

DATE = re.compile(r"(?<!\d)(\d{4})([-/_]?)(\d{2})\2(\d{2})(?!\d)")


def days(source: Source, _access: Access) -> list[date]:
    """The days of which the folder has files."""
    folder = where(source, Folder)
    return sorted({_day(path, folder) for path in _files(folder)})


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The files of a day, by path. Raises FetchError when one cannot be read."""
    folder = where(source, Folder)
    for path in _files(folder):
        if _day(path, folder) == day:
            facts = path.stat()
            yield Delivery(
                url=path.resolve().as_uri(),
                etag=f"{facts.st_size}-{facts.st_mtime_ns}",
                media_type=guess_type(path.name)[0],
                read=partial(_read, path, access.max_bytes),
            )


def _files(where: Folder) -> list[Path]:
    """The folder's settled files, by path: nothing half-written, no hidden file."""
    root = Path(where.path)
    if not root.is_dir():
        raise ConfigError(f"no folder {root}")
    found = (path for path in root.glob(where.glob) if path.is_file())
    shown = [path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts)]
    changed = {path: path.stat().st_mtime for path in shown}
    time.sleep(
        max(0.0, min(where.settle_seconds, max(changed.values(), default=0) + where.settle_seconds - time.time()))
    )
    return sorted(path for path in shown if _settled(path, changed[path], where.settle_seconds))


def _settled(path: Path, changed: float, seconds: float) -> bool:
    """Whether a file has not changed since it was seen, and not lately."""
    now = time.time()
    return path.exists() and path.stat().st_mtime == changed and (changed <= now - seconds or changed > now)


def _day(path: Path, where: Folder) -> date:
    """The day of a file: the first date in its path below the folder, or when it last changed."""
    if where.day == "path":
        for found in DATE.finditer(path.relative_to(where.path).as_posix()):
            try:
                return date(int(found[1]), int(found[3]), int(found[4]))
            except ValueError:
                continue
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return take(iter(partial(file.read, STEP), b""), most, path.name)
    except OSError as error:
        raise FetchError(f"cannot read {path}: {error.strerror}") from error
