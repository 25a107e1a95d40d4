"""Who did what to whom: events in PLOVER, with CAMEO beside it.

A trigger of the lexicon (`frames`) in the tree makes an event; its cast comes from the tree, its date
from what hangs on it, its standing from tense, mood and who says so. Everything that a code depends
on is in `data/`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extractors.events.cast import Cast, cast_of
from pipeline.extractors.events.dating import date_of
from pipeline.extractors.events.frames import codes, everyday
from pipeline.extractors.events.people import Part, is_public, named_tokens, part_of
from pipeline.extractors.events.status import Status, status_of
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import HARM, KINDNESS, Trigger, find_triggers
from pipeline.tables import DateMention, Entity, Event, Mention, Participant, Statement
from pipeline.text import Document

Role = Literal["actor", "recipient", "object"]


def find_events(
    document: Document,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> Iterator[Event | Participant]:
    """Events and their participants, the most certain event first."""
    tree = Tree(document)
    by_id = {entity.entity_id: entity for entity in entities}
    named = named_tokens(tree, mentions)
    found = [_found(tree, trigger, statements, named) for trigger in find_triggers(tree)]
    found = [each for each in found if _is_public(tree, each, named)]
    found.sort(key=lambda each: -each.confidence)
    triggers = frozenset(each.trigger.index for each in found)
    for number, each in enumerate(found, 1):
        yield _event(tree, number, each, dates, triggers)
        for role, heads in _parts(each.cast):
            for ordinal, head in enumerate(heads, 1):
                part = part_of(tree, head, mentions, by_id)
                yield _participant(document.story.item_id, number, role, ordinal, part)


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger with its cast, its standing, and how sure it is."""

    trigger: Trigger
    cast: Cast
    status: Status
    confidence: float


def _found(tree: Tree, trigger: Trigger, statements: Sequence[Statement], named: frozenset[int]) -> Found:
    cast, status = cast_of(tree, trigger, named), status_of(tree, trigger, statements)
    return Found(trigger, cast, status, _confidence(tree, trigger, cast, status))


def _is_public(tree: Tree, found: Found, named: frozenset[int]) -> bool:
    """Whether it is the doing of somebody in public life; violence and arrests are so by themselves."""
    index = found.trigger.index
    lemma = found.trigger.frame.lemma
    actors = any(is_public(tree, each, named) for each in found.cast.actors)
    if tree.tokens[index].upos != "NOUN" and lemma not in everyday():
        return bool(found.cast.actors or found.cast.recipients)
    if tree.tokens[index].upos == "NOUN":
        return actors or any(is_public(tree, each, named) for each in found.cast.recipients)
    return actors and tree.relation(index) not in {"acl", "acl:relcl", "amod"}


def _parts(cast: Cast) -> tuple[tuple[Role, Sequence[int]], ...]:
    return ("actor", cast.actors), ("recipient", cast.recipients), ("object", cast.objects)


def _confidence(tree: Tree, trigger: Trigger, cast: Cast, status: Status) -> float:
    """How sure an event is: a main clause's verb with its cast above a noun in passing."""
    depth = sum(1 for _ in tree.above(trigger.index))
    sure = 0.55
    sure += 0.15 * (tree.tokens[trigger.index].upos == "VERB") + 0.08 * bool(cast.actors) + 0.08 * bool(cast.recipients)
    sure += 0.05 * bool(trigger.frame.needs) - 0.04 * min(depth, 5)
    sure -= 0.1 * (status.realis != "actual") + 0.05 * status.background + 0.15 * status.promised
    return round(min(0.95, max(0.05, sure)), 2)


def _event(
    tree: Tree,
    number: int,
    found: Found,
    dates: Sequence[DateMention],
    triggers: frozenset[int],
) -> Event:
    trigger, status = found.trigger, found.status
    token = tree.tokens[trigger.index]
    when = date_of(tree, trigger.index, triggers, dates)
    code = _code(trigger, status)
    means = codes()[code]
    return Event(
        item_id=tree.document.story.item_id,
        event=number,
        start_char=token.start_char,
        end_char=token.end_char,
        text=token.text,
        event_type=means.event_type,
        mode=means.mode,
        contexts=list(means.contexts),
        cameo_code=code,
        quad_class=means.quad_class,
        goldstein=means.goldstein,
        happened_on=when.first_on if when else None,
        happened_end_on=when.end_on if when else None,
        precision=when.precision if when else None,
        date_basis="stated" if when else "not stated",
        place_entity_id=None,
        realis=status.realis,
        negated=status.negated,
        assertion=status.assertion,
        asserted_by_entity_id=status.statement.speaker_entity_id if status.statement else None,
        statement=status.statement.statement if status.statement else None,
        background=status.background,
        also_spans=[],
        confidence=found.confidence,
    )


def _code(trigger: Trigger, status: Status) -> str:
    """The CAMEO code; what somebody says they will do is a promise or a threat, that they will not, a refusal."""
    event_type, code = trigger.frame.event_type, trigger.frame.cameo_code
    if status.negated and event_type in KINDNESS | {"AGREE"}:
        return "120"
    if status.realis != "future" or status.above is not None or status.promised:
        return code
    if event_type in KINDNESS:
        return "030"
    return "130" if event_type in HARM else code


def _participant(item_id: str, number: int, role: Role, ordinal: int, part: Part) -> Participant:
    return Participant(
        item_id=item_id,
        event=number,
        role=role,
        ordinal=ordinal,
        entity_id=part.entity_id,
        start_char=part.start_char,
        end_char=part.end_char,
        text=part.text,
        country=part.country,
        sector=part.sector,
    )
