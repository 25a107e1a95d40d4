"""The feeds that the pipeline reads: one TOML file each, and no Python.

The file's name is the source's name. Every setting is described in docs/sources.md, which is
rendered from this module.
"""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.sources.where import S3, Credential, Declared, Feed, Folder, Http, Web, Where

__all__ = [
    "HERE",
    "S3",
    "Credential",
    "Feed",
    "Folder",
    "FormatName",
    "Http",
    "Source",
    "Web",
    "broken_sources",
    "load_sources",
    "read_source",
    "read_sources",
    "where",
]

Kind = TypeVar("Kind", Folder, S3, Feed, Http)

FormatName = Literal[
    "auto", "newsml-g2", "newsml-1.2", "nitf", "anpa", "iptc7901", "ninjs", "feed", "article", "plain"
]  # fmt: skip
"""What a source's format may be; `formats.FORMATS` has a module for each but `auto`."""

HERE = Path(__file__).parent
NAME = re.compile(r"[a-z][a-z0-9_]*")


def _timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"no time zone {name!r}; say one of the IANA database, as Asia/Seoul")
    return name


def _encoding(name: str | None) -> str | None:
    try:
        b" ".decode(name or "utf-8", "replace")
    except LookupError as error:
        raise ValueError(f"no encoding of text {name!r}; say one that Python knows, as windows-1251") from error
    return name


class Source(Declared):
    """A feed, and what is known of it before anything is fetched."""

    name: Annotated[str, Field(description="The file's name; not a setting.")]
    title: Annotated[str, Field(description="For people.")]
    where: Annotated[Where, Field(description="Where its bytes come from.")]
    format: Annotated[FormatName, Field(description="The wire format, or `auto` to find it by looking.")] = "auto"
    encoding: Annotated[
        str | None,
        AfterValidator(_encoding),
        Field(description="The encoding, where files do not tell or tell a wrong one."),
    ] = None
    language: Annotated[str | None, Field(description="BCP 47 tag of stories that do not say.")] = None
    timezone: Annotated[str, AfterValidator(_timezone), Field(description="Of times that come without an offset.")] = (
        "UTC"
    )
    day_first: Annotated[bool | None, Field(description="Whether 3/4/2026 is 3 April; not told: both readings.")] = None
    schedule: Annotated[
        str | None, Field(description="When to look for stories between the daily runs, as cron, UTC.")
    ] = None
    queue: Annotated[
        str | None, Field(description="URL of the SQS queue that its bucket tells of new objects: they start a run.")
    ] = None
    rights: Annotated[str | None, Field(description="What may be done with its stories.")] = None
    alert_rejected: Annotated[
        float, Field(description="A larger share of new items refused raises an alert.", ge=0, le=1)
    ] = 0.2
    quiet_after: Annotated[timedelta | None, Field(description="How long silence is normal, as `P2D`.")] = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of times without an offset."""
        return ZoneInfo(self.timezone)


def load_sources(folder: Path = HERE) -> dict[str, Source]:
    """The sources of a folder that can be read, by name. Raises ConfigError when there is no such folder."""
    return read_sources(folder)[0]


def broken_sources(folder: Path = HERE) -> dict[str, str]:
    """What is wrong with those that cannot be read, by name. Raises ConfigError when there is no such folder."""
    return read_sources(folder)[1]


def read_sources(folder: Path) -> tuple[dict[str, Source], dict[str, str]]:
    """The sources of a folder, and what is wrong with the others: a broken TOML costs its own source alone.

    Raises ConfigError when there is no such folder.
    """
    if not folder.is_dir():
        raise ConfigError(f"no folder {folder}: set NEWSWIRE_SOURCES to a folder of source TOML files")
    sound: dict[str, Source] = {}
    broken: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            sound[path.stem] = read_source(path)
        except ConfigError as error:
            broken[path.stem] = str(error)
    return sound, broken


def read_source(path: Path) -> Source:
    """The source that a file declares. Raises ConfigError, which names the file and the setting."""
    if not NAME.fullmatch(path.stem):
        raise ConfigError(f"{path}: a source's name is lower-case letters, digits and underscores")
    try:
        declared = tomllib.loads(path.read_text("utf-8"))
        if "name" in declared:
            raise ConfigError(f"{path}: no such setting: name (a source is named by its file)")
        source = Source.model_validate({"name": path.stem, **declared})
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first(error)}") from error
    if not isinstance(source.where, Folder):
        return source
    folder = path.parent / source.where.path
    return source.model_copy(update={"where": source.where.model_copy(update={"path": str(folder.resolve())})})


def where(source: Source, kind: type[Kind]) -> Kind:
    """Where a source's bytes come from, which must be of this kind. Raises ConfigError."""
    if not isinstance(source.where, kind):
        raise ConfigError(f"{source.name}: a {source.where.kind} is not read as a {kind.__name__}")
    return source.where


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, in words."""
    first = error.errors()[0]
    kinds = {"folder", "s3", "feed", "http"}
    setting = ".".join(str(part) for part in first["loc"] if part not in kinds)
    if first["type"] == "extra_forbidden":
        return f"no such setting: {setting} (the settings are in docs/sources.md)"
    return f"{setting}: {first['msg']}"
