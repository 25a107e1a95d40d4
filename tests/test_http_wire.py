"""The way in of news APIs: an index in JSON, page by page."""

import json
from datetime import date

import pytest
from local_server import access, serving, source

from pipeline.errors import ConfigError, FetchError, Rejected
from pipeline.wire import http

TODAY = date(2026, 3, 2)


@pytest.fixture
def server():
    with serving() as running:
        yield running


def where(server, path="/v1/stories", **more):
    return source({"kind": "http", "url": server.url + path, "timeout_seconds": 2, "attempts": 2, **more})


def page(**content):
    return (200, {"Content-Type": "application/json"}, json.dumps(content).encode())


PAGED = {"entries": "data.items", "id": "id", "version": "updated", "cursor": "meta.next", "cursor_parameter": "after"}


def two_pages(server):
    server.pages["/v1/stories"] = page(
        data={"items": [{"id": "a1", "updated": 1, "body": "One."}, {"id": "a2", "updated": 1, "body": "Two."}]},
        meta={"next": "c2"},
    )
    server.pages["/v1/stories?after=c2"] = page(data={"items": [{"id": "a3", "updated": 7}]}, meta={"next": "c3"})
    server.pages["/v1/stories?after=c3"] = page(data={"items": []}, meta={"next": "c3"})


def test_every_page_is_brought_entry_by_entry(server):
    """Entries inline are deliveries: url from the id, version as told, bytes as sorted JSON."""
    two_pages(server)
    found = list(http.fetch(where(server, **PAGED), TODAY, access()))
    assert [delivery.url.removeprefix(server.url) for delivery in found] == [
        "/v1/stories#a1",
        "/v1/stories#a2",
        "/v1/stories#a3",
    ]
    assert [delivery.etag for delivery in found] == ["1", "1", "7"]
    assert found[0].read() == b'{"body": "One.", "id": "a1", "updated": 1}'
    assert found[0].media_type == "application/json"


def test_an_index_that_only_grows_is_gone_on_with(server):
    """With go_on the cursor that was reached is noted, and the next run begins there."""
    two_pages(server)
    memory = {}
    told = where(server, **PAGED, go_on=True)
    assert len(list(http.fetch(told, TODAY, access(memory=memory)))) == 3
    assert memory == {"url": server.url + "/v1/stories", "cursor": "c3"}
    assert list(http.fetch(told, TODAY, access(memory=memory))) == []
    assert server.paths()[-1] == "/v1/stories?after=c3"
    assert memory["cursor"] == "c3"


def test_a_cursor_that_the_server_forgot_costs_work_alone(server):
    """When the noted cursor is refused, the index is read from the start."""
    two_pages(server)
    server.pages["/v1/stories?after=old"] = (410, {}, b"")
    memory = {"url": server.url + "/v1/stories", "cursor": "old"}
    assert len(list(http.fetch(where(server, **PAGED, go_on=True), TODAY, access(memory=memory)))) == 3


def test_a_cursor_may_be_the_next_url(server):
    """Without a parameter, the cursor is a URL, also a relative one; its end is null."""
    server.pages["/v1/stories"] = page(items=[{"id": 1}], next="/v1/stories?page=2")
    server.pages["/v1/stories?page=2"] = page(items=[{"id": 2}], next=None)
    found = list(http.fetch(where(server, entries="items", id="id", cursor="next"), TODAY, access()))
    assert [json.loads(delivery.read()) for delivery in found] == [{"id": 1}, {"id": 2}]


def test_a_cursor_that_leads_back_ends(server):
    """A page that was read is not read again."""
    server.pages["/v1/stories"] = page(items=[{"id": 1}], next="/v1/stories")
    assert len(list(http.fetch(where(server, entries="items", cursor="next"), TODAY, access()))) == 1


def test_an_index_without_end_fails(server):
    """More pages than max_pages are an error, so that nothing is left out in silence."""
    for number in range(5):
        server.pages[f"/v1/stories?p={number}"] = page(items=[number], next=f"/v1/stories?p={number + 1}")
    with pytest.raises(FetchError, match="more than 3 pages"):
        list(http.fetch(where(server, "/v1/stories?p=0", entries="items", cursor="next", max_pages=3), TODAY, access()))


def test_links_are_read_when_they_are_needed(server):
    """An entry that links is read lazily, from a URL that may be relative to the index."""
    server.pages["/v1/stories"] = page(items=[{"href": "../story/1.xml", "etag": "e1"}])
    server.pages["/story/1.xml"] = (200, {}, b"<nitf/>")
    (delivery,) = http.fetch(where(server, entries="items", link="href", version="etag"), TODAY, access())
    assert (delivery.url, delivery.etag) == (server.url + "/story/1.xml", "e1")
    assert server.paths() == ["/v1/stories"]
    assert delivery.read() == b"<nitf/>"


