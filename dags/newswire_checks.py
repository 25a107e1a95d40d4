"""A DAG that checks, every hour, what has been loaded: the rules, and who has been quiet for too long."""

from airflow.sdk import DAG, CronTriggerTimetable
from check_operators import RulesOperator, SilenceOperator

DOC = """
### Checks of the loaded data

Every hour it reads the published DuckDB file; it writes nothing.

* **rules** runs what `newswire checks` runs. Red: the log names each broken rule with its first rows.
* **silence** looks for sources that have sent nothing for longer than the `quiet_after` of their TOML. Red: the log
  names them. Look at the sender first, then at their DAGs.
"""

with DAG(
    "newswire_checks",
    description="Rules of the loaded data, and sources that have gone quiet",
    doc_md=DOC,
    schedule=CronTriggerTimetable("30 * * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["newswire"],
):
    RulesOperator(task_id="rules")
    SilenceOperator(task_id="silence")
