"""The names of a document: the model's, trimmed, and those that the gazetteer knows and the model passed over."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate, text_of
from pipeline.extractors.places import capitals, folded, regions
from pipeline.extractors.quotes import is_quoted
from pipeline.extractors.syntax import Tree
from pipeline.tables import Kind
from pipeline.text import Document, Name, Token

LONGEST = 5
"""Words of the longest name looked up in the gazetteer."""
DIRECTIONS = frozenset({"North", "South", "East", "West"})
HALVES = ("North", "South")
AGREEMENTS = frozenset({"accord", "agreement", "treaty", "pact", "protocol", "convention", "declaration", "act"})
INTER = re.compile(r"inter-(\w+)", re.IGNORECASE)
BESIDE = re.compile(r"\w[\w’'.&-]*")


def find_names(document: Document, tree: Tree) -> list[Candidate]:
    """Names from left to right, none inside another, kinds as the gazetteer and most of the story's uses say."""
    found = [each for name in document.names if (each := _trimmed(document, tree, name))]
    taken = {index for each in found for index in range(each.first, each.end)}
    for each in _special(document, tree, taken):
        if any(old.first <= each.first and each.end <= old.end and old.text != each.text for old in found):
            continue
        found = [old for old in found if not old.overlaps(each)] + [each]
        taken |= set(range(each.first, each.end))
    found += _passed_over(document, tree, taken)
    spelled = _spelled_out(document)
    found = [each for each in found if each.text not in spelled]
    _agree_on_kinds(found)
    return sorted(found, key=lambda each: each.first)


def candidate(document: Document, tree: Tree, first: int, end: int, kind: Kind) -> Candidate:
    """A name over tokens `[first, end)`."""
    start = document.tokens[first].start_char
    return Candidate(first, end, tree.top(first, end), text_of(document, first, end), kind, "NAM",
                     quoted=is_quoted(document.story.text, start))  # fmt: skip


def _trimmed(document: Document, tree: Tree, name: Name) -> Candidate | None:
    """A name without articles, titles and a possessive; None when nothing that looks like a name is left."""
    tokens, (first, end) = document.tokens, (name.first, name.end)
    he = role = None
    while first < end - 1 or (first < end and tokens[first].upos == "DET"):
        title = gazetteer.titles().get(tokens[first].text)
        noun = name.kind == "person" and tokens[first].text.lower() in gazetteer.nouns()
        if (title is None and not noun and tokens[first].upos != "DET") or _is_own_article(document, name, first):
            break
        he = (title[1] if title else None) or he
        role = tokens[first].text if noun or (title and title[0]) else role
        first += 1
    while end > first and tokens[end - 1].text in {"'", "’", ","} and end - first > 1:
        end -= 1
    if end <= first or not any(map(_looks_named, tokens[first:end])):
        return None
    if end - first == 1 and _is_word(tokens[first], name.kind):
        return None
    found = candidate(document, tree, first, end, _kind(document, first, end, name.kind))
    found.he, found.role = he, role
    return found


def _is_own_article(document: Document, name: Name, index: int) -> bool:
    """`a report in The Times`: a capital in the midst of a sentence makes the article part of the name."""
    sentence = document.sentence_at(name.start_char)
    inside = sentence is not None and document.tokens[index].start_char > sentence.start_char
    leads = document.tokens[index].text == "The" and index + 1 < name.end
    return inside and leads and name.kind == "organization"


def _looks_named(token: Token) -> bool:
    """A capital, a digit, or a word that the model takes for a name all the same."""
    return token.text[:1].isupper() or token.text[:1].isdigit() or token.upos == "PROPN"


def _is_word(token: Token, kind: Kind) -> bool:
    """Whether a name is but a title or a noun: `President`, `Witnesses` at the start of a sentence."""
    known = token.lemma.lower() in gazetteer.nouns()
    return (kind == "person" and (known or token.text in gazetteer.titles())) or (known and token.upos == "NOUN")


@cache
def _known() -> dict[str, Kind]:
    """Every name of the gazetteer with its kind."""
    kinds: dict[str, Kind] = dict.fromkeys(gazetteer.organizations(), "organization")
    kinds |= dict.fromkeys(gazetteer.countries(), "place")
    return kinds | dict.fromkeys(gazetteer.demonyms(), "group")


def _kind(document: Document, first: int, end: int, told: Kind) -> Kind:
    """What the gazetteer says a name is; a person may be called Jordan where the story names one more fully."""
    text = text_of(document, first, end)
    is_place = folded(text) in regions() or folded(text) in capitals()
    known = _known().get(text) or ("place" if is_place else None)
    if told == "person" and (known is None or _bears(document, text)):
        return told
    return known or told


def _bears(document: Document, text: str) -> bool:
    """Whether somebody in the story has a name as part of a longer one: `Michael Jordan`."""
    people = (name.text for name in document.names if name.kind == "person")
    return any(text != person and text in person.split() for person in people)


