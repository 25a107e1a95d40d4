"""Dates counted from the story's day or from another date of the text. One function a meaning."""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Cell, cell
from pipeline.extractors.dates.explicit import PARTS, day_cell, edge, month_number, ordinal, quarter_cell, weekday_cell
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.lengths import bound, length, unit_of
from pipeline.extractors.dates.reading import UNITS, Reading
from pipeline.extractors.dates.values import At, Each, Meaning, Vague, at

SIDES = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER"}
"""More than a year ago is before that year."""


def month_of(m: Match, r: Reading) -> Meaning | None:
    """`January this year`, `June last year`, `October of that year`."""
    year = r.today.year + ("next" in m) - ("last" in m)
    if {"that", "before", "after"} & set(m.slots):
        if r.focus is None:
            return None
        year = r.focus.year + ("after" in m) - ("before" in m)
    return at(Cell("month", year * 12 + month_number(m) - 1), "text" if "that" in m else "anchor", edge(m))


def month_deictic(m: Match, r: Reading) -> Meaning | None:
    """`last June`, `next May`, `this September`."""
    base = r.base if r.is_narrative else r.today
    here = base.to("month")
    back = (here.index - month_number(m) + 1) % 12
    if "last" in m:
        return at(here + -(back or 12), r.basis, edge(m))
    if "next" in m:
        return at(here + (-back % 12 or 12), r.basis, edge(m))
    return at(Cell("month", here.year * 12 + month_number(m) - 1), r.basis, edge(m))


def weekday(m: Match, r: Reading) -> Meaning | None:
    """`Wednesday`, `last Friday`, `next Monday`, `Friday of last week`, `Saturday night`."""
    number = int(m.value("w", "WEEKDAY"))
    if not r.context.is_weekday(m.slots["w"][0]):
        return None
    day = _weekday(number, m, r)
    part = m.value("part", "PART") or None
    if "part" in m and m.text("part").endswith("s"):
        return Meaning(Each(f"XXXX-WXX-{number}T{part}"))
    return Meaning(At(day, part), r.basis, edge(m) or edge(m, "early") or edge(m, "late"))


def _weekday(number: int, m: Match, r: Reading) -> Cell:
    here = r.today
    back = (here.first.isoweekday() - number) % 7
    if "week" in [m.lexed.word(index) for index in range(m.first, m.end)]:
        week = here.to("week") + ("next" in m) - ("last" in m)
        return week.to("day") + (number - 1)
    if "last" in m:
        return here + -(back or 7)
    if "next" in m:
        return here + (7 - back)
    if "this" in m:
        return here.to("week").to("day") + (number - 1)
    return weekday_cell(number, m, r)


def weekday_nth(m: Match, r: Reading) -> Meaning | None:
    """`the last Friday in August`, `the first Monday of November 2024`."""
    number, place = int(m.value("w", "WEEKDAY")), ordinal(m, "o")
    month = month_number(m)
    if "y" in m:
        inside: Cell | None = Cell("month", int(m.text("y")) * 12 + month - 1)
    else:
        inside = r.recurring(lambda year: Cell("month", year * 12 + month - 1), r.tense(m.first, m.end))
    if inside is None or inside.days is None or place > 5:
        return None
    first = inside.to("day") + (number - inside.first.isoweekday()) % 7
    days = [first + 7 * week for week in range(5) if (first + 7 * week).to("month") == inside]
    return at(days[place if place < 0 else min(place, len(days)) - 1], "stated" if "y" in m else r.basis)


def from_day(m: Match, r: Reading) -> Meaning | None:
    """`a week from Tuesday`, `two weeks from tomorrow`."""
    count = amount(m.lexed, *m.slots["n"]) if "n" in m else 1
    if "u" not in m or count is None:
        return None
    start = day_cell(m, r)
    if "w" in m and start is not None and start < r.today:
        start += 7
    unit = unit_of(m)
    if start is None or unit not in {"D", "W", "M", "Y"}:
        return None
    days = {"D": 1, "W": 7}.get(unit)
    found = start + int(count * days) if days else r.shift(start, count, unit)
    return at(found, "anchor")


def today(m: Match, r: Reading) -> Meaning | None:
    """`today`, `late yesterday`, `tomorrow morning`, `tonight`; not `USA Today`."""
    word = m.text("rel")
    if m.lexed.has(m.first - 1, "NAME") and m.lexed.text[m.lexed.starts[m.first]].isupper():
        return None
    day = day_cell(m, r)
    part = m.value("part", "PART") or ("NI" if word == "tonight" else None)
    return Meaning(At(day, part), "anchor", edge(m)) if day else None


def today_part(m: Match, r: Reading) -> Meaning | None:
    """`this morning`, `last night`, `that evening`, `the next morning`."""
    part = m.value("part", "PART")
    from_text = {"that", "before", "after"} & set(m.slots)
    base = r.focus if from_text and r.focus and r.focus.unit == "day" else r.today
    step = ("after" in m) - ("before" in m) - ("last" in m)
    if m.lexed.word(m.end - 1).endswith("s") or m.text("this") == "current":
        return None
    return Meaning(At(base + step, part), "text" if from_text else "anchor", edge(m))


