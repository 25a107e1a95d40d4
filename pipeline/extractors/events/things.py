"""What around a verb is a thing, a place or a manner, and what may be somebody that it is done to."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.people import is_somebody
from pipeline.extractors.events.recipients import WHERE
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

PLACED = frozenset({*WHERE, "into", "onto", "from", "off", "out of", "through", "along", "under", "over", "after"})


def objects_of(tree: Tree, things: Sequence[int]) -> list[int]:
    """What it is done with or about; not where or how: `fired missiles into the sea`, `spoke by phone`."""
    return [each for each in things if tree.relation(each) in {"obj", "nsubj:pass"} or _is_about(tree, each)]


def _is_about(tree: Tree, thing: int) -> bool:
    if tree.tokens[thing].text.lower() in words("reflexive"):
        return False
    given = tree.case(thing) == "with" and tree.tokens[tree.tokens[thing].head].lemma.lower() in words("equipping")
    return given or tree.case(thing) not in PLACED | {"by", "with", "as", "during"}


def is_told(tree: Tree, index: int) -> bool:
    """No dateline, nor a `which` that nothing is found for."""
    return index not in tree.dateline and tree.tokens[index].xpos not in {"WDT", "WP"}


def is_said_of(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`warned that his army would respond`, `denied that he would leave`: of one's own side."""
    verb = tree.tokens[thing].head
    told = (tree.relation(thing), tree.relation(verb), tree.tokens[verb].head) == ("nsubj", "ccomp", trigger.index)
    own = tree.tokens[thing].xpos == "PRP" or any(tree.tokens[each].xpos == "PRP$" for each in tree.dependents(thing))
    return told and own and trigger.frame.event_type in {"THREATEN", "REJECT"}


def is_within(tree: Tree, index: int, heads: Sequence[int]) -> bool:
    """`opposed by Elian's relatives`: whose they are undergoes nothing by that."""
    if index in heads:
        return True
    while tree.relation(index).partition(":")[0] in {"nmod", "compound", "amod", "flat"}:
        index = tree.tokens[index].head
        if index in heads:
            return True
    return False


def is_immaterial(tree: Tree, trigger: Trigger, thing: int, named: frozenset[int]) -> bool:
    """`seized power`, `was struck with a handshake`."""
    if is_somebody(tree, thing, named) and tree.tokens[thing].lemma.lower() not in words("immaterial"):
        return False
    manner = tree.case(thing) == "with" and trigger.frame.event_type not in {"ACCUSE", "REJECT"}
    return manner or tree.tokens[thing].lemma.lower() in words("immaterial")


def is_asked(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`urged both camps to avoid violence`: whoever is asked to do something is somebody."""
    own = tree.relation(thing) in {"obj", "nsubj:pass"} and tree.tokens[thing].head == trigger.index
    return trigger.frame.event_type == "REQUEST" and own and bool(tree.dependents(trigger.index, "xcomp"))
