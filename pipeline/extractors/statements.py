"""Who says what: direct quotes with a speaker beside them.

    "We will restore it," Lee said, adding …        said Lee        Lee said: "…"
     |____ content ____|  |s| |cue|

A quote whose paragraph or paragraph before gives its speaker is carried over and says so. A quote
that nobody is named for beside it is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Literal

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.quotes import find_quotes
from pipeline.tables import DateMention, Mention, Span, Statement
from pipeline.text import Document

SPOKEN = re.compile(r"[,.?!…–—-]['’]?[\"”]?$")
NOMINAL = re.compile(
    r"(?P<noun>(?:[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)(?:\s(?!(?:of|at|in|from|for|on|who|with)\b)[a-z][\w'’-]*)+)"
)
CONFIDENCE = {"explicit": 0.9, "coreference": 0.75, "carried over": 0.65}
Basis = Literal["explicit", "coreference", "carried over", "none"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks and by which cue: offsets of both, the entity, and how it is known."""

    start_char: int
    end_char: int
    entity_id: str | None
    cue: tuple[int, int] | None
    basis: Basis


@cache
def _cues() -> dict[str, tuple[str, str]]:
    return {form: (lemma, act) for form, lemma, act in lexicon("cues")}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Speaker and cue after a quote, cue and speaker after it, speaker and cue before it."""
    cue = rf"(?P<cue>{'|'.join(_cues())})\b"
    return (
        re.compile(rf"[ \t]*(?P<speaker>[^.,;:\"“”\n]{{2,90}}?)\s+(?:also\s+)?{cue}"),
        re.compile(rf"[ \t]*{cue}\s+(?P<speaker>[^.,;:\"“”\n]{{2,90}})"),
        re.compile(rf"(?P<speaker>[^.,;:\"“”\n]{{2,90}}?)\s+(?:also\s+)?{cue}(?:\s+\w+){{0,4}}[,:]\s*$"),
    )


def find_statements(
    document: Document, mentions: Sequence[Mention], dates: Sequence[DateMention]
) -> Iterator[Statement]:
    """Statements in order of content, numbered from 1."""
    text = document.story.text
    found: list[tuple[list[Span], Speaker]] = []
    for span in find_quotes(text):
        spoken = SPOKEN.search(text[span.start_char : span.end_char])
        speaker = _beside(text, span, mentions)
        last = found[-1] if found else None
        if last and not speaker and spoken:
            speaker = _carried(text, last, span)
        if last and _goes_on(text, last[0][-1], span, last[1]):
            last[0].append(span)
        elif speaker and spoken:
            found.append(([span], speaker))
    for number, (spans, speaker) in enumerate(found, 1):
        yield _statement(document, number, spans, speaker, dates)


def _beside(text: str, quote: Span, mentions: Sequence[Mention]) -> Speaker | None:
    """The speaker right after a quote, or right before it."""
    after_speaker, after_cue, before = _patterns()
    tail = text[quote.end_char : quote.end_char + 140]
    line = text.rfind("\n", 0, quote.start_char) + 1
    sentence = max(line, quote.start_char - 140)
    tries = (
        (after_speaker.match(tail), quote.end_char, -1),
        (after_cue.match(tail), quote.end_char, 0),
        (before.search(text[sentence : quote.start_char]), sentence, -1),
    )
    for match, offset, which in tries:
        if match:
            return _speaker(text, match, offset, mentions, which)
    return None


def _speaker(text: str, match: re.Match[str], offset: int, mentions: Sequence[Mention], which: int) -> Speaker | None:
    """The mention nearest the cue among the speaker's words; a nominal stands for itself."""
    start, end = match.start("speaker") + offset, match.end("speaker") + offset
    cue = (match.start("cue") + offset, match.end("cue") + offset)
    nominal = NOMINAL.match(text[start:end])
    if nominal and which == 0:
        return Speaker(start, start + nominal.end("noun"), None, cue, "explicit")
    inside = [each for each in mentions if start <= each.start_char and each.end_char <= end and each.kind != "group"]
    if inside and (inside[-1].end_char == end or which == 0):
        chosen = inside[which] if which else _first_person(inside)
        basis: Basis = "coreference" if chosen.mention_type == "PRO" else "explicit"
        return Speaker(chosen.start_char, chosen.end_char, chosen.entity_id, cue, basis)
    if nominal:
        return Speaker(start, end, None, cue, "explicit")
    return None


