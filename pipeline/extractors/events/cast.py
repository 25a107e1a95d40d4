"""Who takes part in an event: the tree's subjects, objects and obliques, as actors, recipients and objects.

A recipient is somebody: a name, a pronoun or a noun that stands for an actor (sectors.csv), else what
the verb is done to (`rejected the referendum`). What is handed to a recipient (`$49 million`) is an object.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extractors.events.frames import sectors
from pipeline.extractors.events.tree import Tree
from pipeline.extractors.events.triggers import Trigger, is_passive
from pipeline.tables import Entity, Mention

# Which preposition brings the recipient, the likeliest first.
TOWARDS = (
    *("with", "to", "against", "on", "at", "into", "toward", "towards", "upon", "from", "over", "for"),
    *("between", "among", "of", "in", "near", "by"),
)
COMPLEMENTS = ("xcomp", "ccomp", "advcl", "obj", "obl", "acl", "nmod", "appos")
DEEPEST = 3
SAYING = frozenset("say tell announce declare add claim assert state confirm warn pledge vow insist report".split())
ACTING = frozenset({"person", "organization", "place", "group"})
PERSONAL = frozenset("he she they it we i".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow day week month year night morning evening".split()
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The heads of the noun phrases that take part."""

    actors: Sequence[int] = ()
    recipients: Sequence[int] = ()
    objects: Sequence[int] = ()


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
    names = (*mentions, *tree.document.names)
    spans = [(name.start_char, name.end_char) for name in names if name.kind in ACTING]
    starts = {char for start, end in spans for char in range(start, end)}
    return frozenset(index for index, token in enumerate(tree.tokens) if token.start_char in starts)


def cast_of(tree: Tree, trigger: Trigger, named: frozenset[int]) -> Cast:
    """Actors, recipients and objects of an event."""
    if tree.tokens[trigger.index].upos == "NOUN":
        actors, things = _of_noun(tree, trigger.index, named)
    elif is_passive(tree, trigger.index):
        actors, things = _of_passive(tree, trigger)
    else:
        actors, things = _of_active(tree, trigger)
    everybody = [each for head in actors for each in tree.with_others(_sayer(tree, head))]
    somebody = [each for each in things if _is_somebody(tree, each, named)]
    direct = [each for each in things[:1] if tree.relation(each) in {"obj", "nsubj:pass"}]
    told_of = [each for each in things if each not in direct and _tells_of_somebody(tree, each, named)]
    chosen = (somebody or direct or told_of)[:1]
    recipients = [each for head in chosen for each in tree.with_others(head) if each not in everybody]
    return Cast(everybody, recipients, [each for each in direct if each not in recipients])


