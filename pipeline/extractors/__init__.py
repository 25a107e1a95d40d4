"""What is found in a story: one room each, each with a `find_…`."""

from collections.abc import Iterable, Iterator

from pipeline.extractors.dates import find_dates
from pipeline.extractors.entities import find_entities
from pipeline.extractors.events import find_events
from pipeline.extractors.statements import find_statements
from pipeline.tables import Finding, Story
from pipeline.text import Document, Model, parse


def extract(
    stories: Iterable[Story], *, day_first: bool | None = None, model: Model | None = None
) -> Iterator[list[Finding]]:
    """Everything found in each story, in order.

    `day_first` is how the source writes 3/4/2026; where it is not told, the language's region decides.
    `model` is what `text.load` gives; the packaged one where none is told. Raises ConfigError.
    """
    for document in parse(stories, model):
        yield list(find(document, day_first=day_first))


def find(document: Document, *, day_first: bool | None = None) -> Iterator[Finding]:
    """Everything found in a document: each finder is handed what it needs of the ones above it."""
    mentions, entities = find_entities(document)
    dates = list(find_dates(document, day_first=day_first))
    statements = list(find_statements(document, mentions, entities, dates))
    yield from mentions
    yield from entities
    yield from dates
    yield from statements
    yield from find_events(document, mentions, entities, dates, statements)
