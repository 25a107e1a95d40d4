"""What stands with a verb: objects, subjects, particles, prepositions, complements, each with the words that count."""

from collections.abc import Callable, Mapping

from pipeline.extractors.events.control import meant, subject_of
from pipeline.extractors.events.frames import ANYTHING, NAME, Frame, sectors, words
from pipeline.extractors.events.people import PRONOUNS, kernel
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.gazetteer import countries

NO_PREDICATE = frozenset({"VERB", "PROPN"})  # `called President Sahle Work Zawde`
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
    measured = [each for each in objects if tree.tokens[each].lemma.lower() in words("portions")]
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
    after = [index + 1] if index + 1 < len(tree.tokens) and tree.tokens[index + 1].text.lower() == "over" else []
    return [(each, tree.tokens[each].text.lower()) for each in (*tree.dependents(index, "compound", "advmod"), *after)]


def _prepositions(tree: Tree, index: int) -> Filled:
    """`on`, `against`; of `charged with creating` too."""
    nouns_ = [each for each in tree.dependents(index, "obl") if _is_no_time(tree, each)]
    things = tree.dependents(index, "obj")
    nouns_ += [each for thing in things for each in tree.obliques(thing, "from", "with", "against")]
    named = [each for each in nouns_ if tree.tokens[each].upos == "PROPN"]
    nouns_ += [each for name in named for each in tree.obliques(name, "for")]  # `appealed to the Council for help`
    clauses = [each for each in tree.dependents(index, "advcl", "ccomp") if tree.tokens[each].xpos != "VB"]
    marks = [(each, mark) for each in clauses for mark in tree.marks(each)]
    cases = [(each, word) for each in nouns_ for word in {tree.case(each), *tree.case(each).split()}]
    return [*cases, *marks, *_particles(tree, index)]


def _is_no_time(tree: Tree, noun: int) -> bool:
    """`on Monday` is no `on`, but `until Monday` is an ultimatum's."""
    return tree.tokens[noun].lemma.lower() not in words("times") or tree.case(noun) == "until"


def _infinitives(tree: Tree, index: int) -> Filled:
    asked = [deed for noun in tree.obliques(index, "on", "upon", "to") for deed in tree.dependents(noun, "acl")]
    clauses = [*tree.dependents(index, "xcomp", "ccomp", "advcl"), *asked]  # `called on donors to speed up aid`
    clauses = [each for each in clauses if _is_infinitive(tree, each)]
    return [(each, tree.tokens[each].lemma.lower()) for each in clauses]


def _predicates(tree: Tree, index: int) -> Filled:
    """`called him a liar`, `found guilty`."""
    said = [each for each in tree.dependents(index, "xcomp", "ccomp") if tree.tokens[each].upos not in NO_PREDICATE]
    return [(each, tree.tokens[each].lemma.lower()) for each in said if not _has_to(tree, each)]


def _voices(tree: Tree, index: int) -> Filled:
    return [(index, "passive")] if tree.is_passive(index) else []


def _clauses(tree: Tree, index: int) -> Filled:
    return [(each, mood) for each in tree.dependents(index, "ccomp") for mood in _moods(tree, each)]


def _lemmas(tree: Tree, index: int) -> list[str]:
    """A noun's lemma and sector; of `curfew hours`, `arms embargo rules` the noun before it too."""
    lemma = tree.tokens[index].lemma.lower()
    before = tree.dependents(index, "compound") if lemma in words("carriers") else []
    inner = kernel(tree, index)  # `dozens of protesters`
    before = [*before, *([inner] if inner != index else [])]
    sector = sectors().get(tree.tokens[inner].lemma.lower()) or _state(tree, inner)
    before = [*before, *_titles(tree, index)]
    return [lemma, *([sector] if sector else []), *(tree.tokens[each].lemma.lower() for each in before)]


def _state(tree: Tree, index: int) -> str | None:
    """`Kenya`, `South Korea`: a country acts as its government does."""
    if tree.tokens[index].upos != "PROPN":
        return None
    names = [index, *tree.dependents(index, "compound", "flat", "amod")]
    name = " ".join(tree.tokens[each].text for each in sorted(names))
    return "GOV" if name in countries() else None


def _titles(tree: Tree, index: int) -> list[int]:
    """`Foreign Minister Aziz Karimov`: the minister too."""
    return [each for each in tree.dependents(index, "nmod") if tree.relation(each) == "nmod:desc"]


def _doers(tree: Tree, index: int) -> Filled:
    """Who does what a verb says, by lemma and by sector: `protesters`, `Taliban fighters` (UAF)."""
    heads = tree.obliques(index, "by") if tree.is_passive(index) else subject_of(tree, index)
    found: Filled = []
    for head in (each for first in heads for each in tree.with_others(first)):
        inner = kernel(tree, head)
        for each in (inner, *tree.dependents(inner, "compound", "flat"), *_titles(tree, inner)):
            lemma, text = tree.tokens[each].lemma.lower(), tree.tokens[each].text.lower().removesuffix("s")
            sector = sectors().get(lemma) or sectors().get(text) or _state(tree, each)
            found += [(head, lemma), *([(head, sector)] if sector else [])]
    return found


def _moods(tree: Tree, index: int) -> list[str]:
    """The auxiliaries of mood of a clause, else that it is bare (`insisted that they leave`) or plain."""
    helpers = tree.dependents(index, "aux")
    moods = [tree.tokens[each].text.lower() for each in helpers if tree.tokens[each].xpos == "MD"]
    bare = (
        tree.tokens[index].xpos == "VB" and not helpers and tree.dependents(index, "nsubj") and not _has_to(tree, index)
    )
    return moods or ["bare" if bare else "plain"]


def _has_to(tree: Tree, index: int) -> bool:
    """`to be a hero`."""
    return "to" in tree.marks(index)


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