def _of_active(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    actors = tree.dependents(trigger.index, "nsubj") or _shared_subject(tree, trigger.index)
    return actors, [each for each in _reached(tree, trigger) if each not in actors]


def _of_passive(tree: Tree, trigger: Trigger) -> tuple[Sequence[int], Sequence[int]]:
    """`was arrested by police`: done to its subject, by its agent."""
    index = trigger.index
    patients = tree.dependents(index, "nsubj")
    if not patients and tree.relation(index) == "acl":
        patients = [tree.tokens[index].head]
    agents = tree.obliques(index, "by")
    rest = [each for each in _reached(tree, trigger) if each not in agents and each not in patients]
    return agents, rest if trigger.light is not None else [*(patients or _shared_subject(tree, index)), *rest]


def _of_noun(tree: Tree, index: int, named: frozenset[int]) -> tuple[Sequence[int], Sequence[int]]:
    """`Russia's invasion of Ukraine`, `talks between the two`, `an attack by rebels on a convoy`."""
    owners = [each for each in tree.dependents(index, "nmod") if tree.relation(each) == "nmod:poss"]
    before = [
        each for each in tree.dependents(index, "amod", "compound") if each in named or _below(tree, each) & named
    ]
    agents = tree.obliques(index, "by") or owners or tree.obliques(index, "between", "among") or before
    return agents, [each for each in _by_preposition(tree, tree.dependents(index, "nmod", "obl")) if each not in agents]


def _below(tree: Tree, index: int) -> frozenset[int]:
    return frozenset(tree.dependents(index))


def _reached(tree: Tree, trigger: Trigger) -> list[int]:
    """What a verb may be done to, the likeliest first: its objects, then what prepositions bring, then deeper."""
    index = trigger.index
    direct = [
        *tree.dependents(index, "iobj"),
        *(each for each in tree.dependents(index, "obj") if each != trigger.light),
    ]
    light = [trigger.light] if trigger.light is not None else []
    brought = [each for verb in (index, *light, *direct) for each in tree.dependents(verb, "obl", "nmod")]
    return [*direct, *_by_preposition(tree, brought), *_deeper(tree, index)]


def _by_preposition(tree: Tree, nouns: Iterable[int]) -> list[int]:
    told = [each for each in nouns if tree.case(each) in TOWARDS and not _is_time(tree, each)]
    return sorted(told, key=lambda each: TOWARDS.index(tree.case(each)))


def _deeper(tree: Tree, index: int) -> list[int]:
    """`threatened to close the border with Iraq`: whom the complement is about."""
    found: list[int] = []
    level = [index]
    for _ in range(DEEPEST):
        level = [each for above in level for each in tree.dependents(above, *COMPLEMENTS)]
        found += [each for each in level if tree.tokens[each].upos in {"PROPN", "NOUN"}]
        found += [each for verb in level for each in tree.dependents(verb, "nsubj")]
    return [each for each in found if not _is_time(tree, each)]


def _is_time(tree: Tree, index: int) -> bool:
    return tree.tokens[index].lemma.lower() in TIMES or tree.tokens[index].upos == "NUM"


def _is_somebody(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A name, an actor's noun or a pronoun."""
    lemma = tree.tokens[index].lemma.lower()
    if index in named or lemma in sectors() or lemma in PERSONAL | {"them", "him", "us"}:
        return True
    return any(each in named for each in tree.dependents(index, "flat"))


def is_public(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A name, or a noun that stands for an actor of public life."""
    if index in named or tree.tokens[index].lemma.lower() in sectors():
        return True
    return any(each in named for each in tree.dependents(index, "flat", "compound", "nmod", "amod"))


def _tells_of_somebody(tree: Tree, index: int, named: frozenset[int]) -> bool:
    """A noun that a name or nationality belongs to: `Iran waters`."""
    return any(each in named for each in tree.dependents(index, "amod", "compound", "nmod"))


def _sayer(tree: Tree, head: int) -> int:
    """`Rebels said they will …`: whom the pronoun of a said clause means."""
    verb = tree.tokens[head].head
    above = tree.tokens[verb].head
    if tree.tokens[head].text.lower() not in PERSONAL or tree.relation(verb) != "ccomp":
        return head
    if tree.tokens[above].lemma.lower() not in SAYING:
        return head
    return next(iter(tree.dependents(above, "nsubj")), head)


def _shared_subject(tree: Tree, index: int) -> Sequence[int]:
    """The subject that a verb takes from the verb above it, or the noun that it describes."""
    relation = tree.relation(index).partition(":")[0]
    above = tree.tokens[index].head
    if relation == "acl" and tree.tokens[above].upos in {"NOUN", "PROPN", "PRON"}:
        return [above]
    if relation in {"conj", "xcomp", "advcl", "ccomp", "parataxis"} and above != index:
        own = tree.dependents(above, "nsubj")
        controller = tree.dependents(above, "obj") if relation == "xcomp" else []
        return controller or own or (_shared_subject(tree, above) if relation in {"conj", "xcomp"} else [])
    return []


def part_of(tree: Tree, head: int, mentions: Sequence[Mention], entities: dict[str, Entity]) -> Part:
    """The phrase of a head, whom its mention means, and country and sector as its words tell."""
    token = tree.tokens[head]
    start, end = tree.phrase(head)
    own = [m for m in mentions if m.start_char <= token.start_char and token.end_char <= m.end_char]
    inside = [m for m in mentions if start <= m.start_char and m.end_char <= end]
    mention = max(own, key=lambda m: m.end_char - m.start_char, default=None)
    entity = entities.get(mention.entity_id or "") if mention else None
    countries = {e.country for m in inside if (e := entities.get(m.entity_id or "")) and e.country}
    country = entity.country if entity and entity.country else countries.pop() if len(countries) == 1 else None
    sector = sectors().get(token.lemma.lower()) or (entity.sector if entity else None)
    text = tree.document.story.text[start:end]
    return Part(start, end, text, mention.entity_id if mention else None, country, sector)
