"""The lexicon: data/*.txt read once, and the letter that each kind of word has in the grammar's alphabet.

A file's name is its category (months.txt: MONTH), each line an entry and its value. An entry written
with a capital is one only with a capital in the text (`May`, not `may`). words.txt names the category
in the value's place. What a word belongs to as a whole decides its letter, so a grammar over letters
reads categories: every word that is a MONTH and nothing else is the same letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Categories = frozenset[str]

FILES = {
    "clockwords.txt": "CLOCKWORD",
    "counted.txt": "COUNTED",
    "dawns.txt": "DAWN",
    "decades.txt": "DECADE",
    "holidays.txt": "HOLIDAY",
    "long-words.txt": "UNITLONG",
    "months.txt": "MONTH",
    "named-days.txt": "NAMEDDAY",
    "numbers.txt": "NUMW",
    "often.txt": "OFTEN",
    "ordinals.txt": "ORD",
    "papers.txt": "PAPER",
    "parts.txt": "PART",
    "references.txt": "REFERENCE",
    "seasons.txt": "SEASON",
    "units.txt": "UNIT",
    "units-plural.txt": "UNITS",
    "weekdays.txt": "WEEKDAY",
    "weekdays-plural.txt": "WEEKDAYS",
    "zones.txt": "ZONE",
}
FIRST_WORD = re.compile(r"[^\W\d_]+")
FIRST_LETTER = 0xE000
"""Letters are private-use characters from here on."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What the lexicon knows of a word or number: its categories, each with a value."""

    values: dict[str, str]
    letter: str


class Alphabet:
    """A letter for every set of categories, given out in the order in which sets are first seen."""

    def __init__(self) -> None:
        """Begin without a letter."""
        self.letters: dict[Categories, str] = {}

    def lexeme(self, values: dict[str, str]) -> Lexeme:
        """The lexeme with these categories."""
        kind = frozenset(values)
        return Lexeme(values, self.letters.setdefault(kind, chr(FIRST_LETTER + len(self.letters))))

    def letters_of(self, category: str) -> str:
        """All letters of lexemes that belong to a category."""
        return "".join(letter for kind, letter in self.letters.items() if category in kind)


def entries(name: str) -> Iterator[tuple[str, str]]:
    """The entries of a data file, parted from their values by a tab; lines that begin with # are comments."""
    text = files("pipeline.extractors.dates").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            entry, _, value = line.partition("\t")
            yield entry, value


def members(name: str) -> frozenset[str]:
    """The entries of a data file that has no values."""
    return frozenset(entry for entry, _ in entries(name))


def _collect(literals: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    for name, category in FILES.items():
        for entry, value in entries(name):
            yield entry, category, value
    for entry, category in entries("words.txt"):
        yield entry, category, entry
    for word in literals:
        yield word, word, word


class Lexicon:
    """Words as lexemes, and phrases by their first word; `literals` are words that the grammar names itself."""

    def __init__(self, literals: frozenset[str]) -> None:
        """Read the data files."""
        self.alphabet = Alphabet()
        lower: dict[str, dict[str, str]] = {}
        capital: dict[str, dict[str, str]] = {}
        for entry, category, value in sorted(_collect(literals)):
            capital.setdefault(entry.lower(), {"WORD": ""})[category] = value
            if entry[0].islower() or not entry[0].isalpha():
                lower.setdefault(entry, {"WORD": ""})[category] = value
        self.lower = {entry: self.alphabet.lexeme(values) for entry, values in lower.items()}
        self.capital = {entry: self.alphabet.lexeme(values) for entry, values in capital.items()}
        self.unknown = self.alphabet.lexeme({"WORD": ""})
        self.name = self.alphabet.lexeme({"WORD": "", "NAME": ""})
        self.phrases = _by_first_word(self.capital)
        for shape in ("0", "00", "1", "01", "13", "25", "32", "100", "1400", "1600", "1999", "2500", "99999"):
            self.number(shape)

    def word(self, text: str) -> Lexeme:
        """The lexeme of a word or mark."""
        if text[0].isupper():
            return self.capital.get(text.lower(), self.name)
        return self.lower.get(text) or self.unknown

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one lexicon
    def number(self, digits: str) -> Lexeme:
        """The lexeme of a whole number: which of a day, an hour, a year it may be."""
        return self.alphabet.lexeme(dict.fromkeys(_roles(digits), digits))

    @lru_cache(maxsize=64)  # noqa: B019 - likewise
    def shape(self, category: str) -> Lexeme:
        """The lexeme of a token that the lexer knows by its shape."""
        return self.alphabet.lexeme({category: ""})


def _by_first_word(capital: dict[str, Lexeme]) -> dict[str, list[str]]:
    """Longest first, so that `new year's eve` is found before `new year`; `st. patrick's day` begins with `st`."""
    phrases: dict[str, list[str]] = {}
    for entry in sorted(capital, key=len, reverse=True):
        first = FIRST_WORD.match(entry)
        if first and " " in entry:
            phrases.setdefault(first[0], []).append(entry)
    return phrases


def _roles(digits: str) -> Iterator[str]:
    number = int(digits)
    yield "INT"
    if len(digits) <= 2:
        yield "TWO" if len(digits) == 2 else "ONE"
        if 1 <= number <= 31:
            yield "DAY"
        if number <= 24:
            yield "HOUR"
    if len(digits) == 4 and digits[0] != "0":
        if 1000 <= number <= 2199:
            yield "YEAR"
        if 1900 <= number <= 2099:
            yield "MODERN"
    if len(digits) <= 4 and number:
        yield "ANCIENT"
