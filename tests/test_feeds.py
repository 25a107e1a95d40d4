"""Feeds and articles: what the golden files do not show."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Rejected
from pipeline.formats import article, feed
from pipeline.formats.article import without_site
from pipeline.sources import Folder, Source
from pipeline.tables import Item

GOLDEN = Path(__file__).parent / "golden"
DESK = Source(name="desk", title="The desk", where=Folder(kind="folder", path="."))
DELIVERIES = {
    form: [path.read_bytes() for path in sorted((GOLDEN / form.__name__.rpartition(".")[2]).glob(pattern))]
    for form, pattern in ((feed, "*.xml"), (article, "*.html"))
}


def item(body):
    facts = {"source": "desk", "day": date(2026, 3, 4), "url": "https://harbour-news.example/1"}
    return Item.of(body, fetched_at=datetime(2026, 3, 4, tzinfo=UTC), **facts)


def outcomes(form, delivery):
    """A story or a reason for each item."""
    try:
        bodies = list(form.split(delivery))
    except Rejected as refusal:
        return [refusal.reason]
    return [outcome(form, body) for body in bodies]


def outcome(form, body):
    try:
        return form.read(item(body), DESK)
    except Rejected as refusal:
        return refusal.reason


def rss(*items, head=""):
    return f"<rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()


def entry(number, text="Talks went on."):
    return f"<item><guid>{number}</guid><description>{text}</description></item>"


def page(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_an_entry_that_has_not_changed_has_the_same_bytes():
    """What a feed says of itself at each delivery, and the other entries, do not count."""
    first = list(feed.split(rss(entry(1), entry(2), head="<lastBuildDate>Mon</lastBuildDate><ttl>5</ttl>")))
    later = list(feed.split(rss(entry(3), entry(1), head="<lastBuildDate>Tue</lastBuildDate><ttl>9</ttl>")))
    assert first[0] == later[1]


def test_an_entry_stands_alone_with_the_feeds_language():
    """Each of a feed's entries is a feed, in the feed's language."""
    bodies = list(feed.split(rss(entry(1), entry(2), head="<title>Desk</title><language>fr</language>")))
    stories = [story for body in bodies for story in outcomes(feed, body)]
    assert [(story.guid, story.language) for story in stories] == [("1", "fr"), ("2", "fr")]


def test_one_bad_entry_of_a_thousand_costs_itself():
    """An entry that is cut short, in a feed that is otherwise whole, is one reject."""
    bad = "<item><guid>bad</guid><description>Half <![CDATA[ of it"
    found = outcomes(feed, rss(*(entry(number) for number in range(999)), bad))
    assert [each for each in found if isinstance(each, str)] == ["not-xml"]
    assert len(found) == 1000


def test_every_text_of_an_entry_is_kept_in_order():
    """Undocumented tags, tails and bare text between blocks."""
    text = "One <x-y>two</x-y> three<p>four<b>five</b> six</p>seven<br/>eight"
    (story,) = outcomes(feed, rss(f"<item><guid>1</guid><description><![CDATA[{text}]]></description></item>"))
    assert story.text == "One two three\n\nfourfive six\n\nseven eight"


@pytest.mark.parametrize("shape", ["{media}{text}", "{text}{media}"])
def test_what_is_said_of_a_picture_is_no_text(shape):
    """Whether it stands before the entry's description or behind it."""
    said = "<media:title>Boats</media:title><media:description>A picture's words.</media:description>"
    media = f"<media:content xmlns:media='http://search.yahoo.com/mrss/' url='x'>{said}</media:content>"
    text = "<title>Talks</title><description>Talks went on.</description>"
    (story,) = outcomes(feed, rss(f"<item><guid>1</guid>{shape.format(media=media, text=text)}</item>"))
    assert (story.headline, story.text) == ("Talks", "Talks went on.")


def test_external_entities_are_not_loaded():
    """A DOCTYPE that names a file is read without it."""
    doctype = b"<!DOCTYPE rss [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"
    (story,) = outcomes(feed, doctype + rss(entry(1, "Read &file; here.")))
    assert story.text == "Read here."


def test_entities_made_of_entities_are_refused():
    """A bomb is named as one."""
    doctype = b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    assert outcomes(feed, doctype + rss(entry(1, "&b;"))) == ["entity-bomb"]


def test_the_name_of_a_file_is_no_feed():
    """Bytes are read as bytes: the feed library opens what looks like a path."""
    assert outcomes(feed, b"/etc/passwd") == ["not-xml"]


