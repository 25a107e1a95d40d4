"""The workspace of a task: from the environment, with secrets from Airflow's own store."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr

    from pipeline.workspace import Workspace


def workspace() -> "Workspace":
    """The workspace that the settings describe, its credentials Airflow's connections. Raises ConfigError."""
    from dataclasses import replace

    from pipeline.workspace import Workspace

    return replace(Workspace.from_env(), secret=secret_of)


def secret_of(name: str) -> "SecretStr":
    """A credential: the connection `newswire_<name>`, as its password or login:password; else the environment's.

    Airflow encrypts a connection's password and masks it in every log. Raises ConfigError.
    """
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException
    from pydantic import SecretStr

    from pipeline.workspace import secret_in_env

    try:
        found = BaseHook.get_connection(f"newswire_{name.lower()}")
    except AirflowNotFoundException:
        return secret_in_env(name)
    return SecretStr(":".join(filter(None, [found.login, found.password])))
