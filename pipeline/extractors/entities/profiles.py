"""Entities out of their mentions: name, role, country, sector, coordinates."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate
from pipeline.extractors.entities.roles import country_of, sector_of
from pipeline.extractors.places import Place
from pipeline.tables import Entity, Kind


class Profile:
    """What a story tells of one entity."""

    def __init__(self, entity_id: str, of: Sequence[Candidate], place: Place | None) -> None:
        """`of` are its mentions from left to right."""
        self.entity_id, self.of, self.place = entity_id, of, place
        self.named = [each for each in of if each.mention_type in {"NAM", "MET"}] or list(of)

    @property
    def code(self) -> str | None:
        """The ISO code of a country."""
        return self.entity_id.removeprefix("country:") if self.entity_id.startswith("country:") else None

    @property
    def kind(self) -> Kind:
        """What most of its names are; a country is a place."""
        return "place" if self.code else Counter(each.kind for each in self.named).most_common(1)[0][0]

    @property
    def name(self) -> str:
        """The fullest name; a country's common name, a known body's usual one."""
        if self.code:
            return gazetteer.country_name(self.code)
        members = self.entity_id.removeprefix("group:").split("+")
        if len(members) > 1 and all(member.isupper() for member in members):
            return " and ".join(gazetteer.country_name(member) for member in members)
        known = next((gazetteer.organizations()[each.text] for each in self.named
                      if each.text in gazetteer.organizations()), None)  # fmt: skip
        if known and gazetteer.slug(known.name) == self.entity_id.split(":", 1)[1]:
            return known.name
        return self.place.name if self.place else max((each.text for each in self.named), key=len)

    @property
    def role(self) -> str | None:
        """The longest role that a name has beside it."""
        roles = [each.role for each in self.of if each.role]
        return max(roles, key=len) if roles else None

    @property
    def country(self) -> str | None:
        """Of a place, where it lies; of others, what role, name or the list of organizations tells."""
        if self.code or self.place:
            return self.code or (self.place.country if self.place else None)
        if self.entity_id.startswith("group:") and "+" in self.entity_id:
            return None
        told = country_of(self.role) if self.role else None
        if told is None and self.kind != "person":
            told = country_of(self.name)
        described = (
            each.country or country_of(each.text) for each in self.of if each.mention_type == "NOM" or each.country
        )
        return told or self._listed[1] or next((code for code in described if code), None)

    @property
    def _listed(self) -> tuple[str | None, str | None]:
        for each in self.named:
            known = gazetteer.organizations().get(each.text) or gazetteer.organizations().get(each.words[0])
            if known and each.kind == "organization":
                return known.sector, known.country
        return None, None

    @property
    def sector(self) -> str | None:
        """What role, description, list or the words of a name tell; of a country its government."""
        if self.code:
            return "GOV"
        if self.kind == "person" and not self.entity_id.startswith("unnamed:"):
            return sector_of(self.role.split()) if self.role else None
        if self.kind in {"organization", "group", "person"}:
            described = (sector_of(each.words) for each in self.of if each.mention_type == "NOM")
            return self._listed[0] or sector_of(self.named[0].words) or next((told for told in described if told), None)
        return None


def make_entities(item_id: str, candidates: Sequence[Candidate], places: Mapping[str, Place]) -> Iterator[Entity]:
    """One row for each entity, by id."""
    by_id: dict[str, list[Candidate]] = {}
    for each in candidates:
        if each.entity_id:
            by_id.setdefault(each.entity_id, []).append(each)
    for entity_id, of in sorted(by_id.items()):
        place = places.get(entity_id)
        profile = Profile(entity_id, of, place)
        yield Entity(
            item_id=item_id,
            entity_id=entity_id,
            kind=profile.kind,
            name=profile.name,
            role=profile.role,
            country=profile.country,
            sector=profile.sector,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            mention_count=len(of),
        )
