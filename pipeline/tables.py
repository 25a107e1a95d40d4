"""Every table that the pipeline writes, declared once.

From these types come the Parquet schemas, the DuckDB tables, the data dictionary (docs/tables.md)
and what the type checker holds the code to.

Units: `_char` is an offset in Unicode code points of `stories.text`, the end exclusive; `_at` is a
time in UTC; `_on` is a day; `[first_on, end_on)` is a half-open interval of days. NULL means "the
text does not say". Rows are made from an item's bytes, its source's settings and the code's version
alone, and nothing is ever updated in place.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pipeline.schema import table

ItemId = Annotated[str, "The item it comes from (items.item_id)."]
StartChar = Annotated[int, "Where in stories.text it starts."]
EndChar = Annotated[int, "Where in stories.text it ends, exclusive."]
Confidence = Annotated[float, "How sure the extractor is, 0 to 1."]
Precision = Literal["time", "day", "week", "month", "quarter", "half", "season", "year", "decade", "century"]

Kind = Literal["person", "organization", "place", "group", "event", "work", "law", "other"]
SPAN = ("0 <= start_char AND start_char < end_char",)


@dataclass(frozen=True)
class Span:
    """A stretch of stories.text."""

    start_char: int
    end_char: int


@table("items", key=("source", "item_id"))
class Item:
    """What the wire sent, untouched. One row per distinct item of a source."""

    source: Annotated[str, "The source that sent it: the name of its TOML."]
    day: Annotated[date, "The day of the batch it came in, UTC."]
    item_id: Annotated[str, "SHA-256 of the body, in hex."]
    url: Annotated[str, "Where it was fetched."]
    media_type: Annotated[str | None, "As the wire told it."] = None
    etag: Annotated[str | None, "What the wire calls this version of the delivery; size and mtime for a file."] = None
    item_no: Annotated[int, "Its place in the delivery, from 1."] = 1
    item_count: Annotated[int, "How many items the delivery held."] = 1
    fetched_at: Annotated[datetime, "When it was first fetched."]
    body: Annotated[bytes, "The bytes."]

    @classmethod
    def of(cls, body: bytes, **facts: Any) -> "Item":
        """An item, named after its bytes."""
        return cls(item_id=hashlib.sha256(body).hexdigest(), body=body, **facts)


@table("stories", key=("source", "item_id"))
class Story:
    """One version of a story: an item in the pipeline's own words."""

    item_id: ItemId
    story_id: Annotated[str, "The same for every version: the source's name, a colon, the agency's id (guid)."]
    guid: Annotated[str, "The agency's own id; the delivery's name where the agency gives none."]
    version: Annotated[int | None, "As sent; a later take has a higher one, mostly (see stories_current)."]
    status: Annotated[Literal["usable", "withheld", "canceled"], "IPTC pubStatus."]
    signal: Annotated[
        Literal["original", "update", "correction", "kill", "withhold", "advisory"],
        "What this version is to the ones before it.",
    ]
    agency: Annotated[str | None, "Who wrote it: the first of credits."]
    credits: Annotated[list[str], "Everybody it came through, origin first."]
    headline: Annotated[str | None, "White space squeezed."]
    slugline: Annotated[str | None, "As sent."]
    byline: Annotated[str | None, "The writer as named, without 'By'."]
    dateline_place: Annotated[str | None, "The dateline's place as written."]
    dateline_on: Annotated[date | None, "The dateline's day; its year comes from the stamp."]
    text: Annotated[str, "The body as plain text, paragraphs parted by a blank line."]
    language: Annotated[str | None, "BCP 47 tag."]
    published_at: Annotated[
        datetime | None, "When this version was made or sent, as told; midnight when only a day is."
    ]
    embargoed_until: Annotated[datetime | None, "Not for use before."]
    anchor_on: Annotated[date, "The day that 'Wednesday' and 'today' are counted from."]
    anchor_basis: Annotated[Literal["dateline", "version", "stamp", "arrival"], "Where anchor_on comes from."]
    subjects: Annotated[list[str], "Subject codes as sent, IPTC media topics as medtop:NNNNNNNN."]
    urgency: Annotated[int | None, "1 most urgent to 9."]
    ed_note: Annotated[str | None, "Notes to editors, parted from the text."]
    text_hash: Annotated[str, "SHA-256 of the text, white space squeezed."]
    near_hash: Annotated[str, "64-bit SimHash of the text's words, in hex: near copies differ in few bits."]


