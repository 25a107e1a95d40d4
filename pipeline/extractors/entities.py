"""Who and what a story names: countries, nationalities, towns, agencies and capitalised names.

A name is a mention; mentions of one thing share an entity. What a name is comes from the lists of
`gazetteer`, from a title before it, from a word in it (`Ministry`), or from a verb of speech or an
age beside it (`Ann Lee, 43,`); a capitalised name that nothing tells about is kind `other`. `Lee`
after `Lee Jae Myung` is the same person; `he` is the one person that its paragraph, or the one
before, has named outside quotation marks.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extractors import gazetteer
from pipeline.extractors.names import Name, find_names, slug
from pipeline.extractors.quotes import is_quoted
from pipeline.tables import Entity, Mention
from pipeline.text import Document

PRONOUNS = {"he": ("Mr", "Mr."), "she": ("Mrs", "Mrs.", "Ms", "Ms.")}


def find_entities(document: Document) -> tuple[list[Mention], list[Entity]]:
    """Mentions by place, and the entities that they are of, by id."""
    names = _merge(list(find_names(document)))
    mentions = [_mention(document, name) for name in names]
    mentions += _pronouns(document, names)
    mentions.sort(key=lambda mention: mention.start_char)
    return mentions, list(_entities(document.story.item_id, names, mentions))


def _mention(document: Document, name: Name) -> Mention:
    return Mention(
        item_id=document.story.item_id,
        start_char=name.start_char,
        end_char=name.end_char,
        text=name.text,
        kind=name.kind,
        mention_type="NAM",
        entity_id=name.entity_id,
    )


def _merge(names: list[Name]) -> list[Name]:
    """Give the short form of a person's name the entity of the long one, when only one fits."""
    speaking = {name.text for name in names if name.speaks}
    people = {
        name.text: f"person:{slug(name.text)}"
        for name in names
        if " " in name.text and (name.kind == "person" or (name.kind == "other" and name.text.split()[-1] in speaking))
    }
    merged = []
    for name in names:
        fits = {entity for full, entity in people.items() if name.text in (full, full.split()[0], full.split()[-1])}
        may = name.kind in {"other", "person", "place"} and not name.entity_id.startswith("country:")
        merged.append(replace(name, kind="person", entity_id=fits.pop()) if may and len(fits) == 1 else name)
    return merged


def _pronouns(document: Document, names: Sequence[Name]) -> Iterator[Mention]:
    """`he` and `she`, with the one person that the paragraph, else the one before it, names."""
    text = document.story.text
    for token in document.tokens:
        if token.text.lower() not in PRONOUNS:
            continue
        here = text.rfind("\n\n", 0, token.start_char)
        before = text.rfind("\n\n", 0, max(0, here))
        told = [name for name in names if not is_quoted(text, name.start_char)]
        people = _people(told, here, token.start_char) or _people(told, before, here)
        entity = people.pop() if len(people) == 1 else None
        if entity and _other_gender(names, entity, token.text.lower()):
            entity = None
        yield Mention(
            item_id=document.story.item_id,
            start_char=token.start_char,
            end_char=token.end_char,
            text=token.text,
            kind="person",
            mention_type="PRO",
            entity_id=entity,
        )


def _people(names: Sequence[Name], start: int, end: int) -> set[str]:
    return {name.entity_id for name in names if name.kind == "person" and start < name.start_char < end}


def _other_gender(names: Sequence[Name], entity: str, pronoun: str) -> bool:
    """Whether a title says that the pronoun cannot mean this person."""
    titles = {name.title for name in names if name.entity_id == entity}
    return any(titles & set(of) for other, of in PRONOUNS.items() if other != pronoun)


def _entities(item_id: str, names: Sequence[Name], mentions: Sequence[Mention]) -> Iterator[Entity]:
    """One row for each thing that is named."""
    counts = Counter(mention.entity_id for mention in mentions)
    places = {f"place:{place.geonameid}": place for place in gazetteer.towns().values()}
    by_id: dict[str, list[Name]] = {}
    for name in names:
        by_id.setdefault(name.entity_id, []).append(name)
    for entity_id, of in sorted(by_id.items()):
        place = places.get(entity_id)
        code = entity_id.removeprefix("country:") if entity_id.startswith("country:") else None
        title = next((name.title for name in of if name.title), None)
        yield Entity(
            item_id=item_id,
            entity_id=entity_id,
            kind="place" if code else of[0].kind,
            name=gazetteer.country_name(code) if code else max((name.text for name in of), key=len),
            role=title,
            country=code or (place.country if place else None),
            sector=_sector(entity_id, title),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            mention_count=counts[entity_id],
        )


def _sector(entity_id: str, title: str | None) -> str | None:
    """The sector that the title tells; agencies are media."""
    if entity_id in {f"organization:{slug(name)}" for name in gazetteer.agencies()}:
        return "MED"
    return gazetteer.titles().get(title) if title else None
