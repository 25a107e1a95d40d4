"""When an event happened: the date that hangs on it in the tree."""

from collections.abc import Sequence

from pipeline.extractors.events.tree import Tree
from pipeline.tables import DateMention


def date_of(tree: Tree, trigger: int, triggers: frozenset[int], dates: Sequence[DateMention]) -> DateMention | None:
    """The date whose nearest event above it in the tree is this one; of several none can be told."""
    sentence = tree.document.sentence_at(tree.tokens[trigger].start_char)
    if not sentence:
        return None
    here = [each for each in dates if sentence.start_char <= each.start_char < sentence.end_char and each.first_on]
    own = [each for each in here if _event_of(tree, each, triggers) == trigger]
    return own[0] if len(own) == 1 else None


def _event_of(tree: Tree, each: DateMention, triggers: frozenset[int]) -> int | None:
    """The event that a date belongs to: the first verb or event above it."""
    tokens = tree.document.tokens_between(each.start_char, each.end_char)
    if not tokens:
        return None
    index = tree.tokens.index(tokens[0])
    for above in tree.above(index):
        if above in triggers or tree.tokens[above].upos == "VERB":
            return above
    return None
