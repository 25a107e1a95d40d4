"""Documents under test: what the README shows is what the command prints, and the cookbook's queries run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = re.compile(r"<!-- newswire (?P<command>.+) -->\n```text\n(?P<output>[^`]*)```\n")
QUERY = re.compile(r"## (?P<title>.+)\n(?:[^#`]*\n)?```sql\n(?P<sql>[^`]+)```")
COOKBOOK = {found["title"]: found["sql"] for found in QUERY.finditer((ROOT / "docs/sql.md").read_text("utf-8"))}


def newswire(data, *arguments):
    environment = {"NEWSWIRE_DATA": str(data), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        env=environment,
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines() if line.strip())


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples") / "data"
    newswire(folder, "run")
    return folder


def test_the_readme_shows_what_the_command_prints(data, request):
    """`make docs` writes the output of the commands into the README."""
    shown = README.read_text("utf-8")
    today = SHOWN.sub(
        lambda m: f"<!-- newswire {m['command']} -->\n```text\n{newswire(data, *shlex.split(m['command']))}```\n", shown
    )
    if request.config.getoption("regold"):
        README.write_text(today, "utf-8")
        shown = today
    assert shown == today
    assert len(SHOWN.findall(shown)) == 3


@pytest.mark.parametrize("title", COOKBOOK)
def test_a_query_of_the_cookbook_runs_and_finds_rows(data, title):
    """Every query in docs/sql.md answers something on the samples."""
    with duckdb.connect(data / "newswire.duckdb", read_only=True) as db:
        assert db.execute(COOKBOOK[title]).fetchall()


def test_the_cookbook_is_read_whole():
    """No query stands in the cookbook untested."""
    text = (ROOT / "docs/sql.md").read_text("utf-8")
    assert len(COOKBOOK) == text.count("```sql") == 11


def test_links_in_the_documents_lead_somewhere():
    """Every relative link of a Markdown file names a file that is there."""
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md")]
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
