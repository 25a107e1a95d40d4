"""Processes that are started, watched and stopped together, each with a log of its own."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

GRACE = 20.0
"""Seconds that processes have to stop before they are killed."""


class Stopped(Exception):
    """Somebody asked to stop."""


@dataclass
class Processes:
    """Processes by name, in the order in which they were started."""

    logs: Path
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def begin(self, name: str, command: Sequence[str], settings: dict[str, str], **how: Any) -> None:
        """Start one, in a session of its own so that Ctrl-C reaches the launcher alone. `how` is Popen's."""
        with (self.logs / f"{name}.log").open("ab") as out:
            self.running[name] = subprocess.Popen(
                command, env=settings, stdout=out, stderr=out, start_new_session=True, **how
            )

    def ended(self) -> dict[str, int]:
        """The codes of those that have ended."""
        return {name: code for name, process in self.running.items() if (code := process.poll()) is not None}

    def check(self) -> None:
        """Raise SystemExit when one has ended."""
        for name, code in self.ended().items():
            raise SystemExit(f"{name} has ended with code {code}:\n{tail(self.logs / f'{name}.log')}")

    def kill(self, name: str) -> None:
        """Kill one with all its children, and wait until it is gone."""
        process = self.running[name]
        for each in members(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        process.wait()

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask all to stop, the last one first, and see that no child of theirs is left."""
        last_first = dict(reversed(self.running.items()))
        for process in last_first.values():
            process.send_signal(by)
        deadline = time.monotonic() + GRACE
        for process in last_first.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for name in last_first:
            self.kill(name)


def members(session: int) -> list[int]:
    """The processes of a session: a leader with its children, also those whose parent is gone."""
    found = []
    for process in psutil.pids():  # type: ignore[no-untyped-call]
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(process) == session:
                found.append(process)
    return found


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
