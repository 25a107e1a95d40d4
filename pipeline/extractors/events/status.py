"""How real an event is: past or planned, negated, and who vouches for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extractors.events.frames import everyday, words
from pipeline.extractors.events.negation import is_bare, is_ceased, is_negated
from pipeline.extractors.events.telling import cue_of, inside_of, is_known, is_shown
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import HARM, KINDNESS, Trigger
from pipeline.tables import Statement

Realis = Literal["actual", "future", "hypothetical", "generic"]
Assertion = Literal["author", "source", "alleged", "denied"]

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
UNSURE = frozenset({"could", "may", "might", "should", "can", "ca", "must"})
OFTEN = frozenset("often usually normally typically generally sometimes regularly routinely always".split())
HEDGES = frozenset("allegedly reportedly alleged reported purported purportedly suspected supposed".split())
IFS = frozenset({"if", "unless", "whether", "until", "lest"})
BACKGROUND = frozenset({"after", "since", "following", "when", "before"})
REASONS = frozenset({"for", "after", "over", "by", "despite", "without", "since"})
CHAIN = frozenset({"xcomp", "ccomp", "advcl", "obj", "obl", "acl", "conj", "nmod"})
HEAD = 3
"""How many sentences a headline and what goes with it can be."""
UTTERED = frozenset({"SUPPORT", "REJECT", "REQUEST", "THREATEN"})
"""What somebody has said where it is told whose it is: `her support for the deal`."""
SHOWN = frozenset({"PROTEST", "REQUEST", "ACCUSE"})
HABITS = frozenset({"AID", "AGREE", "COOPERATE", "CONCEDE"})
PLANS = frozenset({"ready", "set", "due", "prepared", "expected", "scheduled", "slated", "likely"})


@dataclass(frozen=True, slots=True)
class Status:
    """Realis, negation, background and assertion of an event."""

    realis: Realis
    negated: bool
    background: bool
    assertion: Assertion
    ceased: bool
    """Whether it is what somebody stops doing."""
    pledged_by: int | None
    """The verb with `will` that it is, or is the purpose of."""
    inside: Statement | None
    """The statement in whose content it stands."""
    told_by: Statement | None
    """The statement that it is the cue of: a vow, a demand."""


def status_of(tree: Tree, trigger: Trigger, statements: Sequence[Statement]) -> Status:
    """What the tree and the statements say of an event."""
    index = trigger.index
    inside = inside_of(tree, index, statements)
    ceased = trigger.frame.event_type in KINDNESS and is_ceased(tree, index)
    return Status(
        realis=_realis(tree, trigger),
        negated=is_negated(tree, index) and not ceased,
        background=_background(tree, index),
        assertion=_assertion(tree, index, inside),
        ceased=ceased,
        pledged_by=_pledged(tree, index),
        inside=inside,
        told_by=cue_of(tree, index, statements),
    )


def _assertion(tree: Tree, index: int, inside: Statement | None) -> Assertion:
    if _governing(tree, index, frozenset({"deny", "denial"})) is not None or (inside and inside.act == "deny"):
        return "denied"
    if _governing(tree, index, words("alleging")) is not None or _hedged(tree, index):
        return "alleged"
    by_the_way = inside is not None and inside.kind == "indirect" and (is_done(tree, index) or is_known(tree, index))
    nobody = inside is not None and inside.kind == "indirect" and inside.speaker_text is None
    return "source" if inside and not by_the_way and not nobody else "author"


def is_alleged(tree: Tree, index: int) -> bool:
    """Whether somebody is accused of it or charged with it."""
    return _governing(tree, index, words("alleging")) is not None


def _realis(tree: Tree, trigger: Trigger) -> Realis:
    index = trigger.index
    if _governing(tree, index, words("preventing")) is not None:
        return "hypothetical"
    if tree.tokens[index].upos == "NOUN":
        return _of_noun(tree, trigger)
    if trigger.frame.event_type in SHOWN and is_shown(tree, index):
        return "actual"
    told = _of_verb(tree, index)
    return "generic" if told == "actual" and _is_habit(tree, trigger) else told


def _is_habit(tree: Tree, trigger: Trigger) -> bool:
    """`the bank offers loans`, `the program provides`: what somebody does at all times; headlines tell of a day so."""
    index = trigger.index
    if trigger.frame.event_type not in HABITS or tree.tokens[index].xpos not in {"VBZ", "VBP"}:
        return False
    head = tree.document.sentences[:HEAD][-1]
    return head.end <= index and trigger.frame.lemma in everyday()


def _of_noun(tree: Tree, trigger: Trigger) -> Realis:
    """Talks are as real as the verb that they hang on; violence has mostly happened already."""
    before = {tree.tokens[each].text.lower() for each in tree.dependents(trigger.index, "amod")}
    if before & words("possible"):
        return "hypothetical"
    if before & words("planned") or _governing(tree, trigger.index, words("intending")) is not None:
        return "future"
    owned = bool(tree.owners(trigger.index))
    if trigger.frame.event_type in HARM | {"ACCUSE"} or (owned and trigger.frame.event_type in UTTERED):
        return "hypothetical" if _is_supposed(tree, trigger.index) else "actual"
    for above in tree.above(trigger.index):
        if tree.tokens[above].upos == "VERB":
            return _of_verb(tree, above)
    return "actual"


def _is_supposed(tree: Tree, index: int) -> bool:
    """`air strikes could harm the truce`: any such strikes, while `the strikes could` speaks of known ones."""
    verb = tree.tokens[index].head
    if tree.relation(index) != "nsubj" or tree.tokens[index].xpos != "NNS":
        return False
    beside = [each for each in tree.dependents(index) if tree.relation(each) in {"det", "nmod:poss", "nummod"}]
    told = any(tree.tokens[each].upos in {"DET", "PRON", "NUM", "PROPN", "NOUN"} for each in beside)
    return not told and any(
        tree.tokens[each].text.lower() in UNSURE | {"would"} for each in tree.dependents(verb, "aux")
    )


def is_done(tree: Tree, index: int) -> bool:
    """`the agreement signed in 2018`: what a participle tells of its noun by the way."""
    return tree.relation(index) == "acl" and tree.tokens[index].xpos == "VBN" and not tree.dependents(index, "mark")


def _of_verb(tree: Tree, index: int) -> Realis:
    if is_done(tree, index):
        return "actual"
    told = _by_auxiliaries(tree, index)
    if told:
        return told
    marks = tree.marks(index)
    intended = _governing(tree, index, words("intending") | PLANS) is not None
    only = any(tree.tokens[each].text.lower() == "only" for each in tree.dependents(index, "advmod"))
    if intended or ("to" in marks and tree.relation(index) in {"acl", "advcl"} and not only):  # `only to be jailed`
        return "future"
    above = tree.tokens[index].head
    if above != index and tree.relation(index) in {"conj", "xcomp", "ccomp", "advcl"} and is_bare(tree, index):
        return _of_verb(tree, above)
    often = any(tree.tokens[each].text.lower() in OFTEN for each in tree.dependents(index, "advmod"))
    return "generic" if often and tree.tokens[index].xpos in {"VBP", "VBZ", "VB"} else "actual"


def _by_auxiliaries(tree: Tree, index: int) -> Realis | None:
    """`if … `, `may`, `will`, `talk about killing`; `said it would` tells of a plan."""
    auxiliaries = {tree.tokens[each].text.lower() for each in tree.dependents(index, "aux")}
    marks = tree.marks(index)
    if marks & IFS or "about" in marks or auxiliaries & UNSURE:
        return "hypothetical"
    if auxiliaries & FUTURE or is_arranged(tree, index):
        return "future"
    if "would" in auxiliaries:
        return "future" if tree.relation(index) in {"ccomp", "conj"} else "hypothetical"
    return None


def is_arranged(tree: Tree, index: int) -> bool:
    """`is to visit`, `was due to sign`: arranged for a day to come."""
    if tree.tokens[index].xpos != "VB" or not tree.dependents(index, "cop"):
        return False
    return bool(tree.marks(index) & {"to", "due"})


def _governing(tree: Tree, index: int, lemmas: frozenset[str]) -> int | None:
    """The word of these lemmas that an event is the complement of, through complements alone."""
    while True:
        relation = tree.relation(index).partition(":")[0]
        above = tree.tokens[index].head
        if above == index or relation not in CHAIN or tree.relation(index) == "acl:relcl" or is_done(tree, index):
            return None
        lemma = tree.tokens[above].lemma.lower()
        if relation == "advcl" and (not is_bare(tree, index) or _is_reason(tree, index, lemmas)):
            return None
        if relation in {"obl", "obj", "nmod"} and tree.tokens[index].upos not in {"NOUN", "VERB"}:
            return None
        if relation in {"obl", "nmod"} and tree.case(index) in {"in", "over"} and lemmas is words("alleging"):
            return None  # `a suspect in the bombing`, `charged in three attacks`: they happened
        if relation == "obl" and tree.case(index) in BACKGROUND | {"in", "at", "during", "amid", "despite", "over"}:
            return None
        if lemma in lemmas and relation != "conj":
            return above
        index = above


def _is_reason(tree: Tree, index: int, lemmas: frozenset[str]) -> bool:
    """`urged him to apologize for insulting …`: the reason is a fact, unless it is what somebody is accused of."""
    marks = tree.marks(index)
    return bool(marks & REASONS) and lemmas is not words("alleging")


def _pledged(tree: Tree, index: int) -> int | None:
    """`will help`, `will make efforts to help`: by the verb itself, or the one whose effort it is."""
    for each in (index, *tree.above(index)):
        if tree.tokens[each].upos == "VERB":
            texts = {tree.tokens[aux].text.lower() for aux in tree.dependents(each, "aux")}
            if texts & (FUTURE | {"would"}):
                return each if each == index or not is_negated(tree, each) else None
            relation = tree.relation(each).partition(":")[0]
            by_the_way = relation == "advcl" and tree.tokens[each].xpos != "VB"  # `would break the law by attacking`
            if by_the_way or relation not in {"xcomp", "acl", "advcl", "conj"}:
                return None
    return None


def _hedged(tree: Tree, index: int) -> bool:
    return any(tree.tokens[each].text.lower() in HEDGES for each in tree.dependents(index, "advmod", "amod"))


def _background(tree: Tree, index: int) -> bool:
    """In a clause beside the main one, as `after the North accused …`, or told in the past perfect."""
    while tree.relation(index) == "conj":
        index = tree.tokens[index].head
    relation = tree.relation(index)
    marks = {tree.tokens[each].text.lower() for each in tree.dependents(index, "mark", "case")}
    had = any(tree.tokens[each].text.lower() == "had" for each in tree.dependents(index, "aux"))
    beside = relation in {"acl", "acl:relcl"} and "to" not in marks
    return had or beside or bool(marks & BACKGROUND)