def _special(document: Document, tree: Tree, taken: set[int]) -> Iterator[Candidate]:
    """Names that the model's kinds do not hold: `the North`, `both Koreas`, a dated agreement."""
    yield from _bodies(document, tree)
    yield from _landforms(document, tree)
    for index, token in enumerate(document.tokens):
        if token.text in DIRECTIONS and token.upos in {"PROPN", "NOUN"} and _is_alone(document, index):
            yield candidate(document, tree, index - 1, index + 1, "place")
        elif _halves(token.text):
            first = index - _counted(document, index)
            group = candidate(document, tree, first, index + 1, "group")
            group.mention_type, group.entity_id = "NOM", _halves(token.text)
            yield group
        elif token.lemma.lower() in AGREEMENTS and token.upos in {"NOUN", "PROPN"} and index not in taken:
            first = _agreement(document, tree, index)
            if first < index:
                yield candidate(document, tree, first, index + 1, "law")


def _bodies(document: Document, tree: Tree) -> Iterator[Candidate]:
    """Known names of several words, of which the model may see a part: `France 24`, `North Korean`."""
    for first, token in enumerate(document.tokens):
        if token.text not in _first_words():
            continue
        for end in range(min(first + LONGEST, len(document.tokens)), first + 1, -1):
            kind = _known().get(text_of(document, first, end))
            if kind is not None:
                yield candidate(document, tree, first, end, kind)
                break


def _landforms(document: Document, tree: Tree) -> Iterator[Candidate]:
    """`Korean Peninsula`, `Libyan Desert`: a people's adjective and what lies there are one place."""
    for index, token in enumerate(document.tokens[1:], 1):
        before = document.tokens[index - 1]
        if token.text in gazetteer.landforms() and before.text in _peoples():
            yield candidate(document, tree, index - 1, index + 1, "place")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(name.split()[-1] for name in gazetteer.demonyms())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _known() if " " in name)


def _is_alone(document: Document, index: int) -> bool:
    """Whether `the North` stands without a name or noun behind it."""
    before = document.tokens[index - 1].text.lower() if index else ""
    after = document.tokens[index + 1] if index + 1 < len(document.tokens) else None
    return before == "the" and (after is None or not (after.upos in {"PROPN", "NOUN", "ADJ"} or after.text == "-"))


def _halves(word: str) -> str | None:
    """The group of two countries that one word stands for: `Koreas`, `inter-Korean`."""
    inter = INTER.fullmatch(word)
    if inter:
        known = [gazetteer.demonyms().get(f"{half} {inter[1]}") for half in HALVES]
    elif word.endswith("s") and word[:1].isupper():
        known = [gazetteer.countries().get(f"{half} {word[:-1]}") for half in HALVES]
    else:
        return None
    codes = sorted(code for code in known if code)
    return f"group:{'+'.join(codes)}" if len(codes) == len(HALVES) else None


def _counted(document: Document, index: int) -> int:
    """How many words before `Koreas` count them: `both`, `the two`."""
    words = [token.text.lower() for token in document.tokens[max(0, index - 2) : index]]
    if words[-1:] == ["both"]:
        return 1
    return 2 if words == ["the", "two"] else 1 if words[-1:] == ["two"] else 0


def _agreement(document: Document, tree: Tree, index: int) -> int:
    """Where the name of an agreement begins: `September 19 military agreement`, `2015 nuclear accord`."""
    first, named = index, False
    while first > 0 and index - first < LONGEST:
        token = document.tokens[first - 1]
        inside = any(above == index for above in tree.above(first - 1))
        if not inside or token.upos not in {"PROPN", "NOUN", "ADJ", "NUM"} or token.text in gazetteer.demonyms():
            break
        named = named or token.upos in {"PROPN", "NUM"}
        first -= 1
    return first if named else index


def _passed_over(document: Document, tree: Tree, taken: set[int]) -> Iterator[Candidate]:
    """Countries, nationalities and organizations that the model did not label."""
    end = 0
    for first, token in enumerate(document.tokens):
        if first < end or first in taken or not token.text[:1].isupper() or token.upos not in {"PROPN", "ADJ", "NOUN"}:
            continue
        for last in range(min(first + LONGEST, len(document.tokens)), first, -1):
            text = text_of(document, first, last)
            if (
                text in _known()
                and taken.isdisjoint(range(first, last))
                and (len(text) > 3 or "." in text or token.upos == "PROPN")
            ):
                yield candidate(document, tree, first, last, _known()[text])
                end = last
                break


def _spelled_out(document: Document) -> set[str]:
    """Short forms of common nouns, which are no names: `intercontinental ballistic missile (ICBM)`."""
    found = set()
    for index, token in enumerate(document.tokens[1:-1], 1):
        around = (document.tokens[index - 1].text, document.tokens[index + 1].text)
        if around == ("(", ")") and token.text.isupper() and len(token.text) > 1:
            words = [word.text for word in document.tokens[max(0, index - 1 - len(token.text)) : index - 1]]
            if _spells(words, token.text.lower()):
                found |= {token.text, token.text + "s"}
    return found


def _spells(words: list[str], short: str) -> bool:
    """Whether the last words, none of them capitalised, hold the letters in order, the first of one as the first."""
    for start, word in enumerate(words):
        letters = iter("".join(words[start:]))
        if word[0] == short[0] and all(each.islower() for each in words[start:]):
            return len(words) - start > 1 and all(letter in letters for letter in short)
    return False


def _agree_on_kinds(found: list[Candidate]) -> None:
    """One name is one kind in a story: what most of its uses are."""
    uses: dict[str, Counter[Kind]] = {}
    for each in found:
        uses.setdefault(each.text, Counter())[each.kind] += 1
    for each in found:
        each.kind = max(uses[each.text], key=lambda kind: (uses[each.text][kind], kind))
