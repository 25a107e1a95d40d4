"""The way in of feeds: what is asked, what is remembered, and what a server can do wrong."""

import time
from datetime import date

import pytest
from local_server import NOW, access, packed, serving, source

from pipeline import stages
from pipeline.errors import ConfigError, FetchError, Rejected, StorageError
from pipeline.lake import Batch, Lake
from pipeline.wire import feed
from pipeline.workspace import Workspace

TODAY = date(2026, 3, 2)
BODY = b"<rss version='2.0'><channel><title>Desk</title></channel></rss>"
ENTRY = b"<item><title>Ferries run again</title><guid>1</guid><description>They do.</description></item>"
ONE = BODY.replace(b"</channel>", ENTRY + b"</channel>")


@pytest.fixture
def server():
    with serving() as running:
        yield running


def where(server, path="/feed", **more):
    return source({"kind": "feed", "url": server.url + path, "timeout_seconds": 2, **more})


def bring(told, given):
    return [delivery.read() for delivery in feed.fetch(told, TODAY, given)]


def test_a_feed_has_todays_stories_alone(server):
    """Another day than today is not asked for, but for the last one, which a run at midnight asks for."""
    server.pages["/feed"] = (200, {}, BODY)
    assert feed.days(where(server), access()) == [TODAY]
    assert list(feed.fetch(where(server), date(2026, 2, 28), access())) == []
    assert list(feed.fetch(where(server), date(2026, 3, 3), access())) == []
    assert server.asked == []
    assert len(list(feed.fetch(where(server), date(2026, 3, 1), access()))) == 1


def test_a_delivery_is_named_by_the_feed_and_its_bytes(server):
    """The url is the feed's, the version the SHA-256 of what came, the media type without parameters."""
    server.pages["/feed"] = (200, {"Content-Type": "application/rss+xml; charset=utf-8", "ETag": '"a"'}, BODY)
    (delivery,) = feed.fetch(where(server), TODAY, access())
    assert delivery.url == server.url + "/feed"
    assert delivery.etag == "dd0fc2947aac44fbfa0ec93f6944843cce2f44c0656e961fab853c6b40983387"
    assert delivery.media_type == "application/rss+xml"
    assert delivery.read() == BODY


