"""Where a text reports an event: verbs and nouns of the lexicon, in the company that their frame asks for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.extractors.events.control import subject_of
from pipeline.extractors.events.frames import ANYTHING, NAME, Frame, adjectives, nouns, sectors, verbs, words
from pipeline.extractors.events.people import PRONOUNS, kernel
from pipeline.extractors.events.tree import Tree
from pipeline.text import Token

# What somebody would do is no event but the promise, or the threat, of one (PLOVER manual, AGREE and THREATEN).
KINDNESS = frozenset({"AID", "SUPPORT", "CONSULT", "COOPERATE", "CONCEDE", "RETREAT"})
HARM = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
MEASURES = frozenset("act kind lot number package round series set state wave".split())
ASKING = frozenset({"must", "should"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that reports an event, the frame that says so, the noun of a light verb, or the thing that it names."""

    index: int
    frame: Frame
    light: int | None = None
    thing: int | None = None
    asker: int | None = None
    """The verb of saying, where what is said asks it of its subject: `said Israel must stop`."""


def find_triggers(tree: Tree) -> Iterator[Trigger]:
    """Triggers in order of text; a noun that a light verb takes is its verb's."""
    taken = _silenced(tree)
    found: list[Trigger] = []
    for index, token in enumerate(tree.tokens):
        if index in taken:
            continue
        if trigger := _asked(tree, index) or (_verb(tree, index) if token.upos == "VERB" else None):
            found.append(trigger)
            taken |= {trigger.light} if trigger.light is not None else set()
        elif token.lemma.lower() in words("willing") and _is_willing(tree, index):
            found.append(Trigger(index, Frame(token.lemma.lower(), {}, "030")))
        elif token.upos == "ADJ" and (trigger := _adjective(tree, index)):
            found.append(trigger)
    for index, token in enumerate(tree.tokens):
        if token.upos == "NOUN" and index not in taken and (trigger := _noun(tree, index)):
            found.append(trigger)
    yield from sorted(found, key=lambda trigger: trigger.index)


def _silenced(tree: Tree) -> set[int]:
    """`declined to discuss it`: what a verb that reports nothing takes as its complement is nothing either."""
    verbs_ = (index for index, token in enumerate(tree.tokens) if token.upos == "VERB")
    said = [(index, frame) for index in verbs_ if (frame := _frame(tree, index)) and "xcomp" in frame.needs]
    return {each for index, frame in said if not frame.cameo_code for each in tree.dependents(index, "xcomp")}


def _frame(tree: Tree, index: int) -> Frame | None:
    """The first frame that a verb fits."""
    return next((each for each in verbs().get(_known(tree.tokens[index]), ()) if _fits(tree, index, each)), None)


def _is_willing(tree: Tree, index: int) -> bool:
    """`ready to withdraw`: an actor of public life is, or what somebody is ready for is an event itself."""
    deeds = tree.dependents(index, "xcomp", "ccomp", "advcl")
    if deeds and any(_is_anybody(tree, each) for each in tree.dependents(index, "nsubj")):
        return True
    return any(_verb(tree, each) is not None for each in deeds if tree.tokens[each].upos == "VERB")


def _asked(tree: Tree, index: int) -> Trigger | None:
    """`Russia says Israel must end …` asks; `said militants were responsible` accuses."""
    above = tree.tokens[index].head
    if tree.relation(index) not in {"ccomp", "root"} or not tree.dependents(index, "nsubj"):
        return None
    said = tree.relation(index) == "ccomp" and tree.tokens[above].lemma.lower() in words("saying")
    if not said or above == index:
        return None
    modals = {tree.tokens[each].text.lower() for each in tree.dependents(index, "aux")}
    does = tree.tokens[index].upos == "VERB" and tree.tokens[tree.dependents(index, "nsubj")[0]].upos != "PRON"
    if modals & ASKING and (does or _is_anybody(tree, tree.dependents(index, "nsubj")[0])):
        return Trigger(index, Frame("must", {}, "100"), asker=above)
    if tree.tokens[index].lemma.lower() == "responsible":
        return Trigger(index, Frame("responsible", {}, "112"), asker=above)
    return None


def _is_anybody(tree: Tree, index: int) -> bool:
    """A name, or a noun that stands for an actor."""
    token = tree.tokens[kernel(tree, index)]
    return token.upos == "PROPN" or token.lemma.lower() in sectors()


