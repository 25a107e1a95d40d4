"""Where an event happened: the place that `in` or `near` ties to it."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger
from pipeline.tables import Mention

WHERE = frozenset("in at near outside inside around across off throughout".split())
FROM = frozenset({"from", "of", "out of"})
"""`pulled out of the town`: where a retreat is from."""


def place_of(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> str | None:
    """The entity of the nearest place; of `in Paris, France` the first."""
    leaving = FROM if trigger.frame.cameo_code.startswith("0874") else frozenset()
    around = [trigger.index, *tree.dependents(trigger.index, "obj")]
    for head in around:
        for noun in tree.dependents(head, "obl", "nmod"):
            where = tree.case(noun) in WHERE | leaving and tree.tokens[noun].lemma.lower() not in words("asides")
            if where and (found := _place(tree, noun, mentions)):
                return found
    return None


def _place(tree: Tree, noun: int, mentions: Sequence[Mention]) -> str | None:
    at = tree.tokens[noun].start_char
    for mention in mentions:
        if mention.start_char <= at < mention.end_char and mention.kind == "place" and mention.entity_id:
            return mention.entity_id
    return next((found for each in tree.obliques(noun, "of", "in") if (found := _place(tree, each, mentions))), None)
