"""The text of a page's article: trafilatura says which part of the page it is, and is not let leave prose out.

Trafilatura parts an article from its page and in doing so flattens and drops some of it. So the
paragraphs are read from the page's own markup, with every inline tag's text; those stay that
trafilatura has too, and, in what the page itself marks as the article, whatever is a sentence.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache

import trafilatura
from lxml import etree, html

from pipeline.errors import Rejected
from pipeline.formats.article_facts import elements
from pipeline.formats.calendar_words import lexicon
from pipeline.formats.encoding import printable
from pipeline.formats.markup import paragraphs, text_paragraphs
from pipeline.formats.xml import cut_out

OUT = (
    "script style noscript template nav aside form button select input textarea iframe object embed svg canvas audio "
    "video figure figcaption picture footer dialog menu head"
).split()
BLOCKS = ("div", "section", "ul", "ol", "p", "span", "header", "table", "h2", "h3", "h4", "h5", "h6", "dl")
HOLDERS = frozenset(("article", "body", "div", "header", "main", "section"))
UNPRINTABLE = re.compile(
    r"&#0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d);?|&#[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])(?![0-9a-fA-F]);?"
)
"""References to control characters."""
INVISIBLE = {"hidden", "sr-only", "screen-reader-text", "visually-hidden", "screenreader"}
"""What makes a stretch inside of a paragraph no text: it is read out and not shown."""
SENTENCE = re.compile(r"[.!?…。！？।؟]['\"”’»)\]]*\s*$")
COPYRIGHT = re.compile(r"^\W*(?:©|\(c\)|copyright\b)|\ball rights reserved\b", re.IGNORECASE)
FEW_WORDS = 4
MOST = 0.5
ENOUGH = 0.6
MAX_DEPTH = 250
"""Deeper pages are no pages; libraries walk them by recursion."""
MANY = 15_000
MAX_ELEMENTS = 50_000
LONGEST = 500_000
"""Characters of an article in which a paragraph is looked for as a part of a longer one."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # that a page is short is no error of ours


def page_of(text: str) -> etree._Element:
    """A page's root element. Raises Rejected."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        page = html.document_fromstring(printable(UNPRINTABLE.sub(" ", text)).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("not-html", f"no HTML: {error}") from error
    _check(page)
    return page


def body_of(page: etree._Element, told: str | None) -> list[str]:
    """The paragraphs of a page's article; `told` is its text as the page's data have it. The page is changed."""
    found = _by_trafilatura(page)
    keys, known = {_key(each) for each in found}, _key(" ".join(found))
    place, marked = _place(page)
    _strip(place)
    mine = [
        each
        for each in paragraphs(place)
        if (key := _key(each))
        and (key in keys or (len(known) < LONGEST and key in known) or ((marked or not found) and _is_prose(each)))
    ]
    lumped = len(found) == 1  # what trafilatura does with short pages: all text in one paragraph
    if len(_key("".join(mine))) < ENOUGH * len(known) and not (mine and lumped):
        mine = found
    whole = [each for each in text_paragraphs(told or "") if each.strip()]
    return whole if len(_key("".join(mine))) < ENOUGH * len(_key("".join(whole))) else mine


def _by_trafilatura(page: etree._Element) -> list[str]:
    """The paragraphs that trafilatura takes for the article; none of a page that it would take minutes for."""
    if sum(1 for _ in page.iter()) > MANY:
        return []
    try:
        found = trafilatura.bare_extraction(page, include_comments=False, favor_recall=True)
    except (AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):  # as it does for odd pages
        return []
    body = getattr(found, "body", None)
    return [text for each in body if (text := " ".join(each.itertext()).strip())] if body is not None else []


def _place(page: etree._Element) -> tuple[etree._Element, bool]:
    """The element that holds the article, and whether the page marks it as that."""
    for path in ("//*[@itemprop='articleBody']", "//article", "//main"):
        found = elements(page, f"{path}[not(ancestor::article or ancestor::aside)]")
        if len(found) == 1:
            return found[0], True
    body = page.find("body")
    return (page if body is None else body), False


def _strip(place: etree._Element) -> None:
    """Take out of an article what stands in it and is no part of it."""
    etree.strip_elements(place, *OUT, with_tail=False)
    whole = len("".join(map(str, place.itertext())))
    found = [each for each in place.iter(*BLOCKS, "time") if each is not place]
    for each in [each for each in found if _is_part(each) or _is_time(each)]:
        if len("".join(map(str, each.itertext()))) < MOST * whole:
            each.tail = f" {each.tail if (each.tail or '').strip() else ' '}"
            cut_out(each)


def _is_time(element: etree._Element) -> bool:
    """Whether an element tells only when a page was published: a time that stands beside blocks, not in a sentence."""
    parent, before = element.getparent(), element.getprevious()
    if element.tag != "time" or parent is None or parent.tag not in HOLDERS:
        return False
    beside = (parent.text if before is None else before.tail), element.tail
    return not any((each or "").strip() for each in beside)


def _is_part(element: etree._Element) -> bool:
    """Whether an element's class, id or role names a part of a page that is no story."""
    told = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role")))).lower()
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag == "span":
        return bool(INVISIBLE & set(told.split()))
    names = told.split() if element.tag == "p" else [word for name in told.split() for word in _words_of(name)]
    return bool(_parts() & set(names))


def _words_of(name: str) -> Iterator[str]:
    """A class name and its words: `post-share__list` is post, share, list, post-share__list."""
    yield name
    yield from re.split(r"[-_]+", name)


def _is_prose(text: str) -> bool:
    return bool(SENTENCE.search(text)) and len(text.split()) >= FEW_WORDS and not COPYRIGHT.search(text)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _check(page: etree._Element) -> None:
    """Refuse what cannot be a page. Raises Rejected."""
    depth = elements = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_DEPTH:
            raise Rejected("too-deep", f"HTML with more than {MAX_DEPTH} elements inside each other")
        if elements > MAX_ELEMENTS:
            raise Rejected("too-large", f"HTML with more than {MAX_ELEMENTS:,} elements")


@cache
def _parts() -> frozenset[str]:
    return frozenset(word for (word,) in lexicon("page_parts"))
