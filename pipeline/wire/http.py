"""An index in JSON with a cursor, as news APIs have: each entry is a delivery, or says where one is.

With `go_on` it notes the cursor that it came to, and begins there the next time; a server that no
longer knows that cursor is asked from the start.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urljoin

from pipeline.errors import FetchError, Rejected
from pipeline.sources import Http, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.urls import set_parameter
from pipeline.wire.web import Client, Refused

NOTED = "cursor"


def days(_source: Source, access: Access) -> list[date]:
    """Today: an index does not tell which days it has."""
    return [access.now().date()]


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The deliveries that the index lists for a day, in its order. Raises FetchError, ConfigError."""
    settings = where(source, Http)
    if "%" not in settings.url and not access.shows(day):
        return
    index = _Index(settings, Client(settings, access), day)
    noted = access.memory.get(NOTED) if settings.go_on and access.memory.get("url") == settings.url else None
    try:
        pages = list(index.pages(noted))
    except Refused:
        if noted is None:
            raise
        pages = list(index.pages(None))
    for url, page in pages:
        for entry in index.entries(url, page):
            yield index.delivery(url, entry)
    if settings.go_on:
        access.memory.clear()
        access.memory.update({"url": settings.url, NOTED: index.reached or noted})


class _Index:
    """The pages of an index."""

    def __init__(self, settings: Http, client: Client, day: date) -> None:
        self._settings, self._client = settings, client
        self._url = f"{day:{settings.url}}" if "%" in settings.url else settings.url
        self.reached: str | None = None

    def pages(self, noted: str | None) -> Iterator[tuple[str, Any]]:
        """Every page with its URL. Raises FetchError."""
        url = self._at(self._url, noted) if noted else self._url
        asked = set[str]()
        while url not in asked and len(asked) < self._settings.max_pages:
            asked.add(url)
            page = self._page(url)
            yield url, page
            cursor = _name(page, self._settings.cursor)
            if cursor is None or (self._settings.cursor_parameter and not self.entries(url, page)):
                return
            self.reached = cursor if self._settings.cursor_parameter else None
            url = self._at(url, cursor)
        if url not in asked:
            raise FetchError(f"{self._client.clean(url)}: more than {self._settings.max_pages} pages (max_pages)")

    def entries(self, url: str, page: Any) -> list[Any]:
        """The entries of a page. Raises FetchError."""
        path = self._settings.entries
        found = _at(page, path) if path else page
        if not isinstance(found, list):
            raise FetchError(
                f"{self._client.clean(url)}: no list at {path or 'the top'}; see `entries` in the source's TOML"
            )
        return found

    def delivery(self, url: str, entry: Any) -> Delivery:
        """An entry, or what it links to."""
        body = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        mark = hashlib.sha256(body).hexdigest()
        version = _name(entry, self._settings.version) or mark
        link = _name(entry, self._settings.link)
        if link:
            at = urljoin(url, link)
            return Delivery(url=self._client.clean(at), etag=version, media_type=None, read=partial(self._read, at))
        if self._settings.link:
            reason = f"no text at {self._settings.link}; see `link` in the source's TOML"
            return self._inline(entry, version, partial(_refuse, Rejected("no-link", reason)))
        return self._inline(entry, version, partial(bytes, body))

    def _inline(self, entry: Any, version: str, read: "partial[bytes]") -> Delivery:
        name = _name(entry, self._settings.id) or hashlib.sha256(version.encode()).hexdigest()
        return Delivery(
            url=f"{self._client.clean(self._url)}#{name}", etag=version, media_type="application/json", read=read
        )

    def _page(self, url: str) -> Any:
        try:
            return json.loads(self._client.get(url).body)
        except Rejected as refusal:
            raise FetchError(str(refusal)) from refusal
        except (ValueError, RecursionError) as error:
            raise FetchError(f"{self._client.clean(url)}: not JSON: {str(error)[:200]}") from error

    def _at(self, url: str, cursor: str) -> str:
        """The page that a cursor leads to."""
        name = self._settings.cursor_parameter
        return set_parameter(url, name, cursor) if name else urljoin(url, cursor)

    def _read(self, url: str) -> bytes:
        """A delivery; one that is not there any more is refused. Raises FetchError."""
        try:
            return self._client.get(url).body
        except Refused as error:
            if error.status in {404, 410}:
                raise Rejected("gone", str(error)) from error
            raise FetchError(str(error)) from error  # of this delivery, not of the source


def _at(value: Any, path: str) -> Any:
    """What stands at a path as `data.items` or `0.links`; None if nothing."""
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _name(value: Any, path: str | None) -> str | None:
    """A text or number at a path."""
    found = _at(value, path) if path else None
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) and found != "" else None


def _refuse(refusal: Rejected) -> bytes:
    raise refusal
