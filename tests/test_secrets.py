"""A credential's value is shown to its own server, and to nobody else."""

import logging
import traceback
from datetime import date

import pytest
from local_server import access, serving, source

from pipeline.errors import ConfigError, PipelineError
from pipeline.lake import Batch, Lake
from pipeline.sources import read_source
from pipeline.stages import fetch
from pipeline.wire import feed, http, s3
from pipeline.wire.urls import clean_url
from pipeline.workspace import Workspace, secret_in_env

TODAY = date(2026, 3, 2)
SECRET = "hunter2-Zm9vYmFy"
BODY = b"<rss version='2.0'><channel><title>Desk</title><item><title>Rain</title></item></channel></rss>"


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def silence(caplog):
    """Whatever a test logs, also by the libraries underneath, must not hold the secret."""
    caplog.set_level(logging.DEBUG)
    yield
    assert SECRET not in "\n".join(record.getMessage() for record in caplog.get_records("call"))


def told(server, sent_as="bearer", field=None, path="/feed", **more):
    credential = {"name": "desk", "sent_as": sent_as, **({"field": field} if field else {})}
    return source({"kind": "feed", "url": server.url + path, "credential": credential, "attempts": 1, **more})


@pytest.mark.parametrize(
    ("sent_as", "field", "header", "value"),
    [
        ("bearer", None, "Authorization", f"Bearer {SECRET}"),
        ("basic", None, "Authorization", "Basic aHVudGVyMi1abTl2WW1GeQ=="),
        ("header", "X-Api-Key", "X-Api-Key", SECRET),
    ],
)
def test_a_credential_is_sent_as_the_server_wants_it(server, sent_as, field, header, value):
    """Bearer, basic and a header of its own."""
    server.pages["/feed"] = (200, {}, BODY)
    list(feed.fetch(told(server, sent_as, field), TODAY, access({"desk": SECRET})))
    assert server.asked[0][1][header] == value


def test_a_credential_in_the_query_is_not_in_the_stored_url(server):
    """The server sees the parameter; the delivery's url and the notes do not have it."""
    server.pages[f"/feed?section=world&subscriber={SECRET}"] = (200, {}, BODY)
    memory = {}
    given = access({"desk": SECRET}, memory)
    (delivery,) = feed.fetch(told(server, "query", "subscriber", "/feed?section=world"), TODAY, given)
    assert delivery.url == server.url + "/feed?section=world"
    assert SECRET not in f"{memory} {given!r} {delivery!r}"


def test_a_credential_stays_with_its_host(server):
    """A redirect to another host is followed without it."""
    with serving() as other:
        server.pages["/feed"] = (302, {"Location": other.url + "/feed"}, b"")
        other.pages["/feed"] = (200, {}, BODY)
        list(feed.fetch(told(server), TODAY, access({"desk": SECRET})))
        assert "Authorization" in server.asked[0][1]
        assert "Authorization" not in other.asked[0][1]


@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.parametrize(("sent_as", "field"), [("query", "subscriber"), ("header", "X-Api-Key"), ("basic", None)])
def test_an_error_does_not_tell_the_secret(server, status, sent_as, field):
    """Neither the message nor the trace of a failed request holds it."""
    server.pages["/feed"] = server.pages[f"/feed?subscriber={SECRET}"] = (status, {"Retry-After": "0"}, b"")
    with pytest.raises(PipelineError) as failed:
        list(feed.fetch(told(server, sent_as, field), TODAY, access({"desk": SECRET})))
    assert SECRET not in "".join(traceback.format_exception(failed.value))


def test_a_server_that_redirects_with_the_secret_is_not_noted(server):
    """A new address that repeats the secret is neither remembered nor shown."""
    server.pages[f"/feed?subscriber={SECRET}"] = (301, {"Location": f"/new?subscriber={SECRET}"}, b"")
    server.pages[f"/new?subscriber={SECRET}"] = (200, {}, BODY)
    memory = {}
    (delivery,) = feed.fetch(told(server, "query", "subscriber"), TODAY, access({"desk": SECRET}, memory))
    assert SECRET not in f"{memory} {delivery.url}"


