"""Parts of a year, named: months, quarters, halves, seasons, weeks.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import SEASONS, Cell, cell, week_of
from pipeline.extractors.dates.context import Tense
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import RANGE_WORDS, Reading
from pipeline.extractors.dates.slots import edge, month_number, ordinal
from pipeline.extractors.dates.values import Meaning, at
from pipeline.extractors.dates.words import members

DELIVERED = members("delivered.txt")
"""`oil for March delivery`: a month that has yet to come."""
FROM_TEXT = frozenset("previous preceding following subsequent".split())
LAST_DAY = 31
LAST_WEEKS = frozenset({-1, 4, 5})
OF_YEAR = {"year": 0, "lastyear": -1, "nextyear": 1, "thatyear": 0}
"""Slots of `the spring of this year` and its like, and the year from the story's."""


def month_year(m: Match, _: Reading) -> Meaning | None:
    """`January 2026`, `early May 1918`."""
    year = int(m.text("y"))
    return at(Cell("month", year * 12 + month_number(m) - 1), "stated", edge(m)) if "bc" not in m else None


def month_numeric(m: Match, _: Reading) -> Meaning | None:
    """`06/2024`, `2024-06`; not `2009-10`, two years."""
    month, year = int(m.text("n")), int(m.text("y"))
    last = m.slots["n"][0] > m.first
    if (
        not 1 <= month <= 12
        or not (m.lexed.is_glued(m.end - 1) and m.lexed.is_glued(m.end - 2))
        or (m.lexed.is_glued(m.end) and m.after in {"-", "/"})
    ):
        return None
    if last and (m.lexed.word(m.first + 1) == "/" or month > year % 100 or month == (year + 1) % 100):
        return None
    return at(Cell("month", year * 12 + month - 1), "stated")


def month_bare(m: Match, r: Reading) -> Meaning | None:
    """`January`, `late November`: the nearest that fits the tense."""
    place = m.slots["m"][0]
    if not r.context.is_month(place, alone="edge" not in m):
        return None
    month = month_number(m)
    if m.before in RANGE_WORDS and r.focus is not None and r.focus.unit == "month" and m.first - r.focus_at <= 3:
        return at(r.focus + (month - 1 - r.focus.index) % 12, "text", edge(m))
    if m.after in RANGE_WORDS and m.lexed.has(m.end + 1, "MONTH") and not r.is_narrative and m.after != "and":
        last = int(m.lexed.lexemes[m.end + 1].values["MONTH"])
        found = r.recurring(lambda year: Cell("month", year * 12 + last - 1), _month_tense(m, r))
        return at(found - ((last - month) % 12), r.basis, edge(m)) if found else None
    told = None if r.is_narrative or m.before == "since" else r.year_told_near(m.first)
    tense = _month_tense(m, r)
    told = told or (r.year_carried(month, LAST_DAY, m.first, m.end) if tense != "ahead" else None)
    if told:
        return at(Cell("month", told * 12 + month - 1), "text", edge(m))
    sure = r.is_certain(m.first, m.end)
    found = r.recurring(lambda year: Cell("month", year * 12 + month - 1), tense, sure=sure)
    return at(found, r.basis, edge(m))


def _month_tense(m: Match, r: Reading) -> Tense:
    before = m.before
    if m.after in DELIVERED:
        return "ahead"
    return "past" if before == "since" and not r.is_narrative else r.tense(m.first, m.end)


def month_of(m: Match, r: Reading) -> Meaning | None:
    """`January this year`, `June last year`, `October of that year`."""
    year = r.today.year + ("next" in m) - ("last" in m)
    if {"that", "before", "after"} & set(m.slots):
        if r.scene is None:
            return None
        year = r.scene.year + ("after" in m) - ("before" in m)
    return at(Cell("month", year * 12 + month_number(m) - 1), "text" if "that" in m else "anchor", edge(m))


def month_deictic(m: Match, r: Reading) -> Meaning | None:
    """`last June`, `next May`, `this September`."""
    base, basis = (r.base, r.basis) if r.is_narrative else (r.today, r.basis)
    if r.scene is not None and _is_from_text(m, r):
        base, basis = r.scene, "text"
    if "that" in m:
        told = r.scene if r.scene is not None and r.scene.days else None
        return at(Cell("month", told.year * 12 + month_number(m) - 1), "text", edge(m)) if told else None
    here = base.to("month")
    back = (here.index - month_number(m) + 1) % 12
    if "last" in m:
        return at(here - (back or 12), basis, edge(m))
    if "next" in m:
        return at(here + (-back % 12 or 12), basis, edge(m))
    return at(Cell("month", here.year * 12 + month_number(m) - 1), basis, edge(m))


