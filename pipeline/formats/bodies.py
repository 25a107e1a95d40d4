"""The text parts of an item in NewsML: XHTML, NITF, a schema of their own, plain text, or markup as a string.

What a body says beside its text (headline, byline, dateline, notes) is kept apart: metadata go
before it, and where they say nothing, it is the fallback.
"""

import base64
import binascii
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats import xml
from pipeline.formats.markup import ASIDE, NOTES, paragraphs, text_of, text_paragraphs

NOT_TEXT = re.compile(
    r"^(?:image|video|audio|font|model)/|^application/(?:pdf|octet-stream|json|zip|msword|vnd\.|x-shockwave)|^text/(?:css|vtt|"
    r"calendar|csv|javascript)",
    re.IGNORECASE,
)
MARKUP_START = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\b|<(?:\w+:)?nitf\b)", re.IGNORECASE)
DOCUMENTS = frozenset({"nitf", "html"})
ASIDES = frozenset({"ul", "ol", "dl", "div", "time", "p"})
LONGEST_BYLINE = 140
NITF_OUT = frozenset(
    {"note", "byline", "dateline", "distributor", "copyrite.body", "rights", "series", "hedline", "body.end"}
)


@dataclass(slots=True)
class Body:
    """What a text part holds; `found` tells an empty part from none."""

    paragraphs: list[str] = field(default_factory=list)
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    story_date: str | None = None
    abstract: list[str] = field(default_factory=list)
    distributors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    language: str | None = None


def bodies_of(part: etree._Element) -> list[Body]:
    """What an element that holds content holds: NITF, pages, elements of another schema, a string."""
    if len(part) == 0:
        return [_string_body(part.text or "")]
    known = [part] if part.tag in DOCUMENTS else list(_outermost(part))
    beside = Body()
    if not known:
        _take_asides(beside, part)
    found = [nitf_body(each) if each.tag == "nitf" else _page_body(each) for each in known]
    beside.paragraphs = [] if part in known else paragraphs(part, DOCUMENTS)
    if not beside.paragraphs and not beside.notes:
        return found
    return [*found, beside] if known and part[0] is known[0] and not (part.text or "").strip() else [beside, *found]


def _outermost(part: etree._Element) -> Iterable[etree._Element]:
    """The NITF documents and pages in an element."""
    return (each for each in part.iter(*DOCUMENTS) if not _inside(each, DOCUMENTS, part))


def _string_body(text: str) -> Body:
    """What a string holds: a whole XML document, markup, or plain text."""
    if MARKUP_START.match(text):
        try:
            bodies = bodies_of(xml.parse(text.encode()))
        except Rejected:
            return Body(paragraphs=text_paragraphs(text))
        return joined(bodies, None)
    return Body(paragraphs=text_paragraphs(text))


def nitf_body(nitf: etree._Element) -> Body:
    """What NITF holds, under `nitf` or any element that has a `body.content`."""
    head = nitf.find(".//body.head")
    contents = [
        each for each in nitf.iter("body.content") if not _inside(each, {"note", "media", "body.content"}, nitf)
    ]
    body = Body()
    for each in contents:
        _take_asides(body, each)
    body.paragraphs = [text for each in contents for text in paragraphs(each, NITF_OUT)]
    if not contents:
        body.paragraphs = paragraphs(nitf, NITF_OUT | {"head", "body.head"})
    body.language = nitf.get("lang") or nitf.get("baselang")
    _read_head(body, nitf if head is None else head)
    body.headline = body.headline or first_text(nitf.iter("hl1")) or first_text(nitf.iterfind("head/title"))
    for each in contents:
        _read_asides(body, each)
    end = nitf.find(".//body.end")
    if end is not None:
        body.notes += paragraphs(end)
    if not body.paragraphs:
        body.paragraphs = body.abstract
    return body


def _read_head(body: Body, head: etree._Element) -> None:
    """Headline, byline and the like of a NITF head."""
    body.headline = first_text(head.findall(".//hl1"))
    _read_asides(body, head)
    body.abstract = [text for each in head.findall("abstract") for text in paragraphs(each)]
    body.distributors = [name for each in head.findall("distributor") if (name := text_of(each))]
    if not body.distributors:
        body.distributors = [name for each in head.findall("rights/rights.owner") if (name := text_of(each))]


def _read_asides(body: Body, element: etree._Element) -> None:
    """Bylines, datelines and notes, wherever NITF lets them stand."""
    bylines = [text for each in element.iter("byline") if (text := _writers(each))]
    body.byline = body.byline or ", ".join(dict.fromkeys(bylines)) or None
    for each in element.iter("dateline"):
        date = each.find(".//story.date")
        body.dateline = body.dateline or text_without(each, {"story.date"})
        body.story_date = body.story_date or (None if date is None else date.get("norm") or text_of(date))
    notes = [each for each in element.iter("note") if not _inside(each, {"note"}, element)]
    body.notes += [note for each in notes if (note := " ".join(" ".join(paragraphs(each)).split()))]


