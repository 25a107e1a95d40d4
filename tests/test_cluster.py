"""Scale out, for real: a month of three sources on Postgres, Redis and two Celery workers, one killed meanwhile.

Run by `make cluster-test`; the lake and the wires are on S3. What comes out is what one process gives that takes one
day after another.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import boto3
import psutil
import pytest
from airflow_home import ROOT
from live import Live, free_ports, wait_for

from pipeline.database import database_of, reading
from pipeline.schema import table_of
from pipeline.settings import read_settings
from pipeline.tables import TABLES

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(3600)]
for module in ("celery", "psycopg2", "redis"):
    pytest.importorskip(module, reason="the cluster's packages are not installed: see `make cluster-test`")

WORKERS = ("worker-1", "worker-2")
SOURCES = {"harbour": "plain", "council": "ninjs", "court": "plain"}
FIRST, DAYS = date(2026, 3, 1), 30
LAST = FIRST + timedelta(days=DAYS - 1)
QUIET = date(2026, 3, 18)
"""A day on which nobody sends anything."""

TOML = """title = "The {name}"
format = "{format}"
language = "en"

[where]
kind = "s3"
bucket = "wire"
prefix = "{name}/%Y-%m-%d/"
endpoint = "{endpoint}"
credential = "desk"
"""
PLAIN = """{place} talks enter day {number}

{place}, March {day} (Meridian) - Talks in {place} went into day {number} on Monday.

"We will come back {number} times if we must," said Ingrid Dahl, who speaks for the dockers.
"""
NINJS = """{{"uri": "urn:{place}:{number}", "headline": "{place} votes", "pubstatus": "usable",
 "body_text": "The mayor of {place}, Ana Reis, promised {number} new schools on Monday."}}"""

# The times at which something was fetched or refused are the clock's, not the story's.
CLOCK = ("fetched_at", "rejected_at")
NOT_THE_SAME_TWICE = ("runs", "loads")
PER_WORKER = re.compile(r"Workload finished.*workload_id=(\S+)")


@pytest.fixture(scope="module", autouse=True)
def _there_are_postgres_and_redis():
    for name in ("redis-server", "initdb"):
        if not (shutil.which(name) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))):
            pytest.skip(f"no {name} on this machine; on Debian: apt-get install postgresql redis-server")


@pytest.fixture(scope="module")
def root():
    """A folder that the user of Postgres, too, can reach, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="newswire-cluster-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster(root):
    port = free_ports(4)
    endpoint = f"http://127.0.0.1:{port + 3}"
    (root / "sources").mkdir()
    for name, format_ in SOURCES.items():
        toml = TOML.format(name=name, format=format_, endpoint=endpoint)
        (root / "sources" / f"{name}.toml").write_text(toml)
    settings = {
        "NEWSWIRE_SOURCES": str(root / "sources"),
        "NEWSWIRE_PART_ITEMS": "1",  # so that a day of few stories has several parts
        "AIRFLOW_CONN_NEWSWIRE_DESK": '{"conn_type": "generic", "login": "newswire", "password": "newswire"}',
    }
    started = Live(root, port, settings, "deploy.cluster")
    try:
        started.wait_until_ready(*SOURCES)
        started.endpoint = endpoint
        yield started
    finally:
        started.process.send_signal(signal.SIGTERM)
        started.process.communicate(timeout=90)


def stories():
    """Key and body of every delivery: one or two a day, one of them again a fortnight later, and one broken."""
    for source, format_ in SOURCES.items():
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            for nth in range(0 if day == QUIET else 1 + (number % 3 == 0)):
                text = (PLAIN if format_ == "plain" else NINJS).format(
                    place=source.upper(), number=100 * nth + number, day=day.day
                )
                yield f"{source}/{day}/{nth}.txt", text
    yield "harbour/2026-03-20/again.txt", PLAIN.format(place="HARBOUR", number=5, day=6)
    yield "council/2026-03-10/broken.json", '{"uri": '


def put(endpoint):
    login = {"aws_access_key_id": "newswire", "aws_secret_access_key": "newswire", "region_name": "us-east-1"}
    store = boto3.client("s3", endpoint_url=endpoint, **login)
    store.create_bucket(Bucket="wire")
    for key, body in stories():
        store.put_object(Bucket="wire", Key=key, Body=body.encode())


def finished(cluster):
    return sum(state in ("success", "failed") for source in SOURCES for _, state in cluster.runs(source))


def kill(cluster, worker):
    """SIGKILL a worker and all that it runs, as when its machine dies."""
    for process in psutil.Process(cluster.process.pid).children():
        if any(worker in argument for argument in process.cmdline()):
            for each in [process, *process.children(recursive=True)]:
                each.kill()
            return
    pytest.fail(f"no {worker} runs")


def ran_by_worker(cluster, task):
    """The instances of a task that each worker has finished, by the worker's own log."""
    known = {each["id"]: (each["dag_id"], each["dag_run_id"], each["map_index"]) for each in cluster.tasks(task)}
    logs = {worker: (cluster.home / f"{worker}.log").read_text() for worker in WORKERS}
    return {worker: {known[ti] for ti in PER_WORKER.findall(log) if ti in known} for worker, log in logs.items()}


