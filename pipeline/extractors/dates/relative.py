"""Units counted from the story's day or from another date: `this week`, `the following year`, `two days later`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Cell
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.lengths import bound, length
from pipeline.extractors.dates.quarters import quarter_cell
from pipeline.extractors.dates.reading import UNITS, Reading
from pipeline.extractors.dates.slots import edge, unit_of
from pipeline.extractors.dates.values import Basis, Meaning, Vague, at

SIDES = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER"}
"""More than a year ago is before that year."""
YEARS_IN = {"DE": 10, "CE": 100}
"""`a decade ago` is ten years ago, not the decade before this one."""
NOT_THE = frozenset("of when that after before since - he she".split())
"""After `the year` these tell which."""
FORWARD = frozenset("after following next subsequent".split())
BACKWARD = frozenset("before previous preceding earlier prior last".split())


def _near(m: Match, r: Reading, steps: int) -> Meaning | None:
    unit = unit_of(m)
    if unit in UNITS:
        base = r.base if r.is_narrative and unit != "D" else r.today
        if unit == "Q" and steps == 0:
            base = quarter_cell(r)
        return at(r.shift(base, steps, unit), r.basis, edge(m))
    return Meaning(Vague("PRESENT_REF")) if steps == 0 and unit in {"H", "MIN", "S"} else None


def unit_this(m: Match, r: Reading) -> Meaning | None:
    """`this week`, `the current year`."""
    if "pastone" in m or m.lexed.has(m.end - 1, "UNITS"):
        return None
    if m.lexed.is_capital(m.end - 1):
        return None
    if unit_of(m) == "D":
        return Meaning(Vague("PRESENT_REF")) if m.text("this") == "this" else None
    return _near(m, r, 0)


def unit_last(m: Match, r: Reading) -> Meaning | None:
    """`last year`, `the last quarter`."""
    if m.lexed.has(m.end - 1, "UNITS") or unit_of(m) == "D":
        return None
    if m.text("last") == "previous" and r.scene is not None and m.lexed.word(m.first) == "the":
        return unit_text(m, r)
    return _near(m, r, -1)


def unit_next(m: Match, r: Reading) -> Meaning | None:
    """`next week`, `the coming year`."""
    if m.lexed.has(m.end - 1, "UNITS"):
        return None
    if unit_of(m) == "D":
        return unit_text(m, r)
    meaning = unit_text(m, r) if m.text("next") in {"following", "subsequent"} else _near(m, r, 1)
    return meaning.modified("APPROX" if "tail" in m else None) if meaning else None


def unit_text(m: Match, r: Reading) -> Meaning | None:
    """`the following week`, `the previous year`, `the same day`, `that month`: counted from the date told last."""
    unit = unit_of(m) if "u" in m else "D"
    if unit not in UNITS or m.lexed.has(m.end - 1, "UNITS"):
        return None
    words = set(m.all_words) - set(m.words("edge"))
    step = 1 if words & FORWARD else -1 if words & BACKWARD else 0
    base = r.scene or r.today
    basis: Basis = "text" if r.scene else "anchor"
    if unit == "D" and "last" in words:
        return None
    if unit == "D" and step == 0 and r.day is not None:
        return at(r.day, "text", edge(m))
    if unit == "D" and step and base > r.today and r.tense(m.first, m.end) == "past":
        base, basis = r.today, "anchor"  # It ends on Friday. Shares, down the day before, rose.
    if unit == "D" and base.unit != "day":
        return None if step == 0 or r.is_narrative else at(r.today + step, "anchor", edge(m))
    if base.days is None:
        return at(base + step, "text") if unit == "Y" and base.unit == "year" else None
    return at(r.shift(base, step, unit), basis, "APPROX" if "tail" in m else edge(m))


def unit_before_last(m: Match, r: Reading) -> Meaning | None:
    """`the year before last`, `the week after next`."""
    return _near(m, r, 2 if "next" in m else -2)


def unit_edge(m: Match, r: Reading) -> Meaning | None:
    """`earlier this month`, `later in the day`, `late last year`, `the end of the month`."""
    unit = unit_of(m)
    if "the" in m and unit in UNITS:
        meaning = (
            at(r.day_of_time(m.first, m.end)[0], r.basis) if unit == "D" else at(r.shift(r.base, 0, unit), r.basis)
        )
    else:
        meaning = _near(m, r, ("next" in m) - ("last" in m))
    return meaning.modified(edge(m, "e")) if meaning else None


def unit_end(m: Match, r: Reading) -> Meaning | None:
    """`year-end`, `the month's end`."""
    unit = {"year": "Y", "month": "M", "week": "W"}[m.text("u")]
    return at(r.shift(r.base, 0, unit), r.basis, "END")


def unit_mid(m: Match, r: Reading) -> Meaning | None:
    """`mid-month`, `midweek`."""
    unit = {"year": "Y", "month": "M", "century": "CE"}.get(m.text("u"), "W")
    return at(r.shift(r.base, 0, unit), r.basis, "MID")


def unit_the(m: Match, r: Reading) -> Meaning | None:
    """`for the year`, `during the week`: the story's own, or the one told of."""
    unit = unit_of(m) if "u" in m else "Y"
    if unit not in {"Y", "M", "W", "DE", "CE"} or m.lexed.is_capital(m.end - 1):
        return None
    if m.after in NOT_THE and "full" not in m:
        return None
    if m.after in {"ended", "ending", "to", "through"}:
        return Meaning(length(((1, unit),)))
    meaning = at(r.shift(r.base, 0, unit), r.basis)
    if unit == "Y" and r.period is not None and not r.is_narrative:
        meaning = at(r.period.to("year"), "text")
    return meaning


