"""What a number counts: the dead, the arrested, protesters, troops, money, by what the tree says is done to them.

`data/counting.csv` says which words mean what.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extractors import gazetteer
from pipeline.extractors.events.amounts import Amount
from pipeline.extractors.events.frames import counting, sectors, words
from pipeline.extractors.events.tree import Tree

MODIFYING = frozenset({"nummod", "compound", "amod", "det", "advmod"})


@dataclass(frozen=True, slots=True)
class Acting:
    """What an event of a trigger is, and who acts in it."""

    event_type: str
    actors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in the tree: the head of its phrase, the noun that it counts, and the verb that the phrase hangs on."""

    phrase: int
    noun: int | None
    verb: int


def counted_by(tree: Tree, amount: Amount) -> Counted | None:
    """`12 people were killed`: the phrase is people's; `dozens of people`: that of dozens, which counts people."""
    inside = tree.between(amount.start_char, amount.end_char)
    top = next((i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i), None)
    if top is None:
        return None
    phrase = top
    while tree.relation(phrase).partition(":")[0] in MODIFYING and tree.tokens[phrase].upos != "VERB":
        phrase = tree.tokens[phrase].head
    if tree.tokens[phrase].upos in {"VERB", "AUX"}:
        return Counted(top, None, phrase)
    of = [each for each in tree.obliques(phrase, "of") if tree.tokens[each].upos in {"NOUN", "PROPN"}]
    noun = of[0] if phrase in inside and of else phrase if phrase not in inside else None
    return Counted(phrase, noun, _verb_of(tree, phrase))


def _verb_of(tree: Tree, phrase: int) -> int:
    """What the phrase hangs on; of `claimed 12 lives and injured 50` the nearest verb before it that does harm."""
    first = phrase
    while tree.relation(first) == "conj" and tree.tokens[tree.tokens[first].head].upos not in {"VERB", "ADJ"}:
        first = tree.tokens[first].head
    harms = (each for each in range(phrase - 1, first, -1) if _slot(tree, each, "obj") or _slot(tree, each, "adj"))
    between = [each for each in harms if tree.tokens[each].xpos[:2] in {"VB", "JJ"}]
    return between[0] if between else tree.tokens[first].head


def measure_of(tree: Tree, amount: Amount, counted: Counted, acting: Mapping[int, Acting]) -> str | None:
    """What the number is one of."""
    if amount.currency:
        return "money"
    if not _is_people(tree, counted):
        return _of_noun(tree, counted)
    done = _done(tree, counted)
    if done:
        return done
    for trigger, event in acting.items():
        if event.event_type == "PROTEST" and (counted.phrase == trigger or counted.phrase in event.actors):
            return "protesters"
    return _of_noun(tree, counted)


def _is_people(tree: Tree, counted: Counted) -> bool:
    """Whether people are counted, or nothing that is named: `killed 12`."""
    if counted.noun is None:
        return True
    token = tree.tokens[counted.noun]
    lemma = token.lemma.lower()
    known = gazetteer.nouns().get(lemma)
    if lemma in sectors() or lemma in words("people") or (lemma, "noun") in counting() or token.upos == "PROPN":
        return True
    return known is not None and known.kind in {"person", "group"}


def _done(tree: Tree, counted: Counted) -> str | None:
    """What is done to those counted, or what they do."""
    phrase, verb = counted.phrase, counted.verb
    for each in tree.dependents(phrase, "acl", "amod"):
        if tree.tokens[each].xpos in {"VBN", "JJ"} and (told := _slot(tree, each, "obj") or _slot(tree, each, "adj")):
            return told
    if told := _slot(tree, phrase, "adj"):
        return told
    relation = tree.relation(phrase)
    if tree.relation(phrase) == "conj" and tree.tokens[verb].upos == "VERB":
        relation = "obj" if phrase > verb else "nsubj"
    return _predicated(tree, counted, relation) or _toll(tree, counted)


