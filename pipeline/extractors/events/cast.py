"""Who takes part in an event: the tree's subjects, objects and obliques, as actors, recipients and objects.

A recipient is somebody: a name, a pronoun or a noun that stands for an actor (sectors.csv), else what
the verb is done to (`rejected the referendum`). What is handed to a recipient (`$49 million`) is an object.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extractors.events.control import meant, sayer, subject_of
from pipeline.extractors.events.frames import nouns, sectors, words
from pipeline.extractors.events.people import is_somebody, is_time, kernel, tells_of_somebody
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger, is_passive

# Which preposition brings the recipient, the likeliest first.
TOWARDS = (
    *("with", "to", "against", "on", "at", "into", "toward", "towards", "upon", "from", "over", "for"),
    *("between", "among", "of", "in", "near", "by", "across", "inside", "around", "outside"),
)
AIMS = frozenset("on against into to toward towards over with".split())
WHERE = frozenset("in near at across inside around outside".split())
COMPLEMENTS = ("xcomp", "ccomp", "advcl", "obj", "obl", "acl", "nmod", "appos")
DEEPEST = 3
MUTUAL = frozenset({"with", "between", "among"})
# CAMEO codes of what two sides do together.
TOGETHER = ("04", "057", "06", "0871")
REACHING_PLACES = frozenset({"ASSAULT", "MOBILIZE", "AID", "PROTEST", "COERCE", "RETREAT", "COOPERATE"})
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
VIOLENT = frozenset({"17", "18", "19", "20"})
CONDITIONS = frozenset("if unless because while although though as when after before since until".split())
BROKERS = frozenset("mediate broker facilitate moderate sponsor".split())


@dataclass(frozen=True, slots=True)
class Cast:
    """The heads of the noun phrases that take part."""

    actors: Sequence[int] = ()
    recipients: Sequence[int] = ()
    objects: Sequence[int] = ()
    third_parties: Sequence[int] = ()
    instruments: Sequence[int] = ()


def cast_of(tree: Tree, trigger: Trigger, named: frozenset[int]) -> Cast:
    """Actors, recipients and objects of an event."""
    index = trigger.index
    actors: Sequence[int]
    things: Sequence[int]
    if trigger.asker is not None:
        actors, things = subject_of(tree, trigger.asker), tree.dependents(index, "nsubj")
    elif tree.tokens[index].upos == "NOUN":
        actors, things = _of_noun(tree, index, named)
    elif trigger.frame.lemma in words("receiving") and "from" in trigger.frame.needs.get("prep", ()):
        actors, things = _givers(tree, trigger), subject_of(tree, index)
    elif is_passive(tree, index):
        actors, things = _of_passive(tree, trigger)
    else:
        actors, things = _of_active(tree, trigger)
    things = [meant(tree, each) for each in things]
    tools = [each for each in things if tree.tokens[each].lemma.lower() in words("instruments")]
    things = [meant(tree, each) for each in things]
    tools = [each for each in tools if tree.case(each) in {"with", "by", "from"}]
    everybody = [
        each
        for head in _beings(tree, actors, named)
        for each in tree.with_others(sayer(tree, meant(tree, head)))
        if not is_time(tree, each)
    ]
    tools += [each for each in actors if _is_means(tree, each, named)]
    things = [each for each in things if each not in tools and each != trigger.light]
    thing = [] if trigger.thing is None or is_somebody(tree, trigger.thing, named) else [trigger.thing]
    recipients, direct = _recipients(tree, trigger, [each for each in things if each not in thing], named)
    others = [each for each in recipients if each not in everybody]
    beside = [each for each in others if is_somebody(tree, each, named) and _is_near(tree, index, each)]
    pair = [] if any(tree.case(each) not in WHERE for each in beside) else _other_side(tree, trigger, everybody)
    return Cast(
        actors=[each for each in everybody if each not in tools],
        recipients=pair or others,
        objects=[*thing, *(each for each in (*direct, *others) if each not in (pair or others))],
        third_parties=_brokers(tree, trigger),
        instruments=tools,
    )


def _beings(tree: Tree, actors: Sequence[int], named: frozenset[int]) -> list[int]:
    """Who acts: of `a rebel attack killed`, `the sniper's bullet hit` those whose deed or tool it is."""
    means = [head for head in actors if _is_means(tree, head, named)]
    owners = [each for head in means for each in _owners(tree, head, named) or _belonging(tree, head, named)]
    return [*owners, *(each for each in actors if each not in means)]


def _belonging(tree: Tree, head: int, named: frozenset[int]) -> list[int]:
    """`Syrian government missiles`: the government's."""
    before = tree.dependents(head, "compound", "amod")
    return [each for each in before if is_somebody(tree, each, named) and each not in tree.sites][-1:]


