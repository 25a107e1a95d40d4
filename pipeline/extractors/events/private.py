"""What is no public life though people of a name do it: business, sport, campaigns, families, and what polls ask."""

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.domain import is_sport, is_story_of, is_told_of
from pipeline.extractors.events.frames import words
from pipeline.extractors.events.people import Known, is_company, is_public
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

DEALINGS = frozenset(
    "ACCUSE AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST REJECT SANCTION THREATEN".split()
)
KIND = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
"""What families do is no public life."""
FREEING = "0841"


def is_private_affair(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """Whether it is dealings of firms, players, candidates or families, or what only a thing does."""
    kind, doers = trigger.frame.event_type, cast.actors
    if any(_is_share(tree, each) for each in doers) or _is_of_a_thing(trigger, cast):
        return True
    if kind in KIND and doers and all(_is_kin(tree, each) for each in doers):
        return True
    if kind in DEALINGS and _is_business(tree, trigger, cast, known):
        return True
    if _is_own(tree, trigger, cast, known) or _is_campaigning(tree, trigger, cast):
        return True
    return is_sport(tree, trigger.index, trigger.frame.cameo_code, (*doers, *cast.recipients), known.officials)


def _is_share(tree: Tree, index: int) -> bool:
    """`25 percent of voters would not support him`: what polls ask."""
    return tree.tokens[index].lemma.lower() in words("shares")


def _is_kin(tree: Tree, index: int) -> bool:
    """`the boy's mother`, `Elian's relatives`."""
    return tree.tokens[index].lemma.lower() in words("kin")


def _is_of_a_thing(trigger: Trigger, cast: Cast) -> bool:
    """`hostility helped to fuel wars`, `the test calls for`; `released an album` frees nobody."""
    if trigger.frame.cameo_code == FREEING and trigger.frame.lemma in words("freeing") and not cast.recipients:
        return True
    return bool(cast.instruments) and not cast.actors and trigger.frame.event_type in DEALINGS


def _is_own(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """`the AIPAC meeting`: what an organization holds by itself."""
    meets = trigger.frame.event_type == "CONSULT" and tree.tokens[trigger.index].upos == "NOUN"
    return meets and len(cast.actors) == 1 and not cast.recipients and cast.actors[0] in known.firms


def _is_campaigning(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """`his most recent rally`: of a candidate, for votes and against nobody."""
    rallies = trigger.frame.lemma in words("rallying") and not cast.recipients
    return rallies and is_told_of(tree, trigger.index, "campaign")


def _is_business(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """Dealings between companies alone, and between organizations beside words of business."""
    others = [each for each in cast.recipients if is_public(tree, each, known.named)]
    sides = (*cast.actors, *others)
    if not cast.actors:
        return False
    if all(is_company(tree, each) for each in sides):
        return True
    if all(each in known.firms or is_company(tree, each) for each in sides):
        return is_told_of(tree, trigger.index, "business")
    return is_story_of(tree, "business") and all(_is_private(tree, each, known) for each in sides)


def _is_private(tree: Tree, index: int, known: Known) -> bool:
    """A firm, or somebody of whom no office is known."""
    return index in known.firms or is_company(tree, index) or (index in tree.persons and index not in known.officials)
