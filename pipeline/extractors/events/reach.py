"""What a verb may be done to: what hangs on it, on its object, and deeper in its complements."""

from collections.abc import Iterable

from pipeline.extractors.events.frames import noun_frames, words
from pipeline.extractors.events.people import is_time
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

# Which preposition brings the recipient, the likeliest first.
TOWARDS = (
    *"with to against on at into toward towards upon from over for between among of in near by across inside".split(),
    *("around", "outside", "behind", "off", "along", "out of", "about"),
)
PARTICLES = frozenset("out up over back off away down".split())
COMPLEMENTS = ("xcomp", "ccomp", "advcl", "obj", "obl", "acl", "nmod", "appos")
CONDITIONS = frozenset("if unless because while although though as when after before since until".split())
DEEPEST = 3
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
AGAINST = frozenset({"ACCUSE", "PROTEST", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
VIOLENT = frozenset({"17", "18", "19", "20"})


def reached_by(tree: Tree, trigger: Trigger) -> list[int]:
    """What a verb may be done to, the likeliest first: its objects, then what prepositions bring, then deeper."""
    index = trigger.index
    direct = [
        *tree.dependents(index, "iobj"),
        *(each for each in tree.dependents(index, "obj") if each != trigger.light and not is_time(tree, each)),
        *(each for each in _of_particle(tree, index) if not is_time(tree, each)),
    ]
    light = tree.with_others(trigger.light) if trigger.light is not None else []
    told_of = [each for head in direct for each in tree.with_others(head) if not _is_spoken_of(tree, trigger, each)]
    brought = [each for verb in (index, *light, *told_of) for each in tree.dependents(verb, "obl", "nmod")]
    against = trigger.frame.event_type in AGAINST
    return [*direct, *by_preposition(tree, brought, against=against), *_deeper(tree, trigger)]


def _of_particle(tree: Tree, index: int) -> list[int]:
    """`called on her supporters`, where the tree has `on` as the verb's particle."""
    particle = any(tree.relation(each) == "compound:prt" for each in tree.dependents(index))
    bare = (each for each in tree.dependents(index) if tree.relation(each) == "obl" and not tree.case(each))
    return list(bare) if particle else []


def _is_spoken_of(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`condemned the attack on the church`: the words are not directed at whom the deed was."""
    frames = noun_frames(tree.tokens[thing])
    return trigger.frame.event_type in SPOKEN and any(each.cameo_code[:2] in VIOLENT for each in frames)


def by_preposition(tree: Tree, heads: Iterable[int], *, against: bool = False) -> list[int]:
    """The nouns that a preposition ties, the likeliest recipient first; of a hostile deed whom it is `against`."""
    told = [each for each in heads if _bringing(tree, each) in TOWARDS and not is_time(tree, each)]
    order = ("against", *TOWARDS) if against else TOWARDS
    return sorted(told, key=lambda each: order.index(_bringing(tree, each)))


def _bringing(tree: Tree, noun: int) -> str:
    """The preposition of a noun, without what belongs to the verb: of `lashed out at` the `at`."""
    first, _, last = tree.case(noun).partition(" ")
    return last if first in PARTICLES and last in TOWARDS else tree.case(noun)


def _deeper(tree: Tree, trigger: Trigger) -> list[int]:
    """`threatened to close the border with Iraq`: whom the complement is about; of aid whom it is meant for."""
    index = trigger.index
    found: list[int] = []
    level = [index]
    crowd = trigger.frame.cameo_code == "175"  # `fired tear gas to disperse protesters`
    is_meant = crowd or trigger.frame.event_type == "AID" or not tree.dependents(index, "obj")
    purposes = [] if is_meant else _purposes(tree, index)
    for _ in range(DEEPEST):
        level = [each for above in level for each in tree.dependents(above, *COMPLEMENTS)]
        level = [each for each in level if each not in purposes and not _is_aside(tree, each)]
        level = [
            each
            for each in level
            if tree.relation(each) != "nmod" or not _is_spoken_of(tree, trigger, tree.tokens[each].head)
        ]
        level = [each for each in level if not _is_own_doing(tree, trigger, each)]
        level = [each for each in level if each > index or tree.relation(each) != "advcl"]
        found += [each for each in level if tree.tokens[each].upos in {"PROPN", "NOUN"}]
        found += [each for verb in level for each in tree.dependents(verb, "nsubj")]
    return [each for each in found if not is_time(tree, each)]


def _is_own_doing(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`reiterated the government's support`: whose the deed of a light verb is does it, unless they undergo it."""
    if tree.relation(thing) != "nmod:poss" or trigger.light is None or tree.tokens[thing].head != trigger.light:
        return False
    return tree.tokens[trigger.light].lemma.lower() not in words("undergone")


def _purposes(tree: Tree, index: int) -> list[int]:
    """`restore the pact to prevent clashes between …`: what something is done for is not whom it is done to."""
    clauses = tree.dependents(index, "advcl")
    return [each for each in clauses if "to" in tree.marks(each)]


def _is_aside(tree: Tree, index: int) -> bool:
    """`amid tensions between …`, `the agreement signed by …`, the title of a name."""
    relation = tree.relation(index)
    if relation in {"obl", "nmod"} and tree.case(index) != "to" and tree.tokens[index].lemma.lower() in words("asides"):
        return True  # `meet at the request of France`
    if relation in {"obl", "nmod"}:
        return tree.case(index) not in TOWARDS
    if relation == "advcl":
        marks = tree.marks(index)
        return bool(marks & CONDITIONS) or (not marks and tree.tokens[index].xpos == "VBG")  # `…, citing clashes`
    return relation in {"nmod:desc", "acl:relcl"} or (relation == "acl" and tree.tokens[index].xpos == "VBN")
