"""An RSS or Atom feed: asked whether it has changed, and where it has moved to.

Between runs it notes what the server calls the version it gave (ETag, Last-Modified), the address
that it was sent to for good, and which entries there were. A feed tells no day: what it holds now is
of today, or of the day that has ended when that is asked for at midnight.

A feed that says where its older entries are (RFC 5005) is read on, page by page, until most of a
page was there the last time; the first time, as far as `max_pages` allows.
"""

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from pipeline.errors import FetchError, Rejected
from pipeline.sources import Feed, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.feed_page import Page, page_of
from pipeline.wire.web import Answer, Client, Refused, media_type

log = logging.getLogger(__name__)

VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
MOST_NOTED = 500
"""How many entries of the first page are noted."""
PAUSE = 1.0
"""Seconds between two pages, so that a small server is not pressed."""


def days(_source: Source, access: Access) -> list[date]:
    """Today."""
    return [access.now().date()]


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The feed if it has changed, for today or the day before; each page a delivery. Raises FetchError, ConfigError."""
    if not access.shows(day):
        return
    settings = where(source, Feed)
    client = Client(settings, access)
    url = client.clean(settings.url)
    memory = access.memory if access.memory.get("url") == settings.url else {}
    try:
        asked, answer = _get(client, settings.url, memory)
    except Rejected as refusal:  # too large: read() says so, and it becomes a row of rejects
        yield Delivery(url=url, etag=None, media_type=None, read=partial(_refuse, refusal))
        return
    if answer.status == 304:
        return
    had, page = set(memory.get("entries", ())), page_of(answer.body, answer.url)
    access.memory.clear()
    at = answer.moved or asked  # an address with a secret in it is not noted
    access.memory.update(_notes(settings.url, at if client.clean(at) == at else settings.url, answer))
    if page.entries:
        access.memory["entries"] = page.entries[:MOST_NOTED]
    yield _delivery(url, answer)
    if settings.max_pages > 1:
        yield from _Older(client, settings, access.max_bytes - len(answer.body)).pages(page, had)


class _Older:
    """The pages behind the first one."""

    def __init__(self, client: Client, settings: Feed, room: int) -> None:
        """`room` is how many bytes all of them may have together: they are held until they are stored."""
        self._client, self._settings, self._room = client, settings, room

    def pages(self, page: Page, had: set[str]) -> Iterator[Delivery]:
        """Older pages while they are new, each as a delivery; one that cannot be read says so when it is."""
        asked = {self._settings.url}
        while page.behind and page.behind not in asked and _is_new(page, had):
            if len(asked) == self._settings.max_pages or self._room < 0:
                log.warning(
                    "%s: more pages than are read (max_pages, max_item_bytes)", self._client.clean(self._settings.url)
                )
                return
            asked.add(page.behind)
            time.sleep(PAUSE)
            name = self._client.clean(page.behind)
            try:
                answer = self._client.get(page.behind)
            except (FetchError, Refused, Rejected) as error:
                yield Delivery(url=name, etag=None, media_type=None, read=partial(_refuse, _of_page(error)))
                return
            self._room -= len(answer.body)
            yield _delivery(name, answer)
            page = page_of(answer.body, answer.url)


def _is_new(page: Page, had: set[str]) -> bool:
    """Whether less than half of a page was there the last time: one entry may be held at the top."""
    known = sum(each in had for each in page.entries)
    return bool(page.entries) and known * 2 < len(page.entries)


def _of_page(error: FetchError | Refused | Rejected) -> FetchError | Rejected:
    """A failure of one page: what is not there is refused, once; the rest fails the run, which is tried again."""
    if not isinstance(error, Refused):
        return error
    return Rejected("gone", str(error)) if error.status in {404, 410} else FetchError(str(error))


def _delivery(url: str, answer: Answer) -> Delivery:
    mark = hashlib.sha256(answer.body).hexdigest()
    return Delivery(url=url, etag=mark, media_type=media_type(answer), read=partial(bytes, answer.body))


def _get(client: Client, url: str, memory: Mapping[str, Any]) -> tuple[str, Answer]:
    """The feed, and who gave it: the address it has moved to, or the old one if nothing is there."""
    headers = {header: memory[name] for name, header in VALIDATORS.items() if name in memory}
    at = memory.get("moved", url)
    try:
        return at, client.get(at, headers)
    except Refused:
        if at == url:
            raise
        return url, client.get(url)


def _notes(url: str, at: str, answer: Answer) -> dict[str, str]:
    """What to note for the next run."""
    notes = {"url": url} | {name: answer.headers[name] for name in VALIDATORS if answer.headers.get(name)}
    return notes | ({"moved": at} if at != url else {})


def _refuse(refusal: FetchError | Rejected) -> bytes:
    raise refusal
