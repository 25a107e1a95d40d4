"""Times of day. One function a meaning."""

from pipeline.extractors.dates.cells import Cell
from pipeline.extractors.dates.days import day_cell, weekday_cell
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.values import At, Basis, Meaning

TIME_CUES = frozenset("at by from until till before after around about to and - since between".split())
LOOK_ON = 9
"""Tokens after a time among which its weekday may stand: `3 a.m. local time (1900 GMT) on Tuesday`."""
FARTHEST = 14
"""Hours that a zone may lie from UTC."""
HYPHENS = frozenset("-‐‑–—")
AFTERNOON = frozenset({"AF", "EV", "NI"})


def clock(m: Match, r: Reading) -> Meaning | None:
    """`10:35 a.m.`, `2:30`, `5 p.m. EST Nov. 9`, `noon Thursday`."""
    time = _time(m)
    if time is None or _is_score(m):
        return None
    day, basis = _day(m, r)
    return Meaning(At(day, None, time, _zone(m)), basis)


def _time(m: Match) -> str | None:
    if "cw" in m:
        return m.value("cw", "CLOCKWORD")
    text = m.text("c") or m.text("h") or m.text("dc").replace(".", ":")
    hour, _, rest = text.partition(":")
    if not hour.isdigit() or int(hour) > 24 or (rest and (len(rest) not in {2, 5} or int(rest[:2]) > 59)):
        return None
    return _twenty_four(int(hour), m.text("ap")[:1], rest)


def _twenty_four(hour: int, half: str, rest: str) -> str | None:
    if half and not 1 <= hour <= 12:
        return None
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{rest or '00'}"


def _is_score(m: Match) -> bool:
    """`won 2:1`, `in 2:03:05`: a time has a cue before it, a.m., a zone, a day, or an hour of two digits."""
    if not ("c" in m and {"ap", "cw", "zone", "rel", "w", "m", "m2"}.isdisjoint(m.slots)):
        return False
    return m.text("c").find(":") < 2 and m.before not in TIME_CUES and not m.lexed.has(m.end + 1, "CLOCK")


def _zone(m: Match) -> str | None:
    if "zone" not in m:
        return None
    if "off" in m:  # GMT+8, UTC-3
        hours = int(m.text("off"))
        return f"{'-' if m.text('sign') in HYPHENS else '+'}{hours:02d}:00" if hours <= FARTHEST else None
    return m.value("z", "ZONE") or None


def _day(m: Match, r: Reading) -> tuple[Cell, Basis]:
    """The day joined with it, else one told in the sentence, else the story's."""
    day = day_cell(m, r)
    if day is not None:
        return day, "stated" if "y" in m else "anchor"
    _, high = r.context.sentence(m.first)
    for index in range(m.end, min(m.end + LOOK_ON, high)):
        if m.lexed.has(index, "COMMA") or r.context.is_finite(index):
            break
        if m.lexed.has(index, "WEEKDAY"):
            told = weekday_cell(int(m.lexed.lexemes[index].values["WEEKDAY"]), m, r)
            r.timed[index] = told
            return told, "anchor"
    return r.day_of_time(m.first, m.end)


def clock_in(m: Match, r: Reading) -> Meaning | None:
    """`4 in the morning`, `five o'clock`, `eight at night`."""
    text = m.text("c") or m.text("h") or m.value("hw", "NUMW")
    hour, _, rest = text.partition(":")
    part = m.value("part", "PART")
    if not hour.isdigit() or not 1 <= int(hour) <= (24 if "h" in m else 12):
        return None
    number = int(hour)
    number += 12 if part in AFTERNOON and number < 12 and not (part == "NI" and number < 5) else 0
    day, basis = _day(m, r)
    return Meaning(At(day, None, f"{number % 24:02d}:{rest or '00'}"), basis)


def clock_past(m: Match, r: Reading) -> Meaning | None:
    """`half past nine`, `quarter to five`."""
    hour = int(m.text("h") or m.value("hw", "NUMW"))
    minutes = {"half past": 30, "quarter past": 15, "quarter to": -15}[m.text("side")]
    if not 1 <= hour <= 24:
        return None
    total = (hour * 60 + minutes) % (24 * 60)
    day, basis = _day(m, r)
    return Meaning(At(day, None, f"{total // 60:02d}:{total % 60:02d}"), basis)


def clock_military(m: Match, r: Reading) -> Meaning | None:
    """`0735 GMT`."""
    digits = m.text("mil")
    if (
        len(digits) not in {3, 4}
        or ("z" not in m and len(digits) != 4)
        or int(digits[-2:]) > 59
        or int(digits[:-2]) > 24
    ):
        return None
    day, basis = _day(m, r)
    return Meaning(At(day, None, f"{int(digits[:-2]):02d}:{digits[-2:]}", m.value("z", "ZONE") or None), basis)
