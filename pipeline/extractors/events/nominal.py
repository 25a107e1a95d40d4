"""Who does, and who undergoes, what a noun tells: `Russia's invasion of Ukraine`, `talks between the two`."""

from collections.abc import Sequence

from pipeline.extractors.events.control import subject_of
from pipeline.extractors.events.frames import noun_frames, words
from pipeline.extractors.events.reach import by_preposition
from pipeline.extractors.events.tree import Tree

PLACED = frozenset({"near", "in", "at", "outside", "around", "across"})


def sides_of(tree: Tree, index: int, named: frozenset[int]) -> tuple[Sequence[int], Sequence[int]]:
    """`Russia's invasion of Ukraine`, `talks between the two`, `an attack by rebels on a convoy`."""
    owners = [each for each in tree.dependents(index, "nmod") if tree.relation(each) == "nmod:poss"]
    if owners and tree.tokens[index].lemma.lower() in words("undergone") and not tree.obliques(index, "of"):
        return tree.obliques(index, "by"), owners  # `the leader's arrest`
    before = [each for each in tree.dependents(index, "amod", "compound") if _names(tree, each, named)]
    hit = [each for each in tree.dependents(index, "compound") if is_target(tree, index, each)]
    before = [each for each in before if not hit and each not in tree.sites]
    given = tree.obliques(index, "from") if tree.tokens[index].lemma.lower() in words("given") else []
    agents = (
        tree.obliques(index, "by")
        or owners
        or given
        or tree.obliques(index, "between", "among")
        or before
        or _doers(tree, index)
        or _meeting(tree, index)
    )
    brought = [each for each in by_preposition(tree, tree.dependents(index, "nmod", "obl")) if each not in agents]
    there = [each for each in brought if each in tree.sites and tree.case(each) in PLACED]  # `clashes near the temple`
    brought = [each for each in brought if each not in there]
    return agents, [*_faced_by(tree, index), *brought, *hit]


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


def _faced_by(tree: Tree, index: int) -> list[int]:
    """`Iran faces criticism from …`: whom a deed is done to that is a verb's object."""
    verb = tree.tokens[index].head
    faced = tree.relation(index) == "obj" and tree.tokens[verb].lemma.lower() in words("facing")
    return list(subject_of(tree, verb)) if faced else []


def _doers(tree: Tree, index: int) -> Sequence[int]:
    """`police announced the arrest of …`: whose deed a noun is that another verb's object is."""
    verb = tree.tokens[index].head
    is_done = tree.relation(index) == "obj" and tree.tokens[verb].lemma.lower() in words("doing")
    return subject_of(tree, verb) if is_done else []


def _names(tree: Tree, index: int, named: frozenset[int]) -> bool:
    first, _, last = tree.tokens[index].text.lower().rpartition("-")
    if last in words("likened") or first in {"anti", "pro"}:
        return False  # `Hollywood-style walkout`, `a pro-Elian rally`
    return index in named or bool(named.intersection(tree.dependents(index)))
