"""How real an event is: past or planned, negated, and who vouches for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger
from pipeline.tables import Statement

Realis = Literal["actual", "future", "hypothetical", "generic"]
Assertion = Literal["author", "source", "alleged", "denied"]

FUTURE = frozenset({"will", "shall", "'ll", "wo"})
UNSURE = frozenset({"could", "may", "might", "should", "can", "must"})
IFS = frozenset({"if", "unless", "whether"})
BACKGROUND = frozenset({"after", "since", "following", "when", "before"})


@dataclass(frozen=True, slots=True)
class Status:
    """Realis, negation, background and assertion of an event."""

    realis: Realis
    negated: bool
    background: bool
    assertion: Assertion
    above: int | None
    """The verb that alleges or denies it."""
    promised: bool
    """Whether the verb that promises it is there as an event of its own."""
    statement: Statement | None


def status_of(tree: Tree, trigger: Trigger, statements: Sequence[Statement]) -> Status:
    """What the tree and the statements say of an event."""
    index = trigger.index
    alleging = _governing(tree, index, words("alleging"))
    denying = _governing(tree, index, frozenset({"deny"}))
    statement = _inside(tree, index, statements)
    assertion: Assertion = "author"
    if statement:
        assertion = "source"
    if alleging is not None or _hedged(tree, index):
        assertion = "alleged"
    if denying is not None:
        assertion = "denied"
    return Status(
        realis=_realis(tree, index),
        negated=_negated(tree, index),
        background=_background(tree, index),
        assertion=assertion,
        above=denying if denying is not None else alleging,
        promised=_governing(tree, index, words("intending")) is not None,
        statement=statement,
    )


def _realis(tree: Tree, index: int) -> Realis:
    auxiliaries = {tree.tokens[each].text.lower() for each in tree.dependents(index, "aux")}
    marks = {tree.tokens[each].text.lower() for each in tree.dependents(index, "mark")}
    if marks & IFS or auxiliaries & UNSURE:
        return "hypothetical"
    if auxiliaries & FUTURE:
        return "future"
    if "would" in auxiliaries:  # `said it would` tells of a plan
        return "future" if tree.relation(index) in {"ccomp", "conj"} else "hypothetical"
    if _governing(tree, index, words("intending")) is not None or ("to" in marks and tree.relation(index) in {"acl", "advcl"}):
        return "future"
    above = tree.tokens[index].head
    if above != index and tree.relation(index) in {"conj", "xcomp"} and tree.tokens[index].xpos in {"VB", "VBG"}:
        return _realis(tree, above)
    return "actual"


def _governing(tree: Tree, index: int, lemmas: frozenset[str]) -> int | None:
    """The verb of these lemmas that an event is the complement of, through complements alone."""
    while True:
        relation = tree.relation(index).partition(":")[0]
        above = tree.tokens[index].head
        if above == index or relation not in {"xcomp", "ccomp", "advcl", "obj", "obl", "acl", "conj", "nmod"}:
            return None
        if relation == "advcl" and tree.tokens[above].lemma.lower() not in words("alleging") | words("intending"):
            return None
        if relation in {"obl", "obj", "nmod"} and tree.tokens[index].upos != "NOUN":
            return None
        if tree.tokens[above].lemma.lower() in lemmas and relation != "conj":
            return above
        index = above


def _negated(tree: Tree, index: int) -> bool:
    here = [*tree.dependents(index, "advmod"), *tree.dependents(index, "det")]
    return any(tree.tokens[each].text.lower() in {"not", "n't", "n’t", "never", "no"} for each in here)


def _hedged(tree: Tree, index: int) -> bool:
    words = {tree.tokens[each].text.lower() for each in tree.dependents(index, "advmod", "amod")}
    return bool(words & {"allegedly", "reportedly", "alleged", "reported", "purported", "suspected"})


def _background(tree: Tree, index: int) -> bool:
    """In a clause beside the main one, as `after the North accused …`, or told in the past perfect."""
    relation = tree.relation(index)
    marks = {tree.tokens[each].text.lower() for each in tree.dependents(index, "mark", "case")}
    had = any(tree.tokens[each].text.lower() == "had" for each in tree.dependents(index, "aux"))
    return had or relation in {"acl", "acl:relcl"} or bool(marks & BACKGROUND)


def _inside(tree: Tree, index: int, statements: Sequence[Statement]) -> Statement | None:
    """The smallest statement in whose content an event stands."""
    at = tree.tokens[index].start_char
    around = [s for s in statements if any(span.start_char <= at < span.end_char for span in s.content_spans)]
    return min(around, key=lambda s: sum(span.end_char - span.start_char for span in s.content_spans), default=None)