def test_an_entry_that_changed_is_a_new_version(server):
    """Where no version is told, the entry itself tells: another headline, another version."""
    server.pages["/v1/stories"] = [page(items=[{"href": "/1", "title": t}]) for t in ("One", "Two", "Two")]
    told = where(server, entries="items", link="href")
    first, second, third = (next(iter(http.fetch(told, TODAY, access()))).etag for _ in range(3))
    assert first != second == third


def test_a_story_that_is_gone_is_refused_alone(server):
    """404 behind one link is a reject, not a failure of the batch."""
    server.pages["/v1/stories"] = page(items=[{"href": "/gone"}])
    (delivery,) = http.fetch(where(server, entries="items", link="href"), TODAY, access())
    with pytest.raises(Rejected) as refused:
        delivery.read()
    assert refused.value.reason == "gone"


def test_a_story_that_is_too_large_is_refused_alone(server):
    """The size limit holds for what a link leads to."""
    server.pages["/v1/stories"] = page(items=[{"href": "/big"}])
    server.pages["/big"] = (200, {}, b"x" * 5000)
    (delivery,) = http.fetch(where(server, entries="items", link="href"), TODAY, access(max_bytes=4000))
    with pytest.raises(Rejected, match="more than 4,000 bytes"):
        delivery.read()


def test_an_entry_without_its_link_is_refused_alone(server):
    """An entry that ought to link and does not becomes a reject that names the setting."""
    server.pages["/v1/stories"] = page(items=[{"id": "a1"}, {"id": "a2", "href": "/2"}])
    first, second = http.fetch(where(server, entries="items", id="id", link="href"), TODAY, access())
    assert first.url.endswith("#a1")
    with pytest.raises(Rejected, match="no text at href"):
        first.read()
    assert second.url == server.url + "/2"


def test_an_index_by_day_is_asked_for_any_day(server):
    """A url with %Y-%m-%d in it brings past days too."""
    server.pages["/v1?day=2026-02-27"] = page(items=[{"id": 1}])
    told = where(server, "/v1?day=%Y-%m-%d", entries="items")
    assert len(list(http.fetch(told, date(2026, 2, 27), access()))) == 1


def test_an_index_without_days_has_today_alone(server):
    """Another day is not asked for."""
    assert http.days(where(server), access()) == [TODAY]
    assert list(http.fetch(where(server), date(2026, 2, 28), access())) == []
    assert server.asked == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "not JSON"),
        (b'{"items": {}}', "no list at items"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not JSON"),
    ],
)
def test_an_index_that_is_none_fails_in_words(server, body, message):
    """What is not the JSON that the settings describe names what was looked for."""
    server.pages["/v1/stories"] = (200, {}, body)
    with pytest.raises(FetchError, match=message):
        list(http.fetch(where(server, entries="items"), TODAY, access()))


def test_a_busy_index_is_asked_again(server):
    """429 on a page is waited out."""
    server.pages["/v1/stories"] = [(429, {"Retry-After": "0"}, b""), page(items=[{"id": 1}])]
    assert len(list(http.fetch(where(server, entries="items"), TODAY, access()))) == 1


def test_a_link_to_a_file_is_not_read(server):
    """What an index names is asked over the web or not at all."""
    server.pages["/v1/stories"] = page(items=[{"href": "file:///etc/passwd"}])
    (delivery,) = http.fetch(where(server, entries="items", link="href"), TODAY, access())
    with pytest.raises(FetchError, match="neither https:// nor http://"):
        delivery.read()


@pytest.mark.parametrize(
    "wrong",
    [{"url": "ftp://host/x"}, {"url": "https://host/%Y"}, {"go_on": True}, {"entries": "a..b"}, {"nonsense": 1}],
)
def test_settings_that_cannot_be_meant_are_refused(wrong):
    """A wrong setting is found when the TOML is read."""
    with pytest.raises(ValueError, match="where"):
        source({"kind": "http", "url": "https://host/x", **wrong})


def test_a_refused_index_is_an_error_of_the_settings(server):
    """403 says so."""
    server.pages["/v1/stories"] = (403, {}, b"")
    with pytest.raises(ConfigError, match="does not let us in"):
        list(http.fetch(where(server), TODAY, access()))


def test_a_story_that_is_not_ours_fails_alone(server):
    """403 behind one link is a failure of that delivery, and not of the source's settings."""
    server.pages["/v1/stories"] = page(items=[{"href": "/closed"}])
    server.pages["/closed"] = (403, {}, b"")
    (delivery,) = http.fetch(where(server, entries="items", link="href"), TODAY, access())
    with pytest.raises(FetchError, match="403"):
        delivery.read()