def week_number(m: Match, r: Reading) -> Meaning | None:
    """`week 3`, `week 12 of 2024`."""
    number = int(m.text("n"))
    if "y" in m:
        return at(week_of(int(m.text("y")), number), "stated")
    return at(week_of(r.today.year, number), "anchor")


def week_of_month(m: Match, r: Reading) -> Meaning | None:
    """`the last week of August`: the month, which alone is sure, with the part of it that is meant."""
    number, month = ordinal(m, "o"), month_number(m)
    told = int(m.text("y")) if "y" in m else r.year_told_near(m.first)
    inside = r.recurring(lambda year: Cell("month", year * 12 + month - 1), r.tense(m.first, m.end))
    if told:
        inside = Cell("month", told * 12 + month - 1)
    mod = "END" if number in LAST_WEEKS else {1: "START", 2: "MID", 3: "MID"}.get(number)
    return at(inside, "stated" if "y" in m else r.basis, mod) if mod else None


def week_iso(m: Match, _: Reading) -> Meaning | None:
    """`2026-W03`, in one piece."""
    glued = all(m.lexed.is_glued(index) for index in range(m.first + 1, m.end))
    return at(week_of(int(m.text("y")), int(m.text("n"))), "stated") if glued else None


def season(m: Match, r: Reading) -> Meaning | None:
    """`the summer of 2024`, `winter 1917-18`, `last spring`, `this fall`."""
    number = SEASONS.index(m.value("s", "SEASON"))
    place = m.slots["s"][0]
    if "y" in m and m.lexed.is_capital(place) and m.lexed.is_capital(m.end) and place == m.end - 1:
        return None  # the 2014 Winter Olympics
    if "y" in m:
        return at(Cell("season", int(m.text("y")) * 4 + number), "stated", edge(m))
    told = next((step for slot, step in OF_YEAR.items() if slot in m), None)
    if told is not None:
        base = r.scene.year if "thatyear" in m and r.scene else r.today.year
        return at(Cell("season", (base + told) * 4 + number), "anchor", edge(m))
    from_text = "that" in m or _is_from_text(m, r)
    return at(_season_near(m, r, number), "text" if from_text and r.scene else "anchor", edge(m))


def _is_from_text(m: Match, r: Reading) -> bool:
    """`the following winter`, and `the next winter` where a past one was told."""
    if (m.text("last") or m.text("next")) in FROM_TEXT:
        return True
    is_past = r.scene is not None and r.scene.days is not None and r.scene.first < r.today.first
    return is_past and "next" in m and m.lexed.word(m.first) == "the"


def _season_near(m: Match, r: Reading, number: int) -> Cell | None:
    if _is_from_text(m, r) and r.scene and r.scene.days:
        return _season_beside(r.scene, number, -1 if "last" in m else 1)
    here = r.base.to("season") if r.base.days else r.today.to("season")
    back = (here.index - number) % 4
    if "that" in m and r.scene and r.scene.days:
        return Cell("season", r.scene.year * 4 + number)
    if "last" in m:
        return here - (back or 4)
    if "next" in m:
        return here + ((-back) % 4 or 4)
    return here if back == 0 else Cell("season", r.today.year * 4 + number)


def _season_beside(base: Cell, number: int, step: int) -> Cell:
    """`the following spring`: the next one that begins after a date has ended, or the last that ended before it."""
    edge_of = base.to("season") if step < 0 else cell("season", (base.days or (base.first, base.first))[1])
    if step < 0:
        return edge_of - ((edge_of.index - number) % 4 or 4)
    return edge_of + (number - edge_of.index) % 4


def season_before_last(m: Match, r: Reading) -> Meaning | None:
    """`the summer before last`."""
    number, here = SEASONS.index(m.value("s", "SEASON")), r.today.to("season")
    return at(here - ((here.index - number) % 4 or 4) - 4, "anchor")


def seasons_ago(m: Match, r: Reading) -> Meaning | None:
    """`two summers ago`: the one before the last that is over."""
    number = SEASONS.index({"spring": "SP", "summer": "SU", "winter": "WI"}.get(m.text("s")[:-1], "FA"))
    count, here = amount(m.lexed, *m.slots["n"]), r.today.to("season")
    return at(here - ((here.index - number) % 4 or 4) - 4 * int(count - 1), "anchor") if count else None


def season_bare(m: Match, r: Reading) -> Meaning | None:
    """`in the summer`, `over the winter`: the nearest that fits the tense."""
    place = m.slots["s"][0]
    if not r.context.is_season(place) and "edge" not in m:
        return None
    number = SEASONS.index(m.value("s", "SEASON"))
    return at(r.recurring(lambda y: Cell("season", y * 4 + number), r.tense(m.first, m.end)), r.basis, edge(m))
