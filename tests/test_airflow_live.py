"""A real Airflow, as `make airflow` starts it: a backfill through the REST API, rows in DuckDB, a clean stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import duckdb
import httpx
import psutil
import pytest
from airflow_home import ROOT, write_desk

pytestmark = [pytest.mark.xdist_group("airflow"), pytest.mark.timeout(400)]

DAG = "newswire_desk"


class Live:
    """The launcher, and the REST API of what it started."""

    def __init__(self, root):
        self.root, self.home = root, root / "airflow"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "NEWSWIRE"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "--home", str(self.home), "--port", str(self.port)],
            cwd=ROOT,
            env={**clean, "NEWSWIRE_DATA": str(root / "data"), "NEWSWIRE_SOURCES": str(root / "sources")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_ready(self):
        for line in self.process.stdout:
            if "Airflow is ready" in line:
                break
        else:
            pytest.fail("the launcher has ended")
        url = f"http://127.0.0.1:{self.port}"
        login = {"username": "admin", "password": json.loads((self.home / "passwords.json").read_text())["admin"]}
        token = httpx.post(f"{url}/auth/token", json=login, timeout=60).json()["access_token"]
        self.api = httpx.Client(base_url=f"{url}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=60)
        wait_for(lambda: self.api.get(f"/dags/{DAG}").status_code == 200)

    def backfill(self, first, last, **options):
        """Make a backfill, wait for its runs, and give their states by day, in the order in which they started."""
        days = {"from_date": f"{first}T00:00:00Z", "to_date": f"{last}T00:00:00Z"}
        made = self.api.post("/backfills", json={"dag_id": DAG, **days, **options})
        assert made.status_code == 200, made.text
        wait_for(lambda: self.api.get(f"/backfills/{made.json()['id']}").json()["completed_at"])
        runs = self.runs(run_type="backfill", run_after_gte=days["from_date"], run_after_lte=days["to_date"])
        return {run["partition_key"]: run["state"] for run in runs}

    def runs(self, **asked):
        answer = self.api.get(f"/dags/{DAG}/dagRuns", params={"order_by": "start_date", "limit": 100, **asked})
        return answer.json()["dag_runs"]

    def rows(self, sql):
        with duckdb.connect(self.root / "data" / "newswire.duckdb", read_only=True) as db:
            return db.execute(sql).fetchall()


def wait_for(condition, seconds=150):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    root = tmp_path_factory.mktemp("live")
    write_desk(root)
    started = Live(root)
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.process.send_signal(signal.SIGTERM)
        started.process.communicate(timeout=60)


def test_a_backfill_of_three_days_is_in_duckdb(live):
    """Made through the REST API: a day without stories and two with three each."""
    assert live.backfill("2026-03-01", "2026-03-03", max_active_runs=2) == {
        "2026-03-01": "success",
        "2026-03-02": "success",
        "2026-03-03": "success",
    }
    counted = live.rows("SELECT day::VARCHAR, count(*) FROM stories GROUP BY 1 ORDER BY 1")
    assert counted == [("2026-03-02", 3), ("2026-03-03", 3)]


def test_ctrl_c_leaves_no_process(live):
    """The launcher says so, ends with 0, and nothing of its home runs on."""
    children = psutil.Process(live.process.pid).children(recursive=True)
    assert len(children) >= 4
    live.process.send_signal(signal.SIGINT)
    out, _ = live.process.communicate(timeout=60)
    assert out.splitlines()[-1] == "stopped"
    assert live.process.returncode == 0
    assert psutil.wait_procs(children, timeout=1)[1] == []
