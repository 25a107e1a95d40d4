"""The label sets, and names known in part as sets of labels that are allowed."""

import numpy as np

from pipeline.model.words import COUNTRIES

KINDS = ("person", "organization", "place", "group", "event", "work", "law", "other")
ROLES = ("source", "cue", "content")
NAMES = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
ATTRIBUTION = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
UNKNOWN = -100

ANY = (1 << len(NAMES)) - 1
"""A word of which nothing is known: every label is allowed."""
NOT_A_NAME = 1
CORE = KINDS[:3]
MINOR = KINDS[3:]


def allow(kinds: tuple[str, ...], *, begins: bool) -> int:
    """The set of labels, as bits, of a word that begins or goes on with a name of one of these kinds."""
    mark = "B" if begins else "I"
    return sum(1 << NAMES.index(f"{mark}-{kind}") for kind in kinds)


NOT_CORE = NOT_A_NAME | allow(MINOR, begins=True) | allow(MINOR, begins=False)
"""What a corpus that marks persons, organizations and places alone says of the other words."""


def settled(kinds: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The kinds of a name; GUM and re3d call a country that acts an organization, the others a place."""
    return ("place",) if kinds == ("organization",) and text.casefold() in COUNTRIES else kinds


def paint(into: np.ndarray, span: tuple[int, int], kinds: tuple[str, ...]) -> None:
    """Write a name over the words `[first, end)`."""
    into[span[0]] = allow(kinds, begins=True)
    into[span[0] + 1 : span[1]] = allow(kinds, begins=False)
