"""A DAG for every source: fetch >> normalize >> enrich >> load, each day (UTC) a partition."""

from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG, CronPartitionTimetable, Param, chain
from newswire_assets import asset
from stage_operator import STAGES, StageOperator

from pipeline.settings import read_settings
from pipeline.sources import Source, load_sources

# At midnight, the day that has ended. A cron of another minute would lose a backfill's last day.
DAILY = CronPartitionTimetable("0 0 * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d")

RETRIES = {
    "retries": 4,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=15),
}

DOC = Path(__file__).with_suffix(".md").read_text("utf-8")

REDO_FROM = Param(
    "none",
    type="string",
    enum=["none", *STAGES],
    title="Redo from",
    description="Do this stage and those after it over, though they are done. none: do what is missing.",
)


def newswire(source: Source) -> DAG:
    """The DAG of one source."""
    items, stories, findings, warehouse = (
        asset(source.name, holds) for holds in ("items", "stories", "findings", "warehouse")
    )
    with DAG(
        f"newswire_{source.name}",
        description=source.title,
        doc_md=DOC.format(source=source, rights=source.rights or "not stated"),
        schedule=DAILY,
        catchup=False,
        max_active_runs=4,
        params={"redo_from": REDO_FROM},
        default_args=RETRIES,
        tags=["newswire", source.format],
    ) as dag:
        fetch = StageOperator(task_id="fetch", source=source.name, max_active_tis_per_dag=1, outlets=[items])
        normalize = StageOperator(task_id="normalize", source=source.name, inlets=[items], outlets=[stories])
        enrich = StageOperator.partial(
            task_id="enrich",
            source=source.name,
            map_index_template="{{ report }}",
            inlets=[stories],
            outlets=[findings],
        ).expand(parts=normalize.output)
        # DuckDB takes one writer at a time, so this pool has one slot. Whatever became of the stages before,
        # what there is gets loaded, rejects above all.
        load = StageOperator(
            task_id="load",
            source=source.name,
            pool="warehouse",
            trigger_rule="all_done",
            inlets=[findings],
            outlets=[warehouse],
        )
        chain(fetch, normalize, enrich, load)
    return dag


for each in load_sources(read_settings().sources).values():
    globals()[each.name] = newswire(each)
