"""The rows of who takes part in an event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.extractors.events.cast import Cast
from pipeline.extractors.events.people import Part, owner_of, part_of
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.places import capitals, folded
from pipeline.tables import Entity, Mention, Participant

Role = Literal["actor", "recipient", "third_party", "instrument", "object"]
OBJECTIVE = frozenset({"him", "her", "them"})
GROUP = "group:"
BETWEEN_STATES = frozenset("AGREE SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN SANCTION".split())


def participants(
    tree: Tree, cast: Cast, event_type: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> list[Participant]:
    """Actors first; of what both sides do, each side is an actor."""
    roles: tuple[tuple[Role, Sequence[int]], ...] = (
        ("actor", cast.actors),
        ("recipient", cast.recipients),
        ("third_party", cast.third_parties),
        ("instrument", cast.instruments),
        ("object", cast.objects),
    )
    found: dict[Role, list[Part]] = defaultdict(list)
    for role, heads in roles:
        for head in heads:
            part = part_of(tree, head, mentions, entities)
            part = _owned(tree, head, part, mentions, entities) if role == "recipient" else part
            part = (
                _government(tree, head, part, entities)
                if role == "recipient" and event_type in BETWEEN_STATES
                else part
            )
            part = _people(tree, head, part) if role == "recipient" and event_type == "ASSAULT" else part
            found[_role(role, part, entities)] += _sides(part, mentions, entities)
    themselves = {part.entity_id for part in found["actor"] if part.entity_id}
    reached = [_other(part, themselves) for part in found["recipient"]]
    others = [part for part in reached if part.entity_id not in themselves or part in found["actor"]]
    found["recipient"] = others  # nobody but the sides of a pair is both
    item_id = tree.document.story.item_id
    return [
        _row(item_id, role, ordinal, part)
        for role, parts in found.items()
        for ordinal, part in enumerate(_once(parts), 1)
    ]


def _other(part: Part, themselves: set[str]) -> Part:
    """`called him`: not who calls, whoever the pronoun was taken for."""
    mistaken = part.text.lower() in OBJECTIVE and part.entity_id in themselves
    return replace(part, entity_id=None, country=None, sector=None) if mistaken else part


def _once(parts: Sequence[Part]) -> list[Part]:
    """Everybody once in a role, by the first naming."""
    return list({part.entity_id or (part.start_char, part.end_char): part for part in reversed(parts)}.values())[::-1]


def _owned(tree: Tree, head: int, part: Part, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> Part:
    """`its territory`: whose it is stands for it where it is nobody itself."""
    if part.entity_id or part.sector:
        return part
    owner = entities.get(owner_of(tree, head, mentions) or "")
    return replace(part, entity_id=owner.entity_id, country=owner.country) if owner else part


def _role(role: Role, part: Part, entities: Mapping[str, Entity]) -> Role:
    """What is done to an agreement or a work is done to no one: it is an object."""
    entity = entities.get(part.entity_id or "")
    return "object" if role == "recipient" and entity and entity.kind in {"law", "work", "event"} else role


def _sides(part: Part, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> list[Part]:
    """`North Korea-US` is two sides, and so is `inter-Korean`."""
    members = (part.entity_id or "").removeprefix(GROUP).split("+")
    if part.entity_id and part.entity_id.startswith(GROUP) and len(members) > 1:
        return [_member(part, each, entities) for each in members]
    inside = [m for m in mentions if part.start_char <= m.start_char and m.end_char <= part.end_char]
    names = [m for m in inside if m.kind == "place" and m.entity_id and m.mention_type != "PRO"]
    joined = part.text.replace("–", "-") == "-".join(m.text for m in names)
    if len(names) < 2 or not joined:
        return [part]
    return [_named(m, entities) for m in names]


def _government(tree: Tree, head: int, part: Part, entities: Mapping[str, Entity]) -> Part:
    """`thanked Washington`, `cut ties with Tehran`: a capital that something is said, given or done to is its state."""
    code = capitals().get(folded(part.text))
    here = tree.case(head) in {"", "with", "to", "from", "against", "on"}
    known = f"country:{code}" in entities  # the story speaks of the state, too
    if not known or not here or not (part.entity_id or "").startswith("place:"):
        return part
    return replace(part, entity_id=f"country:{code}", country=code, sector="GOV")


def _people(tree: Tree, head: int, part: Part) -> Part:
    """`injured 5,000, most of them Kenyans`: people of a country, and not the country."""
    is_country = (part.entity_id or "") == f"country:{part.country}" and tree.tokens[head].xpos == "NNPS"
    whole = part.text.lower().startswith(("the ", "united ")) or part.text.lower() in {"philippines", "netherlands"}
    return replace(part, entity_id=None, sector="CVL") if is_country and not whole else part


def _member(part: Part, member: str, entities: Mapping[str, Entity]) -> Part:
    """One of a group, which `group:KOR+kim-jong-un` names by the last part of its id."""
    entity = next((each for key, each in entities.items() if key.partition(":")[2] == member), None)
    if entity is None:
        return replace(part, entity_id=f"country:{member}", country=member) if member.isupper() else part
    return replace(part, entity_id=entity.entity_id, country=entity.country, sector=entity.sector or part.sector)


def _named(mention: Mention, entities: Mapping[str, Entity]) -> Part:
    entity = entities.get(mention.entity_id or "")
    country, sector = (entity.country, entity.sector) if entity else (None, None)
    return Part(mention.start_char, mention.end_char, mention.text, mention.entity_id, country, sector)


def _row(item_id: str, role: Role, ordinal: int, part: Part) -> Participant:
    return Participant(
        item_id=item_id,
        event=0,
        role=role,
        ordinal=ordinal,
        entity_id=part.entity_id,
        start_char=part.start_char,
        end_char=part.end_char,
        text=part.text,
        country=part.country,
        sector=part.sector,
    )
