"""Numbers as a text writes them: `at least 12`, `two or three dozen`, `tens of thousands`, `$2.5bn`.

`value` is the number that is told; `low` and `high` are what the words allow: both for a bare number, one
for `at least` or `up to`, none for `some 50`. `hundreds` is at least two hundred, and no number is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.extractors.dates.words import entries
from pipeline.extractors.events.frames import bounds, currencies, scales

NUMERAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
FEW = {"few": 2.0, "several": 2.0, "couple": 2.0}
"""What is said of more than one."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: `[start_char, end_char)` with its modifier and money, `[first_char, last_char)` the number alone."""

    start_char: int
    end_char: int
    first_char: int
    last_char: int
    value: float | None
    low: float | None
    high: float | None
    modifier: str | None
    currency: str | None


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """The numbers of a stretch of text, in order; percentages, ages and days of a date are no amounts of their own."""
    for match in _pattern().finditer(text, start, end):
        if found := _amount(match):
            yield found


def _amount(match: re.Match[str]) -> Amount | None:
    told = _told(match)
    if told is None:
        return None
    value, low, high = told
    modifier = match["before"] or match["behind"]
    sign = match["sign"] or match["inner"] or match["money"]
    letters = any(scales()[word.lower()][1] for word in _scales(match[0]))
    if letters and not sign:
        return None
    bound = bounds()[" ".join(modifier.lower().split())] if modifier else "exact"
    low, high = _bounded(bound, low, high) if value is not None else (low, high)
    currency = _currency(sign) if sign else None
    span = match.span("number")
    return Amount(*match.span(), *span, value, low, high, modifier, currency)


def _scales(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", words) if word.lower() in scales()]


def _bounded(bound: str, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """`at least 12` has no most, `up to 12` no least, `some 12` neither."""
    return (low if bound in {"low", "exact"} else None, high if bound in {"high", "exact"} else None)


def _told(match: re.Match[str]) -> tuple[float | None, float | None, float | None] | None:
    """Value, least and most of the number alone."""
    if match["plural"]:
        return None, 2 * _plural(match["plural"]), None
    if match["few"]:
        word, *by = match["few"].lower().replace("a ", "").replace(" of", "").split()
        return None, FEW[word] * scales()[by[0]][0] if by else FEW[word], None
    last = _value(match["to"] or match["or"] or match["single"])
    if last is None:
        return None
    if match["single"]:
        return last, last, last
    first = _value(match["from"] or match["either"])
    by_last = _last_scale(match["to"] or match["or"])
    if first is not None and by_last > 1 and first < last / by_last:
        first *= by_last  # `two or three dozen`
    return (None, first, last) if first is not None and first < last else None


def _plural(words: str) -> float:
    """`tens of thousands`, `hundreds`."""
    product = 1.0
    for word in words.lower().replace(" of", "").split():
        single = word.removesuffix("s")
        product *= 10 if single == "ten" else scales()[single][0]
    return product


def _last_scale(words: str) -> float:
    last = words.lower().split()[-1]
    return scales()[last][0] if last in scales() else 1


def _value(words: str) -> float | None:
    """`two hundred and fifty thousand`, `2.5 million`, `a dozen`, `half a million`."""
    total, group, seen = 0.0, 0.0, False
    for word in re.findall(rf"{NUMERAL}|[^\W\d_]+", words.lower()):
        if word in scales():
            by = scales()[word][0]
            group = (group if seen else 1) * by
            total, group = (total + group, 0.0) if by >= 1000 else (total, group)
        elif word in _numbers():
            group += _numbers()[word]
        elif word[0].isdigit():
            group += float(word.replace(",", ""))
        elif word == "half":
            group += 0.5
        else:
            continue
        seen = True
    return total + group if seen else None


def _currency(sign: str) -> str | None:
    plain = sign.strip(" -")
    known = currencies()
    return known.get(plain) or known.get(plain.removesuffix("s")) or known.get(plain.lower().removesuffix("s"))


@cache
def _numbers() -> dict[str, float]:
    """Number words of the dates' list that no other multiplies."""
    return {word: float(value) for word, value in entries("numbers.txt") if word not in scales()}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    """Modifier, sign of money, number, money, modifier."""
    word = _any([*_numbers()])
    scale = rf"(?:(?:\s+|-)?\b(?:{_any([each for each in scales() if len(each) > 2])})\b|\s?(?:mln|bn|tn|m|b|k)\b)"
    plain = rf"(?:(?:{NUMERAL}|\b(?:{word})(?:-(?:{word}))?\b|\b(?:half\s+)?an?\b(?=\s+(?:{_any([*scales()])})\b)))"
    more = rf"(?:\s+and)?\s+\b(?:{word})(?:-(?:{word}))?\b(?:{scale})*"
    number = rf"{plain}(?:(?:{scale})+(?:{more})?)?"
    many = _any([f"{each}s" for each in ("ten", *scales()) if len(each) > 3 or each == "ten"])
    before = _any([each for each in bounds() if not each.startswith("or ")])
    behind = _any([each for each in bounds() if each.startswith("or ")])
    signs = _any([each for each in currencies() if not each[-1].isalpha() or each.isupper()])
    money = _any([each for each in currencies() if each[-1].isalpha()])
    return re.compile(
        rf"(?<![\w.,/:-])(?<!\b[Nn]o\s)(?:(?P<before>\b(?i:{before}))\s+)?(?P<sign>(?:{signs})\s?)?"
        rf"(?P<number>(?i:between\s+(?P<inner>{signs})?(?P<from>{number})\s+and\s+(?:{signs})?(?P<to>{number})"
        rf"|(?P<plural>\b(?:{many})(?:\s+of\s+(?:{many}))*\b)|(?P<few>\b(?:several|a\s+few|a\s+couple\s+of)\b(?:\s+(?:{_any([*scales()])})\b)?)"
        rf"|(?P<either>(?<!from\s){number})(?:(?<=\d)(?:-|–)(?={signs}|\d)|\s(?:to|or)\s)(?:{signs})?(?P<or>{number})|(?P<single>{number})))"
        rf"(?P<money>[\s-](?i:{money})s?\b)?(?:\s+(?P<behind>\b(?i:{behind})\b))?(?![\w%/]|[.,:]\d|\sanother\b|\s(?:percent|per\s+cent)\b|-year|-(?!strong\b)[^\W\d_])"
    )
