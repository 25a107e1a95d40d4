"""What stands with a verb: objects, subjects, particles, prepositions, complements, each with the words that count."""

from collections.abc import Callable, Mapping

from pipeline.extractors.events.control import meant, subject_of
from pipeline.extractors.events.frames import ANYTHING, NAME, Frame, sectors, words
from pipeline.extractors.events.people import PRONOUNS, kernel
from pipeline.extractors.events.tree import Tree

MEASURES = frozenset("act kind lot number package round series set state wave".split())
Filled = list[tuple[int, str]]


def fits(tree: Tree, index: int, frame: Frame) -> tuple[int, ...]:
    """Empty when a need is not met; else the object that met one, or -1."""
    met: list[int] = []
    for slot, allowed in frame.needs.items():
        here = _slot(tree, index, slot, by_preposition="prep" in frame.needs)
        good = [each for each, lemma in here if lemma in allowed or (ANYTHING in allowed and _is_core(tree, each))]
        good += [each for each, _ in here if NAME in allowed and _is_named(tree, each)]
        if not good:
            return ()
        met += good if slot == "obj" and ANYTHING not in allowed else []
    return tuple(met) or (-1,)


def _is_named(tree: Tree, index: int) -> bool:
    return tree.tokens[index].upos == "PROPN" or tree.tokens[index].text.lower() in PRONOUNS


def _is_core(tree: Tree, index: int) -> bool:
    """Whether it is no mere adverbial: `strike in the capital` has no object."""
    return tree.relation(index).partition(":")[0] != "obl"


def _slot(tree: Tree, index: int, slot: str, *, by_preposition: bool) -> Filled:
    """What stands in a slot of a verb: tokens with the lemma that counts."""
    if slot == "obj":
        return _objects(tree, index, by_preposition=by_preposition)
    return SLOTS[slot](tree, index)


def _objects(tree: Tree, index: int, *, by_preposition: bool) -> Filled:
    """What it is done to, and what `acts of`, `a series of` are of; of `went on strike` what the preposition brings."""
    objects = tree.dependents(index, "obj")
    if not objects and tree.is_passive(index):
        objects = list(subject_of(tree, index))
    if tree.relation(index) == "acl" and not objects:
        objects = [tree.tokens[index].head]
    objects = [meant(tree, each) for each in objects] or _gap(tree, index)
    objects = [*objects, *(tree.dependents(index, "obl") if by_preposition else [])]
    measured = [each for each in objects if tree.tokens[each].lemma in MEASURES]
    objects = objects + [each for head in measured for each in tree.obliques(head, "of")]
    return [(each, lemma) for head in objects for each in tree.with_others(head) for lemma in _lemmas(tree, each)]


def _gap(tree: Tree, index: int) -> list[int]:
    """`the pact Tokyo has struck`: of a relative clause with its own subject and no object, what it tells of."""
    if tree.relation(index) != "acl:relcl" or tree.dependents(index, "ccomp", "xcomp"):
        return []
    subjects = tree.dependents(index, "nsubj")
    own = any(tree.tokens[each].xpos not in {"WDT", "WP"} for each in subjects)
    return [tree.tokens[index].head] if own and not tree.is_passive(index) else []


def _particles(tree: Tree, index: int) -> Filled:
    return [(each, tree.tokens[each].text.lower()) for each in tree.dependents(index, "compound", "advmod")]


def _prepositions(tree: Tree, index: int) -> Filled:
    """`on`, `against`; of `charged with creating` too."""
    nouns_ = [each for each in tree.dependents(index, "obl") if tree.tokens[each].lemma.lower() not in words("times")]
    clauses = tree.dependents(index, "advcl", "ccomp")
    marks = [(each, tree.tokens[m].text.lower()) for each in clauses for m in tree.dependents(each, "mark")]
    return [*((each, tree.case(each)) for each in nouns_), *marks, *_particles(tree, index)]


def _infinitives(tree: Tree, index: int) -> Filled:
    clauses = [each for each in tree.dependents(index, "xcomp", "ccomp", "advcl") if _is_infinitive(tree, each)]
    return [(each, tree.tokens[each].lemma.lower()) for each in clauses]


def _predicates(tree: Tree, index: int) -> Filled:
    """`called him a liar`, `found guilty`."""
    said = [each for each in tree.dependents(index, "xcomp", "ccomp") if tree.tokens[each].upos != "VERB"]
    return [(each, tree.tokens[each].lemma.lower()) for each in said if not _has_to(tree, each)]


def _voices(tree: Tree, index: int) -> Filled:
    return [(index, "passive")] if tree.is_passive(index) else []


def _clauses(tree: Tree, index: int) -> Filled:
    return [(each, mood) for each in tree.dependents(index, "ccomp") for mood in _moods(tree, each)]


def _lemmas(tree: Tree, index: int) -> list[str]:
    """A noun's lemma and sector; of `curfew hours`, `arms embargo rules` the noun before it too."""
    lemma = tree.tokens[index].lemma.lower()
    before = tree.dependents(index, "compound") if lemma in words("carriers") else []
    sector = sectors().get(tree.tokens[kernel(tree, index)].lemma.lower())
    return [lemma, *([sector] if sector else []), *(tree.tokens[each].lemma.lower() for each in before)]


def _doers(tree: Tree, index: int) -> Filled:
    """Who does what a verb says, by lemma and by sector: `protesters`, `Taliban fighters` (UAF)."""
    heads = tree.obliques(index, "by") if tree.is_passive(index) else subject_of(tree, index)
    found: Filled = []
    for head in (each for first in heads for each in tree.with_others(first)):
        inner = kernel(tree, head)
        for each in (inner, *tree.dependents(inner, "compound", "flat")):
            lemma, text = tree.tokens[each].lemma.lower(), tree.tokens[each].text.lower().removesuffix("s")
            sector = sectors().get(lemma) or sectors().get(text)
            found += [(head, lemma), *([(head, sector)] if sector else [])]
    return found


def _moods(tree: Tree, index: int) -> list[str]:
    """The auxiliaries of mood of a clause, or that it is plain: `agreed that it was a crime`."""
    moods = [tree.tokens[each].text.lower() for each in tree.dependents(index, "aux") if tree.tokens[each].xpos == "MD"]
    return moods or ["plain"]


def _has_to(tree: Tree, index: int) -> bool:
    """`to be a hero`."""
    return any(tree.tokens[each].text.lower() == "to" for each in tree.dependents(index, "mark"))


def _is_infinitive(tree: Tree, index: int) -> bool:
    """`told them to leave`, not `told them that they left`."""
    if tree.relation(index) == "xcomp":
        return True
    return _has_to(tree, index)


SLOTS: Mapping[str, Callable[[Tree, int], Filled]] = {
    "subj": _doers,
    "prt": _particles,
    "prep": _prepositions,
    "xcomp": _infinitives,
    "pred": _predicates,
    "that": _clauses,
    "voice": _voices,
}
