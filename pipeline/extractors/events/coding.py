"""The CAMEO code of an event: its frame's, deeper where what stands below it tells more, and its PLOVER contexts."""

from collections.abc import Mapping, Sequence

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.control import sayer, subject_of
from pipeline.extractors.events.domain import is_told_of
from pipeline.extractors.events.frames import codes, contexts, deeper, words
from pipeline.extractors.events.people import kernel
from pipeline.extractors.events.status import Status, is_arranged
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import HARM, KINDNESS, Trigger

BELOW = frozenset({"xcomp", "ccomp", "advcl", "obj", "obl", "nmod", "acl", "conj"})
NEAR = 4
THREATENED = HARM | {"PROTEST"}
"""What it is a threat to say that one will do."""
EXERCISE, SHOW_OF_FORCE = "062", "150"
TALKED_OF = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})


def code_of(trigger: Trigger, status: Status, inner: Trigger | None, *, pledged: bool, planned: bool = False) -> str:
    """The CAMEO code; what somebody says they will do is a promise or a threat, that they will not, a refusal."""
    event_type, code = trigger.frame.event_type, trigger.frame.cameo_code
    if status.ceased and event_type in KINDNESS:
        return "162" if event_type == "AID" else "160"
    if status.negated and event_type in KINDNESS | {"AGREE"} and status.realis != "hypothetical":
        return "120"  # `cannot return him` refuses nothing
    if status.negated and event_type == "MOBILIZE" and status.realis in {"future", "hypothetical"}:
        return "087"
    if planned and event_type in KINDNESS and status.assertion != "alleged":
        code, inner = "030", trigger
    elif pledged and status.realis == "future" and status.assertion != "alleged":
        said = status.inside is not None or status.told_by is not None
        harm = "130" if event_type in THREATENED and said else code  # `a court will sentence them` threatens nobody
        promise = "030" if event_type in KINDNESS else harm
        code, inner = promise, trigger if promise != code else inner
    if not inner:
        return code
    about = inner.frame
    return deeper().get((code, about.cameo_code)) or deeper().get((code, about.event_type), code)


def with_context(tree: Tree, trigger: Trigger, code: str) -> str:
    """A code that the words of the clause make another: troops sent to keep the peace are aid."""
    told = contexts_of(tree, trigger, code)
    told += [context for each in subject_of(tree, trigger.index) if (context := contexts().get(_lemma(tree, each)))]
    found = (deeper().get((code, context)) for context in told)
    return next((each for each in found if each), code)


def _lemma(tree: Tree, index: int) -> str:
    return tree.tokens[kernel(tree, index)].lemma.lower()


def is_plan(tree: Tree, trigger: Trigger) -> bool:
    """`plans to sign`, `is due to visit`, `is to meet`: a kindness that one means to do is promised."""
    index = trigger.index
    if is_arranged(tree, index):
        return True
    to = "to" in tree.marks(index)
    above = tree.tokens[index].head
    meant = {tree.tokens[above].lemma.lower(), tree.tokens[above].text.lower()} & words("planning")
    below = tree.relation(index) in {"xcomp", "ccomp", "advcl"} and not tree.dependents(above, "compound")
    return to and below and bool(meant)


def alone(tree: Tree, trigger: Trigger, cast: Cast, code: str) -> str:
    """The code of an exercise, which is one of force where nobody is told to take part but one side."""
    others = [each for each in cast.recipients if tree.case(each) in {"with", ""}]
    if code != EXERCISE or len(cast.actors) != 1 or others:
        return code
    around = [trigger.index, *tree.dependents(trigger.index, "obj", "nsubj")]
    shared = {tree.tokens[each].lemma.lower() for head in around for each in tree.dependents(head)} & words("shared")
    return code if shared else SHOW_OF_FORCE


