"""A document's tokens by place: heads, names, and what words belong together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from pipeline.extractors.dates.words import members
from pipeline.text import Document, Token

MADE = members("made.txt")
BEFORE, AFTER = 12, 6
"""Tokens before and after a word among which what hangs from it is looked for: auxiliaries stand near."""
NO_TIMES = frozenset({"person", "organization"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obj"})
NAMING = ("compound", "nmod", "nummod", "appos")
"""How a date hangs from the noun that it names: `the May 9 accord`, `the accord of May 9`."""


class Tree:
    """Questions about tokens, asked by the characters that they stand at."""

    def __init__(self, document: Document) -> None:
        """Tokens without tags are as good as none."""
        self.document = document
        self.tokens = document.tokens
        self.is_tagged = bool(self.tokens) and bool(self.tokens[0].upos)

    @cached_property
    def starts(self) -> list[int]:
        """Where the tokens begin."""
        return [token.start_char for token in self.tokens]

    def token(self, start_char: int) -> Token | None:
        """The token that a character stands in; None where there are no tags."""
        if not self.is_tagged:
            return None
        place = bisect_left(self.starts, start_char + 1) - 1
        return self.tokens[place] if place >= 0 and start_char < self.tokens[place].end_char else None

    def is_verb(self, start_char: int) -> bool:
        """Whether the token at a character is tagged a verb or modal: `May` as in `may`, `fall`, `march`."""
        token = self.token(start_char)
        return token is not None and token.xpos.startswith(("VB", "MD"))

    def is_name(self, start_char: int) -> bool:
        """Whether a character stands in the name of a person or organization: `Theresa May`, `The Sun`."""
        names = self.document.names
        place = bisect_right(names, start_char, key=lambda name: name.start_char) - 1
        return place >= 0 and start_char < names[place].end_char and names[place].kind in NO_TIMES

    def is_in_name(self, start_char: int) -> bool:
        """Whether a weekday is part of a name: `Sunday Oliseh`, `Sheffield Wednesday`; not `the Tuesday vote`."""
        token = self.token(start_char)
        if token is None:
            return False
        place = bisect_left(self.starts, start_char)
        before, after = self.tokens[place - 1], self.tokens[min(place + 1, len(self.tokens) - 1)]
        is_club = token.deprel in SUBJECTS and before.deprel == "compound" and before.head == place and place > 0
        is_given = token.deprel in {"compound", "flat", "nsubj"} and before.xpos not in {"DT", "IN"}
        return is_club or (is_given and after.text[0].isupper() and self._is_person(after.start_char))

    def _is_person(self, start_char: int) -> bool:
        place = bisect_right(self.document.names, start_char, key=lambda name: name.start_char) - 1
        names = self.document.names
        return place >= 0 and start_char < names[place].end_char and names[place].kind == "person"

    def is_attribute(self, start_char: int) -> bool:
        """Whether the token at a character names a noun behind it: `future demand`, `short term debt`."""
        token = self.token(start_char)
        if token is None or not token.deprel.startswith(("amod", "compound")):
            return False
        return self.tokens[token.head].start_char > start_char

    def governs(self, start_char: int, other_char: int) -> bool:
        """Whether the token at one character is the head of that at another."""
        token, other = self.token(start_char), self.token(other_char)
        return token is not None and other is not None and self.tokens[other.head] is token

    def belongs_outside(self, start_char: int, end_char: int) -> bool:
        """Whether the first word of a span hangs from a word outside of it: `said | that day` laborers were paid."""
        token = self.token(start_char)
        if token is None:
            return False
        head = self.tokens[token.head]
        return not start_char <= head.start_char < end_char

    def goes_on(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the verb of a later span is joined to that of an earlier one: `jailed in May and freed in June`."""
        verb, later = self.verb_of(*one), self.verb_of(*other)
        if verb is None or later is None or verb == later:
            return False
        return self.tokens[later].deprel == "conj" and self.tokens[later].head == verb

    def verb_of(self, start_char: int, end_char: int) -> int | None:
        """The verb that a span hangs from itself, as an adverb does."""
        place = self.top(start_char, end_char) if self.is_tagged else None
        if place is None or not self.tokens[place].deprel.startswith(("obl", "advmod", "nmod:tmod")):
            return None
        return self.tokens[place].head

    def shares_noun(self, day: tuple[int, int], year: tuple[int, int]) -> bool:
        """Whether two spans, a day and a year, name one noun: `the May 9 accord signed in Rome in 2018`."""
        top, dated = (self.top(*span) if self.is_tagged else None for span in (day, year))
        if top is None or dated is None or not self._names_noun(top):
            return False
        noun, token = self.tokens[top].head, self.tokens[dated]
        if token.head == noun:
            return self._names_noun(dated)
        if dated == noun + 2 and self.tokens[noun + 1].text in {"of", "from"}:
            return True
        above = self.tokens[token.head]
        if above.lemma in MADE and self.tokens[token.head - 1].text == "," and token.head == noun + 2:
            return True  # the pact, signed in 2018
        made = above.deprel.startswith("acl") and above.lemma in MADE
        placed = above.deprel.startswith("nmod") and above.upos == "PROPN"
        return above.head == noun and token.deprel.startswith(("nmod", "obl")) and (made or placed)

    def _names_noun(self, place: int) -> bool:
        token = self.tokens[place]
        return token.deprel.startswith(NAMING) and self.tokens[token.head].upos in {"NOUN", "PROPN"}

    def top(self, start_char: int, end_char: int) -> int | None:
        """The token of a span whose head stands outside of it, or that has none."""
        first, end = self.places(start_char, end_char)
        heads = ((place, self.tokens[place].head) for place in range(first, end))
        return next((place for place, head in heads if head == place or not first <= head < end), first)

    def places(self, start_char: int, end_char: int) -> tuple[int, int]:
        """The tokens `[first, end)` of a span."""
        first = max(bisect_left(self.starts, start_char + 1) - 1, 0)
        return first, max(bisect_left(self.starts, end_char), first + 1)

    def below(self, place: int) -> Iterator[Token]:
        """The words that hang from a word, within its sentence and not far from it."""
        low, high = max(place - BEFORE, 0), min(place + AFTER, len(self.tokens))
        return (self.tokens[at] for at in range(low, high) if self.tokens[at].head == place and at != place)

    def verb_lemma(self, start_char: int, end_char: int) -> str:
        """The lemma of the verb that a span hangs from itself; empty where it hangs from none."""
        verb = self.verb_of(start_char, end_char)
        return self.tokens[verb].lemma if verb is not None else ""
