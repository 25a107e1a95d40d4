"""A launcher of deploy/ as a process, and the REST API of the Airflow that it starts."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time

import duckdb
import httpx
import pytest
from airflow_home import ROOT


class Live:
    """The launcher, and the REST API of what it started."""

    def __init__(self, root, port, settings, launcher="deploy.local"):
        self.root, self.home, self.port, self.module = root, root / "airflow", port, launcher
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "NEWSWIRE"))}
        given = {name: value for name, value in settings.items() if name.startswith(("AIRFLOW_CONN", "NEWSWIRE"))}
        self.environment = {**clean, **given}
        self.process = subprocess.Popen(
            self.launcher(), cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def launcher(self, *arguments):
        return [sys.executable, "-m", self.module, "--home", str(self.home), "--port", str(self.port), *arguments]

    def wait_until_ready(self, *sources):
        """Wait for it, and for the DAGs of some sources."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Airflow is ready" in line:
                break
        else:
            pytest.fail("the launcher has ended: " + "".join(said))
        url = self.url = f"http://127.0.0.1:{self.port}"
        login = {"username": "admin", "password": json.loads((self.home / "passwords.json").read_text())["admin"]}
        token = httpx.post(f"{url}/auth/token", json=login, timeout=60).json()["access_token"]
        self.api = httpx.Client(base_url=f"{url}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=60)
        for source in sources:
            wait_for(lambda each=source: self.api.get(f"/dags/newswire_{each}").status_code == 200)

    def backfill(self, source, first, last, **options):
        """Make a backfill; Airflow takes half a minute to see that the one before is done."""
        asked = self.asked(source, first, last, **options)
        wait_for(lambda: self.api.post("/backfills", json=asked).status_code == 200)

    def would_run(self, source, first, last, **options):
        """The days that a backfill would run."""
        answer = self.api.post("/backfills/dry_run", json=self.asked(source, first, last, **options))
        return [run["partition_key"] for run in answer.json()["backfills"]]

    def asked(self, source, first, last, **options):
        days = {"from_date": f"{first}T00:00:00Z", "to_date": f"{last}T00:00:00Z"}
        return {"dag_id": f"newswire_{source}", "max_active_runs": 1, **days, **options}

    def open_backfills(self, source):
        """Backfills that Airflow does not know to be done."""
        made = self.api.get("/backfills", params={"dag_id": f"newswire_{source}"}).json()["backfills"]
        return [each["id"] for each in made if not each["completed_at"]]

    def wait_for_runs(self, source, count):
        """Wait until so many backfilled runs are over."""
        wait_for(lambda: sum(state in ("success", "failed") for _, state in self.runs(source)) == count)

    def tasks(self, task):
        """Every instance of a task, of all runs of all sources."""
        found, offset = [], 0
        while True:
            asked = {"task_id": task, "limit": 100, "offset": offset, "order_by": "id"}
            page = self.api.get("/dags/~/dagRuns/~/taskInstances", params=asked).json()["task_instances"]
            found += page
            offset += len(page)
            if not page:
                return [each for each in found if each["task_id"] == task]

    def runs(self, source):
        """Days and states of its backfilled runs, in the order in which they started."""
        asked = {"order_by": "start_date", "limit": 100, "run_type": "backfill"}
        runs = self.api.get(f"/dags/newswire_{source}/dagRuns", params=asked).json()["dag_runs"]
        return [(run["partition_key"], run["state"]) for run in runs]

    def rows(self, sql):
        with duckdb.connect(self.root / "data" / "newswire.duckdb", read_only=True) as db:
            return db.execute(sql).fetchall()


def wait_for(condition, seconds=150, pause=0.5):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(pause)


def free_ports(count=2):
    """A port that is free with those after it."""
    while True:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            for number in range(1, count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port + number))
            return port
