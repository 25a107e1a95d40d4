"""RSS 2.0, RSS 1.0 and Atom: each entry is a story, read by feedparser.

An entry that stands alone is a feed of one: its own XML, in what of the feed is said of every entry
(title, language, base). What changes with every delivery, as the day the feed was built, is left
out, so that an entry that has not changed has the same bytes.
"""

import re
from collections.abc import Iterator
from copy import copy
from html import unescape
from io import BytesIO
from typing import Any

from feedparser.api import parse
from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats.draft import Draft, squeeze, story_of
from pipeline.formats.encodings import decode
from pipeline.formats.feed_entry import Entry
from pipeline.formats.markup import html_paragraphs, text_paragraphs
from pipeline.formats.times import read_time
from pipeline.formats.xml import parse_as_sent, root_name
from pipeline.sources import Source
from pipeline.tables import Item, Story

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
WHOLE_ENTRY = re.compile(r"<(?P<tag>(?:\w+:)?(?:item|entry))(?=[\s>]).*?</(?P=tag)\s*>", re.DOTALL)
LOOSE_TEXT = re.compile(
    r"(<((?:\w+:)?(?:title|description|summary|content|encoded))(?:\s[^>]*)?>)(?!\s*<!\[CDATA\[)(.*?)(</\2\s*>)",
    re.DOTALL,
)
"""Text whose markup nobody escaped: where it does not fit together, it is text like any other."""
HEAD = re.compile(r"<(?P<name>(?:\w+:)?(?:rss|feed|RDF))(?=[\s>])[^>]*>")


def looks_like(delivery: bytes) -> bool:
    """XML whose root is rss, feed or RDF."""
    return root_name(delivery) in ROOTS


def split(delivery: bytes) -> Iterator[bytes]:
    """Each entry as a feed of its own. Raises Rejected."""
    text = decode(delivery)
    try:
        root = parse_as_sent(text)
    except Rejected as refusal:
        yield from _loose(text, refusal)
        return
    yield from _entries(root)


def read(item: Item, source: Source) -> Story:
    """The story in a feed of one entry. Raises Rejected."""
    root = parse_as_sent(decode(item.body))
    gone = next(_named(root, {"deleted-entry"}), None)
    if gone is not None:
        return story_of(_tombstone(gone, source), item, source)
    alone = BytesIO(etree.tostring(root))
    parsed = parse(alone, resolve_relative_uris=False, sanitize_html=False)  # type: ignore[no-untyped-call]
    if not parsed.entries:
        raise Rejected("no-entry", f"a {_local(root)} without an item or entry")
    return story_of(_draft(Entry(parsed.entries[0], parsed.feed), item, source), item, source)


def _entries(root: etree._Element) -> Iterator[bytes]:
    """The entries of a feed, each in a copy of the feed without the others."""
    entries = list(_named(root, ENTRIES))
    shell = _shell(root)
    home = next(_named(shell, {"channel"}), shell) if _local(root) == "rss" else shell
    for entry in entries:
        alone = copy(entry)
        alone.tail = None
        home.append(alone)
        yield etree.tostring(shell, encoding="utf-8")
        home.remove(alone)


def _shell(root: etree._Element) -> etree._Element:
    """A feed with its namespaces and what is said of every entry, and nothing else."""
    names: Any = root.nsmap
    shell = etree.Element(root.tag, nsmap=names)
    shell.attrib.update(root.attrib)
    channel = next(_named(root, {"channel"}), None)
    home = shell if channel is None else etree.SubElement(shell, channel.tag)
    for child in root if channel is None else channel:
        if _local(child) in KEPT:
            kept = copy(child)
            kept.tail = None
            home.append(kept)
    return shell


def _loose(text: str, refusal: Rejected) -> Iterator[bytes]:
    """The entries of a feed that is not well-formed: each that is whole stands for itself, good or bad."""
    head, found = HEAD.search(text), list(WHOLE_ENTRY.finditer(text))
    if not head or not found:
        raise refusal
    start, end = head[0], f"</{head['name']}>"
    channel = ("<channel>", "</channel>") if head["name"] == "rss" else ("", "")
    titles = re.search(r"<(?:\w+:)?language>[^<]*</(?:\w+:)?language>", text[: found[0].start()])
    begin = f"{start}{channel[0]}{titles[0] if titles else ''}"
    for entry in found:
        body = LOOSE_TEXT.sub(lambda text: f"{text[1]}{text[3].replace('<', '&lt;')}{text[4]}", entry[0])
        yield f"{begin}{body}{channel[1]}{end}".encode()
    left = text[found[-1].end() :]
    if re.search(r"<(?:\w+:)?(?:item|entry)[\s>]", left):  # begun and not ended: to be refused
        yield f"{begin}{left}".encode()


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
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
