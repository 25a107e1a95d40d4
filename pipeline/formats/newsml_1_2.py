"""NewsML 1 of the IPTC: news items with components inside components. See iptc.org/std/NewsML.

NewsML > NewsItem > NewsComponent … > ContentItem > DataContent, which holds XHTML, NITF or text.
Metadata may stand at any level; what stands nearest to the item counts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats import xml
from pipeline.formats.bodies import Body, bodies_of, first_text, joined
from pipeline.formats.components import (
    HEADLINES,
    NOTE_NAMES,
    NOTES,
    SUBJECTS,
    contents_of,
    formal_names,
    holds_text,
    kind_of,
    role_of,
)
from pipeline.formats.dateline import Dateline, find_dateline, told_dateline
from pipeline.formats.draft import Draft, name_of, story_of
from pipeline.formats.markup import text_of
from pipeline.formats.newscodes import STATUSES, language_tag, number_of, status_of, subject_of, urgency_of
from pipeline.formats.pieces import split_items
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story


def looks_like(delivery: bytes) -> bool:
    """A NewsML document, a NewsItem with NewsComponents on its own, or what holds one of them."""
    if xml.wraps(delivery, {"newsml"}):
        return True
    return xml.wraps(delivery, {"newsitem"}) and b"newscomponent" in delivery[:20_000].lower()


def split(delivery: bytes) -> Iterator[bytes]:
    """A document of one news item for each news item. Raises Rejected."""
    return split_items(delivery, {"newsitem"})


def read(item: Item, source: Source) -> Story:
    """The story in a news item. Raises Rejected."""
    root = xml.parse(item.body, source.encoding)
    news = root if root.tag == "newsitem" else next(root.iter("newsitem"), None)
    if news is None:
        reason = "not-a-story" if root.find(".//topicset") is not None else "not-newsml-1.2"
        raise Rejected(reason, f"no NewsItem in <{root.tag}>")
    return _Reader(root, news, item, source).story()


class _Reader:
    """One news item, in the document that it came in."""

    def __init__(self, root: etree._Element, news: etree._Element, item: Item, source: Source) -> None:
        self.root = root
        self.news = news
        self.item = item
        self.source = source

    def story(self) -> Story:
        """The story. Raises Rejected."""
        embargo = self._embargo()
        status = status_of(self._formal("newsmanagement/status"), embargo=embargo is not None)
        headline = self._line("headline") or self._role_text(HEADLINES)
        body = joined(self._bodies(canceled=status != "usable"), headline)
        draft = Draft(
            guid=self._guid(),
            paragraphs=body.paragraphs,
            headline=headline or body.headline,
            slugline=self._line("slugline") or self._text("identification/namelabel"),
            byline=self._line("byline") or body.byline,
            version=number_of(self._text("identification/newsidentifier/revisionid")) or self._version_in_id(),
            status=status,
            codes=list(self._codes()),
            credits=self._credits(body),
            publishers=self._parties("newsenvelope/sentfrom"),
            published_at=self._published_at(),
            created_at=self._time("newsmanagement/firstcreated"),
            embargoed_until=embargo,
            dateline=self._dateline(body),
            language=self._language() or language_tag(body.language),
            subjects=list(self._subjects()),
            urgency=self._urgency(),
            ed_note="\n".join([*self._notes(), *body.notes]) or None,
        )
        return story_of(draft, self.item, self.source)

    def _text(self, path: str) -> str | None:
        return first_text(self.news.findall(path))

    def _formal(self, path: str) -> str | None:
        """The FormalName of the first element at a path, or its text."""
        found = self.news.find(path)
        return None if found is None else found.get("formalname", "").strip() or text_of(found)

    def _time(self, path: str) -> datetime | None:
        return read_time(self._text(path), self.source)

    def _guid(self) -> str:
        """What stays the same over revisions: the public identifier without its revision, else the item's id."""
        revision = (self._text("identification/newsidentifier/revisionid") or "").strip()
        public = self._text("identification/newsidentifier/publicidentifier") or ""
        own = self._text("identification/newsidentifier/newsitemid")
        stem = re.sub(rf":0*{re.escape(revision) or '[0-9]{1,4}'}[NUA]?$", "", public)
        if stem.count(":") >= 4 or (stem and not own):
            return stem
        stray = own or first_text(self.news.iter("guid")) or self._duid()
        return stray or name_of(self.item)

    def _version_in_id(self) -> int | None:
        """The revision that a public identifier ends in: urn:newsml:afp.com:20260303:TX-17:3N."""
        public = self._text("identification/newsidentifier/publicidentifier") or ""
        found = re.fullmatch(r"urn:newsml:[^:]+:\d{8}[^:]*:.+:(\d{1,4})[NUA]?", public)
        return number_of(found[1]) if found else None

    def _codes(self) -> Iterator[str]:
        """What may say which version this is: instructions, the item's type, its genre."""
        for name in ("instruction", "newsitemtype", "genre"):
            yield from (code for each in self.news.iter(name) if (code := each.get("formalname", "").strip()))

    def _duid(self) -> str | None:
        found = self.news.find("newscomponent")
        return None if found is None else found.get("duid", "").strip() or None

    def _bodies(self, *, canceled: bool) -> list[Body]:
        """Every text part in order. Raises Rejected `no-text-part` for an item of pictures alone."""
        there = list(self.news.iter("contentitem"))
        parts = [each for item in there if holds_text(item) for each in contents_of(item)]
        if not parts and not canceled and there:
            kinds = ", ".join(sorted({kind_of(each) or "unknown" for each in there}))
            raise Rejected("no-text-part", f"{len(there)} content items, none of them text: {kinds}")
        return [body for part in parts for body in bodies_of(part)]

    def _line(self, name: str) -> str | None:
        return first_text(each for lines in self.news.iter("newslines") for each in lines.iter(name))

    def _role_text(self, roles: set[str]) -> str | None:
        """The text of components whose role says what they are."""
        return first_text(
            content
            for each in self.news.iter("newscomponent")
            if role_of(each) in roles
            for content in each.iterfind("contentitem/datacontent")
        )

    def _published_at(self) -> datetime | None:
        envelope = read_time(first_text(self.root.iterfind("newsenvelope/dateandtime")), self.source)
        revised = self._time("newsmanagement/thisrevisioncreated")
        return revised or envelope or self._time("newsmanagement/firstcreated")

    def _embargo(self) -> datetime | None:
        """When an embargoed item becomes usable, if it says so."""
        if STATUSES.get((self._formal("newsmanagement/status") or "").casefold(), "") is not None:
            return None
        return self._time("newsmanagement/statuswillchange/dateandtime")

    def _credits(self, body: Body) -> list[str]:
        """From origin to last hop: source, credit line, provider, who sent it."""
        lines = [self._line("creditline") or "", *body.distributors]
        told = [*self._metadata("source"), *lines, *self._metadata("provider"), *self._parties("newsenvelope/sentfrom")]
        signed = find_dateline(body.paragraphs[0] if body.paragraphs else "") or self._dateline(body)
        if any(told) or (signed and signed.credits):
            return list(filter(None, told))
        return list(filter(None, [self._text("identification/newsidentifier/providerid")]))

    def _metadata(self, name: str) -> list[str]:
        """The parties of this name in the administrative metadata."""
        return [
            party
            for each in self.news.iter("administrativemetadata")
            for told in each.findall(name)
            for party in formal_names(told.iter("party"))
        ]

    def _parties(self, path: str) -> list[str]:
        return [name for each in self.root.iterfind(path) for name in formal_names(each.iter("party"))]

    def _dateline(self, body: Body) -> Dateline | None:
        """The dateline among the lines, else NITF's; its place from where the content is from, when it has none."""
        told = told_dateline(self._line("dateline")) or told_dateline(body.dateline)
        if told and told.place:
            return told
        city = next(self._origins(), None)
        return replace(told or Dateline(), place=city) if city else told

    def _origins(self) -> Iterator[str]:
        for each in self.news.iter("location"):
            if each.get("howpresent", "").lower() == "origin":
                cities = (p.get("value", "").strip() for p in each.iter("property") if p.get("formalname") == "City")
                yield from filter(None, cities)

    def _language(self) -> str | None:
        told = [
            each.get("formalname", "").strip()
            for meta in self.news.iter("descriptivemetadata")
            for each in meta.findall("language")
        ]
        said = [each.get("lang", "").strip() for each in self.news.iter("newsitem", "newscomponent")]
        return next(filter(None, map(language_tag, [*told, *said])), None)

    def _subjects(self) -> Iterator[str]:
        for each in (code for told in self.news.iter("subjectcode") for code in told.iter(*SUBJECTS)):
            code = each.get("formalname", "").strip()
            scheme = f"{each.get('scheme', '')} {each.get('vocabulary', '')}".lower()
            topic = "medtop" in scheme or "mediatopic" in scheme
            found = subject_of(f"medtop:{code}" if topic and code.isdecimal() else code)
            if found:
                yield found

    def _urgency(self) -> int | None:
        priority = self.root.find("newsenvelope/priority")
        told = None if priority is None else priority.get("formalname") or text_of(priority)
        return urgency_of(self._formal("newsmanagement/urgency"), self._formal("newsmanagement/priority"), told)

    def _notes(self) -> Iterator[str]:
        """Notes to editors, wherever agencies put them: a line of that type, a property, a component."""
        for line in self.news.iter("newsline"):
            kind = line.find("newslinetype")
            if kind is not None and NOTE_NAMES.match(kind.get("formalname", "")):
                yield from (note for each in line.findall("newslinetext") if (note := text_of(each)))
        for each in self.news.iter("property"):
            if NOTE_NAMES.match(each.get("formalname", "")) and each.get("value", "").strip():
                yield each.get("value", "").strip()
        note = self._role_text(NOTES)
        if note:
            yield note