def ago(m: Match, r: Reading) -> Meaning | None:
    """`three years ago`, `nearly two weeks ago`, `two days later`, `a year earlier`, `a week from now`."""
    mod = bound(m) or ("APPROX" if {"so", "two"} & set(m.all_words) and "one" in m else None)
    unit = unit_of(m)
    count = _count(m)
    if unit in YEARS_IN and count is not None and count % 1:
        count, unit = count * YEARS_IN[unit], "Y"  # half a century later
    forward = "after" in m or "hence" in m
    if count is None or "few" in m:
        return _few_ago(m, unit)
    if unit in {"H", "MIN", "S"}:
        return Meaning(length(((count, unit),)), mod=mod)
    if "ago" in m:
        meaning = _ago(count, unit, r, m.first)
        return meaning.modified(SIDES.get(mod or "", mod)) if meaning else None
    if "hence" in m:
        return _shifted(r.today, count, unit, r, mod)
    if "soft" in m and r.scene is None:
        return Meaning(length(((count, unit),)), mod=mod)
    return _from_text(count if forward else -count, unit, r, mod, m.first)


def _count(m: Match) -> float | None:
    """`half a year`, `a year and a half`, `three years`."""
    if "only" in m:
        return 0.25 if "quarter" in m.text("only") else 0.5
    if "one" in m:
        return 1.5 if "half" in m else 1.0
    return amount(m.lexed, *m.slots["n"]) if "n" in m else None


def _few_ago(m: Match, unit: str) -> Meaning | None:
    if "ago" in m:
        return Meaning(Vague("PAST_REF"))
    if "hence" in m:
        return Meaning(Vague("FUTURE_REF"))
    return Meaning(length(((None, unit),)))


def _ago(count: float, unit: str, r: Reading, first: int) -> Meaning | None:
    if unit == "Y" and count == 1 and (period := r.compared(first)) is not None:
        return at(period - 4, "text")
    return _shifted(r.today, -count, unit, r, None)


def _shifted(base: Cell, count: float, unit: str, r: Reading, mod: str | None) -> Meaning | None:
    if unit in {"DE", "CE"} and count * YEARS_IN[unit] == int(count * YEARS_IN[unit]):
        count, unit = count * YEARS_IN[unit], "Y"
    if unit == "Y" and count != int(count):
        count, unit = round(count * 12), "M"
    return at(r.shift(base, count, unit), "anchor", mod)


def _from_text(count: float, unit: str, r: Reading, mod: str | None, first: int) -> Meaning | None:
    """A year before a quarter is a quarter; a day from a month is no day that the text tells."""
    if unit == "Y" and abs(count) == 1 and (period := r.compared(first)) is not None:
        return at(period + 4 * int(count), "text", mod)
    if r.scene is None and count > 0:
        return Meaning(length(((count, unit),)), mod=mod)
    base = r.scene or r.today
    if unit == "Y" and base.unit in {"month", "quarter", "half"} and count == int(count) and not r.is_narrative:
        per_year = {"month": 12, "quarter": 4, "half": 2}[base.unit]
        return at(base + int(count) * per_year, "text", mod)
    if unit in {"D", "W", "W2"} and base.unit not in {"day", "week", "weekend"}:
        return Meaning(length(((abs(count), unit),)), mod=mod)
    if unit in {"W", "W2"} and base.unit == "day" and count == int(count):
        return at(base + int(count) * (7 if unit == "W" else 14), "text", mod)
    found = r.shift(base, count, unit)
    return at(found, "text" if r.scene else "anchor", mod)


def unit_and_next(m: Match, r: Reading) -> Meaning | None:
    """The `next` of `this year and next`."""
    return _near(m, r, 1) if unit_of(m) in {"W", "M", "Q", "Y"} else None


def then(m: Match, r: Reading) -> Meaning | None:
    """`until then`, `by then`: the date told last."""
    if m.after == "-":
        return None
    return at(r.scene, "text") if r.scene is not None else None
