"""How a run starts within seconds of an object's arrival: a notice in a queue wakes the source's DAG.

The bucket tells an SQS queue, and Airflow's own trigger on SQS turns the message into an event of the asset
`newswire://<source>/landing`. The notice is a wake-up only. The trigger deletes a message before Airflow has
stored its event, so that a crash can lose it; the run looks for itself what is new, and looks again by the clock.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote_plus

from airflow.sdk import AssetOrTimeSchedule, AssetWatcher, Context, CronTriggerTimetable
from airflow.triggers.base import BaseEventTrigger, TriggerEvent
from newswire_assets import asset

from pipeline.sources import Source

SWEEP = "*/5 * * * *"
"""When to look by the clock at a source that has a queue, unless its TOML says."""

CONNECTION = "newswire_aws"
"""Airflow's connection for the queue; without one, the machine's own AWS credentials are taken."""


class SqsTrigger(BaseEventTrigger):
    """Airflow's trigger on SQS by its name: to import it would load the AWS client into every task that parses."""

    def __init__(self, queue_url: str) -> None:
        """`queue_url` as SQS gives it."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.queue_url = queue_url

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The trigger that runs in the triggerer."""
        return "airflow.providers.amazon.aws.triggers.sqs.SqsSensorTrigger", {
            "sqs_queue": self.queue_url,
            "aws_conn_id": CONNECTION,
            "max_messages": 10,
            "num_batches": 1,
            "wait_time_seconds": 2,
            "waiter_delay": 1,  # seconds between polls; it is 60 if left out
        }

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Nothing: what serialize names is run instead."""
        raise NotImplementedError
        yield  # what makes it a generator


def schedule_of(source: Source) -> AssetOrTimeSchedule | CronTriggerTimetable:
    """When to look for what has arrived: by the clock, and at once when a queue tells."""
    clock = CronTriggerTimetable(source.schedule or SWEEP, timezone="UTC")
    if source.queue is None:
        return clock
    watcher = AssetWatcher(name=f"{source.name}_queue", trigger=SqsTrigger(source.queue))
    return AssetOrTimeSchedule(timetable=clock, assets=[asset(source.name, "landing", watchers=[watcher])])


def days_to_look_at(context: Context) -> set[date] | None:
    """The days that the notices of this run tell of, today and yesterday; None, which is all, for one by the clock."""
    events = [event for each in context["triggering_asset_events"].values() for event in each]
    if not events:
        return None
    today = context["dag_run"].run_after.date()
    return {today, today - timedelta(days=1), *(day for event in events for day in _days(_keys(event.extra)))}


def _keys(extra: dict[str, Any]) -> Iterator[str]:
    """The keys of objects in an event's messages; a test message of S3 has none."""
    for message in extra.get("payload", {}).get("message_batch", []):
        for record in json.loads(message["Body"]).get("Records", []):
            yield unquote_plus(record["s3"]["object"]["key"])


def _days(keys: Iterable[str]) -> Iterator[date]:
    """The days in keys; one without is of the day on which it arrives."""
    from pipeline.wire.folder import DATE

    for key in keys:
        for found in DATE.finditer(key):
            try:
                yield date(int(found[1]), int(found[3]), int(found[4]))
            except ValueError:
                continue
