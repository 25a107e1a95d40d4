"""Dates that name a calendar unit: days, months, years, quarters, seasons, holidays. One function a meaning.

Each takes a match and the reading, and says what is meant, or None where it is no date after all.
"""

import re

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Cell, cell, month_day, read_cell, smallest_holding, week_of
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.values import At, Basis, Meaning, at

EDGES = {
    "START": frozenset("early earlier beginning start outset turn".split()),
    "MID": frozenset("mid middle".split()),
    "END": frozenset("late later end close latter".split()),
}
PARTS = {"night": "NI", "evening": "EV", "morning": "MO", "afternoon": "AF"}
RANGE_WORDS = frozenset({"to", "through", "until", "till", "-", "–", "—", "and"})
SIGNED = re.compile(
    r"(?:\W+[\w'’-]+){0,5}?\W+(?:signed|dated|adopted|agreed|reached|struck|held|made|concluded|ratified|passed|issued|founded|launched|begun)"
    r"(?:\s+(?:by|at|on|with)(?:\s+[\w'’-]+){1,4}?)?\s+in\s+(?:early\s+|late\s+)?((?:19|20)\d\d)\b"
)
"""`the September 19` | ` military agreement signed in 2018`"""


def edge(m: Match, slot: str = "edge") -> str | None:
    """The TIMEX3 modifier of `early`, `mid-`, `the end of`."""
    words = set(m.words(slot))
    return next((mod for mod, members in EDGES.items() if words & members), None)


def iso(m: Match, _: Reading) -> Meaning | None:
    """`2026-01-21`, `2026-01-21T14:30:00Z`."""
    text = m.lexed.text[m.lexed.starts[m.first] : m.lexed.ends[m.first]]
    day = _day(text[:4], text[5:7], text[8:10])
    if day is None:
        return None
    found = re.fullmatch(r"(\d\d:\d\d(?::\d\d)?)(.*)", text[11:])
    return Meaning(At(day, None, found[1], found[2] or None) if found else At(day), "stated")


def numeric(m: Match, r: Reading) -> Meaning | None:
    """`3/4/2026`: by the source's custom; where both readings are days and none is told, both. Dots (`3.4.2026`) part day-first dates alone."""
    parts = re.split(r"[/.-]", m.lexed.word(m.first))
    if len(parts[0]) == 4:
        return at(_day(*parts), "stated") if len(parts[2]) == 2 else None
    if len(parts[0]) > 2 or (len(parts[2]) == 2 and "/" not in m.lexed.word(m.first)):
        return None
    year = parts[2] if len(parts[2]) == 4 else str(_century_for(int(parts[2]), r))
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


def _century_for(short: int, r: Reading) -> int:
    """A year of two digits is the latest that is not more than 20 years ahead."""
    near = r.anchor.year + 20
    return near - (near - short) % 100


def month_number(m: Match, slot: str = "m") -> int:
    """The month that a slot names."""
    return int(m.value(slot, "MONTH"))


def ordinal(m: Match, slot: str) -> int:
    """`21`, `21st`, `third`, `last` (-1)."""
    word = m.text(slot)
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(m.value(slot, "ORD") or -1)


def month_day_meaning(m: Match, r: Reading) -> Meaning | None:
    """`Jan. 21`, `21 January 2026`, `Saturday, June 24, 1950`, `the night of 20 June 1791`."""
    if m.lexed.word(m.first - 1) in {"$", "€", "£"} or m.lexed.has(m.end, "PERCENT"):
        return None
    day, basis = _month_day(m, r)
    if day is None:
        return None
    part = PARTS.get(m.text("part")) or m.value("part", "PART") or None
    return Meaning(At(day, part), basis, edge(m))


