"""References without a day: `now`, `soon`, `the past`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import unit_of
from pipeline.extractors.dates.values import Meaning, Vague
from pipeline.extractors.dates.wordsense import CLOSED

ADJECTIVES = {"current": "PRESENT_REF", "recent": "PAST_REF", "future": "FUTURE_REF"}
ATTRIBUTES = frozenset({"the future", "the present"})
"""These may be adjectives: `the future demand`."""
COMPARED = frozenset("more most".split())
"""Before these `recent` compares: `the most recent talks`."""


def reference(m: Match, r: Reading) -> Meaning | None:
    """`now`, `soon`, `the future`, `recently`; not `as soon as Tuesday`, `now that`, `soon after`."""
    words = m.all_words
    after = m.after
    if words == ["soon"] and (
        r.is_narrative
        or after in {"as", "after", "afterwards", "thereafter", "enough"}
        or m.before in {"too", "how", "very"}
    ):
        return None
    if words[-1].endswith(("recently", "ago")) and m.before == after == "as":
        return None
    if (words == ["shortly"] and after in {"after", "before", "thereafter"}) or after == "-":
        return None
    if words[-1] in ATTRIBUTES and after not in CLOSED and r.context.is_attribute(m.end - 1):
        return None
    return Meaning(Vague(m.value("v", "REFERENCE")))


def reference_past(m: Match, _: Reading) -> Meaning | None:
    """`the past`, a noun."""
    if m.lexed.has(m.end, "WORD") and m.after not in CLOSED:
        return None
    return Meaning(Vague("PAST_REF"))


def reference_adjective(m: Match, _: Reading) -> Meaning | None:
    """`current`, `recent`, `future` before a noun; `the current year` is another rule's, `Future Fund` is a name."""
    unit = m.lexed.has(m.end, "UNIT") or m.lexed.has(m.end, "UNITS")
    if not m.lexed.has(m.end, "WORD") or unit or m.after in CLOSED:
        return None
    if m.before in COMPARED or (m.lexed.is_capital(m.first) and m.lexed.is_capital(m.end)):
        return None
    return Meaning(Vague(ADJECTIVES[m.text("v")]))


def reference_one_day(_: Match, __: Reading) -> Meaning | None:
    """`will one day be king`."""
    return Meaning(Vague("FUTURE_REF"))


def reference_present(m: Match, _: Reading) -> Meaning | None:
    """`at the moment`, `this minute`."""
    if "u" in m and (unit_of(m) not in {"H", "MIN"} or m.lexed.word(m.first) != "this"):
        return None
    return Meaning(Vague("PRESENT_REF"))
