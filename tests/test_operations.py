"""The procedures of docs/operations.md, run as they stand there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from airflow_home import ROOT, environment, write_source, write_story

from deploy.settings import fernet_key
from pipeline.database import DuckLake
from pipeline.warehouse import discard

pytestmark = pytest.mark.timeout(900)

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
PLAIN = re.findall(r"<!-- run -->\n```bash\n(.+?)```", PAGE, re.DOTALL)
DUCKLAKE = re.findall(r"<!-- run on a ducklake -->\n```bash\n(.+?)```", PAGE, re.DOTALL)
AIRFLOW = "".join(re.findall(r"<!-- run in airflow -->\n```bash\n(.+?)```", PAGE, re.DOTALL))

# The airflow command line, several commands in one process: it takes seconds to start.
TYPE = """
import shlex, sys
from airflow.cli import cli_parser
for line in sys.stdin:
    sys.argv = shlex.split(line)
    asked = cli_parser.get_parser().parse_args(sys.argv[1:])
    asked.func(asked)
"""


def run(script, folder, settings):
    """A script of the page, every command of which has to succeed."""
    commands = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{commands}:/usr/bin:/bin", "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def small(tmp_path):
    """The settings of a newsroom of one story; the command `newswire` is in its folder."""
    write_source(tmp_path / "sources", "samples_plain")
    write_story(
        tmp_path / "wire" / "2026-03-02" / "one.txt", "One", 'OSLO, March 2 (Meridian) - "We go on," said Ana Reis.'
    )
    settings = {"NEWSWIRE_DATA": str(tmp_path / "data"), "NEWSWIRE_SOURCES": str(tmp_path / "sources")}
    shim = tmp_path / "newswire"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n')
    shim.chmod(0o755)
    return settings


def run_all(scripts, folder, settings):
    """Scripts of the page one after another; what is loaded is the same afterwards."""
    count = 'newswire sql "SELECT count(*) FROM stories"'
    first = run(f'PATH="$PWD:$PATH"; newswire run > run.log; {count}', folder, settings)
    for script in scripts:
        run(f'PATH="$PWD:$PATH"\n{script}', folder, settings)
    assert run(f'PATH="$PWD:$PATH"; {count}', folder, settings) == first


def test_the_procedures_of_a_newsroom_work(small, tmp_path):
    """Look, run a day again, rebuild, back up, restore: in the page's order."""
    assert len(PLAIN) == 5
    run_all(PLAIN, tmp_path, small)


def test_the_procedures_of_a_ducklake_work(small, tmp_path, catalog):
    """A newsroom's rebuilding, and its own: tidy, back up, restore."""
    data = tmp_path / "data" / "ducklake"
    discard(DuckLake(catalog, str(data)))
    assert len(DUCKLAKE) == 3
    settings = {"NEWSWIRE_DUCKLAKE": catalog, "NEWSWIRE_DUCKLAKE_DATA": str(data)}
    run_all([PLAIN[2], *DUCKLAKE], tmp_path, {**small, **settings})


def test_the_procedures_of_airflow_work(tmp_path):
    """A connection is replaced and the key rotated; what is stored cannot be read without it."""
    settings = {**environment(tmp_path), "AIRFLOW__CORE__FERNET_KEY": fernet_key()}
    shown = "airflow connections get newswire_agency --output json\n"
    done = subprocess.run(
        [sys.executable, "-c", TYPE],
        input="airflow db migrate\n" + AIRFLOW + shown,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1])[0]["password"] == "new-secret"
    assert b"new-secret" not in (tmp_path / "airflow.db").read_bytes()
