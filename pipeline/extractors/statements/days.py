"""The day on which something was said.

Lee said on Wednesday that …        the cue's own date
Lee said.                           the story's day
Lee has offered …, had accused …    no day: the perfect tells none
after the North accused the South   no day: what went before the news
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from pipeline.extractors.drafts import Draft
from pipeline.extractors.syntax import Tree
from pipeline.tables import DateMention, Precision
from pipeline.text import Document

NEAR = 8
"""Words between a cue and its date."""
BEFORE = frozenset({"after", "before", "since", "when", "until", "because", "as"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
STATED = frozenset({"time", "day", "week", "month", "year"})
EXACT = frozenset({"time", "day"})
"""Precisions of a date that may hang on a word between: `said in a speech on Monday`."""


class Said(NamedTuple):
    """`[first_on, end_on)`, how exact that is, and what tells it."""

    first_on: date | None
    end_on: date | None
    precision: Precision | None
    basis: Literal["stated", "story", "none"]


NO_DAY = Said(None, None, None, "none")


def said_on(document: Document, tree: Tree, draft: Draft, verb: int | None, dates: Sequence[DateMention]) -> Said:
    """The cue's own date, else the story's day for what it tells as today's news, else none."""
    if verb is not None and (beside := _beside(document, tree, draft, verb, dates)):
        return Said(beside.first_on, beside.end_on, beside.precision, "stated")
    if verb is not None and not _is_news(tree, verb):
        return NO_DAY
    anchor = document.story.anchor_on
    return Said(anchor, anchor + timedelta(days=1), "day", "story")


def _is_news(tree: Tree, verb: int) -> bool:
    """Whether a cue is told in the past or present, not in the perfect, the future or a clause of what went before."""
    token = tree.token(verb)
    helpers = {tree.token(child).lemma.lower(): tree.token(child) for child in tree.children[verb]
               if tree.token(child).deprel.startswith("aux")}  # fmt: skip
    if "have" in helpers or any(helper.xpos == "MD" for helper in helpers.values()):
        return False
    if token.deprel == "conj" and tree.token(token.head).upos == "VERB" and tree.child(verb, "nsubj") is None:
        return _is_news(tree, token.head)
    if token.deprel in {"advcl", "acl:relcl"} and token.xpos in FINITE:
        mark = tree.child(verb, "mark", "advmod")
        return mark is None or tree.token(mark).lemma.lower() not in BEFORE
    return True


def _beside(
    document: Document, tree: Tree, draft: Draft, verb: int, dates: Sequence[DateMention]
) -> DateMention | None:
    """The date that hangs on the cue, or stands right behind it, outside the content: `said on Wednesday`."""
    sentence = document.sentence_at(document.tokens[verb].start_char)
    if sentence is None:
        return None
    for each in dates:
        if not sentence.start_char <= each.start_char < sentence.end_char or each.precision not in STATED:
            continue
        at = next((i for i in range(sentence.first, sentence.end)
                   if document.tokens[i].start_char >= each.start_char), None)  # fmt: skip
        if at is None or each.in_quote or any(content.holds(at) for content in draft.contents):
            continue
        last = max(at, at + len(document.tokens_between(each.start_char, each.end_char)) - 1)
        top = tree.top(at, last + 1)
        head = tree.token(top).head
        if not tree.token(top).deprel.startswith(("obl", "advmod", "nmod:unmarked", "nmod")):
            continue
        if head == verb:
            return each
        if each.precision not in EXACT:
            continue
        hangs = tree.token(head).head == verb
        if hangs or (0 < at - verb <= NEAR and not _other_verb(tree, verb, at)):
            return each
    return None


def _other_verb(tree: Tree, verb: int, at: int) -> bool:
    """Whether another verb stands between a cue and a date."""
    return any(tree.token(index).upos == "VERB" for index in range(verb + 1, at))
