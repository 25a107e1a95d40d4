"""Whether a text tells history: there an open date goes on from the one told last."""

from datetime import date

from pipeline.extractors.dates.lexer import Lexed

OLD = 2
"""Years back from which a date is history to a story of the day."""


def is_narrative(lexed: Lexed, anchor: date) -> bool:
    """Whether a text tells history: many years long past, and hardly a word that points to its own day."""
    old = near = 0
    for index, lexeme in enumerate(lexed.lexemes):
        values = lexeme.values
        if "YEAR" in values:
            old += int(lexed.word(index)) < anchor.year - OLD
            near += anchor.year - 1 <= int(lexed.word(index)) <= anchor.year + 1
        elif "WEEKDAY" in values or "RELDAY" in values or ("LAST" in values and lexed.has(index + 1, "UNIT")):
            near += 1
        elif "ERA" in values:
            old += 1
    return old >= 5 and old > 4 * near
