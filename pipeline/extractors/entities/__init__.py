"""Who and what a story names, and which of its mentions are of one: find_entities.

    names -> people, places, bodies -> nominals -> pronouns -> entities

Each step is a module of this room; each gives entities to the mentions that the ones before left open.
"""

from collections.abc import Mapping, Sequence

from pipeline.extractors.attributed import attribute
from pipeline.extractors.entities.bodies import resolve_bodies
from pipeline.extractors.entities.candidates import Candidate
from pipeline.extractors.entities.geography import Geography
from pipeline.extractors.entities.groups import find_pairs
from pipeline.extractors.entities.names import find_names
from pipeline.extractors.entities.nominals import find_nominals
from pipeline.extractors.entities.people import Person, resolve_people
from pipeline.extractors.entities.profiles import Profile, make_entities
from pipeline.extractors.entities.pronouns import Pronouns, Speaking
from pipeline.extractors.entities.roles import read_roles
from pipeline.extractors.syntax import Tree
from pipeline.tables import Entity, Mention
from pipeline.text import Document


def find_entities(document: Document) -> tuple[list[Mention], list[Entity]]:
    """Mentions by place, and the entities that they are of, by id."""
    if not document.tokens:
        return [], []
    tree = Tree(document)
    names = find_names(document, tree)
    read_roles(document, tree, names)
    people = resolve_people(names)
    geography = Geography(document.story, tree, names)
    resolve_bodies(document, names)
    _name_the_rest(names)
    named = [*names, *find_nominals(document, tree, names)]
    speaking = Speaking(attribute(document, tree))
    named += find_pairs(document, tree, named, speaking.sources())
    pronouns = Pronouns(document, tree, named, {key: person.he for key, person in people.items()})
    found = [*named, *pronouns.find(speaking, lambda speaker: _side(speaker, people, named))]
    found.sort(key=lambda each: (each.first, -each.end))
    entities = list(make_entities(document.story.item_id, found, geography.found))
    return [_mention(document, each) for each in found], entities


def _name_the_rest(names: Sequence[Candidate]) -> None:
    """A surname that several bear stays open; all else that is named is something."""
    for each in names:
        if each.entity_id is None and each.kind != "person":
            each.entity_id = f"{each.kind}:{'-'.join(each.text.lower().split())}"


def _side(speaker: str, people: Mapping[str, Person], named: Sequence[Candidate]) -> str | None:
    """Whom `we` means: the country of somebody who governs it, the body that speaks; else nobody."""
    if speaker.startswith(("country:", "organization:", "group:")):
        return speaker
    profile = Profile(speaker, [each for each in named if each.entity_id == speaker], None)
    if speaker in people and profile.sector in {"GOV", "MIL"} and profile.country:
        return f"country:{profile.country}"
    return None


def _mention(document: Document, each: Candidate) -> Mention:
    start, end = document.tokens[each.first].start_char, document.tokens[each.end - 1].end_char
    return Mention(
        item_id=document.story.item_id,
        start_char=start,
        end_char=end,
        text=document.story.text[start:end],
        kind=each.kind,
        mention_type=each.mention_type,
        entity_id=each.entity_id,
    )