@table("mentions", key=("source", "item_id", "start_char", "end_char"), checks=SPAN)
class Mention:
    """A name, nominal or pronoun in the text."""

    item_id: ItemId
    start_char: StartChar
    end_char: EndChar
    text: Annotated[str, "As written."]
    kind: Annotated[Kind, "What it names."]
    mention_type: Annotated[Literal["NAM", "NOM", "PRO", "MET"], "Name, nominal, pronoun, metonym."]
    entity_id: Annotated[str | None, "Who or what is meant (entities.entity_id)."]


@table("entities", key=("source", "item_id", "entity_id"))
class Entity:
    """Who or what a story mentions, once a story."""

    item_id: ItemId
    entity_id: Annotated[str, "Stable across stories: country:KOR, person:lee-jae-myung, place:1835848."]
    kind: Annotated[Kind, "What it is."]
    name: Annotated[str, "Its fullest name in the story; a country's common English name."]
    role: Annotated[str | None, "As the text states it: South Korean President."]
    country: Annotated[str | None, "ISO 3166-1 alpha-3."]
    sector: Annotated[str | None, "CAMEO and PLOVER actor sector: GOV, MIL, OPP, MED, BUS, CVL …"]
    latitude: Annotated[float | None, "Degrees north."]
    longitude: Annotated[float | None, "Degrees east."]
    mention_count: Annotated[int, "How often the story mentions it."]


@table("dates", key=("source", "item_id", "start_char", "end_char"), checks=SPAN)
class DateMention:
    """A temporal expression: a TIMEX3, and the days it covers."""

    item_id: ItemId
    start_char: StartChar
    end_char: EndChar
    text: Annotated[str, "As written."]
    type: Annotated[Literal["DATE", "TIME", "DURATION", "SET"], "TIMEX3 type."]
    value: Annotated[str, "TIMEX3 value."]
    other_value: Annotated[str | None, "The second reading of an ambiguous date (3/4/2026)."]
    mod: Annotated[str | None, "TIMEX3 modifier: START, MID, END, APPROX, BEFORE …"]
    quant: Annotated[str | None, "TIMEX3 quantifier of a SET: EACH, EVERY …"]
    freq: Annotated[str | None, "TIMEX3 frequency of a SET: 2X …"]
    first_on: Annotated[date | None, "First day meant."]
    end_on: Annotated[date | None, "Day after the last day meant."]
    precision: Annotated[Precision | None, "How exact the text is."]
    basis: Annotated[
        Literal["stated", "anchor", "text", "none"],
        "stated in full, counted from the story's day (anchor) or from another date (text), or none.",
    ]
    in_quote: Annotated[bool, "Whether it stands inside quotation marks."]
    rule: Annotated[str, "The rule that made it."]


