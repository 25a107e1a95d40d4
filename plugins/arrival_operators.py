"""What has just arrived, all the way: one task looks for it and reads it, another loads it."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator, Context, XComArg
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from alerts import on_failure, send
from batch_links import BatchLink
from landing import days_to_look_at
from newswire_workspace import workspace
from stage_operator import summary

if TYPE_CHECKING:
    from pipeline.lake import Batch
    from pipeline.stages import Report
    from pipeline.workspace import Workspace

log = logging.getLogger(__name__)


class ArriveOperator(BaseOperator):
    """Look what is new on a source's wire, or unfinished, and fetch, normalize and enrich it.

    One task does it all: a story should be readable in seconds, and each task costs some. Returns the days that
    are to be loaded; skipped when there are none. XCom `report` counts what each stage did.
    """

    operator_extra_links = (BatchLink(),)

    def __init__(self, *, source: str, **kwargs: Any) -> None:
        """`source` by name."""
        super().__init__(**{"on_failure_callback": on_failure, **kwargs})
        self.source = source
        self.day: date | None = None

    def execute(self, context: Context) -> list[str]:
        """Find the batches and bring each to where it can be loaded."""
        from pipeline.arrivals import find_arrivals
        from pipeline.errors import ConfigError

        try:
            work = workspace()
            batches = list(find_arrivals(work.source(self.source), work, days_to_look_at(context)))
            counts = sum((self._bring(batch, work, context) for batch in batches), Counter[str]())
        except ConfigError as error:
            raise AirflowFailException(str(error)) from None
        if not batches:
            raise AirflowSkipException("nothing is new")
        context["ti"].xcom_push("report", dict(counts))
        self.day = batches[-1].day
        return [str(batch.day) for batch in batches]

    def _bring(self, batch: "Batch", work: "Workspace", context: Context) -> Counter[str]:
        """A batch as far as enrich. One that is refused whole still goes on, so that its rejects are loaded."""
        from pipeline import stages
        from pipeline.errors import BatchRejected

        counts: Counter[str] = Counter()
        for stage in ("fetch", "normalize", "enrich"):
            try:
                counts.update(_named(stages.run(stage, batch, work)))
            except BatchRejected as error:
                send("rejects", str(error), context)
        return counts


class LoadArrivalsOperator(BaseOperator):
    """Load the days that arrive found. XCom `report` counts what was loaded."""

    template_fields = ("days",)
    operator_extra_links = (BatchLink(),)

    def __init__(self, *, source: str, days: Sequence[str] | XComArg, **kwargs: Any) -> None:
        """`days` as 2026-03-02, or what gives them."""
        super().__init__(**{"on_failure_callback": on_failure, **kwargs})
        self.source = source
        self.days: Any = days  # days, once rendered
        self.day: date | None = None

    def execute(self, context: Context) -> None:
        """Load each of the days."""
        from pipeline import stages
        from pipeline.lake import Batch

        work, counts = workspace(), Counter[str]()
        for day in self.days:
            self.day = date.fromisoformat(day)
            counts.update(summary(stages.run("load", Batch(self.source, self.day), work)))
        context["ti"].xcom_push("report", dict(counts))


def _named(report: "Report") -> dict[str, int]:
    return {f"{report.stage} {name}": count for name, count in summary(report).items()}
