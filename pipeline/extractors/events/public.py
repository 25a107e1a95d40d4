"""Whether a deed is one of public life, and how sure it is that the text reports it."""

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.frames import everyday, words
from pipeline.extractors.events.mishaps import is_mishap
from pipeline.extractors.events.people import Known, is_public, is_somebody
from pipeline.extractors.events.private import is_private_affair
from pipeline.extractors.events.status import Status
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

UTTERED = frozenset({"THREATEN", "SUPPORT", "REJECT", "AID"})
"""Of a noun for these somebody is told who threatens, endorses, refuses or gives."""
TO_SOMEBODY = frozenset({"AID", "COERCE"})
VISITING = frozenset({"meet", "visit"})
LATER = 0.05
"""How much less of the news a sentence is than the one before it."""


def is_public_deed(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """Whether it is the doing of somebody in public life; violence and arrests are so by themselves."""
    if is_mishap(tree, trigger, cast) or is_private_affair(tree, trigger, cast, known):
        return False
    if _is_idle(tree, trigger, cast) or _is_unclear(tree, trigger, cast, known.named):
        return False
    actors = any(is_public(tree, each, known.named) for each in cast.actors)
    if tree.tokens[trigger.index].upos == "NOUN":
        others = any(is_public(tree, each, known.named) for each in cast.recipients)
        return actors or others or _is_placed(tree, trigger, known.named)
    if trigger.frame.lemma not in everyday():
        return bool(cast.actors or cast.recipients)
    if not actors and not cast.actors:  # `The pact was suspended`
        told = trigger.frame.weight > 2 and bool(cast.recipients or cast.objects or trigger.light)
        return bool(cast.instruments) or told
    own = any(tree.tokens[each].head == trigger.index for each in cast.actors)
    return actors and (tree.relation(trigger.index) not in {"acl:relcl", "amod"} or own)


def _is_unclear(tree: Tree, trigger: Trigger, cast: Cast, named: frozenset[int]) -> bool:
    """`growing threats to Americans`, `the countries' entry will help`: nobody is told who threatens or helps."""
    if tree.tokens[trigger.index].upos == "NOUN":
        several = tree.tokens[trigger.index].xpos == "NNS"
        return several and trigger.frame.event_type in UTTERED and not cast.actors
    helps = trigger.frame.lemma in words("helping")
    return helps and not any(is_somebody(tree, each, named) for each in cast.actors)


def _is_idle(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """`helped hang a poster`, `provided that`: help, force or a visit that nobody and nothing is told to be met by."""
    if cast.recipients or trigger.light is not None or tree.tokens[trigger.index].upos != "VERB":
        return False
    if trigger.frame.lemma in VISITING:
        return len(cast.actors) < 2  # `visited the sites`
    if trigger.frame.lemma in words("discussing"):
        plural = any(tree.tokens[each].xpos in {"NNS", "NNPS"} for each in cast.actors)
        return len(cast.actors) == 1 and not plural and not tree.is_passive(trigger.index)  # `is discussing his plan`
    return trigger.frame.event_type in TO_SOMEBODY and trigger.frame.lemma in everyday() and not cast.objects


def _is_placed(tree: Tree, trigger: Trigger, named: frozenset[int]) -> bool:
    """`the bombing in Minsk`: violence and protest whose place is told."""
    where = tree.obliques(trigger.index, "in", "at", "near", "outside")
    return trigger.frame.event_type in {"ASSAULT", "PROTEST", "RETREAT"} and any(each in named for each in where)


def confidence_of(tree: Tree, trigger: Trigger, cast: Cast, status: Status, nesting: float) -> float:
    """How sure an event is: a main clause's verb with its cast above a noun in passing."""
    depth = sum(1 for _ in tree.above(trigger.index))
    sure = 0.55
    sure += 0.15 * (tree.tokens[trigger.index].upos == "VERB") + 0.08 * bool(cast.actors) + 0.08 * bool(cast.recipients)
    sure += 0.05 * bool(trigger.frame.needs) - 0.04 * min(depth, 5)
    sentence = tree.document.sentence_at(tree.tokens[trigger.index].start_char)
    before = sum(1 for each in tree.document.sentences if sentence and each.first < sentence.first)
    sure -= min(0.25, LATER * before)
    sure -= 0.1 * (status.realis != "actual") + 0.05 * status.background + nesting
    return round(min(0.95, max(0.05, sure)), 2)
