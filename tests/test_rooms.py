"""The plan of pipeline/: which room may import which. It reads from the ground up."""

import ast
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parent.parent / "pipeline"

PLAN = {
    "errors": "",
    "schema": "",
    "tables": "schema",
    "lake": "errors schema tables",
    "sources": "errors",
    "wire": "errors sources",
    "model": "errors",
    "agencies": "",
    "text": "model tables",
    "conllu": "text",
    "formats": "agencies errors sources tables",
    "extractors": "agencies tables text",
    "settings": "errors sources",
    "database": "errors settings",
    "warehouse": "database errors lake schema tables",
    "checks": "database",
    "documents": "schema settings sources tables",
    "workspace": "database errors lake settings sources wire",
    "receiving": "errors formats lake sources tables wire",
    "arrivals": "database lake sources tables wire workspace",
    "stages": "errors extractors formats lake receiving schema tables text warehouse wire workspace",
    "commands": "checks conllu database errors extractors formats lake receiving schema settings sources stages "
    "tables text warehouse wire workspace",
    "__main__": "commands errors",
}


def test_the_plan_has_no_way_up():
    """A room lists only rooms that stand before it."""
    built = set()
    for room, below in PLAN.items():
        assert set(below.split()) <= built
        built.add(room)


@pytest.mark.parametrize("room", PLAN)
def test_a_room_imports_what_the_plan_says(room):
    """No less, so that the plan stays true; no more; and never Airflow."""
    imported = {name for path in files(room) for name in imports(path)}
    ours = {name.split(".")[1] for name in imported if name.startswith("pipeline.")} & PLAN.keys() - {room}
    assert ours == set(PLAN[room].split())
    assert not any(name.split(".")[0] == "airflow" for name in imported)


def test_every_room_is_on_the_plan():
    """A new file is a decision."""
    there = {path.name.removesuffix(".py") for path in PIPELINE.iterdir() if files(path.name.removesuffix(".py"))}
    assert there == PLAN.keys() | {"__init__"}


def files(room):
    return [*PIPELINE.glob(f"{room}.py"), *PIPELINE.glob(f"{room}/**/*.py")]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from [alias.name for alias in node.names]