def test_what_has_not_changed_is_not_sent_again(server):
    """The second run shows the validators of the first, and 304 brings nothing."""
    server.pages["/feed"] = [
        (200, {"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"}, BODY),
        (304, {}, b""),
    ]
    memory = {}
    assert bring(where(server), access(memory=memory)) == [BODY]
    assert bring(where(server), access(memory=memory)) == []
    assert server.asked[1][1]["If-None-Match"] == '"v1"'
    assert server.asked[1][1]["If-Modified-Since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert memory["etag"] == '"v1"'


def test_a_lost_memory_costs_work_alone(server):
    """Without what was noted, everything is brought."""
    server.pages["/feed"] = (200, {"ETag": '"v1"'}, BODY)
    assert bring(where(server), access()) == [BODY]
    assert "If-None-Match" not in server.asked[0][1]


def test_notes_of_another_address_do_not_count(server):
    """A source whose url was changed begins anew."""
    server.pages["/feed"] = (200, {}, BODY)
    assert bring(where(server), access(memory={"url": "http://127.0.0.1/old", "etag": '"v1"'})) == [BODY]
    assert "If-None-Match" not in server.asked[0][1]


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(server):
    """301 is remembered, also over a run that finds nothing new; the delivery keeps the declared url."""
    server.pages["/feed"] = (301, {"Location": "/new"}, b"")
    server.pages["/new"] = [(200, {"ETag": '"v1"'}, BODY), (304, {}, b""), (200, {"ETag": '"v2"'}, BODY + b" ")]
    memory = {}
    (first,) = feed.fetch(where(server), TODAY, access(memory=memory))
    assert first.url == server.url + "/feed"
    assert bring(where(server), access(memory=memory)) == []
    assert bring(where(server), access(memory=memory)) == [BODY + b" "]
    assert server.paths() == ["/feed", "/new", "/new", "/new"]
    assert memory["moved"] == server.url + "/new"


def test_a_feed_that_moved_for_now_is_asked_at_its_old_address(server):
    """302 is followed and not remembered."""
    server.pages["/feed"] = (302, {"Location": "/elsewhere"}, b"")
    server.pages["/elsewhere"] = (200, {}, BODY)
    memory = {}
    assert bring(where(server), access(memory=memory)) == [BODY]
    assert "moved" not in memory


def test_where_nothing_is_at_the_new_address_the_old_one_counts(server):
    """A remembered move that leads nowhere is forgotten."""
    server.pages["/feed"] = (200, {}, BODY)
    memory = {"url": server.url + "/feed", "moved": server.url + "/gone", "etag": '"v1"'}
    assert bring(where(server), access(memory=memory)) == [BODY]
    assert "moved" not in memory


def test_redirects_in_a_circle_end(server):
    """A loop is a failure, not a hang."""
    server.pages["/feed"] = (302, {"Location": "/feed"}, b"")
    with pytest.raises(FetchError, match="more than 10 redirects"):
        bring(where(server), access())


def test_a_busy_server_is_asked_again_when_it_says(server):
    """429 with Retry-After in seconds waits that long."""
    server.pages["/feed"] = [(429, {"Retry-After": "1"}, b""), (200, {}, BODY)]
    start = time.monotonic()
    assert bring(where(server), access()) == [BODY]
    assert 1.0 <= time.monotonic() - start < 5.0


def test_retry_after_may_be_a_date(server):
    """A date is counted from now; one in the past means at once."""
    server.pages["/feed"] = [(503, {"Retry-After": "Mon, 02 Mar 2026 11:59:00 GMT"}, b""), (200, {}, BODY)]
    assert bring(where(server), access(now=NOW)) == [BODY]


def test_a_server_that_wants_an_hour_is_left_alone(server):
    """A longer Retry-After than the source allows fails at once, and says how long."""
    server.pages["/feed"] = (429, {"Retry-After": "3600"}, b"")
    with pytest.raises(FetchError, match="asked again in 3600 s"):
        bring(where(server), access())
    assert len(server.asked) == 1


def test_what_may_pass_is_tried_again_a_few_times(server):
    """A server error is tried as often as the source says, then fails."""
    server.pages["/feed"] = (502, {"Retry-After": "0"}, b"")
    with pytest.raises(FetchError, match="502 Bad Gateway"):
        bring(where(server, attempts=3), access())
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "advice"),
    [(403, "name a credential"), (401, "name a credential"), (404, "check the address"), (410, "check the address")],
)
def test_what_cannot_pass_is_not_tried_again(server, status, advice):
    """A refusal is an error of the settings that says what to do."""
    server.pages["/feed"] = (status, {}, b"")
    with pytest.raises(ConfigError, match=advice):
        bring(where(server), access())
    assert len(server.asked) == 1


def test_a_packed_feed_is_unpacked(server):
    """Gzip on the way is undone."""
    server.pages["/feed"] = (200, {"Content-Encoding": "gzip"}, packed(BODY))
    assert bring(where(server), access()) == [BODY]


def test_a_gzip_bomb_is_refused_while_it_unpacks(server):
    """200 MB in 200 KB stops at the limit."""
    server.pages["/feed"] = (200, {"Content-Encoding": "gzip"}, packed(b"\0" * 200_000_000))
    (delivery,) = feed.fetch(where(server), TODAY, access(max_bytes=100_000))
    with pytest.raises(Rejected, match=r"more than 100,000 bytes; at most 100,000") as refused:
        delivery.read()
    assert refused.value.reason == "too-large"


def test_a_feed_without_end_is_refused_at_the_limit(server):
    """The size is held while reading: a server that never stops sending does not fill the memory."""

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            return

    server.pages["/feed"] = endless
    (delivery,) = feed.fetch(where(server), TODAY, access(max_bytes=1_000_000))
    with pytest.raises(Rejected, match="more than 1,000,000 bytes"):
        delivery.read()


