"""What a format found in an item, and how a story is made of it: the part that all formats share."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from pipeline.errors import Rejected
from pipeline.formats.fingerprint import near_hash, text_hash
from pipeline.formats.head import Dateline, find_dateline
from pipeline.formats.signals import Signal, signal_in
from pipeline.sources import Source
from pipeline.tables import Item, Story

Status = Literal["usable", "withheld", "canceled"]
Basis = Literal["dateline", "version", "stamp", "arrival"]


@dataclass(kw_only=True)
class Draft:
    """What a format found, in its own words; None where the item does not say.

    `published_at` is when this version was made (its `versionCreated`); `stamp_on` is a day that
    somebody on the way put on it, as an aggregator does. Times without an offset are in the
    source's time zone: see `times`.
    """

    guid: str
    paragraphs: list[str]
    headline: str | None = None
    slugline: str | None = None
    byline: str | None = None
    version: int | None = None
    status: Status = "usable"
    signal: Signal | None = None
    credits: list[str] = field(default_factory=list)
    published_at: datetime | None = None
    stamp_on: date | None = None
    embargoed_until: datetime | None = None
    dateline: Dateline | None = None
    language: str | None = None
    subjects: list[str] = field(default_factory=list)
    urgency: int | None = None
    ed_note: str | None = None


def story_of(draft: Draft, item: Item, source: Source) -> Story:
    """The story that a draft makes. Raises Rejected when a usable story has no text."""
    text = "\n\n".join(filter(None, (squeeze(part) for part in draft.paragraphs)))
    if not text and draft.status == "usable":
        raise Rejected("empty-text", "a usable story without text; one that is canceled or withheld may be empty")
    dateline = draft.dateline or find_dateline(text) or Dateline()
    stamp = _stamp(draft, source)
    dateline_on = dateline.day_near(stamp or item.day)
    anchor_on, anchor_basis = _anchor(draft, dateline_on, stamp, item)
    credits_ = list(dict.fromkeys([*dateline.credits, *draft.credits]))
    return Story(
        item_id=item.item_id,
        story_id=f"{source.name}:{draft.guid}",
        guid=draft.guid,
        version=draft.version,
        status=draft.status,
        signal=draft.signal or _signal(draft),
        agency=credits_[0] if credits_ else None,
        credits=credits_,
        headline=squeeze(draft.headline),
        slugline=squeeze(draft.slugline),
        byline=squeeze(draft.byline),
        dateline_place=dateline.place,
        dateline_on=dateline_on,
        text=text,
        language=draft.language or source.language,
        published_at=draft.published_at or _midnight(draft.stamp_on),
        embargoed_until=draft.embargoed_until,
        anchor_on=anchor_on,
        anchor_basis=anchor_basis,
        subjects=draft.subjects,
        urgency=draft.urgency,
        ed_note=squeeze(draft.ed_note),
        text_hash=text_hash(text),
        near_hash=near_hash(text),
    )


def squeeze(text: str | None) -> str | None:
    """Text with its white space squeezed; None when nothing is left."""
    return " ".join((text or "").split()) or None


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


def _signal(draft: Draft) -> Signal:
    """What a version is: by its status, else by its note, else by its number."""
    if draft.status == "canceled":
        return "kill"
    if draft.status == "withheld":
        return "withhold"
    return signal_in(draft.ed_note) or ("update" if (draft.version or 1) > 1 else "original")


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
