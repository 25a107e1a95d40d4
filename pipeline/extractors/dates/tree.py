"""A document's tokens by place: heads, names, and what words belong together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from pipeline.extractors.dates.words import members
from pipeline.text import Document, Name, Token

MADE = members("made.txt")
BEFORE, AFTER = 12, 6
"""Tokens before and after a word among which what hangs from it is looked for: auxiliaries stand near."""
NO_TIMES = frozenset({"person", "organization"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obj"})
PERSONS = frozenset({"nsubj", "nsubj:pass", "obj", "appos", "compound", "flat"})
"""Roles of a noun that a name may stand beside: `striker Sunday Eze scored`."""
TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr."})
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

    def is_subject(self, start_char: int) -> bool:
        """Whether a noun at a character is a subject with nothing before it: `March was cold`."""
        token = self.token(start_char)
        if token is None or not token.xpos.startswith("NN") or token.deprel not in {"nsubj", "nsubj:pass"}:
            return False
        return not any(self.below(bisect_left(self.starts, start_char)))

    def is_name(self, start_char: int) -> bool:
        """Whether a character stands in the name of a person or organization: `Theresa May`, `The Sun`."""
        name = self._name_at(start_char)
        return name is not None and name.kind in NO_TIMES

    def begins_person(self, start_char: int, end_char: int) -> bool:
        """Whether a span begins the longer name of a person: `Easter Jones`, not `Mother's Day`."""
        name = self._name_at(start_char)
        return name is not None and name.kind == "person" and name.end_char > end_char

    def is_in_name(self, start_char: int) -> bool:
        """Whether a weekday is part of a name: `Sunday Oliseh`, `Sheffield Wednesday`; not `the Tuesday vote`."""
        token = self.token(start_char)
        if token is None:
            return False
        place = bisect_left(self.starts, start_char)
        before, after = self.tokens[place - 1], self.tokens[min(place + 1, len(self.tokens) - 1)]
        name = self._name_at(start_char)
        if name is not None and name.kind == "person" and name.start_char < start_char and token.deprel == "flat":
            return name.end_char == token.end_char
        is_titled = before.text in TITLES and after.xpos == "NNP"
        if is_titled or (token.deprel == "appos" and after.xpos == "NNP" and after.head == place):
            return True
        is_compound = place > 0 and before.deprel == "compound" and before.head == place
        if token.deprel in SUBJECTS and is_compound and self._name_at(before.start_char) is None:
            return True  # not: Microsoft Monday denied it
        following = self._name_at(after.start_char)
        if following is None or following.kind != "person":
            return False
        is_given = token.deprel in {"compound", "flat", "nsubj"} and before.xpos not in {"DT", "IN"}
        is_surname = following.start_char == after.start_char and following.end_char == after.end_char
        return is_given or (is_surname and self._may_be_given(place))

    def _may_be_given(self, place: int) -> bool:
        """Whether a weekday before a surname begins a sentence or a person: `Mr. Friday Nwosu`, `officer Sunday Okoro`.

        Not `he said Friday Okoro would go`, `in a speech Friday Okoro said`.
        """
        token, before = self.tokens[place], self.tokens[place - 1]
        starts = any(sentence.start_char == token.start_char for sentence in self.document.sentences)
        return starts or before.text in TITLES or before.deprel in PERSONS

    def _name_at(self, char: int) -> Name | None:
        names = self.document.names
        place = bisect_right(names, char, key=lambda name: name.start_char) - 1
        return names[place] if place >= 0 and char < names[place].end_char else None

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

    def stage_lemma(self, start_char: int, end_char: int) -> str:
        """The same of a span's word for a part of it too: `in the early hours of Sunday`."""
        place = self.top(start_char, end_char) if self.is_tagged else None
        if place is None or not self.tokens[place].deprel.startswith("nmod"):
            verb = self.verb_of(start_char, end_char)
            is_clause = verb is not None and self.tokens[verb].deprel != "acl"  # not: a poll released on Monday
            return self.verb_lemma(start_char, end_char) if is_clause else ""
        part = self.tokens[self.tokens[place].head]
        return self.verb_lemma(part.start_char, part.end_char) if part.lemma == "hour" else ""

    def verb_lemma(self, start_char: int, end_char: int) -> str:
        """The lemma of the verb that a span hangs from itself; empty where it hangs from none."""
        verb = self.verb_of(start_char, end_char)
        return self.tokens[verb].lemma if verb is not None else ""
