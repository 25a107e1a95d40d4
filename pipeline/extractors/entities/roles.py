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
        owns = token.xpos == "POS" and first < each.first
        fits = token.upos in {"NOUN", "PROPN", "ADJ"} or token.text in gazetteer.titles()
        if not (fits or joins or owns):
            break
        if "\n" in document.story.text[token.end_char : document.tokens[first].start_char]:
            break
        first -= 1
    while first < each.first and document.tokens[first].text.lower() in JOINS | {"'s", "’s", "'"}:
        first += 1
    return first


def _role(document: Document, first: int, end: int) -> str | None:
    """The words of a role: from the nationality or first adjective to its noun, if there is a noun of a person."""
    found = [index for index in range(first, end) if _is_person(document.tokens, index)]
    if not found:
        return None
    # "stem cell lines and President": what stands before `and` is no role.
    joins = [index for index in range(first, found[0]) if document.tokens[index].text.lower() == "and"]
    return text_of(document, joins[-1] + 1 if joins else first, found[-1] + 1)


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
            while first < child and document.tokens[first].upos in {"DET", "PUNCT"}:
                first += 1
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
    sector = _sector(lower) or _of_body(words)
    if sector in {"GOV", "LEG", "MIL", "JUD"} and any(word in FORMER or word.startswith("ex-") for word in lower):
        return "ELI"
    return sector


def _sector(lower: Sequence[str]) -> str | None:
    nouns = gazetteer.nouns()
    pairs = [nouns[pair] for index in range(len(lower) - 1) if (pair := f"{lower[index]} {lower[index + 1]}") in nouns]
    if pairs and pairs[-1].sector:
        return pairs[-1].sector
    told = [noun for word in lower if (noun := _singular(word)) is not None]
    heads = [noun for noun in told if noun.kind is not None]
    head = (heads[0] if {"of", "for"} & set(lower) else heads[-1]) if heads else None
    sector = head.sector if head else None
    if sector in GENERAL:
        return next((noun.sector for noun in told if noun is not head and noun.sector not in GENERAL), sector) or next(
            (noun.sector for noun in told if noun.sector), None
        )
    return sector


def _of_body(words: Sequence[str]) -> str | None:
    """The sector of a known organization that a description names: `White House spokesman`."""
    known = gazetteer.organizations()
    stretches = (" ".join(words[i:j]) for i in range(len(words)) for j in range(len(words), i, -1))
    return next((known[text].sector for text in stretches if text in known), None)


def _singular(word: str) -> gazetteer.Noun | None:
    """A noun of the list by one of its forms."""
    known = gazetteer.nouns()
    abbreviated = gazetteer.titles().get(word.capitalize(), (None, None))[0] or ""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("men") + "man",
             word.removesuffix("ies") + "y", abbreviated)  # fmt: skip
    return next((known[form] for form in forms if form in known), None)
