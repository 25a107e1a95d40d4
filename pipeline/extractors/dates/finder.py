"""A story's temporal expressions: the grammar's matches, in reading order, each with its meaning."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from pipeline.extractors.dates import clock, explicit, holiday, lengths, relative
from pipeline.extractors.dates.context import Context
from pipeline.extractors.dates.grammar import Grammar, Match
from pipeline.extractors.dates.lexer import lex
from pipeline.extractors.dates.quotes import Quotes
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.speech import Speech
from pipeline.extractors.dates.values import Meaning
from pipeline.tables import DateMention
from pipeline.text import Document

Say = Callable[[Match, Reading], Meaning | None]

MEANINGS: dict[str, Say] = {
    name: function
    for module in (explicit, relative, lengths, clock, holiday)
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", "") == module.__name__
}
MEANINGS |= {"month_day": explicit.month_day_meaning, "length": lengths.length_meaning}


NOTHING = "nothing"
"""The meaning of rules that only keep their words from others."""


@cache
def grammar() -> Grammar:
    """The grammar, read and compiled once."""
    return Grammar()


def find_dates(document: Document, day_first: bool | None = None) -> Iterator[DateMention]:
    """Temporal expressions of a story in order, not overlapping.

    `day_first` says how the source writes numeric dates; None: a date with two readings keeps both.
    """
    rules = grammar()
    lexed = lex(document.story.text, rules.lexicon)
    reading = Reading(lexed, Context(lexed, document), document.story.anchor_on, day_first=day_first)
    quotes = Quotes(document.story.text)
    matches = rules.matches(lexed)
    speech = Speech(reading, quotes, matches, lambda match: MEANINGS[match.rule.meaning](match, reading))
    taken = 0
    for match in matches:
        if match.first < taken:
            continue
        if match.rule.meaning == NOTHING:
            taken = match.end
            continue
        quote = quotes.holding(lexed.starts[match.first])
        reading.today = speech.day_of(quote, match) if quote else reading.anchor
        meaning = MEANINGS[match.rule.meaning](match, reading)
        if meaning is not None:
            if reading.today != reading.anchor and meaning.basis == "anchor":
                meaning = replace(meaning, basis="text")
            taken = match.end
            reading.note(meaning, match.first)
            yield _row(document, match, _about(match, meaning), in_quote=quote is not None)


def _about(match: Match, meaning: Meaning) -> Meaning:
    """`around 2010`: the word stands before the expression, its sense belongs to it."""
    vague = meaning.mod is None and meaning.cell is not None and match.lexed.has(match.first - 1, "ABOUT")
    return meaning.modified("APPROX") if vague else meaning


def _row(document: Document, match: Match, meaning: Meaning, *, in_quote: bool) -> DateMention:
    value = meaning.value
    start, end = match.lexed.starts[match.first], match.lexed.ends[match.end - 1]
    days = meaning.sure.days if meaning.sure else value.days
    precision = meaning.sure.unit if meaning.sure else value.precision
    return DateMention(
        item_id=document.story.item_id,
        start_char=start,
        end_char=end,
        text=document.story.text[start:end],
        type=meaning.type or value.type,
        value=str(value),
        other_value=str(meaning.other) if meaning.other else None,
        mod=meaning.mod,
        quant=meaning.quant,
        freq=meaning.freq,
        first_on=days[0] if days else None,
        end_on=days[1] if days else None,
        precision=precision,
        basis=meaning.basis,
        in_quote=in_quote,
        rule=match.rule.name,
    )
