"""`make airflow`: a whole Airflow on this machine, for one person to try and develop with.

It starts the API server with the UI, the scheduler, the DAG processor and the triggerer as processes, on
loopback alone, waits until all are healthy, and stops them all on Ctrl-C and SIGTERM (`airflow standalone`
leaves some behind). State is kept in .airflow/, what the pipeline makes in data/.
"""

import argparse
import base64
import contextlib
import json
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parent.parent
USER = "admin"
PATIENCE = 300.0
"""Seconds that the components have to become healthy."""
GRACE = 20.0
"""Seconds that the components have to stop before they are killed."""

# The API server stands before the scheduler starts, so that no first task fails for want of it. The
# log servers, which would listen on every address, are not needed where logs are on this disk.
FIRST = {"api-server": "api-server", "dag-processor": "dag-processor"}
THEN = {"scheduler": "scheduler --skip-serve-logs", "triggerer": "triggerer --skip-serve-logs"}


class Stopped(Exception):
    """Somebody asked to stop."""


def environment(home: Path, port: int) -> dict[str, str]:
    """The settings of a local Airflow; those that the environment makes already win."""
    kept, url = keep_secrets(home), f"http://127.0.0.1:{port}"
    settings = {
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, min(os.cpu_count() or 2, 8))),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": kept["fernet"],
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        # A task that was killed is noticed after half a minute, not after five.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "5",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
        # Several processes write to SQLite: let one wait for another instead of failing.
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}?timeout=60",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__SECRET_KEY": kept["api"],
        "AIRFLOW__API_AUTH__JWT_SECRET": kept["jwt"],
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "10",
        "NEWSWIRE_DATA": str(ROOT / "data"),
    }
    ours = {
        "AIRFLOW_HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    return {**settings, **os.environ, **ours}


def keep_secrets(home: Path) -> dict[str, str]:
    """This home's keys, made the first time, as the password is. Both files are for their owner's eyes."""
    made = {"jwt": secrets.token_hex(48), "api": secrets.token_hex(32), "fernet": fernet_key()}
    _keep(home / "passwords.json", {USER: secrets.token_urlsafe(9)})
    return _keep(home / "secrets.json", made)


def fernet_key() -> str:
    """A key as cryptography.fernet takes it: 32 random bytes in base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _keep(path: Path, made: Mapping[str, str]) -> dict[str, str]:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept


@dataclass
class Local:
    """A local Airflow: its settings, and its processes while it runs."""

    home: Path
    port: int
    settings: dict[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self) -> None:
        """Start everything, in order, and return when all of it is healthy."""
        say("making the database …")
        self.do("db migrate")
        self.begin(FIRST)
        self.do("pools set warehouse 1 'DuckDB takes one writer at a time'")
        self.wait(lambda health: health is not None)
        self.begin(THEN)
        self.wait(lambda health: health is not None and all(part["status"] == "healthy" for part in health.values()))

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
        """Start components, each in a session of its own so that Ctrl-C reaches this process alone."""
        for name, command in commands.items():
            with (self.home / f"{name}.log").open("ab") as out:
                self.running[name] = subprocess.Popen(
                    ["airflow", *command.split()], env=self.settings, stdout=out, stderr=out, start_new_session=True
                )

    def wait(self, good: Callable[[dict[str, Any] | None], bool]) -> None:
        """Wait until the health is good. Raises SystemExit when a component has ended or time is up."""
        deadline = time.monotonic() + PATIENCE
        while not good(self.health()):
            self.check()
            if time.monotonic() > deadline:
                raise SystemExit(f"not healthy within {PATIENCE:.0f} s: see the logs in {self.home}")
            time.sleep(0.5)

    def health(self) -> dict[str, Any] | None:
        """What the API server says of the components; None when it does not answer yet."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v2/monitor/health", timeout=5) as answer:
                health: dict[str, Any] = json.load(answer)
        except (OSError, ValueError):
            return None
        return {name: part for name, part in health.items() if part["status"]}

    def check(self) -> None:
        """Raise SystemExit when a component has ended."""
        for name, process in self.running.items():
            if (code := process.poll()) is not None:
                raise SystemExit(f"{name} has ended with code {code}:\n{tail(self.home / f'{name}.log')}")

    def stop(self) -> None:
        """Stop everything, the scheduler before the API server, and see that no child of theirs is left."""
        last_first = dict(reversed(self.running.items()))
        for process in last_first.values():
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in last_first.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for process in last_first.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log."""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first SIGINT or SIGTERM into Stopped, and ignore further ones."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    yield


def run(home: Path, port: int) -> None:
    """Start, say how to get in, and stay until asked to stop. Raises SystemExit when something fails."""
    local = Local(home, port, environment(home, port))
    try:
        with contextlib.suppress(Stopped), stoppable():
            local.start()
            password = json.loads((home / "passwords.json").read_text("utf-8"))[USER]
            say(f"Airflow is ready: http://127.0.0.1:{port}   user {USER}, password {password}")
            say(f"data in {local.settings['NEWSWIRE_DATA']}, logs in {home}. Ctrl-C stops it.")
            while True:
                local.check()
                time.sleep(1)
    finally:
        say("stopping …")
        local.stop()
        say("stopped")


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
        settings = environment(home, asked.port)
        raise SystemExit(subprocess.run(["airflow", *shlex.split(asked.do)], env=settings, check=False).returncode)
    try:
        with FileLock(home / "local.lock", timeout=0):
            with socket.socket() as probe:  # free?
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", asked.port))
            run(home, asked.port)
    except Timeout:
        raise SystemExit(f"an Airflow is running in {home} already") from None
    except OSError as error:
        raise SystemExit(f"cannot listen on port {asked.port}: {error.strerror}; choose another with --port") from None


if __name__ == "__main__":
    main()
