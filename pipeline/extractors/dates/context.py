"""What the words around an expression tell: tense, and whether `May`, `March`, `second`, `2018` are time at all.

All guesses at grammar stand here, behind questions. Tags and heads answer them where the document's tokens
carry any (syntax.py); the words around do where they carry none, or where the heads tell nothing.
"""

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.numbers import JOINTS, is_year
from pipeline.extractors.dates.syntax import Syntax
from pipeline.extractors.dates.words import members
from pipeline.text import Document

Tense = Literal["past", "ahead", "unknown"]

AHEAD = members("ahead.txt")
PAST = members("past.txt")
SAYS = members("says.txt")
LOOK_BACK = 14
LOOK_ON = 10
SPILL = 4
"""Tokens over which a quotation that ends a sentence still belongs with its attribution."""
WEAK_REACH = 6
"""How far a word that only may point ahead (`plans`, `would`) reaches."""
SURE = frozenset({"will", "'ll", "won", "shall", "scheduled", "due"})
PREPOSITIONS = members("prepositions.txt")
MODALS = frozenset("will would could can cannot should might must may not also well".split())
NOT_PAST = members("not-past.txt")
TITLES = frozenset("mr mrs ms dr theresa minister sir lord lady miss president senator sen rep".split())
PASSIVE = frozenset("be being get is are to".split())
"""After these a past form is a passive of any time: `will be paid`, `is heard`."""
CLOSED = PREPOSITIONS | members("closed.txt")
"""Words that begin another phrase: what stands before them is a noun, no adjective."""
RATELESS = PREPOSITIONS | members("rateless.txt")
NUMBER_LIKE = frozenset("hundreds thousands millions billions dozens billion million several few".split())
BEFORE_MONTH = frozenset("last next this late early mid -".split())
ADJECTIVAL = frozenset("a an the its their his her this that these those still newly".split())
"""After these a form in -ed is an adjective: `a planned trip`."""
LASTING = frozenset({"until", "till"})
DEADLINE = frozenset({"by", "before"})
ONWARD = frozenset("from by starting beginning effective toward towards".split())
SOON = frozenset("soon early late recently".split())
LISTS = frozenset("and or through until".split())
DEGREES = frozenset("temperature temperatures highs lows degrees celsius fahrenheit percentile".split())
BEFORE_SEASON = frozenset("in during by since until this last next early late every each".split())


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
            follows = {self.lexed.word(index) for index in range(end, end + 5)}
            is_ahead = SURE & follows or (before == "of" and self.lexed.word(first - 2) == "ahead")
            return "ahead" if is_ahead else "past"
        if before in LASTING:
            return "past" if self.syntax.lasted(*span) else "ahead"
        return "ahead" if before in DEADLINE and self.syntax.is_demanded(*span) else None

    def is_certain(self, first: int, end: int) -> bool:
        """Whether tags say that an expression dates what its verb tells as done or to come: `It sailed in January`."""
        return self.syntax.is_certain(self.lexed.starts[first], self.lexed.ends[end - 1])

    def is_told(self, first: int, end: int) -> bool:
        """Whether an expression says when somebody spoke: `police said on Monday`."""
        return self.syntax.is_told(self.lexed.starts[first], self.lexed.ends[end - 1])

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

    def is_weekday(self, index: int) -> bool:
        """Whether a weekday's abbreviation standing alone is one: `Sun` may be a paper or a firm."""
        word = self.lexed.word(index)
        if (len(word) <= 5 or self.lexed.is_capital(index + 1)) and self._is_other(index):
            return False
        if self.syntax.is_in_name(self.lexed.starts[index]):
            return False
        if len(word) > 5 or self.lexed.has(index - 1, "LAST") or self.lexed.has(index - 1, "NEXT"):
            return True
        before, after = self.lexed.word(index - 1), self.lexed.word(index + 1)
        in_range = (after in JOINTS and self.lexed.has(index + 2, "WEEKDAY")) or (
            before in JOINTS and self.lexed.has(index - 2, "WEEKDAY")
        )
        return in_range or after == "." or before in PREPOSITIONS

    def is_month(self, index: int, *, alone: bool) -> bool:
        """Whether a word such as May, March or August is the month; `alone` without a day or year."""
        return not (alone and self._is_other(index)) and self._is_month_by_words(index, alone=alone)

    def _is_month_by_words(self, index: int, *, alone: bool) -> bool:
        word = self.lexed.word(index)
        before, after = self.lexed.word(index - 1), self.lexed.word(index + 1)
        if alone and len(word) <= 4 and word not in {"may", "june", "july"}:
            in_range = after in JOINTS and self.lexed.has(index + 2, "MONTH")
            in_range = in_range or (before in JOINTS and self.lexed.has(index - 2, "MONTH"))
            return in_range or before in PREPOSITIONS or (after == "." and not self.lexed.has(index + 2, "NAME"))
        if word not in {"may", "march", "august", "april", "june"} or not alone:
            return True
        if word in {"april", "june", "august"}:
            return not (self.lexed.is_capital(index + 1) and before not in PREPOSITIONS)
        if before in TITLES or (after in {"'s", "’s"} and before not in PREPOSITIONS):
            return False
        if before == "the":
            return after.islower() and after not in CLOSED and not self.lexed.is_capital(index + 1)
        listed = (before in LISTS and self.lexed.has(index - 2, "MONTH")) or (
            after in LISTS and self.lexed.has(index + 2, "MONTH")
        )
        as_soon = before == "as" and self.lexed.word(index - 2) in SOON
        return (listed or as_soon or before in PREPOSITIONS or before in BEFORE_MONTH) and after not in MODALS

    def _is_other(self, index: int) -> bool:
        """Whether tags or names say that a word is no time: `May` the modal, `May` the minister."""
        start = self.lexed.starts[index]
        return self.syntax.is_verb(start) or self.syntax.is_name(start)

    def is_attribute(self, index: int) -> bool:
        """Whether the last word of a token names a noun behind it: `the future demand`."""
        return self.syntax.is_attribute(self.lexed.ends[index] - 1)

    def has_article(self, index: int) -> bool:
        """Whether the article before a token is its own: `on a Friday`, not `a Friday meeting`."""
        return index > 0 and self.syntax.governs(self.lexed.starts[index], self.lexed.starts[index - 1])

    def begins_elsewhere(self, first: int, end: int) -> bool:
        """Whether `that` before a unit belongs with other words: `he denied that night flights had stopped`."""
        return self.lexed.word(first) == "that" and self.syntax.belongs_outside(
            self.lexed.starts[first], self.lexed.ends[end - 1]
        )

    def is_year(self, index: int, *, cued: bool = False) -> bool:
        """Whether a number between 1000 and 2199 is a year; `cued` where the rule's own words say so."""
        return is_year(self.lexed, index, cued=cued)

    def is_season(self, index: int) -> bool:
        """Whether `fall` and `spring` are the season where no year or `last` says so; not in `Winter Olympics`."""
        word = self.lexed.word(index)
        if self.syntax.is_verb(self.lexed.starts[index]):
            return False
        if self.lexed.is_capital(index) and self.lexed.is_capital(index + 1) and not self.lexed.has(index + 1, "MONTH"):
            return False
        before, after = self.lexed.word(index - 1), self.lexed.word(index + 1)
        cued = before in BEFORE_SEASON
        if before == "the":
            return word in {"summer", "winter", "autumn"} or (
                self.lexed.word(index - 2) in PREPOSITIONS | {"over"} and after != "of"
            )
        return cued

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
