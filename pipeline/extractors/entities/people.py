"""Which names of persons are one person: `Lee` and `Lee Jae Myung`, `Mrs. Clinton` and not her husband."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extractors.entities.candidates import Candidate
from pipeline.extractors.gazetteer import first_names, slug

SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
INITIAL = re.compile(r"[A-Z]\.?|[A-Z]\.[A-Z]\.")
PARTICLES = frozenset({"al", "bin", "de", "del", "der", "di", "el", "la", "le", "van", "von"})
AHEAD = 3
"""How many times as often the best known of a family must be named for the surname alone to mean him or her."""


class Person:
    """A person by the fullest name of the story."""

    def __init__(self, key: tuple[str, ...]) -> None:
        """`key` is the words of the name, without initials and suffixes."""
        self.key, self.names = key, list[Candidate]()

    @property
    def entity_id(self) -> str:
        """As `person:lee-jae-myung`."""
        return f"person:{slug(' '.join(self.key))}"

    @property
    def he(self) -> str | None:
        """`he` or `she`, where a title or first name tells."""
        told = Counter(each.he for each in self.names if each.he)
        return told.most_common(1)[0][0] if told else first_names().get(self.key[0].title())


def resolve_people(names: Sequence[Candidate]) -> dict[str, Person]:
    """Give every person's name its entity; the persons by entity."""
    full = [each for each in names if each.kind == "person" and len(_key(each)) > 1]
    people: list[Person] = []
    for each in sorted(full, key=lambda name: -len(_key(name))):
        person = next((known for known in people if _same(known.key, _key(each))), None)
        if person is None:
            person = Person(_key(each))
            people.append(person)
        person.names.append(each)
    for person in people:
        person.key = _usual(person)
        for each in person.names:
            each.entity_id = person.entity_id
    _resolve_short(names, people)
    return {person.entity_id: person for person in people}


def _key(each: Candidate) -> tuple[str, ...]:
    """`Donald J. Trump Jr.` without initial and suffix; `Jae-in` as two words."""
    words = [word.strip("\"“”'’,") for word in each.text.replace("-", " ").split()]
    kept = [word for index, word in enumerate(words)
            if word not in SUFFIXES and (index == 0 or not INITIAL.fullmatch(word))]  # fmt: skip
    return tuple(kept or words)


def _same(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """`Barack Hussein Obama` and `Barack Obama`: same first and last, the rest in order; or its end, `dos Santos`."""
    folded, other = [slug(word) for word in long], [slug(word) for word in short]
    if len(other) > 1 and folded[-len(other) :] == other:
        return True
    if folded[0] != other[0] or folded[-1] != other[-1]:
        return False
    rest = iter(folded)
    return all(word in rest for word in other)


def _usual(person: Person) -> tuple[str, ...]:
    """The name that the story uses most, in full."""
    uses = Counter(_key(each) for each in person.names)
    return max(uses, key=lambda key: (uses[key], len(key), key))


def _resolve_short(names: Sequence[Candidate], people: list[Person]) -> None:
    """One word alone: the person who bears it; a surname of a family by title and by who is named more."""
    weight = Counter({person.entity_id: len(person.names) for person in people})
    alone: dict[str, Person] = {}
    for each in names:
        words = _key(each)
        if len(words) != 1 or each.entity_id is not None or each.kind not in {"person", "organization", "place"}:
            continue
        bearers = [person for person in people if _bears(person, words[0])]
        if not bearers:
            if each.kind == "person":
                person = alone.setdefault(slug(words[0]), Person(words))
                person.names.append(each)
                each.entity_id = person.entity_id
            continue
        chosen = _choose(each, bearers, weight)
        each.kind = "person"
        if chosen is not None:
            chosen.names.append(each)
            each.entity_id = chosen.entity_id
    people += alone.values()


def _bears(person: Person, word: str) -> bool:
    """Whether a word is a person's surname, first name, or the second part of an Arab or European one."""
    key = person.key
    return word in {key[0], key[-1]} or (len(key) > 2 and key[-2].lower() in PARTICLES and word == key[-1])


def _choose(each: Candidate, bearers: list[Person], weight: Counter[str]) -> Person | None:
    fits = [person for person in bearers if not each.he or person.he in {None, each.he}]
    if each.he and any(person.he == each.he for person in fits):
        fits = [person for person in fits if person.he == each.he]
    if len(fits) == 1:
        return fits[0]
    surnames = [person for person in fits if _surname(person, each.text)]
    ranked = sorted(surnames or fits, key=lambda person: -weight[person.entity_id])
    if len(ranked) > 1 and weight[ranked[0].entity_id] < AHEAD * weight[ranked[1].entity_id]:
        return _in_paragraph(each, ranked)
    return ranked[0] if ranked else None


def _surname(person: Person, word: str) -> bool:
    """The last word; the first of a name of three short parts, as in Korea and China."""
    return word == person.key[-1] or (len(person.key) == 3 and word == person.key[0] and word not in first_names())


def _in_paragraph(each: Candidate, ranked: list[Person]) -> Person | None:
    """The only one of the family who was named just before."""
    before = [(name.first, person.entity_id, person) for person in ranked for name in person.names
              if 0 < each.first - name.first < 60]  # fmt: skip
    return max(before)[2] if len({entity for _, entity, _ in before}) == 1 else None
