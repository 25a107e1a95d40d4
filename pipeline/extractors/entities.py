"""Who and what a story names: countries, nationalities, capitals, agencies and capitalised names.

A name is a mention; mentions of one thing share an entity. What a name is comes from the lists of
`gazetteer`, from the title before it, or from a word in it (`Ministry`); a capitalised name that
nothing tells about is kind `other`. `Lee` after `Lee Jae Myung` is the same person; `he` is whom
the paragraphs just before name, when they name one person alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.extractors import gazetteer
from pipeline.tables import Entity, Kind, Mention
from pipeline.text import Document

CAPITAL = r"[A-ZÀ-ÖØ-Þ](?:[\w’'-]*\w|\.)?"
SEQUENCE = re.compile(rf"\b{CAPITAL}(?:(?:[ \t]+|\n(?!\n)){CAPITAL})*")
WORD = re.compile(r"(?<!\S)(?!['’]s\b)\S+")
PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
PARAGRAPHS_BACK = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, and what it was taken for."""

    start_char: int
    end_char: int
    text: str
    kind: Kind
    entity_id: str
    title: str | None = None


def find_entities(document: Document) -> tuple[list[Mention], list[Entity]]:
    """Mentions by place, and the entities that they are of, by id."""
    names = list(_merge(_names(document)))
    item_id = document.story.item_id
    mentions = [
        Mention(
            item_id=item_id,
            start_char=name.start_char,
            end_char=name.end_char,
            text=name.text,
            kind=name.kind,
            mention_type="NAM",
            entity_id=name.entity_id,
        )
        for name in names
    ]
    mentions += _pronouns(document, names)
    mentions.sort(key=lambda mention: mention.start_char)
    return mentions, list(_entities(item_id, names, mentions))


@cache
def _known() -> Mapping[str, tuple[Kind, str]]:
    """Every name of the gazetteer, with its kind and entity."""
    found: dict[str, tuple[Kind, str]] = {}
    found |= {name: ("place", f"place:{place.geonameid}") for name, place in gazetteer.capitals().items()}
    found |= {name: ("place", f"country:{code}") for name, code in gazetteer.countries().items()}
    found |= {word: ("group", f"country:{code}") for word, code in gazetteer.demonyms().items()}
    return found | {name: ("organization", f"organization:{_slug(name)}") for name in gazetteer.agencies()}


