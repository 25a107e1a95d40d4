"""What the words around an expression tell: tense, and whether `May`, `March`, `second`, `2018` are time at all.

All guesses at grammar stand here, behind questions. Tags and heads answer them where the document's tokens
carry any (syntax.py); the words around do where they carry none, or where the heads tell nothing.
"""

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from pipeline.extractors.dates import wordsense
from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.numbers import is_year
from pipeline.extractors.dates.syntax import SPEECH, Syntax
from pipeline.extractors.dates.words import members
from pipeline.extractors.dates.wordsense import MODALS, PREPOSITIONS
from pipeline.text import Document

Tense = Literal["past", "ahead", "near", "unknown"]

AHEAD = members("ahead.txt")
PAST = members("past.txt")
SAYS = members("says.txt")
DEFERRED = members("deferred.txt")
DEMANDS = members("demands.txt")
LOOK_BACK = 14
LOOK_ON = 10
SPILL = 4
"""Tokens over which a quotation that ends a sentence still belongs with its attribution."""
CLAUSE = 5
"""Tokens between a verb of speech and its day, before what was said."""
WEAK_REACH = 6
"""How far a word that only may point ahead (`plans`, `would`) reaches."""
SURE = frozenset({"will", "'ll", "won", "shall", "scheduled", "due"})
NOT_PAST = members("not-past.txt")
PASSIVE = frozenset("be being get is are to".split())
"""After these a past form is a passive of any time: `will be paid`, `is heard`."""
RATELESS = PREPOSITIONS | members("rateless.txt")
NUMBER_LIKE = frozenset("hundreds thousands millions billions dozens billion million several few".split())
ADJECTIVAL = frozenset("a an the its their his her this that these those still newly".split())
"""After these a form in -ed is an adjective: `a planned trip`."""
LASTING = frozenset({"until", "till"})
DEADLINE = frozenset({"by", "before"})
ONWARD = frozenset("from by starting beginning effective toward towards".split())
DEGREES = frozenset("temperature temperatures highs lows degrees celsius fahrenheit percentile".split())