@table("statements", key=("source", "item_id", "statement"))
class Statement:
    """An attribution: somebody (the source) says (the cue) something (the content)."""

    item_id: ItemId
    statement: Annotated[int, "Its number in the story, from 1, in order of content."]
    kind: Annotated[Literal["direct", "indirect", "mixed", "question"], "Quoted, reported, partly quoted, asked."]
    speaker_entity_id: Annotated[str | None, "Who said it (entities.entity_id)."]
    speaker_text: Annotated[str | None, "The source as written."]
    speaker_start_char: Annotated[int | None, "Where the source starts."]
    speaker_end_char: Annotated[int | None, "Where the source ends, exclusive."]
    speaker_basis: Annotated[Literal["explicit", "coreference", "carried over", "none"], "How the speaker is known."]
    cue_text: Annotated[str | None, "The words that attribute: said, according to."]
    cue_lemma: Annotated[str | None, "The cue's dictionary form: say."]
    cue_start_char: Annotated[int | None, "Where the cue starts."]
    cue_end_char: Annotated[int | None, "Where the cue ends, exclusive."]
    content: Annotated[str, "What was said, its spans joined by a space."]
    content_spans: Annotated[list[Span], "Where the content stands; more than one when the cue stands inside."]
    quotes: Annotated[list[Span], "The parts in quotation marks, marks included."]
    act: Annotated[str | None, "Speech act: assert, commit, demand, ask, accuse, deny, offer, reject …"]
    addressee_entity_id: Annotated[str | None, "Who it was said to (entities.entity_id)."]
    said_on: Annotated[date | None, "First day it can have been said."]
    said_end_on: Annotated[date | None, "Day after the last day it can have been said."]
    said_precision: Annotated[Precision | None, "How exact that is."]
    said_basis: Annotated[Literal["stated", "story", "none"], "The cue's own date, the story's day, or none."]
    negated: Annotated[bool, "Did not say."]
    parent: Annotated[int | None, "The statement that it stands in (statement)."]
    via: Annotated[str | None, "The agency or paper that it is quoted from (entities.entity_id)."]
    confidence: Confidence


@table("events", key=("source", "item_id", "event"), checks=SPAN)
class Event:
    """Something that the story reports as happening, happened, planned or denied."""

    item_id: ItemId
    event: Annotated[int, "Its number in the story, from 1, the most certain first."]
    start_char: StartChar
    end_char: EndChar
    text: Annotated[str, "The trigger as written."]
    event_type: Annotated[str, "PLOVER type: AGREE, CONSULT, PROTEST …"]
    mode: Annotated[str | None, "PLOVER mode."]
    contexts: Annotated[list[str], "PLOVER contexts."]
    cameo_code: Annotated[str | None, "CAMEO code, as deep as the text allows."]
    quad_class: Annotated[int | None, "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."]
    goldstein: Annotated[float | None, "Goldstein value of cameo_code, -10 to 10."]
    happened_on: Annotated[date | None, "First day it can have happened."]
    happened_end_on: Annotated[date | None, "Day after the last day it can have happened."]
    precision: Annotated[Precision | None, "How exact that is."]
    date_basis: Annotated[Literal["stated", "inferred", "article date", "not stated"], "Where happened_on comes from."]
    place_entity_id: Annotated[str | None, "Where it happened (entities.entity_id)."]
    realis: Annotated[Literal["actual", "future", "hypothetical", "generic"], "How real."]
    negated: Annotated[bool, "Reported as not happening."]
    assertion: Annotated[
        Literal["author", "source", "alleged", "denied"], "Who vouches for it: the author, or somebody quoted."
    ]
    asserted_by_entity_id: Annotated[str | None, "Who, when it is not the author (entities.entity_id)."]
    statement: Annotated[int | None, "The statement that it stands in (statements.statement)."]
    background: Annotated[bool, "Context from the past, not the news itself."]
    also_spans: Annotated[list[Span], "Other mentions of the same event."]
    confidence: Confidence


@table("participants", key=("source", "item_id", "event", "role", "ordinal"))
class Participant:
    """Who takes part in an event."""

    item_id: ItemId
    event: Annotated[int, "The event (events.event)."]
    role: Annotated[Literal["actor", "recipient", "third_party", "instrument", "object"], "Its part."]
    ordinal: Annotated[int, "Its number among those of the same role, from 1."]
    entity_id: Annotated[str | None, "Who or what (entities.entity_id)."]
    start_char: Annotated[int | None, "Where it is named; NULL when carried over."]
    end_char: Annotated[int | None, "Where that ends, exclusive."]
    text: Annotated[str | None, "As written."]
    country: Annotated[str | None, "ISO 3166-1 alpha-3, as of the event."]
    sector: Annotated[str | None, "Actor sector, as of the event."]


