"""When an event happened: the date that hangs on it in the tree, else the day that it was said, else none.

Nothing is dated by the article but what its first sentence reports as its main event in the past tense.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.status import Status
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger
from pipeline.tables import DateMention, Precision

Basis = Literal["stated", "inferred", "article date", "not stated"]
SPOKEN = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
LONG_AGO = timedelta(days=31)
NEAR = timedelta(days=7)
OPEN = frozenset({"since", "before", "after", "until", "till", "by", "from"})
"""`since 2018`, `by March 16`, `a strike from Thursday`: bounds, which are no day of the event."""
ASIDE = frozenset({"obl", "nmod", "conj", "appos"})
PRESENT = frozenset({"is", "are", "has", "have", "'s", "’s"})
NAMING = ("obj", "nsubj")


@dataclass(frozen=True, slots=True)
class When:
    """The days `[first_on, end_on)` that an event can have happened on."""

    first_on: date | None = None
    end_on: date | None = None
    precision: Precision | None = None
    basis: Basis = "not stated"


def when_of(
    tree: Tree, trigger: Trigger, status: Status, triggers: frozenset[int], dates: Sequence[DateMention]
) -> When:
    """The time of an event."""
    stated = _stated(tree, trigger.index, triggers, dates) or _weekday(tree, trigger.index, triggers, dates)
    if stated and not _is_at_odds(tree, trigger.index, status, stated):
        return When(stated.first_on, stated.end_on, stated.precision, "stated")
    told = status.told_by
    if (
        told
        and told.said_on
        and not status.background
        and status.realis == "actual"
        and trigger.frame.event_type in SPOKEN
        and _is_told_of_then(tree, trigger.index)
        and not (told.said_basis == "stated" and _is_anothers(tree, trigger.index, told.said_on, triggers, dates))
        and not _is_of_old(tree, trigger.index, triggers, dates)
    ):
        basis: Basis = "stated" if told.said_basis == "stated" else "inferred"
        return When(told.said_on, told.said_end_on, told.said_precision, basis)
    story = tree.document.story
    if story.anchor_basis != "arrival" and status.realis == "actual" and _is_lead(tree, trigger.index, status):
        return When(story.anchor_on, story.anchor_on + timedelta(days=1), "day", "article date")
    return When()


def _is_told_of_then(tree: Tree, index: int) -> bool:
    """Whether the tense is that of a day: `accused`, in the first sentence `accuses`; not `is accused`."""
    if any(tree.tokens[each].text.lower() in words("sometime") for each in tree.dependents(index, "advmod", "obl")):
        return False
    for each in (index, *tree.above(index)):
        if tree.tokens[each].xpos in {"VBD", "VBN"}:
            return not any(tree.tokens[aux].text.lower() in PRESENT for aux in tree.dependents(each, "aux"))
        if tree.tokens[each].xpos in {"VBZ", "VBP"}:
            return tree.document.sentences[0].end > each
        if tree.tokens[each].xpos not in {"VBG", "VB"}:
            return True
    return True


def _is_of_old(tree: Tree, index: int, triggers: frozenset[int], dates: Sequence[DateMention]) -> bool:
    """`In the 2010 election he supported Crist`: a day long ago in the sentence that belongs to no other event."""
    told_on = tree.document.story.anchor_on
    old = [each for each in _beside(tree, index, dates) if each.end_on and each.end_on + LONG_AGO < told_on]
    return any(
        _event_of(tree, each, triggers) in {None, index} and each.start_char < tree.tokens[index].start_char
        for each in old
    )


def _is_anothers(tree: Tree, index: int, day: date, triggers: frozenset[int], dates: Sequence[DateMention]) -> bool:
    """`charged her …; she was arrested on Sunday`: whether the sentence tells a day, and that of another event."""
    told = [each for each in _beside(tree, index, dates) if each.first_on == day]
    return bool(told) and all(_event_of(tree, each, triggers) in triggers - {index} for each in told)


def _weekday(tree: Tree, index: int, triggers: frozenset[int], dates: Sequence[DateMention]) -> DateMention | None:
    """`sentenced to death by hanging on Sunday`: a day near the story's that no other event has is the main verb's."""
    if tree.tokens[index].head != index:
        return None
    told_on = tree.document.story.anchor_on
    near = [
        each
        for each in _beside(tree, index, dates)
        if each.first_on and each.precision == "day" and abs(each.first_on - told_on) <= NEAR
    ]
    heads = [head for each in near if (head := _head_of(tree, each)) is not None]
    free = len(near) == 1 and _event_of(tree, near[0], triggers) not in triggers
    bound = any(set(tree.case(head).split()) & OPEN or tree.relation(head) != "obl" for head in heads)
    return near[0] if free and not bound else None


def _is_at_odds(tree: Tree, index: int, status: Status, when: DateMention) -> bool:
    """A day in the past is not when something will happen, nor one ahead when it did: `offered to host it in April`."""
    told_on = tree.document.story.anchor_on
    if status.realis == "future":
        return when.end_on is not None and when.end_on <= told_on
    did = status.realis == "actual" and tree.tokens[index].xpos in {"VBD", "VBN"}
    return did and when.first_on is not None and when.first_on > told_on


def is_ahead(tree: Tree, status: Status, when: When) -> bool:
    """`The parliament votes on Friday`: what is told as a fact of a day that has not come."""
    ahead = when.first_on is not None and when.first_on > tree.document.story.anchor_on
    return ahead and status.realis == "actual" and tree.document.story.anchor_basis != "arrival"


def is_long_ago(tree: Tree, when: When) -> bool:
    """Whether it lies more than a month before the story."""
    return when.end_on is not None and when.end_on + LONG_AGO < tree.document.story.anchor_on


def _stated(tree: Tree, index: int, triggers: frozenset[int], dates: Sequence[DateMention]) -> DateMention | None:
    """The date whose nearest event above it is this one; of several the finest that lies within the others."""
    own = [each for each in _beside(tree, index, dates) if _event_of(tree, each, triggers) == index]
    if not own:
        return None
    thing = tree.tokens[index].head if tree.relation(index) == "acl" else None
    parts = [*tree.dependents(index, *NAMING), *([thing] if thing is not None else [])]
    own += [each for each in _beside(tree, index, dates) if _named_by(tree, each) in parts]
    finest = min(own, key=_length)
    return finest if all(_within(finest, each) for each in own) else None


def _beside(tree: Tree, index: int, dates: Sequence[DateMention]) -> list[DateMention]:
    sentence = tree.document.sentence_at(tree.tokens[index].start_char)
    if not sentence:
        return []
    here = [each for each in dates if sentence.start_char <= each.start_char < sentence.end_char]
    return [each for each in here if each.first_on and each.end_on and each.type in {"DATE", "TIME"}]


def _length(each: DateMention) -> timedelta:
    return each.end_on - each.first_on if each.end_on and each.first_on else timedelta.max


def _within(inner: DateMention, outer: DateMention) -> bool:
    if not (inner.first_on and inner.end_on and outer.first_on and outer.end_on):
        return False
    return outer.first_on <= inner.first_on and inner.end_on <= outer.end_on


def _head_of(tree: Tree, each: DateMention) -> int | None:
    """The token of a date whose head lies outside it."""
    inside = [i for i, t in enumerate(tree.tokens) if each.start_char <= t.start_char < each.end_char]
    return next((i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i), None)


def _named_by(tree: Tree, each: DateMention) -> int | None:
    """The noun that a date names: `the September 19 agreement`."""
    head = _head_of(tree, each)
    return tree.tokens[head].head if head is not None and tree.relation(head).startswith(("compound", "nmod")) else None


def _event_of(tree: Tree, each: DateMention, triggers: frozenset[int]) -> int | None:
    """The event that a date belongs to: the first verb or event above it."""
    head = _head_of(tree, each)
    if head is None or set(tree.case(head).split()) & OPEN:
        return None
    relation = tree.relation(head)
    naming = relation in {"compound", "nummod", "nmod:poss", "amod"} or (relation[:4] == "nmod" and not tree.case(head))
    if naming and tree.tokens[head].head not in triggers:
        return None  # `the September 19 agreement`, `last year's blasts`
    for above in tree.above(head):
        if above in triggers or tree.tokens[above].upos == "VERB":
            return above
        if tree.relation(above).partition(":")[0] in ASIDE and tree.tokens[above].lemma.lower() not in words("times"):
            return None  # `arrested over the killing of two men in 2010`
    return None


def _is_lead(tree: Tree, index: int, status: Status) -> bool:
    """Whether it is the past-tense main event of the first sentence with a verb, itself or as what is said there."""
    root = next((i for i, t in enumerate(tree.tokens) if t.head == i and t.upos in {"VERB", "AUX"}), None)
    if root is None or status.background or status.negated or status.assertion == "alleged":
        return False
    if index != root:
        return False
    tenses = {tree.tokens[each].text.lower() for each in tree.dependents(index, "aux")}
    return not tenses & {"has", "have", "had"} and (tree.tokens[index].xpos == "VBD" or bool(tenses & {"was", "were"}))
