"""Who does, and who undergoes, what a noun tells: `Russia's invasion of Ukraine`, `talks between the two`."""

from collections.abc import Sequence

from pipeline.extractors.events.control import subject_of
from pipeline.extractors.events.frames import noun_frames, sectors, words
from pipeline.extractors.events.reach import by_preposition
from pipeline.extractors.events.tree import Tree

RESPONSIBLE = frozenset({"responsible", "responsibility"})
PLACED = frozenset({"near", "in", "at", "outside", "around", "across"})


def sides_of(tree: Tree, index: int, named: frozenset[int]) -> tuple[Sequence[int], Sequence[int]]:
    """`Russia's invasion of Ukraine`, `talks between the two`, `an attack by rebels on a convoy`."""
    owners = tree.owners(index)
    if owners and tree.tokens[index].lemma.lower() in words("undergone") and not tree.obliques(index, "of"):
        return tree.obliques(index, "by"), owners  # `the leader's arrest`
    if owners and all(tree.tokens[each].xpos == "PRP$" for each in owners):
        owners = list(_doers(tree, index)) or owners  # `continued their attacks`
    before = [each for each in tree.dependents(index, "amod", "compound") if _names(tree, each, named)]
    hit = [each for each in tree.dependents(index, "compound") if is_target(tree, index, each)]
    before = [each for each in before if not hit and each not in tree.sites]
    given = tree.obliques(index, "from") if tree.tokens[index].lemma.lower() in words("given") else []
    late = [
        each
        for head in tree.obliques(index, "of")
        if not noun_frames(tree.tokens[head])
        for each in tree.obliques(head, "by")
    ]
    agents = (
        tree.obliques(index, "by")
        or late
        or owners
        or given
        or tree.obliques(index, "between", "among")
        or _said_of(tree, index)
        or before
        or _doers(tree, index)
        or _meeting(tree, index)
    )
    happening = _beside(tree, index)
    between = [each for each in happening if tree.case(each) in {"between", "among"}]
    agents = agents or [other for each in between for other in tree.with_others(each)]
    deeds = [each for each in tree.dependents(index, "acl") if tree.dependents(each, "mark")]
    aims = [each for deed in deeds for each in tree.dependents(deed, "obj")]  # `the threat to attack Iran`
    below = [
        *tree.dependents(index, "nmod", "obl"),
        *happening,
        *(each for deed in deeds for each in tree.dependents(deed, "obl")),
    ]
    brought = [each for each in by_preposition(tree, below) if each not in agents]
    there = [each for each in brought if each in tree.sites and tree.case(each) in PLACED]  # `clashes near the temple`
    brought = [each for each in brought if each not in there]
    return agents, [*_faced_by(tree, index), *brought, *aims, *hit]


def _meeting(tree: Tree, index: int) -> Sequence[int]:
    """`a summit of East African leaders`: of those who meet nobody is met by the others."""
    meets = any(each.event_type == "CONSULT" for each in noun_frames(tree.tokens[index]))
    plural = [each for each in tree.obliques(index, "of") if tree.tokens[each].xpos in {"NNS", "NNPS"}]
    return plural if meets else []


def is_target(tree: Tree, index: int, before: int) -> bool:
    """`the embassy bombing`, `the Kennedy assassination`: who or what stands before a noun of violence undergoes it."""
    violent = any(each.event_type == "ASSAULT" for each in noun_frames(tree.tokens[index]) if each.cameo_code)
    suffered = tree.tokens[index].text.lower() in words("suffered") and before in tree.persons
    return suffered or (violent and tree.tokens[before].lemma.lower() in words("buildings"))


def _beside(tree: Tree, index: int) -> list[int]:
    """`clashes broke out between the two`: what hangs on the verb that says that a deed goes on."""
    verb = tree.tokens[index].head
    goes_on = tree.relation(index) in {"nsubj", "nsubj:pass"} and tree.tokens[verb].lemma.lower() in words("happening")
    return tree.obliques(verb, "between", "among", "with", "against") if goes_on else []


def _said_of(tree: Tree, index: int) -> list[int]:
    """`is in talks with`, `is on a visit to`, `is in Paris for talks`: who is."""
    above = tree.tokens[index].head
    somebody = tree.tokens[index].lemma.lower() in sectors()
    if tree.dependents(index, "nsubj") and (somebody or tree.case(index) in {"in", "on"}):
        return tree.dependents(index, "nsubj")
    if somebody and tree.relation(index) == "xcomp":  # `remains the largest donor`
        return list(subject_of(tree, above))
    there = tree.case(index) in {"for", "on"} and tree.tokens[above].upos == "PROPN" and tree.dependents(above, "cop")
    return tree.dependents(above, "nsubj") if there else []


def _faced_by(tree: Tree, index: int) -> list[int]:
    """`Iran faces criticism from …`: whom a deed is done to that is a verb's object."""
    verb = tree.tokens[index].head
    faced = tree.relation(index) == "obj" and tree.tokens[verb].lemma.lower() in words("facing")
    return list(subject_of(tree, verb)) if faced else []


def _doers(tree: Tree, index: int) -> Sequence[int]:
    """`police announced the arrest of …`, `claimed responsibility for the attack`: whose deed a noun is."""
    verb = tree.tokens[index].head
    lemma = tree.tokens[verb].lemma.lower()
    if lemma in RESPONSIBLE and tree.case(index) == "for":
        above = tree.tokens[verb].head
        claimed = tree.relation(verb) == "obj" and tree.tokens[above].lemma.lower() in words("claiming")
        return subject_of(tree, above) if claimed else tree.dependents(verb, "nsubj")
    if lemma in words("charging") and tree.case(index) in {"for", "of", "with", "over"}:
        return tree.dependents(verb, "nsubj") if tree.is_passive(verb) else tree.dependents(verb, "obj")
    is_done = tree.relation(index) == "obj" and lemma in words("doing")
    return subject_of(tree, verb) if is_done else []


def _names(tree: Tree, index: int, named: frozenset[int]) -> bool:
    first, _, last = tree.tokens[index].text.lower().rpartition("-")
    if last in words("likened") or first in {"anti", "pro"}:
        return False  # `Hollywood-style walkout`, `a pro-Elian rally`
    return index in named or bool(named.intersection(tree.dependents(index)))
