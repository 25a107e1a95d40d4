"""Names in a text: known ones, and capitalised sequences with what tells about them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extractors import gazetteer
from pipeline.tables import Kind
from pipeline.text import Document

CAPITAL = r"[A-ZÀ-ÖØ-Þ](?:[\w’'-]*\w|\.)?"
SEQUENCE = re.compile(rf"(?<![\w])-?{CAPITAL}(?:(?:[ \t]+|\n(?!\n)){CAPITAL})*")
WORD = re.compile(r"(?<!\S)-?(?!['’]s\b)\S+")
POSSESSIVE = re.compile(r"['’]s?$")
AGE = re.compile(r",\s+(?:aged\s+)?\d{1,2},")
CUE_AFTER = re.compile(r"\s+(?:also\s+)?(?:said|says|told|added|asked|replied|wrote|warned|insisted|explained)\b")
CUE_BEFORE = re.compile(r"[,”\"]\s*(?:said|says|asked|wrote|added|replied)\s+$")
BEFORE_TITLE = 60
OPENING = "\"“'‘(["


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, what it was taken for, and the title before it."""

    start_char: int
    end_char: int
    text: str
    kind: Kind
    entity_id: str
    title: str | None = None
    speaks: bool = False
    doubtful: bool = False
    """One capitalised word at the start of a sentence: a name only where the story says so elsewhere."""


def slug(name: str) -> str:
    """As `lee-jae-myung`: letters without accents, lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w]+", "-", plain.lower()).strip("-")


def find_names(document: Document) -> Iterator[Name]:
    """Names from left to right, none inside another."""
    found = list(_sequences(document))
    parts = {word for name in found if not name.doubtful for word in name.text.split()}
    names = [name for name in found if not name.doubtful or name.text in parts]
    for name in names:
        yield _by_direction(_by_credit(name, document), document, names)


@cache
def _known() -> Mapping[str, tuple[Kind, str]]:
    """Every name of the gazetteer, with its kind and entity."""
    found: dict[str, tuple[Kind, str]] = {}
    found |= {name: ("place", f"place:{place.geonameid}") for name, place in gazetteer.towns().items()}
    found |= {name: ("place", f"country:{code}") for name, code in gazetteer.countries().items()}
    found |= {word: ("group", f"country:{code}") for word, code in gazetteer.demonyms().items()}
    return found | {name: ("organization", f"organization:{slug(name)}") for name in gazetteer.agencies()}


@cache
def _known_pattern() -> re.Pattern[str]:
    names = sorted(_known(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


@cache
def _title_pattern() -> re.Pattern[str]:
    names = sorted(gazetteer.titles(), key=len, reverse=True)
    return re.compile(r"(?:^|(?<=[\s(\"“]))(?:former\s+)?(?:" + "|".join(map(re.escape, names)) + r")\s+$")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(word for (word,) in gazetteer.lexicon("not_names"))


def _sequences(document: Document) -> Iterator[Name]:
    """Known names first, then what is left of each capitalised sequence."""
    text = document.story.text
    begins = {_opened(text, sentence.start_char) for sentence in document.sentences}
    for found in SEQUENCE.finditer(text):
        start = found.start()
        for known in _known_pattern().finditer(text, found.start(), found.end()):
            if not _inside_longer(text, known, found):
                yield from _unknown(text, start, known.start(), begins)
                yield Name(known.start(), known.end(), known.group(), *_known()[known.group()])
                start = known.end()
        yield from _unknown(text, start, found.end(), begins)


def _opened(text: str, start: int) -> int:
    """Where the first word of a sentence stands, behind what opens it."""
    while start < len(text) and text[start] in OPENING:
        start += 1
    return start


def _inside_longer(text: str, known: re.Match[str], sequence: re.Match[str]) -> bool:
    """`Bank of China`, `Jackson Lee`: a known name inside an organization's or a person's."""
    after = text[known.end() : sequence.end()].split()
    if any(word in gazetteer.organization_words() for word in after):
        return known.group() not in gazetteer.demonyms()
    is_town = _known()[known.group()][1].startswith("place:")
    alone = known.start() == sequence.start() and known.end() == sequence.end()
    return is_town and not alone and not text[known.end() : sequence.end()].startswith(("'", "’"))


def _unknown(text: str, start: int, end: int, begins: set[int]) -> Iterator[Name]:
    """A name in a stretch of capitalised words, without the words that are no names, and titles, before it."""
    words = list(WORD.finditer(text[start:end]))
    while words and _bare(words[0].group()) in _not_names():
        words.pop(0)
    title, words = _titled(text, start, words)
    while words and _bare(words[-1].group()) in _not_names():
        words.pop()
    if not words:
        return
    first, last = start + words[0].start(), start + words[-1].end()
    last -= len(text[first:last]) - len(POSSESSIVE.sub("", text[first:last]))
    name = text[first:last]
    if name.strip("-"):
        kind = _kind(text, first, last, title)
        doubtful = kind == "other" and len(words) == 1 and first in begins
        yield Name(first, last, name, kind, f"{kind}:{slug(name)}", title, _speaks(text, first, last), doubtful)


def _bare(word: str) -> str:
    return POSSESSIVE.sub("", word)


def _titled(text: str, start: int, words: list[re.Match[str]]) -> tuple[str | None, list[re.Match[str]]]:
    """The title that stands before a name, and the words of the name."""
    for count in range(len(words) - 1, -1, -1):
        end = start + words[count].start()
        found = _title_pattern().search(text[max(0, end - BEFORE_TITLE) : end])
        if found:
            return found.group().strip(' ("“'), words[count:]
    return None, words


def _kind(text: str, first: int, last: int, title: str | None) -> Kind:
    """What an unknown name is, by its words and by what stands beside it."""
    words = text[first:last].split()
    if any(word in gazetteer.organization_words() for word in words):
        return "organization"
    if title or (len(words) > 1 and (_speaks(text, first, last) or AGE.match(text, last))):
        return "person"
    acronym = len(words) == 1 and len(words[0]) > 1 and words[0].isupper()
    return "organization" if acronym else "other"


def _speaks(text: str, first: int, last: int) -> bool:
    """Whether a verb of speech stands beside a name."""
    return bool(CUE_AFTER.match(text, last) or CUE_BEFORE.search(text[max(0, first - 20) : first]))


def _by_credit(name: Name, document: Document) -> Name:
    """An agency that the story came through; the dateline's place in capitals."""
    story = document.story
    if name.text in story.credits:
        return replace(name, kind="organization", entity_id=f"organization:{slug(name.text)}")
    place = story.dateline_place or ""
    if name.kind in {"organization", "other"} and name.text in place and name.start_char < len(place) + 80:
        kind, entity = _known().get(name.text.title(), ("place", f"place:{slug(name.text)}"))
        return replace(name, kind=kind, entity_id=entity)
    return name


def _by_direction(name: Name, document: Document, names: Sequence[Name]) -> Name:
    """`the North` in a story that names North Korea."""
    before = document.story.text[max(0, name.start_char - 4) : name.start_char].lower()
    if name.text not in {"North", "South"} or before != "the ":
        return name
    named = {each.entity_id for each in names}
    pairs = [(code, country) for country, code in gazetteer.countries().items() if country.startswith(f"{name.text} ")]
    for code, country in pairs:
        other = gazetteer.countries().get(("South " if name.text == "North" else "North ") + country.split(" ", 1)[1])
        if other and {f"country:{code}", f"country:{other}"} & named:
            return replace(name, kind="place", entity_id=f"country:{code}")
    return name