def _writers(byline: etree._Element) -> str | None:
    """Who a byline names, without titles: <byline>By<person>ANN LEE</person><byttl>Staff Writer</byttl></byline>.

    None where it holds a sentence: some put a subtitle there.
    """
    told = byline.xpath(".//text()[not(ancestor::byttl)]")
    said = " ".join(map(str, told if isinstance(told, list) else [])).split()
    small = sum(each[0].islower() for each in said)
    return None if small > max(3, len(said) / 2) else " ".join(said) or None


def _page_body(page: etree._Element) -> Body:
    """What an XHTML page holds; its headline and its byline stand in its header, if it has one."""
    body = Body(language=page.get("lang"))
    for each in page.findall(".//header"):
        if _is_first(each, page):
            body.headline = body.headline or first_text(each.findall(".//h1"))
            body.byline = body.byline or first_text(x for x in each.iter() if x.get("class") == "byline")
            xml.cut_out(each)
    _take_asides(body, page)
    body.paragraphs = paragraphs(page)
    body.headline = body.headline or first_text(page.findall(".//h1"))
    return body


def _take_asides(body: Body, root: etree._Element) -> None:
    """Cut what classes say is no text: notes, which are kept, subject lists and times of publication."""
    for each in list(root.iter(etree.Element)):
        said = each.get("class") or ""
        if each is root or not (said or each.tag == "time"):
            continue
        if said == "byline" and len(text_of(each) or "") <= LONGEST_BYLINE:
            body.byline = body.byline or text_of(each)
            xml.cut_out(each)
        elif NOTES.search(said):
            body.notes.append(" ".join(" ".join(paragraphs(each)).split()))
            xml.cut_out(each)
        elif (ASIDE.match(said) and each.tag in ASIDES) or (each.tag == "time" and _stands_alone(each)):
            xml.cut_out(each)


def _stands_alone(element: etree._Element) -> bool:
    """Whether an element stands beside blocks, not inside a sentence."""
    parent = element.getparent()
    if parent is None or parent.tag not in {"body", "article", "section", "div", "header"}:
        return False
    before = element.getprevious()
    beside = [parent.text, element.tail] if before is None else [before.tail, element.tail]
    return not "".join(filter(None, beside)).strip()


def _is_first(element: etree._Element, root: etree._Element) -> bool:
    """Whether nothing that is text stands before an element."""
    while element is not root:
        parent = element.getparent()
        before = element.getprevious()
        if parent is None or (before is not None and before.tag != "head") or (parent.text or "").strip():
            return False
        element = parent
    return True


def _inside(element: etree._Element, names: Collection[str], root: etree._Element) -> bool:
    """Whether an element stands in another of these names, below `root`."""
    return any(each.tag in names for each in element.iterancestors() if root in {each, *each.iterancestors()})


def text_without(element: etree._Element, names: set[str]) -> str | None:
    """An element's text without that of children of these names."""
    return " ".join(" ".join(paragraphs(element, names)).split()) or None


def first_text(elements: Iterable[etree._Element]) -> str | None:
    """The first text among elements that is not empty."""
    return next((text for each in elements if (text := text_of(each))), None)


def is_text(media_type: str | None) -> bool:
    """Whether content of this type, as `text/html` or `image/jpeg`, can be a story's text."""
    return not NOT_TEXT.match((media_type or "").strip())


def unpacked(part: etree._Element, notation: str | None) -> None:
    """Decode content that came as Base64, in place; what is none stays."""
    if "base64" not in (notation or "").lower() or len(part):
        return
    try:
        part.text = base64.b64decode("".join((part.text or "").split()), validate=True).decode()
    except (binascii.Error, ValueError):
        part.text = None


def joined(bodies: list[Body], headline: str | None) -> Body:
    """All text parts as one: every part in order, one that repeats another once, the headline not at all."""
    whole = Body()
    for body in bodies:
        for each in fields(Body):
            if each.name != "paragraphs":
                setattr(whole, each.name, getattr(whole, each.name) or getattr(body, each.name))
    whole.notes = [note for body in bodies for note in body.notes]
    parts: list[list[str]] = []
    for body in bodies:
        parts = _with(parts, body.paragraphs)
    whole.paragraphs = [text for part in parts for text in part]
    titles = {_letters(each) for each in (headline, whole.headline) if each}
    while len(whole.paragraphs) > 1 and _letters(whole.paragraphs[0]) in titles:
        whole.paragraphs.pop(0)
    return whole


def _with(parts: list[list[str]], part: list[str]) -> list[list[str]]:
    """Parts and one more, unless it says what one of them says: then the longer one."""
    if not parts:
        return [part] if any(map(_letters, part)) else []
    letters = _letters("".join(part))
    if not letters or any(letters in _letters("".join(each)) for each in parts):
        return parts
    return [*(each for each in parts if _letters("".join(each)) not in letters), part]


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))