def _verb(tree: Tree, index: int) -> Trigger | None:
    """The frame that a verb fits, the most demanding first."""
    for frame in verbs().get(_known(tree.tokens[index]), ()):
        if fits := _fits(tree, index, frame):
            if not frame.cameo_code or _is_figure(tree, index, frame):
                return None
            if frame.event_type == "ASSAULT" and _is_verbal(tree, (index, *fits)):
                return Trigger(index, Frame(frame.lemma, frame.needs, "111"))
            return Trigger(index, frame, *_taken(tree, fits[0])) if fits != (-1,) else Trigger(index, frame)
    return None


def _adjective(tree: Tree, index: int) -> Trigger | None:
    """`is critical of`, `opposed to`."""
    if tree.relation(index) == "amod" and not tree.dependents(index, "obl"):
        return None
    frames = adjectives().get(tree.tokens[index].lemma.lower(), ())
    return next((Trigger(index, each) for each in frames if tree.obliques(index, *each.needs["prep"])), None)


def _taken(tree: Tree, noun: int) -> tuple[int | None, int | None]:
    """A noun that is the event itself, as in `held talks`, or one that the frame only names: `signed the pact`."""
    lemma = tree.tokens[noun].lemma.lower()
    return (noun, None) if lemma in nouns() or lemma in words("light") else (None, noun)


def _known(token: Token) -> str:
    """A verb's lemma; where the lexicon has no such, the one that its form may come from: `boycotted`."""
    lemma, form = token.lemma.lower(), token.text.lower()
    if lemma in verbs():
        return lemma
    stems = [form.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing") if form.endswith(ending)]
    tries = [form, *stems, *(stem + "e" for stem in stems), *(stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:])]
    return next((each for each in tries if each in verbs()), lemma)


def _fits(tree: Tree, index: int, frame: Frame) -> tuple[int, ...]:
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


def _slot(tree: Tree, index: int, slot: str, *, by_preposition: bool) -> list[tuple[int, str]]:
    """What stands in a slot of a verb: tokens with the lemma that counts."""
    if slot == "obj":
        return _objects(tree, index, by_preposition=by_preposition)
    return SLOTS[slot](tree, index)


def _objects(tree: Tree, index: int, *, by_preposition: bool) -> list[tuple[int, str]]:
    """What it is done to, and what `acts of`, `a series of` are of; of `went on strike` what the preposition brings."""
    objects = tree.dependents(index, "obj")
    if not objects and is_passive(tree, index):
        objects = list(subject_of(tree, index))
    if tree.relation(index) == "acl" and not objects:
        objects = [tree.tokens[index].head]
    objects = [*objects, *(tree.dependents(index, "obl") if by_preposition else [])]
    measured = [each for each in objects if tree.tokens[each].lemma in MEASURES]
    objects = objects + [each for head in measured for each in tree.obliques(head, "of")]
    return [(each, lemma) for head in objects for each in tree.with_others(head) for lemma in _lemmas(tree, each)]


def _particles(tree: Tree, index: int) -> list[tuple[int, str]]:
    return [(each, tree.tokens[each].text.lower()) for each in tree.dependents(index, "compound", "advmod")]


def _prepositions(tree: Tree, index: int) -> list[tuple[int, str]]:
    """`on`, `against`; of `charged with creating` too."""
    nouns_ = [each for each in tree.dependents(index, "obl") if tree.tokens[each].lemma.lower() not in words("times")]
    clauses = tree.dependents(index, "advcl", "ccomp")
    marks = [(each, tree.tokens[m].text.lower()) for each in clauses for m in tree.dependents(each, "mark")]
    return [*((each, tree.case(each)) for each in nouns_), *marks, *_particles(tree, index)]


def _infinitives(tree: Tree, index: int) -> list[tuple[int, str]]:
    clauses = [each for each in tree.dependents(index, "xcomp", "ccomp", "advcl") if _is_infinitive(tree, each)]
    return [(each, tree.tokens[each].lemma.lower()) for each in clauses]


def _predicates(tree: Tree, index: int) -> list[tuple[int, str]]:
    """`called him a liar`, `found guilty`."""
    said = [each for each in tree.dependents(index, "xcomp", "ccomp") if tree.tokens[each].upos != "VERB"]
    return [(each, tree.tokens[each].lemma.lower()) for each in said if not _has_to(tree, each)]


def _voices(tree: Tree, index: int) -> list[tuple[int, str]]:
    return [(index, "passive")] if is_passive(tree, index) else []


def _clauses(tree: Tree, index: int) -> list[tuple[int, str]]:
    return [(each, mood) for each in tree.dependents(index, "ccomp") for mood in _moods(tree, each)]


