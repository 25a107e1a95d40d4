"""RSS 2.0, RSS 1.0 and Atom: each entry is a story, read by feedparser.

An entry that stands alone is a feed of one: its own XML, in what of the feed is said of every entry
(title, language, base). What changes with every delivery, as the day the feed was built, is left
out, so that an entry that has not changed has the same bytes.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

from feedparser.api import PREFERRED_XML_PARSERS, parse
from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats.draft import Draft, squeeze, story_of
from pipeline.formats.feed_entry import Entry
from pipeline.formats.labels import decode
from pipeline.formats.markup import html_paragraphs, text_paragraphs
from pipeline.formats.times import read_time
from pipeline.formats.xml import cut_out, parse_as_sent, root_name
from pipeline.sources import Source
from pipeline.tables import Item, Story

PREFERRED_XML_PARSERS.clear()  # a driver of libxml2 that nobody has, looked for at every parse: half a millisecond

ROOTS = {"rss", "feed", "rdf"}
ENTRIES = {"item", "entry", "deleted-entry"}
KEPT = {"title", "language", "author", "publisher"}
"""What of a feed is said of each of its entries."""
LAST = re.compile(
    r"(?:the post .{1,300} (?:appeared first|first appeared) on .{1,200}|(?:continue|keep) reading.{0,200}"
    r"|read (?:more|the full (?:story|article)).{0,200}|\[?(?:…|\.\.\.)\]?)",
    re.IGNORECASE | re.DOTALL,
)
"""What a publisher's software puts under a story: WordPress's footer, "Continue reading"."""
ENTRY_TAG = re.compile(r"<(?P<end>/?)(?P<name>(?:\w+:)?(?:item|entry))(?=[\s>])[^<>]*>")
TEXT_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>(?:\w+:)?(?:title|description|summary|content|encoded))(?=[\s>])[^<>]*(?<!/)>"
)
HEAD = re.compile(r"<(?P<name>(?:\w+:)?(?:rss|feed|RDF))(?=[\s>])[^<>]*>")
LANGUAGE = re.compile(r"<((?:\w+:)?language)>[^<>]*</\1\s*>")
MEDIA = re.compile(r"^\{[^}]*\bmrss\b[^}]*\}|^media:", re.IGNORECASE)
"""Elements of Media RSS: what they say is about pictures and films."""
LOOSE = {"not-xml", "truncated"}


def looks_like(delivery: bytes) -> bool:
    """XML whose root is rss, feed or RDF."""
    return root_name(delivery) in ROOTS


def split(delivery: bytes) -> Iterator[bytes]:
    """Each entry as a feed of its own. Raises Rejected."""
    text = decode(delivery)
    try:
        root = parse_as_sent(text)
    except Rejected as refusal:
        if refusal.reason not in LOOSE:
            raise
        yield from _loose(text, refusal)
        return
    yield from _entries(root)


def read(item: Item, source: Source) -> Story:
    """The story in a feed of one entry. Raises Rejected."""
    root = parse_as_sent(decode(item.body))
    gone = next(_named(root, {"deleted-entry"}), None)
    if gone is not None:
        return story_of(_tombstone(gone, source), item, source)
    for each in [each for each in root.iter(etree.Element) if MEDIA.search(str(each.tag))]:
        cut_out(each)  # feedparser takes the description of a picture for the entry's
    alone = BytesIO(etree.tostring(root))
    parsed = parse(alone, resolve_relative_uris=False, sanitize_html=False)  # type: ignore[no-untyped-call]
    if not parsed.entries:
        raise Rejected("no-entry", f"a {_local(root)} without an item or entry")
    return story_of(_draft(Entry(parsed.entries[0], parsed.feed), item, source), item, source)


def _entries(root: etree._Element) -> Iterator[bytes]:
    """The entries of a feed, each in what is left of the feed without them. The root is changed."""
    entries = [each for each in _named(root, ENTRIES) if _local(each.getparent()) not in ENTRIES]
    for entry in entries:
        entry.tail = None
        entry.getparent().remove(entry)
    channel = next(_named(root, {"channel"}), None)
    for child in [*root, *(() if channel is None else channel)]:
        if child is not channel and _local(child) not in KEPT:
            child.getparent().remove(child)
    home = root if channel is None or _local(root) == "rdf" else channel
    for entry in entries:
        home.append(entry)
        yield etree.tostring(root, encoding="utf-8")
        home.remove(entry)


def _loose(text: str, refusal: Rejected) -> Iterator[bytes]:
    """The entries of a feed that is not well-formed: each stands for itself, and one that is broken is refused."""
    head, pieces = HEAD.search(text), list(_pieces(text))
    if not head or not pieces:
        raise refusal
    language = LANGUAGE.search(text[: pieces[0][0]])
    before, after = ("<channel>", "</channel>") if head["name"] == "rss" else ("", "")
    for start, end in pieces:
        entry = _escaped(text[start:end])
        yield f"{head[0]}{before}{language[0] if language else ''}{entry}{after}</{head['name']}>".encode()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each entry starts and ends: at its end tag, or where the next one starts, or the text ends."""
    start: int | None = None
    for tag in ENTRY_TAG.finditer(text):
        if start is not None:
            yield start, tag.end() if tag["end"] else tag.start()
        start = None if tag["end"] else tag.start()
    if start is not None:
        yield start, len(text)


