"""An entry as feedparser gives it, in this project's words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MEDIA_TOPICS = re.compile(r"^https?://cv\.iptc\.org/newscodes/mediatopic/?$|^medtop$")
FULL_TEXT = re.compile(r"(?:^|_)full-?text$")
"""The element of a story's whole text where content:encoded is not used: yandex:full-text."""
ADDRESS = re.compile(r"\s*\S+@\S+\s*\((?P<name>[^)]+)\)\s*|\s*(?P<before>[^<>()@]+?)\s*[<(]?\S+@[^\s>)]+[>)]?\s*")


class Entry:
    """One entry of a feed, and the feed."""

    def __init__(self, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> None:
        """Plain mappings: feedparser's own look-up fills in one time for another."""
        self._entry: dict[str, Any] = dict(entry.items())
        self._feed: dict[str, Any] = dict(feed.items())

    @property
    def guid(self) -> str | None:
        """Its id, else where it links to."""
        return self._text("id") or self._text("link")

    @property
    def title(self) -> str | None:
        """As sent."""
        return self._text("title")

    @property
    def author(self) -> str | None:
        """Everybody who wrote it, else the feed's author; without addresses: jo@host (Jo Poe) is Jo Poe."""
        whole = self._text("author")
        if whole and ADDRESS.fullmatch(whole):  # feedparser takes addresses apart by the top-level domains of 2008
            return _name(whole)
        names = [name for author in self._entry.get("authors") or () if (name := _name(author.get("name")))]
        return ", ".join(dict.fromkeys(names)) or _name(whole or self._feed.get("author"))

    @property
    def published(self) -> str | None:
        """When it was first published, as written."""
        return self._text("published") or self._text("created")

    @property
    def updated(self) -> str | None:
        """When this version was made, as written."""
        return self._text("updated")

    @property
    def language(self) -> str | None:
        """The content's, the entry's, or the feed's."""
        told = [each.get("language") for each in self._entry.get("content") or ()]
        told += [self._text("language"), self._feed.get("language")]
        return next((language for language in told if language), None)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Type and text of what may be its body: contents before the description."""
        whole = [{"type": "text/plain", "value": told} for name, told in self._entry.items() if FULL_TEXT.search(name)]
        contents = [*whole, *(self._entry.get("content") or ()), self._entry.get("summary_detail") or {}]
        yield from ((each.get("type") or "", each["value"]) for each in contents if each.get("value"))

    @property
    def subjects(self) -> list[str]:
        """Its categories; those of the IPTC as medtop:NNNNNNNN."""
        tags = self._entry.get("tags") or ()
        return [_subject(tag["term"], tag.get("scheme")) for tag in tags if (tag.get("term") or "").strip()]

    @property
    def credits(self) -> list[str]:
        """The feed that it was taken from, and its publisher."""
        source = self._entry.get("source") or {}
        return [name for name in (source.get("title"), self._text("publisher")) if name]

    @property
    def publishers(self) -> list[str]:
        """Names that are no writer's."""
        return [name for name in (self._feed.get("title"), self._feed.get("publisher")) if name]

    def _text(self, name: str) -> str | None:
        found = self._entry.get(name)
        return found if isinstance(found, str) and found.strip() else None


def _name(author: str | None) -> str | None:
    """A name without an address; None for an address alone."""
    found = ADDRESS.fullmatch(author or "")
    name = (found["name"] or found["before"]) if found else author
    return name.strip() if name and "@" not in name and name.strip() else None


def _subject(term: str, scheme: str | None) -> str:
    return f"medtop:{term.strip()}" if scheme and MEDIA_TOPICS.match(scheme) else " ".join(term.split())
