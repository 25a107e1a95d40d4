"""Checks of the loaded data as tasks: red when one finds something, with what it found in one line."""

from typing import Any

from airflow.sdk import BaseOperator, Context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from alerts import on_failure
from newswire_workspace import workspace


class _Check(BaseOperator):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"on_failure_callback": on_failure, **kwargs})


class RulesOperator(_Check):
    """Every rule of pipeline/checks.sql; skipped while nothing has been loaded."""

    def execute(self, context: Context) -> None:
        """Leave how many rows break each broken rule. Raises AirflowFailException when there is one."""
        from pipeline.checks import run_checks
        from pipeline.database import exists

        database = workspace().database
        if not exists(database):
            raise AirflowSkipException("nothing has been loaded yet")
        broken = [each for each in run_checks(database) if each.rows]
        for each in broken:
            self.log.error("%s: %s %d rows, as %s", each.check.name, each.check.rule, each.rows, each.first)
        context["ti"].xcom_push("report", {each.check.name: each.rows for each in broken})
        if broken:
            raise AirflowFailException("broken: " + ", ".join(f"{each.check.name} ({each.rows})" for each in broken))


class SilenceOperator(_Check):
    """Sources that have been quiet for longer than their `quiet_after`; skipped while nothing has been loaded."""

    def execute(self, context: Context) -> None:
        """Raises AirflowFailException when there is one, naming all."""
        del context
        from pipeline.commands.desk import quiet_sources
        from pipeline.database import exists

        work = workspace()
        if not exists(work.database):
            raise AirflowSkipException("nothing has been loaded yet")
        if quiet := quiet_sources(work):
            raise AirflowFailException("; ".join(quiet))
