"""ninjs, the JSON of the IPTC for news: https://iptc.org/std/ninjs/ ."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pipeline.errors import Rejected
from pipeline.formats.draft import Draft, Status, story_of
from pipeline.formats.markup import html_paragraphs
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

STATUSES = ("usable", "withheld", "canceled")


def looks_like(delivery: bytes) -> bool:
    """A JSON object or array."""
    return delivery.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def split(delivery: bytes) -> Iterator[bytes]:
    """Each item of a list, or the one object. Raises Rejected."""
    sent = _load(delivery)
    wrapped = sent.get("items") if isinstance(sent, dict) else sent
    if not isinstance(wrapped, list) or not wrapped:
        yield delivery
        return
    for item in wrapped:
        yield json.dumps(item, ensure_ascii=False, sort_keys=True).encode()


def read(item: Item, source: Source) -> Story:
    """The story in a ninjs object. Raises Rejected."""
    sent = _load(item.body)
    if not isinstance(sent, dict):
        raise Rejected("not-ninjs", f"a JSON {type(sent).__name__}, not an object")
    status = sent.get("pubstatus", "usable")
    if status not in STATUSES:
        raise Rejected("unknown-status", f"pubstatus {status!r}; known are {', '.join(STATUSES)}")
    return story_of(
        Draft(
            guid=_guid(sent),
            paragraphs=_paragraphs(sent),
            headline=_text(sent, "headline"),
            slugline=_text(sent, "slugline"),
            byline=_text(sent, "byline"),
            version=_number(sent, "version"),
            status=cast("Status", status),
            published_at=read_time(_text(sent, "versioncreated"), source),
            embargoed_until=read_time(_text(sent, "embargoed"), source),
            language=_text(sent, "language"),
            subjects=[each["code"] for each in sent.get("subject", []) if isinstance(each, dict) and "code" in each],
            urgency=_number(sent, "urgency"),
            ed_note=_text(sent, "ednote"),
        ),
        item,
        source,
    )


def _load(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Rejected("not-json", f"not JSON: {error}") from error


def _guid(sent: Mapping[str, Any]) -> str:
    if not isinstance(sent.get("uri"), str):
        raise Rejected("missing-field", f"no uri among {', '.join(sorted(sent))}")
    return str(sent["uri"])


def _text(sent: Mapping[str, Any], name: str) -> str | None:
    found = sent.get(name)
    return found if isinstance(found, str) else None


def _number(sent: Mapping[str, Any], name: str) -> int | None:
    found = sent.get(name)
    if isinstance(found, int):
        return found
    return int(found) if isinstance(found, str) and found.isdecimal() else None


def _paragraphs(sent: Mapping[str, Any]) -> list[str]:
    plain = _text(sent, "body_text")
    if plain:
        return plain.split("\n\n")
    markup = _text(sent, "body_html") or _text(sent, "body_xhtml")
    return html_paragraphs(markup) if markup else []
