"""The files of the packaged model: checked by hash, then loaded."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.model.reading import Model

HERE = Path(__file__).parent
MANIFEST = "manifest.json"


def version(folder: Path = HERE) -> str:
    """The SHA-256 of the manifest, which holds those of all files; "none" where there is no model."""
    path = folder / MANIFEST
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else "none"


VERSION = version()


@lru_cache(maxsize=2)
def load(name: str = "packaged", threads: int = 1) -> Model:
    """The model of that name: "packaged", or "spacy:NAME" for an installed spaCy pipeline.

    It is loaded once a process. `threads` is the packaged model's; more processes serve better than more
    threads. Raises ConfigError where the name is unknown, or a file is missing or damaged.
    """
    if name.startswith("spacy:"):
        from pipeline.model.borrowed import SpacyModel  # noqa: PLC0415  # spaCy is optional

        return SpacyModel.load(name.removeprefix("spacy:"))
    if name != "packaged":
        msg = f"model {name!r} is not known: it is 'packaged', or 'spacy:NAME' for an installed spaCy pipeline"
        raise ConfigError(msg)
    return packaged(HERE, threads)


def packaged(folder: Path, threads: int = 1) -> Model:
    """The model whose files stand in a folder."""
    from pipeline.model.packaged import PackagedModel  # noqa: PLC0415  # training needs no runtime

    return PackagedModel(checked(folder), version(folder), threads)


def checked(folder: Path) -> dict[str, bytes]:
    """The files that the manifest names, each with the hash that it tells."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        return {name: _same(folder / name, wanted) for name, wanted in manifest["sha256"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(_damaged(folder, f"{type(error).__name__} at {MANIFEST}")) from error


def _same(path: Path, wanted: str) -> bytes:
    if not path.exists():
        raise ConfigError(_damaged(path.parent, f"{path.name} is missing"))
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != wanted:
        raise ConfigError(_damaged(path.parent, f"{path.name} is not the file that {MANIFEST} tells of"))
    return body


def _damaged(folder: Path, seen: str) -> str:
    return f"the language model in {folder} is damaged: {seen}; install the package again, or run `make train`"
