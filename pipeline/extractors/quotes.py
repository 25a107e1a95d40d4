"""Quotation marks: which stretches of a text are quoted."""

import re
from functools import lru_cache

from pipeline.tables import Span

# An opening mark without its closing one quotes to the end of its paragraph.
QUOTE = re.compile(r"“[^“”\n]*(?:”|(?=\n|$))|\"[^\"\n]*(?:\"|(?=\n|$))")


@lru_cache(maxsize=8)
def find_quotes(text: str) -> tuple[Span, ...]:
    """The quoted stretches of a text, marks included, in order."""
    return tuple(Span(found.start(), found.end()) for found in QUOTE.finditer(text))


def is_quoted(text: str, char: int) -> bool:
    """Whether an offset stands inside quotation marks."""
    return any(quote.start_char <= char < quote.end_char for quote in find_quotes(text))
