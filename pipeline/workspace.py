"""What a stage is given besides its batch: made once, at the edge, from the settings."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from pipeline.database import Database, database_of
from pipeline.errors import ConfigError
from pipeline.lake import Lake
from pipeline.settings import read_settings
from pipeline.sources import Source, read_sources
from pipeline.wire import Access

CREDENTIAL = "NEWSWIRE_CREDENTIAL_"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is with a batch."""

    stage: str
    batch: str
    done: int
    total: int


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def ignore(_progress: Progress) -> None:
    """Show no progress."""


def secret_in_env(name: str) -> SecretStr:
    """The value of a credential. Raises ConfigError."""
    variable = f"{CREDENTIAL}{name.upper()}"
    value = os.environ.get(variable, "").strip()
    if not value:
        raise ConfigError(f"no credential {name!r}: set {variable} in the environment")
    return SecretStr(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Made once, where the program starts; nothing below it reads the environment or the clock."""

    lake: Lake
    database: Database
    sources: Mapping[str, Source]
    broken: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with the sources that cannot be read, by name."""
    part_items: int = 200
    max_item_bytes: int = 50_000_000
    lock_seconds: float = 300.0
    model: str = "packaged"
    now: Callable[[], datetime] = utc_now
    secret: Callable[[str], SecretStr] = secret_in_env
    progress: Callable[[Progress], None] = ignore

    @classmethod
    def from_env(cls, **settings: Any) -> "Workspace":
        """The workspace that the settings describe; arguments win over the environment. Raises ConfigError."""
        found = read_settings(**settings)
        sources, broken = read_sources(found.sources)
        s3 = {"endpoint_override": found.s3_endpoint} if found.s3_endpoint else {}
        return cls(
            lake=Lake(found.lake or str(found.data / "lake"), s3),
            database=database_of(found),
            sources=sources,
            broken=broken,
            part_items=found.part_items,
            max_item_bytes=found.max_item_bytes,
            lock_seconds=found.lock_seconds,
            model=found.model,
        )

    def access(self, source: Source, *, fresh: bool = False) -> Access:
        """What the source's wire is given; if `fresh`, without what it noted the last time."""
        memory = {} if fresh else self.lake.recall(source.name)
        return Access(now=self.now, secret=self.secret, max_bytes=self.max_item_bytes, memory=memory)

    def source(self, name: str) -> Source:
        """A source by name. Raises ConfigError."""
        if name in self.broken:
            raise ConfigError(self.broken[name])
        if name not in self.sources:
            raise ConfigError(f"no source {name!r}; there are: {', '.join(self.sources) or 'none'}")
        return self.sources[name]
