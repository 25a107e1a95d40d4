"""What tests share: a newsroom of their own, with its folder, its lake, its database and a clock that stands still."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from private_postgres import postgres

from pipeline import stages
from pipeline.__main__ import main
from pipeline.database import Database, DuckLake, reading
from pipeline.errors import BatchRejected
from pipeline.lake import Batch, Lake
from pipeline.schema import table_of
from pipeline.sources import Folder, Source
from pipeline.tables import TABLES
from pipeline.warehouse import discard
from pipeline.workspace import Workspace

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
SETTLED = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
"""When the files of tests were last changed."""

NOT_THE_SAME_TWICE = ("runs", "loads")
"""Tables that tell of runs and of files, not of stories."""


def noon() -> datetime:
    """The time, in tests."""
    return NOON


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that it complained in."""
        (line,) = self.err.splitlines()
        return line.removeprefix("newswire: ")


class Newsroom:
    """One source, `desk`, that reads a folder; and where its stories end up."""

    def __init__(self, root: Path, folder: Path | None = None, catalog: str | None = None) -> None:
        self.root, self.folder = root, folder or root / "wire"
        self.database: Database = DuckLake(catalog, str(root / "ducklake")) if catalog else root / "newswire.duckdb"
        self.folder.mkdir(parents=True, exist_ok=True)

    def put(self, path: str, body: str | bytes) -> Path:
        """A delivery, as `2026-03-02/story.txt`."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        os.utime(file, (SETTLED, SETTLED))
        return file

    def toml(self, text: str = "") -> Path:
        """The folder of sources, with the desk's TOML in it."""
        sources = self.root / "sources"
        sources.mkdir(parents=True, exist_ok=True)
        where = f'[where]\nkind = "folder"\npath = "{self.folder}"\nsettle_seconds = 0\n'
        (sources / "desk.toml").write_text(text or f'title = "The desk"\nlanguage = "en"\n{where}')
        return sources

    def work(self, **changes: object) -> Workspace:
        """The workspace, with the clock at noon."""
        where = Folder(kind="folder", path=str(self.folder), settle_seconds=0)
        given = {
            "lake": Lake(str(self.root / "lake")),
            "database": self.database,
            "sources": {"desk": Source(name="desk", title="The desk", where=where, language="en")},
            "now": noon,
        }
        return Workspace(**{**given, **changes})

    def take(self, *days: date, **changes: object) -> list[stages.Report]:
        """Days down the whole road; a batch that is rejected goes on to the warehouse."""
        work = self.work(**changes)
        return [report for day in days for report in walk(Batch("desk", day), work)]

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with reading(self.database) as db:
            return db.execute(query).fetchall()

    def tables(self) -> dict[str, bytes]:
        """Every table that tells of stories, as CSV, sorted."""
        names = [table_of(row).name for row in TABLES if table_of(row).name not in NOT_THE_SAME_TWICE]
        with reading(self.database) as db:
            return {name: _csv(db.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()) for name in names}

    def files(self) -> dict[str, bytes]:
        """Every file of the lake that tells of stories."""
        lake = self.root / "lake"
        found = (path for path in sorted(lake.rglob("*.parquet")) if "runs" not in path.parts)
        return {str(path.relative_to(lake)): path.read_bytes() for path in found}


def _csv(rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def walk(batch: Batch, work: Workspace) -> Iterator[stages.Report]:
    """A batch down the whole road."""
    for stage in stages.STAGES:
        try:
            yield stages.run(stage, batch, work)
        except BatchRejected:
            continue


def ninjs(uri: str, text: str = "Talks went on.", **fields: object) -> str:
    """A story in ninjs."""
    return json.dumps({"uri": uri, "body_text": text, "pubstatus": "usable", **fields})


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@pytest.fixture(scope="session")
def catalog() -> Iterator[str]:
    """A Postgres for the catalog of a DuckLake; skips where there is none."""
    with postgres() as parameters:
        yield parameters


@pytest.fixture(params=["file", "ducklake"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_settings_from_outside: None
) -> Newsroom:
    """A newsroom whose database is a file, and one whose database is a DuckLake; the settings say so, too."""
    catalog = request.getfixturevalue("catalog") if request.param == "ducklake" else None
    room = Newsroom(tmp_path, catalog=catalog)
    if catalog:
        discard(room.database)
        monkeypatch.setenv("NEWSWIRE_DUCKLAKE", catalog)
    monkeypatch.setenv("NEWSWIRE_DATA", str(room.root))
    monkeypatch.setenv("NEWSWIRE_SOURCES", str(room.toml()))
    return room


@pytest.fixture
def newswire(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """The command line: give it arguments, and see how it ended."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["newswire", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)

    return run


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("NEWSWIRE_")]:
        monkeypatch.delenv(name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make docs` and `make regold` write what is rendered anew; the diff is the review."""
    parser.addoption("--regold", action="store_true", help="rewrite what is rendered; git diff is the review")
