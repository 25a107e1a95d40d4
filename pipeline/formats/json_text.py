"""The text of a JSON item: of several bodies the fullest, of blocks those that are text, nothing of its pictures."""

import html
import re
from collections.abc import Iterator
from typing import Any

from pipeline.formats.json_fields import Fields
from pipeline.formats.layout import paragraphs_of
from pipeline.formats.markup import MARKUP, html_paragraphs

NITF = re.compile(r"<nitf\b|<body\.content\b", re.IGNORECASE)
CONTENT = re.compile(r"<body\.content\b[^>]*>(.*?)</body\.content\s*>", re.IGNORECASE | re.DOTALL)
RANKS = (("html", 0), ("nitf", 1), ("", 2))
"""Which of several bodies is read: markup shows its paragraphs best."""
FULL = 0.8
"""How much of the longest body another must have to be read in its place."""
NOT_TEXT = re.compile(
    r"image|picture|photo|video|audio|gallery|embed|media|graphic|ad\b|advert|related|caption|widget|tweet"
)
PARTS = (
    "html",
    "bodyhtml",
    "bodyxhtml",
    "rendered",
    "value",
    "text",
    "bodytext",
    "content",
    "body",
    "paragraphs",
    "blocks",
)
DEEPEST = 8
"""How deep blocks may stand in blocks."""


def paragraphs_in(fields: Fields) -> list[str]:
    """The paragraphs of an item's body."""
    told = [body for name, value in fields.bodies() for body in _bodies(name, value)]
    read = [(rank, found) for rank, value in told if (found := _paragraphs(value, marked=rank == 0))]
    longest = max((_length(paragraphs) for _, paragraphs in read), default=0)
    whole = [each for each in read if _length(each[1]) >= FULL * longest]
    return min(whole, key=lambda each: each[0])[1] if whole else []


def plain_line(text: str | None) -> str | None:
    """A line without tags and entities."""
    if not text:
        return None
    told = " ".join(html_paragraphs(text)) if MARKUP.search(text) else html.unescape(text)
    return " ".join(told.split()) or None


def _bodies(name: str, value: Any) -> Iterator[tuple[int, str]]:
    """The texts under a body's name, each with its rank."""
    if name == "bodies" and isinstance(value, list):
        for each in value:
            if isinstance(each, dict) and isinstance(each.get("value"), str):
                kind = f"{each.get('role', '')} {each.get('contentType', each.get('contenttype', ''))}".casefold()
                yield _rank(kind), each["value"]
        return
    text = _whole(value, DEEPEST)
    if text:
        yield _rank(name), text


def _rank(kind: str) -> int:
    return next(rank for word, rank in RANKS if word in kind)


def _whole(value: Any, depth: int) -> str:
    """A body that is a text, an object that holds one, or blocks: these are parted by blank lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth:
        return "\n\n".join(filter(None, (_whole(each, depth - 1) for each in value)))
    if isinstance(value, dict) and depth and not NOT_TEXT.search(str(value.get("type", "")).casefold()):
        names = {str(name).replace("_", "").casefold(): each for name, each in value.items()}
        return next((text for part in PARTS if part in names and (text := _whole(names[part], depth - 1))), "")
    return ""


def _paragraphs(text: str, *, marked: bool) -> list[str]:
    """The paragraphs of markup, or of plain text: what is not labelled as markup is often markup all the same."""
    if NITF.search(text):
        content = CONTENT.search(text)
        text, marked = (content[1], True) if content else ("", False)
    plain = html.unescape(text)
    if not marked and not MARKUP.search(text) and MARKUP.search(plain):
        text, marked = plain, True
    if marked or MARKUP.search(text):
        found = [" ".join(each.split()) for each in html_paragraphs(text)]
    else:
        found = paragraphs_of(plain.replace("\r\n", "\n").replace("\r", "\n"))
    return [each for each in found if each.strip()]


def _length(paragraphs: list[str]) -> int:
    return sum(len("".join(each.split())) for each in paragraphs)
