"""A DAG for every source that is looked at between its daily runs: arrive >> load, when a queue or the clock says."""

from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG
from arrival_operators import ArriveOperator, LoadArrivalsOperator
from landing import SWEEP, schedule_of
from newswire_assets import asset

from pipeline.settings import read_settings
from pipeline.sources import Source, load_sources

DOC = Path(__file__).with_suffix(".md").read_text("utf-8")


def live(source: Source) -> DAG:
    """The DAG of one source."""
    told = "at once when its queue tells, and " if source.queue else ""
    with DAG(
        f"newswire_{source.name}.live",
        description=f"{source.title}, as it arrives",
        doc_md=DOC.format(source=source, when=f"{told}by the clock: `{source.schedule or SWEEP}` (UTC)"),
        schedule=schedule_of(source),
        catchup=False,
        max_active_runs=1,  # a second run would only find what the first is at
        default_args={"retries": 4, "retry_delay": timedelta(seconds=5), "retry_exponential_backoff": 2},
        tags=["newswire", "live"],
    ) as dag:
        arrive = ArriveOperator(task_id="arrive", source=source.name)
        LoadArrivalsOperator(
            task_id="load",
            source=source.name,
            days=arrive.output,
            pool="warehouse",
            priority_weight=10,  # before the loads of a backfill
            weight_rule="absolute",
            outlets=[asset(source.name, "warehouse")],
        )
    return dag


for each in load_sources(read_settings().sources).values():
    if each.queue or each.schedule:
        globals()[each.name] = live(each)
