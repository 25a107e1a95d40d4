"""Who did what to whom: a small set of verbs in the past, told by the author.

    Lee met Kim on Wednesday.        The minister was arrested by police.
    actor   recipient  date          recipient              actor

What is planned, denied, asked for or said by somebody else is left to later versions: a row that
is missing is better than one that is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.quotes import is_quoted
from pipeline.tables import DateMention, Entity, Event, Mention, Participant, Statement
from pipeline.text import Document, Sentence

ADVERB = r"(?:(?:also|later|then|has|have|had|\w+ly)\s+){0,2}"
OBLIQUE = re.compile(
    r"\b(?:of|in|near|from|at|to|for|with|by|on|against|outside|around|into|over)\s+(?:the\s+)?(?:\w+\s+)?$"
)
PASSIVE = re.compile(r"\s+(?:was|were|has been|have been|had been)\s+(?:\w+ly\s+)?$")
BY = re.compile(r"\s+by\s+(?:the\s+)?")
REPORTED = re.compile(
    r"\b(?:said|says|told|according to|alleged\w*|reportedly|accus\w+|claim\w*|if|would|whether)\b", re.IGNORECASE
)
QUAD = {
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "REQUEST": 3, "PROTEST": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
    "MOBILIZE": 4, "RETREAT": 2, "CONCEDE": 2, "AID": 2, "COOPERATE": 2, "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger with its type and code, and who takes part."""

    start_char: int
    end_char: int
    event_type: str
    cameo_code: str
    actor: Mention | None
    recipient: Mention | None


@cache
def _verbs() -> dict[str, tuple[str, str]]:
    return {form: (kind, code) for form, kind, code in lexicon("event_verbs")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_verbs())})\b")


def find_events(
    document: Document,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> Iterator[Event | Participant]:
    """Events and their participants, the most certain event first."""
    del statements
    by_id = {entity.entity_id: entity for entity in entities}
    for number, found in enumerate(_find(document, mentions), 1):
        yield _event(document, number, found, dates)
        for role, who in (("actor", found.actor), ("recipient", found.recipient)):
            if who:
                yield _participant(document.story.item_id, number, role, who, by_id.get(who.entity_id or ""))


def _find(document: Document, mentions: Sequence[Mention]) -> Iterator[Found]:
    text = document.story.text
    for match in _pattern().finditer(text):
        sentence = document.sentence_at(match.start())
        if is_quoted(text, match.start()) or not sentence or REPORTED.search(text, sentence.start_char, match.start()):
            continue
        actor, recipient = _cast(text, match, sentence, mentions)
        if actor or recipient:
            yield Found(match.start(), match.end(), *_verbs()[match.group()], actor, recipient)


def _cast(
    text: str, verb: re.Match[str], sentence: Sentence, mentions: Sequence[Mention]
) -> tuple[Mention | None, Mention | None]:
    """Actor and recipient: the names that touch the verb, turned round in a passive."""
    here = [m for m in mentions if sentence.start_char <= m.start_char and m.end_char <= sentence.end_char]
    before = [m for m in here if m.end_char <= verb.start() and m.kind != "group"]
    if before and OBLIQUE.search(text, sentence.start_char, before[-1].start_char):
        return None, None
    gap = text[before[-1].end_char : verb.start()] if before else ""
    if before and PASSIVE.fullmatch(gap):
        by = BY.match(text, verb.end())
        agent = next((m for m in here if by and m.start_char == by.end()), None)
        return agent, before[-1]
    if before and re.fullmatch(rf"\s+{ADVERB}", gap):
        after = [m for m in here if 0 <= m.start_char - verb.end() <= 40]
        clear = [
            m
            for m in after
            if re.fullmatch(r"\s+(?:with\s+|the\s+|on\s+)*(?:[\w’'-]+\s+){0,3}", text[verb.end() : m.start_char])
        ]
        named = [m for m in clear if m.kind != "group"]
        return before[-1], named[0] if named else None
    return None, None


def _event(document: Document, number: int, found: Found, dates: Sequence[DateMention]) -> Event:
    when = _when(document, found, dates)
    return Event(
        item_id=document.story.item_id,
        event=number,
        start_char=found.start_char,
        end_char=found.end_char,
        text=document.story.text[found.start_char : found.end_char],
        event_type=found.event_type,
        mode=None,
        contexts=[],
        cameo_code=found.cameo_code,
        quad_class=QUAD[found.event_type],
        goldstein=None,
        happened_on=when.first_on if when else None,
        happened_end_on=when.end_on if when else None,
        precision=when.precision if when else None,
        date_basis="stated" if when else "not stated",
        place_entity_id=None,
        realis="actual",
        negated=False,
        assertion="author",
        asserted_by_entity_id=None,
        statement=None,
        background=False,
        also_spans=[],
        confidence=0.7 if found.actor and found.recipient else 0.6,
    )


def _when(document: Document, found: Found, dates: Sequence[DateMention]) -> DateMention | None:
    """The only date of the sentence; of several none can be told to be the event's."""
    sentence = document.sentence_at(found.start_char)
    assert sentence  # noqa: S101  (the trigger was found in it)
    here = [
        d for d in dates if sentence.start_char <= d.start_char < sentence.end_char and d.first_on and not d.in_quote
    ]
    return here[0] if len(here) == 1 else None


def _participant(item_id: str, event: int, role: str, who: Mention, entity: Entity | None) -> Participant:
    return Participant(
        item_id=item_id,
        event=event,
        role=role,  # type: ignore[arg-type]
        ordinal=1,
        entity_id=who.entity_id,
        start_char=who.start_char,
        end_char=who.end_char,
        text=who.text,
        country=entity.country if entity else None,
        sector=entity.sector if entity else None,
    )
