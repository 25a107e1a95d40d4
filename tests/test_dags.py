"""The DAGs: that they parse lightly, keep the policies, and walk a source into DuckDB in-process."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import duckdb
import pytest
from airflow_home import ROOT, environment, write_source, write_story, write_wire

from pipeline import stages
from pipeline.lake import Batch
from pipeline.sources import load_sources
from pipeline.workspace import Workspace

QUEUE = "https://sqs.eu-north-1.amazonaws.com/123456789012/landing"

PARSE = """
import json, socket, sys, time
from airflow.dag_processing.dagbag import DagBag

def refuse(*_):
    raise OSError("parsing reaches for the network")

socket.socket.connect = refuse
before = set(sys.modules)
started = time.perf_counter()
bag = DagBag(dag_folder=sys.argv[1])
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "errors": bag.import_errors,
    "dags": len(bag.dags),
    "modules": sorted(set(sys.modules) - before),
}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A scratch home with one source of three days; Airflow reads its settings when first imported."""
    root = tmp_path_factory.mktemp("airflow")
    write_source(root / "sources", "desk")
    write_source(root / "sources", "polled", wire="polled", more='schedule = "*/10 * * * *"')
    (root / "polled").mkdir()
    write_wire(root)
    os.environ.update(environment(root))
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    initdb()
    Pool.create_or_update_pool("warehouse", 1, "one writer", include_deferred=False)
    return root


@pytest.fixture(autouse=True)
def _settings(home, monkeypatch):
    """For each test again: what surrounds the tests is kept from them."""
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def bag(home):
    from airflow.dag_processing.dagbag import DagBag

    os.environ.update(environment(home))
    return DagBag(dag_folder=str(ROOT / "dags"))


@pytest.fixture
def dag(bag):
    return bag.dags["newswire_desk"]


class Webhook(list):
    """What was posted to it, and the status that it answers with."""

    status = 200


@pytest.fixture
def webhook(monkeypatch):
    """A webhook on loopback, and Airflow's connection to it."""
    posted = Webhook()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(posted.status)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = {"conn_type": "generic", "password": f"http://127.0.0.1:{server.server_port}/hook"}
        monkeypatch.setenv("AIRFLOW_CONN_NEWSWIRE_ALERTS", json.dumps(connection))
        yield posted
        server.shutdown()


def rows(home, sql):
    with duckdb.connect(home / "data" / "newswire.duckdb", read_only=True) as db:
        return db.execute(sql).fetchall()


def run(dag, day, **conf):
    return dag.test(run_after=datetime.fromisoformat(f"{day}T12:00:00+00:00"), logical_date=None, run_conf=conf)


def states(run_of):
    return {(each.task_id, each.map_index): each.state for each in run_of.get_task_instances()}