def is_in_words(tree: Tree, trigger: Trigger, actors: Sequence[int]) -> bool:
    """`Clinton's attack on Trump`: what persons do to each other in a campaign."""
    people = bool(actors) and all(each in tree.persons for each in actors)
    attacks = trigger.frame.lemma in words("lashing") and trigger.frame.cameo_code == "190"
    return attacks and people and is_told_of(tree, trigger.index, "campaign")


def is_pledge(tree: Tree, status: Status, cast: Cast) -> bool:
    """Whether who will do it is who says so."""
    if status.pledged_by is None:
        return False
    willing = [sayer(tree, head) for head in subject_of(tree, status.pledged_by)]
    return any(each in cast.actors for head in willing for each in tree.with_others(head))


def inner_of(tree: Tree, triggers: Mapping[int, Trigger]) -> Mapping[int, Trigger]:
    """For each trigger the first event that stands below it as its complement."""
    found: dict[int, Trigger] = {}
    for index, trigger in triggers.items():
        above = outer_of(tree, index, triggers)
        if above is not None:
            found.setdefault(above.index, trigger)
    return found


def outer_of(tree: Tree, index: int, triggers: Mapping[int, Trigger]) -> Trigger | None:
    """The event that this one is a complement of."""
    for _ in range(NEAR):
        above = tree.tokens[index].head
        if above == index or tree.relation(index).partition(":")[0] not in BELOW:
            return None
        if above in triggers:
            return triggers[above]
        index = above
    return None


def is_asked_for(tree: Tree, trigger: Trigger, triggers: Mapping[int, Trigger]) -> bool:
    """Whether a noun is only what a demand, promise or refusal is of: `demanded an apology`, `rejected talks`."""
    index = trigger.index
    if tree.tokens[index].upos != "NOUN" or tree.relation(index) not in {"obj", "obl", "nmod", "conj"}:
        return False
    above = triggers.get(tree.tokens[index].head)
    if tree.relation(index) == "conj":
        return above is not None and is_asked_for(tree, above, triggers)
    if above is None or tree.case(index) in {"in", "during", "after", "before", "at", "over"}:
        return False
    lifted = above.frame.event_type == "RETREAT" and tree.relation(index) == "obj"  # `lift its blockade`
    return lifted or above.frame.event_type in TALKED_OF


def is_told_by(tree: Tree, trigger: Trigger, outer: Trigger) -> bool:
    """What somebody refuses to do is no event beside the refusal, nor the purpose of talks beside the talks."""
    if tree.tokens[trigger.index].head != outer.index or tree.relation(trigger.index) not in {"xcomp", "advcl"}:
        return False
    if _is_purpose(tree, trigger.index) and trigger.frame.event_type in HARM:
        return tree.tokens[outer.index].xpos in {"VBD", "VBN"} and outer.frame.event_type in {"ASSAULT", "COERCE"}
    same = trigger.frame.event_type == outer.frame.event_type and trigger.frame.event_type in {"CONSULT", "COOPERATE"}
    refused = outer.frame.event_type == "REJECT" and tree.relation(trigger.index) == "xcomp"
    return refused or same


def _is_purpose(tree: Tree, index: int) -> bool:
    """`fired tear gas to disperse the crowd`: what a deed was for is in the deed."""
    marks = tree.marks(index)
    return tree.relation(index) == "advcl" and "to" in marks and tree.tokens[index].xpos == "VB"


def contexts_of(tree: Tree, trigger: Trigger, code: str) -> list[str]:
    """The contexts of the code and of the words in the event's clause."""
    found = list(codes()[code].contexts)
    first, last = trigger.index, trigger.index
    todo = [trigger.index]
    while todo:
        index = todo.pop()
        first, last = min(first, index), max(last, index)
        context = contexts().get(tree.tokens[index].lemma.lower())
        found += [context] if context and context not in found else []
        todo += [each for each in tree.dependents(index) if tree.relation(each) not in {"advcl", "parataxis", "conj"}]
    return found
