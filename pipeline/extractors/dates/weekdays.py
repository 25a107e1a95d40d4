"""Weekdays and today, with their parts: `last Friday`, `tomorrow morning`, `that night`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Cell
from pipeline.extractors.dates.days import day_cell, weekday_cell
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import edge, month_number, ordinal, unit_of
from pipeline.extractors.dates.values import At, Each, Meaning, at

ANY = frozenset("a one some any".split())
"""Before a weekday that is a noun of its own these leave it open: `on a Friday in March`."""
LATE = 4
"""Thursday: from here on `through the weekend` is the coming one."""
NEXT_DOOR = 2
"""Days ahead that are too near for `next`: on a Wednesday `next Thursday` is in the week after."""
FROM_TEXT = frozenset("previous preceding".split())
"""Before a weekday these count from the day told last."""


def weekday(m: Match, r: Reading) -> Meaning | None:
    """`Wednesday`, `last Friday`, `next Monday`, `Friday of last week`, `Saturday night`."""
    number = int(m.value("w", "WEEKDAY"))
    if not r.context.is_weekday(m.slots["w"][0]):
        return None
    part = m.value("part", "PART") or None
    if m.before in ANY and m.first == m.slots["w"][0] and r.context.has_article(m.slots["w"][0]):
        return Meaning(Each(f"XXXX-WXX-{number}" + (f"T{part}" if part else "")), type="TIME" if part else "DATE")
    day = _weekday(number, m, r)
    if "part" in m and m.text("part").endswith("s"):
        return Meaning(Each(f"XXXX-WXX-{number}T{part}"))
    return Meaning(At(day, part), r.basis, edge(m) or edge(m, "early") or edge(m, "late"))


def _weekday(number: int, m: Match, r: Reading) -> Cell:
    here = r.today
    back = (here.first.isoweekday() - number) % 7
    if "week" in m.all_words:
        week = here.to("week") + ("next" in m) - ("last" in m)
        return week.to("day") + (number - 1)
    if (timed := r.timed.get(m.slots["w"][0])) is not None:
        return timed
    if m.text("last") in FROM_TEXT and r.day is not None and r.day < here:
        here, back = r.day, (r.day.first.isoweekday() - number) % 7
    if "last" in m:
        return here - (back or 7)
    if "next" in m:
        found = here + (7 - back)
        is_near = 7 - back <= NEXT_DOOR and found.to("week") == here.to("week") and m.text("next") == "next"
        return found + 7 if is_near else found
    if "this" in m:
        return here.to("week").to("day") + (number - 1)
    return weekday_cell(number, m, r)


def weekday_nth(m: Match, r: Reading) -> Meaning | None:
    """`the last Friday in August`, `the first Monday of November 2024`."""
    number, place = int(m.value("w", "WEEKDAY")), ordinal(m, "o")
    inside = _month_of_nth(m, r)
    if inside is None or inside.days is None or place > 5:
        return None
    first = inside.to("day") + (number - inside.first.isoweekday()) % 7
    days = [first + 7 * week for week in range(5) if (first + 7 * week).to("month") == inside]
    return at(days[place if place < 0 else min(place, len(days)) - 1], "stated" if "y" in m else r.basis)


def _month_of_nth(m: Match, r: Reading) -> Cell | None:
    """The month of `the first Monday of May`, or `of next month`."""
    if "m" not in m:
        return r.base.to("month") + (("next" in m) - ("last" in m)) if r.base.days else None
    month = month_number(m)
    if "y" in m:
        return Cell("month", int(m.text("y")) * 12 + month - 1)
    return r.recurring(lambda year: Cell("month", year * 12 + month - 1), r.tense(m.first, m.end))


def weekday_week(m: Match, r: Reading) -> Meaning | None:
    """`Tuesday week`: the Tuesday after the next one."""
    back = (r.today.first.isoweekday() - int(m.value("w", "WEEKDAY"))) % 7
    return at(r.today + (7 - back) + 7, "anchor")


def weekday_week_ago(m: Match, r: Reading) -> Meaning | None:
    """`a week ago Tuesday`: the Tuesday before the last one."""
    back = (r.today.first.isoweekday() - int(m.value("w", "WEEKDAY"))) % 7
    return at(r.today - ((back or 7) + 7), "anchor")


def weekdays_ago(m: Match, r: Reading) -> Meaning | None:
    """`two Fridays ago`: the Friday before the last one."""
    count = amount(m.lexed, *m.slots["n"])
    back = (r.today.first.isoweekday() - int(m.value("w", "WEEKDAYS"))) % 7 or 7
    return at(r.today - (back + 7 * (int(count) - 1)), "anchor") if count else None


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
    if m.lexed.has(m.first - 1, "NAME") and m.lexed.is_capital(m.first):
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


def part_before(m: Match, r: Reading) -> Meaning | None:
    """`the night before`, `the previous evening`: of the day before the one told last."""
    base = r.scene if r.scene and r.scene.unit == "day" else r.today
    return Meaning(At(base - 1, m.value("part", "PART")), "text" if base is r.scene else "anchor")


def dawn_day(m: Match, r: Reading) -> Meaning | None:
    """`dawn on Tuesday`."""
    day = day_cell(m, r)
    return Meaning(At(day, m.value("part", "DAWN")), "stated" if "y" in m else "anchor") if day else None


def dawn(m: Match, r: Reading) -> Meaning | None:
    """`at dawn`, `by nightfall`: of the day told in the sentence, else the story's."""
    day, basis = r.day_of_time(m.first, m.end)
    return Meaning(At(day, m.value("part", "DAWN")), basis)


def the_part(m: Match, r: Reading) -> Meaning | None:
    """`in the morning`: of the day told in the sentence, else the story's."""
    part = m.value("part", "PART")
    if r.context.is_attribute(m.end - 1):
        return None  # in the morning papers
    if m.text("part").endswith("s"):
        return Meaning(Each(f"XXXX-XX-XXT{part}"))
    day, basis = r.day_of_time(m.first, m.end)
    return Meaning(At(day, part), basis, edge(m))


def overnight(m: Match, r: Reading) -> Meaning | None:
    """`overnight`: the night before the story's day."""
    if m.after == "-" or m.lexed.has(m.first - 1, "WEEKDAY"):
        return None
    return Meaning(At(r.today - 1, "NI"), "anchor")


def overnight_day(m: Match, r: Reading) -> Meaning | None:
    """`overnight Friday`: the night that begins on that day."""
    return Meaning(At(weekday_cell(int(m.value("w", "WEEKDAY")), m, r), "NI"), r.basis)


def today_beyond(m: Match, r: Reading) -> Meaning | None:
    """`the day before yesterday`, `the day after tomorrow`."""
    words = m.all_words
    step = {"yesterday": -1, "tomorrow": 1}.get(words[-1], 0) + (1 if "after" in words else -1)
    return at(r.today + step, "anchor")


def weekend(m: Match, r: Reading) -> Meaning | None:
    """`the weekend`, `last weekend`, `next weekend`."""
    here = r.today.to("week")
    if "last" in m:
        found = here - 1
    elif "next" in m:
        found = here + 1
    else:
        is_ahead = m.before in {"until", "till", "by"} or (m.before == "through" and r.today.first.isoweekday() >= LATE)
        ahead = is_ahead or r.tense(m.first, m.end) == "ahead" or r.today.first.isoweekday() >= 6
        found = here if ahead or "this" in m else here - 1
    if m.lexed.word(m.first) in {"a", "weekend"}:
        return None
    return at(Cell("weekend", found.index), "anchor", edge(m))
