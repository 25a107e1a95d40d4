"""What a page says of its article: in JSON-LD, in meta tags, in attributes of its markup."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import unescape
from typing import Any

from lxml import etree

ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
PUBLISHED = (
    "article:published_time og:article:published_time og:published_time datepublished published_time publication_date "
    "publish_date publish-date published-date publishdate parsely-pub-date sailthru.date dc.date.issued dcterms.issued "
    "dcterms.created dc.date.created pubdate cxenseparse:recs:publishtime rnews:datepublished date.created "
    "article.published dc.date dcterms.date date"
).split()
MODIFIED = (
    "article:modified_time og:article:modified_time og:modified_time og:updated_time datemodified modified_time "
    "last-modified lastmod dc.date.modified dcterms.modified rnews:datemodified updated_time article.updated revised"
).split()
"""Names that publishers give the time, the surest first."""
BYLINE = "contains(concat(' ', normalize-space(@class), ' '), ' byline ')"
LONGEST = 140
"""Characters of a byline."""


class Facts:
    """A page's claims about its article; each is empty where the page does not tell."""

    def __init__(self, page: etree._Element) -> None:
        """Of a page as lxml.html reads it."""
        self._page = page

    @cached_property
    def article(self) -> dict[str, Any]:
        """The article's node of JSON-LD: of several, the one that has most to say."""
        found = [node for node in self._nodes if ARTICLE.search(_type(node))]
        return max(found, key=lambda node: ("headline" in node, len(node)), default={})

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """The contents of meta tags, and of elements with an itemprop, by their name in lower case."""
        found: dict[str, list[str]] = {}
        for each in self._page.iter("meta", "time", "span", "link", "a", "p", "div"):
            content = each.get("content") or each.get("datetime")
            names = [each.get(key) for key in ("property", "name", "itemprop", "http-equiv")]
            for name in filter(None, names if content else ()):
                found.setdefault(name.lower().strip(), []).append(str(content).strip())
        return found

    def meta(self, *names: str) -> str | None:
        """The first of these metas that has a content."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)

    def texts(self, key: str) -> list[str]:
        """The texts at a key of the article's JSON-LD: itself, or the names or values of what stands there."""
        return list(_texts(self.article.get(key)))

    def text(self, key: str) -> str | None:
        """The first of them."""
        return next(iter(self.texts(key)), None)

    @property
    def titles(self) -> list[str]:
        """What may be the headline, the surest first."""
        h1 = self._first("h1")
        told = [
            self.text("headline"),
            self.meta("og:title", "headline"),
            h1,
            self.meta("twitter:title"),
            self.text("name"),
        ]
        return [title for title in (*told, self._first("title")) if title]

    @property
    def sites(self) -> list[str]:
        """What the site is called."""
        metas = self.meta("og:site_name"), self.meta("application-name"), self.meta("apple-mobile-web-app-title")
        publishers = [*self.texts("publisher"), *self.texts("isPartOf"), *metas]
        websites = [text for node in self._nodes if _type(node) == "WebSite" for text in _texts(node.get("name"))]
        return [name for name in (*publishers, *websites) if name]

    @property
    def authors(self) -> list[str]:
        """Who wrote it."""
        told = self.texts("author") or self.texts("creator")
        metas = self.metas.get("author") or self.metas.get("article:author") or self.metas.get("parsely-author") or ()
        named = elements(self._page, "//*[@itemprop='author']//*[@itemprop='name'] | //*[@rel='author']")
        named = named or elements(self._page, f"//*[{BYLINE}]")[:1]
        found = (
            told or list(metas) or [text for each in named if len(text := "".join(map(str, each.itertext()))) < LONGEST]
        )
        return [name for name in dict.fromkeys(" ".join(each.split()) for each in found) if name and "://" not in name]

    @property
    def published(self) -> list[str]:
        """When it was first published, as written, the surest first."""
        return [*self.texts("datePublished"), *self._times(PUBLISHED), *self._time_elements]

    @property
    def modified(self) -> list[str]:
        """When it was last changed, as written."""
        return [*self.texts("dateModified"), *self._times(MODIFIED)]

    @property
    def language(self) -> str | None:
        """The page's language."""
        told = (
            self.text("inLanguage"),
            self._page.get("lang"),
            self.meta("content-language", "og:locale", "dc.language"),
        )
        return next((tag for tag in told if tag and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", tag)), None)

    @property
    def address(self) -> str | None:
        """Where it stands, as the page itself says: its identity."""
        links = elements(self._page, "//link[contains(concat(' ', @rel, ' '), ' canonical ')]")
        canonical = (links[0].get("href") or "").strip() if links else ""
        told = (
            canonical,
            self.meta("og:url"),
            self.text("url"),
            self.text("mainEntityOfPage"),
            self.article.get("@id"),
        )
        return next((str(url) for url in told if url), None)

    @property
    def subjects(self) -> list[str]:
        """Its section and key words."""
        lists = self.texts("keywords") or self.metas.get("article:tag") or self.metas.get("news_keywords") or ()
        words = [word for text in lists or self.metas.get("keywords") or () for word in text.split(",")]
        sections = self.texts("articleSection") or self.metas.get("article:section") or ()
        return [" ".join(word.split()) for word in (*sections, *words) if word.strip()]

    @property
    def _time_elements(self) -> list[str]:
        """The time element in the article, if there is only one that tells a time."""
        times = {
            each.get("datetime", "")
            for each in elements(self._page, "//article//time | //main//time | //time[@pubdate]")
        }
        return [str(time) for time in times if time] if len(times) == 1 else []

    def _times(self, names: Iterable[str]) -> list[str]:
        return [value for name in names for value in self.metas.get(name, ())]

    def _first(self, tag: str) -> str | None:
        found = next(self._page.iter(tag), None)
        return " ".join("".join(map(str, found.itertext())).split()) or None if found is not None else None

    @cached_property
    def _nodes(self) -> list[dict[str, Any]]:
        """Every node of the page's JSON-LD; what is no JSON is passed over."""
        nodes: list[dict[str, Any]] = []
        for script in elements(self._page, "//script[contains(@type, 'ld+json')]"):
            try:
                nodes += _flat(json.loads(_bare("".join(map(str, script.itertext()))), strict=False))
            except (ValueError, RecursionError):
                continue
        return nodes


def elements(root: etree._Element, path: str) -> list[Any]:
    """The elements that an XPath finds."""
    return list(root.xpath(path))  # type: ignore[arg-type]


def _bare(script: str) -> str:
    """JSON without the comment or CDATA marks, and the semicolon, that publishers put around it."""
    return re.sub(
        r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?)|;?\s*(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)?\s*$", "", script
    )


def _flat(found: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a document: of a list, of a @graph, and what a page is about."""
    for node in found if isinstance(found, list) else [found]:
        if isinstance(node, dict):
            yield node
            for key in ("@graph", "mainEntity"):
                yield from _flat(node.get(key))


def _type(node: dict[str, Any]) -> str:
    told = node.get("@type")
    types = told if isinstance(told, list) else [told]
    return next(
        (each for each in types if isinstance(each, str) and ARTICLE.search(each)), str(types[0] if types else "")
    )


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value of JSON-LD."""
    if isinstance(value, str) and value.strip():
        yield unescape(value).strip()
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from _texts(value.get("name") or value.get("@value") or value.get("@id") or value.get("url"))
