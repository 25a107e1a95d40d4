"""Who an event is done to: somebody near the verb, else whose the thing is, else the thing, else somebody deeper."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import noun_frames, sectors, words
from pipeline.extractors.events.people import is_somebody, kernel, tells_of_somebody
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

AIMS = frozenset("on against into to toward towards over with".split())
WHERE = frozenset("in near at across inside around outside".split())
TRUCE, VISIT, SUIT = "196", "042", "115"
ANSWERING = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN", "COERCE", "ASSAULT"})
JUDGING = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
BEFORE = frozenset({"with", "to", "before", "in", "at"})
REACHING_PLACES = frozenset({"MOBILIZE", "AID", "RETREAT", "COOPERATE"})


def recipients_of(
    tree: Tree, trigger: Trigger, things: Sequence[int], named: frozenset[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Who it is done to, and what the verb takes as its object."""
    index = trigger.index
    thing = named_thing(tree, trigger)
    freed = [
        each
        for head in (*things, *thing)
        if _is_of_victims(tree, trigger, head)
        for each in tree.dependents(head, "nmod", "obl")
        if tree.case(each) not in {"from", "by"}
    ]
    things = [each for each in things if each not in freed and not _measures(tree, trigger, each)]
    things = [each for each in things if not (_is_beside(tree, trigger, each) or _is_striker(tree, trigger, each))]
    own = [each for each in things[:1] if _is_own(tree, index, each)]
    handed = [each for each in things if _is_handed(tree, trigger, each)]
    where = [each for each in things if tree.case(each) in WHERE]
    near = [each for each in things if each not in (*where, *handed) and is_near(tree, index, each)]
    deep = [each for each in things if each not in (*where, *handed, *near)]
    people = [[each for each in some if is_somebody(tree, each, named)] for some in (near, deep, where)]
    whose = [each for each in (*own, *thing) if each not in handed and not _is_of_victims(tree, trigger, each)]
    owners = [owner for each in whose for owner in owners_of(tree, each, named)]
    if trigger.frame.event_type not in ANSWERING:  # `closed its embassy`: the closer's
        owners = [each for each in owners if not _is_possessive(tree, each)]
    told = [each for each in things if each not in handed and not _is_undergone(tree, trigger, each)]
    told = [each for each in told if each in near or not _is_deed(tree, each)]
    last = (
        [each for each in own if each not in (*handed, *thing) and not _is_undergone(tree, trigger, each)]
        or [each for each in near if trigger.frame.event_type == "ASSAULT" and tree.case(each) in {"against", "on"}]
        or people[1]
        or [each for each in told if tells_of_somebody(tree, each, named)]
    )
    aims = [each for each in near if tree.case(each) in AIMS]
    is_verb = tree.tokens[index].upos != "NOUN"
    reaches = trigger.frame.event_type in REACHING_PLACES or trigger.frame.cameo_code == VISIT
    there = [each for each in people[2] if is_verb and (reaches or each not in tree.sites)]
    there = [each for each in there if each in named or tree.case(each) != "in"]  # not: `freeze assets in the bloc`
    asked = [each for each in people[0] if tree.case(each) in trigger.frame.needs.get("prep", ())]
    asked = asked or _judged(tree, trigger, own, named)
    given = [*handed, *([trigger.light] if trigger.light is not None else [])]
    owners = owners or [maker for each in given for maker in _makers(tree, each, named)]
    chosen = (asked or people[0] or owners or last or aims or there)[:1]
    return [each for head in chosen for each in tree.with_others(head)], own


