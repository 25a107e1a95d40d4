"""What a page of a feed says of the pages behind it: RSS and Atom by RFC 5005, JSON Feed by its `next_url`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

BEHIND = ("next", "prev-archive")
"""Links to what is older: in a feed of several pages, and in one whose old entries stand in archives."""
ENTRIES = {"item", "entry"}
IDS = ("id", "guid", "link")
MARK = 16
"""Letters of an entry's mark: enough to tell those of one feed apart."""


@dataclass(frozen=True, slots=True)
class Page:
    """The marks of a page's entries, and where the next older page is."""

    entries: tuple[str, ...] = ()
    behind: str | None = None


def page_of(body: bytes, url: str) -> Page:
    """What stands at a url, on the same host alone; of what is no feed, nothing."""
    entries, link = _in_json(body) if body.lstrip()[:1] == b"{" else _in_xml(body)
    marks = tuple(hashlib.sha256(each.encode("utf-8", "replace")).hexdigest()[:MARK] for each in entries)
    return Page(marks, _beside(url, link) if link else None)


def _beside(url: str, link: str) -> str | None:
    """A link as a URL; None where it leads to another host, or nowhere."""
    try:
        behind = urljoin(url, link.strip())
        same = urlsplit(behind).hostname == urlsplit(url).hostname
    except ValueError:
        return None
    return behind if same else None


def _in_json(body: bytes) -> tuple[list[str], str | None]:
    """Ids and the next page of a JSON Feed (jsonfeed.org)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return [], None
    items = feed.get("items")
    ids = [str(each.get("id")) for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    link = feed.get("next_url")
    return ids, link if isinstance(link, str) else None


def _in_xml(body: bytes) -> tuple[list[str], str | None]:
    """Ids and the link of a feed in XML, which need not be well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return [], None
    if root is None:  # lxml's stubs do not say that it recovers nothing of some
        return [], None
    heads = [root, *(each for each in root if _name(each) == "channel")]
    below = [each for head in heads for each in head]
    ids = [told for each in below if _name(each) in ENTRIES and (told := _id(each))]
    links = {each.get("rel"): each.get("href") for each in below if _name(each) == "link" and each.get("href")}
    return ids, next((links[rel] for rel in BEHIND if rel in links), None)


def _id(entry: etree._Element) -> str | None:
    """An entry's id, else where it links to."""
    told: dict[str, str] = {}
    for name, value in _told(entry):
        told.setdefault(name, value)
    return next((told[name] for name in IDS if told.get(name)), None)


def _told(entry: etree._Element) -> Iterator[tuple[str, str]]:
    for each in entry:
        yield _name(each), (each.text or each.get("href") or "").strip()


def _name(element: Any) -> str:
    """An element's local name in lower case."""
    return str(element.tag).rpartition("}")[2].lower()