def _escaped(entry: str) -> str:
    """An entry whose titles and texts hold no tags: where markup does not fit together, it is text like any other."""
    made, at, begun = [], 0, None
    for tag in TEXT_TAG.finditer(entry):
        if begun is None and not tag["end"]:
            begun = tag
        elif begun is not None and tag["end"] and tag["name"] == begun["name"]:
            inside = entry[begun.end() : tag.start()]
            made += [entry[at : begun.end()], inside if "<![CDATA[" in inside else inside.replace("<", "&lt;")]
            at, begun = tag.start(), None
    return "".join([*made, entry[at:]])


def _draft(entry: Entry, item: Item, source: Source) -> Draft:
    published, updated = read_time(entry.published, source), read_time(entry.updated, source)
    later = bool(published and updated and updated > published)
    return Draft(
        guid=entry.guid or f"{item.url}#{squeeze(entry.title) or item.item_id}",
        paragraphs=_body(entry),
        headline=_headline(entry.title),
        byline=entry.author,
        signal="update" if later else None,
        credits=entry.credits,
        publishers=entry.publishers,
        published_at=updated or published,
        created_at=published,
        language=entry.language,
        subjects=entry.subjects,
    )


def _body(entry: Entry) -> list[str]:
    """The paragraphs of the first text that has any: the content, else the description."""
    for kind, text in entry.texts:
        found = html_paragraphs(text) if "html" in kind else text_paragraphs(text)
        found = [each for each in found if squeeze(each)]
        while found and LAST.fullmatch(squeeze(found[-1]) or ""):
            found.pop()
        if found:
            return found
    return []


def _headline(title: str | None) -> str | None:
    """A title as text: publishers put markup into it, and escape it once too often."""
    if not title:
        return None
    if re.search(r"<\w+[^>]*>|</\w", title):
        title = " ".join(html_paragraphs(title))
    return squeeze(unescape(title))


def _tombstone(gone: etree._Element, source: Source) -> Draft:
    """An entry that the feed took back (RFC 6721)."""
    comment = next(_named(gone, {"comment"}), None)
    note = "".join(map(str, comment.itertext())) if comment is not None else None
    if not gone.get("ref"):
        raise Rejected("missing-field", "a deleted-entry without the ref of its entry")
    return Draft(
        guid=str(gone.get("ref")),
        paragraphs=[],
        status="canceled",
        published_at=read_time(gone.get("when"), source),
        ed_note=note,
    )


def _named(root: etree._Element, names: set[str]) -> Iterator[Any]:
    """The elements below a root that have one of these local names, whatever their namespace."""
    return (each for each in root.iter(etree.Element) if each is not root and _local(each) in names)


def _local(element: etree._Element) -> str:
    return re.split(r"[}:]", str(element.tag))[-1].lower()
