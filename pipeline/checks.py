"""Rules of the loaded data: a name, a sentence, and a query that must find nothing.

The rules stand in checks.sql, one query each:

    -- name: What must hold, as a sentence.
    SELECT …
"""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.database import Database, reading

FILE = Path(__file__).parent / "checks.sql"
RULE = re.compile(r"^-- (?P<name>[a-z][a-z -]*): (?P<rule>.+)\n(?P<sql>(?:(?!-- ).*\n?)+)", re.MULTILINE)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, in words and in SQL."""

    name: str
    rule: str
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How many rows break a rule, and the first of them."""

    check: Check
    rows: int
    first: list[tuple[object, ...]]


CHECKS = tuple(
    Check(m["name"], m["rule"], m["sql"].strip().rstrip(";")) for m in RULE.finditer(FILE.read_text("utf-8"))
)


def run_checks(database: Database) -> list[Finding]:
    """Every check, with what it found in a published database. Raises duckdb.Error."""
    with reading(database) as db:
        return [_run(check, db) for check in CHECKS]


def _run(check: Check, db: duckdb.DuckDBPyConnection) -> Finding:
    rows = db.execute(check.sql).fetchall()
    return Finding(check, len(rows), rows[:SHOWN])
