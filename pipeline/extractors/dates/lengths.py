"""Durations: `three months`, `the past decade`, `ten-hour`, `half an hour`, `weeks`.

One function a meaning: it takes a match and the reading, and says what is meant, or None where it is no time after all.
"""

from pipeline.extractors.dates.amounts import amount
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.slots import unit_of
from pipeline.extractors.dates.stretch import covered
from pipeline.extractors.dates.values import Days, Each, Length, Meaning
from pipeline.extractors.dates.words import members
from pipeline.extractors.dates.wordsense import MODALS, PREPOSITIONS

BOUNDS = {
    "less": "LESS_THAN",
    "more": "MORE_THAN",
    "least": "EQUAL_OR_MORE",
    "most": "EQUAL_OR_LESS",
    "about": "APPROX",
}
ABOUT = frozenset("about around approximately roughly some".split())
SMALLER = {"Y": (12, "M"), "H": (60, "MIN"), "MIN": (60, "S"), "D": (24, "H"), "DE": (10, "Y"), "CE": (100, "Y")}
"""What one of a unit is in the next smaller, for halves."""
HALVED = frozenset({"Y", "H", "MIN"})
PLURALS_ALONE = frozenset("years months weeks decades days hours centuries minutes seconds".split())
NO_AGE = frozenset("old ago older younger".split())
STEPS = tuple[tuple[float | None, str], ...]
BEFORE_DAY = frozenset("for in within than after about".split())
BEFORE_PLURAL = members("before-plural.txt")
AFTER_PLURAL = frozenset("before after later earlier from since until ahead apart".split())


