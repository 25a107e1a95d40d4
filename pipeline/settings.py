"""The settings, from the environment or a file. Importing this is cheap: Airflow does it to find the sources."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline import sources
from pipeline.errors import ConfigError

CONFIG = "newswire.toml"
CATALOG = re.compile(r"(?!.*password)[a-z_]+=[^\s']+( [a-z_]+=[^\s']+)*")
"""What libpq is told of a Postgres: names and values, no password."""


def _without_password(catalog: str | None) -> str | None:
    """Refuse a password, which error messages would show."""
    if catalog is not None and not CATALOG.fullmatch(catalog):
        raise ValueError("say it as `host=db dbname=warehouse user=newswire`, the password as PGPASSWORD")
    return catalog


class Settings(BaseSettings):
    """NEWSWIRE_… in the environment, else `newswire.toml` in the current folder, else the default."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSWIRE_", env_ignore_empty=True, toml_file=CONFIG, extra="forbid", frozen=True
    )

    data: Annotated[Path, Field(description="Folder of everything that is made.")] = Path("data")
    lake: Annotated[
        str | None, Field(description="Path or s3:// of the lake; `lake` in the data folder if not set.")
    ] = None
    database: Annotated[
        Path | None, Field(description="The published DuckDB file; `newswire.duckdb` in the data folder if not set.")
    ] = None
    ducklake: Annotated[
        str | None,
        Field(
            description="For a database that one file is too small for: the Postgres of a DuckLake's catalog, as "
            "`host=db dbname=warehouse user=newswire`; its password is `PGPASSWORD`.",
        ),
        AfterValidator(_without_password),
    ] = None
    ducklake_data: Annotated[
        str | None, Field(description="Path or s3:// of a DuckLake's files; `ducklake` in the data folder if not set.")
    ] = None
    sources: Annotated[Path, Field(description="Folder of the source TOML files.")] = sources.HERE
    part_items: Annotated[int, Field(description="Items in a part: what a crash can cost.", gt=0)] = 200
    max_item_bytes: Annotated[int, Field(description="A larger delivery is refused.", gt=0)] = 50_000_000
    lock_seconds: Annotated[float, Field(description="How long a load waits for another.", gt=0)] = 300.0
    model: Annotated[
        str, Field(description="The language model: `packaged`, or `spacy:NAME` for an installed spaCy pipeline.")
    ] = "packaged"
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


def read_settings(**settings: Any) -> Settings:
    """The settings. Raises ConfigError, which names the setting."""
    try:
        return Settings(**settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"setting {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{CONFIG}: not TOML: {error}") from error
