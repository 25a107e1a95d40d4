"""The way in of buckets, against an S3 server over HTTP and a proxy that does what networks do."""

import http.client
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from local_server import access, source
from moto.server import ThreadedMotoServer

from pipeline.errors import ConfigError, FetchError, Rejected
from pipeline.lake import Batch, Lake
from pipeline.stages import fetch
from pipeline.wire import s3
from pipeline.workspace import Workspace

pytestmark = pytest.mark.xdist_group("s3")
DAY = date(2026, 3, 2)
KEYS = 1205
SECRETS = {"desk": "AKIAEXAMPLE:not-a-real-secret"}


class Proxy:
    """Passes requests on to the store; `faults` is asked first, and may answer or break off."""

    def __init__(self, host, port):
        self.asked, self.faults = [], []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                proxy.asked.append(self.path)
                store = http.client.HTTPConnection(host, port)
                store.request("GET", self.path, headers=dict(self.headers))
                answer = store.getresponse()
                status, headers, body = answer.status, answer.getheaders(), answer.read()
                store.close()
                fault = proxy.faults.pop(0) if proxy.faults else None
                if fault == "busy":
                    status, headers = 503, [("Content-Type", "application/xml")]
                    body = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in {"transfer-encoding", "content-length", "connection", "date", "server"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if fault == "drop":
                    self.wfile.write(body[: len(body) // 2])
                    self.close_connection = True
                    return
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def store():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="y",
    )
    client.create_bucket(Bucket="wire")
    for number in range(KEYS):
        client.put_object(Bucket="wire", Key=f"flat/{number:04}.xml", Body=f"<story>{number}</story>".encode())
    for day in ("2026/03/01", "2026/03/02", "2026/03/03"):
        for name in ("a.xml", "b é+.xml", "c.jpg"):
            client.put_object(Bucket="wire", Key=f"afp/{day}/{name}", Body=f"{day} {name}".encode())
    client.put_object(Bucket="wire", Key="afp/notes/2026/readme.txt", Body=b"not a day")
    for key in ("dpa/20260301-1.xml", "dpa/20260302-1.xml", "dpa/20260302-2.xml", "dpa/20261399-1.xml"):
        client.put_object(Bucket="wire", Key=key, Body=key.encode())
    yield client, host, int(port)
    server.stop()


@pytest.fixture
def proxy(store):
    running = Proxy(store[1], store[2])
    yield running
    running.stop()


def where(proxy, **more):
    settings = {"kind": "s3", "bucket": "wire", "endpoint": proxy.url, "credential": "desk", "timeout_seconds": 5}
    return source(settings | more)


def test_a_thousand_keys_are_listed_page_by_page(proxy):
    """More keys than a page holds all come, in the store's order."""
    found = list(s3.fetch(where(proxy, prefix="flat/"), today(), access(SECRETS)))
    assert len(found) == 1205
    assert found[0].url == "s3://wire/flat/0000.xml"
    assert found[-1].url == "s3://wire/flat/1204.xml"
    assert len(proxy.asked) == 2


def test_a_key_is_named_by_its_address_and_etag(proxy):
    """Url, version, media type and bytes of a key."""
    delivery = next(iter(s3.fetch(where(proxy, prefix="afp/%Y/%m/%d/"), DAY, access(SECRETS))))
    assert delivery.url == "s3://wire/afp/2026/03/02/a.xml"
    assert delivery.etag == "c6f51d76002bdd5c9bc5a05696d6ba78"
    assert delivery.media_type in {"application/xml", "text/xml"}
    assert delivery.read() == b"2026/03/02 a.xml"


def test_a_day_in_the_prefix_is_listed_by_the_store(proxy):
    """The store is asked for the one day's keys, and no other is looked at."""
    found = list(s3.fetch(where(proxy, prefix="afp/%Y/%m/%d/", glob="*.xml"), DAY, access(SECRETS)))
    assert [delivery.url for delivery in found] == [
        "s3://wire/afp/2026/03/02/a.xml",
        "s3://wire/afp/2026/03/02/b%20%C3%A9%2B.xml",
    ]
    assert [parse_qs(urlsplit(path).query)["prefix"] for path in proxy.asked] == [["afp/2026/03/02/"]]
    assert found[1].read() == "2026/03/02 b é+.xml".encode()


def test_the_days_in_keys_are_found_folder_by_folder(proxy):
    """The days come from the names of folders, without listing a key."""
    assert s3.days(where(proxy, prefix="afp/%Y/%m/%d/"), access(SECRETS)) == [
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 3),
    ]
    assert all(parse_qs(urlsplit(path).query).get("delimiter") == ["/"] for path in proxy.asked)


def test_the_day_may_stand_in_the_name_of_a_key(proxy):
    """A day that does not end at a slash is found too; 13 is no month."""
    told = where(proxy, prefix="dpa/%Y%m%d-")
    assert s3.days(told, access(SECRETS)) == [date(2026, 3, 1), date(2026, 3, 2)]
    assert len(list(s3.fetch(told, DAY, access(SECRETS)))) == 2


def today():
    return datetime.now(UTC).date()


def test_without_a_day_in_its_key_a_delivery_is_of_the_day_it_was_put_there(proxy):
    """LastModified tells the day."""
    told = where(proxy, prefix="dpa/")
    assert s3.days(told, access(SECRETS)) == [today()]
    assert list(s3.fetch(told, today() - timedelta(days=1), access(SECRETS))) == []


def test_a_busy_store_is_asked_again(proxy):
    """SlowDown answers to the listing and to a key pass."""
    proxy.faults = ["busy", None, "busy"]
    found = list(s3.fetch(where(proxy, prefix="dpa/%Y%m%d-"), DAY, access(SECRETS)))
    assert found[0].read() == b"dpa/20260302-1.xml"
    assert len(proxy.asked) == 4


def test_a_store_that_stays_busy_fails_in_words(proxy):
    """After as many tries as the source allows, the batch fails and may be run again."""
    proxy.faults = ["busy"] * 10
    with pytest.raises(FetchError, match="s3://wire: SlowDown"):
        list(s3.fetch(where(proxy, prefix="dpa/", attempts=2), today(), access(SECRETS)))
    assert len(proxy.asked) == 2


def test_a_body_that_breaks_off_is_read_again(proxy):
    """Half an object is none: a connection dropped in the middle of a body is made anew."""
    (delivery, *_) = s3.fetch(where(proxy, prefix="dpa/%Y%m%d-"), DAY, access(SECRETS))
    proxy.faults = ["drop"]
    assert delivery.read() == b"dpa/20260302-1.xml"
    assert len(proxy.asked) == 3


def test_a_body_that_breaks_off_every_time_fails(proxy):
    """It is an error of the wire, not half a story."""
    (delivery, *_) = s3.fetch(where(proxy, prefix="dpa/%Y%m%d-", attempts=2), DAY, access(SECRETS))
    proxy.faults = ["drop"] * 5
    with pytest.raises(FetchError, match=r"s3://wire/dpa/20260302-1\.xml"):
        delivery.read()


def test_a_key_that_changes_while_it_is_read_is_left_for_the_next_run(proxy, store):
    """What is read is the version that was listed, or nothing."""
    store[0].put_object(Bucket="wire", Key="new/1.xml", Body=b"first")
    (delivery,) = s3.fetch(where(proxy, prefix="new/"), today(), access(SECRETS))
    store[0].put_object(Bucket="wire", Key="new/1.xml", Body=b"second")
    with pytest.raises(FetchError, match="changed while it was read"):
        delivery.read()


def test_a_key_that_is_too_large_is_refused_without_reading_it(proxy):
    """The size in the listing is enough."""
    (delivery, *_) = s3.fetch(where(proxy, prefix="dpa/%Y%m%d-"), DAY, access(SECRETS, max_bytes=5))
    with pytest.raises(Rejected, match="18 bytes; at most 5"):
        delivery.read()
    assert len(proxy.asked) == 1


def test_no_such_bucket_is_an_error_of_the_settings(proxy):
    """It says what to check, and is not tried again."""
    with pytest.raises(ConfigError, match="no such bucket"):
        s3.days(where(proxy, bucket="nowhere"), access(SECRETS))
    assert len(proxy.asked) == 1


def test_a_store_that_is_not_there_fails_in_words():
    """A refused connection names the bucket."""
    told = source(
        {"kind": "s3", "bucket": "wire", "endpoint": "http://127.0.0.1:9", "credential": "desk", "attempts": 1}
    )
    with pytest.raises(FetchError, match="s3://wire: EndpointConnectionError"):
        s3.days(told, access(SECRETS))


@pytest.mark.parametrize("prefix", ["a/%Y/", "a/%Y/%m/%d/%H/", "a/%Y%j"])
def test_half_a_day_in_a_prefix_is_refused(prefix):
    """A prefix names a whole day or none."""
    with pytest.raises(ValueError, match="a prefix has all of %Y, %m and %d"):
        source({"kind": "s3", "bucket": "wire", "prefix": prefix})


def test_a_bucket_is_fetched_once(proxy, tmp_path):
    """A second run knows every key by its ETag and reads none of them."""
    work = Workspace(
        lake=Lake(str(tmp_path)),
        database=tmp_path / "x",
        sources={"desk": where(proxy, prefix="dpa/%Y%m%d-", glob="*")},
        secret=access(SECRETS).secret,
    )
    assert fetch(Batch("desk", DAY), work).written == 2
    proxy.asked.clear()
    report = fetch(Batch("desk", DAY), work)
    assert (report.written, report.known) == (0, 2)
    assert len(proxy.asked) == 1