def _is_striker(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`walked out in the first strike of their unions`: whose a protest is does it."""
    above = tree.tokens[tree.tokens[thing].head]
    struck = any(each.event_type == "PROTEST" for each in noun_frames(above) if each.cameo_code)
    return trigger.frame.event_type == "PROTEST" and tree.case(thing) == "of" and struck


def named_thing(tree: Tree, trigger: Trigger) -> list[int]:
    """What a frame names and nothing is done to: `denied the request`; what force is used against is hit."""
    forced = trigger.frame.event_type == "ASSAULT" and trigger.frame.cameo_code != TRUCE
    if trigger.thing is None or (forced and not _is_weapon(tree, trigger.thing)):
        return []
    return [trigger.thing]


def _is_weapon(tree: Tree, thing: int) -> bool:
    """What is fired, or a deed: `fired tear gas`, `carried out an attack`."""
    return tree.tokens[thing].lemma.lower() in words("instruments") or _is_deed(tree, thing)


def _measures(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`a state of siege`, `a series of attacks`: no more than what it is of."""
    inner = [each for each in (trigger.light, trigger.thing) if each is not None and tree.case(each) == "of"]
    return any(thing == tree.tokens[each].head for each in inner)


def _judged(tree: Tree, trigger: Trigger, own: Sequence[int], named: frozenset[int]) -> list[int]:
    """`welcomed Trump's invitation to Putin`: words about a deed are words about who did it."""
    if trigger.frame.event_type not in JUDGING:
        return []
    owners = [each for thing in own for each in tree.owners(thing)]
    return [each for each in owners if not _is_possessive(tree, each) and is_somebody(tree, each, named)]


def _is_undergone(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`demanded the prisoner's release`: it is not asked of him who undergoes it."""
    if trigger.frame.event_type != "REQUEST":
        return False
    lemma = tree.tokens[thing].lemma.lower()
    sent_back = lemma == "return" and any(each in tree.persons for each in tree.dependents(thing, "nmod"))
    return sent_back or _is_suffered(tree, thing)


def _is_of_victims(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`criticized the jailing of activists`, `protested against his arrest`: it is not they who are blamed."""
    blames = trigger.frame.event_type in {"ACCUSE", "PROTEST"} and _is_suffered(tree, thing)
    return blames or _is_undergone(tree, trigger, thing)


def _is_suffered(tree: Tree, thing: int) -> bool:
    """`criticized the jailing of …`: it is not he who is criticized."""
    text = tree.tokens[thing].text.lower()
    names = {tree.tokens[thing].lemma.lower(), text, text.removesuffix("s")}
    return bool(names & (words("undergone") | words("inflicted")))


def _is_beside(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`demanded guarantees for 9,000 workers`: those for whom; `filed a suit with the court`: before whom."""
    if trigger.frame.event_type == "REQUEST":
        asked = tree.tokens[tree.tokens[thing].head].upos == "NOUN"
        return tree.case(thing) == "for" and asked and tree.tokens[thing].head != trigger.index
    if trigger.frame.lemma in words("reporting") and tree.case(thing) == "to":
        return True  # `complained to the council`: not of it
    judge = sectors().get(tree.tokens[kernel(tree, thing)].lemma.lower()) == "JUD"
    return trigger.frame.cameo_code == SUIT and judge and tree.case(thing) in BEFORE


def _is_deed(tree: Tree, thing: int) -> bool:
    return bool(noun_frames(tree.tokens[thing]))


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
    armed = is_armed(tree, thing) or verb in words("mustering")
    soldiers = armed or not is_somebody(tree, thing, frozenset()) or _is_sent_to(tree, thing)
    if tree.obliques(tree.tokens[thing].head, "with") and verb in words("equipping"):
        return False  # `supplied the rebels with drones`
    moved = verb in words("handing") or trigger.frame.event_type == "MOBILIZE"
    return moved and soldiers and (armed or tree.tokens[thing].upos != "PROPN")


def is_armed(tree: Tree, thing: int) -> bool:
    """Soldiers and police, and what they go by."""
    names = {tree.tokens[kernel(tree, thing)].lemma.lower(), tree.tokens[thing].text.lower().removesuffix("s")}
    return any(sectors().get(each) in {"MIL", "COP"} for each in names)


def _is_sent_to(tree: Tree, thing: int) -> bool:
    """`handed the suspects over to Belarus`: somebody, to somebody."""
    places = tree.obliques(tree.tokens[thing].head, "to")
    return any(tree.tokens[each].upos == "PROPN" or is_somebody(tree, each, frozenset()) for each in places)


def owners_of(tree: Tree, thing: int, named: frozenset[int]) -> list[int]:
    """Whose a thing is: `Trump's decision`, `the OPCW visit`, `his overtures`, `a request by the president`."""
    owners = tree.owners(thing)
    owners = [each for each in owners if each in named or is_somebody(tree, each, named) or _is_possessive(tree, each)]
    told = [each for each in tree.obliques(thing, "by", "of", "from", "to") if is_somebody(tree, each, named)]
    return (
        owners
        or told
        or _makers(tree, thing, named)
        or [each for each in tree.dependents(thing, "compound") if each in named]
    )


def _makers(tree: Tree, thing: int, named: frozenset[int]) -> list[int]:
    """`an order sought by the union`: whose doing a thing is."""
    verbs = [each for each in tree.dependents(thing, "acl") if tree.relation(each) == "acl"]
    made = [each for verb in verbs for each in tree.obliques(verb, "by")]
    return [each for each in made if is_somebody(tree, each, named)]


def _is_possessive(tree: Tree, index: int) -> bool:
    return tree.tokens[index].xpos == "PRP$"


def is_near(tree: Tree, index: int, thing: int) -> bool:
    """What hangs on the verb, or on one of its objects."""
    head = tree.tokens[thing].head
    while tree.relation(head) == "conj" and head != index and tree.tokens[head].upos != "VERB":
        head = tree.tokens[head].head
    return head == index or (tree.tokens[head].head == index and tree.relation(head) == "obj")
