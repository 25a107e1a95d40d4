"""NewsML-G2 of the IPTC: news items, alone or many in a message. See iptc.org/std/NewsML-G2.

An item's metadata are in itemMeta (the item) and contentMeta (the content), its text in contentSet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats import xml
from pipeline.formats.bodies import Body, bodies_of, first_text, is_text, joined, unpacked
from pipeline.formats.dateline import Dateline, told_dateline
from pipeline.formats.draft import Draft, name_of, story_of
from pipeline.formats.markup import text_of
from pipeline.formats.newscodes import language_tag, number_of, status_of, subject_of, urgency_of
from pipeline.formats.pieces import split_items
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

NO_STORIES = {"conceptitem", "knowledgeitem", "planningitem", "catalogitem", "eventsitem"}
ITEMS = {"newsitem", "packageitem", *NO_STORIES}
PARTS = {"contentset", "contentmeta", "itemmeta", "groupset"}
"""Parts of items that come alone: a contentSet has a story's text all the same."""
DATA = {"sports-content", "events", "concept", "conceptset", "svg", "rdf", "geojson", "sports-metadata"}
"""What inlineXML may hold that is data, not text."""


def looks_like(delivery: bytes) -> bool:
    """A message, an item that is not NewsML 1's NewsItem, or what holds one of them."""
    return xml.wraps(delivery, {"newsmessage", *ITEMS, *PARTS}) and b"newscomponent" not in delivery[:20_000].lower()


def split(delivery: bytes) -> Iterator[bytes]:
    """A message of one item for each of a message's items. Raises Rejected."""
    return split_items(delivery, ITEMS)


def read(item: Item, source: Source) -> Story:
    """The story in a news item. Raises Rejected."""
    root = xml.parse(item.body, source.encoding)
    if root.tag in PARTS:
        part, root = root, etree.Element("newsitem" if root.tag != "groupset" else "packageitem")
        root.append(part)
    news = root if root.tag in ITEMS else next((each for each in root.iter(*ITEMS)), None)
    if news is None:
        raise Rejected("not-newsml-g2", f"no item in <{root.tag}>; known are {', '.join(sorted(ITEMS))}")
    if news.tag == "packageitem":
        raise Rejected("package", "a package lists other items and has no text; its items come on their own")
    if news.tag in NO_STORIES:
        raise Rejected("not-a-story", f"a {news.tag} is about things, plans or codes; it has no text")
    return _Reader(root, news, item, source).story()


