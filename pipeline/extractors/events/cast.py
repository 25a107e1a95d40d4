"""Who takes part in an event: the tree's subjects, objects and obliques, as actors, recipients and objects.

A recipient is somebody: a name, a pronoun or a noun that stands for an actor, else what the verb is done to
(`rejected the referendum`). What is handed to a recipient (`$49 million`) is an object. A weapon or a deed
that is a verb's subject is its means, and who acts is whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.events.control import meant, sayer, subject_of
from pipeline.extractors.events.frames import noun_frames, sectors, words
from pipeline.extractors.events.nominal import is_target, sides_of
from pipeline.extractors.events.pairs import other_side
from pipeline.extractors.events.people import is_placed, is_somebody, is_time, tells_of_somebody
from pipeline.extractors.events.reach import reached_by
from pipeline.extractors.events.recipients import is_armed, is_near, named_thing, owners_of, recipients_of
from pipeline.extractors.events.things import is_asked, is_immaterial, is_said_of, is_told, is_within, objects_of
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger, is_self

AT_THINGS = frozenset({"ACCUSE", "ASSAULT", "PROTEST", "REJECT", "SANCTION", "SUPPORT"})
"""What may be aimed at a thing; what is agreed on, asked for, given or done away with is an object."""
MOVING = frozenset({"MOBILIZE", "RETREAT"})
BRINGING = frozenset({"", "with", "to", "from", "towards", "toward", "against"})
PROBE, HELD, OFFERED = "090", "173", "033"
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
    actors, reached = _sides(tree, trigger, named)
    things = [each for each in (meant(tree, one) for one in reached) if is_told(tree, each)]
    tools = [each for each in things if _is_tool(tree, each)]
    tools += [each for each in actors if _is_means(tree, each, named)]
    doers = [each for head in _beings(tree, actors, named) for each in _all_of(tree, head) if each not in tree.dateline]
    things = [each for each in things if each not in tools and each != trigger.light]
    thing = [each for each in named_thing(tree, trigger) if _is_no_side(tree, trigger, each, named)]
    recipients, direct = recipients_of(tree, trigger, [each for each in things if each not in thing], named)
    others = [each for each in recipients if not is_within(tree, sayer(tree, each), doers) and not is_self(tree, each)]
    others = [each for each in others if not is_said_of(tree, trigger, each)]
    told = [each for each in others if _tells(tree, each, named) or _is_given_to(tree, trigger, each)]
    topics = [] if _is_at_things(trigger) else [each for each in others if each not in told]
    topics = [each for each in topics if not is_asked(tree, trigger, each)]
    topics += [each for each in others if each not in topics and _is_cause(tree, trigger, each, named)]
    topics += [each for each in others if each not in topics and _is_no_one(tree, trigger, each, named)]
    topics += [each for each in others if each not in topics and is_immaterial(tree, trigger, each, named)]
    others = [each for each in others if each not in topics]
    beside = [each for each in others if is_somebody(tree, each, named) and is_near(tree, trigger.index, each)]
    pair = [] if any(tree.case(each) in BRINGING for each in beside) else other_side(tree, trigger, doers, named)
    return Cast(
        actors=[each for each in doers if each not in tools and not _is_site(tree, trigger, each)],
        recipients=pair or others,
        objects=objects_of(
            tree, [*thing, *(each for each in (*direct, *topics, *others) if each not in (pair or others))]
        ),
        third_parties=_brokers(tree, trigger),
        instruments=tools,
    )


def _is_no_side(tree: Tree, trigger: Trigger, thing: int, named: frozenset[int]) -> bool:
    """What a frame names that is nobody, an embassy that is closed, a court that somebody else is taken to."""
    court = sectors().get(tree.tokens[thing].lemma.lower()) == "JUD"
    brought = court and tree.relation(thing) == "obl" and bool(tree.dependents(trigger.index, "obj"))
    built = tree.tokens[thing].upos == "NOUN" and tree.tokens[thing].lemma.lower() in words("buildings")
    return brought or built or not is_somebody(tree, thing, named)


def _is_at_things(trigger: Trigger) -> bool:
    """`attacked the convoy`; what is investigated is no one, but who is arrested is somebody by whatever noun."""
    code = trigger.frame.cameo_code
    return code.startswith(HELD) or (trigger.frame.event_type in AT_THINGS and code != PROBE)


def _is_given_to(tree: Tree, trigger: Trigger, thing: int) -> bool:
    """`offered aid to the cultural sector`: whatever aid goes to."""
    given = trigger.frame.event_type == "AID" or trigger.frame.cameo_code == OFFERED
    return given and tree.case(thing) == "to" and tree.tokens[thing].upos != "VERB"


def _is_site(tree: Tree, trigger: Trigger, doer: int) -> bool:
    """`the bombing of a clinic that killed`: no town and no building hurts anybody; `a coast guard ship` does."""
    forceful = trigger.frame.event_type in {"ASSAULT", "COERCE", "AID", "PROTEST"}
    built = tree.tokens[doer].upos == "NOUN" and tree.tokens[doer].lemma.lower() in words("buildings")
    moving = tree.tokens[doer].lemma.lower() in words("crafts")
    where = doer in tree.sites or (built and not moving)  # the World Bank is no building
    return forceful and (where or (tree.relation(trigger.index) == "acl:relcl" and _is_scene_of(tree, doer)))


def _is_scene_of(tree: Tree, doer: int) -> bool:
    """`the bombings in Kenya, which killed`: where a violent deed was done."""
    below = {"nmod", "conj", "obl"}
    for above in (doer, *tree.above(doer)):
        if tree.relation(above).partition(":")[0] not in below:
            return False
        deed = tree.tokens[above].head
        if tree.tokens[deed].upos == "NOUN" and any(
            each.event_type == "ASSAULT" for each in noun_frames(tree.tokens[deed]) if each.cameo_code
        ):
            return tree.case(above) != "by"
    return False


def _is_cause(tree: Tree, trigger: Trigger, thing: int, named: frozenset[int]) -> bool:
    """`strike over wages`: what it is about, not whom it is against."""
    about = trigger.frame.event_type == "PROTEST" and tree.case(thing) in {"over", "for", "about"}
    return about and not is_somebody(tree, thing, named)


def _is_no_one(tree: Tree, trigger: Trigger, thing: int, named: frozenset[int]) -> bool:
    """`investigated the bombing in Aden`; `marched on the streets`: where something goes on."""
    fired = tree.tokens[trigger.index].upos == "NOUN" and tree.tokens[thing].lemma.lower() in words("instruments")
    scene = fired or trigger.frame.cameo_code == PROBE or tree.tokens[thing].lemma.lower() in words("scenes")
    return scene and not is_somebody(tree, thing, named)


def _tells(tree: Tree, thing: int, named: frozenset[int]) -> bool:
    """Somebody, or what is somebody's: `its territory`."""
    return (
        is_somebody(tree, thing, named)
        or (tells_of_somebody(tree, thing, named) and not is_placed(tree, thing, named))
        or bool(owners_of(tree, thing, named))
    )


