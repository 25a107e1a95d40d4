"""The day on which a quotation was said, where its paragraph tells: there the speaker's `today` is that day."""

import re
from collections.abc import Callable

from pipeline.extractors.dates.cells import Cell
from pipeline.extractors.dates.context import Context
from pipeline.extractors.dates.grammar import Match
from pipeline.extractors.dates.quotes import Quotes, Span
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.values import Meaning
from pipeline.extractors.dates.words import members

SAYS = members("says.txt")
PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
REACH = 14
"""Tokens between a quotation and the day of its attribution."""
FAR_APART = 112
"""Characters between them at most."""
DAYS = ("day", "weekday", "today", "iso", "numeric")
"""Families of rules that can name the day."""


class Speech:
    """Which day each quotation of a story was said on."""

    def __init__(
        self, reading: Reading, quotes: Quotes, matches: list[Match], mean: Callable[[Match, Reading], Meaning | None]
    ) -> None:
        """`mean` says what a match means."""
        self.reading = reading
        self.quotes = quotes
        self.mean = mean
        self.outside = [match for match in matches if self._can_date(match)]
        self.days: dict[Span, Cell] = {}

    def day_of(self, quote: Span, match: Match) -> Cell:
        """The day that a quotation was said on, else the story's own."""
        if quote not in self.days:
            told = self._find(quote, match.lexed.starts) or self._carried(quote, match)
            self.days[quote] = told or self.reading.anchor
        return self.days[quote]

    def _carried(self, quote: Span, match: Match) -> Cell | None:
        """The day of a quotation before in the same paragraph: the speaker goes on."""
        for span in reversed([span for span in self.quotes.spans if span[1] <= quote[0]]):
            if PARAGRAPH.search(match.lexed.text, span[1] - 1, quote[0]):
                return None
            if day := self._find(span, match.lexed.starts):
                return day
        return None

    def _can_date(self, match: Match) -> bool:
        family = match.rule.name.partition(".")[0]
        return family in DAYS and self.quotes.holding(match.lexed.starts[match.first]) is None

    def _find(self, quote: Span, starts: list[int]) -> Cell | None:
        self.reading.today = self.reading.anchor
        for match in self.outside:
            if self._attributes(match, quote, starts):
                meaning = self.mean(match, self.reading)
                if meaning and meaning.cell and meaning.cell.unit == "day":
                    return meaning.cell
        return None

    def _attributes(self, match: Match, quote: Span, starts: list[int]) -> bool:
        """`"…," he told them on Monday` or `On Monday, he said: "…"`, in one paragraph, nothing quoted between."""
        lexed, context = match.lexed, self.reading.context
        follows = starts[match.first] >= quote[1]
        start, end = (quote[1], starts[match.first]) if follows else (lexed.ends[match.end - 1], quote[0])
        if not 0 <= end - start < FAR_APART or self.quotes.has_start(start, end):
            return False
        gap = lexed.text[start:end]
        if not _same_sentence(gap):
            return False
        if follows:
            return context.nearest_verb(match.first, -1, REACH) in SAYS
        return context.nearest_verb(match.end, 1, REACH) in SAYS or _leads(match, context, gap)


def _same_sentence(gap: str) -> bool:
    return "\n\n" not in gap and ". " not in gap.replace("Mr. ", "").replace("Mrs. ", "").replace("Ms. ", "")


def _leads(match: Match, context: Context, gap: str) -> bool:
    """`he said on Monday: "…"`, `he said on Monday that he would go "…"`."""
    words = gap.split()
    return (len(words) <= 2 or words[0] == "that") and context.nearest_verb(match.first, -1, REACH) in SAYS
