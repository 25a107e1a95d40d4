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
from pipeline.extractors.events.people import is_placed, is_somebody, is_time, tells_of_somebody
from pipeline.extractors.events.reach import reached_by
from pipeline.extractors.events.recipients import WHERE, is_near, owners_of, recipients_of
from pipeline.extractors.events.things import is_asked, is_immaterial, is_said_of, is_told, is_within, objects_of
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

MUTUAL = frozenset({"with", "between", "among"})
# CAMEO codes of what two sides do together.
TOGETHER = ("04", "057", "06", "0871")
AT_THINGS = frozenset({"ACCUSE", "ASSAULT", "PROTEST", "REJECT", "SANCTION", "SUPPORT"})
"""What may be aimed at a thing; what is agreed on, asked for, given or done away with is an object."""
PROBE, HELD = "090", "173"
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
    thing = [] if trigger.thing is None or is_somebody(tree, trigger.thing, named) else [trigger.thing]
    recipients, direct = recipients_of(tree, trigger, [each for each in things if each not in thing], named)
    others = [each for each in recipients if not is_within(tree, each, doers) and not is_said_of(tree, trigger, each)]
    topics = [] if _is_at_things(trigger) else [each for each in others if not _tells(tree, each, named)]
    topics = [each for each in topics if not is_asked(tree, trigger, each)]
    topics += [each for each in others if each not in topics and _is_cause(tree, trigger, each, named)]
    topics += [each for each in others if each not in topics and _is_no_one(tree, trigger, each, named)]
    topics += [each for each in others if each not in topics and is_immaterial(tree, trigger, each, named)]
    others = [each for each in others if each not in topics]
    beside = [each for each in others if is_somebody(tree, each, named) and is_near(tree, trigger.index, each)]
    pair = [] if any(tree.case(each) not in WHERE for each in beside) else _other_side(tree, trigger, doers)
    return Cast(
        actors=[each for each in doers if each not in tools and not _is_site(tree, trigger, each)],
        recipients=pair or others,
        objects=objects_of(
            tree, [*thing, *(each for each in (*direct, *topics, *others) if each not in (pair or others))]
        ),
        third_parties=_brokers(tree, trigger),
        instruments=tools,
    )


def _is_at_things(trigger: Trigger) -> bool:
    """`attacked the convoy`; what is investigated is no one, but who is arrested is somebody by whatever noun."""
    code = trigger.frame.cameo_code
    return code.startswith(HELD) or (trigger.frame.event_type in AT_THINGS and code != PROBE)


def _is_site(tree: Tree, trigger: Trigger, doer: int) -> bool:
    """`the bombing of a clinic that killed`: no town and no building hurts anybody; `a coast guard ship` does."""
    forceful = trigger.frame.event_type in {"ASSAULT", "COERCE", "AID", "PROTEST"}
    building = tree.tokens[doer].upos == "NOUN" and tree.tokens[doer].lemma.lower() in words("buildings")
    where = doer in tree.sites or (building and tree.tokens[doer].lemma.lower() not in words("crafts"))
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
    scene = trigger.frame.cameo_code == PROBE or tree.tokens[thing].lemma.lower() in words("scenes")
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


def _other_side(tree: Tree, trigger: Trigger, actors: Sequence[int]) -> list[int]:
    """`A and B agreed`: those after the first are recipients too, for PLOVER writes such events as pairs."""
    own = [each for each in actors if each in tree.dependents(trigger.index, "nsubj")]
    if tree.relation(trigger.index) == "xcomp":  # `help the two resume talks`
        return []
    together = trigger.frame.cameo_code.startswith((*TOGETHER, "03", "050"))
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


def _of_active(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    actors = subject_of(tree, trigger.index)
    return actors, [each for each in reached_by(tree, trigger) if each not in actors]


def _of_passive(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    """`was arrested by police`: done to its subject, by its agent; `signed between the two`: by both."""
    index = trigger.index
    patients = tree.dependents(index, "nsubj")
    if not patients and tree.relation(index) == "acl":
        patients = [tree.tokens[index].head]
    agents = tree.obliques(index, "by") or tree.obliques(index, "between")
    rest = [each for each in reached_by(tree, trigger) if each not in agents and each not in patients]
    if trigger.light is not None and tree.relation(index) != "acl" and trigger.light in patients:
        return agents, rest
    return agents, [*(patients or subject_of(tree, index)), *rest]


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
