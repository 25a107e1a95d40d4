"""A text of a test as a document, and what is found in it."""

from dataclasses import replace
from functools import lru_cache

from pipeline.commands.extracting import _told
from pipeline.errors import Rejected
from pipeline.extractors import find
from pipeline.tables import Entity, Event, Mention, Participant, Statement
from pipeline.text import parse


@lru_cache(maxsize=256)
def document(text, published="2026-03-12"):
    (found,) = parse([story(text, published)])
    return found


def story(text, published):
    """The text as a story, also where the desk would refuse it: too short, marks alone."""
    told = {"id": "test", "published": published}
    try:
        return _told({**told, "text": text})
    except Rejected:
        return replace(_told({**told, "text": ""}), text=text)


@lru_cache(maxsize=256)
def rows(text, published="2026-03-12"):
    return tuple(find(document(text, published)))


def of(kind, text, published="2026-03-12"):
    return [row for row in rows(text, published) if isinstance(row, kind)]


def mentions(text):
    return of(Mention, text)


def entities(text):
    return {entity.entity_id: entity for entity in of(Entity, text)}


def statements(text, published="2026-03-12"):
    return of(Statement, text, published)


def events(text):
    return of(Event, text)


def meant(text, words, at=0):
    """The entity of the mention with these words, the first that begins at or behind `at`."""
    return next(m.entity_id for m in mentions(text) if m.text == words and m.start_char >= at)


def told(text, published="2026-03-12"):
    """The events of a text with their casts, in order of text: (event, {role: entities or words})."""
    parts = of(Participant, text, published)
    out = []
    for event in sorted(of(Event, text, published), key=lambda event: event.start_char):
        cast = {}
        for part in parts:
            if part.event == event.event:
                cast.setdefault(part.role, []).append(part.entity_id or part.text)
        out.append((event, cast))
    return out


def types(text):
    return [event.event_type for event, _ in told(text)]


def only(text, event_type, published="2026-03-12"):
    """The one event of a type."""
    found = [(event, cast) for event, cast in told(text, published) if event.event_type == event_type]
    assert len(found) == 1, [(event.event_type, event.text) for event, _ in told(text, published)]
    return found[0]
