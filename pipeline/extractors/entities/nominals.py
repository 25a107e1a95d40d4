"""Nouns that stand for somebody: `the president`, `the ministry`, `officials`, `two soldiers`, `the pact`.

A definite one means the person whose role, or the body whose name, says the noun; of several, the one named last.
What nothing is found for is an entity of its own by its description, `unnamed:north-korean-officials`.
"""

from collections.abc import Iterator, Sequence

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate, text_of
from pipeline.extractors.entities.roles import country_of, noun_at
from pipeline.extractors.quotes import is_quoted
from pipeline.extractors.syntax import Tree
from pipeline.tables import Kind
from pipeline.text import Document

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INSIDE = frozenset({"compound", "nmod:desc", "flat", "amod"})
BEFORE = frozenset({"ADJ", "DET", "NOUN", "NUM", "PROPN"})
HYPHENS = frozenset({"-", "–"})
LONGEST = 8
"""Words of the longest nominal before its noun."""
RECENT = 60
"""Words back in which the only one named of several that fit is meant."""
MALE = frozenset({"boy", "brother", "businessman", "father", "husband", "king", "prince", "son", "sultan"})
SHE = frozenset({"actress", "daughter", "girl", "mother", "princess", "queen", "sister", "widow", "wife"})
EMPTY = frozenset({"a", "an", "the", "this", "that", "these", "those", "some", "another", "any", "one"})


def find_nominals(document: Document, tree: Tree, names: Sequence[Candidate]) -> list[Candidate]:
    """Nominals from left to right, with their entities. `names` have theirs."""
    taken = {index for each in names for index in range(each.first, each.end)}
    taken |= {index for each in names if each.title_first is not None for index in range(each.title_first, each.first)}
    titled = {each.first for each in names if each.kind == "person"}
    bodies = {each.first for each in names if each.kind == "organization"}
    found: list[Candidate] = []
    for index, token in enumerate(document.tokens):
        inside = token.deprel in INSIDE and index + 1 not in bodies
        if index in taken or not _is_noun(document, index) or inside or index + 1 in titled:
            continue
        each = _nominal(document, tree, index)
        if each is not None:
            each.country = _country(tree, each, names)
            each.entity_id = _resolve(document, tree, each, [*names, *found])
            if index + 1 in bodies and each.kind != "organization":
                continue
            if each.entity_id:
                found.append(each)
    return found


def _is_noun(document: Document, index: int) -> bool:
    """A common noun, or one with a capital behind an article: `the President`."""
    before = document.tokens[index - 1].text.lower() if index else ""
    return document.tokens[index].upos == "NOUN" or (document.tokens[index].upos == "PROPN" and before == "the")


def _nominal(document: Document, tree: Tree, index: int) -> Candidate | None:
    noun = noun_at(document.tokens, index)
    if noun is None or noun[1].kind is None:
        return None
    first = _start(document, tree, index)
    kind: Kind = noun[1].kind
    bare = first == index and document.tokens[index].xpos == "NN" and kind == "person"
    if bare and not document.tokens[index].deprel.startswith("nsubj"):
        return None
    if kind in {"person", "organization"} and document.tokens[index].xpos in {"NNS", "NNPS"} and noun[0] != "police":
        kind = "group"
    text, start = text_of(document, first, index + 1), document.tokens[first].start_char
    he = _gender(noun[0])
    if "\n" in document.story.text[start : document.tokens[index].start_char]:
        return None
    return Candidate(first, index + 1, index, text, kind, "NOM", noun=noun[0], he=he,
                     quoted=is_quoted(document.story.text, start))  # fmt: skip


def _gender(noun: str) -> str | None:
    """`he` or `she`, where the noun tells."""
    if noun in SHE or noun.endswith("woman"):
        return "she"
    return "he" if noun in MALE or noun.endswith("man") else None


def _start(document: Document, tree: Tree, index: int) -> int:
    """Where the words before a noun that belong to it begin: `two South Korean army officers`."""
    first = index
    while first > 0 and index - first < LONGEST:
        token = document.tokens[first - 1]
        fits = token.upos in BEFORE or token.deprel == "amod" or token.text in HYPHENS or token.xpos in {"PRP$", "POS"}
        if not fits or index not in tree.above(first - 1) or token.text.lower() in {"least", "most"}:
            break
        first -= 1
    return first + (document.tokens[first].text in HYPHENS)


def _resolve(document: Document, tree: Tree, each: Candidate, others: Sequence[Candidate]) -> str | None:
    """The entity that a nominal means."""
    others = [other for other in others if _may_be_meant(document, other)]
    beside = _apposed(tree, each, others)
    if beside is not None:
        return beside
    definite = document.tokens[each.first].text.lower() in DEFINITE
    if definite or each.first == each.head:
        found = _named(each, others) if definite else None
        if found is not None:
            return found
        if definite and (again := _again(each, others)):
            return again
    return None if each.kind == "law" else _unnamed(tree, document, each)


