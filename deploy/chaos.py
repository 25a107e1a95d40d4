"""Blows at a running Airflow, to see what survives them: for `make events-chaos`."""

import contextlib
import json
import random
import threading
import time
import urllib.request
from typing import Any

import psutil

from deploy.local import THEN, Airflow
from deploy.settings import USER

KILLED = ("triggerer", "scheduler", "task")


class Chaos(threading.Thread):
    """Kills components and tasks at random and starts them again, and pauses the DAG, until told to stop."""

    def __init__(self, local: Airflow, dag: str, every: float) -> None:
        """`dag` is what is paused; `every` is the seconds between two blows, on average."""
        super().__init__(daemon=True)
        self.local, self.dag, self.every, self.over = local, dag, every, threading.Event()
        self.blows: dict[str, int] = dict.fromkeys((*KILLED, "pause"), 0)

    def run(self) -> None:
        """Strike until it is over; leave all of it running."""
        dice = random.Random(0)  # noqa: S311 no secret
        while not self.over.wait(dice.uniform(0.5, 1.5) * self.every):
            blow = dice.choice(list(self.blows))
            self.blows[blow] += 1
            if blow == "pause":
                self._pause(dice.uniform(2, 8))
            elif blow == "task":
                self._kill_task()
            else:
                self._restart(blow)

    def _restart(self, name: str) -> None:
        self.local.processes.kill(name)
        self.local.begin({name: THEN[name]})

    def _kill_task(self) -> None:
        """Kill the youngest of the scheduler's processes that is at a task."""
        with contextlib.suppress(psutil.NoSuchProcess):
            scheduler: Any = psutil.Process(self.local.processes.running["scheduler"].pid)  # type: ignore[no-untyped-call]
            workers = [child for child in scheduler.children(recursive=True) if child.children()]
            for worker in workers[-1:]:
                for task in worker.children():
                    task.kill()

    def _pause(self, seconds: float) -> None:
        for paused in (True, False):
            change(self.local, f"/dags/{self.dag}", {"is_paused": paused})
            if paused:
                time.sleep(seconds)


def change(local: Airflow, path: str, body: dict[str, Any]) -> None:
    """PATCH something of the REST API."""
    base = f"http://127.0.0.1:{local.port}"
    login = {"username": USER, "password": json.loads((local.home / "passwords.json").read_text("utf-8"))[USER]}
    token = _send("POST", f"{base}/auth/token", login)["access_token"]
    _send("PATCH", f"{base}/api/v2{path}", body, {"Authorization": f"Bearer {token}"})


def _send(method: str, url: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    told = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), told, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)
