"""Tags and heads, read for context.py: the verb that governs an expression, and when it says that things happen.

From the expression the heads lead up; the first word that tells a time decides: an auxiliary of the future, a finite
past form, what is planned. A plain present tells only of an expression that hangs from the verb itself
(`Polls open Sunday`): in `is charged with the May killing` it says nothing of May.
"""

from typing import Literal

from pipeline.extractors.dates.tree import AFTER, Tree
from pipeline.extractors.dates.words import members
from pipeline.text import Token

Time = Literal["past", "ahead", "near"]
"""`near`: on either side, as the day is that a plan was for which came to nothing."""

PLANNED = members("planned.txt")
AWAITED = members("awaited.txt")
BACKWARD = members("looks-back.txt")
ARRANGED = members("arranged.txt")
DROPPED = members("dropped.txt")
LASTING = members("lasting.txt")
CARRIED_OUT = members("carried-out.txt")
SPEECH = members("says-lemmas.txt")
LONGEST_WAY = 12
"""Heads that are followed at most."""
NEAR = 4
"""Words between a verb and a bare day at most for the two to belong together whatever the heads say."""
FUTURE = frozenset("will 'll ’ll wo shall".split())
PRESENT = frozenset({"VBZ", "VBP"})
FINITE = PRESENT | {"VBD"}
UNCHANGED = members("unchanged.txt")
PAST = members("past.txt") - UNCHANGED
"""Verbs whose past looks like their present."""
NEGATIONS = frozenset("not n't never".split())
RANKS = frozenset("first second third fourth fifth last latest next only".split())
REPORTED = frozenset({"announce", "report"})
"""Verbs of speech whose object is an event of its own: `reports earnings Tuesday`."""
BEGINNING = frozenset({"starting", "beginning"})
INHERITED = frozenset({"conj", "parataxis", "xcomp"})
"""`will meet and discuss`, `will stay closed`: the second verb shares the auxiliary of the first."""
CONDITIONS = frozenset("if unless once when whenever".split())


