"""What nobody wills: accidents, nature, and what things do."""

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.frames import noun_frames, words
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger
from pipeline.text import Token

SPEAKING = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT"})


def is_mishap(tree: Tree, trigger: Trigger, cast: Cast) -> bool:
    """`the storm threatened`, `the law provides`, `killed in a crash`: nobody's deed."""
    doers = [tree.tokens[each] for each in cast.actors]
    if doers and all(_is_thing(trigger, each) for each in doers):
        return True
    if trigger.frame.event_type != "ASSAULT":
        return _of_nature(tree, trigger)
    if doers:
        return all(each.lemma.lower() in words("mishaps") for each in doers) or _after_disaster(tree, trigger.index)
    return (
        any(_is_peaceful(tree, each) for each in cast.instruments)
        or _after_disaster(tree, trigger.index)
        or _in_accident(tree, trigger.index)
    )


def _is_thing(trigger: Trigger, doer: Token) -> bool:
    """Not the World Food Programme, and not `a UN report accused the army`: papers speak for who wrote them."""
    speaks = trigger.frame.event_type in SPEAKING and doer.lemma.lower() in words("papers")
    return doer.upos != "PROPN" and doer.lemma.lower() in words("things") and not speaks


def _in_accident(tree: Tree, index: int) -> bool:
    """`killed in a crash`."""
    causes = [*tree.obliques(index, "in", "by", "from", "during"), *tree.dependents(index, "advcl")]
    return any(tree.tokens[each].lemma.lower() in words("mishaps") for each in causes)


def _is_peaceful(tree: Tree, means: int) -> bool:
    """`the rally hit`: a deed that hurts nobody."""
    types = {each.event_type for each in noun_frames(tree.tokens[means]) if each.cameo_code}
    return bool(types) and not types & {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"}


def _of_nature(tree: Tree, trigger: Trigger) -> bool:
    """`warned residents that rains will cause landslides`."""
    sentence = tree.document.sentence_at(tree.tokens[trigger.index].start_char)
    after = tree.tokens[trigger.index : sentence.end] if sentence else ()
    warns = trigger.frame.event_type == "THREATEN" and trigger.frame.lemma in words("warning")
    natural = words("disasters") | words("weather")
    return warns and any(token.lemma.lower() in natural for token in after)


def _after_disaster(tree: Tree, index: int) -> bool:
    """`A magnitude 5.8 earthquake struck on Monday, killing four`: what nature does in the sentence before a verb."""
    sentence = tree.document.sentence_at(tree.tokens[index].start_char)
    before = tree.tokens[sentence.first : index] if sentence else ()
    return any(token.upos == "NOUN" and token.lemma.lower() in words("disasters") for token in before)
