"""Quotations that the model did not label, with a verb of speech beside them.

“His legend will live on,” Spencer said. “His stories will live on.”
 unlabelled                subject verb    goes on in the same paragraph
"""

from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Draft, is_title
from pipeline.extractors.floating import is_paragraph, is_taken, tokens_of
from pipeline.extractors.governed import cue_acts, noun_phrase
from pipeline.extractors.quotes import find_quotes
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch
from pipeline.text import Document

NEAR = 12
"""Words between a quotation and its verb."""
SPOKEN = frozenset({"add", "answer", "argue", "ask", "conclude", "continue", "declare", "explain", "insist", "joke",
                    "note", "observe", "quip", "recall", "remark", "reply", "respond", "say", "shout", "state", "tell",
                    "tweet", "warn", "write", "yell"})  # fmt: skip
ENDS = frozenset({".", "?", "!", "…"})


def with_uncovered(document: Document, tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with quotations that no content covers added to them or as drafts of their own."""
    found = list(drafts)
    for quote in find_quotes(document.story.text):
        stretch = tokens_of(document, quote)
        if stretch is None or is_taken(stretch, found):
            continue
        verb = next(_verbs(document, tree, stretch), None)
        if verb is None and is_paragraph(document.story.text, quote):
            verb = _announced(document, tree, stretch)
        whole = _goes_on(document, stretch, found) if verb is None else _of_verb(found, verb)
        if whole is not None:
            whole.contents = sorted([*whole.contents, stretch])
        elif verb is not None:
            found += _new(document, tree, stretch, verb)
    return sorted(found, key=lambda draft: (draft.first, -draft.contents[-1].end))


def _announced(document: Document, tree: Tree, stretch: Stretch) -> int | None:
    """The verb of speech before a colon that a quoted paragraph follows: `He went on, and said:`."""
    colon = stretch.first - 1
    if colon < 0 or document.tokens[colon].text != ":":
        return None
    sentence = document.sentence_at(document.tokens[colon].start_char)
    first = sentence.first if sentence else colon
    spoken = (i for i in range(colon - 1, first - 1, -1)
              if document.tokens[i].upos == "VERB" and document.tokens[i].lemma in cue_acts())  # fmt: skip
    return next((i for i in spoken if tree.subject(i) is not None), None)


def _verbs(document: Document, tree: Tree, stretch: Stretch) -> Iterator[int]:
    """Verbs of speech with a subject, right behind a quotation that ends no sentence, or right before it."""
    last = document.tokens[max(stretch.first, stretch.end - 2)].text
    behind = range(stretch.end, min(len(document.tokens), stretch.end + NEAR)) if last != "." else range(0)
    before = range(stretch.first - 1, max(-1, stretch.first - NEAR), -1)
    for way in (behind, before):
        for index in way:
            token = document.tokens[index]
            if token.text in ENDS or "\n" in document.story.text[token.end_char : token.end_char + 1]:
                break
            if token.upos == "VERB" and token.lemma in SPOKEN and _speaks(tree, index, stretch):
                yield index


def _speaks(tree: Tree, verb: int, stretch: Stretch) -> bool:
    subject = tree.child(verb, "nsubj")
    return subject is not None and not stretch.holds(subject) and not tree.is_passive(verb)


def _of_verb(drafts: Sequence[Draft], verb: int) -> Draft | None:
    """The draft whose cue a verb is."""
    return next((draft for draft in drafts if draft.cue and draft.cue.holds(verb)), None)


def _goes_on(document: Document, stretch: Stretch, drafts: Sequence[Draft]) -> Draft | None:
    """The draft of a quotation earlier in the paragraph that this one goes on, when nobody else spoke between."""
    before = [draft for draft in drafts if draft.contents[0].first < stretch.first]
    last = before[-1] if before else None
    if last is None or last.cue is None or stretch.first < last.cue.end:
        return None
    start = document.tokens[last.first].start_char
    same = "\n" not in document.story.text[start : document.tokens[stretch.first].start_char]
    marks = document.tokens[last.contents[-1].end - 1].text
    ended = document.tokens[stretch.first - 1].text in ENDS
    return last if same and ended and marks in {'"', "”", "''"} else None


def _new(document: Document, tree: Tree, stretch: Stretch, verb: int) -> Iterator[Draft]:
    subject = tree.subject(verb)
    if subject is None or tree.token(verb).lemma not in cue_acts():
        return
    draft = Draft(Stretch(verb, verb + 1), noun_phrase(tree, subject), [stretch], from_tree=True)
    if not is_title(document, draft):
        yield draft
