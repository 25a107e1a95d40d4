"""The casts of a text's events: whom a deed reaches that is promised, asked for, refused or taken back by another."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.extractors.events.cast import Cast, cast_of
from pipeline.extractors.events.frames import words
from pipeline.extractors.events.people import is_somebody
from pipeline.extractors.events.reach import CONDITIONS
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

PASSING = frozenset(
    "ACCUSE AGREE AID CONCEDE CONSULT COOPERATE REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN".split()
)
"""What reaches whom the deed that it is about reaches: `lifted the sanctions imposed on India`."""
SPOKEN = frozenset({"ACCUSE", "SUPPORT"})
BARGAINING = frozenset({"REJECT", "THREATEN"})
FREEING = frozenset({"RETREAT", "AID"})


def casts_of(
    tree: Tree, triggers: Mapping[int, Trigger], inner: Mapping[int, Trigger], named: frozenset[int]
) -> dict[int, Cast]:
    """The cast of every trigger; `inner` is for each the event that stands below it."""
    casts: dict[int, Cast] = {}
    for index in sorted(triggers, key=lambda each: -sum(1 for _ in tree.above(each))):  # the deepest first
        cast, below = cast_of(tree, triggers[index], named), inner.get(index)
        if below and triggers[index].frame.event_type == "THREATEN":  # `threatened that they would …`
            cast = replace(cast, recipients=[each for each in cast.recipients if each not in casts[below.index].actors])
        if below and not cast.recipients and _passes(tree, triggers[index], below):
            cast = _with_reached(cast, casts[below.index])
        asked = [] if cast.recipients else _asked(tree, triggers[index], named)
        cast = replace(cast, recipients=cast.recipients or [each for each in asked if each not in cast.actors])
        casts[index] = cast
    return casts


def _asked(tree: Tree, trigger: Trigger, named: frozenset[int]) -> list[int]:
    """`will not lift the embargo until Cuba …`, `threatened to strike unless Iran …`: who is to do something first."""
    if trigger.frame.event_type not in BARGAINING:
        return []
    verbs = [trigger.index, *tree.dependents(trigger.index, "xcomp", "ccomp")]
    clauses = [each for verb in verbs for each in tree.dependents(verb, "advcl") if _is_condition(tree, each)]
    doers = [each for verb in clauses for each in (tree.obliques(verb, "by") or tree.dependents(verb, "nsubj"))]
    return [each for each in doers if tree.tokens[each].upos != "PRON" and is_somebody(tree, each, named)][:1]


def _is_condition(tree: Tree, clause: int) -> bool:
    return bool(tree.marks(clause) & {"until", "unless", "if"})


def _with_reached(cast: Cast, below: Cast) -> Cast:
    reached = [each for each in below.recipients if each not in cast.actors]
    return replace(cast, recipients=reached, objects=[each for each in cast.objects if each not in reached])


def _passes(tree: Tree, outer: Trigger, inner: Trigger) -> bool:
    """Not to whom violence is condemned, not to who is to be freed, not from what only goes on beside it."""
    kind, deed = outer.frame.event_type, inner.frame.event_type
    if kind not in PASSING or (kind in SPOKEN and deed == "ASSAULT"):
        return False
    undergone = tree.tokens[inner.index].lemma.lower() in words("undergone")
    if kind == "REQUEST" and (undergone or deed in FREEING):
        return False
    index = inner.index
    while index != outer.index:
        told = {tree.tokens[each].text.lower() for each in tree.dependents(index, "mark", "case")}
        if told & CONDITIONS:
            return False
        index = tree.tokens[index].head
    return True
