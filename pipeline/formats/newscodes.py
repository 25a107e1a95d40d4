"""Codes of the IPTC as agencies send them: by any prefix, as a URI, as a name, in any case."""

import re
from collections.abc import Mapping

from pipeline.errors import Rejected
from pipeline.formats.draft import Status

STATUSES: dict[str, Status | None] = {
    "usable": "usable",
    "embargoed": None,
    "withheld": "withheld",
    "withhold": "withheld",
    "hold": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "cancel": "canceled",
    "killed": "canceled",
    "kill": "canceled",
    "withdrawn": "canceled",
    "deleted": "canceled",
}
"""pubStatus; None is embargoed: usable when a time is set, else withheld."""

MEDIA_TOPICS = re.compile(r"^https?://cv\.iptc\.org/newscodes/mediatopic/?", re.IGNORECASE)
TOPIC = re.compile(r"(?:medtop:|https?://cv\.iptc\.org/newscodes/mediatopic/)(?:medtop:)?(\d{8})", re.IGNORECASE)
MAX_NUMBER = 2**63 - 1


def status_of(code: str | None, *, embargo: bool = False) -> Status:
    """The status that a code means; usable when none is sent. Raises Rejected `unknown-status`."""
    last = re.split(r"[:/#]", (code or "").strip().rstrip("/"))[-1].strip().casefold()
    if not last:
        return "usable"
    if last not in STATUSES:
        raise Rejected("unknown-status", f"publication status {code!r}; known are {', '.join(sorted(STATUSES))}")
    return STATUSES[last] or ("usable" if embargo else "withheld")


def subject_of(code: str | None, aliases: Mapping[str, str] | None = None) -> str | None:
    """A subject code as sent, IPTC media topics as medtop:NNNNNNNN; `aliases` are prefixes and what they stand for."""
    told = (code or "").strip()
    prefix, colon, value = told.partition(":")
    if colon and aliases and MEDIA_TOPICS.match(aliases.get(prefix, "")):
        told = f"medtop:{value}"
    topic = TOPIC.fullmatch(told)
    return f"medtop:{topic[1]}" if topic else told or None


def number_of(text: str | None, *, most: int = MAX_NUMBER) -> int | None:
    """A whole number from 0; None for what is none or too large."""
    told = (text or "").strip()
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 20 else None
    return number if number is not None and number <= most else None


def urgency_of(*told: str | None) -> int | None:
    """The first urgency among several, 1 to 9."""
    return next((number for each in told if (number := number_of(each, most=9))), None)


def language_tag(told: str | None) -> str | None:
    """A language as BCP 47 writes it: FR is fr, pt_br is pt-BR; None for what names no language."""
    parts = re.split(r"[-_]", (told or "").strip())
    if not re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) or parts[0].lower() in {"und", "mul", "zxx"}:
        return None
    first, *rest = parts
    return "-".join([first.lower(), *(each.upper() if len(each) == 2 else each for each in rest)])