def _first_person(mentions: Sequence[Mention]) -> Mention:
    """`said South Korean President Lee Jae Myung`: the person, not the country."""
    return next((each for each in mentions if each.kind == "person"), mentions[0])


def _carried(text: str, last: tuple[list[Span], Speaker], quote: Span) -> Speaker | None:
    """The speaker of the quote before, when this one follows in its paragraph or is the whole next one."""
    between = text[last[0][-1].end_char : quote.start_char]
    whole = text[quote.end_char : quote.end_char + 2] in {"", "\n\n"} and text[: quote.start_char].endswith("\n\n")
    same_paragraph = "\n" not in between and between.rstrip().endswith(".")
    if same_paragraph or (whole and between.count("\n\n") == 1 and len(between) < 60):
        return replace(last[1], cue=None, basis="carried over")
    return None


def _goes_on(text: str, last: Span, quote: Span, speaker: Speaker) -> bool:
    """Whether a quote goes on after its cue (`"A," he said, "b."`) or its paragraph (no closing mark)."""
    between = text[last.end_char : quote.start_char]
    cue = speaker.cue
    if text[last.end_char - 1] not in '"”':
        return between == "\n\n"
    return bool(cue) and between.rstrip().endswith(",") and "\n" not in between and len(between) < 80


def _statement(
    document: Document, number: int, spans: list[Span], speaker: Speaker, dates: Sequence[DateMention]
) -> Statement:
    text, story = document.story.text, document.story
    cue = text[speaker.cue[0] : speaker.cue[1]] if speaker.cue else None
    lemma, act = _cues()[cue.lower()] if cue else (None, "assert")
    said = _said_on(document, spans, speaker, dates)
    named = speaker.basis != "carried over"
    return Statement(
        item_id=story.item_id,
        statement=number,
        kind="direct",
        speaker_entity_id=speaker.entity_id,
        speaker_text=text[speaker.start_char : speaker.end_char] if named else None,
        speaker_start_char=speaker.start_char if named else None,
        speaker_end_char=speaker.end_char if named else None,
        speaker_basis=speaker.basis,
        cue_text=cue,
        cue_lemma=lemma,
        cue_start_char=speaker.cue[0] if speaker.cue else None,
        cue_end_char=speaker.cue[1] if speaker.cue else None,
        content=" ".join(text[span.start_char : span.end_char] for span in spans),
        content_spans=spans,
        quotes=spans,
        act=act,
        addressee_entity_id=None,
        said_on=said.first_on if said else story.anchor_on,
        said_end_on=said.end_on if said else story.anchor_on + timedelta(days=1),
        said_precision=said.precision if said else "day",
        said_basis="stated" if said else "story",
        negated=False,
        parent=None,
        via=None,
        confidence=CONFIDENCE[speaker.basis],
    )


def _said_on(
    document: Document, spans: list[Span], speaker: Speaker, dates: Sequence[DateMention]
) -> DateMention | None:
    """The day beside the cue, in its sentence and outside the quote: `Lee said on Wednesday`."""
    sentence = document.sentence_at(speaker.cue[0]) if speaker.cue else None
    if not sentence:
        return None
    for each in dates:
        quoted = any(span.start_char <= each.start_char < span.end_char for span in spans)
        near = speaker.cue and 0 <= each.start_char - speaker.cue[1] <= 30
        if near and not quoted and each.start_char < sentence.end_char and each.precision == "day":
            return each
    return None
