"""Years and what is made of years: `2018`, `1917-18`, `the 1990s`, `the 19th century`, `499 BC`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.cells import Cell
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import edge, month_number, ordinal
from pipeline.extractors.dates.values import Meaning, at

HALVES = {"first": "START", "early": "START", "last": "END", "second": "END", "latter": "END", "late": "END"}
EARLIEST = 1500
"""The first year that a span such as `1914-18` is taken to begin with."""
QUOTES = frozenset("\" “ ” ' ‘ ’ `` ''".split())
OWNERS = frozenset("his her their my your our".split())
BEFORE_SHORT_DECADE = frozenset({"the", "early", "late", "mid", "-"})


def year(m: Match, r: Reading) -> Meaning | None:
    """`2018`, `the year 2000`, `mid-1996`."""
    place = m.slots["y"][0]
    cued = "edge" in m or "year" in m.all_words or "side" in m or r.is_narrative
    if not r.context.is_year(place, cued=cued) or (m.before in QUOTES and m.after in QUOTES):
        return None  # "1984" is a book
    side = {"pre": "BEFORE", "post": "AFTER"}.get(m.text("side"))
    return at(Cell("year", int(m.text("y"))), "stated", side or edge(m))


def year_era(m: Match, _: Reading) -> Meaning | None:
    """`499 BC`, `AD 79`."""
    number = int(m.text("y"))
    return at(Cell("year", 1 - number if "bc" in m else number), "stated", edge(m))


def year_short(m: Match, r: Reading) -> Meaning | None:
    """`the summer of '69`."""
    if not m.lexed.is_glued(m.end - 1) or m.lexed.is_glued(m.end - 2):
        return None
    return at(Cell("year", r.full_year(int(m.text("tail")))), "stated")


def year_range(m: Match, r: Reading) -> Meaning | None:
    """The `1917` of `1917-18` and of `2019/20`."""
    start, tail = int(m.text("y")), m.lexed.word(m.end + 1)
    if not r.context.is_year(m.first, cued=True):
        return None
    return at(Cell("year", start), "stated") if len(tail) == 4 or _is_tail(m, m.end + 1, start) else None


def _is_tail(m: Match, index: int, start: int) -> bool:
    """Whether two digits after a year and a hyphen or stroke, all in one piece, are a later year."""
    lexed = m.lexed
    if not (lexed.is_glued(index) and lexed.is_glued(index - 1)) or start < EARLIEST:
        return False
    tail = int(lexed.word(index))
    return tail > start % 100 or (start % 100 == 99 and tail == 0)


def year_tail(m: Match, r: Reading) -> Meaning | None:
    """The `18` of `1917-18`."""
    start = int(m.lexed.word(m.first - 2))
    if not _is_tail(m, m.first, start) or not r.context.is_year(m.first - 2, cued=True):
        return None
    number = start // 100 * 100 + int(m.text("tail"))
    return at(Cell("year", number if number > start else number + 100), "stated")


def year_fiscal(m: Match, r: Reading) -> Meaning | None:
    """`fiscal 1988`, `FY2025`, `FY25`."""
    number = int(m.text("y")) if "y" in m else r.full_year(int(m.text("tail")))
    return at(Cell("year", number), "stated", edge(m))


def year_spelled(m: Match, _: Reading) -> Meaning | None:
    """`nineteen ninety-six`, `two thousand`."""
    if "c" in m:
        century, rest = int(m.value("c", "NUMW")), amount(m.lexed, m.slots["n"][0], m.end) or 0
        if not 10 <= rest <= 99 or m.lexed.has(m.end, "UNITS"):
            return None
        return _spelled(m, century * 100 + int(rest))
    if "year" not in m.all_words and "m" not in m:
        return None
    return _spelled(m, int(amount(m.lexed, m.first, m.end) or 0))


def _spelled(m: Match, year: int) -> Meaning | None:
    if "m" in m:
        return at(Cell("month", year * 12 + month_number(m) - 1), "stated")
    return at(Cell("year", year), "stated")


def new_year(_: Match, r: Reading) -> Meaning | None:
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
        here = r.anchor.year // 10
        index = here - (here - int(digits) // 10) % 10
        place = m.slots["y"][0]
        if text[0].isdigit() and (
            m.lexed.word(place - 1) not in BEFORE_SHORT_DECADE or r.context.counts_degrees(place)
        ):
            return None
    if m.before in OWNERS:
        return None
    return at(Cell("decade", index), "stated", HALVES.get(m.text("h")) or edge(m, "e") or edge(m))


def century(m: Match, _: Reading) -> Meaning | None:
    """`the 19th century`, `the second half of the 20th century`."""
    number = ordinal(m, "o")
    if number < 1:
        return None
    return at(
        Cell("century", -number if "bc" in m else number - 1),
        "stated",
        HALVES.get(m.text("h")) or edge(m, "e") or edge(m),
    )