def _lemmas(tree: Tree, index: int) -> list[str]:
    """A noun's lemma and sector; of `curfew hours`, `arms embargo rules` the noun before it too."""
    lemma = tree.tokens[index].lemma.lower()
    before = tree.dependents(index, "compound") if lemma in words("carriers") else []
    sector = sectors().get(tree.tokens[kernel(tree, index)].lemma.lower())
    return [lemma, *([sector] if sector else []), *(tree.tokens[each].lemma.lower() for each in before)]


def _doers(tree: Tree, index: int) -> list[tuple[int, str]]:
    """Who does what a verb says, by lemma and by sector: `protesters`, `Taliban fighters` (UAF)."""
    heads = tree.obliques(index, "by") if is_passive(tree, index) else subject_of(tree, index)
    found: list[tuple[int, str]] = []
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


SLOTS: Mapping[str, Callable[[Tree, int], list[tuple[int, str]]]] = {
    "subj": _doers,
    "prt": _particles,
    "prep": _prepositions,
    "xcomp": _infinitives,
    "pred": _predicates,
    "that": _clauses,
    "voice": _voices,
}


def _is_infinitive(tree: Tree, index: int) -> bool:
    """`told them to leave`, not `told them that they left`."""
    if tree.relation(index) == "xcomp":
        return True
    return _has_to(tree, index)


def is_passive(tree: Tree, index: int) -> bool:
    """Whether a verb's subject is what it is done to."""
    if any(tree.relation(each) in {"nsubj:pass", "aux:pass"} for each in tree.dependents(index)):
        return True
    relation, token = tree.relation(index), tree.tokens[index]
    alone = relation == "advcl" and token.xpos in {"VBN", "VBD"} and index < token.head  # `Asked …, she said`
    alone = alone and not tree.dependents(index, "aux", "mark", "nsubj", "obj")
    if relation == "conj" and token.xpos in {"VBN", "VBD"} and not tree.dependents(index, "aux", "nsubj", "obj"):
        return is_passive(tree, token.head)  # `was tortured and killed`
    return alone or (relation == "acl" and token.xpos == "VBN")


def _is_figure(tree: Tree, index: int, frame: Frame) -> bool:
    """`attacked the budget`, `declared war on inflation`: no violence against what cannot be hurt."""
    if frame.event_type != "ASSAULT":
        return False
    objects = tree.dependents(index, "obj") or (tree.dependents(index, "nsubj") if is_passive(tree, index) else [])
    if not frame.cameo_code.startswith("183") and any(_is_self(tree, each) for each in objects):
        return True
    aims = [aim for each in (index, *objects) for aim in tree.obliques(each, "on", "against")]
    return any(tree.tokens[each].lemma.lower() in words("figures") for each in (*objects, *aims))


def _is_self(tree: Tree, index: int) -> bool:
    return tree.tokens[index].text.lower() in words("themselves")


def _is_verbal(tree: Tree, indices: tuple[int, ...]) -> bool:
    """`launched a scathing attack on`: with words."""
    beside = [each for index in indices if index >= 0 for each in tree.dependents(index, "amod", "compound")]
    return any(tree.tokens[each].lemma.lower() in words("verbal") for each in beside)


def _suits(tree: Tree, index: int, frame: Frame) -> bool:
    """Whether a noun has the preposition, the owner or the word before it that its frame asks for."""
    if "prep" in frame.needs and not tree.obliques(index, *frame.needs["prep"]):
        return False
    if "poss" in frame.needs and not any(tree.relation(each) == "nmod:poss" for each in tree.dependents(index)):
        return False
    before = {tree.tokens[each].lemma.lower() for each in tree.dependents(index, "compound", "amod")}
    return "mod" not in frame.needs or bool(before & frame.needs["mod"])


def _noun(tree: Tree, index: int) -> Trigger | None:
    """A noun of the lexicon that takes part in the sentence as an event does."""
    token = tree.tokens[index]
    frame = next((each for each in nouns().get(token.lemma.lower(), ()) if _suits(tree, index, each)), None)
    if not frame or not frame.cameo_code or tree.relation(index) in {"compound", "flat"}:
        return None
    against = tree.obliques(index, "on", "against", "of", "with", "between", "by", "in", "from", "to")
    if any(tree.tokens[each].lemma.lower() in words("figures") for each in against):
        return None
    owner = tree.first(index, "nmod") is not None or bool(against) or tree.first(index, "compound", "amod") is not None
    if frame.event_type == "ASSAULT" and _is_verbal(tree, (index,)):
        frame = Frame(frame.lemma, {}, "111")
    return Trigger(index, frame) if owner else None
