"""What the text says a person is, and the country and sector that this tells.

South Korean President Lee Jae Myung       Park Jin, the foreign minister of South Korea,
former US senator Ann Hill                 France's President Emmanuel Macron
"""

from collections.abc import Sequence

from pipeline.extractors import gazetteer
from pipeline.extractors.entities.candidates import Candidate, text_of
from pipeline.extractors.syntax import Tree
from pipeline.text import Document, Token

LONGEST = 9
"""Words of the longest role before a name."""
JOINS = frozenset({"and", "of", "for", "-", "/", "&"})
FORMER = frozenset({"former", "ex", "late", "then", "onetime"})
GENERAL = frozenset({None, "GOV", "ELI", "CVL"})
"""Sectors of a noun that a word before it tells better: `army chief`, `opposition leader`."""


def noun_at(tokens: Sequence[Token], index: int) -> tuple[str, gazetteer.Noun] | None:
    """The longest known noun that ends at a token: `attorney general` before `general`."""
    lemma = tokens[index].lemma.lower()
    if index and tokens[index].upos in {"NOUN", "PROPN"}:
        pair = f"{tokens[index - 1].text.lower()} {lemma}"
        if pair in gazetteer.nouns():
            return pair, gazetteer.nouns()[pair]
    abbreviated = gazetteer.titles().get(tokens[index].text, (None, None))[0]
    for word in (lemma, tokens[index].text.lower(), abbreviated):
        if word and word in gazetteer.nouns() and gazetteer.nouns()[word].kind:
            return word, gazetteer.nouns()[word]
    return None


def read_roles(document: Document, tree: Tree, names: Sequence[Candidate]) -> None:
    """Set the role, and he or she, of every person's name that has one beside it."""
    taken = {index for each in names if each.kind == "person" for index in range(each.first, each.end)}
    for each in names:
        if each.kind != "person":
            continue
        before = _before(document, each, taken)
        for index in range(before, each.first):
            each.he = gazetteer.titles().get(document.tokens[index].text, (None, None))[1] or each.he
        title = _role(document, before, each.first)
        each.title_first = before if title else None
        role = title or _behind(document, tree, each)
        each.role = role or each.role


def _before(document: Document, each: Candidate, taken: set[int]) -> int:
    """Where the words before a name that may be its title begin; not before another person's name."""
    first = each.first
    while first > 0 and each.first - first < LONGEST and first - 1 not in taken:
        token = document.tokens[first - 1]
        joins = token.text.lower() in JOINS and first < each.first
        if token.upos not in {"NOUN", "PROPN", "ADJ"} and token.text not in gazetteer.titles() and not joins:
            break
        if "\n" in document.story.text[token.end_char : document.tokens[first].start_char]:
            break
        first -= 1
    while first < each.first and document.tokens[first].text.lower() in JOINS:
        first += 1
    return first


def _role(document: Document, first: int, end: int) -> str | None:
    """The words of a role: from the nationality or first adjective to its noun, if there is a noun of a person."""
    found = [index for index in range(first, end) if _is_person(document.tokens, index)]
    return text_of(document, first, found[-1] + 1) if found else None


def _is_person(tokens: Sequence[Token], index: int) -> bool:
    noun = noun_at(tokens, index)
    return noun is not None and noun[1].kind == "person"


def _behind(document: Document, tree: Tree, each: Candidate) -> str | None:
    """The noun set beside a name: `, the foreign minister of South Korea,`."""
    for child in tree.children[each.head]:
        if tree.token(child).deprel == "appos" and _is_person(document.tokens, child) and child >= each.end:
            first, end = tree.stretch(child)
            stop = next(
                (i for i in range(child, end) if document.tokens[i].text in {",", ";", "-", "–", "—", "("}), end
            )
            clause = next((c for c in tree.children[child] if tree.token(c).deprel.startswith("acl")), end)
            stop = min(stop, tree.stretch(clause)[0] if clause != end else end)
            first += document.tokens[first].upos in {"DET", "PUNCT"}
            return text_of(document, first, stop) if first <= child < stop else None
    return None


def country_of(text: str) -> str | None:
    """The one country that a role or description names, by name or nationality."""
    words = text.replace("’s", "").replace("'s", "").split()
    found = set()
    skip = 0
    for index in range(len(words)):
        if index < skip:
            continue
        for length in (4, 3, 2, 1):
            words_here = " ".join(words[index : index + length]).strip(",.") if length > 1 else words[index].strip(",")
            code = gazetteer.demonyms().get(words_here) or gazetteer.countries().get(words_here)
            if code:
                found.add(code)
                skip = index + length
                break
    return found.pop() if len(found) == 1 else None


def sector_of(words: Sequence[str]) -> str | None:
    """The sector that a role or description tells: its noun's, or better a word's before it.

    A former office is the sector of an elite (ELI), as in PLOVER.
    """
    lower = [word.lower().strip(",.") for word in words]
    told = [(index, noun) for index, word in enumerate(lower) if (noun := _singular(word)) is not None]
    pairs = [gazetteer.nouns()[pair] for index in range(len(lower) - 1)
             if (pair := f"{lower[index]} {lower[index + 1]}") in gazetteer.nouns()]  # fmt: skip
    heads = [noun for _, noun in told if noun.kind is not None]
    sector = (
        pairs[-1].sector
        if pairs
        else heads[0].sector
        if heads and "of" in lower
        else heads[-1].sector
        if heads
        else None
    )
    if sector in GENERAL and not pairs:
        sector = next((noun.sector for _, noun in told if noun.kind is None and noun.sector), sector)
    if sector in {"GOV", "LEG", "MIL", "JUD"} and any(word in FORMER or word.startswith("ex-") for word in lower):
        return "ELI"
    return sector


def _singular(word: str) -> gazetteer.Noun | None:
    """A noun of the list by one of its forms."""
    known = gazetteer.nouns()
    abbreviated = gazetteer.titles().get(word.capitalize(), (None, None))[0] or ""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("men") + "man",
             word.removesuffix("ies") + "y", abbreviated)  # fmt: skip
    return next((known[form] for form in forms if form in known), None)
