"""What is found in a story: one room each, each with a `find_…`."""

from collections.abc import Iterable, Iterator

from pipeline.extractors.dates import find_dates
from pipeline.extractors.entities import find_entities
from pipeline.extractors.events import find_events
from pipeline.extractors.statements import find_statements
from pipeline.tables import Finding, Story
from pipeline.text import Document, parse


def extract(stories: Iterable[Story]) -> Iterator[list[Finding]]:
    """Everything found in each story, in order. Parsed together, because the model likes batches."""
    for document in parse(stories):
        yield list(find(document))


def find(document: Document) -> Iterator[Finding]:
    """Everything found in a document: each finder is handed what it needs of the ones above it."""
    mentions, entities = find_entities(document)
    dates = list(find_dates(document))
    statements = list(find_statements(document, mentions, entities, dates))
    yield from mentions
    yield from entities
    yield from dates
    yield from statements
    yield from find_events(document, mentions, entities, dates, statements)
