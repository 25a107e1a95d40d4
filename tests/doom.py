"""A walk that is killed at a chosen step, in a process of its own: what test_faults starts."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import duckdb
from conftest import Newsroom

from pipeline import stages
from pipeline.lake import Batch
from pipeline.warehouse import file

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["pytest", "pipeline.stages"])

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "shutil.copyfile"}
"""What Python does to files (its audit events); every call to the database is a step too."""


class Fuse:
    """Counts steps, and kills the process before the one that it is set to."""

    def __init__(self, root: Path, at: int, counted: "Synchronized[int]") -> None:
        self.root, self.at, self.counted = str(root), at, counted

    def step(self) -> None:
        """One step further, or none ever more."""
        self.counted.value += 1
        if self.counted.value == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        """An audit hook: the steps are those in the newsroom."""
        if event in STEPS and self.root in str(args[0]):
            self.step()

    def connect(self, *args: Any, **settings: Any) -> "Doomed":
        """A connection whose every call is a step."""
        return Doomed(duckdb.connect(*args, **settings), self)


class Doomed:
    """A database connection that burns the fuse."""

    def __init__(self, db: duckdb.DuckDBPyConnection, fuse: Fuse) -> None:
        self._db, self._fuse = db, fuse

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._db, name)

        def call(*args: Any) -> Any:
            self._fuse.step()
            return method(*args)

        return call

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()


def start(room: Newsroom, road: Sequence[tuple[str, Batch]], at: int = 0) -> tuple[BaseProcess, "Synchronized[int]"]:
    """A child that walks the road, killed before step `at`; and the steps it has taken."""
    counted = CONTEXT.Value("i", 0)
    child = CONTEXT.Process(target=_walk, args=(room.root, room.folder, road, at, counted))
    child.start()
    return child, counted


def run(room: Newsroom, road: Sequence[tuple[str, Batch]], at: int = 0) -> tuple[int | None, int]:
    """How such a child ended, and after how many steps."""
    child, counted = start(room, road, at)
    child.join()
    return child.exitcode, counted.value


def _walk(root: Path, folder: Path, road: Sequence[tuple[Any, Batch]], at: int, counted: "Synchronized[int]") -> None:
    fuse = Fuse(root, at, counted)
    sys.addaudithook(fuse.hear)
    file.duckdb = SimpleNamespace(connect=fuse.connect, Error=duckdb.Error)  # type: ignore[assignment]
    work = Newsroom(root, folder).work(part_items=2)
    for stage, batch in road:
        stages.run(stage, batch, work)
