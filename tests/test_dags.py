"""The DAGs: that they parse lightly, keep the policies, and walk a source into DuckDB in-process."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import duckdb
import pytest
from airflow_home import ROOT, environment, write_source, write_wire

# One worker has the Airflow database.
pytestmark = pytest.mark.xdist_group("airflow")

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


def test_a_hundred_sources_parse_in_two_seconds_and_load_nothing_heavy(tmp_path):
    """Importing the DAG folder reads no network, and neither Arrow, DuckDB, the model nor an AWS client."""
    for number in range(100):
        write_source(tmp_path / "sources", f"source_{number:03}")
    done = subprocess.run(
        [sys.executable, "-c", PARSE, str(ROOT / "dags")],
        env={**os.environ, **environment(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    parsed = json.loads(done.stdout.splitlines()[-1])
    assert parsed["errors"] == {}
    assert parsed["dags"] == 101  # and the checks
    assert parsed["seconds"] < 2
    assert not {"pyarrow", "duckdb", "numpy", "onnxruntime", "boto3"} & set(parsed["modules"])


def test_every_dag_keeps_the_policies(bag):
    """Retries with backoff, loads one at a time, enrich mapped, no catching up, documented."""
    assert bag.import_errors == {}
    for dag in bag.dags.values():
        assert not dag.catchup
        assert dag.doc_md
    for name in bag.dags.keys() - {"newswire_checks"}:
        dag = bag.dags[name]
        assert all(task.retries >= 3 and task.retry_exponential_backoff == 2 for task in dag.tasks)
        assert [task.task_id for task in dag.tasks if task.pool == "warehouse"] == ["load"]
        assert dag.get_task("enrich").is_mapped
        assert [task.task_id for task in dag.topological_sort()] == ["fetch", "normalize", "enrich", "load"]


def test_assets_are_named_after_what_they_hold(dag):
    """The asset graph reads as the pipeline."""
    assert [task.outlets[0].uri for task in dag.tasks] == [
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
    (home / "sources" / "quiet.toml").write_text(quiet)
    try:
        checked = bag.dags["newswire_checks"].test(logical_date=None)
    finally:
        (home / "sources" / "quiet.toml").unlink()
    assert states(checked) == {("rules", -1): "success", ("silence", -1): "failed"}
    (told,) = webhook
    assert told["text"].startswith(
        "newswire_checks: silence failed: quiet has never sent anything; at most 1 days 0 hours is normal\n"
    )
