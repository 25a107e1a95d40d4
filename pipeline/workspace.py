"""What a stage is given besides its batch: made once, at the edge, from the environment."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline import sources
from pipeline.errors import ConfigError
from pipeline.lake import Lake
from pipeline.sources import Source, load_sources
from pipeline.wire import Access

CONFIG = "newswire.toml"
CREDENTIAL = "NEWSWIRE_CREDENTIAL_"


class Settings(BaseSettings):
    """NEWSWIRE_… in the environment, else `newswire.toml` in the current folder, else the default."""

    model_config = SettingsConfigDict(env_prefix="NEWSWIRE_", toml_file=CONFIG, extra="forbid", frozen=True)

    data: Annotated[Path, Field(description="Folder of everything that is made.")] = Path("data")
    lake: Annotated[
        str | None, Field(description="Path or s3:// of the lake; `lake` in the data folder if not set.")
    ] = None
    database: Annotated[
        Path | None, Field(description="The published DuckDB file; `newswire.duckdb` in the data folder if not set.")
    ] = None
    sources: Annotated[Path, Field(description="Folder of the source TOML files.")] = sources.HERE
    part_items: Annotated[int, Field(description="Items in a part: what a crash can cost.", gt=0)] = 200
    max_item_bytes: Annotated[int, Field(description="A larger delivery is refused.", gt=0)] = 50_000_000
    lock_seconds: Annotated[float, Field(description="How long a load waits for another.", gt=0)] = 300.0
    s3_endpoint: Annotated[str | None, Field(description="URL of an S3-compatible store, if it is not Amazon's.")] = (
        None
    )

    @property
    def published(self) -> Path:
        """The DuckDB file that readers open."""
        return self.database or self.data / "newswire.duckdb"

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *args: PydanticBaseSettingsSource, **each: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order in which settings are looked for."""
        del args  # pydantic names them
        return each["init_settings"], each["env_settings"], TomlConfigSettingsSource(settings_cls)


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
    database: Path
    sources: Mapping[str, Source]
    part_items: int = 200
    max_item_bytes: int = 50_000_000
    lock_seconds: float = 300.0
    now: Callable[[], datetime] = utc_now
    secret: Callable[[str], SecretStr] = secret_in_env
    progress: Callable[[Progress], None] = ignore

    @classmethod
    def from_env(cls, **settings: Any) -> "Workspace":
        """The workspace that the settings describe; arguments win over the environment. Raises ConfigError."""
        found = read_settings(**settings)
        s3 = {"endpoint_override": found.s3_endpoint} if found.s3_endpoint else {}
        return cls(
            lake=Lake(found.lake or str(found.data / "lake"), s3),
            database=found.published,
            sources=load_sources(found.sources),
            part_items=found.part_items,
            max_item_bytes=found.max_item_bytes,
            lock_seconds=found.lock_seconds,
        )

    def access(self, source: Source, *, fresh: bool = False) -> Access:
        """What the source's wire is given; if `fresh`, without what it noted the last time."""
        memory = {} if fresh else self.lake.recall(source.name)
        return Access(now=self.now, secret=self.secret, max_bytes=self.max_item_bytes, memory=memory)

    def source(self, name: str) -> Source:
        """A source by name. Raises ConfigError."""
        if name not in self.sources:
            raise ConfigError(f"no source {name!r}; there are: {', '.join(self.sources) or 'none'}")
        return self.sources[name]


def read_settings(**settings: Any) -> Settings:
    """The settings. Raises ConfigError, which names the setting."""
    try:
        return Settings(**settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"setting {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{CONFIG}: not TOML: {error}") from error