def _month_day(m: Match, r: Reading) -> tuple[Cell | None, Basis]:
    month, day = month_number(m), ordinal(m, "d")
    if "y" in m:
        return month_day(int(m.text("y")), month, day), "stated"
    if month_day(2000, month, day) is None:
        return None, "none"
    signed = SIGNED.match(m.lexed.text, m.lexed.ends[m.end - 1])
    if signed and (found := month_day(int(signed[1]), month, day)):
        return found, "text"
    return r.month_day(month, day, m.first, m.end)


def range_tail(m: Match, r: Reading) -> Meaning | None:
    """The `5` of `Jan. 3-5` and the `3, 1939` of `September 1 and 3, 1939`; not of `Jan. 3 and 5 ships`."""
    after = m.lexed.word(m.end)
    if "y" not in m and m.lexed.word(m.first - 1) in {",", "and"} and len(after) > 3 and after.endswith("s"):
        return None
    return month_day_meaning(m, r)


def day_ordinal(m: Match, r: Reading) -> Meaning | None:
    """`the 20th`, in the month told last."""
    number = ordinal(m, "d")
    after = m.lexed.word(m.end)
    base = r.focus if r.focus is not None and r.focus.unit in {"day", "month"} else r.today
    if not 1 <= number <= 31:
        return None
    if after.isalnum() and after not in {"and", "when", "the", "by", "to", "in", "at", "but", "he", "they", "with", "of"}:
        return None
    if after == "of" and "same" not in m or m.lexed.word(m.first - 2) not in {"on", "by", "until", "of", "from", "to", "before", "after"}:
        return None
    return at(month_day(base.first.year, base.first.month, number), "text" if base is r.focus else "anchor", edge(m))


def range_end(m: Match, r: Reading) -> Meaning | None:
    """The last day of `Feb. 3, 4 and 5`."""
    if r.focus is None or r.focus.unit != "day":
        return None
    before = r.focus.first
    return at(month_day(before.year, before.month, ordinal(m, "d")), "text")


def september_eleventh(m: Match, r: Reading) -> Meaning | None:
    """`the Sept. 11 attacks` are those of 2001; any other day before such a word is counted as ever."""
    if (month_number(m), ordinal(m, "d")) != (9, 11):
        return month_day_meaning(m, r)
    return at(month_day(2001, 9, 11), "none")


def named_day(m: Match, _: Reading) -> Meaning | None:
    """`9/11`, `D-Day`."""
    return at(read_cell(m.value("v", "NAMEDDAY")), "none")


def month_year(m: Match, _: Reading) -> Meaning | None:
    """`January 2026`, `early May 1918`."""
    year = int(m.text("y"))
    return at(Cell("month", year * 12 + month_number(m) - 1), "stated", edge(m)) if "bc" not in m else None


def month_bare(m: Match, r: Reading) -> Meaning | None:
    """`January`, `late November`: the nearest that fits the tense."""
    place = m.slots["m"][0]
    if not r.context.is_month(place, alone="edge" not in m):
        return None
    month = month_number(m)
    if m.lexed.word(m.first - 1) in RANGE_WORDS and r.focus is not None and r.focus.unit == "month" and m.first - r.focus_at <= 3:
        return at(r.focus + (month - 1 - r.focus.index) % 12, "text", edge(m))
    if m.lexed.word(m.end) in RANGE_WORDS and m.lexed.has(m.end + 1, "MONTH") and not r.is_narrative and m.lexed.word(m.end) != "and":
        last = int(m.lexed.lexemes[m.end + 1].values["MONTH"])
        found = r.recurring(lambda year: Cell("month", year * 12 + last - 1), _month_tense(m, r))
        return at(found + -((last - month) % 12), r.basis, edge(m)) if found else None
    told = r.year_told_near(m.first) if not r.is_narrative else None
    if told:
        return at(Cell("month", told * 12 + month - 1), "text", edge(m))
    found = r.recurring(lambda year: Cell("month", year * 12 + month - 1), _month_tense(m, r))
    return at(found, r.basis, edge(m))


