"""Tags and heads, read for context.py: the verb that governs an expression, and when it says that things happen.

From the expression the heads lead up; the first word that tells a time decides: an auxiliary of the future, a finite
past form, what is planned. A plain present tells only of an expression that hangs from the verb itself
(`Polls open Sunday`): in `is charged with the May killing` it says nothing of May.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pipeline.extractors.dates.words import members
from pipeline.text import Document, Token

Time = Literal["past", "ahead"]

PLANNED = members("planned.txt")
DEMANDS = members("demands.txt")
LASTING = members("lasting.txt")
MADE = members("made.txt")
CARRIED_OUT = members("carried-out.txt")
SPEECH = members("says-lemmas.txt")
LONGEST_WAY = 12
"""Heads that are followed at most."""
BEFORE, AFTER = 12, 6
"""Tokens before and after a word among which what hangs from it is looked for: auxiliaries stand near."""
FUTURE = frozenset("will 'll ’ll wo shall".split())
PRESENT = frozenset({"VBZ", "VBP"})
FINITE = PRESENT | {"VBD"}
NO_TIMES = frozenset({"person", "organization"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obj"})
NEGATIONS = frozenset("not n't never".split())
NAMING = ("compound", "nmod", "nummod", "appos")
"""How a date hangs from the noun that it names: `the May 9 accord`, `the accord of May 9`."""
INHERITED = frozenset({"conj", "parataxis", "xcomp"})
"""`will meet and discuss`, `will stay closed`: the second verb shares the auxiliary of the first."""
CONDITIONS = frozenset("if unless once when whenever".split())


class Syntax:
    """A document's tokens by place, and the time of the verb above an expression."""

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

    def time_above(self, start_char: int, end_char: int) -> Time | None:
        """The time that the nearest telling word above a span tells."""
        place = self._top(start_char, end_char) if self.is_tagged else None
        direct = True
        for _ in range(LONGEST_WAY):
            if place is None:
                return None
            if told := self._time_of(place, direct=direct):
                return told
            token = self.tokens[place]
            if token.deprel == "ccomp" and not _is_verbal(token):
                return None  # A clause has a verb of its own, tagged wrongly: `Trading resumes Monday, it said`.
            # A noun between the expression and the verb: `the May killing`, `talks on Thursday`.
            direct = direct and (token.deprel.startswith(("obl", "advmod", "root")) or token.upos == "AUX")
            place = token.head if token.head != place else None
        return None

    def is_certain(self, start_char: int, end_char: int) -> bool:
        """Whether a span hangs from a verb in the past, or after `will`, that neither plans nor tells."""
        verb = self._verb_of(start_char, end_char)
        if verb is None:
            return False
        token, below = self.tokens[verb], list(self._below(verb))
        if token.text.lower() in PLANNED or token.lemma in SPEECH or any(child.deprel == "xcomp" for child in below):
            return False
        helpers = {child.xpos for child in below if child.deprel.startswith(("aux", "cop"))}
        if FUTURE & {child.text.lower() for child in below if child.xpos == "MD"}:
            return True
        # `which expire Nov. 21`, `Congress reconvenes Jan. 24`: a present form, tagged wrongly.
        is_past = token.xpos == "VBD" and token.text.lower() not in {token.lemma, token.lemma + "s"}
        return "VBD" in helpers or (not helpers and is_past)

    def lasted(self, start_char: int, end_char: int) -> bool:
        """Whether a span ends what went on: `lasted until Sunday`; not `was jailed until Sunday`."""
        verb = self._verb_of(start_char, end_char)
        return verb is not None and self.tokens[verb].xpos == "VBD" and self.tokens[verb].lemma in LASTING

    def is_demanded(self, start_char: int, end_char: int) -> bool:
        """Whether a span hangs from a verb that wants something done: `ordered his release by Friday`."""
        verb = self._verb_of(start_char, end_char)
        return verb is not None and self.tokens[verb].lemma in DEMANDS

    def is_told(self, start_char: int, end_char: int) -> bool:
        """Whether a span hangs from a verb of speech: `police said on Monday`."""
        verb = self._verb_of(start_char, end_char)
        return verb is not None and self.tokens[verb].lemma in SPEECH

    def goes_on(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the verb of a later span is joined to that of an earlier one: `jailed in May and freed in June`."""
        verb, later = self._verb_of(*one), self._verb_of(*other)
        if verb is None or later is None or verb == later:
            return False
        return self.tokens[later].deprel == "conj" and self.tokens[later].head == verb

    def _verb_of(self, start_char: int, end_char: int) -> int | None:
        """The verb that a span hangs from itself, as an adverb does."""
        place = self._top(start_char, end_char) if self.is_tagged else None
        if place is None or not self.tokens[place].deprel.startswith(("obl", "advmod", "nmod:tmod")):
            return None
        return self.tokens[place].head

    def shares_noun(self, day: tuple[int, int], year: tuple[int, int]) -> bool:
        """Whether two spans, a day and a year, name one noun: `the May 9 accord signed in Rome in 2018`."""
        top, dated = (self._top(*span) if self.is_tagged else None for span in (day, year))
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

    def _top(self, start_char: int, end_char: int) -> int | None:
        """The token of a span whose head stands outside of it, or that has none."""
        first = max(bisect_left(self.starts, start_char + 1) - 1, 0)
        end = max(bisect_left(self.starts, end_char), first + 1)
        heads = ((place, self.tokens[place].head) for place in range(first, end))
        return next((place for place, head in heads if head == place or not first <= head < end), first)

    def _below(self, place: int) -> Iterator[Token]:
        """The words that hang from a word, within its sentence and not far from it."""
        low, high = max(place - BEFORE, 0), min(place + AFTER, len(self.tokens))
        return (self.tokens[at] for at in range(low, high) if self.tokens[at].head == place and at != place)

    def _time_of(self, place: int, *, direct: bool) -> Time | None:
        token = self.tokens[place]
        below = list(self._below(place))
        helpers = [child for child in below if child.deprel.startswith(("aux", "cop"))]
        if not _is_verbal(token) and not helpers:
            return "ahead" if token.text.lower() in PLANNED else None
        if any(child.xpos == "MD" for child in helpers):
            return _modal(helpers, below)
        if token.text.lower() in PLANNED and token.xpos != "VBD":
            return "ahead"
        if any(child.xpos == "TO" for child in below):
            return self._infinitive(token, helpers)
        return self._finite(token, helpers, below, direct=direct)

    def _infinitive(self, token: Token, helpers: list[Token]) -> Time | None:
        """`plans to leave`, `were to leave Thursday` lie ahead; `began to leave`, `was forced to leave` is done."""
        if any(child.xpos in FINITE for child in helpers):
            return "ahead"
        above = self.tokens[token.head]
        done = above.lemma in CARRIED_OUT or token.deprel.startswith(("acl", "advcl", "conj", "parataxis", "root"))
        return None if done else "ahead"

    def _finite(self, token: Token, helpers: list[Token], below: list[Token], *, direct: bool) -> Time | None:
        forms = {child.xpos for child in helpers} or {token.xpos}
        if any(child.lemma == "have" for child in helpers) or "VBD" in forms:
            return "past"
        if forms & PRESENT:
            return "ahead" if direct and token.lemma not in SPEECH else None
        if token.xpos == "VB" and not helpers:  # Let us meet Saturday; not: they made him leave Saturday
            above = self.tokens[token.head]
            return None if above.lemma in CARRIED_OUT and above.xpos != "VB" else "ahead"
        is_conditional = any(child.text.lower() in CONDITIONS for child in below)
        is_reduced = token.xpos == "VBN" and not helpers and token.deprel not in INHERITED and not is_conditional
        return "past" if is_reduced else None


def _is_verbal(token: Token) -> bool:
    return token.upos in {"VERB", "AUX"} or token.xpos.startswith("VB")


def _modal(helpers: list[Token], below: list[Token]) -> Time:
    """`will meet`, `will have met`, `would meet`; not `may have met`, `could not be reached`."""
    words = {child.text.lower() for child in helpers}
    if words & FUTURE:
        return "ahead"
    missed = "could" in words and any(child.text.lower() in NEGATIONS for child in below)
    return "past" if missed or any(child.lemma == "have" for child in helpers) else "ahead"
