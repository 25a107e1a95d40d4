"""Which words stand for somebody: names, nouns of actors, pronouns; and whom a phrase means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extractors.events.control import PERSONAL
from pipeline.extractors.events.frames import sectors, words
from pipeline.extractors.events.tree import Tree
from pipeline.tables import Entity, Mention
from pipeline.text import Name

ACTING = frozenset({"person", "organization", "place", "group"})
PRONOUNS = PERSONAL | {"them", "him", "us", "her"}
UNKNOWN = frozenset({None, "BUS"})
BELONGING = ("flat", "compound", "amod", "appos")


@dataclass(frozen=True, slots=True)
class Part:
    """A noun phrase in the text, whom it means, and what is known of them."""

    start_char: int
    end_char: int
    text: str
    entity_id: str | None
    country: str | None
    sector: str | None


def named_tokens(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens that names of persons, organizations, places and groups cover."""
    names: Iterable[Mention | Name] = (*mentions, *tree.document.names)
    spans = [(name.start_char, name.end_char) for name in names if name.kind in ACTING]
    inside = {char for start, end in spans for char in range(start, end)}
    return frozenset(index for index, token in enumerate(tree.tokens) if token.start_char in inside)


def site_tokens(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens of towns, regions and buildings: where something happens, not who does it."""
    names = (each for each in mentions if each.kind == "place" and each.mention_type == "NAM")
    return _covered(tree, (each for each in names if not (each.entity_id or "").startswith("country:")))


def person_tokens(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens of names of people, and of pronouns for them."""
    return _covered(tree, (each for each in mentions if each.kind == "person" and each.mention_type != "NOM"))


def _covered(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    return frozenset(index for each in mentions for index in tree.between(each.start_char, each.end_char))


def firm_tokens(tree: Tree, mentions: Iterable[Mention], entities: Mapping[str, Entity]) -> frozenset[int]:
    """The tokens of organizations that are companies for all that is known of them."""
    firms = {each.entity_id for each in entities.values() if each.kind == "organization" and each.sector in UNKNOWN}
    return _covered(tree, (each for each in mentions if each.entity_id in firms))


def is_time(tree: Tree, index: int) -> bool:
    """`Wednesday`, `years`, `2018`: no part in an event."""
    token = tree.tokens[index]
    return token.lemma.lower() in words("times") or (token.upos == "NUM" and token.xpos != "NNS")


def kernel(tree: Tree, index: int) -> int:
    """`tens of thousands of protesters`, `a group of soldiers`: the noun that tells who they are."""
    token = tree.tokens[index]
    if not words("gatherings") & {token.lemma.lower(), token.text.lower().removesuffix("s")}:
        return index
    inner = [each for each in tree.obliques(index, "of") if tree.tokens[each].upos in {"NOUN", "PROPN"}]
    return kernel(tree, inner[0]) if inner and inner[0] > index else index


def is_somebody(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A name, an actor's noun or a pronoun."""
    lemma, text = tree.tokens[kernel(tree, index)].lemma.lower(), tree.tokens[index].text.lower()
    if lemma == "force" and tree.tokens[index].xpos == "NN" and index not in named:
        return False  # `the threat of force`
    if lemma == "state" and index not in named and tree.obliques(index, "of"):
        return False  # `a state of siege`
    if index in named or lemma in sectors() or text in PRONOUNS:
        return True
    return any(each in named for each in tree.dependents(index, "flat"))


def is_public(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A name, or a noun that stands for an actor of public life."""
    index = kernel(tree, index)
    lemma = tree.tokens[index].lemma.lower()
    if lemma not in words("private") and (index in named or lemma in sectors()):
        return True
    own = any(each in named for each in tree.dependents(index, *BELONGING))
    return own or any(each in named - tree.persons for each in tree.dependents(index, "nmod"))


def is_company(tree: Tree, index: int) -> bool:
    """`Jayark Corp.`, `the firm`: what it agrees to or offers is business."""
    phrase = [index, *tree.dependents(index, "flat", "compound", "amod")]
    if any(tree.tokens[each].text.lower() in words("official") for each in phrase):
        return False  # the World Bank
    return any(tree.tokens[each].text.lower().rstrip(".") in words("companies") for each in phrase)


def tells_of_somebody(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A noun that a name or nationality belongs to: `Iran waters`, `its territory`."""
    return any(each in named for each in tree.dependents(index, "amod", "compound", "nmod"))


def part_of(tree: Tree, head: int, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> Part:
    """The phrase of a head, whom its mention means, and country and sector as its words tell."""
    token = tree.tokens[head]
    start, end = tree.phrase(head)
    own = [m for m in mentions if m.start_char <= token.start_char and token.end_char <= m.end_char]
    for name in _names_of(tree, head):
        end = max(end, tree.phrase(name)[1])
        at = tree.tokens[name].start_char
        own = own or [m for m in mentions if m.start_char <= at < m.end_char]
    inside = [m for m in mentions if start <= m.start_char and m.end_char <= end]
    own = [m for m in own if start <= m.start_char and m.end_char <= end] or own  # not `the US and China`
    mention = max(own, key=lambda m: m.end_char - m.start_char, default=None)
    entity = entities.get(mention.entity_id or "") if mention else None
    countries = {e.country for m in inside if (e := entities.get(m.entity_id or "")) and e.country}
    country = entity.country if entity and entity.country else countries.pop() if len(countries) == 1 else None
    sector = sectors().get(tree.tokens[kernel(tree, head)].lemma.lower()) or (entity.sector if entity else None)
    return Part(
        start, end, tree.document.story.text[start:end], mention.entity_id if mention else None, country, sector
    )


def _names_of(tree: Tree, head: int) -> list[int]:
    """`his counterpart, Mostafa Najjar`, `adviser Jared Kushner`: the name behind a noun that tells who it is."""
    if tree.tokens[head].upos != "NOUN":
        return []
    named = [each for each in tree.dependents(head, "appos") if tree.tokens[each].upos == "PROPN" and each > head]
    return named[:1]


def owner_of(tree: Tree, head: int, mentions: Sequence[Mention]) -> str | None:
    """Whose a thing is: `its territory`, `Lee's overtures`, `the territory of Ukraine`."""
    owners = [each for each in tree.dependents(head, "nmod") if tree.relation(each) == "nmod:poss"]
    for owner in owners or tree.obliques(head, "of"):
        at = tree.tokens[owner].start_char
        for mention in mentions:
            if mention.start_char <= at < mention.end_char and mention.kind in ACTING and mention.entity_id:
                return mention.entity_id
    return None
