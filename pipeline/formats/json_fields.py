"""The fields of a JSON item by what they mean, whatever they are called: see `data/json_names.csv`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.formats import words

VALUES = ("by", "value", "name", "text", "rendered", "content", "title", "literal", "code", "qcode", "uri", "city")
"""Where an object that stands for a text has it, the likeliest first."""
TOPIC = re.compile(r"(?:mediatopic[s]?/|medtop:|mediatopic:)(\d{8})", re.IGNORECASE)
SUBJECT = re.compile(r"(?:subjectcode/|subj:)(\d{8})", re.IGNORECASE)
WALL = re.compile(r"[\d:.-]+[T ][\d:.]+")
MAIN = ("main", "headline", "title", "hl1", "")
"""Roles of headlines, the likeliest first."""


class Fields:
    """An item's fields, by what they mean."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        """`sent` is a JSON object."""
        self._sent: dict[str, Any] = {}
        for name, value in sent.items():
            if value not in (None, "", [], {}):
                self._sent.setdefault(_fold(name), value)

    def values(self, meaning: str) -> Iterator[Any]:
        """What stands under the names of a meaning, the standard's own name first."""
        yield from (self._sent[name] for name in _names()[meaning] if name in self._sent)

    def text(self, meaning: str) -> str | None:
        """The first text of a meaning that is not empty."""
        for value in self.values(meaning):
            found = _main(value) if isinstance(value, list) else _text(value)
            if found and found.strip():
                return found.strip()
        return None

    def time(self, meaning: str) -> str | None:
        """The first time of a meaning, with a zone where its name tells one: date_gmt."""
        for name in _names()[meaning]:
            told = (_text(self._sent.get(name)) or "").strip()
            if told:
                return f"{told}Z" if name.endswith(("gmt", "utc")) and WALL.fullmatch(told) else told
        return None

    def names(self, meaning: str) -> list[str]:
        """All texts of a meaning, in order: each of a list, or the one; of every name of `credit`."""
        found: list[str] = []
        for value in self.values(meaning):
            told = [text.strip() for each in _listed(value) if (text := _text(each)) and text.strip()]
            found += told
            if told and meaning != "credit":
                break
        return found

    def number(self, meaning: str) -> int | None:
        """A whole number: `2`, `"2"`, `"v2"`, 2.0."""
        for value in self.values(meaning):
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
                return int(value)
            found = re.fullmatch(r"\s*v?(\d{1,15})(?:\.\d+)?\s*", value) if isinstance(value, str) else None
            if found:
                return int(found[1])
        return None

    def subjects(self) -> list[str]:
        """Subject codes: media topics as medtop:NNNNNNNN, the rest as sent."""
        listed = [each for value in self.values("subject") for each in _listed(value)]
        return [code for each in listed if (code := _code(each))]

    def alternative(self, role: str) -> str | None:
        """One of the alternative ids: `{"itemid": …}`, or `[{"role": "itemid", "value": …}]`."""
        for value in self.values("alternative_id"):
            if isinstance(value, dict):
                found = value.get(role)
            else:
                listed = (each for each in _listed(value) if isinstance(each, dict) and each.get("role") == role)
                found = next((each.get("value") for each in listed), None)
            if isinstance(found, str | int):
                return str(found)
        return None

    def has_body(self) -> bool:
        """Whether a text stands under a name of a body."""
        return any(
            name == "bodies" or any(isinstance(each, str) for each in _listed(value)) for name, value in self._bodies()
        )

    def is_item(self) -> bool:
        """Whether it can be a story: it has an id, a headline, a body or a status."""
        return any(
            True for meaning in ("uri", "headline", "alternative_id", "status") for _ in self.values(meaning)
        ) or (any(True for _ in self._bodies()))

    def bodies(self) -> list[tuple[str, Any]]:
        """What stands under the names of a body, each with its name."""
        return list(self._bodies())

    def _bodies(self) -> Iterator[tuple[str, Any]]:
        yield from ((name, self._sent[name]) for name in _names()["body"] if name in self._sent)


@cache
def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for meaning, name in words.entries("json_names.csv"):
        names.setdefault(meaning, []).append(_fold(name))
    return names


def _fold(name: object) -> str:
    told = str(name)
    return told if told.isascii() and told.isalpha() and told.islower() else re.sub(r"[\W_]", "", told).casefold()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """The text that a value is, or that an object holds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return _text(value[0]) if value else None
    if isinstance(value, dict):
        found = (value.get(name) for name in VALUES)
        return next((text for each in found if isinstance(each, str | int) and (text := _text(each))), None)
    return None


def _main(listed: list[Any]) -> str | None:
    """The main one of texts that have roles; the first one without."""
    for role in MAIN:
        for each in listed:
            told = _fold(each.get("role") or "") if isinstance(each, dict) else ""
            if told == role and _text(each):
                return _text(each)
    return next((text for each in listed if (text := _text(each))), None)


def _code(subject: Any) -> str | None:
    """A subject's code: `medtop:20000002` from a URI, a scheme and a code, or a qcode."""
    if isinstance(subject, str):
        return _topic(subject) or subject.strip()
    if not isinstance(subject, dict):
        return None
    told = [subject.get(name) for name in ("code", "qcode", "literal", "uri", "id")]
    codes = [str(each).strip() for each in told if isinstance(each, str | int) and str(each).strip()]
    topic = next((topic for each in codes if (topic := _topic(each))), None)
    scheme = str(subject.get("scheme") or "")
    if (
        not topic
        and codes
        and re.search("mediatopic|medtop", scheme, re.IGNORECASE)
        and re.fullmatch(r"\d{8}", codes[0])
    ):
        topic = f"medtop:{codes[0]}"
    return topic or (codes[0] if codes else None)


def _topic(code: str) -> str | None:
    topic, subject = TOPIC.search(code), SUBJECT.search(code)
    return f"medtop:{topic[1]}" if topic else f"subj:{subject[1]}" if subject else None