@pytest.mark.parametrize(
    ("form", "delivery", "expected"),
    [
        (feed, b"<rss>" + b"<a>" * 1_000_000, "too-deep"),
        (feed, b"<rss><item>" + b"<title>" * 300_000, "too-deep"),
        (feed, b"<rss>" + b"<item>" * 300_000, "too-deep"),
        (article, b"<!doctype html><html>" + b"<div>" * 1_000_000, "too-deep"),
        (article, page("<p>" + "<b>x" * 300_000), "too-deep"),
        (article, page("<p>a " * 100_000), "too-large"),
        (article, b"<!doctype html>" + b"<!--" * 300_000, "not-html"),
        (article, page("", f'<script type="application/ld+json">{"[" * 500_000}</script>'), "empty-text"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_what_is_built_to_harm_is_refused_in_time(form, delivery, expected):
    """Deep, endless and unclosed markup ends in a reason within seconds."""
    start = time.monotonic()
    assert outcomes(form, delivery) == [expected]
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Port strike enters third day | Harbour News", "Port strike enters third day"),
        ("Port strike enters third day - World - Harbour News", "Port strike enters third day"),
        ("Harbour News: Port strike enters third day", "Port strike enters third day"),
        ("Harbour News - Port strike enters third day", "Port strike enters third day"),
        ("Port strike enters third day :: The Quay", "Port strike enters third day"),
        ("Ceasefire - what we know", "Ceasefire - what we know"),
        ("Port strike enters third day – HARBOUR NEWS", "Port strike enters third day"),
    ],
)
def test_a_title_loses_the_sites_name(title, headline):
    """Before or after it, with what stands between; a title that names no site stays."""
    titles = [title, "Port strike enters third day"]
    assert without_site(title, ["Harbour News", "harbour-news"], titles) == headline


def test_published_and_modified_are_told_apart():
    """The story is of its first publication; a later change makes it an update."""
    metas = "".join(
        f'<meta property="article:{name}_time" content="2026-03-0{day}T10:00:00Z">'
        for name, day in (("modified", 3), ("published", 2))
    )
    (story,) = outcomes(article, page("<p>The talks went on in Geneva on Monday.</p>", metas))
    assert (story.published_at.isoformat(), story.signal) == ("2026-03-02T10:00:00+00:00", "update")


def test_a_month_makes_no_day():
    """Where only a month is told, the story has no time, and counts from its arrival."""
    data = '{"@type": "NewsArticle", "datePublished": "2026"}'
    head = f'<meta name="date" content="2026-03"><script type="application/ld+json">{data}</script>'
    (story,) = outcomes(article, page("<p>The talks went on in Geneva on Monday.</p>", head))
    assert (story.published_at, story.anchor_basis) == (None, "arrival")


def test_text_around_the_article_is_left_out():
    """Menus, related stories, captions and footers are no text, wherever they stand."""
    body = """<nav><a href="/">All the news of the day.</a></nav><article><h1>Title</h1>
    <p>The first paragraph has enough words in it.</p><aside><p>Another story that you may like too.</p></aside>
    <div class="newsletter-signup"><p>Sign up and get it by mail every day.</p></div><p>So <i>has</i> the second.</p>
    <figure><figcaption>A caption is a sentence of its own.</figcaption></figure></article>
    <footer><p>Copyright 2026 by the site. All rights reserved.</p></footer>"""
    (story,) = outcomes(article, page(body, "<title>Title</title>"))
    assert story.text == "The first paragraph has enough words in it.\n\nSo has the second."


def damaged():
    """A delivery of a golden file with some of its bytes cut out, doubled or changed."""
    change = st.tuples(st.integers(0, 10_000), st.integers(0, 60), st.binary(max_size=12))
    return st.lists(change, min_size=1, max_size=8)


def damage(body, changes):
    for at, length, put in changes:
        start = at % max(1, len(body))
        body = body[:start] + put + body[start + length :]
    return body


@pytest.mark.parametrize("form", [feed, article], ids=["feed", "article"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_but_rejected_leaves(form, data):
    """Damaged deliveries give stories or rejects, and the same ones each time."""
    delivery = damage(data.draw(st.sampled_from(DELIVERIES[form])), data.draw(damaged()))
    form.looks_like(delivery)
    assert outcomes(form, delivery) == outcomes(form, delivery)


@pytest.mark.parametrize("form", [feed, article], ids=["feed", "article"])
@settings(max_examples=60, deadline=None)
@given(body=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_a_story_or_a_reject(form, body):
    """Also what was never meant to be this format."""
    form.looks_like(body)
    outcomes(form, body)
