"""What two sides do together: who is the other side, and whether both do it."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

MUTUAL = frozenset({"with", "between", "among"})
# CAMEO codes of what two sides do together, and of what they agree on and better between them.
TOGETHER = ("04", "057", "06", "0871")
SHARED = (*TOGETHER, "03", "050")
ONE_SIDED = frozenset({"call", "visit", "pay", "make", "host"})


def other_side(tree: Tree, trigger: Trigger, actors: Sequence[int], named: frozenset[int]) -> list[int]:
    """`A and B agreed`: those after the first are recipients too, for PLOVER writes such events as pairs."""
    if tree.relation(trigger.index) == "xcomp":  # `help the two resume talks`
        return []
    shared = trigger.frame.cameo_code.startswith(SHARED) or trigger.frame.lemma in words("mutual")
    if not shared and trigger.frame.lemma != "fail":  # `failed to agree`
        return []
    if tree.relation(trigger.index) == "acl":  # `the pact signed by A and B`: told by the way
        return []
    own = [
        each
        for each in actors
        if tree.relation(each) != "conj" and (_is_subject(tree, trigger, each) or _is_between(tree, each))
    ]
    joined = [each for each in actors if tree.tokens[each].head in own]
    return joined or [each for head in own for each in _sides_within(tree, head, named)]


def _is_subject(tree: Tree, trigger: Trigger, actor: int) -> bool:
    return tree.tokens[actor].head == trigger.index


def _is_between(tree: Tree, actor: int) -> bool:
    """`a treaty between A and B was signed`."""
    return tree.case(actor) in {"between", "among"}


def _sides_within(tree: Tree, head: int, named: frozenset[int]) -> list[int]:
    """`British and EU negotiators`, `the armies of Brazil and Argentina`: the names after the first."""
    names = [each for each in tree.dependents(head, "amod", "compound", "nmod") if each in named]
    return [each for name in names for each in tree.dependents(name, "conj") if each in named]


def is_mutual(tree: Tree, trigger: Trigger, actors: Sequence[int], recipients: Sequence[int]) -> bool:
    """Whether both sides do it: `met with`, `talks between`, `signed an agreement with`, `clashed with`."""
    lemma = trigger.frame.lemma
    together = trigger.frame.cameo_code.startswith(TOGETHER) and lemma not in ONE_SIDED
    if not together and lemma not in words("mutual"):
        return False
    met = lemma == "meet" and any(tree.relation(each) == "obj" for each in recipients)
    return bool(actors) and (met or any(tree.case(each) in MUTUAL for each in recipients))
