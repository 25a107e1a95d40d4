"""A real Airflow, as `make airflow` starts it: a backfill through the REST API, rows in DuckDB, a clean stop."""

import json
import shutil
import signal
import subprocess

import httpx
import psutil
import pytest
from airflow_home import ROOT, write_source, write_wire
from live import Live, free_ports, wait_for

from deploy.events import Demo

pytestmark = pytest.mark.timeout(600)

SOURCES = ("forwards", "backwards", "several")

# In how many sources each finding stands. The sources have one wire, so it is always in all of them.
SAME = """
SELECT DISTINCT sources FROM (
    SELECT * EXCLUDE source, count(DISTINCT source) AS sources FROM {table} GROUP BY ALL
)
"""
WRITTEN = """
SELECT stage, sum(written)::INT FROM runs WHERE source = 'several' AND day = '2026-03-02' GROUP BY 1 ORDER BY 1
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A bucket that tells a queue; its source is woken by the queue alone, as the clock rings once a year."""
    root = tmp_path_factory.mktemp("live")
    (root / "airflow").mkdir(mode=0o700)
    return Demo(root, free_ports(), "0 0 1 1 *")


@pytest.fixture(scope="module")
def live(demo):
    with demo.endpoints() as queue:
        settings = demo.settings(queue)
        for name in SOURCES:
            write_source(demo.home / "sources", name)
        write_wire(demo.home)
        started = Live(demo.home, demo.port, settings)
        try:
            started.wait_until_ready(SOURCES[-1])
            yield started
        finally:
            started.process.send_signal(signal.SIGTERM)
            started.process.communicate(timeout=60)


def test_backfills_in_any_order_give_the_same_rows(live):
    """Three at once, of one wire: forwards, backwards, several days at a time; with an empty day and a bad one."""
    live.backfill("forwards", "2026-03-01", "2026-03-03")
    live.backfill("backwards", "2026-03-02", "2026-03-03", run_backwards=True)
    live.backfill("several", "2026-03-02", "2026-03-04", max_active_runs=3)
    for source, count in (("forwards", 3), ("backwards", 2), ("several", 3)):
        live.wait_for_runs(source, count)
    good = {day: (day, "success") for day in ("2026-03-01", "2026-03-02", "2026-03-03")}
    assert live.runs("forwards") == [good["2026-03-01"], good["2026-03-02"], good["2026-03-03"]]
    assert live.runs("backwards") == [good["2026-03-03"], good["2026-03-02"]]
    assert sorted(live.runs("several")) == [good["2026-03-02"], good["2026-03-03"], ("2026-03-04", "failed")]
    assert live.rows("SELECT source, count(*) FROM stories GROUP BY 1 ORDER BY 1") == [
        ("backwards", 6),
        ("forwards", 6),
        ("several", 6),
    ]
    assert live.rows(SAME.format(table="statements")) == live.rows(SAME.format(table="mentions")) == [(3,)]


def test_an_object_in_a_bucket_starts_a_run(live, demo):
    """The queue wakes the source's DAG, and the stories are rows though nothing else would have looked."""
    demo.put_stories(3, 0)
    demo.watch(3, seconds=150)
    assert len(demo.delays()) == 3
    runs = live.api.get("/dags/newswire_bucket.live/dagRuns").json()["dag_runs"]
    assert "asset_triggered" in {run["run_type"] for run in runs}