class Context:
    """The words around, as questions about tokens of the lexer."""

    def __init__(self, lexed: Lexed, document: Document) -> None:
        """Sentences come from the document, words from the lexer."""
        self.lexed = lexed
        self.document = document
        self.syntax = Syntax(document)

    @cached_property
    def sentence_ends(self) -> list[int]:
        """The number of the token after each sentence's last."""
        starts = self.lexed.starts
        return [bisect_right(starts, sentence.end_char - 1) for sentence in self.document.sentences]

    def sentence(self, index: int) -> tuple[int, int]:
        """The tokens `[first, end)` of the sentence that a token stands in."""
        ends = self.sentence_ends
        place = bisect_right(ends, index)
        first = ends[place - 1] if place else 0
        return first, ends[place] if place < len(ends) else len(self.lexed.starts)

    def tense(self, first: int, end: int) -> Tense:
        """The tense of the verb that governs an expression; by words, of the nearest before it, else after it."""
        low, high = self.sentence(first)
        before = self.lexed.word(first - 1)
        if told := self._cued(first, end) or self.syntax.time_above(self.lexed.starts[first], self.lexed.ends[end - 1]):
            return told
        for index in range(first - 1, max(low, first - LOOK_BACK) - 1, -1):
            if tense := self._tense_of(index, first - index):
                return tense
        for index in range(end, min(high, end + LOOK_ON)):
            if tense := self._tense_of(index, index - end):
                return tense
        return "ahead" if before in ONWARD else "unknown"

    def _cued(self, first: int, end: int) -> Tense | None:
        """What the words right beside tell: `Friday's vote`, `until Friday`, `ordered his release by Friday`."""
        before = self.lexed.word(first - 1)
        span = self.lexed.starts[first], self.lexed.ends[end - 1]
        if self.lexed.has(end, "POSS"):
            return self._owned(first, end)
        if before in LASTING:
            return "past" if self.syntax.lasted(*span) else "ahead"
        if before in DEADLINE and self.syntax.verb_lemma(*span) in DEMANDS:
            return "ahead"
        if before == "to" and self.syntax.verb_lemma(*span) in DEFERRED:
            return "ahead"
        if before == "since" or self._ends_clause(first, end):
            return "past"
        return self._when(end)

    def _owned(self, first: int, end: int) -> Tense:
        """`Friday's vote` is over, not `ahead of Friday's vote`, `Friday's vote will`, `must act by Friday's vote`."""
        before = self.lexed.word(first - 1)
        follows = {self.lexed.word(index) for index in range(end, end + 5)}
        if SURE & follows or f"{self.lexed.word(first - 2)} {before}" in {"ahead of", "up to"}:
            return "ahead"
        span = self.lexed.starts[first], self.lexed.ends[end - 1]
        told = self.syntax.time_above(*span) if before in DEADLINE | LASTING else "past"
        return "ahead" if told == "ahead" or (told is None and before != "before") else "past"

    def _when(self, end: int) -> Tense | None:
        """What a clause with `when` behind tells: `until July 3, | when the army took over`."""
        place = end + self.lexed.has(end, "COMMA")
        if self.lexed.word(place) != "when":
            return None
        _, high = self.sentence(place)
        for index in range(place + 1, min(place + LOOK_ON, high)):
            if self.is_finite(index):
                token = self.syntax.token(self.lexed.starts[index])
                return "past" if token is not None and token.xpos == "VBD" else "ahead"
        return None

    def _ends_clause(self, first: int, end: int) -> bool:
        """Whether the verb before has an end here: `told them Monday | that`, `the plan announced Monday | would`."""
        if self.lexed.word(end) == "that":
            return self.nearest_verb(first, -1, CLAUSE) in SAYS
        return self.lexed.word(end) in MODALS and self._tense_of(first - 1, 1) == "past"

    def is_certain(self, first: int, end: int) -> bool:
        """Whether tags say that an expression dates what its verb tells as done or to come: `It sailed in January`."""
        is_since = self.lexed.word(first - 1) == "since"
        return is_since or self.syntax.is_certain(self.lexed.starts[first], self.lexed.ends[end - 1])

    def is_told(self, first: int, end: int) -> bool:
        """Whether an expression says when somebody spoke: `police said on Monday`."""
        return self.syntax.verb_lemma(self.lexed.starts[first], self.lexed.ends[end - 1]) in SPEECH

    def goes_on(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the verb that an expression dates is joined by `and` to that of another: spans of tokens."""
        starts, ends = self.lexed.starts, self.lexed.ends
        (first, end), (later, last) = one, other
        return self.syntax.goes_on((starts[first], ends[end - 1]), (starts[later], ends[last - 1]))

    def shares_noun(self, first: int, end: int, year: int) -> bool:
        """Whether the year at a token dates the noun that an expression names."""
        starts, ends = self.lexed.starts, self.lexed.ends
        return self.syntax.shares_noun((starts[first], ends[end - 1]), (starts[year], ends[year])) and self.is_year(
            year, cued=True
        )

    def _tense_of(self, index: int, distance: int) -> Tense | None:
        word = self.lexed.word(index)
        if word in AHEAD:
            return "ahead" if word in SURE or distance <= WEAK_REACH else None
        if word in PAST or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST):
            return None if self.lexed.word(index - 1) in PASSIVE | ADJECTIVAL else "past"
        return None

    def nearest_verb(self, place: int, step: int, reach: int) -> str:
        """The first word that looks like a verb of speech or a past form, from a token on, within its sentence."""
        low, high = self.sentence(min(place, len(self.lexed.starts) - 1))
        start = place if step > 0 else place - 1
        for index in range(start, start + step * reach, step):
            word = self.lexed.word(index)
            if not low - SPILL <= index < high + SPILL:
                return ""
            if word in SAYS or word in PAST or word in AHEAD or (word.endswith("ed") and word not in NOT_PAST):
                return word
        return ""

    def is_attribute(self, index: int) -> bool:
        """Whether the last word of a token names a noun behind it: `the future demand`."""
        return self.syntax.is_attribute(self.lexed.ends[index] - 1)

    def is_finite(self, index: int) -> bool:
        """Whether a token is tagged a finite verb, so that another clause goes on there."""
        token = self.syntax.token(self.lexed.starts[index])
        return token is not None and token.xpos in {"VBD", "VBP", "VBZ", "MD"}

    def is_led(self, index: int) -> bool:
        """Whether a verb or a preposition stands before a token; by words a preposition of time."""
        if not self.syntax.is_tagged:
            return self.lexed.word(index - 1) in PREPOSITIONS
        token = self.syntax.token(self.lexed.starts[index - 1]) if index else None
        return token is not None and token.xpos.startswith(("VB", "IN", "RP"))

    def is_staged(self, first: int, end: int) -> bool:
        """Whether something happens on the day that an expression names: it hangs from a verb, and none of speech."""
        lemma = self.syntax.stage_lemma(self.lexed.starts[first], self.lexed.ends[end - 1])
        return lemma not in SPEECH and bool(lemma)

    def paragraph(self, index: int) -> int:
        """The token that begins the paragraph which a token stands in."""
        return next((place + 1 for place in range(index, -1, -1) if self.lexed.has(place, "BREAK")), 0)

    def begins_person(self, index: int) -> bool:
        """Whether a token begins the longer name of a person."""
        return self.syntax.begins_person(self.lexed.starts[index], self.lexed.ends[index])

    def is_weekday(self, index: int) -> bool:
        """Whether a weekday is one: `Sun` may be a paper or a firm, `Sunday` a given name."""
        return wordsense.is_weekday(self.lexed, self.syntax, index)

    def is_month(self, index: int, *, alone: bool) -> bool:
        """Whether a word such as May, March or August is the month; `alone` without a day or year."""
        return wordsense.is_month(self.lexed, self.syntax, index, alone=alone)

    def is_season(self, index: int) -> bool:
        """Whether `fall` and `spring` are the season where no year or `last` says so."""
        return wordsense.is_season(self.lexed, self.syntax, index)

    def has_article(self, index: int) -> bool:
        """Whether the article before a token is its own: `on a Friday`, not `a Friday meeting`."""
        return index > 0 and self.syntax.governs(self.lexed.starts[index], self.lexed.starts[index - 1])

    def begins_elsewhere(self, first: int, end: int) -> bool:
        """Whether `that` before a unit belongs with other words: `he denied that night flights had stopped`."""
        if self.lexed.word(first) != "that":
            return False
        token = self.syntax.token(self.lexed.starts[first])
        if token is not None and token.xpos == "DT" and self.lexed.has(first + 1, "WEEKDAY"):
            return False  # won it that Friday night
        return self.syntax.belongs_outside(self.lexed.starts[first], self.lexed.ends[end - 1])

    def is_year(self, index: int, *, cued: bool = False) -> bool:
        """Whether a number between 1000 and 2199 is a year; `cued` where the rule's own words say so."""
        return is_year(self.lexed, index, cued=cued)

    def counts_degrees(self, index: int) -> bool:
        """Whether a sentence speaks of temperatures, so that `the 80s` may be no decade."""
        return any(self.lexed.word(place) in DEGREES for place in range(*self.sentence(index)))

    def counts_something(self, first: int) -> bool:
        """Whether `a year` at a token is a rate: `15 planes a year`, `$3 million a year`, `twice a week`."""
        before = self.lexed.word(first - 1)
        if not before or before in RATELESS or self.lexed.has(first - 1, "COMMA"):
            return False
        low, _ = self.sentence(first)
        for index in range(first - 1, max(low, first - 7) - 1, -1):
            if self.lexed.word(index) in {";", ":", ",", "(", ")", "and"}:
                return False
            if self._is_number(index):
                return True
        return False

    def _is_number(self, index: int) -> bool:
        return (
            self.lexed.has(index, "INT")
            or self.lexed.has(index, "NUMW")
            or self.lexed.has(index, "THOUSANDS")
            or self.lexed.has(index, "DECIMAL")
            or self.lexed.word(index) in NUMBER_LIKE
        )