def _month_tense(m: Match, r: Reading):  # type: ignore[no-untyped-def]
    before = m.lexed.word(m.first - 1)
    return "past" if before == "since" and not r.is_narrative else r.tense(m.first, m.end)


def year(m: Match, r: Reading) -> Meaning | None:
    """`2018`, `the year 2000`, `mid-1996`."""
    place = m.slots["y"][0]
    cued = "edge" in m or "year" in m.words("span") or m.end - m.first > 1 and m.lexed.word(m.first) != "the"
    if not r.context.is_year(place, cued=cued or r.is_narrative):
        return None
    side = {"pre": "BEFORE", "post": "AFTER"}.get(m.text("side"))
    return at(Cell("year", int(m.text("y"))), "stated", side or edge(m))


def year_short(m: Match, r: Reading) -> Meaning | None:
    """`the summer of '69`."""
    if not m.lexed.is_glued(m.end - 1) or m.lexed.is_glued(m.end - 2):
        return None
    return at(Cell("year", _century_for(int(m.text("tail")), r)), "stated")


def month_numeric(m: Match, _: Reading) -> Meaning | None:
    """`06/2024`, `2024-06`; not `2009-10`, two years."""
    month, year = int(m.text("n")), int(m.text("y"))
    last = m.slots["n"][0] > m.first
    if not 1 <= month <= 12 or not (m.lexed.is_glued(m.end - 1) and m.lexed.is_glued(m.end - 2)) or m.lexed.is_glued(m.end) and m.lexed.word(m.end) in {"-", "/"}:
        return None
    if last and (m.lexed.word(m.first + 1) == "/" or month > year % 100 or month == (year + 1) % 100):
        return None
    return at(Cell("month", year * 12 + month - 1), "stated")


def year_era(m: Match, _: Reading) -> Meaning | None:
    """`499 BC`, `AD 79`."""
    number = int(m.text("y"))
    before_era = "bc" in m or m.lexed.lexemes[m.slots["y"][0]].values is None
    return at(Cell("year", 1 - number if before_era else number), "stated", edge(m))


def year_range(m: Match, r: Reading) -> Meaning | None:
    """The `1917` of `1917-18` and of `2019/20`."""
    after = m.lexed.word(m.end + 1)
    first = m.text("y")
    if not (m.lexed.is_glued(m.end) and m.lexed.is_glued(m.end + 1)) and len(after) == 2:
        return None
    if not r.context.is_year(m.first, cued=True) or not m.lexed.has(m.first, "MODERN") and len(after) == 2 and m.lexed.is_glued(m.first):
        return None
    if len(after) == 2 and int(after) <= int(first[2:]) and int(after) != (int(first[2:]) + 1) % 100:
        return None
    return at(Cell("year", int(first)), "stated")


def year_tail(m: Match, r: Reading) -> Meaning | None:
    """The `18` of `1917-18`."""
    start = int(m.lexed.word(m.first - 2))
    if not (m.lexed.is_glued(m.first) and m.lexed.is_glued(m.first - 1)) or not r.context.is_year(m.first - 2, cued=True):
        return None
    number = start // 100 * 100 + int(m.text("tail"))
    number += 100 if start % 100 == 99 and number < start else 0
    return at(Cell("year", number), "stated") if number > start else None


def year_fiscal(m: Match, r: Reading) -> Meaning | None:
    """`fiscal 1988`, `FY2025`, `FY25`."""
    number = int(m.text("y")) if "y" in m else _century_for(int(m.text("tail")), r)
    return at(Cell("year", number), "stated", edge(m))


def year_spelled(m: Match, r: Reading) -> Meaning | None:
    """`nineteen ninety-six`, `two thousand`."""
    words = m.words("span") or [m.lexed.word(index) for index in range(m.first, m.end)]
    if "c" in m:
        century, rest = int(m.value("c", "NUMW")), amount(m.lexed, m.slots["n"][0], m.end) or 0
        if not 10 <= rest <= 99 or m.lexed.has(m.end, "UNITS"):
            return None
        return _spelled(m, century * 100 + int(rest))
    if "year" not in words and "m" not in m:
        return None
    return _spelled(m, int(amount(m.lexed, m.first, m.end) or 0))


