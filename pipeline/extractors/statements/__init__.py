"""Who said what to whom, and when: find_statements.

attributed -> speakers, addressees -> acts, days -> statements
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extractors.attributed import attribute
from pipeline.extractors.drafts import Draft
from pipeline.extractors.statements.acts import act_of, cue_lemma, cue_verb, is_negated, kind_of, quotes_in
from pipeline.extractors.statements.confidence import confidence_of
from pipeline.extractors.statements.days import said_on
from pipeline.extractors.statements.speakers import Speaker, Speakers
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch
from pipeline.tables import DateMention, Entity, Mention, Span, Statement
from pipeline.text import Document


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with what is known of it: its tree, drafts, speakers, media and dates."""

    document: Document
    tree: Tree
    drafts: Sequence[Draft]
    speakers: Speakers
    media: frozenset[str]
    dates: Sequence[DateMention]


def find_statements(
    document: Document, mentions: Sequence[Mention], entities: Sequence[Entity], dates: Sequence[DateMention]
) -> Iterator[Statement]:
    """Statements in order of content, numbered from 1."""
    if not document.tokens:
        return
    tree = Tree(document)
    drafts = attribute(document, tree)
    media = frozenset(entity.entity_id for entity in entities if entity.sector == "MED")
    scene = Scene(document, tree, drafts, Speakers(document, tree, mentions), media, dates)
    for number in range(1, len(drafts) + 1):
        yield _statement(scene, number)


def _statement(scene: Scene, number: int) -> Statement:
    document, draft = scene.document, scene.drafts[number - 1]
    text, verb = document.story.text, cue_verb(scene.tree, draft)
    speaker = scene.speakers.of(draft)
    spans = [_span(document, each) for each in draft.contents]
    quotes = quotes_in(document, spans)
    lemma = cue_lemma(scene.tree.token(verb)) if verb is not None else None
    source = _span(document, speaker.source) if speaker.source else None
    cue = _span(document, draft.cue) if draft.cue else None
    said = said_on(document, scene.tree, _dated(draft), verb if not draft.carried else None, scene.dates)
    parent = _parent(scene, number)
    kind = kind_of(document, draft, lemma, spans, quotes)
    return Statement(
        item_id=document.story.item_id,
        statement=number,
        kind=kind,
        speaker_entity_id=speaker.entity_id,
        speaker_text=_text(text, source),
        speaker_start_char=source.start_char if source else None,
        speaker_end_char=source.end_char if source else None,
        speaker_basis=speaker.basis,
        cue_text=_text(text, cue),
        cue_lemma=lemma,
        cue_start_char=cue.start_char if cue else None,
        cue_end_char=cue.end_char if cue else None,
        content=" ".join(text[span.start_char : span.end_char] for span in spans),
        content_spans=spans,
        quotes=quotes,
        act=act_of(document, scene.tree, draft, verb),
        addressee_entity_id=_addressee(scene, draft),
        said_on=said.first_on,
        said_end_on=said.end_on,
        said_precision=said.precision,
        said_basis=said.basis,
        negated=is_negated(scene.tree, verb),
        parent=parent,
        via=_via(scene, parent),
        confidence=confidence_of(draft, kind, lemma, named=draft.source is not None),
    )


def _span(document: Document, stretch: Stretch) -> Span:
    return Span(document.tokens[stretch.first].start_char, document.tokens[stretch.end - 1].end_char)


def _text(text: str, span: Span | None) -> str | None:
    return text[span.start_char : span.end_char] if span else None


def _dated(draft: Draft) -> Draft:
    """The draft whose date holds: of a quotation carried over, the one before it."""
    return draft.carried or draft


def _addressee(scene: Scene, draft: Draft) -> str | None:
    found = scene.speakers.mention_in(draft.addressee) if draft.addressee else None
    return found.entity_id if found else None


def _parent(scene: Scene, number: int) -> int | None:
    """The smallest other statement whose content holds this one's cue and content."""
    draft = scene.drafts[number - 1]
    if draft.cue is None:
        return None
    around = [
        (outer.contents[-1].end - outer.first, index)
        for index, outer in enumerate(scene.drafts, 1)
        if index != number and any(each.holds(draft.cue.first) and each.holds(draft.first) for each in outer.contents)
    ]
    return min(around)[1] if around else None


def _via(scene: Scene, parent: int | None) -> str | None:
    """The agency or paper among those who pass a statement on."""
    while parent is not None:
        outer: Speaker = scene.speakers.of(scene.drafts[parent - 1])
        if outer.entity_id in scene.media:
            return outer.entity_id
        parent = _parent(scene, parent)
    return None


__all__ = ["find_statements"]