def test_links_that_carry_a_secret_are_stored_without_it(server):
    """A signed link of an index works, and its signature is not kept."""
    server.pages["/index"] = (200, {}, f'[{{"href": "/1?X-Amz-Signature={SECRET}&part=2"}}]'.encode())
    server.pages[f"/1?X-Amz-Signature={SECRET}&part=2"] = (200, {}, b"story")
    index = source({"kind": "http", "url": server.url + "/index", "link": "href"})
    (delivery,) = http.fetch(index, TODAY, access())
    assert delivery.url == server.url + "/1?part=2"
    assert delivery.read() == b"story"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://user:hunter2@host:8443/a?b=1#c", "https://host:8443/a?b=1"),
        ("https://host/a?api_key=x&b=1&access_token=y", "https://host/a?b=1"),
        ("https://host/a?apikey=x", "https://host/a"),
        ("https://host/a?monkey=x&keyword=y&author=z", "https://host/a?monkey=x&keyword=y&author=z"),
        ("https://host/a?X-Amz-Credential=x&X-Amz-Security-Token=z&X-Amz-Date=y", "https://host/a?X-Amz-Date=y"),
        ("https://host/a?q=%C3%A9+b", "https://host/a?q=%C3%A9+b"),
    ],
)
def test_a_url_is_stored_without_user_and_secret_parameters(url, clean):
    """What names no secret stays as it is, to the letter."""
    assert clean_url(url) == clean


@pytest.mark.parametrize(
    "where",
    [
        'url = "https://user:hunter2-Zm9vYmFy@host/feed"',
        'url = "https://host/feed?api_key=hunter2-Zm9vYmFy"',
        'url = "https://host/feed"\nheaders = { Authorization = "Bearer hunter2-Zm9vYmFy" }',
        'url = "https://host/feed"\nheaders = { X-Api-Key = "hunter2-Zm9vYmFy" }',
        'url = "https://host/feed"\ncredential = "hunter2-Zm9vYmFy"',
        'url = "https://host/feed"\npassword = "hunter2-Zm9vYmFy"',
    ],
)
def test_a_toml_with_a_secret_in_it_is_refused_without_repeating_it(tmp_path, where):
    """The file and the setting are named, the value is not."""
    path = tmp_path / "desk.toml"
    path.write_text(f'title = "Desk"\n[where]\nkind = "feed"\n{where}\n')
    with pytest.raises(ConfigError, match=r"desk\.toml: .*where") as refused:
        read_source(path)
    assert SECRET not in "".join(traceback.format_exception_only(refused.value))


def test_a_credential_is_found_by_its_name(monkeypatch):
    """NEWSWIRE_CREDENTIAL_<NAME> holds it; its repr does not show it."""
    monkeypatch.setenv("NEWSWIRE_CREDENTIAL_DESK", SECRET)
    found = secret_in_env("desk")
    assert found.get_secret_value() == SECRET
    assert SECRET not in f"{found} {found!r}"


def test_a_credential_that_is_not_there_is_named(monkeypatch):
    """The message says which variable to set."""
    monkeypatch.delenv("NEWSWIRE_CREDENTIAL_DESK", raising=False)
    with pytest.raises(ConfigError, match="set NEWSWIRE_CREDENTIAL_DESK"):
        secret_in_env("desk")


def test_a_credential_of_a_store_that_is_half_is_named():
    """An S3 credential without its second half is refused, and not shown."""
    bucket = source({"kind": "s3", "bucket": "wire", "credential": "desk"})
    with pytest.raises(ConfigError, match="credential 'desk'") as refused:
        s3.days(bucket, access({"desk": SECRET}))
    assert SECRET not in str(refused.value)


def test_no_file_of_a_run_holds_the_secret(server, tmp_path):
    """After a whole fetch, the lake and what was noted are clean."""
    server.pages[f"/feed?subscriber={SECRET}"] = (200, {"ETag": '"v1"'}, BODY)
    desk = told(server, "query", "subscriber")
    given = access({"desk": SECRET})
    work = Workspace(
        lake=Lake(str(tmp_path)), database=tmp_path / "x", sources={"desk": desk}, now=given.now, secret=given.secret
    )
    assert fetch(Batch("desk", TODAY), work).written == 1
    assert work.lake.recall("desk") == {"url": server.url + "/feed", "etag": '"v1"'}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_the_store_client_does_not_tell_the_secret():
    """What the S3 client logs and raises, down to its requests, holds no secret key."""
    told = {"kind": "s3", "bucket": "wire", "endpoint": "http://127.0.0.1:9", "credential": "desk", "attempts": 1}
    with pytest.raises(PipelineError) as failed:
        s3.days(source(told), access({"desk": f"AKIAEXAMPLE:{SECRET}"}))
    assert SECRET not in "".join(traceback.format_exception(failed.value))
