"""NITF 3 of the IPTC: a story marked up, with what is known of it in docdata. See iptc.org/std/NITF."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats import xml
from pipeline.formats.bodies import Body, joined, nitf_body
from pipeline.formats.dateline import Dateline, told_dateline
from pipeline.formats.draft import Draft, name_of, story_of
from pipeline.formats.markup import text_of
from pipeline.formats.newscodes import language_tag, number_of, status_of, subject_of, urgency_of
from pipeline.formats.pieces import split_items
from pipeline.formats.times import read_day, read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

SLUGS = ("slug", "slugline", "anpa-keyword", "keyword")
"""Names of `meta` that agencies put their slugline in."""
CLOCK = re.compile(r"\d{8}T\d{4}|\d:\d\d")


def looks_like(delivery: bytes) -> bool:
    """A document whose root is nitf, or one that holds such documents."""
    return xml.wraps(delivery, {"nitf"})


def split(delivery: bytes) -> Iterator[bytes]:
    """Each NITF document of a delivery. Raises Rejected."""
    return split_items(delivery, {"nitf"})


def read(item: Item, source: Source) -> Story:
    """The story in a NITF document. Raises Rejected."""
    root = xml.parse(item.body, source.encoding)
    nitf = root if root.tag == "nitf" else next(root.iter("nitf"), None)
    if nitf is None:
        raise Rejected("not-nitf", f"no nitf in <{root.tag}>")
    return _Reader(nitf, item, source).story()


class _Reader:
    """One NITF document."""

    def __init__(self, nitf: etree._Element, item: Item, source: Source) -> None:
        self.nitf = nitf
        self.item = item
        self.source = source
        found = nitf.find(".//docdata")
        self.docdata = etree.Element("docdata") if found is None else found
        self.metas = {each.get("name", "").lower(): each.get("content", "") for each in nitf.iterfind("head//meta")}

    def story(self) -> Story:
        """The story. Raises Rejected."""
        body = joined([nitf_body(self.nitf)], None)
        issued, released = self._date("date.issue"), self._date("date.release")
        told = self.docdata.get("management-status")
        later = issued is not None and released is not None and released > issued
        embargo = released if later or (told or "").lower() == "embargoed" else None
        story_on = read_day(body.story_date, self.source)
        draft = Draft(
            guid=self._cancels() or self._guid(),
            paragraphs=body.paragraphs,
            headline=body.headline,
            slugline=self._slugline(),
            byline=body.byline,
            version=number_of(self._docdata("du-key", "version") or self.metas.get("version")),
            status="canceled" if self._cancels() else status_of(told, embargo=embargo is not None),
            codes=self._codes(),
            credits=self._credits(body),
            published_at=issued or self._sent_at() or (None if embargo else released),
            stamp_on=story_on,
            embargoed_until=embargo,
            dateline=_dateline(body, self.source),
            language=language_tag(self.nitf.get("lang")) or language_tag(self.nitf.get("baselang")),
            subjects=list(self._subjects()),
            urgency=urgency_of(
                self._docdata("urgency", "ed-urg"), self.metas.get("urgency"), self.metas.get("priority")
            ),
            ed_note="\n".join([*self._messages(), *body.notes]) or None,
        )
        return story_of(draft, self.item, self.source)

    def _docdata(self, name: str, attribute: str) -> str | None:
        """The first attribute of this kind that is not empty."""
        told = (each.get(attribute, "").strip() for each in self.docdata.iter(name))
        return next(filter(None, told), None)

    def _date(self, name: str) -> datetime | None:
        """A date of docdata: by its norm, else by its text."""
        return read_time(self._docdata(name, "norm") or text_of(self.docdata.find(name)), self.source)

    def _cancels(self) -> str | None:
        """The id of another document that this one takes back."""
        gone = status_of(self.docdata.get("management-idref-status")) == "canceled"
        return self.docdata.get("management-doc-idref", "").strip() or None if gone else None

    def _guid(self) -> str:
        told = self._docdata("doc-id", "id-string") or self._docdata("du-key", "key")
        return told or name_of(self.item)

    def _slugline(self) -> str | None:
        """The slugline among meta tags, else the one keyword that there is."""
        told = next((self.metas[name] for name in SLUGS if self.metas.get(name, "").strip()), None)
        keys = [key for each in self.docdata.iter("keyword") if (key := each.get("key", "").strip())]
        return told or (keys[0] if len(keys) == 1 else None)

    def _codes(self) -> list[str]:
        """What says which version this is: a correction's own element, the kind of an editors' message."""
        types = [each.get("msg-type", "").strip() for each in self.docdata.iter("ed-msg")]
        kinds = [each.get("tobject.property.type", "").strip() for each in self.nitf.iter("tobject.property")]
        told = ["correction"] if self.docdata.find("correction") is not None else []
        return [*told, *filter(None, [*types, *kinds])]

    def _credits(self, body: Body) -> list[str]:
        """From origin to last hop: the delivery trail, the distributor; else who registered it or holds rights."""
        trail = sorted(self.docdata.iter("from-src"), key=lambda each: number_of(each.get("level-number")) or 0)
        told = [*(each.get("src-name", "").strip() for each in trail), *body.distributors]
        told = told if any(told) else [self._docdata("doc-id", "regsrc") or ""]
        told = told if any(told) else [self._docdata("doc.copyright", "holder") or ""]
        return list(filter(None, told))

    def _sent_at(self) -> datetime | None:
        """When it was published or put together, for documents without a date of issue."""
        told = [each.get("date.publication") for each in self.nitf.iterfind("head//pubdata")]
        return next((when for each in told if (when := read_time(each, self.source))), None)

    def _subjects(self) -> Iterator[str]:
        for each in self.nitf.iter("tobject.subject"):
            code = subject_of(each.get("tobject.subject.refnum") or each.get("tobject.subject.code"))
            if code:
                yield code

    def _messages(self) -> Iterator[str]:
        for each in self.docdata.iter("ed-msg", "correction"):
            note = each.get("info", "").strip() or text_of(each)
            if note:
                yield note


def _dateline(body: Body, source: Source) -> Dateline | None:
    """The dateline in the head; its day from the story's date, unless that is a time stamp."""
    told = told_dateline(body.dateline)
    day = None if CLOCK.search(body.story_date or "") else read_day(body.story_date, source)
    if day and (not told or not told.day):
        return replace(told or Dateline(), year=day.year, month=day.month, day=day.day)
    if body.story_date and not day and told and not told.day:
        return told_dateline(f"{body.dateline}, {body.story_date}") or told
    return told
