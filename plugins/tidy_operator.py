"""The upkeep of the warehouse as a task."""

from airflow.sdk import BaseOperator, Context
from airflow.sdk.exceptions import AirflowSkipException
from newswire_workspace import workspace


class TidyOperator(BaseOperator):
    """What `newswire tidy` does; skipped where the warehouse is a DuckDB file, which needs none of it."""

    def execute(self, context: Context) -> None:
        """Put a DuckLake's many small files together. Raises StorageError."""
        del context
        from pipeline.database import DuckLake
        from pipeline.warehouse import warehouse_of

        work = workspace()
        if not isinstance(work.database, DuckLake):
            raise AirflowSkipException("a DuckDB file needs no tidying")
        with warehouse_of(work.database, work.lock_seconds) as warehouse:
            warehouse.tidy()