def the_part(m: Match, r: Reading) -> Meaning | None:
    """`in the morning`: of the day told in the sentence, else the story's."""
    day, basis = (r.focus, "text") if r.focus is not None and r.focus.unit == "day" else (r.today, "anchor")
    return Meaning(At(day, m.value("part", "PART")), basis, edge(m))  # type: ignore[arg-type]


def overnight(m: Match, r: Reading) -> Meaning | None:
    """`overnight`: the night before the story's day."""
    if m.lexed.word(m.end) == "-" or m.lexed.has(m.first - 1, "WEEKDAY"):
        return None
    return Meaning(At(r.today + -1, "NI"), "anchor")


def today_beyond(m: Match, r: Reading) -> Meaning | None:
    """`the day before yesterday`, `the day after tomorrow`."""
    words = [m.lexed.word(index) for index in range(m.first, m.end)]
    step = {"yesterday": -1, "tomorrow": 1}.get(words[-1], 0) + (1 if "after" in words else -1)
    return at(r.today + step, "anchor")


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
    if m.lexed.text[m.lexed.starts[m.end - 1]].isupper():
        return None
    if unit_of(m) == "D":
        return Meaning(Vague("PRESENT_REF")) if m.text("this") == "this" else None
    return _near(m, r, 0)


def unit_last(m: Match, r: Reading) -> Meaning | None:
    """`last year`, `the last quarter`."""
    if m.lexed.has(m.end - 1, "UNITS") or unit_of(m) == "D":
        return None
    if m.text("last") == "previous" and r.focus is not None and m.lexed.word(m.first) == "the":
        return unit_text(m, r)
    return _near(m, r, -1)


def unit_next(m: Match, r: Reading) -> Meaning | None:
    """`next week`, `the coming year`."""
    if m.lexed.has(m.end - 1, "UNITS"):
        return None
    if unit_of(m) == "D":
        return unit_text(m, r)
    if m.text("next") in {"following", "subsequent"}:
        return unit_text(m, r)
    return _near(m, r, 1)


def unit_text(m: Match, r: Reading) -> Meaning | None:
    """`the following week`, `the previous year`, `the same day`, `that month`: counted from the date told last."""
    unit = unit_of(m) if "u" in m else "D"
    if unit not in UNITS or m.lexed.has(m.end - 1, "UNITS"):
        return None
    words = {m.lexed.word(index) for index in range(m.first, m.end)} - set(m.words("edge"))
    step = 1 if words & {"after", "following", "next", "subsequent"} else -1 if words & {"before", "previous", "preceding", "earlier", "prior", "last"} else 0
    base, basis = (r.focus, "text") if r.focus is not None else (r.today, "anchor")
    if unit == "D" and step == 0 and r.day is not None:
        return at(r.day, "text", edge(m))
    if unit == "D" and base.unit != "day":
        return None if step == 0 or r.is_narrative else at(r.today + step, "anchor", edge(m))
    if base.days is None:
        return at(base + step, "text") if unit == "Y" and base.unit == "year" else None
    return at(r.shift(base, step, unit), basis, edge(m))  # type: ignore[arg-type]


def unit_before_last(m: Match, r: Reading) -> Meaning | None:
    """`the year before last`."""
    return _near(m, r, -2)


def unit_edge(m: Match, r: Reading) -> Meaning | None:
    """`earlier this month`, `later in the day`, `late last year`, `the end of the month`."""
    words = set(m.words("e"))
    mod = next((mod for mod in ("START", "MID", "END") if edge(m, "e") == mod), None)
    mod = mod or ("END" if words & {"rest", "remainder"} else None)
    unit = unit_of(m)
    steps = ("next" in m) - ("last" in m)
    if "the" in m and unit in UNITS:
        base = r.base if unit != "D" or r.is_narrative else (r.focus if r.focus and r.focus.unit == "day" else r.today)
        meaning = at(r.shift(base, 0, unit), r.basis)
    else:
        meaning = _near(m, r, steps)
    return meaning.modified(mod) if meaning else None


def unit_end(m: Match, r: Reading) -> Meaning | None:
    """`year-end`, `the month's end`."""
    unit = {"year": "Y", "month": "M", "week": "W"}[m.text("u")]
    return at(r.shift(r.base, 0, unit), r.basis, "END")


def unit_the(m: Match, r: Reading) -> Meaning | None:
    """`for the year`, `during the week`: the story's own, or the one told of."""
    unit = unit_of(m) if "u" in m else "Y"
    if unit not in {"Y", "M", "W", "DE", "CE"} or m.lexed.text[m.lexed.starts[m.end - 1]].isupper():
        return None
    if m.lexed.word(m.end) in {"of", "when", "that", "after", "before", "since", "-", "he", "she"}:
        return None
    if m.lexed.word(m.end) in {"ended", "ending", "to", "through"}:
        return Meaning(length(((1, unit),)))
    meaning = at(r.shift(r.base, 0, unit), r.basis)
    if unit == "Y" and r.period is not None and not r.is_narrative:
        meaning = at(r.period.to("year"), "text")
    return meaning