def test_a_silent_server_is_given_up(server):
    """A read that takes longer than timeout_seconds fails."""
    server.pages["/feed"] = lambda _handler: time.sleep(1.5)
    with pytest.raises(FetchError, match="ReadTimeout"):
        bring(where(server, timeout_seconds=0.2, attempts=1), access())


def test_a_server_that_drips_is_given_up(server):
    """One byte now and then keeps within the time-out, and not within the deadline."""

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    server.pages["/feed"] = drip
    with pytest.raises(FetchError, match="deadline_seconds"):
        bring(where(server, deadline_seconds=0.3, attempts=1), access())


def broken_chunk(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\nhello\r\nnonsense\r\n")
    handler.close_connection = True


def dropped(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half a feed")
    handler.close_connection = True


@pytest.mark.parametrize("break_off", [broken_chunk, dropped])
def test_a_body_that_breaks_off_is_asked_for_again(server, break_off):
    """Half an answer is none."""
    server.pages["/feed"] = [break_off, (200, {}, BODY)]
    assert bring(where(server), access()) == [BODY]
    assert len(server.asked) == 2


def test_gzip_that_breaks_off_is_asked_for_again(server):
    """A packed body that ends too early is not taken for the whole."""
    whole = packed(BODY)
    server.pages["/feed"] = [
        (200, {"Content-Encoding": "gzip"}, whole[:-12]),
        (200, {"Content-Encoding": "gzip"}, whole),
    ]
    assert bring(where(server), access()) == [BODY]


def test_nobody_there_fails_in_words():
    """A refused connection names the address."""
    told = source({"kind": "feed", "url": "http://127.0.0.1:9/feed", "attempts": 1})
    with pytest.raises(FetchError, match=r"^http://127\.0\.0\.1:9/feed: no answer: ConnectError"):
        bring(told, access())


def test_what_was_noted_is_kept_only_when_the_stories_are(server, tmp_path, monkeypatch):
    """A run that breaks before its items are written asks for all of them again; --redo asks without what was noted."""
    server.pages["/feed"] = (200, {"ETag": '"v1"'}, ONE)
    work = Workspace(
        lake=Lake(str(tmp_path)), database=tmp_path / "x", sources={"desk": where(server)}, now=lambda: NOW
    )
    batch = Batch("desk", TODAY)
    with monkeypatch.context() as broken:
        broken.setattr(Lake, "finish", lambda *_: (_ for _ in ()).throw(StorageError("disk full")))
        with pytest.raises(StorageError):
            stages.fetch(batch, work)
    assert work.lake.recall("desk") == {}
    assert stages.fetch(batch, work).written == 1
    marks = ["6b86b273ff34fce1"]  # SHA-256 of 1
    assert work.lake.recall("desk") == {"etag": '"v1"', "url": server.url + "/feed", "entries": marks}
    stages.fetch(batch, work)
    stages.fetch(batch, work, redo=True)
    assert ["If-None-Match" in headers for _, headers in server.asked] == [False, False, True, False]


def test_an_empty_feed_is_silence_and_no_failure(server, tmp_path):
    """It has no item to refuse, so that a batch of nothing else does not fail."""
    server.pages["/feed"] = (200, {"ETag": '"v1"'}, BODY)
    work = Workspace(
        lake=Lake(str(tmp_path)), database=tmp_path / "x", sources={"desk": where(server)}, now=lambda: NOW
    )
    batch = Batch("desk", TODAY)
    fetched, normalized = (stages.run(stage, batch, work) for stage in ("fetch", "normalize"))
    assert (fetched.read, fetched.written, fetched.rejected) == (0, 0, 0)
    assert (normalized.read, normalized.rejected) == (0, 0)


def test_a_damaged_note_is_none(tmp_path):
    """What cannot be read is as if it were lost."""
    lake = Lake(str(tmp_path))
    lake.remember("desk", {"etag": '"v1"'})
    (tmp_path / "wires" / "desk.json").write_text("{", "utf-8")
    assert lake.recall("desk") == {}


def paged(
    number,
    *ids,
    link="",
    head="<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>",
    foot="</channel></rss>",
):
    """A page of a feed."""
    items = "".join(f"<item><guid>{each}</guid><title>Story {each}</title></item>" for each in ids)
    return (200, {}, f"{head}<title>Desk, page {number}</title>{link}{items}{foot}".encode())


def older(path, rel="next"):
    return f"<a:link rel='{rel}' href='{path}'/>"


@pytest.fixture
def hurried(monkeypatch):
    """No pause between pages."""
    monkeypatch.setattr(feed, "PAUSE", 0.0)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_a_feed_of_several_pages_is_read_on_until_what_is_known(server, rel):
    """The first time all pages, each a delivery of its own; then as far as most of a page is new."""
    server.pages["/feed"] = paged(1, 6, 5, link=older("?page=2", rel))
    server.pages["/feed?page=2"] = paged(2, 4, 3, link=older("?page=3", rel))
    server.pages["/feed?page=3"] = paged(3, 2, 1)
    memory = {}
    first = list(feed.fetch(where(server), TODAY, access(memory=memory)))
    assert [each.url for each in first] == [server.url + path for path in ("/feed", "/feed?page=2", "/feed?page=3")]
    server.pages["/feed"] = paged(1, 8, 7, link=older("?page=2", rel))
    server.pages["/feed?page=2"] = paged(2, 6, 5, link=older("?page=3", rel))
    server.asked.clear()
    assert len(bring(where(server), access(memory=memory))) == 2
    assert server.paths() == ["/feed", "/feed?page=2"]
    server.asked.clear()
    assert len(bring(where(server), access(memory=memory))) == 1
    assert server.paths() == ["/feed"]


@pytest.mark.usefixtures("hurried")
def test_an_entry_that_is_held_at_the_top_hides_no_new_page(server):
    """It is known; most of the page is not."""
    server.pages["/feed"] = paged(1, 1, 9, 8, link=older("/2"))
    server.pages["/2"] = paged(2, 7, 6, 5)
    known = {"url": server.url + "/feed", "entries": ["6b86b273ff34fce1"]}
    assert len(bring(where(server), access(memory=known))) == 2


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "link",
    [
        older("http://elsewhere.invalid/2"),
        older("http://[/"),
        older("file:///etc/hosts"),
        older("/feed"),
        "<a:link rel='self' href='/2'/><a:link rel='prev-archive'/>",
        "<item><guid>0</guid><a:link rel='next' href='/2'/></item>",
    ],
)
def test_no_page_is_asked_for_that_is_not_behind_the_feed(server, link):
    """Another host's, the feed itself, what an entry links to."""
    server.pages["/feed"] = paged(1, 1, link=link)
    assert len(bring(where(server), access())) == 1
    assert server.paths() == ["/feed"]


@pytest.mark.usefixtures("hurried")
def test_a_feed_without_end_is_read_as_far_as_the_source_says(server):
    """A server that always has one more page."""
    for number in range(1, 20):
        path = "/feed" if number == 1 else f"/{number}"
        server.pages[path] = paged(number, number, link=older(f"/{number + 1}"))
    assert len(bring(where(server), access())) == 10
    assert len(bring(where(server, max_pages=3), access())) == 3
    assert len(bring(where(server, max_pages=1), access())) == 1
    assert len(bring(where(server), access(max_bytes=500))) == 3  # all pages together


@pytest.mark.usefixtures("hurried")
def test_a_json_feed_has_pages_too(server):
    """Its next_url."""
    server.pages["/feed"] = (
        200,
        {},
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 2}], "next_url": "/2"}',
    )
    server.pages["/2"] = (200, {}, b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}]}')
    assert len(bring(where(server), access())) == 2


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("status", "error"), [(404, Rejected), (503, FetchError), (403, FetchError)])
def test_a_page_that_cannot_be_read_costs_itself(server, status, error):
    """The first one is there; one that is gone is refused, what may be there later fails."""
    server.pages["/feed"] = paged(1, 1, link=older("/2"))
    server.pages["/2"] = (status, {"Retry-After": "0"}, b"")
    first, second = feed.fetch(where(server), TODAY, access())
    assert b"Story 1" in first.read()
    with pytest.raises(error, match=f"/2: {status}"):
        second.read()