class _Reader:
    """One news item, in the message that it came in."""

    def __init__(self, root: etree._Element, news: etree._Element, item: Item, source: Source) -> None:
        self.news = news
        self.item = item
        self.source = source
        self.item_meta = _child(news, "itemmeta")
        self.content_meta = _child(news, "contentmeta")
        self.header = _child(root, "header")

    def story(self) -> Story:
        """The story. Raises Rejected."""
        embargoed_until = self._time(self.item_meta, "embargoed")
        told = self.item_meta.find("pubstatus")
        status = status_of(_code(told) or text_of(told), embargo=bool(embargoed_until))
        headline = self._headline()
        body = joined(self._bodies(canceled=status != "usable"), headline)
        draft = Draft(
            guid=self.news.get("guid", "").strip() or name_of(self.item),
            paragraphs=body.paragraphs,
            headline=headline or body.headline or self._lesser_title(),
            slugline=first_text(self.content_meta.findall("slugline")),
            byline=self._byline() or body.byline,
            version=number_of(self.news.get("version") or _text(self.item_meta, "version")),
            status=status,
            codes=list(self._codes()),
            credits=self._credits() or body.distributors,
            publishers=[*self._named("copyrightholder"), *body.distributors],
            published_at=self._published_at(),
            created_at=self._time(self.item_meta, "firstcreated"),
            embargoed_until=embargoed_until,
            dateline=self._dateline(body),
            language=self._language() or language_tag(body.language),
            subjects=list(self._subjects()),
            urgency=urgency_of(_text(self.content_meta, "urgency"), _text(self.header, "priority")),
            ed_note="\n".join([*self._notes(), *body.notes]) or None,
        )
        return story_of(draft, self.item, self.source)

    def _bodies(self, *, canceled: bool) -> list[Body]:
        """Every text part in order. Raises Rejected `no-text-part` for an item of pictures or data."""
        parts = [part for part in self.news.iter("inlinexml", "inlinedata") if not _in(part, "itemmeta", "contentmeta")]
        text = [part for part in parts if is_text(part.get("contenttype")) and not _is_data(part)]
        for part in text:
            unpacked(part, part.get("encoding"))
        kind = (_code(self.item_meta.find("itemclass")) or "").rpartition(":")[2].rpartition("/")[2].lower()
        if (
            not text
            and not canceled
            and (kind != "text" or parts or self.news.find("contentset/remotecontent") is not None)
        ):
            there = [each.tag for content in self.news.findall("contentset") for each in content]
            raise Rejected(
                "no-text-part", f"an item of class {kind or 'unknown'} without text: {', '.join(there) or 'empty'}"
            )
        return [body for part in text for body in bodies_of(part)]

    def _headline(self) -> str | None:
        """The headline; one of a lesser role, as hld:subHeadline, is none."""
        return first_text(each for each in self.content_meta.findall("headline") if not _is_lesser(each))

    def _lesser_title(self) -> str | None:
        """What stands for a headline where there is none: the item's title, a headline of a lesser role."""
        return first_text(self.item_meta.findall("title")) or first_text(self.content_meta.findall("headline"))

    def _codes(self) -> Iterator[str]:
        """What may say which version this is: signals, and the genre, by code or name."""
        concepts = [*self.item_meta.findall("signal"), *self.content_meta.findall("genre")]
        for each in concepts:
            yield from filter(None, (_code(each), _own_name(each)))

    def _time(self, meta: etree._Element, name: str) -> datetime | None:
        return read_time(_text(meta, name), self.source)

    def _published_at(self) -> datetime | None:
        places = (
            (self.item_meta, "versioncreated"),
            (self.content_meta, "contentmodified"),
            (self.content_meta, "contentcreated"),
            (self.header, "sent"),
            (self.item_meta, "firstcreated"),
        )
        return next((when for meta, name in places if (when := self._time(meta, name))), None)

    def _byline(self) -> str | None:
        """Who is named as writer: `by`, else creators whose role or type says that they are one."""
        told = [text for each in self.content_meta.findall("by") if (text := text_of(each))]
        if told:
            return ", ".join(told)
        people = (each for each in self.content_meta.findall("creator") if _is_writer(each))
        return ", ".join(name for each in people if (name := _name(each))) or None

    def _credits(self) -> list[str]:
        """From origin to last hop: the hop history; where there is none, source, credit line, provider."""
        hops = sorted(self.news.findall("hophistory/hop"), key=lambda hop: number_of(hop.get("seq")) or 0)
        passed = [name for hop in hops for party in hop.findall("party") if (name := _name(party))]
        lines = [line.strip(" -–—/=") for each in self.content_meta.findall("creditline") if (line := text_of(each))]
        told = [*passed, *self._named("infosource"), *lines, *self._named("provider")]
        return told or self._named("copyrightholder")

    def _named(self, tag: str) -> list[str]:
        return [name for each in self.news.iter(tag) if not _in(each, "contentset") and (name := _name(each))]

    def _dateline(self, body: Body) -> Dateline | None:
        """What metadata say of place and day: dateline, NITF's dateline, then where the content is from."""
        located = self.content_meta.find("located")
        told = told_dateline(_text(self.content_meta, "dateline")) or told_dateline(body.dateline)
        place = told_dateline(_own_name(located))
        if told and not told.place and place:
            return replace(told, place=place.place)
        return told or place

    def _language(self) -> str | None:
        tags = [each.get("tag", "").strip() for each in self.content_meta.findall("language")]
        return next(filter(None, map(language_tag, [*tags, self.news.get("lang")])), None)

    def _subjects(self) -> Iterator[str]:
        schemes = (each for each in self.news.getroottree().iter("scheme") if each.get("alias"))
        aliases = {each.get("alias", ""): each.get("uri", "") for each in schemes}
        for subject in self.content_meta.findall("subject"):
            main = subject.find("mainconcept")
            code = subject_of(_code(subject) or _code(main) or _own_name(subject), aliases)
            if code:
                yield code

    def _notes(self) -> Iterable[str]:
        for meta in (self.item_meta, self.content_meta):
            yield from (note for each in meta.findall("ednote") if (note := text_of(each)))


def _is_lesser(headline: etree._Element) -> bool:
    return "sub" in headline.get("role", "").lower()


def _child(parent: etree._Element, name: str) -> etree._Element:
    """A child, or an empty element in its stead."""
    found = parent.find(name)
    return etree.Element(name) if found is None else found


def _text(parent: etree._Element, name: str) -> str | None:
    """The first text in children of a name."""
    return first_text(parent.findall(name))


def _code(element: etree._Element | None) -> str | None:
    """What identifies a concept: qcode, URI or literal."""
    if element is None:
        return None
    told = (element.get(name, "").strip() for name in ("qcode", "uri", "literal"))
    return next(filter(None, told), None)


def _own_name(element: etree._Element | None) -> str | None:
    """A concept's name, or its literal."""
    if element is None:
        return None
    return first_text(element.findall("name")) or element.get("literal", "").strip() or None


def _name(element: etree._Element) -> str | None:
    """How to call a party: its name, literal or text, else the last part of its code: nprov:AFP, not a web address."""
    own = _own_name(element) or " ".join((element.text or "").split())
    return own or element.get("qcode", "").rpartition(":")[2].strip() or None


def _is_writer(creator: etree._Element) -> bool:
    said = f"{creator.get('role', '')} {creator.get('type', '')} {creator.get('jobtitle', '')}".lower()
    return any(word in said for word in ("author", "writer", "reporter", "person", "journalist", "byline"))


def _in(element: etree._Element, *names: str) -> bool:
    return any(each.tag in names for each in element.iterancestors())


def _is_data(part: etree._Element) -> bool:
    """Whether inline XML holds data alone."""
    return len(part) > 0 and all(each.tag in DATA for each in part)
