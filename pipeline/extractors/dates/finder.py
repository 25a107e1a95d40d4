"""A story's temporal expressions: the grammar's matches, in reading order, each with its meaning."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from pipeline.extractors.dates import (
    clock,
    days,
    holiday,
    lengths,
    periods,
    quarters,
    relative,
    sets,
    vague,
    weekdays,
    years,
    yearsback,
)
from pipeline.extractors.dates.cells import OutsideCalendarError
from pipeline.extractors.dates.context import Context
from pipeline.extractors.dates.customs import custom_of
from pipeline.extractors.dates.grammar import Grammar, Match
from pipeline.extractors.dates.lexer import lex
from pipeline.extractors.dates.quotes import Quotes
from pipeline.extractors.dates.reading import Reading
from pipeline.extractors.dates.speech import Speech
from pipeline.extractors.dates.values import PRECISIONS, Meaning
from pipeline.tables import DateMention
from pipeline.text import Document

Say = Callable[[Match, Reading], Meaning | None]

MODULES = (days, weekdays, periods, quarters, years, yearsback, relative, lengths, sets, vague, clock, holiday)
NOTHING = "nothing"
"""The meaning of rules that only keep their words from others."""


@cache
def grammar() -> Grammar:
    """The grammar, read and compiled once."""
    return Grammar()


@cache
def meanings() -> dict[str, Say]:
    """The function of each meaning that a rule names; ValueError for a name that no module has."""
    named = {rule.meaning for rule in grammar().rules} - {NOTHING}
    known = {name: getattr(module, name) for module in MODULES for name in named if name in vars(module)}
    if missing := sorted(named - known.keys()):
        raise ValueError(f"data/rules.txt names meanings that no module has: {', '.join(missing)}")
    return known


def find_dates(document: Document, *, day_first: bool | None = None) -> Iterator[DateMention]:
    """Temporal expressions of a story in order, not overlapping.

    `day_first` says how the source writes numeric dates; None: the region of the story's language says so, and
    where it names none a date with two readings keeps both.
    """
    story = document.story
    lexed = lex(story.text, grammar().lexicon)
    custom = custom_of(story.language) if day_first is None else day_first
    reading = Reading(lexed, Context(lexed, document), story.anchor_on, day_first=custom)
    quotes = Quotes(story.text)
    matches = grammar().matches(lexed)
    speech = Speech(reading, quotes, matches, _say)
    taken = 0
    for match in matches:
        if match.first < taken:
            continue
        quote = quotes.holding(lexed.starts[match.first])
        reading.today = speech.day_of(quote, match) if quote else reading.anchor
        meaning = _say(match, reading)
        if meaning is not None:
            reading.note(meaning, match.first, match.end)
            yield _row(document, match, meaning, in_quote=quote is not None)
        if meaning is not None or match.rule.meaning == NOTHING:
            taken = match.end


def _say(match: Match, reading: Reading) -> Meaning | None:
    """What a match means, with the sense of words before it (`around 2010`)."""
    if match.rule.meaning == NOTHING or reading.context.begins_elsewhere(match.first, match.end):
        return None
    try:
        meaning = meanings()[match.rule.meaning](match, reading)
    except OutsideCalendarError:
        return None
    if meaning is None or meaning.cell is None:
        return meaning
    if not meaning.cell.is_sayable:
        return None
    if reading.today != reading.anchor and meaning.basis == "anchor":
        meaning = replace(meaning, basis="text")
    about = meaning.mod is None and match.lexed.has(match.first - 1, "ABOUT")
    return meaning.modified("APPROX") if about else meaning


def _row(document: Document, match: Match, meaning: Meaning, *, in_quote: bool) -> DateMention:
    value = meaning.value
    start, end = match.lexed.starts[match.first], match.lexed.ends[match.end - 1]
    days = meaning.sure.days if meaning.sure else value.days
    precision = PRECISIONS[meaning.sure.unit] if meaning.sure else value.precision
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