def _spelled(m: Match, year: int) -> Meaning | None:
    if "m" in m:
        return at(Cell("month", year * 12 + month_number(m) - 1), "stated")
    return at(Cell("year", year), "stated")


def new_year(m: Match, r: Reading) -> Meaning | None:
    """`the new year`: the one that begins nearest to the story's day."""
    day = r.today.first
    return at(Cell("year", day.year + (day.month > 6)), "anchor")


def decade(m: Match, r: Reading) -> Meaning | None:
    """`the 1990s`, `the '80s`, `the late seventies`."""
    text = m.text("y")
    digits = "".join(ch for ch in text if ch.isdigit()) or m.value("y", "DECADE")
    if len(digits) == 4:
        index = int(digits) // 10
    else:
        index = _century_for(int(digits), r) // 10
        if text[0].isdigit() and m.lexed.word(m.slots["y"][0] - 1) not in {"the", "early", "late", "mid", "-"}:
            return None
    words = {m.lexed.word(place) for place in range(m.first, m.slots["y"][0])}
    half = {"first": "START", "last": "END", "second": "END", "latter": "END"}.get(m.text("h"))
    mod = half or next((mod for mod, members in EDGES.items() if words & members), None)
    if m.lexed.word(m.first - 1) in {"his", "her", "their", "my", "your", "our"}:
        return None
    return at(Cell("decade", index), "stated", mod)


def century(m: Match, r: Reading) -> Meaning | None:
    """`the 19th century`, `the second half of the 20th century`."""
    half = {"first": "START", "last": "END", "second": "END"}.get(m.text("h"))
    number = ordinal(m, "o")
    if number < 1:
        return None
    if "bc" in m:
        return None
    return at(Cell("century", number - 1), "stated", half or edge(m, "e") or edge(m) or _mid(m))


def _mid(m: Match) -> str | None:
    return next((mod for mod, members in EDGES.items() if m.lexed.word(m.first + 1) in members), None)


def quarter(m: Match, r: Reading) -> Meaning | None:
    """`third-quarter`, `the fourth quarter of 1998`, `the first quarter of next year`."""
    number = ordinal(m, "o")
    if number == -1:
        number = 4
    if not 1 <= number <= 4 or ("q" in m and m.text("q") == "period" and m.end - m.first > 3):
        return None
    year = _year_of(m, r)
    if year is not None:
        return at(Cell("quarter", year * 4 + number - 1), "stated" if "y" in m else "anchor", edge(m))
    found = _period(number, m, r)
    return at(found, r.basis, edge(m))


def _period(number: int, m: Match, r: Reading) -> Cell:
    """Periods are reported after they end: the last one is meant, or one that begins soon where words point ahead."""
    here = r.base.to("quarter")
    back = (here.index - number + 1) % 4
    ahead = r.tense(m.first, m.end) == "ahead" and back > 4 - back
    return here + (4 - back if ahead else -back)


def _year_of(m: Match, r: Reading) -> int | None:
    if "y" in m:
        return int(m.text("y"))
    here = r.today.year
    return next((here + step for slot, step in (("this", 0), ("last", -1), ("next", 1)) if slot in m), None)


def quarter_digit(m: Match, r: Reading) -> Meaning | None:
    """`Q3 2025`, `3Q`."""
    number = int(m.text("n"))
    if not 1 <= number <= 4 or not m.lexed.is_glued(m.first + 1):
        return None
    return quarter_in(number, m, r)


def quarter_in(number: int, m: Match, r: Reading) -> Meaning | None:
    """A quarter by its number, of the year in slot y or of the nearest that is over."""
    if "y" in m:
        return at(Cell("quarter", int(m.text("y")) * 4 + number - 1), "stated")
    return at(_period(number, m, r), r.basis)


