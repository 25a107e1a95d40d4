"""What the slots of a match say, for several meanings."""

import re

from pipeline.extractors.dates.grammar import Match

EDGES = {
    "START": frozenset("early earlier beginning start outset turn first opening".split()),
    "MID": frozenset("mid middle".split()),
    "END": frozenset("late later end close latter rest remainder last final closing".split()),
}
"""TIMEX3 modifiers and the words that stand for them."""


def edge(m: Match, slot: str = "edge") -> str | None:
    """The TIMEX3 modifier of `early`, `mid-`, `the end of`."""
    words = set(m.words(slot))
    return next((mod for mod, members in EDGES.items() if words & members), None)


def month_number(m: Match, slot: str = "m") -> int:
    """The month that a slot names."""
    return int(m.value(slot, "MONTH"))


def ordinal(m: Match, slot: str) -> int:
    """`21`, `21st`, `third`, `last` (-1)."""
    word = m.text(slot)
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(m.value(slot, "ORD") or -1)


def unit_of(m: Match, slot: str = "u") -> str:
    """The TIMEX3 designator of the unit in a slot; of `two days` the unit is the last token."""
    first, end = m.slots.get(slot) or m.slots["few"]
    for index in range(end - 1, first - 1, -1):
        values = m.lexed.lexemes[index].values
        if found := values.get("UNIT") or values.get("UNITS"):
            return found
    return ""
