"""Where the pipeline meets Airflow: a stage as an operator.

The pipeline is imported when a task runs, not when its DAG is parsed: Arrow, DuckDB and the model take
seconds to load, and every task parses its DAG first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator, Context
from airflow.sdk.exceptions import AirflowFailException
from alerts import Incomplete, on_failure, send
from batch_links import BatchLink, RejectsLink
from newswire_workspace import workspace

if TYPE_CHECKING:
    from pipeline.lake import Batch
    from pipeline.stages import Report
    from pipeline.workspace import Workspace

STAGES = ("fetch", "normalize", "enrich", "load")

SHARES = 16
"""Into how many tasks a day's enriching is divided at most: each loads the model once."""


class StageOperator(BaseOperator):
    """One stage of one source; the run's partition names the day. The task's id names the stage.

    XCom `report` holds read, written, known and rejected. What normalize returns is the parts that are to be
    enriched, in shares: map enrich over it. A FetchError or StorageError is raised for Airflow to retry; a
    ConfigError or BatchRejected fails at once. Load is meant to run whatever became of the stages before it,
    so that rejects can be looked up; where one of them failed, it loads what there is and then fails too.
    """

    template_fields = ("parts",)
    operator_extra_links = (BatchLink(), RejectsLink())

    def __init__(self, *, source: str, parts: Sequence[str] | None = None, **kwargs: Any) -> None:
        """`parts` are those of the batch to look at; None means all."""
        super().__init__(**{"on_failure_callback": on_failure, **kwargs})
        self.source = source
        self.parts = parts
        self.day: date | None = None

    def execute(self, context: Context) -> list[list[str]] | None:
        """Run the stage, and leave its report."""
        from pipeline import stages
        from pipeline.errors import BatchRejected, ConfigError
        from pipeline.lake import Batch

        self.day = day_of(context)
        batch, redo = Batch(self.source, self.day), is_redone(self.task_id, context["params"])
        try:
            work = workspace()
            report = stages.run(self.task_id, batch, work, redo=redo, parts=self.parts)  # type: ignore[arg-type]
        except (ConfigError, BatchRejected) as error:
            raise AirflowFailException(str(error)) from None  # one line: its message tells all
        self._tell(report, work, context)
        if self.task_id == "load" and (failed := failed_stages(context)):
            raise Incomplete(f"{batch} is incomplete: {', '.join(failed)} failed; loaded what there is")
        if self.task_id != "normalize":
            return None
        return shares(to_enrich(batch, work, redo=is_redone("enrich", context["params"])))

    def _tell(self, report: "Report", work: "Workspace", context: Context) -> None:
        """Leave the report where the UI shows it, and raise an alert when much was refused."""
        context["ti"].xcom_push("report", summary(report))
        context["report"] = str(report)  # type: ignore[typeddict-unknown-key] # for map_index_template
        limit, new = work.source(self.source).alert_rejected, report.written + report.rejected
        if report.rejected > limit * new:
            send("rejects", f"{report.batch}: {self.task_id} refused {report.rejected} of {new} new items", context)


def day_of(context: Context) -> date:
    """The day (UTC) that a run is of: its partition's, else its data interval's first, else that of its start."""
    if key := context.get("partition_key"):
        try:
            return date.fromisoformat(key)
        except ValueError as error:
            raise AirflowFailException(f"no such day: partition key {key!r}; say it as 2026-03-02") from error
    start = context.get("data_interval_start") or context["dag_run"].run_after
    return start.date()


def is_redone(stage: str, params: Mapping[str, Any]) -> bool:
    """Whether a run's parameter `redo_from` asks for this stage, or one before it, to be done over."""
    first = params["redo_from"]
    return first in STAGES and STAGES.index(stage) >= STAGES.index(first)


def failed_stages(context: Context) -> list[str]:
    """The stages of this run that failed."""
    this: Any = context["ti"]
    ended = this.get_task_breadcrumbs(this.dag_id, this.run_id)
    failed = {task["task_id"] for task in ended if task["state"] == "failed"}
    return [stage for stage in STAGES if stage in failed]


def summary(report: "Report") -> dict[str, int]:
    """A report's counts."""
    return {name: count for name, count in asdict(report).items() if isinstance(count, int)}


def to_enrich(batch: "Batch", work: "Workspace", *, redo: bool) -> list[str]:
    """The parts of a batch that enrich has to do."""
    from pipeline import stages

    return sorted(work.lake.done("normalize", batch)) if redo else stages.pending("enrich", batch, work)


def shares(parts: Sequence[str]) -> list[list[str]]:
    """Parts dealt out to at most SHARES tasks."""
    return [list(parts[number::SHARES]) for number in range(min(SHARES, len(parts)))]
