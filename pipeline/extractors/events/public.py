"""Whether a deed is one of public life, and how sure it is that the text reports it."""

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.domain import is_sport, is_told_of
from pipeline.extractors.events.frames import everyday, noun_frames, words
from pipeline.extractors.events.people import Known, is_company, is_public, is_somebody
from pipeline.extractors.events.status import Status
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger

DEALINGS = frozenset(
    "ACCUSE AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST REJECT SANCTION THREATEN".split()
)
KIND = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
"""What families do is no public life."""
UTTERED = frozenset({"THREATEN", "SUPPORT", "REJECT", "AID"})
"""Of a noun for these somebody is told who threatens, endorses, refuses or gives."""
TO_SOMEBODY = frozenset({"AID", "COERCE"})
VISITING = frozenset({"meet", "visit"})
LATER = 0.05
"""How much less of the news a sentence is than the one before it."""


def is_public_deed(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """Whether it is the doing of somebody in public life; violence and arrests are so by themselves."""
    index, lemma, named = trigger.index, trigger.frame.lemma, known.named
    if _is_mishap(tree, trigger, cast) or _is_idle(tree, trigger, cast) or _is_of_a_thing(trigger, cast):
        return False
    if lemma in {"help", "assist", "aid"} and not any(is_somebody(tree, each, named) for each in cast.actors):
        return False  # `the countries' entry will help eliminate threats`
    if any(_is_share(tree, each) for each in cast.actors):
        return False
    if trigger.frame.event_type in KIND and cast.actors and all(_is_kin(tree, each) for each in cast.actors):
        return False
    if trigger.frame.event_type in DEALINGS and _is_business(tree, trigger, cast, known):
        return False
    sides = (*cast.actors, *cast.recipients)
    if _is_own(tree, trigger, cast, known) or _is_campaigning(tree, trigger, cast):
        return False
    if is_sport(tree, index, trigger.frame.cameo_code, sides, known.officials):
        return False
    actors = any(is_public(tree, each, named) for each in cast.actors)
    if tree.tokens[index].upos == "NOUN":
        if trigger.frame.event_type in UTTERED and not cast.actors and tree.tokens[index].xpos == "NNS":
            return False  # `growing threats to Americans`
        return (
            actors or any(is_public(tree, each, named) for each in cast.recipients) or _is_placed(tree, trigger, named)
        )
    if lemma not in everyday():
        return bool(cast.actors or cast.recipients)
    if not actors and not cast.actors:  # `The pact was suspended`
        return bool(cast.instruments) or (
            trigger.frame.weight > 2 and bool(cast.recipients or cast.objects or trigger.light)
        )
    own = any(tree.tokens[each].head == index for each in cast.actors)
    return actors and (tree.relation(index) not in {"acl:relcl", "amod"} or own)


def _is_share(tree: Tree, index: int) -> bool:
    """`25 percent of voters would not support him`: what polls ask."""
    return tree.tokens[index].lemma.lower() in {"%", "percent", "per"}


def _is_kin(tree: Tree, index: int) -> bool:
    """`the boy's mother`, `Elian's relatives`."""
    return tree.tokens[index].lemma.lower() in words("kin")


def _is_of_a_thing(trigger: Trigger, cast: Cast) -> bool:
    """`hostility helped to fuel wars`, `the test calls for`: what only somebody does; `released an album` frees nobody."""
    nobody = bool(cast.instruments) and not cast.actors and trigger.frame.event_type in DEALINGS
    return nobody or (trigger.frame.cameo_code == "0841" and trigger.frame.lemma in {"let", "release"} and not cast.recipients)


def _is_own(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """`the AIPAC meeting`: what an organization holds by itself."""
    meets = trigger.frame.event_type == "CONSULT" and tree.tokens[trigger.index].upos == "NOUN"
    return meets and len(cast.actors) == 1 and not cast.recipients and cast.actors[0] in known.firms


def _is_campaigning(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """`his most recent rally`: of a candidate, for votes and against nobody."""
    rallies = trigger.frame.lemma in {"rally", "march"} and not cast.recipients
    return rallies and is_told_of(tree, trigger.index, "campaign")


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
    return trigger.frame.event_type in {"ASSAULT", "PROTEST"} and any(each in named for each in where)


def _is_mishap(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """`the storm threatened`, `the law provides`, `killed in a crash`: nobody's deed."""
    doers = [tree.tokens[each].lemma.lower() for each in cast.actors]
    if doers and all(each in words("things") for each in doers):
        return True
    if _of_nature(tree, trigger):
        return True
    if trigger.frame.event_type != "ASSAULT":
        return False
    if doers and all(each in words("mishaps") for each in doers):
        return True
    if not doers and any(_is_peaceful(tree, each) for each in cast.instruments):
        return True
    if _after_disaster(tree, trigger.index):
        return True
    if doers:
        return False
    causes = [*tree.obliques(trigger.index, "in", "by", "from", "during"), *tree.dependents(trigger.index, "advcl")]
    return any(tree.tokens[each].lemma.lower() in words("mishaps") for each in causes)


def _is_peaceful(tree: Tree, means: int) -> bool:
    """`the rally hit`: a deed that hurts nobody."""
    types = {each.event_type for each in noun_frames(tree.tokens[means]) if each.cameo_code}
    return bool(types) and not types & {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"}


def _of_nature(tree: Tree, trigger: Trigger) -> bool:
    """`warned residents that rains will cause landslides`."""
    sentence = tree.document.sentence_at(tree.tokens[trigger.index].start_char)
    after = tree.tokens[trigger.index : sentence.end] if sentence else ()
    warns = trigger.frame.event_type == "THREATEN" and trigger.frame.lemma in {"warn", "warning"}
    return warns and any(token.lemma.lower() in words("disasters") | words("weather") for token in after)


def _after_disaster(tree: Tree, index: int) -> bool:
    """`A magnitude 5.8 earthquake struck on Monday, killing four`: what nature does in the sentence before a verb."""
    sentence = tree.document.sentence_at(tree.tokens[index].start_char)
    before = tree.tokens[sentence.first : index] if sentence else ()
    return any(token.upos == "NOUN" and token.lemma.lower() in words("disasters") for token in before)


def _is_business(tree: Tree, trigger: Trigger, cast: Cast, known: Known) -> bool:
    """Dealings between companies alone, and between organizations beside words of business."""
    others = [each for each in cast.recipients if is_public(tree, each, known.named)]
    sides = (*cast.actors, *others)
    if not cast.actors:
        return False
    if all(is_company(tree, each) for each in sides):
        return True
    all_firms = all(_is_private(tree, each, known) for each in sides)
    return all_firms and is_told_of(tree, trigger.index, "business")


def _is_private(tree: Tree, index: int, known: Known) -> bool:
    """A firm, or somebody of whom no office is known."""
    return index in known.firms or is_company(tree, index) or (index in tree.persons and index not in known.officials)


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
