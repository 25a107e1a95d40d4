"""What a parser is known to tie wrongly, put right by the lexicon: words with a hyphen, and verbs with two objects."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipeline.extractors.events.frames import known, nouns, verbs, words
from pipeline.text import Token

SHORTEST = 5


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with lemmas and heads put right."""
    found = [replace(each, lemma=known(each)) if each.upos == "VERB" else each for each in tokens]
    for index in range(2, len(found)):
        if found[index - 1].text == "-":
            _join(found, index)
    for index, (token, after) in enumerate(pairwise(tokens)):
        if token.deprel in {"amod", "compound"} and token.head == index + 1 and _is_given(tokens, index, after):
            found[index] = replace(token, head=after.head, deprel="iobj")
    return tuple(found)


@cache
def _known() -> frozenset[str]:
    """The words of the lexicon that may be written with a hyphen."""
    frames = [frame for known in (verbs(), nouns()) for some in known.values() for frame in some]
    needed = {word for frame in frames for allowed in frame.needs.values() for word in allowed}
    return frozenset(word for word in {*verbs(), *nouns(), *needed} if "-" in word or len(word) > SHORTEST)


def _join(tokens: list[Token], index: int) -> None:
    """`cease-fire`, `re-opened`, `test-fired`: the last part has the lemma of the whole, and what hung on the first."""
    first, hyphen, last = tokens[index - 2 : index + 1]
    if first.end_char != hyphen.start_char or hyphen.end_char != last.start_char:
        return
    tries = (f"{first.text}{join}{last.lemma}".lower() for join in ("", "-"))
    lemma = next((each for each in tries if each in _known()), None)
    if lemma is None:
        return
    tokens[index] = replace(last, lemma=lemma)
    for each, token in enumerate(tokens):
        if token.head == index - 2 and each not in {index - 2, index - 1, index}:
            tokens[each] = replace(token, head=index)


def _is_given(tokens: Sequence[Token], index: int, thing: Token) -> bool:
    """`granted dissidents permission`, `gave Ukraine weapons`: to whom something is given, not a kind of it."""
    token, verb = tokens[index], tokens[thing.head]
    if thing.deprel != "obj" or verb.lemma.lower() not in words("giving") or thing.head > index:
        return False
    to = any(each.text.lower() == "to" and tokens[each.head].head == thing.head for each in tokens[index:])
    before = tokens[index - 1] if index else token
    plain = before.xpos not in {"DT", "PRP$"} or thing.lemma.lower() in words("granted")
    return not to and plain and (token.xpos in {"NNS", "NNPS"} or token.xpos == "NNP")