def weekend(m: Match, r: Reading) -> Meaning | None:
    """`the weekend`, `last weekend`, `next weekend`."""
    here = r.today.to("week")
    if "last" in m:
        found = here + -1
    elif "next" in m:
        found = here + 1
    else:
        ahead = r.tense(m.first, m.end) == "ahead" or r.today.first.isoweekday() >= 6
        found = here if ahead or "this" in m else here + -1
    if m.lexed.word(m.first) in {"a", "weekend"}:
        return None
    return at(Cell("weekend", found.index), "anchor", edge(m))


def ago(m: Match, r: Reading) -> Meaning | None:
    """`three years ago`, `nearly two weeks ago`, `two days later`, `a year earlier`, `a week from now`."""
    mod = bound(m) or ("APPROX" if {"so", "two"} & {m.lexed.word(i) for i in range(m.first, m.end)} and "one" in m else None)
    unit = unit_of(m)
    count = 1.0 if "one" in m else amount(m.lexed, *m.slots["n"]) if "n" in m else None
    forward = "after" in m or "hence" in m
    if count is None or "few" in m:
        return _few_ago(m, r, unit)
    if unit in {"H", "MIN", "S"}:
        return Meaning(length(((count, unit),)), mod=mod)
    if "ago" in m:
        meaning = _ago(count, unit, r)
        return meaning.modified(SIDES.get(mod or "", mod)) if meaning else None
    if "hence" in m:
        return _shifted(r.today, count, unit, r, mod)
    if "soft" in m and r.focus is None:
        return Meaning(length(((count, unit),)), mod=mod)
    return _from_text(count if forward else -count, unit, r, mod)


def _few_ago(m: Match, r: Reading, unit: str) -> Meaning | None:
    if "ago" in m:
        return Meaning(Vague("PAST_REF"))
    if "hence" in m:
        return Meaning(Vague("FUTURE_REF"))
    return Meaning(length(((None, unit),)))


def _ago(count: float, unit: str, r: Reading) -> Meaning | None:
    if unit == "Y" and count == 1 and r.period is not None and not r.is_narrative:
        return at(r.period + -4, "text")
    return _shifted(r.today, -count, unit, r, None)


def _shifted(base: Cell, count: float, unit: str, r: Reading, mod: str | None) -> Meaning | None:
    if unit == "Y" and count != int(count):
        count, unit = round(count * 12), "M"
    return at(r.shift(base, count, unit), "anchor", mod)


def _from_text(count: float, unit: str, r: Reading, mod: str | None) -> Meaning | None:
    """A year before a quarter is a quarter; a day from a month is no day that the text tells."""
    if unit == "Y" and count == int(count) and r.period is not None and not r.is_narrative:
        return at(r.period + 4 * int(count), "text", mod)
    base = r.focus or r.today
    if unit == "Y" and base.unit in {"month", "quarter", "half"} and count == int(count) and not r.is_narrative:
        per_year = {"month": 12, "quarter": 4, "half": 2}[base.unit]
        return at(base + int(count) * per_year, "text", mod)
    if unit in {"D", "W", "W2"} and base.unit not in {"day", "week", "weekend"}:
        return Meaning(length(((abs(count), unit),)), mod=mod)
    if unit in {"W", "W2"} and base.unit == "day" and count == int(count):
        return at(base + int(count) * (7 if unit == "W" else 14), "text", mod)
    found = r.shift(base, count, unit)
    return at(found, "text" if r.focus else "anchor", mod)


def ago_year(m: Match, r: Reading) -> Meaning | None:
    """`the year-ago period`, `year-earlier`: the period told of, a year before."""
    if r.period is not None:
        return at(r.period + -4, "text")
    return at(cell("year", r.today.first) + -1, "anchor")


def quarter_deictic(m: Match, r: Reading) -> Meaning | None:
    """`the latest quarter`, `the year-ago quarter`, `the 1988 period`, `last quarter`."""
    if m.text("u") == "period" and r.period is None or m.lexed.word(m.end) == "-":
        return None
    if "y" in m:
        year = int(m.text("y"))
        if r.period is not None:
            return at(Cell("quarter", year * 4 + r.period.index % 4), "text")
        return at(Cell("year", year), "stated") if m.lexed.word(m.end - 1) == "period" else None
    here = quarter_cell(r)
    if "yearago" in m:
        return at(here + -4, "text")
    if "same" in m or m.lexed.word(m.first) == "the" and "last" not in m and "next" not in m:
        return at(here, "text" if r.period else "anchor", edge(m))
    now = cell("quarter", r.today.first)
    return at(now + (("next" in m) - ("last" in m)), "anchor", edge(m))


def then(m: Match, r: Reading) -> Meaning | None:
    """`until then`, `by then`: the date told last."""
    if m.lexed.word(m.end) == "-":
        return None
    return at(r.focus, "text") if r.focus is not None else None


def part_name(text: str) -> str | None:
    """The TIMEX3 designator of a part of day by its name."""
    return PARTS.get(text)
