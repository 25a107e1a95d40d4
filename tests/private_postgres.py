"""A Postgres of the tests' own, where this machine has one and DuckDB's extensions are installed."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from live import free_ports, wait_for

from deploy.postgres import make_postgres, owner, postgres_command
from pipeline.database import DuckLake, open_catalog
from pipeline.errors import StorageError

PASSWORD = "hunter2"


@contextmanager
def postgres() -> Iterator[str]:
    """Its libpq parameters, the password in the environment; skips where there is none."""
    if importlib.util.find_spec("duckdb_extension_ducklake") is None:
        pytest.skip("DuckDB's extensions are not installed: see `make cluster-test`")
    root = Path(tempfile.mkdtemp(prefix="newswire-postgres-"))
    root.chmod(0o711)  # pytest's own folders are closed to the user that Postgres runs as
    port = free_ports(1)
    try:
        try:
            make_postgres(root / "postgres", PASSWORD)
        except SystemExit as error:
            pytest.skip(str(error))
        with (root / "log").open("wb") as log:
            command = postgres_command(root / "postgres", port)
            server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **owner())
        try:
            catalog = f"host=127.0.0.1 port={port} dbname=postgres user=newswire"
            os.environ["PGPASSWORD"] = PASSWORD
            wait_for(lambda: answers(catalog))
            yield catalog
        finally:
            server.send_signal(2)
            server.wait()
    finally:
        os.environ.pop("PGPASSWORD", None)
        shutil.rmtree(root)


def answers(catalog):
    try:
        open_catalog(DuckLake(catalog, "")).close()
    except StorageError:
        return False
    return True
