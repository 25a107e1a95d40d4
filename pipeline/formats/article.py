"""An HTML page with one article: its text through trafilatura, its facts from JSON-LD and meta tags."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from pipeline.errors import Rejected
from pipeline.formats.article_facts import Facts
from pipeline.formats.article_text import body_of, page_of
from pipeline.formats.dateline import told_dateline
from pipeline.formats.draft import Draft, squeeze, story_of
from pipeline.formats.encoding import decode
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

DAMAGED = re.compile(r"\ufeff?\s*<[^\n]{0,120}<html[\s>]", re.IGNORECASE)
"""A page whose doctype is damaged."""
PAGE = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|article|main)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
SEPARATOR = re.compile(r"\s+[-–—|·•»«:/]+\s+|\s*\|\s*")
LABEL = re.compile(
    r"^(?:first\s+)?(?:published|updated|posted|last\s+(?:updated|modified))\b\s*(?:on|at)?\s*:?\s*", re.IGNORECASE
)
BEFORE = re.compile(r".{1,80}?(?:\s[-–—|·•»«/]+|:|\s*\|)\s+")
CONTAINERS = ("article", "div", "main", "section", "script", "style", "table", "ul")
SHORT = 12
"""Characters of a title that are too few to tell what belongs to it."""
LONGEST = 500
"""Characters of a title; a longer one is none, and kept as it is."""
LATER = timedelta(minutes=1)
"""Publishers' software changes a page a few seconds after it put it up."""


def looks_like(delivery: bytes) -> bool:
    """HTML: a doctype that says so, or a page's first tags."""
    head = delivery[:4096].replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufffd")
    return bool(PAGE.match(head) or DAMAGED.match(head))


def split(delivery: bytes) -> Iterator[bytes]:
    """A page is one item."""
    yield delivery


def read(item: Item, source: Source) -> Story:
    """The story of a page. Raises Rejected."""
    declared = CHARSET.search(item.body[:4096])
    text = decode(item.body, source.encoding or (declared[1].decode("ascii") if declared else None))
    page = page_of(text)
    if _is_cut(text):
        raise Rejected("truncated", "a page that ends before its elements are closed")
    facts = Facts(page)
    return story_of(_draft(facts, body_of(page, facts.text("articleBody")), item, source), item, source)


def _is_cut(text: str) -> bool:
    """Whether a page breaks off: neither body nor page is closed, and it ends in a text, a tag or an open container.

    End tags that HTML lets be left out say nothing.
    """
    lower = text.lower()
    if not re.search(r"<(?:html|body)[\s>]", lower) or "</body" in lower or "</html" in lower:
        return False
    opened = any(lower.count(f"<{tag}") > lower.count(f"</{tag}") for tag in CONTAINERS)
    return opened or bool(lower[lower.rfind(">") + 1 :].strip())


def _draft(facts: Facts, paragraphs: list[str], item: Item, source: Source) -> Draft:
    published, modified = _first_time(facts.published, source), _first_time(facts.modified, source)
    changed = bool(published and modified and modified - published > LATER)
    correction = facts.text("correction")
    sites = [*facts.sites, _host(facts.address or item.url)]
    headlines = [without_site(title, sites, facts.titles) for title in facts.titles]
    headline = next((each for each in headlines if each and not each.endswith(("…", "..."))), None) or _first(headlines)
    return Draft(
        guid=urljoin(item.url, facts.address) if facts.address else item.url,
        paragraphs=[each for each in paragraphs if not _is_head(each, facts.titles, source)],
        headline=headline,
        byline=", ".join(facts.authors) or None,
        signal="correction" if correction else "update" if changed else None,
        credits=[*facts.texts("sourceOrganization"), *facts.sites[:1]],
        publishers=facts.sites,
        published_at=published or modified,
        created_at=published,
        dateline=told_dateline(facts.text("dateline")),
        language=facts.language,
        subjects=facts.subjects,
        ed_note=correction,
    )


def without_site(title: str, sites: list[str], titles: list[str]) -> str | None:
    """A title without the site's name before or after it: `Port strike goes on | World - Harbour News`.

    A part goes when it names the site, or when another title of the page does without it.
    """
    if len(title) > LONGEST:
        return squeeze(title)
    within = [other for other in titles if len(other) >= SHORT and other != title and _without(title, other)]
    if within:
        return squeeze(min(within, key=len))
    names = {_key(site) for site in sites if _key(site)}
    cuts = [found.span() for found in SEPARATOR.finditer(title)]
    if cuts and _key(title[: cuts[0][0]]) in names:
        return without_site(title[cuts[0][1] :], sites, titles)
    return squeeze(title[: cuts[-1][0]] if cuts and _key(title[cuts[-1][1] :]) in names else title)


def _without(title: str, other: str) -> bool:
    """Whether a title is another one with something parted off before or after it."""
    if title.startswith(other):
        return bool(SEPARATOR.match(title, len(other)))
    return title.endswith(other) and bool(BEFORE.fullmatch(title[: -len(other)]))


def _is_head(paragraph: str, titles: list[str], source: Source) -> bool:
    """Whether a paragraph only repeats a title or tells the time."""
    text = squeeze(paragraph) or ""
    label = LABEL.sub("", text)
    return any(_key(text) == _key(title) for title in titles) or read_time(label, source) is not None


def _first_time(told: list[str], source: Source) -> datetime | None:
    return next((when for text in told if (when := read_time(text, source))), None)


def _host(url: str) -> str:
    """The name in a host: www.harbour-news.example is harbour-news."""
    labels = (urlsplit(url).hostname or "").split(".")
    return next((label for label in labels if label not in {"www", "m", "amp", "news", "edition"}), "")


def _key(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _first(found: list[str | None]) -> str | None:
    return next(filter(None, found), None)
