"""Pages of the UI: what was loaded of each source and day, and what was refused and why.

They read the published DuckDB file, and are open to whoever may read DAGs. FastAPI and DuckDB are imported when
the API server makes the app, because every task imports this module too.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.settings import read_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

HERE = Path(__file__).parent
AS_TEXT = {"X-Content-Type-Options": "nosniff"}
SHOWN = 500
"""At most so many rows of a kind on one page."""

BATCHES = """
WITH counted AS (
    SELECT source, day, 'items' AS what, count(*) AS times FROM items GROUP BY ALL
    UNION ALL SELECT source, day, 'stories', count(*) FROM stories GROUP BY ALL
    UNION ALL SELECT source, day, 'rejects', count(*) FROM rejects GROUP BY ALL
    UNION ALL SELECT source, day, 'statements', count(*) FROM statements GROUP BY ALL
    UNION ALL SELECT source, day, 'events', count(*) FROM events GROUP BY ALL
)
PIVOT (FROM counted WHERE ? IN (source, '')) ON what IN ('items', 'stories', 'rejects', 'statements', 'events')
USING coalesce(sum(times), 0)::BIGINT
ORDER BY day DESC, source LIMIT ?
"""
RUNS = """
SELECT stage, read, written, known, rejected, started_at, finished_at FROM runs
WHERE source = ? AND day = ? ORDER BY started_at DESC LIMIT ?
"""
REJECTS = """
SELECT stage, reason, message, item_id FROM rejects
WHERE source = ? AND day = ? ORDER BY reason, item_id LIMIT ?
"""
STORIES = """
SELECT coalesce(s.headline, s.slugline, left(s.text, 90)) AS title,
    s.agency, s.status, s.signal, s.published_at, s.item_id,
    (SELECT count(*) FROM statements f WHERE f.source = s.source AND f.item_id = s.item_id) AS statements,
    (SELECT count(*) FROM events f WHERE f.source = s.source AND f.item_id = s.item_id) AS events
FROM stories s WHERE source = ? AND day = ? ORDER BY published_at, item_id LIMIT ?
"""
ITEM = "SELECT body FROM items WHERE source = ? AND day = ? AND item_id = ?"


def query(sql: str, *values: object) -> list[dict[str, Any]]:
    """Rows of the published database as dicts; none where nothing has been loaded yet."""
    from pipeline.database import database_of, exists, reading

    database = database_of(read_settings())
    if not exists(database):
        return []
    with reading(database) as db:
        found = db.execute(sql, values)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def render(page: str, base: str, **facts: Any) -> str:
    """A page as HTML. What it shows comes from the wire, so all of it is escaped."""
    return str(_templates().get_template(page).render(base=base, **facts))


@cache
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)


def source_of(dag_id: str) -> str:
    """The source that a DAG is of."""
    return dag_id.removeprefix("newswire_").removesuffix(".live")


def shown_batches(source: str) -> Sequence[dict[str, Any]]:
    """The newest batches of one source, or of all where it is empty."""
    return query(BATCHES, source, SHOWN)


def batch_page(source: str, day: date, base: str) -> str:
    """What became of one batch."""
    of = (source, day, SHOWN)
    tables = {"runs": query(RUNS, *of), "rejects": query(REJECTS, *of), "stories": query(STORIES, *of)}
    return render("batch.html", base, source=source, day=day, shown=SHOWN, **tables)


def make_app() -> "FastAPI":
    """The app; Airflow mounts it as it is, so that its login has to be asked for here."""
    from airflow.api_fastapi.common.db.common import SessionDep
    from airflow.api_fastapi.core_api.security import requires_access_dag
    from airflow.models.dagrun import DagRun
    from batch_links import PAGES, base_path
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
    from sqlalchemy import select

    app = FastAPI(dependencies=[Depends(requires_access_dag("GET"))], docs_url=None, redoc_url=None, openapi_url=None)
    base = base_path()

    @app.get("/", response_class=HTMLResponse)
    def all_sources() -> str:
        return render("batches.html", base, source="", batches=shown_batches(""))

    @app.get("/by-run")  # a source has no hyphen in its name
    def run(dag_id: str, run_id: str, session: SessionDep) -> RedirectResponse:
        found = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        if found is None:
            raise HTTPException(404, "no such run")
        day = found.partition_key or f"{found.data_interval_start or found.run_after:%Y-%m-%d}"
        return RedirectResponse(f"{base}{PAGES}/{source_of(dag_id)}/{day}")

    @app.get("/{source}", response_class=HTMLResponse)
    def one_source(source: str) -> str:
        return render("batches.html", base, source=source, batches=shown_batches(source))

    @app.get("/{source}/{day}", response_class=HTMLResponse)
    def batch(source: str, day: date) -> str:
        return batch_page(source, day, base)

    @app.get("/{source}/{day}/{item_id}", response_class=PlainTextResponse)
    def item(source: str, day: date, item_id: str) -> PlainTextResponse:
        found = query(ITEM, source, day, item_id)
        if not found:
            raise HTTPException(404, "no such item")
        return PlainTextResponse(found[0]["body"].decode("utf-8", "replace"), headers=AS_TEXT)

    return app
