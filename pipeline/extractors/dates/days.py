"""Days of the calendar, named: `Jan. 21`, `3/4/2026`, `the 20th`, `9/11`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

import re

from pipeline.extractors.dates.cells import Cell, cell, month_day, read_cell, smallest_holding
from pipeline.extractors.dates.context import Tense
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import RANGE_WORDS, Reading
from pipeline.extractors.dates.slots import edge, month_number, ordinal
from pipeline.extractors.dates.values import At, Basis, Meaning, at
from pipeline.extractors.dates.words import entries

ATTACKS = dict(entries("known-attacks.txt"))
FRESH = 14
"""Days for which an attack is the news."""
PARTS = {"night": "NI", "evening": "EV", "morning": "MO", "afternoon": "AF"}
YEARS = {"thisyear": 0, "lastyear": -1, "nextyear": 1}
"""Slots of `May 3 last year` and its like, and the year from the story's."""
FROM_TEXT = frozenset("previous preceding following subsequent".split())
"""These count from the date told last, not from the story's day."""
AFTER_ORDINAL = frozenset("and when the by to in at but he they with of".split())


def iso(m: Match, _: Reading) -> Meaning | None:
    """`2026-01-21`, `2026-01-21T14:30:00Z`."""
    text = m.lexed.text[m.lexed.starts[m.first] : m.lexed.ends[m.first]]
    day = _day(text[:4], text[5:7], text[8:10])
    if day is None:
        return None
    found = re.fullmatch(r"(\d\d:\d\d(?::\d\d)?)(.*)", text[11:])
    return Meaning(At(day, None, found[1], found[2] or None) if found else At(day), "stated")


def numeric(m: Match, r: Reading) -> Meaning | None:
    """`3/4/2026`: by the source's custom; both readings where both are days and no custom is told.

    Dots part day-first dates alone (`3.4.2026`).
    """
    parts = re.split(r"[/.-]", m.lexed.word(m.first))
    if len(parts[0]) == 4:
        return at(_day(*parts), "stated") if len(parts[2]) == 2 else None
    if len(parts[0]) > 2 or (len(parts[2]) == 2 and "/" not in m.lexed.word(m.first)):
        return None
    year = parts[2] if len(parts[2]) == 4 else str(r.full_year(int(parts[2])))
    month_first, day_first = _day(year, parts[0], parts[1]), _day(year, parts[1], parts[0])
    if not month_first or not day_first or month_first == day_first:
        return at(month_first or day_first, "stated")
    told = True if "." in m.lexed.word(m.first) else r.day_first
    first, second = (day_first, month_first) if told else (month_first, day_first)
    if told is not None:
        return at(first, "stated")
    return Meaning(At(first), "stated", other=At(second), sure=smallest_holding(first, second))


def _day(year: str, month: str, day: str) -> Cell | None:
    return month_day(int(year), int(month), int(day))


def month_day_told(m: Match, r: Reading) -> Meaning | None:
    """`Jan. 21`, `21 January 2026`, `Saturday, June 24, 1950`, `the night of 20 June 1791`."""
    if m.before in {"$", "€", "£"} or m.lexed.has(m.end, "PERCENT") or _is_counted(m):
        return None
    day, basis = _month_day(m, r)
    if day is None:
        return None
    part = PARTS.get(m.text("part")) or m.value("part", "PART") or None
    return Meaning(At(day, part), basis, edge(m))


def _is_counted(m: Match) -> bool:
    """`In May 12 people died`: a month and a count."""
    return m.before == "in" and "y" not in m and (m.lexed.has(m.end, "COUNTED") or m.lexed.has(m.end, "UNITS"))


def _month_day(m: Match, r: Reading) -> tuple[Cell | None, Basis]:
    month, day = month_number(m), ordinal(m, "d")
    if "y" in m:
        return month_day(int(m.text("y")), month, day), "stated"
    if month_day(2000, month, day) is None:
        return None, "none"
    told = next((step for slot, step in YEARS.items() if slot in m), None)
    if told is not None:
        return month_day(r.today.year + told, month, day), "anchor"
    if ("that" in m or "later" in m) and r.scene is not None:
        return month_day(r.scene.year + ("later" in m), month, day), "text"
    joined = r.year_joined(m.first, m.end)
    if joined and (found := month_day(joined, month, day)):
        return found, "text"
    return r.month_day(month, day, m.first, m.end)


def day_deictic(m: Match, r: Reading) -> Meaning | None:
    """`last Oct. 7`, `this May 3`, `the following Dec. 31`."""
    basis: Basis
    from_text = (m.text("last") or m.text("next")) in FROM_TEXT and r.scene is not None
    base, basis = (r.scene, "text") if from_text and r.scene else (r.today, "anchor")
    days = [month_day(base.year + step, month_number(m), ordinal(m, "d")) for step in (-1, 0, 1)]
    if "this" in m or base.days is None:
        return at(days[1], basis)
    first, end = (cell("day", day) for day in base.days)
    near = [day for day in days if day is not None and (day < first if "last" in m else day >= end)]
    return at((max if "last" in m else min)(near), basis) if near else None


def month_ordinal(m: Match, r: Reading) -> Meaning | None:
    """`July Fourth`."""
    return month_day_told(m, r) if m.lexed.is_capital(m.slots["d"][0]) else None