def _predicated(tree: Tree, counted: Counted, relation: str) -> str | None:
    """`were killed`, `left 20 dead`, `are missing`, `died`."""
    verb = counted.verb
    if verb == counted.phrase:
        return None
    bare = not relation.startswith(("nsubj", "nmod")) and not tree.obliques(verb, tree.case(counted.phrase) or "-")
    is_object = relation in {"obj", "nsubj:pass"} or (bare and tree.tokens[verb].xpos == "VBN")
    is_object = is_object or (relation == "nsubj" and _is_passive(tree, verb))
    is_object = is_object or (relation == "conj" and verb < counted.phrase)
    if is_object and (told := _slot(tree, verb, "obj") or _slot(tree, verb, "adj")):
        return _with_second(tree, counted, told)
    if tree.tokens[verb].lemma.lower() in words("telling"):
        for state in tree.dependents(verb, "xcomp", "obj"):
            if told := _slot(tree, state, "adj"):
                return told
    if relation.startswith("nsubj") and (told := _slot(tree, verb, "subj") or _slot(tree, verb, "adj")):
        return told
    lives = counted.noun is not None and tree.tokens[counted.noun].lemma.lower() == "life"
    return _slot(tree, verb, "lives") if lives and is_object else None


def _is_passive(tree: Tree, verb: int) -> bool:
    """A passive, or a participle with a subject that is joined to one: `were killed and 30 others wounded`."""
    if tree.is_passive(verb):
        return True
    joined = tree.relation(verb) in {"conj", "parataxis"} and tree.is_passive(tree.tokens[verb].head)
    return joined and not tree.dependents(verb, "obj", "aux")


def _with_second(tree: Tree, counted: Counted, told: str) -> str:
    """`killed or wounded 12`: how many of each is not told; `82 were killed and 50 injured`: 50 of the second."""
    verb = counted.verb
    joined = tree.dependents(verb, "conj")
    first, second = (verb, joined[0]) if joined else (tree.tokens[verb].head, verb)
    states = (_slot(tree, first, "obj"), _slot(tree, second, "obj"))
    if set(states) != {"dead", "wounded"} or tree.relation(second) != "conj":
        return told
    if first < counted.phrase < second:
        return str(states[1]) if counted.phrase == second - 1 else told
    if any(tree.tokens[each].upos == "NUM" for each in range(first, second)):
        return told
    own = [
        each
        for each in (first, second)
        if tree.dependents(each, "obj", *(["nsubj"] if _is_passive(tree, each) else []))
    ]
    return "casualties" if len(own) == 1 else told


def _toll(tree: Tree, counted: Counted) -> str | None:
    """`the death toll rose to 45`, `a death toll of 45`."""
    near = [counted.verb, *tree.dependents(counted.verb, "nsubj", "obj")]
    tolls = [each for each in near if tree.tokens[each].lemma.lower() == "toll"]
    deadly = [each for toll in tolls for each in tree.dependents(toll, "compound")]
    return "dead" if any(tree.tokens[each].lemma.lower() == "death" for each in deadly) else None


def _of_noun(tree: Tree, counted: Counted) -> str | None:
    """`20 deaths`, `40 arrests`, `3,000 troops`, `14 lives`."""
    if counted.noun is None:
        return None
    moved = tree.relation(counted.phrase) in {"obj", "nsubj:pass", "conj"}
    if told := _slot(tree, counted.noun, "noun") or (_slot(tree, counted.noun, "thing") if moved else None):
        return told
    lives = tree.tokens[counted.noun].lemma.lower() == "life" and tree.relation(counted.phrase) == "obj"
    return _slot(tree, counted.verb, "lives") if lives else None


def _slot(tree: Tree, index: int, slot: str) -> str | None:
    token = tree.tokens[index]
    return counting().get((token.lemma.lower(), slot)) or counting().get((token.text.lower(), slot))
