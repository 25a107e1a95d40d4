"""Who has been quiet for too long."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipeline.silence import find_silences
from pipeline.sources import Source

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def source(name, **after):
    return Source(
        name=name,
        title=name,
        where={"kind": "folder", "path": "."},
        quiet_after=timedelta(**after) if after else None,
    )


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "newswire.duckdb"
    with duckdb.connect(path) as db:
        db.execute("CREATE TABLE items (source VARCHAR, day DATE, fetched_at TIMESTAMPTZ)")
        db.execute("INSERT INTO items VALUES ('desk', '2026-03-08', '2026-03-08 09:00:00+00')")
        db.execute("INSERT INTO items VALUES ('filled', '2026-02-01', '2026-03-10 11:00:00+00')")
    return path


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (source("desk", days=3), []),
        (source("desk", hours=12), ["desk has sent nothing for 2 days 3 hours; at most 12 hours is normal"]),
        (source("desk"), []),
        (source("filled", days=3), ["filled has sent nothing for 36 days 12 hours; at most 3 days 0 hours is normal"]),
        (source("mute", days=3), ["mute has never sent anything; at most 3 days 0 hours is normal"]),
    ],
)
def test_silence_is_counted_from_the_last_story(database, asked, lines):
    """An old day that a backfill brings is no sign of life; a source that sets no limit is never quiet."""
    assert [str(each) for each in find_silences(database, [asked], NOW)] == lines