def _may_be_meant(document: Document, other: Candidate) -> bool:
    """`the company` is neither the agency that tells of it nor the town in `Guadalajara-based`."""
    after = document.tokens[other.end].text if other.end < len(document.tokens) else ""
    return other.text not in document.story.credits and after not in HYPHENS


def _apposed(tree: Tree, each: Candidate, others: Sequence[Candidate]) -> str | None:
    """`Park Jin, the foreign minister`, and `the foreign minister, Park Jin`, and `Park Jin is the minister`."""
    head = tree.token(each.head)
    subject = tree.child(each.head, "nsubj") if tree.child(each.head, "cop") is not None else None
    for other in others:
        # "Chinese company Huawei": the noun stands right before the name.
        before = other.first == each.end and other.kind == "organization"
        beside = (
            before
            or other.head == subject
            or (head.deprel == "appos" and other.head == head.head)
            or (tree.token(other.head).deprel == "appos" and tree.token(other.head).head == each.head)
        )
        if beside and other.kind == each.kind and other.mention_type == "NAM":
            return other.entity_id
    return None


def _named(each: Candidate, others: Sequence[Candidate]) -> str | None:
    """The one that bears the noun: in the role of a person, in the name of a body."""
    country = each.country
    fits = [other for other in others if other.entity_id and other.mention_type == "NAM" and _fits(each, other)]
    fits = [
        other for other in fits if not country or not (told := country_of(other.role or other.text)) or told == country
    ]
    before = [other for other in fits if other.first < each.first]
    ids = {other.entity_id for other in (before or fits)}
    if len(ids) == 1:
        return ids.pop()
    if not fits and each.kind == "organization" and gazetteer.nouns()[each.noun or ""].sector == "BUS":
        before = [other for other in others if other.kind == "organization" and other.mention_type == "NAM"]
    recent = {other.entity_id for other in before if 0 < each.first - other.first < RECENT}
    return recent.pop() if len(recent) == 1 else None


def _fits(each: Candidate, other: Candidate) -> bool:
    noun = each.noun or ""
    if each.kind == "person":
        roles = (other.role or "").lower().split()
        if noun == "premier" and {"prime", "minister"} <= set(roles):
            return other.kind == "person"
        return other.kind == "person" and noun.split()[-1] in [_full(word) for word in roles] and _agrees(each, roles)
    if each.kind == "law":
        return other.kind == "law"
    return other.kind == each.kind and noun.split()[-1] in other.text.lower().split()


def _full(word: str) -> str:
    return gazetteer.titles().get(word.capitalize(), (None, None))[0] or word


def _agrees(each: Candidate, roles: Sequence[str]) -> bool:
    """`the foreign minister` is no defence minister, and `the president` no vice president."""
    said = {word.lower() for word in each.words[:-1]} - EMPTY - {"former"}
    told = set(roles)
    return said <= told | {word.lower() for word in gazetteer.demonyms()} and ("vice" in said) == ("vice" in told)


def _country(tree: Tree, each: Candidate, others: Sequence[Candidate]) -> str | None:
    """The country that a nominal names before or behind its noun: `the president of South Korea`."""
    first, end = tree.stretch(each.head)
    inside = [other for other in others if first <= other.first < min(end, each.end + 6)]
    told = country_of(" ".join([each.text, *(other.text for other in inside)]))
    places = {other.country for other in inside if other.kind == "place" and other.country}
    return told or (places.pop() if len(places) == 1 else None)


def _again(each: Candidate, others: Sequence[Candidate]) -> str | None:
    """`the man` after `a man`."""
    same = [other for other in others
            if other.mention_type == "NOM" and other.noun == each.noun and other.kind == each.kind]  # fmt: skip
    return same[-1].entity_id if same and len(each.words) == 2 else None


def _unnamed(tree: Tree, document: Document, each: Candidate) -> str | None:
    words = list(_described(document, each))
    owner = next((child for child in tree.children[each.head] if tree.token(child).deprel == "nmod"
                  and child > each.head and tree.token(child).upos == "PROPN"), None)  # fmt: skip
    if owner is not None and owner - each.head <= 4:
        words += ["of", document.tokens[owner].text]
    return f"unnamed:{gazetteer.slug(' '.join(words))}" if words else None


def _described(document: Document, each: Candidate) -> Iterator[str]:
    for token in document.tokens[each.first : each.end]:
        if token.text.lower() not in EMPTY and token.text not in {"'s", "’s"}:
            yield token.text