Measure = Literal[
    "abducted", "arrested", "casualties", "dead", "displaced", "expelled", "missing", "money",
    "protesters", "released", "troops", "weapons", "wounded",
]  # fmt: skip


@table(
    "quantities",
    key=("source", "item_id", "start_char", "end_char"),
    checks=(*SPAN, "low <= high", "coalesce(amount, low, high) IS NOT NULL"),
)
class Quantity:
    """A number of people, things or money in an event: the dead, the arrested, what is pledged."""

    item_id: ItemId
    start_char: StartChar
    end_char: EndChar
    text: Annotated[str, "As written, with what modifies it: at least 12."]
    event: Annotated[
        int | None, "The event (events.event); NULL when the text ties it to none: killed in a crash, the toll rose to."
    ]
    measure: Annotated[Measure, "What is counted; casualties are killed or wounded."]
    amount: Annotated[float | None, "The number that is told; NULL for a range, and for hundreds."]
    low: Annotated[float | None, "The least that the words allow: 12 of at least 12, 200 of hundreds; NULL of some 50."]
    high: Annotated[float | None, "The most that the words allow: 12 of up to 12 and of a bare 12; NULL of some 50."]
    unit: Annotated[str | None, "people, pieces, or the currency in ISO 4217."]
    modifier: Annotated[str | None, "As written: at least, more than (which leaves the bound itself out), some."]


Stage = Literal["fetch", "normalize", "enrich", "load"]


@table("rejects", key=("source", "day", "stage", "item_id"))
class Reject:
    """An item that a stage refused. Nothing disappears without a row here."""

    stage: Annotated[Stage, "The stage that refused it."]
    item_id: Annotated[str, "The item (items.item_id); of a delivery too large to keep, the SHA-256 of its url."]
    reason: Annotated[str, "Short code, for counting: empty-text, not-json …"]
    message: Annotated[str, "What was seen, what is allowed, what to do."]
    rejected_at: Annotated[datetime, "When."]


@table(
    "runs",
    key=("source", "day", "stage", "started_at", "parts"),
    checks=("read = written + known + rejected",),
)
class Run:
    """What one run of a stage did to a batch; runs that found all known leave no row."""

    stage: Annotated[Stage, "The stage."]
    parts: Annotated[str, "The parts it was given, as an Airflow task is; empty when it took all."]
    read: Annotated[int, "Items it looked at."]
    written: Annotated[int, "Items it wrote."]
    known: Annotated[int, "Items that were there already."]
    rejected: Annotated[int, "Items it refused."]
    started_at: Annotated[datetime, "When it started."]
    finished_at: Annotated[datetime, "When it finished."]
    code_version: Annotated[str, "Version of the code."]
    model_version: Annotated[str, "Version of the model."]


@table("loads", key=("source", "day", "part"))
class Load:
    """Which part of the lake this database holds, and in which state; in the warehouse alone."""

    part: Annotated[str, "The part's name."]
    fingerprint: Annotated[str, "Changes when a file of the part does."]


Finding = Mention | Entity | DateMention | Statement | Event | Participant | Quantity

FINDINGS: tuple[type[Finding], ...] = (Mention, Entity, DateMention, Statement, Event, Participant, Quantity)
MADE_BY: dict[Stage, tuple[type, ...]] = {"fetch": (Item,), "normalize": (Story,), "enrich": FINDINGS}
"""What each stage writes into the lake, in the order of the road; its rejects come beside it."""
LAKE: tuple[type, ...] = (Item, Story, *FINDINGS, Reject, Run)
TABLES: tuple[type, ...] = (*LAKE, Load)
