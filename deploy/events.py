"""`make events-demo`: stories put into a bucket are rows in DuckDB seconds later, and none is lost.

It starts an S3 and an SQS endpoint on loopback (moto), a bucket that tells the queue of new objects, a source that
reads the bucket, and a local Airflow. Then it puts stories, one every few seconds, and tells how long each took from
the put to its row in the published file. With --chaos it puts them while it kills the triggerer, the scheduler and
running tasks with SIGKILL at random and pauses the DAG, and counts what is there in the end.
"""

import argparse
import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import duckdb

from deploy.chaos import Chaos
from deploy.local import Airflow, environment
from deploy.processes import Stopped, say, stoppable
from deploy.settings import ROOT

BUCKET, SOURCE = "wire", "bucket"
TOML = """title = "Stories put into a bucket"
format = "plain"
language = "en"
queue = "{queue}"
schedule = "{schedule}"

[where]
kind = "s3"
bucket = "wire"
prefix = "stories/%Y-%m-%d/"
endpoint = "{endpoint}"
credential = "demo"
"""
ARRIVED = "SELECT url FROM items JOIN stories USING (source, item_id) WHERE source = ?"
STORY = """Harbour talks enter round {number}

OSLO, March 2 (Meridian) - Talks between the port of Oslo and its dockers went into round {number} on Monday.

"We will come back {number} times if we must," said Ingrid Dahl, who speaks for the dockers.
"""


@dataclass
class Demo:
    """The endpoints, the Airflow, and when each story was put and seen."""

    home: Path
    port: int
    schedule: str
    put: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        """Where S3 and SQS are."""
        return f"http://127.0.0.1:{self.port + 1}"

    @contextlib.contextmanager
    def endpoints(self) -> Iterator[str]:
        """Start S3 and SQS with a bucket that tells a queue of new objects, and give the queue's URL."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port + 1)]
        with (self.home / "moto.log").open("ab") as out:
            server = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        try:
            yield self._bucket_and_queue()
        finally:
            server.kill()
            server.wait()

    def client(self, service: str) -> Any:
        """A client of the endpoints."""
        login: dict[str, Any] = {"aws_access_key_id": "demo", "aws_secret_access_key": "demo"}
        return boto3.client(service, endpoint_url=self.endpoint, region_name="us-east-1", **login)

    def _bucket_and_queue(self) -> str:
        for _ in range(240):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.endpoint}/moto-api/", timeout=5):
                break
            time.sleep(0.25)
        queue: str = self.client("sqs").create_queue(QueueName="landing")["QueueUrl"]
        store = self.client("s3")
        store.create_bucket(Bucket=BUCKET)
        told = {"QueueArn": "arn:aws:sqs:us-east-1:123456789012:landing", "Events": ["s3:ObjectCreated:*"]}
        store.put_bucket_notification_configuration(
            Bucket=BUCKET, NotificationConfiguration={"QueueConfigurations": [told]}
        )
        return queue

    def settings(self, queue: str) -> dict[str, str]:
        """The Airflow's settings: a source that reads the bucket, and the two connections that it needs."""
        sources = self.home / "sources"
        sources.mkdir(exist_ok=True)
        (sources / f"{SOURCE}.toml").write_text(
            TOML.format(queue=queue, schedule=self.schedule, endpoint=self.endpoint), "utf-8"
        )
        aws = {
            "login": "demo",
            "password": "demo",
            "extra": {"region_name": "us-east-1", "endpoint_url": self.endpoint},
        }
        return {
            **environment(self.home / "airflow", self.port),
            "AIRFLOW_CONN_NEWSWIRE_AWS": json.dumps({"conn_type": "aws", **aws}),
            "AIRFLOW_CONN_NEWSWIRE_DEMO": json.dumps({"conn_type": "generic", "login": "demo", "password": "demo"}),
            "NEWSWIRE_SOURCES": str(sources),
            "NEWSWIRE_DATA": str(self.home / "data"),
        }

    def put_stories(self, count: int, pause: float) -> None:
        """Put stories one after another."""
        store, day = self.client("s3"), datetime.now(UTC).date()
        for number in range(count):
            key = f"stories/{day}/{number:05}.txt"
            store.put_object(Bucket=BUCKET, Key=key, Body=STORY.format(number=number).encode())
            self.put[key] = time.time()
            time.sleep(pause)

    def watch(self, count: int, seconds: float) -> None:
        """Look into the published file until all stories are seen, or time is up."""
        published, deadline = self.home / "data" / "newswire.duckdb", time.monotonic() + seconds
        while len(self.seen) < count and time.monotonic() < deadline:
            if published.exists():
                with duckdb.connect(published, read_only=True) as db:
                    rows = db.execute(ARRIVED, [SOURCE]).fetchall()
                for (url,) in rows:
                    self.seen.setdefault(str(url).removeprefix(f"s3://{BUCKET}/"), time.time())
            time.sleep(0.2)

    def delays(self) -> list[float]:
        """Seconds from put to row, sorted."""
        return sorted(self.seen[key] - put for key, put in self.put.items() if key in self.seen)


