"""An RSS or Atom feed: asked whether it has changed, and where it has moved to.

Between runs it notes what the server calls the version it gave (ETag, Last-Modified) and the address
that it was sent to for good. A feed tells no day: what it holds now is of today, or of the day that
has ended when that is asked for at midnight.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from pipeline.errors import Rejected
from pipeline.sources import Feed, Source, where
from pipeline.wire.access import Access
from pipeline.wire.delivery import Delivery
from pipeline.wire.web import Answer, Client, Refused, media_type

VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def days(_source: Source, access: Access) -> list[date]:
    """Today."""
    return [access.now().date()]


def fetch(source: Source, day: date, access: Access) -> Iterator[Delivery]:
    """The feed as one delivery, if it has changed, for today or the day before. Raises FetchError, ConfigError."""
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
    access.memory.clear()
    at = answer.moved or asked  # an address with a secret in it is not noted
    access.memory.update(_notes(settings.url, at if client.clean(at) == at else settings.url, answer))
    mark = hashlib.sha256(answer.body).hexdigest()
    yield Delivery(url=url, etag=mark, media_type=media_type(answer), read=partial(bytes, answer.body))


def _get(client: Client, url: str, memory: Mapping[str, str]) -> tuple[str, Answer]:
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


def _refuse(refusal: Rejected) -> bytes:
    raise refusal
