"""What a format found in an item, and how a story is made of it: the part that all formats share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from pipeline.errors import Rejected
from pipeline.formats import words
from pipeline.formats.byline import clean_byline
from pipeline.formats.dateline import Dateline
from pipeline.formats.embargo import embargo_in
from pipeline.formats.encoding import printable
from pipeline.formats.fingerprint import near_hash, text_hash
from pipeline.formats.language import language_of
from pipeline.formats.parting import Parted, part
from pipeline.formats.signals import Signal, gravest, signal_in, signal_of_code, signal_of_headline, signal_of_slugline
from pipeline.sources import Source
from pipeline.tables import Item, Story

Status = Literal["usable", "withheld", "canceled"]
Basis = Literal["dateline", "version", "stamp", "arrival"]

BRACKETS = re.compile(r"^\(([^()]*)\)$")
LARGEST = 2**63
"""What a column of whole numbers can hold."""
LATER = timedelta(minutes=1)
"""Software changes what it put out a few seconds later."""
SERIAL = 100
"""A version's number from here on is a serial number or a time."""


@dataclass(kw_only=True)
class Draft:
    """What a format found, in its own words; None where the item does not say.

    `paragraphs` may still hold what is no part of the story: notes, a byline, trailers; `story_of`
    parts them. A line feed in one is a space, unless `keeps_lines`. `published_at` is when this
    version was made (its `versionCreated`), `created_at` when the first was; `stamp_on` is a day
    that somebody on the way put on it, as an aggregator does. Times without an offset are in the
    source's time zone: see `times`. `dateline` and `byline` are what metadata say; where the text
    says it too, the text is right. `codes` are signals as codes. `publishers` are names that are no
    writer's when they stand as a byline.
    """

    guid: str
    paragraphs: list[str]
    headline: str | None = None
    slugline: str | None = None
    byline: str | None = None
    version: int | None = None
    status: Status = "usable"
    signal: Signal | None = None
    codes: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    published_at: datetime | None = None
    created_at: datetime | None = None
    stamp_on: date | None = None
    embargoed_until: datetime | None = None
    dateline: Dateline | None = None
    language: str | None = None
    subjects: list[str] = field(default_factory=list)
    urgency: int | None = None
    ed_note: str | None = None
    keeps_lines: bool = False


def story_of(draft: Draft, item: Item, source: Source) -> Story:
    """The story that a draft makes. Raises Rejected when a usable story has no text."""
    story = shape(draft, item, source)
    if not story.text and story.status == "usable":
        raise Rejected("empty-text", "a usable story without text; one that is canceled or withheld may be empty")
    return story


def shape(draft: Draft, item: Item, source: Source) -> Story:
    """The story that a draft makes, with or without a text."""
    parted = part(draft.paragraphs)
    signal = _signal(draft, parted)
    status: Status = "canceled" if signal == "kill" and draft.status == "usable" else draft.status
    text = "\n\n".join(_body(draft, parted))
    dateline = dateline_of(parted.dateline, draft.dateline)
    stamp = _stamp(draft, source)
    dateline_on = dateline.day_near(stamp or item.day)
    anchor_on, anchor_basis = _anchor(draft, dateline_on, stamp, item)
    credits_ = once([*dateline.credits, *draft.credits, *parted.signed]) or _publisher(draft)
    return Story(
        item_id=item.item_id,
        story_id=f"{source.name}:{printable(draft.guid)}",
        guid=printable(draft.guid),
        version=draft.version if -LARGEST <= (draft.version or 0) < LARGEST else None,
        status=status,
        signal=signal,
        agency=credits_[0] if credits_ else None,
        credits=credits_,
        headline=squeeze(draft.headline),
        slugline=squeeze(draft.slugline),
        byline=_byline(draft, parted, credits_),
        dateline_place=dateline.place,
        dateline_on=dateline_on,
        text=text,
        language=language_of(draft.language, text) or source.language,
        published_at=draft.published_at or _midnight(draft.stamp_on),
        embargoed_until=draft.embargoed_until or _embargo(draft, parted, source, stamp or dateline_on or item.day),
        anchor_on=anchor_on,
        anchor_basis=anchor_basis,
        subjects=once(draft.subjects),
        urgency=draft.urgency if draft.urgency in range(1, 10) else None,
        ed_note=_notes(draft, parted),
        text_hash=text_hash(text),
        near_hash=near_hash(text),
    )