def show(demo: Demo, chaos: Chaos | None) -> bool:
    """Print what came of it; whether all stories are there once."""
    with duckdb.connect(demo.home / "data" / "newswire.duckdb", read_only=True) as db:
        counted = db.execute("SELECT count(*), count(DISTINCT story_id) FROM stories").fetchone() or (0, 0)
    delays = demo.delays()
    if chaos:
        say(f"blows: {', '.join(f'{name} {times}' for name, times in chaos.blows.items())}")
    say(f"put {len(demo.put)}, rows {counted[0]}, stories {counted[1]}")
    if delays:
        say(
            f"seconds from put to row: median {statistics.median(delays):.1f}, "
            f"95th percentile {delays[int(0.95 * (len(delays) - 1))]:.1f}, longest {delays[-1]:.1f}"
        )
    return counted == (len(demo.put), len(demo.put))


def run(demo: Demo, asked: argparse.Namespace) -> bool:
    """The whole demonstration; whether nothing was lost."""
    with demo.endpoints() as queue:
        local = Airflow(demo.home / "airflow", demo.port, demo.settings(queue))
        chaos = Chaos(local, f"newswire_{SOURCE}.live", asked.every) if asked.chaos else None
        try:
            local.start()
            say(f"Airflow is ready: http://127.0.0.1:{demo.port}; putting {asked.stories} stories …")
            writer = threading.Thread(target=demo.put_stories, args=(asked.stories, asked.pause), daemon=True)
            writer.start()
            if chaos:
                chaos.start()
                writer.join()
                chaos.over.set()
                chaos.join()
            demo.watch(asked.stories, asked.patience)
            return show(demo, chaos)
        finally:
            say("stopping …")
            local.processes.stop()
            say("stopped")


def main() -> None:
    """Read the command line and run; exit with 1 when a story was lost or came twice."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--home", type=Path, default=ROOT / ".airflow" / "events-demo")
    parser.add_argument("--port", type=int, default=8085, help="the UI's; the next one is for S3 and SQS")
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two puts")
    parser.add_argument("--patience", type=float, default=300.0, help="seconds to wait for the last rows")
    parser.add_argument("--schedule", default="*/2 * * * *", help="when the sweep looks for what was missed")
    parser.add_argument("--chaos", action="store_true", help="kill and pause at random meanwhile")
    parser.add_argument("--every", type=float, default=8.0, help="seconds between two blows")
    asked = parser.parse_args()
    shutil.rmtree(asked.home, ignore_errors=True)
    (asked.home / "airflow").mkdir(mode=0o700, parents=True)
    good = False
    with contextlib.suppress(Stopped), stoppable():
        good = run(Demo(asked.home.resolve(), asked.port, asked.schedule), asked)
    raise SystemExit(not good)


if __name__ == "__main__":
    main()
