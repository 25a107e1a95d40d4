"""The lake on S3: the same road, over HTTP, against a server of our own."""

import socket

import boto3
import pytest
from conftest import MONDAY, ninjs
from moto.server import ThreadedMotoServer

from pipeline import checks, stages
from pipeline.errors import StorageError
from pipeline.lake import Batch, Lake
from pipeline.workspace import Workspace

BATCH = Batch("desk", MONDAY)


@pytest.fixture(scope="module")
def server():
    """An empty S3 with one bucket."""
    moto = ThreadedMotoServer("127.0.0.1", port=0)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    """A bucket, and access to it in the environment."""
    for name, value in {
        "ACCESS_KEY_ID": "testing",
        "SECRET_ACCESS_KEY": "testing",
        "DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    store = boto3.resource("s3", endpoint_url=server)
    made = store.create_bucket(Bucket="wire")
    yield made
    made.objects.delete()
    made.delete()


@pytest.fixture
def lake(bucket, server):
    assert bucket.name == "wire"
    return Lake("s3://wire/lake", {"endpoint_override": server})


def test_a_walk_with_its_lake_on_s3_gives_the_tables_of_one_here(newsroom, lake):
    """Twice: the second run finds all known and writes nothing."""
    newsroom.put("2026-03-02/a.json", ninjs("a", '"We will go on," said Minister Amina Diallo in Nigeria.'))
    newsroom.put("2026-03-02/b.json", "{")
    newsroom.put("2026-03-02/c.json", ninjs("c"))
    newsroom.take(MONDAY, part_items=2)
    here = newsroom.tables()
    newsroom.database.unlink()
    newsroom.database.with_suffix(".writer.duckdb").unlink()
    assert [(each.written, each.rejected) for each in newsroom.take(MONDAY, part_items=2, lake=lake)] == [
        (3, 0),
        (2, 1),
        (2, 0),
        (3, 0),
    ]
    assert newsroom.tables() == here
    assert [(each.written, each.known) for each in newsroom.take(MONDAY, lake=lake)] == [(0, 3), (0, 3), (0, 2), (0, 3)]
    assert [finding for finding in checks.run_checks(newsroom.database) if finding.rows] == []


def test_the_lake_on_s3_is_laid_out_as_one_here(newsroom, lake, bucket):
    """Sources and days are told by the names of objects, and redo and forget take marks away."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    newsroom.take(MONDAY, lake=lake)
    assert (lake.sources(), lake.days("desk")) == (["desk"], [MONDAY])
    (part,) = lake.done("enrich", BATCH)
    assert f"lake/stories/source=desk/day=2026-03-02/{part}.parquet" in {each.key for each in bucket.objects.all()}
    assert stages.run("normalize", BATCH, newsroom.work(lake=lake), redo=True).written == 1
    assert lake.done("enrich", BATCH) == set()
    lake.forget(["desk"])
    assert (lake.done("fetch", BATCH), lake.done("normalize", BATCH)) == ({part}, set())


def test_the_settings_lead_to_s3(newsroom, server, bucket, monkeypatch):
    """By a path that begins with s3:// and the store's URL."""
    monkeypatch.setenv("NEWSWIRE_LAKE", "s3://wire/other/")
    monkeypatch.setenv("NEWSWIRE_S3_ENDPOINT", server)
    monkeypatch.setenv("NEWSWIRE_SOURCES", str(newsroom.toml()))
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    stages.run("fetch", BATCH, Workspace.from_env(data=newsroom.root))
    assert [each.key.split("/")[:2] for each in bucket.objects.filter(Prefix="other/items/")][-1] == ["other", "items"]


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_one_line(newsroom, server):
    """It names the object that could not be written."""
    newsroom.put("2026-03-02/a.json", ninjs("a"))
    with pytest.raises(StorageError, match=r"cannot \w+ nowhere/lake/") as error:
        newsroom.take(MONDAY, lake=Lake("s3://nowhere/lake", {"endpoint_override": server}))
    assert "\n" not in str(error.value).strip()


@pytest.mark.usefixtures("bucket")
def test_a_store_that_does_not_answer_is_one_line(newsroom):
    """It names what could not be read."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(StorageError, match=r"cannot \w+ wire/lake/"):
        newsroom.take(MONDAY, lake=Lake("s3://wire/lake", {"endpoint_override": nobody}))