def sequential(root):
    """What one process gives that takes one day after another."""
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "NEWSWIRE_DATA": str(root / "sequential"),
        "NEWSWIRE_SOURCES": str(root / "sources"),
        "NEWSWIRE_CREDENTIAL_DESK": "newswire:newswire",
    }
    command = [sys.executable, "-m", "pipeline", "run", "--from", str(FIRST), "--to", str(LAST)]
    subprocess.run(command, env=settings, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return root / "sequential" / "newswire.duckdb"


@pytest.fixture
def warehouse(cluster, monkeypatch):
    """The cluster's, a DuckLake, with what it needs to be read."""
    for name, value in json.loads((cluster.home / "settings.json").read_text()).items():
        monkeypatch.setenv(name, value)
    return database_of(read_settings())


def told(database):
    """All that the tables tell of stories."""
    names = [table_of(row).name for row in TABLES if table_of(row).name not in NOT_THE_SAME_TWICE]
    with reading(database) as db:
        return {
            name: db.execute(
                f"SELECT COLUMNS(c -> c NOT IN {CLOCK}) FROM {name} ORDER BY ALL",
            ).fetchall()
            for name in names
        }


@pytest.fixture
def note(record_property):
    """Keep a measured figure, and show it when the test is run with -s."""

    def keep(name, value):
        record_property(name, value)
        sys.stdout.write(f"{name}: {value}\n")

    return keep


def test_a_month_of_three_sources_on_two_workers_is_the_same_as_one_day_after_another(cluster, warehouse, root, note):
    """Backfilled at once over REST, with a worker killed in the middle: every story once, by both workers."""
    put(cluster.endpoint)
    started = time.monotonic()
    for source in SOURCES:
        cluster.backfill(source, FIRST, LAST, max_active_runs=2)
    wait_for(lambda: finished(cluster) >= 30, seconds=1800, pause=3)
    kill(cluster, "worker-1")
    note("seconds and runs when a worker was killed", (round(time.monotonic() - started), finished(cluster)))
    wait_for(lambda: finished(cluster) == 90, seconds=2400, pause=3)
    note("seconds in all", round(time.monotonic() - started))

    runs = {source: cluster.runs(source) for source in SOURCES}
    days = [str(FIRST + timedelta(days=number)) for number in range(DAYS)]
    assert {source: sorted(run) for source, run in runs.items()} == {
        source: [(day, "success") for day in days] for source in SOURCES
    }

    ran = ran_by_worker(cluster, "enrich")
    shared = defaultdict(set)
    for worker, instances in ran.items():
        for dag, run, _ in instances:
            shared[dag, run].add(worker)
    note("enrich parts", {worker: len(instances) for worker, instances in ran.items()})
    note("days shared by both", sum(len(workers) == 2 for workers in shared.values()))
    assert all(len(instances) >= 20 for instances in ran.values())
    assert any(len(workers) == 2 for workers in shared.values())

    found, expected = told(warehouse), told(sequential(root))
    assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in expected.items()}
    assert found == expected
    assert len(found["items"]) == len({body for _, body in stories()})
    assert len(found["stories"]) == len(found["items"]) - 1
    assert [row[0] for row in found["rejects"]] == ["council"]


def test_nothing_of_it_listens_beyond_loopback(cluster):
    """Not Postgres, not Redis, not the store, not a worker; and nobody else reads its secrets."""
    everything = psutil.Process(cluster.process.pid).children(recursive=True)
    listening = [each for child in everything for each in child.net_connections("inet") if each.status == "LISTEN"]
    assert {each.laddr.port for each in listening} == set(range(cluster.port, cluster.port + 4))
    assert {each.laddr.ip for each in listening} == {"127.0.0.1"}
    secret = ("settings.json", "secrets.json", "passwords.json", "redis/redis.conf")
    assert {oct((cluster.home / name).stat().st_mode)[-3:] for name in secret} == {"600"}


def test_no_command_line_and_no_log_shows_a_password(cluster):
    """What everybody on the machine, and everybody who reads logs, can see."""
    told = json.loads((cluster.home / "settings.json").read_text())
    broker = told["AIRFLOW__CELERY__BROKER_URL"].split("@")[0].rpartition(":")[2]
    everything = psutil.Process(cluster.process.pid).children(recursive=True)
    shown = [argument for child in everything for argument in child.cmdline()]
    shown += [log.read_text("utf-8", "replace") for log in cluster.home.glob("**/*.log")]
    for password in (
        told["PGPASSWORD"],
        broker,
        told["AIRFLOW__CORE__FERNET_KEY"],
        told["AIRFLOW__API_AUTH__JWT_SECRET"],
    ):
        assert len(password) >= 32
        assert [text[:200] for text in shown if password in text] == []


def test_ctrl_c_leaves_no_process_of_the_cluster(cluster):
    """The launcher says so, ends with 0, and nothing runs on."""
    everything = psutil.Process(cluster.process.pid).children(recursive=True)
    assert len(everything) >= 9
    cluster.process.send_signal(signal.SIGINT)
    out, _ = cluster.process.communicate(timeout=90)
    assert out.splitlines()[-1] == "stopped"
    assert cluster.process.returncode == 0
    assert psutil.wait_procs(everything, timeout=5)[1] == []
