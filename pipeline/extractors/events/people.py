"""Which words stand for somebody: names, nouns of actors, pronouns; and whom a phrase means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extractors.events.control import PERSONAL
from pipeline.extractors.events.frames import kinds, noun_frames, sectors, words
from pipeline.extractors.events.tree import Tree
from pipeline.tables import Entity, Mention
from pipeline.text import Name

ACTING = frozenset({"person", "organization", "place", "group"})
PRONOUNS = PERSONAL | {"them", "him", "us", "her"}
STATE = frozenset("COP GOV IGO JUD LEG OPP PTY REB SEP UAF".split())
UNKNOWN = frozenset({None, "BUS"})
COUNTED = frozenset({"obj", "nsubj"})
YEAR = 4
BELONGING = ("flat", "compound", "amod", "appos")


@dataclass(frozen=True, slots=True)
class Known:
    """The tokens of names: of all that act, of what are firms for all that is known, of the state's and of fighters."""

    named: frozenset[int]
    firms: frozenset[int]
    officials: frozenset[int]


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
    spans = [(name.start_char, name.end_char) for name in names if name.kind in ACTING and not is_deed(tree, name)]
    inside = {char for start, end in spans for char in range(start, end)}
    return frozenset(index for index, token in enumerate(tree.tokens) if token.start_char in inside)


def is_deed(tree: Tree, name: Mention | Name) -> bool:
    """`Shelling kills 11`: a noun of a deed that begins a sentence is no name, whatever its capital says."""
    inside = tree.between(name.start_char, name.end_char)
    sentence = tree.document.sentence_at(name.start_char)
    if len(inside) != 1 or not sentence or sentence.first != inside[0]:
        return False
    return any(each.cameo_code for each in noun_frames(tree.tokens[inside[0]]))


