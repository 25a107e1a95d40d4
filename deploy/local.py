"""`make airflow`: a whole Airflow on this machine, for one person to try and develop with.

It starts the API server with the UI, the scheduler, the DAG processor and the triggerer as processes, on
loopback alone, waits until all are healthy, and stops them all on Ctrl-C and SIGTERM (`airflow standalone`
leaves some behind). State is kept in .airflow/, what the pipeline makes in data/.
"""

import argparse
import contextlib
import json
import os
import shlex
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from deploy import settings
from deploy.processes import Processes, Stopped, say, stoppable, tail
from deploy.settings import ROOT, USER

PATIENCE = 300.0
"""Seconds that the components have to become healthy."""

# The API server stands before the scheduler starts, so that no first task fails for want of it. The
# log servers, which would listen on every address, are not needed where logs are on this disk.
FIRST = {"api-server": "api-server", "dag-processor": "dag-processor"}
THEN = {"scheduler": "scheduler --skip-serve-logs", "triggerer": "triggerer --skip-serve-logs"}


def environment(home: Path, port: int) -> dict[str, str]:
    """The settings of a local Airflow; those that the environment makes already win."""
    told = {"data": str(ROOT / "data"), "parallelism": str(max(2, min(os.cpu_count() or 2, 8)))}
    return settings.environment(settings.settings_of("local", {**here(home, port), **told}), home)


def here(home: Path, port: int) -> dict[str, str]:
    """What stands in the braces of the settings for an Airflow on this machine."""
    kept, url = settings.keep_secrets(home), f"http://127.0.0.1:{port}"
    where = {"root": str(ROOT), "home": str(home), "listen": "127.0.0.1", "port": str(port), "url": url, "api": url}
    return {**where, "fernet": kept["fernet"], "secret": kept["api"], "jwt": kept["jwt"]}


@dataclass
class Airflow:
    """An Airflow: its settings, and its processes while it runs."""

    home: Path
    port: int
    settings: dict[str, str]

    def __post_init__(self) -> None:
        """Nothing runs yet."""
        self.processes = Processes(self.home)

    def start(self) -> None:
        """Start everything, in order, and return when all of it is healthy."""
        say("making the database …")
        self.do("db migrate")
        self.begin(FIRST)
        self.do("pools set warehouse 1 'DuckDB takes one writer at a time'")
        self.wait(lambda health: health is not None)
        self.begin(THEN)
        self.wait(is_healthy)

    def do(self, command: str) -> None:
        """Run an airflow command to its end. Raises SystemExit when it fails."""
        log = self.home / "setup.log"
        with log.open("ab") as out:
            done = subprocess.run(
                ["airflow", *shlex.split(command)], env=self.settings, stdout=out, stderr=out, check=False
            )
        if done.returncode:
            raise SystemExit(f"airflow {command} failed:\n{tail(log)}")

    def begin(self, commands: Mapping[str, str]) -> None:
        """Start components."""
        for name, command in commands.items():
            self.processes.begin(name, ["airflow", *command.split()], self.settings)

    def wait(self, good: Callable[[dict[str, Any] | None], bool]) -> None:
        """Wait until the health is good. Raises SystemExit when a component has ended or time is up."""
        deadline = time.monotonic() + PATIENCE
        while not good(self.health()):
            self.check()
            if time.monotonic() > deadline:
                raise SystemExit(f"not healthy within {PATIENCE:.0f} s: see the logs in {self.home}")
            time.sleep(0.5)

    def check(self) -> None:
        """Raise SystemExit when a component has ended."""
        self.processes.check()

    def health(self) -> dict[str, Any] | None:
        """What the API server says of the components; None when it does not answer yet."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v2/monitor/health", timeout=5) as answer:
                health: dict[str, Any] = json.load(answer)
        except (OSError, ValueError):
            return None
        return {name: part for name, part in health.items() if part["status"]}

    def login(self) -> str:
        """How to get in, as a sentence."""
        password = json.loads((self.home / "passwords.json").read_text("utf-8"))[USER]
        return f"http://127.0.0.1:{self.port}   user {USER}, password {password}"


def is_healthy(health: dict[str, Any] | None) -> bool:
    """Whether every component is."""
    return health is not None and all(part["status"] == "healthy" for part in health.values())


def run(home: Path, port: int) -> None:
    """Start, say how to get in, and stay until asked to stop. Raises SystemExit when something fails."""
    airflow = Airflow(home, port, environment(home, port))
    try:
        with contextlib.suppress(Stopped), stoppable():
            airflow.start()
            say(f"Airflow is ready: {airflow.login()}")
            say(f"data in {airflow.settings['NEWSWIRE_DATA']}, logs in {home}. Ctrl-C stops it.")
            while True:
                airflow.check()
                time.sleep(1)
    finally:
        say("stopping …")
        airflow.processes.stop()
        say("stopped")


def claim(*ports: int) -> None:
    """Raise SystemExit when a port is taken."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise SystemExit(
                    f"cannot listen on port {port}: {error.strerror}; choose another with --port"
                ) from None


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("AIRFLOW_HOME", ROOT / ".airflow")))
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--do", metavar="COMMAND", help="run an airflow command with these settings, and stop")
    asked = parser.parse_args()
    home = asked.home.resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if asked.do:
        told = environment(home, asked.port)
        raise SystemExit(subprocess.run(["airflow", *shlex.split(asked.do)], env=told, check=False).returncode)
    try:
        with FileLock(home / "local.lock", timeout=0):
            claim(asked.port)
            run(home, asked.port)
    except Timeout:
        raise SystemExit(f"an Airflow is running in {home} already") from None


if __name__ == "__main__":
    main()