@cache
def _known_pattern() -> re.Pattern[str]:
    names = sorted(_known(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


@cache
def _title_pattern() -> re.Pattern[str]:
    names = sorted(gazetteer.titles(), key=len, reverse=True)
    return re.compile(r"(?:^|(?<=\s))(?:former\s+)?(?:" + "|".join(map(re.escape, names)) + r")\s+$")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(word for (word,) in gazetteer.lexicon("not_names"))


def _names(document: Document) -> Iterator[Name]:
    """Names from left to right: known ones first, then what is left of capitalised sequences."""
    text = document.story.text
    begins = {sentence.start_char for sentence in document.sentences}
    for found in SEQUENCE.finditer(text):
        start = found.start()
        for known in _known_pattern().finditer(text, found.start(), found.end()):
            if not _inside_longer(text, known, found):
                yield from _unknown(text, start, known.start(), begins)
                yield Name(known.start(), known.end(), known.group(), *_known()[known.group()])
                start = known.end()
        yield from _unknown(text, start, found.end(), begins)


def _inside_longer(text: str, known: re.Match[str], sequence: re.Match[str]) -> bool:
    """`Bank of China`, `Seoul National University`: a known name inside an organization's."""
    words = text[known.end() : sequence.end()].split()
    return any(word in gazetteer.organization_words() for word in words) and known.group() not in gazetteer.demonyms()


def _unknown(text: str, start: int, end: int, begins: set[int]) -> Iterator[Name]:
    """A name in a stretch of capitalised words, without the words that are no names, and titles, before it."""
    words = list(WORD.finditer(text[start:end]))
    while words and (words[0].group() in _not_names() or _ends_title(text, start + words[0].end(), words)):
        words.pop(0)
    while words and words[-1].group() in _not_names():
        words.pop()
    if not words:
        return
    first, last = start + words[0].start(), start + words[-1].end()
    if text[last - 2 : last] in {"'s", "’s"}:
        last -= 2
    title = _title_pattern().search(text[max(0, first - 40) : first])
    kind = _kind(text[first:last], title is not None)
    if kind != "other" or len(words) > 1 or first not in begins:
        name = text[first:last]
        yield Name(first, last, name, kind, f"{kind}:{_slug(name)}", title.group().strip() if title else None)


def _ends_title(text: str, end: int, words: list[re.Match[str]]) -> bool:
    """Whether the text up to `end` ends in a title, and a name follows it."""
    return len(words) > 1 and bool(_title_pattern().search(text[max(0, end - 40) : end] + " "))


def _kind(name: str, titled: bool) -> Kind:  # noqa: FBT001
    words = name.split()
    if any(word in gazetteer.organization_words() for word in words):
        return "organization"
    if titled:
        return "person"
    return "organization" if len(words) == 1 and name.isupper() and len(name) > 1 else "other"


def _merge(names: Iterable[Name]) -> Iterator[Name]:
    """Give the short form of a person's name the entity of the long one; two words alike are one person."""
    found = list(names)
    people = {name.text: name.entity_id for name in found if name.kind == "person" and " " in name.text}
    parts = Counter(part for full in people for part in {full.split()[0], full.split()[-1]})
    for name in found:
        full = [entity for text, entity in people.items() if name.text in {text, text.split()[0], text.split()[-1]}]
        if name.kind in {"other", "person"} and full and (parts[name.text] <= 1):
            yield Name(name.start_char, name.end_char, name.text, "person", full[0], name.title)
        else:
            yield name


def _pronouns(document: Document, names: list[Name]) -> Iterator[Mention]:
    """`he` and `she`, with whom they mean when the paragraphs just before name one person alone."""
    text = document.story.text
    for found in PRONOUN.finditer(text):
        start = text.rfind("\n\n", 0, found.start())
        for _ in range(PARAGRAPHS_BACK):
            start = text.rfind("\n\n", 0, max(0, start))
        people = {n.entity_id for n in names if n.kind == "person" and start < n.start_char < found.start()}
        yield Mention(
            item_id=document.story.item_id,
            start_char=found.start(),
            end_char=found.end(),
            text=found.group(),
            kind="person",
            mention_type="PRO",
            entity_id=people.pop() if len(people) == 1 else None,
        )


def _entities(item_id: str, names: list[Name], mentions: list[Mention]) -> Iterator[Entity]:
    """One row for each thing that is named."""
    counts = Counter(mention.entity_id for mention in mentions)
    places = {f"place:{place.geonameid}": place for place in gazetteer.capitals().values()}
    by_id: dict[str, list[Name]] = {}
    for name in names:
        by_id.setdefault(name.entity_id, []).append(name)
    for entity_id, of in sorted(by_id.items()):
        place = places.get(entity_id)
        is_country = entity_id.startswith("country:")
        code = entity_id.removeprefix("country:") if is_country else place.country if place else None
        title = next((name.title for name in of if name.title), None)
        yield Entity(
            item_id=item_id,
            entity_id=entity_id,
            kind="place" if is_country else of[0].kind,
            name=gazetteer.country_name(entity_id[8:]) if is_country else max((n.text for n in of), key=len),
            role=title,
            country=code,
            sector=_sector(of[0], title),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            mention_count=counts[entity_id],
        )


def _sector(name: Name, title: str | None) -> str | None:
    """The sector that the title tells; agencies are media."""
    if name.text in gazetteer.agencies():
        return "MED"
    if not title or title.startswith("former "):
        return None
    return gazetteer.titles()[title]


def _slug(name: str) -> str:
    """As `lee-jae-myung`: letters without accents, lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w]+", "-", plain.lower()).strip("-")
