"""A DAG that tidies the warehouse of a cluster once a week."""

from airflow.sdk import DAG, CronTriggerTimetable
from alerts import on_failure
from tidy_operator import TidyOperator

DOC = """
### Upkeep of a DuckLake

Every Sunday it puts the many small files of a week's loads together and deletes what no reader has needed for a day,
as `newswire tidy` does. It holds up no reader; loads wait for it. Where the warehouse is a DuckDB file, it is skipped.

* **tidy**. Red: the log tells what the catalog or the store answered. Nothing is lost; clear the task to try again.
"""

with DAG(
    "newswire_tidy",
    description="Puts a DuckLake's small files together, once a week",
    doc_md=DOC,
    schedule=CronTriggerTimetable("15 4 * * 0", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["newswire"],
):
    TidyOperator(task_id="tidy", pool="warehouse", on_failure_callback=on_failure)
