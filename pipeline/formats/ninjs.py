"""ninjs, the JSON of the IPTC for news: https://iptc.org/std/ninjs/ ."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from lxml import etree, html

from pipeline.errors import Rejected
from pipeline.formats.draft import Draft, Status, local, story_of
from pipeline.sources import Source
from pipeline.tables import Item, Story

STATUSES = ("usable", "withheld", "canceled")
BLOCKS = "p|h1|h2|h3|h4|h5|h6|li|tr|blockquote|pre|div".split("|")


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
            published_at=_time(sent, "versioncreated", source),
            embargoed_until=_time(sent, "embargoed", source),
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


def _time(sent: Mapping[str, Any], name: str, source: Source) -> datetime | None:
    found = _text(sent, name)
    if not found:
        return None
    try:
        return local(datetime.fromisoformat(found), source)
    except ValueError as error:
        raise Rejected("bad-time", f"{name} {found!r} is not an ISO 8601 time") from error


def _paragraphs(sent: Mapping[str, Any]) -> list[str]:
    plain = _text(sent, "body_text")
    if plain:
        return plain.split("\n\n")
    markup = _text(sent, "body_html") or _text(sent, "body_xhtml")
    return _blocks(markup) if markup and markup.strip() else []


def _blocks(markup: str) -> list[str]:
    """The text of a markup's innermost blocks, in order."""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for br in tree.iter("br"):
        br.tail = " " + (br.tail or "")
    etree.strip_elements(tree, "script", "style", with_tail=False)
    leaves = [block for block in tree.iter(*BLOCKS) if not any(True for _ in block.iterdescendants(*BLOCKS))]
    return [str(block.text_content()) for block in leaves]
