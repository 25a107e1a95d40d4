"""Who did what to whom: events in PLOVER, with CAMEO beside it.

A trigger of the lexicon (`frames`) in the tree makes an event; its cast comes from the tree, its date
from what hangs on it, its standing from tense, mood and who says so. Everything that a code depends
on is in `data/`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extractors.events.cast import Cast, is_brokering
from pipeline.extractors.events.coding import (
    TALKED_OF,
    alone,
    code_of,
    contexts_of,
    inner_of,
    is_asked_for,
    is_in_words,
    is_plan,
    is_pledge,
    is_told_by,
    outer_of,
    with_context,
)
from pipeline.extractors.events.counting import Acting
from pipeline.extractors.events.dating import SPOKEN, is_ahead, is_long_ago, when_of
from pipeline.extractors.events.frames import codes
from pipeline.extractors.events.merging import Told, merge
from pipeline.extractors.events.negation import is_unmoved
from pipeline.extractors.events.pairs import is_mutual
from pipeline.extractors.events.passing import casts_of
from pipeline.extractors.events.people import Known, is_deed, known_tokens, person_tokens, site_tokens
from pipeline.extractors.events.places import place_of
from pipeline.extractors.events.public import confidence_of, is_public_deed
from pipeline.extractors.events.quantities import find_quantities
from pipeline.extractors.events.roles import participants
from pipeline.extractors.events.status import Status, is_alleged, status_of
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger, find_triggers
from pipeline.tables import DateMention, Entity, Event, Mention, Participant, Quantity, Statement
from pipeline.text import Document

ENDS, LINE = ".!?:\"'”’", 150
CRITICISM, PHONE, CALLED = "111", "041", 0.4
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def find_events(
    document: Document,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> Iterator[Event | Participant | Quantity]:
    """Events and their participants, the most certain event first, then the numbers of them."""
    tree = Tree(document)
    mentions = [each for each in mentions if not is_deed(tree, each)]
    tree.sites, tree.persons = site_tokens(tree, mentions), person_tokens(tree, mentions)
    by_id = {entity.entity_id: entity for entity in entities}
    story = Reading(tree, mentions, dates, frozenset())
    told: list[Told] = []
    found = _found(tree, statements, known_tokens(tree, mentions, by_id))
    story = replace(story, triggers=frozenset(each.trigger.index for each in found))
    for each in sorted(found, key=lambda each: -each.confidence):
        cast = replace(each.cast, actors=[*each.cast.actors, *each.cast.recipients]) if each.mutual else each.cast
        event = _event(story, each)
        told.append((event, participants(tree, cast, event.event_type, mentions, by_id)))
    numbers: dict[int, int] = {}
    for number, (event, parts) in enumerate(merge(told, _known(tree, found), _headline(tree)), 1):
        numbers |= dict.fromkeys((event.start_char, *(span.start_char for span in event.also_spans)), number)
        yield replace(event, event=number)
        yield from (replace(part, event=number) for part in parts)
    acting = {each.trigger.index: Acting(codes()[each.code].event_type, frozenset(each.cast.actors)) for each in found}
    for quantity, index in find_quantities(tree, acting, dates):
        yield quantity if index is None else replace(quantity, event=numbers[tree.tokens[index].start_char])


def _headline(tree: Tree) -> range:
    """Where a headline stands that the text begins with: a first line without a full stop."""
    text = tree.document.story.text
    line = text.lstrip().partition("\n")[0]
    begins = len(text) - len(text.lstrip())
    return (
        range(begins, begins + len(line)) if line and line.rstrip()[-1:] not in ENDS and len(line) < LINE else range(0)
    )


def _known(tree: Tree, found: Sequence["Found"]) -> set[int]:
    """Where nouns speak of what the reader knows of: `the killing`, `his arrest`."""
    nouns = [each.trigger.index for each in found if tree.tokens[each.trigger.index].upos == "NOUN"]
    definite = [index for index in nouns if any(_is_definite(tree, each) for each in tree.dependents(index))]
    return {tree.tokens[index].start_char for index in definite}


def _is_definite(tree: Tree, index: int) -> bool:
    return tree.tokens[index].text.lower() in DEFINITE or tree.relation(index) == "nmod:poss"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a story when its events are written."""

    tree: Tree
    mentions: Sequence[Mention]
    dates: Sequence[DateMention]
    triggers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger with its cast, its standing, its code and how sure it is."""

    trigger: Trigger
    cast: Cast
    mutual: bool
    status: Status
    code: str
    confidence: float


def _found(tree: Tree, statements: Sequence[Statement], known: Known) -> list[Found]:
    """The triggers that report an event of public life, in order of text."""
    triggers = {trigger.index: trigger for trigger in find_triggers(tree)}
    inner = inner_of(tree, triggers)
    casts = casts_of(tree, triggers, inner, known.named)
    found = []
    for index, trigger in triggers.items():
        if is_brokering(tree, trigger) or is_unmoved(tree, index):
            continue
        cast, status = casts[index], status_of(tree, trigger, statements)
        if trigger.frame.event_type == "ACCUSE" and is_alleged(tree, index):
            continue  # `charged with violating the act`
        if is_asked_for(tree, trigger, triggers) or not is_public_deed(tree, trigger, cast, known):
            continue
        outer = outer_of(tree, index, triggers)
        if outer is not None and is_told_by(tree, trigger, outer):
            continue
        promised = outer is not None and outer.frame.event_type in TALKED_OF
        pledged = not promised and is_pledge(tree, status, cast)
        planned = not promised and is_plan(tree, trigger)
        code = code_of(trigger, status, inner.get(index), pledged=pledged, planned=planned)
        code = alone(tree, trigger, cast, with_context(tree, trigger, code))
        code = CRITICISM if is_in_words(tree, trigger, cast.actors) else code
        nesting = 0.15 if promised else 0.08 if outer else 0.0
        nesting += CALLED * (trigger.frame.cameo_code == PHONE and index in inner)  # `called him to congratulate him`
        sure = confidence_of(tree, trigger, cast, status, nesting)
        found.append(Found(trigger, cast, is_mutual(tree, trigger, cast.actors, cast.recipients), status, code, sure))
    return found


def _event(story: Reading, found: Found) -> Event:
    trigger, status = found.trigger, found.status
    token = story.tree.tokens[trigger.index]
    when = when_of(story.tree, trigger, status, story.triggers, story.dates)
    means = codes()[found.code]
    statement = (status.told_by if trigger.frame.event_type in SPOKEN else None) or status.inside
    return Event(
        item_id=story.tree.document.story.item_id,
        event=0,
        start_char=token.start_char,
        end_char=token.end_char,
        text=token.text,
        event_type=means.event_type,
        mode=means.mode,
        contexts=contexts_of(story.tree, trigger, found.code),
        cameo_code=found.code,
        quad_class=means.quad_class,
        goldstein=means.goldstein,
        happened_on=when.first_on,
        happened_end_on=when.end_on,
        precision=when.precision,
        date_basis=when.basis,
        place_entity_id=place_of(story.tree, trigger, story.mentions),
        realis="future" if is_ahead(story.tree, status, when) else status.realis,
        negated=status.negated,
        assertion=status.assertion,
        asserted_by_entity_id=status.inside.speaker_entity_id
        if status.inside and status.assertion != "author"
        else None,
        statement=statement.statement if statement else None,
        background=status.background or is_long_ago(story.tree, when),
        also_spans=[],
        confidence=found.confidence,
    )