def length(steps: STEPS, covers: Days | None = None) -> Length:
    """A length with half years as months, half hours as minutes, fortnights as weeks."""
    out: list[tuple[float | None, str]] = []
    for count, unit in steps:
        if unit == "W2":
            out.append((None if count is None else count * 2, "W"))
        elif count is not None and count % 1 == 0.5 and unit in HALVED:
            factor, smaller = SMALLER[unit]
            out += [(count // 1, unit)] if count > 1 else []
            out.append((factor / 2, smaller))
        elif unit in {"DE", "CE"} and count is not None:
            out.append((count * (10 if unit == "DE" else 100), "Y"))
        else:
            out.append((count, unit))
    return Length(tuple(out), covers)


def bound(m: Match) -> str | None:
    """The modifier of `nearly`, `more than`, `at least`; of a word before the expression too."""
    told = next((mod for slot, mod in BOUNDS.items() if slot in m), None)
    return told or ("APPROX" if m.before in ABOUT else None)


def length_told(m: Match, r: Reading) -> Meaning | None:
    """`three months`, `the past two years`, `a few days`, `weeks`."""
    if "one" in m:
        return Meaning(length(((1, unit_of(m)),)), mod="APPROX")
    count = amount(m.lexed, *m.slots["n"]) if "n" in m else None
    unit = unit_of(m)
    if _is_no_length(m, count, unit) or _is_verb_last(m):
        return None
    steps: STEPS = ((count, unit),)
    if "n2" in m:
        steps += ((amount(m.lexed, *m.slots["n2"]), unit_of(m, "u2")),)
    mod = bound(m) or {"so": "APPROX", "more": "EQUAL_OR_MORE", "less": "EQUAL_OR_LESS"}.get(m.text("tail")[3:])
    direction = ("next" in m) - ("past" in m)
    covers = covered(r.today.first, count, unit, direction) if count is not None and direction else None
    return Meaning(length(steps, covers), "anchor" if covers else "none", mod)


def _is_no_length(m: Match, count: float | None, unit: str) -> bool:
    """Ages, `as many days`, clock seconds, and singular units after numbers that are no adjectives."""
    after = m.after
    if (
        after in NO_AGE
        or m.before == "as"
        or (after == "of" and unit == "Q")
        or (after == "of" and m.lexed.word(m.end + 1) == "age")
        or (after == "-" and m.lexed.word(m.end + 1) == "old")
        or m.lexed.has(m.first - 1, "MONEY")
    ):
        return True
    if unit == "S" and m.lexed.word(m.end - 1) == "second":
        return True
    if count is not None and m.lexed.has(m.end - 1, "UNIT") and count != 1 and m.lexed.word(m.end - 2) != "-":
        return m.lexed.word(m.end - 1) in {"second", "quarter", "century", "decade"} or not _is_plain(m, m.end - 2)
    return bool(count is not None and count >= 1000 and m.lexed.has(m.first, "YEAR") and unit == "D")


def _is_verb_last(m: Match) -> bool:
    """`is to last 60 days`."""
    return m.lexed.word(m.first) == "last" and (m.before in MODALS or m.before == "to" or m.before not in PREPOSITIONS)


def _is_plain(m: Match, index: int) -> bool:
    return m.lexed.has(index, "INT") or m.lexed.has(index, "NUMW")


def length_adjective(m: Match, _: Reading) -> Meaning | None:
    """`10-hour`, `eight-year`; no age (`6-month-old`)."""
    if (m.after == "-" and m.lexed.word(m.end + 1) in {"old", "olds"}) or m.after in {"old", "olds"}:
        return None
    count, unit = amount(m.lexed, *m.slots["n"]), unit_of(m)
    if m.lexed.has(m.first - 1, "HYPHEN") and m.lexed.has(m.first, "DAY"):
        return None
    return (
        None
        if unit == "Q" or (unit == "S" and m.lexed.has(m.first, "ORD"))
        else Meaning(length(((count, unit),)), mod=bound(m))
    )


def length_article(m: Match, r: Reading) -> Meaning | None:
    """`a month`, `an hour`, `nearly a year`, `a year and a half`; `a year` after what is counted is a rate."""
    unit = unit_of(m)
    after, before = m.after, m.before
    determiner = m.lexed.word(m.first)
    if unit in {"S", "Q"} or after == "-" or (unit == "MIN" and determiner != "one" and before not in BEFORE_DAY):
        return None
    if (unit in {"WE", "CE", "DE"} and determiner == "one") or after in NO_AGE:
        return None
    if unit == "D" and determiner in {"a", "another"} and before not in BEFORE_DAY and after not in AFTER_PLURAL:
        return None
    if (determiner == "one" and after in {"of", "in"}) or m.lexed.word(m.end - 1) == "second":
        return None
    if determiner in {"a", "an"} and "half" not in m and r.context.counts_something(m.first):
        return Meaning(Each(str(length(((1, unit),)))), quant="EACH")
    return Meaning(length(((1.5 if "half" in m else 1, unit),)), mod=bound(m))


def length_and(m: Match, _: Reading) -> Meaning | None:
    """`an hour and 20 minutes`."""
    if unit_of(m) != "H":
        return None
    return Meaning(length(((1, "H"), (amount(m.lexed, *m.slots["n2"]), unit_of(m, "u2")))))


def length_fraction(m: Match, _: Reading) -> Meaning | None:
    """`half an hour`, `half a century`, `a quarter-century`."""
    unit = unit_of(m)
    factor, smaller = SMALLER.get(unit, (0, ""))
    if not smaller or m.after == "-":
        return None
    return Meaning(length(((factor / (4 if "quarter" in m.text("half") else 2), smaller),)))


def length_long(m: Match, _: Reading) -> Meaning | None:
    """`decades-long`, `year-long`."""
    return Meaning(length(((None if "few" in m else 1, unit_of(m)),)))


def length_whole(m: Match, _: Reading) -> Meaning | None:
    """`yearlong`, `weeklong`."""
    return Meaning(length(((1, m.value("u", "UNITLONG")),)))


def length_past_one(m: Match, r: Reading) -> Meaning | None:
    """`the past year`, `the past decade`: the stretch up to today."""
    unit = unit_of(m)
    if m.text("past") != "past" or unit in {"S", "Q", "D", "MIN", "WE"}:
        return None
    covers = covered(r.today.first, 1, unit, -1)
    return Meaning(length(((1, unit),), covers), "anchor" if covers else "none", bound(m))


def length_the_years(m: Match, _: Reading) -> Meaning | None:
    """`over the years`."""
    before = m.before
    return Meaning(length(((None, unit_of(m)),))) if before in {"over", "through", "throughout", "down"} else None


def _is_bare(m: Match, r: Reading) -> bool:
    """`Months of talks ended`, `It set off weeks of riots`, `amid years of war`; not `the minutes of the meeting`."""
    return m.text("few") != "minutes" and (m.lexed.is_capital(m.first) or r.context.is_led(m.first))


def length_plural(m: Match, r: Reading) -> Meaning | None:
    """`for weeks`, `within days`; not what is counted elsewhere (`working days`, `two days`)."""
    before, after = m.before, m.after
    if (
        m.text("few") not in PLURALS_ALONE
        or before in {"-", "the", "his", "her", "their", "its", "our", "my", "glory"}
        or m.lexed.has(m.first - 1, "NUMW")
    ):
        return None
    if (before == "of" and m.lexed.word(m.first - 2) != "matter") or before in {
        "these",
        "those",
        "some",
        "light",
        "office",
        "school",
        "business",
        "no",
        "all",
        "more",
        "man",
        "what",
    }:
        return None
    known = (
        m.lexed.word(m.first - 2) == "matter"
        or before in BEFORE_PLURAL
        or after in AFTER_PLURAL
        or (after == "of" and _is_bare(m, r))
    )
    return Meaning(length(((None, unit_of(m)),))) if known else None


def some_time(m: Match, _: Reading) -> Meaning | None:
    """`some time`, with no verb after it that makes it a moment."""
    return None if m.after in {"ago", "in", "before", "after", "around"} else Meaning(Length(((None, "D"),)))