def day_edge(m: Match, r: Reading) -> Meaning | None:
    """`the last day of January`."""
    number = month_number(m)
    if "y" in m:
        month: Cell | None = Cell("month", int(m.text("y")) * 12 + number - 1)
    else:
        month = r.recurring(lambda year: Cell("month", year * 12 + number - 1), r.tense(m.first, m.end))
    if month is None or month.days is None:
        return None
    day = month.to("day") if m.text("o") == "first" else (month + 1).to("day") - 1
    return at(day, "stated" if "y" in m else r.basis)


def range_tail(m: Match, r: Reading) -> Meaning | None:
    """The `5` of `Jan. 3-5` and the `3, 1939` of `September 1 and 3, 1939`; not of `Jan. 3 and 5 ships`."""
    after = m.after
    if "y" not in m and m.before in {",", "and"} and len(after) > 3 and after.endswith("s"):
        return None
    return month_day_told(m, r)


def range_end(m: Match, r: Reading) -> Meaning | None:
    """The last day of `Feb. 3, 4 and 5`."""
    if r.focus is None or r.focus.unit != "day":
        return None
    before = r.focus.first
    return at(month_day(before.year, before.month, ordinal(m, "d")), "text")


def day_ordinal(m: Match, r: Reading) -> Meaning | None:
    """`the 20th`, in the month told last."""
    number = ordinal(m, "d")
    if not 1 <= number <= 31:
        return None
    if (m.after.isalnum() and m.after not in AFTER_ORDINAL) or (m.after == "of" and "same" not in m):
        return None
    if r.focus is not None and r.focus.unit in {"day", "month"}:
        first = r.focus.first
        return at(month_day(first.year, first.month, number), "text", edge(m))
    return at(_day_near(number, r.tense(m.first, m.end), r), "anchor", edge(m))


def _day_near(number: int, tense: Tense, r: Reading) -> Cell | None:
    """A day of the story's month; of the next or last one where the tense says that it cannot be this."""
    month = r.today.to("month")
    found = month_day(month.first.year, month.first.month, number)
    if found is None or (tense == "ahead" and found < r.today) or (tense == "past" and found > r.today):
        month += 1 if tense == "ahead" else -1
    return month_day(month.first.year, month.first.month, number)


def known_attack(m: Match, r: Reading) -> Meaning | None:
    """`the Sept. 11 attacks` are those of 2001; any other day before such a word is counted as ever."""
    month, day = month_number(m), ordinal(m, "d")
    year = ATTACKS.get(f"{month:02d}-{day:02d}")
    found = month_day(int(year), month, day) if year and (month, day) not in r.years else None
    if found is None or found > r.anchor or _is_fresh(month, day, r):
        return month_day_told(m, r)
    return at(found, "none")


def _is_fresh(month: int, day: int, r: Reading) -> bool:
    """Whether such a day has passed so lately that an attack on it needs no name."""
    days = (month_day(year, month, day) for year in (r.anchor.year - 1, r.anchor.year))
    return any(found is not None and 0 <= r.anchor.index - found.index <= FRESH for found in days)


def named_day(m: Match, _: Reading) -> Meaning | None:
    """`9/11`, `D-Day`."""
    return at(read_cell(m.value("v", "NAMEDDAY")), "none")


def day_cell(m: Match, r: Reading) -> Cell | None:
    """The day of the slots rel, w, m, d, y that a time of day is joined with."""
    if "rel" in m:
        return r.today + {"yesterday": -1, "tomorrow": 1}.get(m.text("rel"), 0)
    for month, number, year in (("m", "d", "y"), ("m2", "d2", "y2")):
        if month in m:
            known = int(m.text(year)) if year in m else None
            if known:
                return month_day(known, month_number(m, month), ordinal(m, number))
            return r.month_day(month_number(m, month), ordinal(m, number), m.first, m.end)[0]
    return weekday_cell(int(m.value("w", "WEEKDAY")), m, r) if "w" in m else None


def weekday_cell(number: int, m: Match, r: Reading) -> Cell:
    """A weekday in the story's time: the last one, today included, or the next where the verb points ahead."""
    base = r.base if r.is_narrative and r.base.unit == "day" else r.today
    if (
        m.before in RANGE_WORDS - {"and"}
        and r.focus is not None
        and r.focus.unit == "day"
        and m.first - r.focus_at == 2
    ):
        return r.focus + ((number - r.focus.first.isoweekday()) % 7 or 7)
    back = (base.first.isoweekday() - number) % 7
    # History has no tense that tells, but a weekday that is counted from the story's own day is news.
    tense = r.context.tense(m.first, m.end) if base == r.today else r.tense(m.first, m.end)
    told = r.weekdays.get(number)
    if m.lexed.has(m.end, "POSS") and told is not None and r.today < told:
        return told  # They vote on Tuesday. The polls favor him in Tuesday's vote.
    if tense == "unknown" and (told := r.ahead_near(m.first)) is not None:
        return told + (number - told.first.isoweekday()) % 7
    ahead = 7 - back
    is_ahead = tense == "ahead" or (tense == "near" and ahead < back)
    return base + ahead if back and is_ahead else base - back
