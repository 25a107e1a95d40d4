"""Month names, weekdays and time zones as agencies of the world write them.

Names come from the Unicode CLDR through Babel and from the lists in `data/`.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError

DATA = files("pipeline.formats") / "data"
LANGUAGES = (
    "en es fr de pt it nl ru uk be pl cs sk sl hr sr bg mk ro hu el tr sv da nb nn fi is et lv lt ca gl eu ga cy sq "
    "ar fa ur he hi bn ta te mr ne si ms id vi th km my sw am ha zu af az ka hy kk uz mn fil"
).split()
OFFSET = re.compile(r"(?:GMT|UTC)?\s*(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
OTHER = 0
"""What a word means that says nothing of the month: a weekday, "at", "de"."""


def months_of(words: list[str], language: str | None) -> set[int]:
    """The months that a date's words can name, 1 to 12: of `["mar", "gen"]`, a Tuesday in January, 1.

    The names of the language and of English come first; only if they do not fit, those of every language.
    """
    return _fitting(words, [_names(_base(language)), _names("en")]) or _fitting(words, [_all_names()])


def says_nothing(words: list[str]) -> bool:
    """Whether words are only what stands in a date without a meaning, as weekdays, "at", "Uhr"."""
    names = _all_names()
    return all(OTHER in names.get(_fold(word), frozenset()) for word in words if word)


def is_filler(word: str) -> bool:
    """Whether a word is one of those that stand in times without a meaning."""
    return [word.lower()] in _fillers()


def day_first(language: str | None) -> bool | None:
    """Whether a language's short dates begin with the day; None where countries differ or it is not told."""
    if not language or language.casefold() == "en":
        return None
    try:
        pattern = Locale.parse(language.replace("_", "-"), sep="-").date_formats["short"].pattern
    except (ValueError, UnknownLocaleError):
        return None
    order = [mark for mark in pattern if mark in "dM"]
    return order[0] == "d" and pattern.find("y") > pattern.find("d") if order else None


def zone_of(name: str, when: datetime, home: ZoneInfo) -> tzinfo | None:
    """The zone that `+0900`, `KST`, `Europe/Paris` or nothing at all means for a wall time; None if unknown."""
    if not name:
        return home
    offset = OFFSET.fullmatch(name)
    if offset:
        return _offset(offset["sign"], int(offset["hours"]), int(offset["minutes"] or 0))
    if "/" in name and name in available_timezones():
        return ZoneInfo(name)
    if when.replace(tzinfo=home).tzname() == name.upper():
        return home
    told = _zones().get(name.upper())
    return zone_of(told, when, home) if told else None


def lexicon(name: str) -> Iterator[list[str]]:
    """The entries of a list in `data/`, without its comments."""
    lines = (DATA / f"{name}.csv").read_text("utf-8").splitlines()
    return (line.split(",") for line in lines if line and not line.startswith("#"))


def _fitting(words: list[str], lists: list[dict[str, frozenset[int]]]) -> set[int]:
    """The months for which one word names the month, and every other word none."""
    meanings = [set[int]().union(*(names.get(_fold(word), frozenset()) for names in lists)) for word in words]
    return {
        month
        for place, meant in enumerate(meanings)
        if all(OTHER in other for at, other in enumerate(meanings) if at != place)
        for month in meant - {OTHER}
    }


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    """A fixed offset; none on Earth is further than 14 hours from UTC."""
    told = timedelta(hours=hours, minutes=minutes)
    if told > timedelta(hours=14) or minutes > 59:
        return None
    return timezone(-told if sign == "-" else told)


def _fold(word: str) -> str:
    """A word without case, marks and full stop: Févr. is fevr."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _base(language: str | None) -> str:
    return re.split(r"[-_]", language or "en")[0].lower()


@cache
def _fillers() -> list[list[str]]:
    return list(lexicon("time_words"))


@cache
def _zones() -> dict[str, str]:
    return dict(lexicon("time_zones"))


@cache
def _names(language: str) -> dict[str, frozenset[int]]:
    """What the words of a language's dates mean; the words of `data/` are in each."""
    meant: dict[str, set[int]] = {}
    for word, month in [*_cldr(language), *_listed()]:
        meant.setdefault(_fold(word), set()).add(month)
    return {word: frozenset(months) for word, months in meant.items()}


@cache
def _all_names() -> dict[str, frozenset[int]]:
    every: dict[str, frozenset[int]] = {}
    for language in LANGUAGES:
        for word, months in _names(language).items():
            every[word] = every.get(word, frozenset()) | months
    return every


def _listed() -> Iterator[tuple[str, int]]:
    yield from ((word, int(month)) for word, month in lexicon("month_names"))
    yield from ((word, OTHER) for (word,) in lexicon("time_words"))


def _cldr(language: str) -> Iterator[tuple[str, int]]:
    """The month names and weekdays of a language, long and short."""
    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return
    for forms in (locale.months, locale.days):
        for width in ("wide", "abbreviated"):
            for use in ("format", "stand-alone"):
                for number, name in forms[use].get(width, {}).items():
                    months = forms is locale.months
                    yield from ((part, number if months else OTHER) for part in ([name] if months else name.split()))
