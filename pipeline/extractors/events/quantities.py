"""How many: numbers of dead, wounded, arrested, protesters, troops, money, each tied to its event.

`data/measures.csv` says which events a number can be one of. Of people who come to harm a number is told without an
event too, where the text ties it to none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from pipeline.extractors.events.amounts import Amount, amounts
from pipeline.extractors.events.counting import Acting, Counted, counted_by, measure_of
from pipeline.extractors.events.frames import measures
from pipeline.extractors.events.tree import Tree
from pipeline.tables import DateMention, Measure, Quantity

Tied = tuple[Quantity, int | None]
"""A number, and the trigger of the event that it is one of."""

PAST = frozenset({"VBD", "VBN", "VBG"})
REACH = ("nsubj", "obl", "obj", "advcl", "nmod", "ccomp", "acl")


def find_quantities(tree: Tree, acting: Mapping[int, Acting], dates: Sequence[DateMention]) -> Iterator[Tied]:
    """The numbers that say something of an event, in order of text, each with the trigger of its event."""
    for amount in _amounts(tree, dates):
        counted = counted_by(tree, amount)
        found = measure_of(tree, amount, counted, acting) if counted else None
        if counted is None or found is None:
            continue
        trigger = _tied(tree, counted, found, acting)
        if trigger is not None or (measures()[found][2] and _has_happened(tree, counted)):
            yield _row(tree, amount, found), trigger


def _amounts(tree: Tree, dates: Sequence[DateMention]) -> Iterator[Amount]:
    """The numbers of every sentence that are no part of a date: `Aug. 7`."""
    days = {char for each in dates for char in range(each.start_char, each.end_char)}
    for sentence in tree.document.sentences:
        for amount in amounts(tree.document.story.text, sentence.start_char, sentence.end_char):
            if not days.intersection(range(amount.first_char, amount.last_char)):
                yield amount


def _row(tree: Tree, amount: Amount, measure: str) -> Quantity:
    story = tree.document.story
    return Quantity(
        item_id=story.item_id,
        start_char=amount.start_char,
        end_char=amount.end_char,
        text=story.text[amount.start_char : amount.end_char],
        event=None,
        measure=cast(Measure, measure),
        amount=amount.value,
        low=amount.low,
        high=amount.high,
        unit=amount.currency if measure == "money" else measures()[measure][0],
        modifier=amount.modifier,
    )


def _tied(tree: Tree, counted: Counted, measure: str, acting: Mapping[int, Acting]) -> int | None:
    """The nearest event that it can be a number of: its verb's, one above, one that the verb is about."""
    _, types, harmed = measures()[measure]
    near = [counted.phrase, counted.verb]
    for each in tree.above(counted.phrase):
        near.append(each)
        if tree.tokens[each].upos == "VERB" and each not in acting:
            break
    below = [each for head in (counted.phrase, counted.verb) for each in _below(tree, head)] if harmed else []
    return next((each for each in (*near, *below) if each in acting and acting[each].event_type in types), None)


def _below(tree: Tree, head: int) -> Sequence[int]:
    """What hangs on it, and on what it happened in or when: `died when rebels attacked`, `in clashes`."""
    deeper = (d for each in tree.dependents(head, "obl", "advcl") for d in tree.dependents(each, *REACH))
    return [*tree.dependents(head, *REACH), *deeper]


def _has_happened(tree: Tree, counted: Counted) -> bool:
    """`were killed`, not `die every year` or `would be killed`."""
    verb = tree.tokens[counted.verb]
    modal = any(tree.tokens[each].xpos == "MD" for each in tree.dependents(counted.verb, "aux"))
    return not modal and (verb.xpos in PAST or verb.upos != "VERB")