def parse(home):
    """What a fresh process finds in the DAG folder."""
    done = subprocess.run(
        [sys.executable, "-c", PARSE, str(ROOT / "dags")],
        env={**os.environ, **environment(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_hundred_sources_parse_in_two_seconds_and_load_nothing_heavy(tmp_path):
    """Importing the DAG folder reads no network, and neither Arrow, DuckDB, the model nor an AWS client."""
    for number in range(100):
        write_source(tmp_path / "sources", f"source_{number:03}", more=f'queue = "{QUEUE}"')
    parsed = parse(tmp_path)
    assert parsed["errors"] == {}
    assert parsed["dags"] == 202  # two for each, the checks and the upkeep
    assert parsed["seconds"] < 2
    assert not {"pyarrow", "duckdb", "numpy", "onnxruntime", "boto3"} & set(parsed["modules"])


def test_a_broken_source_is_an_import_error_and_costs_no_other_source_its_dags(tmp_path):
    """Its TOML is named at the top of the list of DAGs; those of the others are there."""
    write_source(tmp_path / "sources", "sound")
    (tmp_path / "sources" / "broken.toml").write_text("title = unquoted", "utf-8")
    parsed = parse(tmp_path)
    (where, error), *more = parsed["errors"].items()
    assert more == []
    assert where.endswith("newswire_sources.py")
    assert "broken.toml: not TOML" in error
    assert parsed["dags"] == 3  # the sound one's, the checks and the upkeep


def test_every_dag_keeps_the_policies(bag):
    """Retries with backoff, loads one at a time, enrich mapped, no catching up, documented."""
    assert bag.import_errors == {}
    for dag in bag.dags.values():
        assert not dag.catchup
        assert dag.doc_md
        if dag.dag_id in {"newswire_checks", "newswire_tidy"} or dag.dag_id.endswith(".live"):
            continue
        assert all(task.retries >= 3 and task.retry_exponential_backoff == 2 for task in dag.tasks)
        assert [task.task_id for task in dag.tasks if task.pool == "warehouse"] == ["load"]
        assert dag.get_task("enrich").is_mapped
        assert [task.task_id for task in dag.topological_sort()] == ["fetch", "normalize", "enrich", "load"]


def test_assets_are_named_after_what_they_hold(dag):
    """The asset graph reads as the pipeline."""
    assert [task.outlets[0].name for task in dag.tasks] == [
        "newswire://desk/items",
        "newswire://desk/stories",
        "newswire://desk/findings",
        "newswire://desk/warehouse",
    ]


def test_a_backfill_has_a_key_for_each_day(dag):
    """From the first day to the last, both included, as the scheduler's copy of the DAG counts."""
    from airflow.serialization.serialized_objects import DagSerialization

    copy = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
    infos = copy.timetable.iter_partition_dagrun_infos(
        earliest=datetime(2026, 2, 27, tzinfo=UTC), latest=datetime(2026, 3, 2, tzinfo=UTC)
    )
    assert [info.partition_key for info in infos] == ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]


def test_a_day_walks_into_duckdb_and_can_be_enriched_again(home, dag):
    """A second run finds all known; one that redoes from enrich does enrich and load over."""
    assert run(dag, "2026-03-02").state == "success"
    assert rows(home, "SELECT day::VARCHAR, count(*) FROM stories GROUP BY 1") == [("2026-03-02", 3)]
    assert states(run(dag, "2026-03-02"))["enrich", -1] == "skipped"
    again = states(run(dag, "2026-03-02", redo_from="enrich"))
    assert again["enrich", 0] == again["load", -1] == "success"
    runs = rows(home, "SELECT stage, sum(written)::INT FROM runs WHERE day = '2026-03-02' GROUP BY 1 ORDER BY 1")
    assert runs == [("enrich", 6), ("fetch", 3), ("load", 6), ("normalize", 3)]


def test_a_day_without_stories_is_a_success(dag):
    """There is nothing to enrich, and the load finds nothing."""
    assert run(dag, "2026-03-01").state == "success"


def test_a_day_of_which_every_item_is_refused_fails_but_its_rejects_are_loaded(home, dag):
    """Normalize fails without a retry, and load says that the day is incomplete."""
    failed = run(dag, "2026-03-04")
    assert failed.state == "failed"
    assert states(failed)["normalize", -1] == states(failed)["load", -1] == "failed"
    assert rows(home, "SELECT stage, reason FROM rejects WHERE day = '2026-03-04'") == [("normalize", "empty-text")]


def test_what_has_arrived_is_loaded_once(home, bag):
    """Whatever day it is of, and though a run before was killed after it had fetched; then nothing is new."""
    dag = bag.dags["newswire_polled.live"]
    wire = home / "polled"
    write_story(wire / "2026-03-02" / "one.txt", "One", 'OSLO, March 2 (Meridian) - "We go on," said Ana Reis.')
    write_story(wire / "2026-03-05" / "two.txt", "Two", 'OSLO, March 5 (Meridian) - "We stop," said Ana Reis.')
    work = Workspace.from_env()
    stages.run("fetch", Batch("polled", date(2026, 3, 5)), work)
    assert states(dag.test(logical_date=None)) == {("arrive", -1): "success", ("load", -1): "success"}
    counted = "SELECT day::VARCHAR, count(*) FROM stories WHERE source = 'polled' GROUP BY 1 ORDER BY 1"
    assert rows(home, counted) == [("2026-03-02", 1), ("2026-03-05", 1)]
    assert states(dag.test(logical_date=None)) == {("arrive", -1): "skipped", ("load", -1): "skipped"}
    write_story(wire / "2026-03-02" / "three.txt", "Three", 'OSLO, March 2 (Meridian) - "We turn," said Ana Reis.')
    assert dag.test(logical_date=None).state == "success"
    assert rows(home, counted) == [("2026-03-02", 2), ("2026-03-05", 1)]


def test_a_source_with_a_queue_wakes_by_it_and_by_the_clock(home):
    """The trigger is Airflow's own on SQS, with no secret among its arguments; the clock is there in any case."""
    from airflow.serialization.encoders import encode_trigger
    from landing import schedule_of

    write_source(home / "queued", "queued", more=f'queue = "{QUEUE}"')
    schedule = schedule_of(load_sources(home / "queued")["queued"])
    assert schedule.timetable.expression == "*/5 * * * *"
    (asset,) = schedule.asset_condition.objects
    assert asset.name == "newswire://queued/landing"
    assert encode_trigger(asset.watchers[0].trigger) == {
        "classpath": "airflow.providers.amazon.aws.triggers.sqs.SqsSensorTrigger",
        "kwargs": {
            "sqs_queue": QUEUE,
            "aws_conn_id": "newswire_aws",
            "max_messages": 10,
            "num_batches": 1,
            "wait_time_seconds": 2,
            "waiter_delay": 1,
        },
    }


def test_a_notice_tells_which_days_to_look_at(home):
    """The days in its keys, with today and yesterday; without a notice all are looked at."""
    from landing import days_to_look_at

    del home
    body = json.dumps({"Records": [{"s3": {"object": {"key": "wire/2026/03/02/a+story%21.xml"}}}]})
    event = SimpleNamespace(
        extra={"payload": {"message_batch": [{"Body": body}, {"Body": '{"Event": "s3:TestEvent"}'}]}}
    )
    dag_run = SimpleNamespace(run_after=datetime(2026, 3, 10, tzinfo=UTC))
    told = {"dag_run": dag_run, "triggering_asset_events": {"landing": [event]}}
    assert days_to_look_at(told) == {date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)}
    assert days_to_look_at({"dag_run": dag_run, "triggering_asset_events": {}}) is None


def test_a_credential_is_a_connection_of_airflow(home, monkeypatch):
    """Its password, with its login before it where there is one; without a connection, the environment's."""
    from newswire_workspace import secret_of

    del home
    monkeypatch.setenv("AIRFLOW_CONN_NEWSWIRE_DESK", '{"conn_type": "generic", "login": "key", "password": "s3cret"}')
    monkeypatch.setenv("AIRFLOW_CONN_NEWSWIRE_TOKEN", '{"conn_type": "generic", "password": "t0ken"}')
    monkeypatch.setenv("NEWSWIRE_CREDENTIAL_OTHER", "from outside")
    assert [secret_of(name).get_secret_value() for name in ("desk", "token", "other")] == [
        "key:s3cret",
        "t0ken",
        "from outside",
    ]


def test_a_failure_calls_the_webhook_once_with_its_reason(dag, webhook):
    """Normalize tells why; load, which fails after it, keeps still."""
    run(dag, "2026-03-04", redo_from="normalize")
    (told,) = webhook
    assert (told["kind"], told["dag"]) == ("failure", "newswire_desk")
    assert told["text"].startswith(
        "newswire_desk: normalize failed: desk 2026-03-04: all 1 items were rejected: see the table `rejects` for why\n"
    )


def test_a_day_of_which_much_is_refused_calls_the_webhook(dag, webhook):
    """One in four is more than the fifth that the source allows; the run goes on."""
    assert run(dag, "2026-03-03").state == "success"
    (told,) = webhook
    assert told["kind"] == "rejects"
    assert told["text"].startswith("newswire_desk: desk 2026-03-03: normalize refused 1 of 4 new items\n")


def test_a_webhook_that_answers_badly_fails_nothing(dag, webhook):
    """It is logged, without its URL."""
    webhook.status = 500
    assert run(dag, "2026-03-03", redo_from="normalize").state == "success"


def test_the_checks_find_a_quiet_source(home, bag, webhook):
    """The rules hold; a source that promised a story a day and has sent none is named."""
    quiet = 'title = "Quiet"\nquiet_after = "P1D"\n[where]\nkind = "folder"\npath = "."\n'
    run(bag.dags["newswire_desk"], "2026-03-02")
    (home / "sources" / "quiet.toml").write_text(quiet)
    try:
        checked = bag.dags["newswire_checks"].test(logical_date=None)
    finally:
        (home / "sources" / "quiet.toml").unlink()
    assert states(checked) == {("rules", -1): "success", ("silence", -1): "failed"}
    (told,) = webhook
    assert told["text"].startswith(
        "newswire_checks: silence failed: quiet: never heard of; silence is normal for 1 day, 0:00:00 (quiet_after)\n"
    )


def test_a_file_needs_no_tidying(bag):
    """The weekly task says so and is skipped; a DuckLake's is tried in test_lakehouse.py."""
    tidied = bag.dags["newswire_tidy"].test(logical_date=None)
    assert states(tidied) == {("tidy", -1): "skipped"}
