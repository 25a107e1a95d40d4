"""What an Airflow of ours is told, from settings.toml, and its secrets, made where there are none yet."""

import base64
import json
import os
import secrets
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOLD: dict[str, dict[str, str]] = tomllib.loads((ROOT / "deploy" / "settings.toml").read_text("utf-8"))
USER = "admin"
OF_SERVERS = ("PG", "AWS_")
"""How the variables begin that say which Postgres and which S3, and with which keys."""


def settings_of(kind: str, places: Mapping[str, str]) -> dict[str, str]:
    """The settings of a kind of Airflow, `local` or `cluster`. `places` says what stands in braces."""
    return {name: told.format_map(places) for name, told in {**TOLD["all"], **TOLD[kind]}.items()}


def environment(settings: Mapping[str, str], home: Path) -> dict[str, str]:
    """The environment of its processes. What the caller's own environment says wins over the settings.

    But who has keys of a Postgres or an S3 exported means others than those that are started here for a cluster.
    """
    ours = {
        "AIRFLOW_HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    foreign = OF_SERVERS if any(name.startswith(OF_SERVERS) for name in settings) else ()
    callers = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**settings, **callers, **ours}


def keep_secrets(home: Path) -> dict[str, str]:
    """This home's keys, made the first time, as the password is. Both files are for their owner's eyes."""
    made = {"jwt": secrets.token_hex(48), "api": secrets.token_hex(32), "fernet": fernet_key()}
    keep(home / "passwords.json", {USER: secrets.token_urlsafe(9)})
    return keep(home / "secrets.json", made)


def fill_in(example: str) -> str:
    """An .env of .env.example, each of its secrets made."""
    lines = [f"{line}{_secret(line)}" if line.endswith("=") else line for line in example.splitlines()]
    return "\n".join([*lines, ""])


def _secret(line: str) -> str:
    return fernet_key() if line == "FERNET_KEY=" else secrets.token_hex(32)


def fernet_key() -> str:
    """A key as cryptography.fernet takes it: 32 random bytes in base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def keep(path: Path, made: Mapping[str, str]) -> dict[str, str]:
    """What a file for its owner's eyes holds; it is made of what is given where there is none."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept


def main() -> None:
    """Make .env, unless there is one: for `make env`."""
    with os.fdopen(os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(fill_in((ROOT / ".env.example").read_text("utf-8")))


if __name__ == "__main__":
    main()
