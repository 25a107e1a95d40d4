"""Names and words that are known before a text is read: countries, nationalities, organizations, nouns, titles.

Countries come from pycountry (ISO 3166) and Babel (Unicode CLDR), the rest from the lists in `data/`; places are
in `places`.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import NamedTuple

import pycountry
from babel import Locale

from pipeline.agencies import agencies
from pipeline.tables import Kind

DATA = files("pipeline.extractors") / "data"


class Organization(NamedTuple):
    """An organization by its fullest name; `sector` and `country` where the list tells them."""

    name: str
    sector: str | None
    country: str | None


class Noun(NamedTuple):
    """What a common noun stands for; a `modifier` tells the sector of the noun behind it."""

    kind: Kind | None
    sector: str | None


def lexicon(name: str, data: Traversable = DATA) -> Iterator[list[str]]:
    """The entries of a list in a folder `data/`, without its comments."""
    lines = (data / f"{name}.csv").read_text("utf-8").splitlines()
    return csv.reader(line for line in lines if line and not line.startswith("#"))


def slug(name: str) -> str:
    """As `lee-jae-myung`: letters without accents, lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[\W_]+", "-", plain.lower()).strip("-")


@cache
def countries() -> dict[str, str]:
    """Country names to ISO 3166-1 alpha-3."""
    cldr = Locale("en").territories
    common = {cldr[each.alpha_2]: each.alpha_3 for each in pycountry.countries if each.alpha_2 in cldr}
    short = {each.common_name: each.alpha_3 for each in pycountry.countries if hasattr(each, "common_name")}
    full = {each.official_name: each.alpha_3 for each in pycountry.countries if hasattr(each, "official_name")}
    return full | common | short | {name: alpha_3 for alpha_3, name in lexicon("country_names")}


@cache
def country_name(alpha_3: str) -> str:
    """What a country is called in English, as in the Unicode CLDR."""
    found = pycountry.countries.get(alpha_3=alpha_3)
    name = str(Locale("en").territories[found.alpha_2]) if found else alpha_3
    # "Congo - Kinshasa", "Myanmar (Burma)": our own list has what copy says.
    plain = [own for code, own in lexicon("country_names") if code == alpha_3]
    return max(plain, key=len) if plain and (" - " in name or "(" in name) else name


@cache
def demonyms() -> dict[str, str]:
    """Nationality words, adjectives and peoples, to ISO 3166-1 alpha-3."""
    pairs = chain.from_iterable(((adjective, code), (people, code)) for code, adjective, people in lexicon("demonyms"))
    return {word: code for word, code in pairs if word}


@cache
def landforms() -> frozenset[str]:
    """What a place in a land or a sea is called: `Peninsula`."""
    return frozenset(word for (word,) in lexicon("landforms"))


@cache
def organizations() -> dict[str, Organization]:
    """What copy calls an organization, to the organization."""
    known = {alias: Organization(name, sector or None, code or None)
             for alias, name, sector, code in lexicon("organizations")}  # fmt: skip
    media = (each for each in agencies() if each.called)
    return known | {each.name: Organization(each.called, "MED", each.country or None) for each in media}


@cache
def nouns() -> dict[str, Noun]:
    """Nouns in the singular, some with the word before them, that stand for somebody or something."""
    return {noun: Noun(kind if kind != "modifier" else None, sector or None)  # type: ignore[arg-type]
            for noun, kind, sector in lexicon("nouns")}  # fmt: skip


@cache
def titles() -> dict[str, tuple[str | None, str | None]]:
    """Titles that are no part of a name, to the noun each stands for and to `he` or `she`."""
    return {title: (noun or None, gender or None) for title, noun, gender in lexicon("titles")}


@cache
def first_names() -> dict[str, str]:
    """First names to `he` or `she`."""
    return {name: gender for name, gender in lexicon("first_names")}  # noqa: C416 (the rows are lists)
