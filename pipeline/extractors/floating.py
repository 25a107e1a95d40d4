"""Quoted paragraphs that nobody is named for beside them: the speaker before goes on.

"It would be of use to talk," he said.

"We should not give up."                  carried over
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Draft
from pipeline.extractors.quotes import find_quotes
from pipeline.extractors.ties import Stretch
from pipeline.tables import Span
from pipeline.text import Document

SENTENCE = re.compile(r"[.?!…][”\"’'»]*\s*$")
SHORTEST = 4
"""Words of the shortest quotation that is speech by itself; fewer are a title or a scare quote."""
COVERED = 0.5


def with_floating(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with one more for every paragraph that is one quotation and follows a quotation."""
    found = list(drafts)
    for quote in find_quotes(document.story.text):
        stretch = tokens_of(document, quote)
        if stretch is None or not is_paragraph(document.story.text, quote) or is_taken(stretch, found):
            continue
        before = _before(document, stretch, found)
        if before is not None and SENTENCE.search(document.story.text[quote.start_char : quote.end_char]):
            found.append(Draft(None, None, [stretch], carried=before))
            found.sort(key=lambda draft: (draft.first, -draft.contents[-1].end))
    return found


def tokens_of(document: Document, quote: Span) -> Stretch | None:
    """The tokens of a quotation; None when it is too short to be speech."""
    inside = document.tokens_between(quote.start_char, quote.end_char)
    if len(inside) < SHORTEST + 2:
        return None
    first = next(iter(_index(document, inside[0].start_char)))
    return Stretch(first, first + len(inside))


def _index(document: Document, start_char: int) -> Iterator[int]:
    sentence = document.sentence_at(start_char)
    if sentence:
        yield from (i for i in range(sentence.first, sentence.end) if document.tokens[i].start_char >= start_char)


def is_paragraph(text: str, quote: Span) -> bool:
    """Whether a quotation is a paragraph by itself."""
    before, after = text[: quote.start_char].rstrip(" \t"), text[quote.end_char :].lstrip(" \t")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def is_taken(stretch: Stretch, drafts: Sequence[Draft]) -> bool:
    """Whether most of a quotation is content already."""
    inside = {index for draft in drafts for each in draft.contents
              for index in range(max(each.first, stretch.first), min(each.end, stretch.end))}  # fmt: skip
    return len(inside) > COVERED * (stretch.end - stretch.first)


def _before(document: Document, stretch: Stretch, drafts: Sequence[Draft]) -> Draft | None:
    """The draft of a quotation in the paragraph right before, with nothing said by others between."""
    text = document.story.text
    end = text.rfind("\n", 0, document.tokens[stretch.first].start_char)
    paragraph = text.rfind("\n", 0, len(text[:end].rstrip())) + 1
    near = [draft for draft in drafts if paragraph <= document.tokens[draft.first].start_char < end]
    last = near[-1] if near else None
    quoted = last is not None and '"' in _closing(document, last)
    return last if quoted else None


def _closing(document: Document, draft: Draft) -> str:
    """The marks of a content, all doubled ones as straight."""
    first, end = draft.contents[0].first, draft.contents[-1].end
    words = document.tokens[first:end]
    return "".join('"' for token in words if token.text in {'"', "“", "”", "``", "''", "«", "»", "„"})