def site_tokens(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens of towns, regions and buildings: where something happens, not who does it."""
    names = (each for each in mentions if each.kind == "place" and each.mention_type == "NAM")
    return _covered(tree, (each for each in names if not (each.entity_id or "").startswith("country:")))


def person_tokens(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens of names of people, and of pronouns for them."""
    return _covered(tree, (each for each in mentions if each.kind == "person" and each.mention_type != "NOM"))


def _covered(tree: Tree, mentions: Iterable[Mention]) -> frozenset[int]:
    return frozenset(index for each in mentions for index in tree.between(each.start_char, each.end_char))


def known_tokens(tree: Tree, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> Known:
    """The tokens of names by who they are."""
    whose = {each: entities[name] for each in mentions if (name := each.entity_id) and name in entities}
    firms = (each for each, entity in whose.items() if _is_firm(entity))
    officials = (each for each, entity in whose.items() if entity.sector in STATE and not _is_country(entity))
    return Known(named_tokens(tree, mentions), _covered(tree, firms), _covered(tree, officials))


def _is_firm(entity: Entity) -> bool:
    """An organization that is a company for all that is known of it, or one of those who run companies."""
    return (entity.kind == "organization" and entity.sector in UNKNOWN) or (
        entity.kind == "person" and entity.sector == "BUS"
    )


def _is_country(entity: Entity) -> bool:
    """A team of that name too, in sport."""
    return entity.entity_id.startswith("country:")


def is_time(tree: Tree, index: int) -> bool:
    """`Wednesday`, `years`, `2018`: no part in an event; `detained four of them` tells of people."""
    token = tree.tokens[index]
    if token.upos == "NUM" and token.xpos != "NNS":
        return not (tree.relation(index).partition(":")[0] in COUNTED and _is_count(token.text))
    return token.lemma.lower() in words("times")


def _is_count(text: str) -> bool:
    """Not a year, nor a part of one number."""
    return not (text.isdecimal() and len(text) == YEAR)


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
    if index in named or lemma in sectors() or text in PRONOUNS or lemma in words("kin"):
        return True
    if tree.tokens[index].upos == "NUM" and any(
        tree.tokens[each].upos == "PRON" for each in tree.obliques(index, "of")
    ):
        return True  # `four of them`
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


def is_placed(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """`sanctions in Brussels`, `guarantees for workers`: beside it only a place is named, or those for whom it is."""
    beside = [each for each in tree.dependents(index, "nmod", "amod", "compound") if each in named]
    return bool(beside) and all(tree.case(each) == "for" or (each in tree.sites and tree.case(each)) for each in beside)


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
    mention = max(own, key=lambda m: m.end_char - m.start_char, default=None) or _titled(tree, head, mentions)
    entity = entities.get(mention.entity_id or "") if mention else None
    telling = [m for m in inside if _tells_country(tree, head, m)]
    countries = {e.country for m in telling if (e := entities.get(m.entity_id or "")) and e.country}
    country = entity.country if entity and entity.country else countries.pop() if len(countries) == 1 else None
    sector = _sector_of(tree, head, mention, entity)
    entity_id = mention.entity_id if mention else None
    if token.xpos == "NNPS" and _is_some(tree, head) and (entity_id or "").startswith("country:"):
        entity_id, sector = None, "CVL"
    return Part(start, end, tree.document.story.text[start:end], entity_id, country, sector)


def _titled(tree: Tree, head: int, mentions: Sequence[Mention]) -> Mention | None:
    """`Former Iraqi president Saddam Hussein`: whose title a noun is, where the tree parts them."""
    after = head + 1
    if after not in tree.persons or not any(above == head for above in tree.above(after)):
        return None
    at = tree.tokens[after].start_char
    return next((each for each in mentions if each.start_char <= at < each.end_char and each.kind == "person"), None)


def _is_some(tree: Tree, head: int) -> bool:
    """`Some Kenyans`, `two Americans`, `many Russians`: not the country."""
    before = tree.dependents(head, "nummod", "det", "amod")
    return any(tree.tokens[each].upos == "NUM" or tree.tokens[each].text.lower() in words("some") for each in before)


def _tells_country(tree: Tree, head: int, mention: Mention) -> bool:
    """`Israeli troops`, `embassies in Kenya`; not of `a suspect in the Embassy bombing`, `Russia's neighbour`."""
    at = next(iter(tree.between(mention.start_char, mention.end_char)), head)
    foreign = tree.tokens[head].lemma.lower() in words("foreign")
    for above in (at, *tree.above(at)):
        if above == head:
            return True
        if tree.relation(above) == "nmod:poss" and foreign and tree.tokens[above].head == head:
            return False
        if tree.tokens[above].upos == "NOUN" and noun_frames(tree.tokens[above]):
            return False
    return True


def _sector_of(tree: Tree, head: int, mention: Mention | None, entity: Entity | None) -> str | None:
    """A name's own sector before that of its words (`the European Union` is no union), else its noun's."""
    inner = kernel(tree, head)
    own = entity.sector if entity else None
    if own and mention and mention.mention_type == "NAM" and tree.tokens[inner].upos == "PROPN":
        return own
    noun = tree.tokens[inner].lemma.lower()
    return _of_group(tree, inner) or own if noun in words("bodies") else sectors().get(noun) or own


def _of_group(tree: Tree, index: int) -> str | None:
    """`armed groups`, `a student group`: what stands before tells who they are."""
    before = (tree.tokens[each].lemma.lower() for each in tree.dependents(index, "amod", "compound"))
    return next((kind for each in before if (kind := kinds().get(each))), None)


def _names_of(tree: Tree, head: int) -> list[int]:
    """`his counterpart, Mostafa Najjar`, `adviser Jared Kushner`: the name behind a noun that tells who it is."""
    if tree.tokens[head].upos != "NOUN":
        return []
    named = [each for each in tree.dependents(head, "appos") if tree.tokens[each].upos == "PROPN" and each > head]
    return named[:1]


def owner_of(tree: Tree, head: int, mentions: Sequence[Mention]) -> str | None:
    """Whose a thing is: `its territory`, `Lee's overtures`, `the territory of Ukraine`."""
    owners = tree.owners(head)
    told = [] if noun_frames(tree.tokens[head]) else tree.obliques(head, "of")  # whom a deed is of undergoes it
    for owner in owners or told:
        at = tree.tokens[owner].start_char
        for mention in mentions:
            if mention.start_char <= at < mention.end_char and mention.kind in ACTING and mention.entity_id:
                return mention.entity_id
    return None
