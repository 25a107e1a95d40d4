"""`make cluster`: the set of docker-compose.yaml on this machine, without Docker, to try how it scales.

It starts Postgres and Redis from Debian's packages, an S3 and an SQS endpoint (moto), the API server, the DAG
processor, the scheduler, the triggerer and two Celery workers, on loopback alone, waits until all are healthy, and
stops them all on Ctrl-C and SIGTERM. A worker that ends is started again. What it holds is thrown away at the next
start, as its S3 keeps nothing.
"""

import argparse
import contextlib
import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import celery
from filelock import FileLock, Timeout

from deploy import settings
from deploy.local import FIRST, THEN, Airflow, claim, here, is_healthy
from deploy.processes import Stopped, say, stoppable, tail
from deploy.settings import ROOT
from deploy.stores import Stores

PORTS = ("api", "postgres", "redis", "store")
WORKERS = ("worker-1", "worker-2")
TOLD = "settings.json"
WORKER = "celery worker --skip-serve-logs --celery-hostname {name}@%h"


class Cluster(Airflow):
    """An Airflow of several workers with all that it stands on."""

    def __init__(self, home: Path, port: int) -> None:
        """`port` is the UI's; those after it are Postgres's, Redis's and the one for S3 and SQS."""
        ports = dict(zip(PORTS, range(port, port + len(PORTS)), strict=True))
        passwords = {name: secrets.token_hex(16) for name in ("postgres_password", "redis_password")}
        store = f"http://127.0.0.1:{ports['store']}"
        places = {
            **here(home, port),
            **passwords,
            "data": str(home / "data"),
            "sources": str(ROOT / "pipeline" / "sources"),
            "postgres_host": "127.0.0.1",
            "postgres_port": str(ports["postgres"]),
            "redis": f"127.0.0.1:{ports['redis']}",
            "store": store,
            "queue": store,
            "store_key": "newswire",
            "store_secret": "newswire",
        }
        told = settings.settings_of("cluster", places)
        super().__init__(home, port, settings.environment(settings.keep(home / TOLD, told), home))
        self.stores = Stores(home, self.settings, ports, passwords)

    def start(self) -> None:
        """Start everything, in order, and return when all of it is healthy."""
        say("starting Postgres, Redis, S3 and SQS …")
        self.stores.start()
        self.wait(lambda _: self.stores.answer())
        say("making databases, bucket and queue …")
        self.prepare()
        say("starting Airflow and its workers …")
        self.begin(FIRST)
        self.wait(lambda health: health is not None)
        self.begin({**THEN, **{name: WORKER.format(name=name) for name in WORKERS}})
        self.wait(is_healthy)
        self.wait(lambda _: self.workers_answer())

    def prepare(self) -> None:
        """Make what Airflow needs to be there. Raises SystemExit."""
        log = self.home / "prepare.log"
        with log.open("ab") as out:
            command = [sys.executable, "-m", "deploy.prepare"]
            done = subprocess.run(command, env=self.settings, stdout=out, stderr=out, cwd=ROOT, check=False)
        if done.returncode:
            raise SystemExit(f"the cluster could not be prepared:\n{tail(log)}")

    def workers_answer(self) -> bool:
        """Whether every worker does."""
        with celery.Celery(broker=self.settings["AIRFLOW__CELERY__BROKER_URL"]) as app:
            return len(app.control.inspect(timeout=2).ping() or {}) == len(WORKERS)

    def check(self) -> None:
        """Raise SystemExit when something has ended."""
        self.stores.processes.check()
        self.processes.check()

    def mend(self) -> None:
        """Start workers that have ended again."""
        for name, code in self.processes.ended().items():
            if name in WORKERS:
                say(f"{name} has ended with code {code}; starting it again")
                self.processes.kill(name)  # what is left of it
                self.begin({name: WORKER.format(name=name)})

    def stop(self) -> None:
        """Stop everything, Airflow before what it stands on."""
        self.processes.stop()
        self.stores.stop()

    def show(self) -> None:
        """Say what runs where."""
        ports = self.stores.ports
        say(f"Airflow is ready: {self.login()}")
        say(f"Postgres 127.0.0.1:{ports['postgres']}, Redis 127.0.0.1:{ports['redis']}, workers {', '.join(WORKERS)}")
        say(f"S3 and SQS {self.settings['NEWSWIRE_S3_ENDPOINT']}, the lake {self.settings['NEWSWIRE_LAKE']}")
        say(f"the warehouse ducklake:postgres:{self.settings['NEWSWIRE_DUCKLAKE']}")
        say(f"to ask it: {Path(sys.executable).name} -m deploy.cluster --run 'newswire sql \"FROM did\"'")
        say(f"logs in {self.home}. Ctrl-C stops it.")


def run(home: Path, port: int) -> None:
    """Start, say how to get in, and stay until asked to stop. Raises SystemExit when something fails."""
    cluster = Cluster(home, port)
    try:
        with contextlib.suppress(Stopped), stoppable():
            started = time.monotonic()
            cluster.start()
            cluster.show()
            say(f"It took {time.monotonic() - started:.0f} s.")
            while True:
                cluster.mend()
                cluster.check()
                time.sleep(1)
    finally:
        say("stopping …")
        cluster.stop()
        say("stopped")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--home", type=Path, default=ROOT / ".cluster", help="thrown away at the start")
    parser.add_argument("--port", type=int, default=8080, help="the UI's; the three after it are used as well")
    parser.add_argument("--run", metavar="COMMAND", help="run a command with the running cluster's settings, and stop")
    asked = parser.parse_args()
    home = asked.home.resolve()
    if asked.run:
        if not (home / TOLD).exists():
            raise SystemExit(f"no cluster has been started in {home}")
        told = settings.environment(settings.keep(home / TOLD, {}), home)
        raise SystemExit(subprocess.run(shlex.split(asked.run), env=told, check=False).returncode)
    try:
        with FileLock(f"{home}.lock", timeout=0):
            claim(*range(asked.port, asked.port + len(PORTS)))
            shutil.rmtree(home, ignore_errors=True)
            os.umask(0o077)
            home.mkdir()
            home.chmod(0o711)  # Postgres may be another user, and has to reach its folder
            run(home, asked.port)
    except Timeout:
        raise SystemExit(f"a cluster is running in {home} already") from None


if __name__ == "__main__":
    main()
