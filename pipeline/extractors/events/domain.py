"""What a story is about where that is no public life: sport, and business between firms."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import sectors, words
from pipeline.extractors.events.people import STATE
from pipeline.extractors.events.tree import Tree
from pipeline.text import Sentence

DISTINCT = 2
"""How many words of a field a sentence has that is of it."""
PART = 3
"""One sentence in how many has a word of a field, in a story that is of it."""
LEAST = 4
BY_ITSELF = ("173", "145")
"""Arrests and riots, which are news wherever they are told."""


def is_told_of(tree: Tree, index: int, field: str) -> bool:
    """Whether a token stands in a sentence, or a story, of a field: data/<field>.txt."""
    sentence = tree.document.sentence_at(tree.tokens[index].start_char)
    own = _words_of(tree, sentence, field) if sentence else set()
    return len(own) >= DISTINCT or is_story_of(tree, field)


def _words_of(tree: Tree, sentence: Sentence, field: str) -> set[str]:
    return {token.lemma.lower() for token in tree.tokens[sentence.first : sentence.end]} & words(field)


def is_story_of(tree: Tree, field: str) -> bool:
    """Whether a story has words of a field in every third sentence, and several of them."""
    if field not in tree.fields:
        told = [found for each in tree.document.sentences if (found := _words_of(tree, each, field))]
        many = len(told) * PART >= len(tree.document.sentences) and len(told) >= LEAST
        tree.fields[field] = many and len(set().union(*told)) >= LEAST
    return tree.fields[field]


def is_official(tree: Tree, index: int, officials: frozenset[int]) -> bool:
    """A name or noun of the state, of a party or of an armed group."""
    return index in officials or sectors().get(tree.tokens[index].lemma.lower()) in STATE


def is_sport(tree: Tree, index: int, code: str, sides: Sequence[int], officials: frozenset[int]) -> bool:
    """`struck twice in extra time`: what teams, players and their clubs do."""
    if code.startswith(BY_ITSELF) or tree.tokens[index].lemma.lower() in words("killing"):
        return False
    return is_told_of(tree, index, "sport") and not any(is_official(tree, each, officials) for each in sides)
