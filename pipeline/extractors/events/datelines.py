"""A text's dateline is no part of what its first sentence tells: `PARIS, May 5 (Reuters) - Police arrested …`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.text import Token

# What stands in a dateline before the mark that ends it.
STAMPS = frozenset({"NNP", "NNPS", "CD", ",", ":", "-LRB-", "-RRB-", ".", "NFP"})
DASHES = frozenset({"-", "--", "–", "—"})
LONGEST = 14
"""Words of the longest dateline."""
SUBJECT = frozenset({"appos", "nsubj", "flat", "compound", "conj"})
OPENING = 1_000
"""Characters of a text among which a dateline may begin a line."""
LINE = re.compile(
    r"^\s*(?P<line>[A-Z][A-Z.' -]{2,40}(?:,\s[A-Z][\w. ]{1,20}){0,2}\s?(?:\([A-Z][\w /-]+\))?)"
    r"\s?(?:-{1,2}|[\u2013\u2014_])\s",
    re.MULTILINE,
)
"""A place in capitals, a day, an agency in brackets, a dash."""


def dateline_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where datelines stand in a text, those behind a headline or a summary too: `DUBAI (AFP) - Iran and …`."""
    return (found.span("line") for found in LINE.finditer(text, 0, OPENING))


def without_dateline(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with those of the dateline set apart: tied as `dateline`, and nothing else tied to them."""
    start = _end_of_dateline(tokens)
    if not start:
        return tuple(tokens)
    root = next((index for index, token in enumerate(tokens) if index >= start and _stands_in(tokens, index, start)), 0)
    found = []
    for index, token in enumerate(tokens):
        if index < start:
            found.append(replace(token, head=root or token.head, deprel="dateline" if root else token.deprel))
        elif token.head < start:
            found.append(_tied(tokens, index, root))
        else:
            found.append(token)
    return tuple(found)


def _end_of_dateline(tokens: Sequence[Token]) -> int:
    """The first token after it, 0 where there is none: `NEW DELHI -- `, `KABUL (Pajhwok) : `."""
    for index, token in enumerate(tokens[:LONGEST]):
        if token.text in DASHES or (token.text == ":" and index and tokens[index - 1].text == ")"):
            before = tokens[:index]
            spaced = bool(before) and before[-1].end_char < token.start_char
            return index + 1 if spaced and all(each.xpos in STAMPS for each in before) else 0
    return 0


def _stands_in(tokens: Sequence[Token], index: int, start: int) -> bool:
    """Whether a token is the sentence's root, or its verb that hangs on a place of the dateline."""
    token = tokens[index]
    return token.head == index or (token.head < start and token.upos == "VERB")


def _tied(tokens: Sequence[Token], index: int, root: int) -> Token:
    """What hung on the dateline hangs on the sentence's root; what stands before a verb is its subject."""
    token = tokens[index]
    if index == root or not root:
        return replace(token, head=index, deprel="root")
    is_subject = index < root and token.deprel in SUBJECT and tokens[root].upos == "VERB"
    return replace(token, head=root, deprel="nsubj" if is_subject else token.deprel)