def name_of(item: Item) -> str:
    """What an item is called that has no id: its file's name; one of several, with its number."""
    path = PurePosixPath(unquote(urlsplit(item.url).path))
    name = PurePosixPath(path.stem).stem if path.suffix == ".gz" else path.stem
    return f"{name}#{item.item_no}" if item.item_count > 1 else name


def squeeze(text: str | None) -> str | None:
    """Text with its white space squeezed; None when nothing is left."""
    return " ".join(printable(text or "").split()) or None


def once(names: Iterable[str]) -> list[str]:
    """Names in order, each once, whatever their case."""
    seen: dict[str, str] = {}
    for name in filter(None, map(squeeze, names)):
        seen.setdefault(name.casefold(), name)
    return list(seen.values())


def dateline_of(in_text: Dateline | None, told: Dateline | None) -> Dateline:
    """The text's dateline; metadata say what it leaves open, unless they speak of another place."""
    if not in_text or not told:
        return in_text or told or Dateline()
    same = not in_text.place or not told.place or words.key(told.place)[:4] == words.key(in_text.place)[:4]
    if in_text.day or not told.day or not same:
        return replace(in_text, place=in_text.place or told.place)
    return replace(in_text, place=in_text.place or told.place, month=told.month, day=told.day, year=told.year)


def _stamp(draft: Draft, source: Source) -> date | None:
    """The day on the item, in the source's own time zone."""
    if draft.published_at:
        return draft.published_at.astimezone(source.zone).date()
    return draft.stamp_on


def _anchor(draft: Draft, dateline_on: date | None, stamp: date | None, item: Item) -> tuple[date, Basis]:
    """The day that relative dates count from, and why."""
    if dateline_on:
        return dateline_on, "dateline"
    if stamp:
        return stamp, "version" if draft.published_at else "stamp"
    return item.day, "arrival"


def _signal(draft: Draft, parted: Parted) -> Signal:
    """What a version is: by status, codes, notes, marks and headline, else by its number."""
    if draft.status == "canceled":
        return "kill"
    if draft.status == "withheld":
        return "withhold"
    told = (
        draft.signal if draft.signal != "original" else None,
        *map(signal_of_code, draft.codes),
        *map(signal_in, (draft.ed_note, *parted.notes, *parted.reporting)),
        signal_of_slugline(draft.slugline),
        signal_of_headline(draft.headline),
    )
    return gravest(told) or draft.signal or ("update" if _is_later(draft) else "original")


def _is_later(draft: Draft) -> bool:
    """Whether a version's number says that there was one before it: a serial number or a time says nothing."""
    if draft.version is None and draft.created_at and draft.published_at:
        return draft.published_at - draft.created_at > LATER
    first = draft.created_at is not None and draft.created_at == draft.published_at
    return 1 < (draft.version or 0) < SERIAL and not first


def _byline(draft: Draft, parted: Parted, credits_: list[str]) -> str | None:
    publishers = (*draft.publishers, *credits_)
    return clean_byline(draft.byline, publishers) or clean_byline(parted.byline, publishers)


def _publisher(draft: Draft) -> list[str]:
    """The agency that stands where a writer would, when nobody else signs."""
    told = squeeze(draft.byline)
    return [told] if told and words.is_agency(told) else []


def _notes(draft: Draft, parted: Parted) -> str | None:
    """Everything that was said to editors, once, in order."""
    notes: list[str] = []
    told = (*(draft.ed_note or "").split("\n"), *parted.notes, *parted.reporting, *parted.beside)
    for note in filter(None, (BRACKETS.sub(r"\1", squeeze(each) or "") for each in told)):
        if not any(note in before for before in notes):
            notes.append(note)
    return "\n".join(notes) or None


def _body(draft: Draft, parted: Parted) -> list[str]:
    """The paragraphs of the text; a headline that stands above them once more is none."""
    body = [tidy for each in parted.paragraphs if (tidy := _tidy(each, draft))]
    return body[1:] if len(body) > 1 and body[0] == squeeze(draft.headline) else body


def _embargo(draft: Draft, parted: Parted, source: Source, near: date) -> datetime | None:
    """Until when notes say that a story is not for use."""
    told = (embargo_in(note, source, near) for note in filter(None, (draft.ed_note, *parted.notes)))
    return next(filter(None, told), None)


def _tidy(paragraph: str, draft: Draft) -> str | None:
    if not draft.keeps_lines:
        return squeeze(paragraph)
    return "\n".join(filter(None, map(squeeze, paragraph.split("\n")))) or None


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