def _sides(tree: Tree, trigger: Trigger, named: frozenset[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Who does it, and what it may be done to, the likeliest first."""
    index = trigger.index
    if trigger.asker is not None:
        return subject_of(tree, trigger.asker), tree.dependents(index, "nsubj")
    if tree.tokens[index].upos == "NOUN":
        return sides_of(tree, index, named)
    if trigger.frame.lemma in words("receiving") and "from" in trigger.frame.needs.get("prep", ()):
        return _givers(tree, trigger), subject_of(tree, index)
    return _of_passive(tree, trigger) if tree.is_passive(index) else _of_active(tree, trigger)


def _all_of(tree: Tree, head: int) -> list[int]:
    """Those whom `and` joins, and whom a pronoun means; no times."""
    return [each for each in tree.with_others(sayer(tree, meant(tree, head))) if not is_time(tree, each)]


def _is_tool(tree: Tree, thing: int) -> bool:
    """`with mortars`; what somebody is supplied with is given to them."""
    if tree.case(thing) == "with" and tree.tokens[tree.tokens[thing].head].lemma.lower() in words("equipping"):
        return False
    return tree.tokens[thing].lemma.lower() in words("instruments") and tree.case(thing) in {"with", "by", "from"}


def _beings(tree: Tree, actors: Sequence[int], named: frozenset[int]) -> list[int]:
    """Who acts: of `a rebel attack killed`, `the sniper's bullet hit` those whose deed or tool it is."""
    means = [head for head in actors if _is_means(tree, head, named)]
    owners = [each for head in means for each in owners_of(tree, head, named) or _belonging(tree, head, named)]
    return [*owners, *(each for each in actors if each not in means)]


def _belonging(tree: Tree, head: int, named: frozenset[int]) -> list[int]:
    """`Syrian government missiles`: the government's."""
    before = tree.dependents(head, "compound", "amod")
    before = [each for each in before if each not in tree.sites and not is_target(tree, head, each)]
    return [each for each in before if is_somebody(tree, each, named)][-1:]


def _is_means(tree: Tree, head: int, named: frozenset[int]) -> bool:
    """A weapon, or a deed, that something else is the work of."""
    lemma = tree.tokens[head].lemma.lower()
    return (
        head not in named
        and lemma not in sectors()
        and (lemma in words("instruments") or bool(noun_frames(tree.tokens[head])) or _is_shot(tree, head))
    )


def _is_shot(tree: Tree, head: int) -> bool:
    """`mortar rounds`, `rocket fire`."""
    shot = tree.tokens[head].lemma.lower() in words("shots")
    return shot and any(
        tree.tokens[each].lemma.lower() in words("instruments") for each in tree.dependents(head, "compound")
    )


def _of_active(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    between = [] if tree.dependents(trigger.index, "nsubj") else tree.obliques(trigger.index, "between")
    actors = between or subject_of(tree, trigger.index)
    return actors, [each for each in reached_by(tree, trigger) if each not in actors]


def _of_passive(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    """`was arrested by police`: done to its subject, by its agent; `signed between the two`: by both."""
    index = trigger.index
    patients = tree.dependents(index, "nsubj")
    if not patients and tree.relation(index) == "acl":
        patients = [tree.tokens[index].head]
    agents = tree.obliques(index, "by") or tree.obliques(index, "between") or _orderers(tree, index)
    agents = agents or _agents_beside(tree, trigger, patients)
    if not agents and trigger.frame.event_type in MOVING:
        agents = [each for each in patients if is_armed(tree, each)]  # `soldiers were deployed`
    rest = [each for each in reached_by(tree, trigger) if each not in agents and each not in patients]
    if trigger.light is not None and tree.relation(index) != "acl" and trigger.light in patients:
        return agents, rest
    return agents, [*(patients or subject_of(tree, index)), *rest]


def _agents_beside(tree: Tree, trigger: Trigger, patients: Sequence[int]) -> list[int]:
    """`were denied access to the site by Iran`, `the treaty between A and B was signed`, `the pullout of troops`."""
    light = [each for each in patients if each == trigger.light]
    owners = [each for head in light for each in tree.owners(head)]
    armed = [each for head in light for each in tree.obliques(head, "of") if is_armed(tree, each)]
    above = [tree.tokens[head].head for head in patients if tree.relation(head) == "obj"]  # `left the pact signed by`
    between = [each for head in patients for each in tree.obliques(head, "between")]
    between += [each for head in above for each in tree.obliques(head, "between") if each > trigger.index]
    brought = tree.dependents(trigger.index, "obj", "obl")
    brought += [each for head in brought for each in tree.dependents(head, "nmod")]
    late = [each for head in brought for each in tree.obliques(head, "by") if each > trigger.index]
    return owners or armed or between or late


def _orderers(tree: Tree, index: int) -> Sequence[int]:
    """`a judge ordered him jailed`: who has something done does it."""
    above = tree.tokens[index].head
    ordered = tree.relation(index) in {"ccomp", "xcomp"} and tree.tokens[above].lemma.lower() in words("ordering")
    finite = tree.dependents(index, "aux", "mark")
    return subject_of(tree, above) if ordered and not finite else []


def _givers(tree: Tree, trigger: Trigger) -> list[int]:
    """`received aid from`: whom it comes from."""
    around = [trigger.index, *tree.dependents(trigger.index, "obj")]
    return [each for head in around for each in tree.obliques(head, "from")]


def is_brokering(tree: Tree, trigger: Trigger) -> bool:
    """`talks mediated by Qatar` are no event of Qatar's beside the talks."""
    return trigger.frame.lemma in BROKERS and tree.relation(trigger.index) == "acl" and tree.is_passive(trigger.index)


def _brokers(tree: Tree, trigger: Trigger) -> list[int]:
    """`talks mediated by Qatar`, `on behalf of the minister`."""
    around = [trigger.index, *([trigger.light] if trigger.light is not None else [])]
    brought = [noun for each in around for noun in tree.dependents(each, "nmod", "obl")]
    told = [verb for each in (*around, *brought) for verb in tree.dependents(each, "acl", "advcl")]
    brokered = [each for verb in told if tree.tokens[verb].lemma in BROKERS for each in tree.obliques(verb, "by")]
    behalf = [each for index in around for each in tree.obliques(index, "on") if tree.tokens[each].lemma == "behalf"]
    return [*brokered, *(each for head in behalf for each in tree.obliques(head, "of"))]