class Syntax(Tree):
    """The time that the verb above an expression tells."""

    def time_above(self, start_char: int, end_char: int) -> Time | None:
        """The time that the nearest telling word above a span tells."""
        place = self.top(start_char, end_char) if self.is_tagged else None
        if place is not None and (told := self._time_of_root(start_char, end_char)):
            return told
        direct = True
        leads = self._leads(place) if place is not None else set()
        below, is_for, is_bound, is_deadline = (
            place,
            bool(leads & {"for", "from"}),
            bool(leads & {"by", "before"}),
            False,
        )
        for _ in range(LONGEST_WAY):
            if place is None:
                return None
            if below is not None and (told := self._awaits(place, below, is_for=is_for)):
                return told
            is_deadline = is_deadline or (is_bound and self._is_reduced(place))
            told = self._time_of(place, direct=direct or is_deadline)
            if told and not (is_deadline and self._is_reduced(place)):
                return told
            token = self.tokens[place]
            if token.deprel == "ccomp" and not _is_verbal(token):
                return None  # A clause has a verb of its own, tagged wrongly: `Trading resumes Monday, it said`.
            # A noun between the expression and the verb: `the May killing`, `talks on Thursday`.
            # The year ends | Sept. 30; Monday | marks a year.
            is_date = below == place and token.deprel in {"obj", "nsubj"}
            direct = direct and (is_date or token.deprel.startswith(("obl", "advmod", "root")) or token.upos == "AUX")
            below, place = place, self._above(place)
        return None

    def _above(self, place: int) -> int | None:
        """The head of a word; of a day the verb of the clause right before it: `a truce that takes effect | Friday`."""
        token = self.tokens[place]
        verb = self.tokens[place - 2] if place > 1 and token.deprel == "obl" else token
        if verb.deprel == "acl:relcl" and verb.xpos == "VBD" and self.tokens[place - 1].deprel == "case":
            return place - 2  # is to vote on a bill that it passed | on Tuesday
        near = range(place - 1, max(token.head, place - NEAR), -1) if token.deprel == "obl:unmarked" else ()
        clause = (
            verb for verb in near if self.tokens[verb].deprel == "acl:relcl" and self.tokens[verb].xpos in PRESENT
        )
        return next(clause, token.head if token.head != place else None)

    def _awaits(self, verb: int, place: int, *, is_for: bool) -> Time | None:
        """The time of what a verb awaits or looks back at: `called for a strike on Monday`, `set a vote for Monday`."""
        token, word = self.tokens[verb], self.tokens[place]
        if not _is_verbal(token) or place <= verb:
            return None
        if is_for and token.lemma in ARRANGED:
            return self._time_of_plan(verb)
        if word.upos == "PROPN" and token.lemma in BACKWARD:  # will investigate a strike on Monday
            return "past" if any(child.deprel == "obj" for child in self.below(verb)) else None
        if word.upos != "NOUN" or not word.deprel.startswith(("obj", "obl", "nmod")):
            return None
        leads = {f"{token.lemma} {lead}" for lead in self._leads(place)} or {token.lemma}
        return "ahead" if leads & AWAITED else "past" if leads & BACKWARD else None

    def _leads(self, place: int) -> set[str]:
        """The prepositions before a word."""
        return {child.text.lower() for child in self.below(place) if child.deprel == "case"}

    def is_certain(self, start_char: int, end_char: int) -> bool:
        """Whether a span hangs from a verb in the past, or after `will`, that neither plans nor tells."""
        verb = self.verb_of(start_char, end_char)
        if verb is None:
            return False
        token, below = self.tokens[verb], list(self.below(verb))
        if token.text.lower() in PLANNED or token.lemma in SPEECH or any(child.deprel == "xcomp" for child in below):
            return False
        helpers = {child.xpos for child in below if child.deprel.startswith(("aux", "cop"))}
        if FUTURE & {child.text.lower() for child in below if child.xpos == "MD"}:
            return True
        return "VBD" in (helpers or {_form(token)})

    def lasted(self, start_char: int, end_char: int) -> bool:
        """Whether a span ends what went on: `lasted until Sunday`; not `was jailed until Sunday`."""
        verb = self.verb_of(start_char, end_char)
        if verb is None:
            return False
        if any(child.deprel == "cop" and child.xpos == "VBD" for child in self.below(verb)):
            return True  # was minister until July
        return self.tokens[verb].xpos == "VBD" and self.tokens[verb].lemma in LASTING

    def _time_of_root(self, start_char: int, end_char: int) -> Time | None:
        """The time that a copula or auxiliary tells which hangs from any word of a span: `The vote is at 1900 GMT`."""
        first, end = self.places(start_char, end_char)
        helpers = [
            child
            for place in range(first, end)
            for child in self.below(place)
            if child.deprel.startswith(("aux", "cop")) and not start_char <= child.start_char < end_char
        ]
        if any(child.xpos == "MD" for child in helpers):
            return _modal(helpers, helpers)
        forms = {child.xpos for child in helpers}
        return "past" if "VBD" in forms else "ahead" if forms & PRESENT else None

    def _time_of(self, place: int, *, direct: bool) -> Time | None:
        token = self.tokens[place]
        below = list(self.below(place))
        helpers = [child for child in below if child.deprel.startswith(("aux", "cop"))]
        if not _is_verbal(token) and not helpers:
            return "ahead" if token.text.lower() in PLANNED else None
        if any(child.xpos == "MD" for child in helpers):
            return _modal(helpers, below)
        if token.text.lower() in PLANNED and token.xpos != "VBD":
            return self._time_of_plan(place)
        if token.xpos == "VB" and any(child.text.lower() in PLANNED and child.deprel == "case" for child in below):
            return "ahead"  # was due to start
        if any(child.xpos == "TO" for child in below) and _is_verbal(token):
            return self._infinitive(token, helpers)
        return self._finite(token, helpers, below, direct=direct)

    def _time_of_plan(self, place: int) -> Time:
        """`planned for Monday` lies ahead, unless the plan had been made, or came to nothing."""
        token = self.tokens[place]
        others = [
            other for other in range(place, min(place + AFTER, len(self.tokens))) if self._is_joined(other, place)
        ]
        if token.deprel.startswith(
            "acl"
        ):  # The launch planned for Monday was delayed; he canceled a show set for Monday.
            others.append(self.tokens[token.head].head)
        had = any(child.text.lower() == "had" for child in self.below(place))
        return "near" if had or any(self._is_dropped(other) for other in others) else "ahead"

    def _is_joined(self, place: int, other: int) -> bool:
        return self.tokens[place].deprel == "conj" and self.tokens[place].head == other

    def _is_dropped(self, verb: int) -> bool:
        """Whether a verb drops a plan: `was canceled`, `was put off`."""
        lemma = self.tokens[verb].lemma
        particles = [child.text.lower() for child in self.below(verb) if child.deprel == "compound:prt"]
        return lemma in DROPPED or any(f"{lemma} {particle}" in DROPPED for particle in particles)

    def _infinitive(self, token: Token, helpers: list[Token]) -> Time | None:
        """`plans to leave`, `were to leave Thursday` lie ahead; `began to leave`, `was forced to leave` is done."""
        if any(child.xpos in FINITE for child in helpers):
            return "ahead"
        if token.deprel.startswith("acl") and any(child.deprel == "aux:pass" for child in helpers):
            return None if self._is_ranked(token.head) else "ahead"  # the talks, to be held on Sunday
        above = self.tokens[token.head]
        done = above.lemma in CARRIED_OUT or token.deprel.startswith(("acl", "advcl", "conj", "parataxis", "root"))
        return None if done else "ahead"

    def _is_reduced(self, place: int) -> bool:
        """Whether a participle stands for a clause: `tickets bought by Friday are cheaper`."""
        token = self.tokens[place]
        return token.deprel == "acl" and token.xpos == "VBN" and token.text.lower() not in PLANNED

    def _is_ranked(self, noun: int) -> bool:
        """`the first to be freed on Sunday`, `the only one to be jailed in May`: done."""
        words = [self.tokens[noun], *self.below(noun)]
        return any(word.text.lower() in RANKS or word.xpos == "JJS" for word in words)

    def _finite(self, token: Token, helpers: list[Token], below: list[Token], *, direct: bool) -> Time | None:
        forms = {child.xpos for child in helpers} or {_form(token)}
        if any(child.lemma == "have" for child in helpers) or "VBD" in forms:
            return "past"
        if forms & PRESENT:
            has_object = token.lemma in REPORTED and any(child.deprel == "obj" for child in below)
            return "ahead" if direct and (has_object or token.lemma not in SPEECH) else None
        if token.deprel == "acl" and token.text.lower() in BEGINNING:
            return "ahead"  # announced a strike starting Monday
        if token.xpos == "VB" and not helpers:  # Let us meet Saturday; not: they made him leave Saturday
            above = self.tokens[token.head]
            return None if above.lemma in CARRIED_OUT and above.xpos != "VB" else "ahead"
        is_conditional = any(child.text.lower() in CONDITIONS for child in below)
        is_reduced = token.xpos == "VBN" and not helpers and token.deprel not in INHERITED and not is_conditional
        return "past" if is_reduced else None


def _form(token: Token) -> str:
    """The tag of a verb's form; `Hungary votes` is present also where it is tagged past, `it cost` past."""
    word = token.text.lower()
    if word in PAST or (token.xpos == "VBZ" and not word.endswith("s")) or (token.xpos == "VBP" and word in UNCHANGED):
        return "VBD" if token.xpos != "VBN" else token.xpos
    is_present = word == token.lemma + "s" or (word == token.lemma and word not in UNCHANGED)
    return "VBP" if token.xpos == "VBD" and is_present else token.xpos


def _is_verbal(token: Token) -> bool:
    return token.upos in {"VERB", "AUX"} or token.xpos.startswith("VB")


def _modal(helpers: list[Token], below: list[Token]) -> Time:
    """`will meet`, `will have met`, `would meet`; not `may have met`, `could not be reached`."""
    words = {child.text.lower() for child in helpers}
    if words & FUTURE:
        return "ahead"
    missed = "could" in words and any(child.text.lower() in NEGATIONS for child in below)
    return "past" if missed or any(child.lemma == "have" for child in helpers) else "ahead"
