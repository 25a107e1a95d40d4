"""Sets, what comes back: `every Friday`, `twice a year`, `weekly`, `$5 per month`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.lengths import length
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import unit_of
from pipeline.extractors.dates.values import Each, Meaning


def set_each(m: Match, _: Reading) -> Meaning | None:
    """`every Friday`, `each year`, `every three months`, `every other day`."""
    quant = "EACH" if m.lexed.word(m.first) == "each" else "EVERY"
    count = 2.0 if "other" in m else amount(m.lexed, *m.slots["n"]) if "n" in m else None if "some" in m else 1.0
    if "nth" in m:
        count = float("".join(c for c in m.text("nth") if c.isdigit()) or m.value("nth", "ORD") or 0)
    if "u" in m:
        unit = unit_of(m)
        return Meaning(Each(str(length(((count, unit),)))), quant=quant) if unit != "S" else None
    return Meaning(Each(_pattern(m)), quant=quant)


def set_each_weekday(_: Match, __: Reading) -> Meaning | None:
    """`every weekday`."""
    return Meaning(Each("XXXX-WXX-XX"), quant="EVERY")


def _pattern(m: Match) -> str:
    if "w" in m:
        part = m.value("part", "PART")
        return f"XXXX-WXX-{m.value('w', 'WEEKDAY')}" + (f"T{part}" if part else "")
    if "m" in m:
        return f"XXXX-{int(m.value('m', 'MONTH')):02d}"
    if "h" in m:
        key = m.value("h", "HOLIDAY")
        return f"XXXX-{key}" if key[0].isdigit() else "P1Y"
    if "s" in m:
        return f"XXXX-{m.value('s', 'SEASON')}"
    return f"XXXX-XX-XXT{m.value('part', 'PART')}" if "part" in m else "XXXX-WXX-WE"


def set_times(m: Match, _: Reading) -> Meaning | None:
    """`twice a year`, `three times a week`."""
    words = {"once": 1, "twice": 2, "thrice": 3}
    every = amount(m.lexed, *m.slots["n"]) if "n" in m else 1
    word = m.words("times")[0] if "times" in m else ""
    count = words.get(word) or (amount(m.lexed, *m.slots["times"]) if "times" in m else None)
    freq = f"{count:g}X" if count else None
    return Meaning(Each(str(length(((every, unit_of(m)),)))), quant="EVERY" if "n" in m else "EACH", freq=freq)


def set_times_often(m: Match, _: Reading) -> Meaning | None:
    """`twice weekly`, `thrice daily`."""
    count = {"once": 1, "twice": 2, "thrice": 3}[m.text("times")]
    return Meaning(Each(m.value("o", "OFTEN")), quant="EACH", freq=f"{count}X")


def set_monthly(_: Match, __: Reading) -> Meaning | None:
    """`the first Monday of every month`."""
    return Meaning(Each("P1M"), quant="EVERY", freq="1X")


def set_days_in(m: Match, _: Reading) -> Meaning | None:
    """`five days a week`."""
    count = amount(m.lexed, *m.slots["times"])
    unit = m.value("each", "UNITS")
    if count is None or unit in {"Y", "CE", "DE"}:
        return None
    return Meaning(Each(str(length(((1, unit_of(m)),)))), quant="EACH", freq=f"{count:g}{unit}")


def set_rate(m: Match, r: Reading) -> Meaning | None:
    """`10 to 20 weapons a year`, `$5 per month`."""
    unit = unit_of(m)
    if (m.text("per") != "per" and not r.context.counts_something(m.first)) or m.after in {
        "ago",
        "earlier",
        "later",
        "or",
    }:
        return None
    if unit in {"Q", "S"} and m.text("per") != "per":
        return None
    return Meaning(Each(str(length(((1, unit),)))), quant="EACH")


def set_often(m: Match, _: Reading) -> Meaning | None:
    """`daily`, `annually`; not in a newspaper's name (`Daily Star`)."""
    if (m.lexed.is_capital(m.first) and m.lexed.has(m.end, "NAME")) or m.lexed.has(m.first - 1, "HYPHEN"):
        return None
    return Meaning(Each(m.value("o", "OFTEN")))


def set_quarterly(_: Match, __: Reading) -> Meaning | None:
    """`quarterly`, of what is done; before a noun (`quarterly profit`) it is a kind."""
    return Meaning(Each("P3M"))


def set_weekdays(m: Match, _: Reading) -> Meaning | None:
    """`Sundays`; not `three Sundays a month`."""
    if m.lexed.has(m.first - 1, "NUMW") or m.lexed.has(m.first - 1, "INT"):
        return None
    return Meaning(Each(f"XXXX-WXX-{m.value('w', 'WEEKDAYS')}"))


def set_weekends(_: Match, __: Reading) -> Meaning | None:
    """`weekends`."""
    return Meaning(Each("XXXX-WXX-WE"))