def test_a_backfill_is_made_on_the_command_line(live):
    """By the launcher, with the settings of what it has started."""
    wait_for(lambda: not live.open_backfills("backwards"))
    command = "backfill create --dag-id newswire_backwards --from-date 2026-02-27 --to-date 2026-02-28"
    done = subprocess.run(
        live.launcher("--do", command), cwd=ROOT, env=live.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    wait_for(lambda: [state for day, state in live.runs("backwards") if day < "2026-03-01"] == ["success", "success"])


def test_a_backfill_is_made_by_clicking(live):
    """Trigger, Backfill, the first day and the last, Run Backfill: as docs/operations.md shows it."""
    browsers = pytest.importorskip("playwright.sync_api", reason="the browser test needs playwright")
    chromium = shutil.which("chromium") or pytest.skip("the browser test needs chromium")
    with (
        browsers.sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.set_default_timeout(120_000)
        page.goto(live.url)
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", json.loads((live.home / "passwords.json").read_text())["admin"])
        page.click("button[type=submit]")
        page.wait_for_url(f"{live.url}/")
        wait_for(lambda: not live.open_backfills("forwards"))
        page.goto(f"{live.url}/dags/newswire_forwards")
        page.click("text=Trigger")
        page.click("text=Run this Dag for a range of dates")
        for day in ("2026/02/27", "2026/02/28"):
            page.get_by_text("Select date and time").first.click()
            page.get_by_placeholder("YYYY/MM/DD").last.fill(day)
            page.get_by_placeholder("YYYY/MM/DD").last.press("Enter")
        page.wait_for_selector("text=2 runs will be triggered")
        page.get_by_role("button", name="Run Backfill").click()
        page.wait_for_selector("text=Backfill generated")
    wait_for(lambda: [state for day, state in live.runs("forwards") if day < "2026-03-01"] == ["success", "success"])


def test_what_a_backfill_takes_depends_on_what_has_run(live):
    """Missing runs, those and the failed ones, or all of them."""
    days = ("several", "2026-03-02", "2026-03-05")
    assert live.would_run(*days, reprocess_behavior="none") == ["2026-03-05"]
    assert live.would_run(*days, reprocess_behavior="failed") == ["2026-03-04", "2026-03-05"]
    assert len(live.would_run(*days, reprocess_behavior="completed")) == 4


def test_a_backfill_can_do_stages_over(live):
    """From enrich on, for a day that is done: enrich and load write it again, fetch and normalize do not."""
    live.backfill(
        "several", "2026-03-02", "2026-03-02", reprocess_behavior="completed", dag_run_conf={"redo_from": "enrich"}
    )
    live.wait_for_runs("several", 4)
    assert live.runs("several")[-1] == ("2026-03-02", "success")
    assert live.rows(WRITTEN) == [("enrich", 6), ("fetch", 3), ("load", 6), ("normalize", 3)]


def test_the_pages_show_a_batch_to_whoever_has_logged_in(live):
    """Every path answers 401 without a login; what the wire sent is escaped."""
    paths = [
        "/",
        "/several",
        "/several/2026-03-03",
        "/several/2026-03-03/abc",
        "/by-run?dag_id=newswire_several&run_id=x",
    ]
    assert {httpx.get(f"{live.url}/newswire{path}").status_code for path in paths} == {401}
    assert {httpx.get(f"{live.url}/newswire/{path}").status_code for path in ("docs", "openapi.json")} == {401}
    page = httpx.get(f"{live.url}/newswire/several/2026-03-03", headers=live.api.headers).text
    assert "1 refused" in page
    assert "empty-text" in page
    assert "Port &lt;i&gt;talks&lt;/i&gt; enter day 2" in page


def test_a_run_and_its_tasks_lead_to_their_batch(live):
    """The tab of a run goes to the batch's page; each task has two buttons, and its counts."""
    run = live.api.get("/dags/newswire_several/dagRuns", params={"partition_key_pattern": "2026-03-03"}).json()[
        "dag_runs"
    ][0]
    where = f"/dags/newswire_several/dagRuns/{run['dag_run_id']}/taskInstances/normalize"
    asked = {"dag_id": "newswire_several", "run_id": run["dag_run_id"]}
    tab = httpx.get(f"{live.url}/newswire/by-run", params=asked, headers=live.api.headers)
    assert tab.headers["location"] == "/newswire/several/2026-03-03"
    assert live.api.get(f"{where}/links").json()["extra_links"] == {
        "Batch": "/newswire/several/2026-03-03",
        "Rejects": "/newswire/several/2026-03-03#rejects",
    }
    report = live.api.get(f"{where}/xcomEntries/report").json()["value"]
    assert report == {"read": 4, "written": 3, "known": 0, "rejected": 1}


def test_it_is_there_for_its_owner_alone(live):
    """Nothing listens beyond loopback, and nobody else reads what it keeps."""
    children = psutil.Process(live.process.pid).children(recursive=True)
    listening = [each for child in children for each in child.net_connections("inet") if each.status == "LISTEN"]
    assert {each.laddr.ip for each in listening} == {"127.0.0.1"}
    assert oct(live.home.stat().st_mode)[-3:] == "700"
    assert {oct((live.home / name).stat().st_mode)[-3:] for name in ("passwords.json", "secrets.json")} == {"600"}


def test_ctrl_c_leaves_no_process(live):
    """The launcher says so, ends with 0, and nothing of its home runs on."""
    children = psutil.Process(live.process.pid).children(recursive=True)
    assert len(children) >= 4
    live.process.send_signal(signal.SIGINT)
    out, _ = live.process.communicate(timeout=60)
    assert out.splitlines()[-1] == "stopped"
    assert live.process.returncode == 0
    assert psutil.wait_procs(children, timeout=1)[1] == []