def half_digit(m: Match, _: Reading) -> Meaning | None:
    """`H1 2025`."""
    number = int(m.text("n"))
    if number not in {1, 2} or not m.lexed.is_glued(m.first + 1):
        return None
    return at(Cell("half", int(m.text("y")) * 2 + number - 1), "stated")


def half(m: Match, r: Reading) -> Meaning | None:
    """`the second half of 2024`, `the first half of this year`."""
    number = 1 if ordinal(m, "o") == 1 else 2
    year = _year_of(m, r)
    here = r.base.year if year is None else year
    return at(Cell("half", here * 2 + number - 1), "stated" if "y" in m else "anchor", edge(m))


def half_bare(m: Match, r: Reading) -> Meaning | None:
    """`the first half`, of a year where the story speaks of periods."""
    if r.period is None or m.lexed.word(m.first) != "the":
        return None
    number = ordinal(m, "o")
    return at(r.recurring(lambda y: Cell("half", y * 2 + number - 1), "past"), r.basis)


def week_number(m: Match, r: Reading) -> Meaning | None:
    """`week 3`, `week 12 of 2024`."""
    number = int(m.text("n"))
    if "y" in m:
        return at(week_of(int(m.text("y")), number), "stated")
    return at(week_of(r.today.year, number), "anchor")


def season(m: Match, r: Reading) -> Meaning | None:
    """`the summer of 2024`, `winter 1917-18`, `last spring`, `this fall`."""
    number = ("SP", "SU", "FA", "WI").index(m.value("s", "SEASON"))
    if "y" in m:
        return at(Cell("season", int(m.text("y")) * 4 + number), "stated", edge(m))
    steps = {"year": 0, "lastyear": -1, "nextyear": 1, "thatyear": 0}
    base = r.focus.year if "thatyear" in m and r.focus else r.today.year
    if found := next((step for slot, step in steps.items() if slot in m), None) if set(steps) & set(m.slots) else None:
        return at(Cell("season", (base + found) * 4 + number), "anchor", edge(m))
    if set(steps) & set(m.slots):
        return at(Cell("season", base * 4 + number), "anchor", edge(m))
    return at(_season_near(m, r, number), "anchor", edge(m))


def _season_near(m: Match, r: Reading, number: int) -> Cell | None:
    here = r.base.to("season") if r.base.days else r.today.to("season")
    back = (here.index - number) % 4
    if "that" in m and r.focus and r.focus.days:
        return Cell("season", r.focus.year * 4 + number)
    if "last" in m:
        return here + -(back or 4)
    if "next" in m:
        return here + ((-back) % 4 or 4)
    year = r.today.year
    same_year = Cell("season", year * 4 + number)
    return here if back == 0 else same_year


def season_bare(m: Match, r: Reading) -> Meaning | None:
    """`in the summer`, `over the winter`: the nearest that fits the tense."""
    place = m.slots["s"][0]
    if not r.context.is_season(place) and "edge" not in m:
        return None
    number = ("SP", "SU", "FA", "WI").index(m.value("s", "SEASON"))
    return at(r.recurring(lambda y: Cell("season", y * 4 + number), r.tense(m.first, m.end)), r.basis, edge(m))


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
    if m.lexed.word(m.first - 1) in RANGE_WORDS - {"and"} and r.focus is not None and r.focus.unit == "day" and m.first - r.focus_at == 2:
        return r.focus + ((number - r.focus.first.isoweekday()) % 7 or 7)
    back = (base.first.isoweekday() - number) % 7
    if r.tense(m.first, m.end) == "ahead" and back:
        return base + (7 - back)
    return base + -back


def quarter_cell(r: Reading) -> Cell:
    """The quarter that a story of periods speaks of."""
    return r.period or cell("quarter", r.today.first)
