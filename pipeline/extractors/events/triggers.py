"""Where a text reports an event: verbs and nouns of the lexicon, in the company that their frame asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extractors.events.frames import Frame, adjectives, noun_frames, sectors, verbs, words
from pipeline.extractors.events.people import kernel
from pipeline.extractors.events.slots import fits
from pipeline.extractors.events.tree import Tree

# What somebody would do is no event but the promise, or the threat, of one (PLOVER manual, AGREE and THREATEN).
KINDNESS = frozenset({"AID", "SUPPORT", "CONSULT", "COOPERATE", "CONCEDE", "RETREAT"})
HARM = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
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
        elif token.text.lower() in words("willing") and _is_willing(tree, index):
            found.append(Trigger(index, Frame(token.text.lower(), {}, "030")))
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
    return next((each for each in verbs().get(tree.tokens[index].lemma.lower(), ()) if fits(tree, index, each)), None)


def _is_willing(tree: Tree, index: int) -> bool:
    """`ready to withdraw`: an actor of public life is, or what somebody is ready for is an event itself."""
    deeds = tree.dependents(index, "xcomp", "ccomp", "advcl")
    if deeds and any(_is_anybody(tree, each) for each in tree.dependents(index, "nsubj")):
        return not any(tree.tokens[each].lemma.lower() in words("private") for each in tree.dependents(index, "nsubj"))
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
    done = "have" in modals and tree.tokens[index].xpos == "VBN"  # `must not have written it` guesses
    about = tree.is_passive(index) or _is_anybody(tree, tree.dependents(index, "nsubj")[0])
    if modals & ASKING and not done and about:
        return Trigger(index, Frame("must", {}, "100"), asker=above)
    if tree.tokens[index].lemma.lower() == "responsible" or tree.case(index) == "behind":
        return Trigger(index, Frame("responsible", {}, "112"), asker=above)
    return None


def _is_anybody(tree: Tree, index: int) -> bool:
    """A name, or a noun that stands for an actor."""
    token = tree.tokens[kernel(tree, index)]
    return token.upos == "PROPN" or token.lemma.lower() in sectors()


def _verb(tree: Tree, index: int) -> Trigger | None:
    """The frame that a verb fits, the most demanding first."""
    for frame in verbs().get(tree.tokens[index].lemma.lower(), ()):
        if met := fits(tree, index, frame):
            if not frame.cameo_code or _is_figure(tree, index, frame):
                return None
            if frame.event_type == "ASSAULT" and _is_verbal(tree, (index, *met)):
                return Trigger(index, Frame(frame.lemma, frame.needs, "111"), *_taken(tree, frame, met[0]))
            return Trigger(index, frame, *_taken(tree, frame, met[0]))
    return None


def _adjective(tree: Tree, index: int) -> Trigger | None:
    """`is critical of`, `opposed to`."""
    if tree.relation(index) == "amod" and not tree.dependents(index, "obl"):
        return None
    frames = adjectives().get(tree.tokens[index].lemma.lower(), ())
    return next((Trigger(index, each) for each in frames if tree.obliques(index, *each.needs["prep"])), None)


def _taken(tree: Tree, frame: Frame, noun: int) -> tuple[int | None, int | None]:
    """A noun that is the event itself, as in `held talks`, or one that the frame only names: `denied the request`."""
    if noun < 0:
        return None, None
    lemma = tree.tokens[noun].lemma.lower()
    same = any(each.cameo_code and each.event_type == frame.event_type for each in noun_frames(tree.tokens[noun]))
    people = lemma in sectors() and tree.tokens[noun].xpos == "NNS"  # `released two hostages`, not `took hostage`
    return (noun, None) if same or (lemma in words("light") and not people) else (None, noun)


def _is_figure(tree: Tree, index: int, frame: Frame) -> bool:
    """`attacked the budget`, `declared war on inflation`: no violence against what cannot be hurt."""
    if frame.event_type != "ASSAULT":
        return False
    objects = tree.dependents(index, "obj") or (tree.dependents(index, "nsubj") if tree.is_passive(index) else [])
    if not frame.cameo_code.startswith("183") and any(is_self(tree, each) for each in objects):
        return True
    aims = [aim for each in (index, *objects) for aim in tree.obliques(each, "on", "against")]
    return any(tree.tokens[each].lemma.lower() in words("figures") for each in (*objects, *aims))


def is_self(tree: Tree, index: int) -> bool:
    """`killed himself`."""
    return tree.tokens[index].text.lower() in words("themselves")


def _is_verbal(tree: Tree, indices: tuple[int, ...]) -> bool:
    """`launched a scathing attack on`: with words."""
    beside = [each for index in indices if index >= 0 for each in tree.dependents(index, "amod", "compound")]
    return any(tree.tokens[each].lemma.lower() in words("verbal") for each in beside)


def _suits(tree: Tree, index: int, frame: Frame) -> bool:
    """Whether a noun has the preposition, the owner, what it is of or the word before it that its frame asks for."""
    if "prep" in frame.needs and not tree.obliques(index, *frame.needs["prep"]):
        return False
    if "poss" in frame.needs and not tree.owners(index):
        return False
    if "of" in frame.needs:
        told = [other for each in tree.obliques(index, "of") for other in tree.with_others(each)]
        if not frame.needs["of"] & {tree.tokens[each].lemma.lower() for each in told}:
            return False
    before = {tree.tokens[each].lemma.lower() for each in tree.dependents(index, "compound", "amod")}
    return "mod" not in frame.needs or bool(before & frame.needs["mod"])


def _noun(tree: Tree, index: int) -> Trigger | None:
    """A noun of the lexicon that takes part in the sentence as an event does."""
    token = tree.tokens[index]
    frame = next((each for each in noun_frames(token) if _suits(tree, index, each)), None)
    if not frame or not frame.cameo_code or tree.relation(index) in {"compound", "flat"}:
        return None
    against = tree.obliques(index, "on", "against", "of", "with", "between", "by", "in", "from", "to")
    figures = any(tree.tokens[each].lemma.lower() in words("figures") for each in against)
    if figures and frame.event_type == "ASSAULT":
        return None
    owner = tree.first(index, "nmod") is not None or bool(against) or tree.first(index, "compound", "amod") is not None
    if frame.event_type == "ASSAULT" and _is_verbal(tree, (index,)):
        frame = Frame(frame.lemma, {}, "111")
    return Trigger(index, frame) if owner else None
