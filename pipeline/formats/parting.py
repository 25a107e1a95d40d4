"""A delivery's paragraphs, parted: the story's own, and what stands before, after and between them.

Nothing is lost: notes go to `notes`, a byline to `byline`; only markers, rights, stamps, photo and
sign-off lines leave, and an agency that signs off is a credit. See `furniture` for what is what.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.formats import words
from pipeline.formats.byline import begins_byline, closing_byline, find_byline, is_title_line
from pipeline.formats.dateline import Dateline, find_dateline
from pipeline.formats.embargo import sets_embargo
from pipeline.formats.furniture import (
    is_contribution,
    is_initials,
    is_marker,
    is_note,
    is_private,
    is_reporting,
    is_revision,
    is_service,
    is_sign_off,
    run_in_reporting,
    signed_off,
    without_ending,
)
from pipeline.formats.release import is_contact, may_ask, release_end, release_notes

HEAD = 8
"""How many paragraphs a story's head can have."""
PROSE = 350
"""How many characters a line of a head can have; behind a longer one a story has begun."""
FOOT = 12
"""How many paragraphs can stand after a story's end."""


@dataclass(slots=True)
class Parted:
    """A story's paragraphs and what was parted from them."""

    paragraphs: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Those of the paragraphs that stand before the dateline, or before a byline where there is none."""
    notes: list[str] = field(default_factory=list)
    reporting: list[str] = field(default_factory=list)
    byline: str | None = None
    closing_byline: str | None = None
    """Who signs below a story; the byline where none stands above it."""
    signed: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """What stands under a press release."""
    dateline: Dateline | None = None


def part(paragraphs: list[str]) -> Parted:
    """The parts of a delivery's paragraphs, in order."""
    there = [each for each in paragraphs if each.strip()]
    parted = Parted()
    body, private = _cut_private(there)
    body = _cut_head(_cut_foot(_cut_release(body, parted), parted), parted)
    for each in body:
        if _is_furniture(each) or is_revision(_flat(each)):
            parted.notes += [_flat(each)] if is_revision(_flat(each)) else []
        else:
            parted.paragraphs.append(each)
    parted.notes += private
    parted.byline = parted.byline or parted.closing_byline
    parted.dateline = parted.dateline or find_dateline(parted.paragraphs[0] if parted.paragraphs else "")
    return parted


def above(paragraphs: list[str]) -> list[str]:
    """The paragraphs that stand before a delivery's dateline, or its byline, and are no notes; none without one."""
    parted = Parted()
    body, _ = _cut_private([each for each in paragraphs if each.strip()])
    _cut_head(_cut_foot(_cut_release(body, parted), parted), parted)
    return parted.before


def _cut_private(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """What comes before a line that says that the rest is not for publication, and that rest."""
    for number, each in enumerate(paragraphs):
        if is_private(_flat(each)):
            rest = map(_flat, paragraphs[number:])
            return paragraphs[:number], [each for each in rest if not _is_furniture(each) and not is_sign_off(each)]
    return paragraphs, []


def _cut_release(paragraphs: list[str], parted: Parted) -> list[str]:
    """What is left without what stands under a press release."""
    if not may_ask("\n".join(paragraphs)):
        return paragraphs
    lines = [*map(_flat, paragraphs)]
    end = release_end(lines)
    parted.beside += release_notes(lines[end:])
    return paragraphs[:end]


def _cut_foot(paragraphs: list[str], parted: Parted) -> list[str]:
    """What is left when trailer lines are taken from the end."""
    kept = list(paragraphs)
    notes: list[str] = []
    while kept and len(paragraphs) - len(kept) < FOOT:
        *lines, last = kept[-1].split("\n")
        above_ = "\n".join(lines) or (kept[-2] if len(kept) > 1 else "")
        if is_initials(last) and (signed_off(without_ending(above_))[1] or is_sign_off(above_)):
            kept = kept[:-1] + (["\n".join(lines)] if lines else [])
            continue
        if not _take_last(" ".join(last.split()), parted, notes):
            if not _take_last(_flat(kept[-1]), parted, notes):
                break
            lines = []
        kept = kept[:-1] + (["\n".join(lines)] if any(map(str.strip, lines)) else [])
    parted.reporting += reversed(notes)
    if not kept:
        return kept
    last, reported = run_in_reporting(kept[-1])
    parted.reporting += [reported] if reported else []
    last, name = signed_off(without_ending(last))
    parted.signed += [name] if name else []
    return [*kept[:-1], last]


def _take_last(line: str, parted: Parted, notes: list[str]) -> bool:
    """Whether a last line is no part of the story; what it says is kept."""
    if is_reporting(line) or is_contribution(line) or is_revision(line) or (line[:1] in {"(", "["} and is_note(line)):
        notes.append(line)
        return True
    written = closing_byline(line)
    if written:
        parted.closing_byline, agency = written
        parted.signed.append(agency)
        return True
    if is_sign_off(line):
        parted.signed += [each for each in (line.strip(" -–—()[]./"),) if words.is_agency(each)]
        return True
    return _is_furniture(line)


def _cut_head(paragraphs: list[str], parted: Parted) -> list[str]:
    """What is left when notes, byline and title line are taken from before the dateline."""
    head = paragraphs[:HEAD]
    kept: list[str] = []
    skip = False
    for number, each in enumerate(head):
        line = _flat(each)
        if kept and len(kept[-1]) > PROSE:
            return [*kept, *paragraphs[number:]]
        after = _flat(head[number + 1]) if number + 1 < len(head) else ""
        if skip or _is_furniture(line):
            skip = False
            continue
        if is_contact([line], 0):
            parted.beside.append(line)
            continue
        if is_note(line) or sets_embargo(line):
            parted.notes.append(line)
            continue
        parted.dateline = find_dateline(each)
        if parted.dateline and (not kept or parted.dateline.credits or parted.dateline.day):
            parted.before = kept
            return [*kept, *_run_in(paragraphs[number:], parted.dateline)]
        parted.dateline = None
        named = find_byline(line, after) if not parted.byline else None
        if named:
            parted.byline, parted.before = named, [*kept] if begins_byline(line) else []
            skip = is_title_line(after) and not find_dateline(after)
        elif after and words.is_agency(line):
            parted.signed.append(line)
        else:
            kept.append(each)
    return [*kept, *paragraphs[HEAD:]]


def _run_in(paragraphs: list[str], dateline: Dateline) -> list[str]:
    """Paragraphs with a dateline that stands alone run in with the sentence that it belongs to."""
    alone = len(paragraphs) > 1 and not paragraphs[0][dateline.end_char :].strip()
    return [f"{paragraphs[0].strip()} {paragraphs[1].lstrip()}", *paragraphs[2:]] if alone else paragraphs


@lru_cache(maxsize=16)
def _is_furniture(paragraph: str) -> bool:
    line = _flat(paragraph)
    return is_marker(line) or is_service(line)


@lru_cache(maxsize=16)  # a paragraph is asked for by each part that could take it
def _flat(paragraph: str) -> str:
    return " ".join(paragraph.split())
