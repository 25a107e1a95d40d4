"""Quotation marks: which stretches of a text are quoted.

An agency's marks come straight, curly, doubled (``so''), German („so“), angled («so») and unbalanced. A mark
opens where white space, a bracket or a dash stands before it, and closes where a word stands before it; an opening
mark without its closing one quotes to the end of its paragraph, as the first paragraphs of a long quotation do.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from pipeline.tables import Span

MARK = re.compile(r"[\"“”„«»＂]|``|''|\n\s*\n")
OPENS = frozenset({"“", "„", "«", "``"})
CLOSES = frozenset({"”", "»", "''"})
BEFORE_OPENING = re.compile(r"[\s(\[{—–:/-]")
# 'We will,' he said: single marks, where no doubled one stands inside them.
SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[A-Z])[^\"“”„«»\n‘]{2,600}?[,.?!…][’'](?![\w’'])")


@lru_cache(maxsize=8)
def find_quotes(text: str) -> tuple[Span, ...]:
    """The quoted stretches of a text, marks included, in order."""
    doubled = tuple(_doubled(text))
    singles = [Span(found.start(), found.end()) for found in SINGLE.finditer(text)]
    alone = [one for one in singles if not any(one.start_char < two.end_char and two.start_char < one.end_char
                                               for two in doubled)]  # fmt: skip
    return tuple(sorted((*doubled, *alone), key=lambda span: span.start_char))


def is_quoted(text: str, char: int) -> bool:
    """Whether an offset stands inside quotation marks."""
    quotes = find_quotes(text)
    index = bisect_right(quotes, char, key=lambda quote: quote.start_char) - 1
    return index >= 0 and char < quotes[index].end_char


def _doubled(text: str) -> Iterator[Span]:
    opened: int | None = None
    for mark in MARK.finditer(text):
        if mark.group()[0] == "\n":
            if opened is not None:
                yield Span(opened, mark.start())
            opened = None
        elif opened is None:
            opened = mark.start() if _may_open(text, mark) else None
        elif not _only_opens(text, mark):
            yield Span(opened, mark.end())
            opened = None
    if opened is not None and opened < len(text.rstrip()):
        yield Span(opened, len(text.rstrip()))


def _may_open(text: str, mark: re.Match[str]) -> bool:
    """An opening mark, or a straight one with space before it; `6'2"` opens nothing."""
    if mark.group() in OPENS:
        return True
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    return mark.group() not in CLOSES and (not before or bool(BEFORE_OPENING.match(before))) and bool(after.strip())


def _only_opens(text: str, mark: re.Match[str]) -> bool:
    """Whether this is a second opening mark inside a quotation, which closes nothing."""
    return mark.group() in OPENS and text[mark.end() : mark.end() + 1].strip() != ""
