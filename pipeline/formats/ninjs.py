"""ninjs, the JSON of the IPTC for news, in versions 1, 2 and 3, and what resembles it: https://iptc.org/std/ninjs/ .

Names are looked up without regard to case, `_` and `-`, so `versioncreated`, `versionCreated` and
`version_created` are one; what a field is called by other news APIs is in `data/json_names.csv`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import Rejected
from pipeline.formats.article import without_site
from pipeline.formats.dateline import told_dateline
from pipeline.formats.draft import Draft, Status, name_of, story_of
from pipeline.formats.encoding import decode
from pipeline.formats.json_fields import Fields
from pipeline.formats.json_text import paragraphs_in, plain_line
from pipeline.formats.times import read_time
from pipeline.sources import Source
from pipeline.tables import Item, Story

STATUSES: dict[str, Status] = {
    **dict.fromkeys(("usable", "published", "live", "active", "ready", "final", "corrected"), "usable"),
    **dict.fromkeys(("withheld", "hold", "onhold", "embargoed"), "withheld"),
    **dict.fromkeys(
        ("canceled", "cancelled", "killed", "kill", "withdrawn", "recalled", "deleted", "unpublished", "retracted"),
        "canceled",
    ),
}
MEDIA = frozenset("picture photo image graphic audio video animation".split())
PLANS = frozenset("event planning".split())
"""Types of items that are no stories, whatever text comes with them."""
PARTIAL = frozenset({"partial", "incomplete"})
WRAPPERS = (
    "items item results result data hits docs documents articles article stories story entries entry records record "
    "objects news feed response payload value content contents newsitems newsitem messages _items"
).split()
FOLDS = ("_source", "fields", "attributes", "properties")
DEEPEST = 6
"""How many wrappers may stand around an item."""


class BrokenLine(str):
    """A line among lines of JSON that is none: refused on its own."""

    __slots__ = ()


def looks_like(delivery: bytes) -> bool:
    """A JSON object or array, by how it begins: `[Photo]` begins a text, `{` none."""
    start = delivery.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:64]
    listed = start[:1] == b"[" and start[1:].lstrip()[:1] in {b'"', b"{", b"[", b"]", b""}
    return (start[:1] == b"{" and not start.startswith(b"{\\rtf")) or listed


def split(delivery: bytes) -> Iterator[bytes]:
    """Each item of a list, whatever wraps it, or of lines that are JSON each; or the one object. Raises Rejected.

    None of a list that is empty.
    """
    sent = _load(delivery)
    if _is_empty(sent):
        return
    items = [_inherited(each, sent) for each in _items(sent, DEEPEST)]
    if len(items) <= 1 and (not items or items[0] is sent):
        yield delivery
        return
    for item in items:
        broken = isinstance(item, BrokenLine)
        yield item.encode() if broken else json.dumps(item, ensure_ascii=True, sort_keys=True).encode()


def read(item: Item, source: Source) -> Story:
    """The story in a ninjs object. Raises Rejected."""
    sent = _one(_load(item.body))
    fields = Fields(sent)
    status = _status(fields)
    kind = (fields.text("type") or "").casefold()
    if kind in MEDIA:
        raise Rejected("no-text-part", f"an item of type {kind}: what is written there is about it, no story")
    if kind in PLANS:
        raise Rejected("not-a-story", f"an item of type {kind} is about what is to come; it has no story")
    paragraphs = paragraphs_in(fields)
    if not paragraphs and (fields.text("representation") or "").casefold() in PARTIAL and status == "usable":
        raise Rejected("partial", "a partial representation without a body; fetch the whole item")
    return story_of(_draft(fields, paragraphs, status, item, source), item, source)


def _draft(fields: Fields, paragraphs: list[str], status: Status, item: Item, source: Source) -> Draft:
    version_at = fields.time("version_created")
    first_at = fields.time("first_created")
    owners = fields.names("copyright_holder")
    credits_ = fields.names("credit")
    return Draft(
        guid=_guid(fields, item),
        paragraphs=paragraphs,
        headline=without_site(plain_line(fields.text("headline")) or "", [*credits_, *owners], []),
        slugline="-".join(fields.names("slugline")) or None,
        byline=plain_line(", ".join(fields.names("byline"))),
        version=fields.number("version"),
        status=status,
        codes=[*fields.names("signal"), *([fields.text("type") or ""] if fields.text("type") == "advisory" else [])],
        credits=credits_ or owners,
        publishers=[*owners, *fields.names("publisher")],
        published_at=read_time(version_at, source) or read_time(first_at, source),
        created_at=read_time(first_at, source),
        embargoed_until=read_time(fields.text("embargo"), source),
        dateline=told_dateline(fields.text("dateline")) or told_dateline(fields.text("located")),
        language=fields.text("language"),
        subjects=fields.subjects(),
        urgency=fields.number("urgency"),
        ed_note=plain_line(" ".join(fields.names("ed_note"))),
        keeps_lines=True,
    )


def _load(body: bytes) -> Any:
    text = decode(body)
    try:
        return json.loads(text, strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        lines = _json_lines(text)
        if lines:
            return lines
        raise Rejected("not-json", f"not JSON: {str(error)[:200]}") from error


def _json_lines(text: str) -> list[Any]:
    """The values of lines that are JSON each, but for a broken one here and there; none where most are not."""
    lines = [line for line in text.split("\n") if line.strip()]
    values = [_value(line) for line in lines] if len(lines) > 1 else []
    whole = sum(isinstance(each, dict | list) for each in values)
    return values if whole * 2 > len(values) else []


def _value(line: str) -> Any:
    try:
        return json.loads(line, strict=False) if line.strip()[0] in "{[" else BrokenLine(line)
    except (ValueError, RecursionError):
        return BrokenLine(line)


def _items(sent: Any, depth: int) -> Iterator[Any]:
    """The items in what was sent: wrappers are opened, what is no object is left for `read` to refuse."""
    if isinstance(sent, list):
        for each in sent:
            yield from (_items(each, depth - 1) if isinstance(each, dict) and depth else [each])
        return
    if isinstance(sent, dict):
        sent = _unfolded(sent)
    inner = _wrapped(sent, depth) if isinstance(sent, dict) else None
    yield from inner if inner is not None else [sent]


def _is_empty(sent: Any) -> bool:
    """Whether what was sent lists items and has none: `[]`, `{"total": 0, "items": []}`, a JSON Feed without items."""
    if not isinstance(sent, dict):
        return bool(sent == [])
    listed = [name for name in WRAPPERS if sent.get(name) == []]
    return bool(listed) and ("jsonfeed.org" in str(sent.get("version")) or not Fields(sent).is_item())


def _inherited(item: Any, sent: Any) -> Any:
    """An item of a JSON Feed (jsonfeed.org) with what the feed says of every item: its language, its authors."""
    if not isinstance(sent, dict) or not isinstance(item, dict) or "jsonfeed.org" not in str(sent.get("version")):
        return item
    return {**{name: sent[name] for name in ("language", "authors", "author") if name in sent}, **item}


def _unfolded(sent: dict[str, Any]) -> dict[str, Any]:
    """An item whose fields stand one level down, as JSON:API and search engines have them, with its own id."""
    for name in FOLDS:
        inner = sent.get(name)
        if isinstance(inner, dict) and (name == "_source" or Fields(inner).bodies()):
            outer = {key: value for key, value in sent.items() if key != name}
            own = {"id": outer.pop("_id")} if "_id" in outer else {}
            return {**outer, **own, **inner}
    return sent


def _wrapped(sent: dict[str, Any], depth: int) -> list[Any] | None:
    """The items that an object only wraps; None when it is an item itself."""
    fields = Fields(sent)
    if not depth or fields.has_body():
        return None
    for name in WRAPPERS:
        value = sent.get(name)
        alone = isinstance(value, dict) and not (fields.text("headline") or fields.text("uri"))
        listed = isinstance(value, list) and any(isinstance(each, dict) for each in value)
        if alone or listed:
            inner = list(_items(value, depth - 1))
            if any(isinstance(each, dict) and Fields(each).is_item() for each in inner):
                return inner
    return None


def _one(sent: Any) -> dict[str, Any]:
    """The one item in what was sent. Raises Rejected."""
    items = list(_items(sent, DEEPEST)) if isinstance(sent, dict | list) else [sent]
    if len(items) != 1 or not isinstance(items[0], dict):
        raise Rejected(
            "not-ninjs", f"a JSON {type(sent).__name__} that holds {len(items)}; one object is read at a time"
        )
    if not Fields(items[0]).is_item():
        names = ", ".join(sorted(map(str, items[0]))[:12])
        raise Rejected("not-ninjs", f"no id, headline or body among: {names}")
    return items[0]


def _status(fields: Fields) -> Status:
    """As the standard's own field tells it, or one that other APIs use for much else. Raises Rejected."""
    told = fields.text("status")
    if not told:
        return STATUSES.get(_word(fields.text("maybe_status") or ""), "usable")
    status = STATUSES.get(_word(told))
    if status is None:
        raise Rejected("unknown-status", f"status {told!r}; known are {', '.join(STATUSES)}")
    return status


def _word(code: str) -> str:
    """A code without its scheme: `stat:usable`, `http://cv.iptc.org/newscodes/pubstatusg2/usable`."""
    return re.split(r"[:/]", code)[-1].strip().casefold().replace("-", "").replace(" ", "")


def _guid(fields: Fields, item: Item) -> str:
    """The item's id: its uri, unless that is a query that holds an id which the item tells apart."""
    uri, other = fields.text("uri"), fields.alternative("itemid")
    if uri and other and "?" in uri and other in uri:
        return other
    return uri or other or name_of(item)