def _is_means(tree: Tree, head: int, named: frozenset[int]) -> bool:
    """A weapon, or a deed, that something else is the work of."""
    lemma = tree.tokens[head].lemma.lower()
    return head not in named and lemma not in sectors() and (lemma in words("instruments") or lemma in nouns())


def _other_side(tree: Tree, trigger: Trigger, actors: Sequence[int]) -> list[int]:
    """`A and B agreed`: those after the first are recipients too, for PLOVER writes such events as pairs."""
    own = [each for each in actors if each in tree.dependents(trigger.index, "nsubj")]
    if tree.relation(trigger.index) == "xcomp":  # `help the two resume talks`
        return []
    together = trigger.frame.cameo_code.startswith((*TOGETHER, "03", "05"))
    together = together or trigger.frame.lemma == "fail"  # `failed to agree`
    return [each for each in actors if tree.tokens[each].head in own] if together else []


def is_mutual(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """Whether both sides do it: `met with`, `talks between`, `signed an agreement with`, `clashed with`."""
    lemma = trigger.frame.lemma
    together = trigger.frame.cameo_code.startswith(TOGETHER) and lemma not in {"call", "visit", "pay", "make", "host"}
    if not together and lemma not in {"clash", "fighting", "exchange"}:
        return False
    met = lemma == "meet" and any(tree.relation(each) == "obj" for each in cast.recipients)
    return bool(cast.actors) and (met or any(tree.case(each) in MUTUAL for each in cast.recipients))


def _recipients(
    tree: Tree, trigger: Trigger, things: Sequence[int], named: frozenset[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Who it is done to, and what the verb takes as its object."""
    index = trigger.index
    own = [each for each in things[:1] if _is_own(tree, index, each)]
    handed = [each for each in things if _is_handed(tree, trigger, each)]
    where = [each for each in things if tree.case(each) in WHERE]
    near = [each for each in things if each not in (*where, *handed) and _is_near(tree, index, each)]
    deep = [each for each in things if each not in (*where, *handed, *near)]
    people = [[each for each in some if is_somebody(tree, each, named)] for some in (near, deep, where)]
    thing = [trigger.thing] if trigger.thing is not None else []
    owners = [owner for each in (*own, *thing) if each not in handed for owner in _owners(tree, each, named)]
    last = (
        [each for each in own if each not in (*handed, *thing)]
        or people[1]
        or _told_of(tree, told, named)
    )
    aims = [each for each in near if tree.case(each) in AIMS]
    is_verb = tree.tokens[index].upos != "NOUN"
    reaches = trigger.frame.event_type in REACHING_PLACES
    there = [each for each in people[2] if is_verb and (reaches or each not in tree.sites)]
    asked = [each for each in people[0] if tree.case(each) in trigger.frame.needs.get("prep", ())]
    chosen = (asked or people[0] or owners or last or aims or there)[:1]
    return [each for head in chosen for each in tree.with_others(head)], own


def _is_deed(tree: Tree, thing: int) -> bool:
    return tree.tokens[thing].lemma.lower() in nouns()


def _is_own(tree: Tree, index: int, thing: int) -> bool:
    """The verb's own object, or what a passive verb is done to."""
    shared = tree.relation(index) in {"conj", "acl"}
    return tree.relation(thing) in {"obj", "nsubj:pass"} and (tree.tokens[thing].head == index or shared)


def _is_handed(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`sent troops to`: what is moved, not whom it reaches."""
    if trigger.frame.event_type in {"MOBILIZE", "RETREAT"} and tree.case(thing) == "of":
        return sectors().get(tree.tokens[kernel(tree, thing)].lemma.lower()) == "MIL"
    if tree.relation(thing) not in {"obj", "nsubj:pass"}:
        return False
    verb = tree.tokens[tree.tokens[thing].head].lemma.lower()
    names = {tree.tokens[kernel(tree, thing)].lemma.lower(), tree.tokens[thing].text.lower().removesuffix("s")}
    armed = any(sectors().get(each) == "MIL" for each in names)
    soldiers = armed or not is_somebody(tree, thing, frozenset())
    moved = verb in words("handing") or trigger.frame.event_type == "MOBILIZE"
    return moved and soldiers and (armed or tree.tokens[thing].upos != "PROPN")


def _owners(tree: Tree, thing: int, named: frozenset[int]) -> list[int]:
    """Whose a thing is: `Trump's decision`, `the OPCW visit`, `his overtures`, `a request by the president`."""
    owners = [each for each in tree.dependents(thing, "nmod") if tree.relation(each) == "nmod:poss"]
    owners = [each for each in owners if each in named or is_somebody(tree, each, named) or _is_possessive(tree, each)]
    told = [each for each in tree.obliques(thing, "by", "of", "from", "to") if is_somebody(tree, each, named)]
    return owners or told or [each for each in tree.dependents(thing, "compound") if each in named]


def _is_possessive(tree: Tree, index: int) -> bool:
    return tree.tokens[index].xpos == "PRP$"


def _told_of(tree: Tree, things: Sequence[int], named: frozenset[int]) -> list[int]:
    return [each for each in things if tells_of_somebody(tree, each, named)]


def _is_near(tree: Tree, index: int, thing: int) -> bool:
    """What hangs on the verb, or on its object."""
    head = tree.tokens[thing].head
    return head == index or (tree.tokens[head].head == index and tree.relation(head) == "obj")


def _of_active(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    actors = subject_of(tree, trigger.index)
    return actors, [each for each in _reached(tree, trigger) if each not in actors]


def _of_passive(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    """`was arrested by police`: done to its subject, by its agent; `signed between the two`: by both."""
    index = trigger.index
    patients = tree.dependents(index, "nsubj")
    if not patients and tree.relation(index) == "acl":
        patients = [tree.tokens[index].head]
    agents = tree.obliques(index, "by") or tree.obliques(index, "between")
    rest = [each for each in _reached(tree, trigger) if each not in agents and each not in patients]
    if trigger.light is not None and tree.relation(index) != "acl" and trigger.light in patients:
        return agents, rest
    return agents, [*(patients or subject_of(tree, index)), *rest]


def _givers(tree: Tree, trigger: Trigger) -> list[int]:
    """`received aid from`: whom it comes from."""
    around = [trigger.index, *tree.dependents(trigger.index, "obj")]
    return [each for head in around for each in tree.obliques(head, "from")]


def _of_noun(tree: Tree, index: int, named: frozenset[int]) -> tuple[Sequence[int], Sequence[int]]:
    """`Russia's invasion of Ukraine`, `talks between the two`, `an attack by rebels on a convoy`."""
    owners = [each for each in tree.dependents(index, "nmod") if tree.relation(each) == "nmod:poss"]
    if owners and tree.tokens[index].lemma.lower() in words("undergone") and not tree.obliques(index, "of"):
        return tree.obliques(index, "by"), owners  # `the leader's arrest`
    before = [each for each in tree.dependents(index, "amod", "compound") if _names(tree, each, named)]
    before = [each for each in before if each not in tree.sites]
    given = tree.obliques(index, "from") if tree.tokens[index].lemma.lower() in words("given") else []
    agents = (
        tree.obliques(index, "by")
        or owners
        or given
        or tree.obliques(index, "between", "among")
        or before
        or _doers(tree, index)
    )
    brought = [each for each in _by_preposition(tree, tree.dependents(index, "nmod", "obl")) if each not in agents]
    return agents, [*_faced_by(tree, index), *brought]


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
    return index in named or bool(named.intersection(tree.dependents(index)))


def is_brokering(tree: Tree, trigger: Trigger) -> bool:
    """`talks mediated by Qatar` are no event of Qatar's beside the talks."""
    return trigger.frame.lemma in BROKERS and tree.relation(trigger.index) == "acl" and is_passive(tree, trigger.index)


def _brokers(tree: Tree, trigger: Trigger) -> list[int]:
    """`talks mediated by Qatar`, `on behalf of the minister`."""
    around = [trigger.index, *([trigger.light] if trigger.light is not None else [])]
    nouns = [noun for each in around for noun in tree.dependents(each, "nmod", "obl")]
    told = [verb for each in (*around, *nouns) for verb in tree.dependents(each, "acl", "advcl")]
    brokered = [each for verb in told if tree.tokens[verb].lemma in BROKERS for each in tree.obliques(verb, "by")]
    behalf = [each for index in around for each in tree.obliques(index, "on") if tree.tokens[each].lemma == "behalf"]
    return [*brokered, *(each for head in behalf for each in tree.obliques(head, "of"))]


def _reached(tree: Tree, trigger: Trigger) -> list[int]:
    """What a verb may be done to, the likeliest first: its objects, then what prepositions bring, then deeper."""
    index = trigger.index
    direct = [
        *tree.dependents(index, "iobj"),
        *(each for each in tree.dependents(index, "obj") if each != trigger.light and not is_time(tree, each)),
    ]
    light = tree.with_others(trigger.light) if trigger.light is not None else []
    told_of = [each for head in direct for each in tree.with_others(head) if not _is_spoken_of(tree, trigger, each)]
    brought = [each for verb in (index, *light, *told_of) for each in tree.dependents(verb, "obl", "nmod")]
    return [*direct, *_by_preposition(tree, brought), *_deeper(tree, trigger)]


def _is_spoken_of(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`condemned the attack on the church`: the words are not directed at whom the deed was."""
    frames = nouns().get(tree.tokens[thing].lemma.lower(), ())
    return trigger.frame.event_type in SPOKEN and any(each.cameo_code[:2] in VIOLENT for each in frames)


def _by_preposition(tree: Tree, nouns: Iterable[int]) -> list[int]:
    told = [each for each in nouns if tree.case(each) in TOWARDS and not is_time(tree, each)]
    return sorted(told, key=lambda each: TOWARDS.index(tree.case(each)))


def _deeper(tree: Tree, trigger: Trigger) -> list[int]:
    """`threatened to close the border with Iraq`: whom the complement is about; of aid whom it is meant for."""
    index = trigger.index
    found: list[int] = []
    level = [index]
    is_meant = trigger.frame.event_type == "AID" or not tree.dependents(index, "obj")
    purposes = [] if is_meant else _purposes(tree, index)
    for _ in range(DEEPEST):
        level = [each for above in level for each in tree.dependents(above, *COMPLEMENTS)]
        level = [each for each in level if each not in purposes and not _is_aside(tree, each)]
        level = [each for each in level if each > index or tree.relation(each) != "advcl"]
        found += [each for each in level if tree.tokens[each].upos in {"PROPN", "NOUN"}]
        found += [each for verb in level for each in tree.dependents(verb, "nsubj")]
    return [each for each in found if not is_time(tree, each)]


def _purposes(tree: Tree, index: int) -> list[int]:
    """`restore the pact to prevent clashes between …`: what something is done for is not whom it is done to."""
    clauses = tree.dependents(index, "advcl")
    return [each for each in clauses if any(tree.tokens[m].text.lower() == "to" for m in tree.dependents(each, "mark"))]


def _is_aside(tree: Tree, index: int) -> bool:
    """`amid tensions between …`, `the agreement signed by …`, the title of a name."""
    relation = tree.relation(index)
    if relation in {"obl", "nmod"}:
        return tree.case(index) not in TOWARDS
    if relation == "advcl":
        return any(tree.tokens[each].text.lower() in CONDITIONS for each in tree.dependents(index, "mark"))
    return relation in {"nmod:desc", "acl:relcl"} or (relation == "acl" and tree.tokens[index].xpos == "VBN")
