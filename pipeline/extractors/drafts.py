"""Attributions before it is known who speaks: the model's sources, cues and contents tied together.

    Lee reiterated his road map for peace, Yonhap news agency reported.
    |________________________________|     |________________| |______|
    src  cue        content                     source           cue

The model labels flat spans and says on which cue each hangs. Here they are tied, what it left open is taken from
the tree (a source: the cue's subject; a content: the clause that the cue governs), contents are set to the edges
of their quotation marks, and a quoted paragraph that nobody is named for becomes a draft of its own.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.extractors.addressees import addressee_of, asked_of, passive_addressee, without_addressee
from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.quotes import find_quotes
from pipeline.extractors.syntax import VERBAL, Tree
from pipeline.extractors.ties import Stretch, Ties
from pipeline.tables import Span
from pipeline.text import Document

COMPLEMENTS = ("ccomp", "xcomp", "obj", "advcl", "parataxis")
TITLED = frozenset({"ADJ", "ADV", "NOUN", "PRON", "PROPN", "VERB"})
FRAGMENTS = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ"})
GAP = 8
"""Words between two contents of one cue that are content too: `Lee [reiterated] his road map`."""


@dataclass(slots=True)
class Draft:
    """An attribution in tokens; `carried` is the draft whose speaker goes on speaking."""

    cue: Stretch | None
    source: Stretch | None
    contents: list[Stretch]
    carried: "Draft | None" = None
    from_tree: bool = False
    addressee: Stretch | None = field(default=None)

    @property
    def first(self) -> int:
        """The first token of the content."""
        return self.contents[0].first


@cache
def cue_acts() -> dict[str, str]:
    """Lemmas of cues, with the speech act of each."""
    return dict((lemma, act) for lemma, act, *_ in lexicon("cues"))  # noqa: C402


def find_drafts(document: Document, tree: Tree) -> list[Draft]:
    """The attributions of a document in order of content."""
    ties = Ties(document, tree)
    drafts = [draft for index in ties.cues for draft in _of_cue(document, tree, ties, index)]
    drafts.sort(key=lambda draft: draft.first)
    for draft in drafts:
        draft.contents = [_set_to_quotes(document, each) for each in draft.contents]
    return [draft for draft in drafts if not is_title(document, draft)]


def is_title(document: Document, draft: Draft) -> bool:
    """Whether a content is a work's title in quotation marks: `"The Old Man and the Sea"`."""
    first, end = draft.contents[0]
    words = document.tokens[first + 1 : end - 1]
    marked = document.tokens[first].text in OPENING and document.tokens[end - 1].text in CLOSING
    if not marked or len(draft.contents) > 1 or len(words) < 2 or words[-1].upos == "PUNCT":
        return False
    return all(word.text[:1].isupper() or word.upos not in TITLED for word in words)


def _of_cue(document: Document, tree: Tree, ties: Ties, index: int) -> Iterator[Draft]:
    """The draft of a cue, and drafts for quoted paragraphs that go on after it without one."""
    label = document.attributions[index]
    cue = Stretch(label.first, label.end)
    source = _who_says(tree, cue, ties.best_source(index))
    contents, from_tree = _whole(document, ties.contents[index]), False
    if not contents:
        found = _content_in_tree(document, tree, cue, source)
        if found is None:
            return
        contents, from_tree = [found], True
    if source is None:
        source = _source_in_tree(document, tree, cue)
    own, later = _by_paragraph(document, ties, contents, cue)
    joined = _joined(own, cue, source)
    addressee = addressee_of(tree, cue, joined)
    joined = [without_addressee(tree, each, addressee) for each in joined]
    draft = Draft(cue, source, joined, from_tree=from_tree, addressee=addressee)
    yield draft
    for stretch in later:
        if document.tokens[stretch.first].text in OPENING:
            yield Draft(None, None, [stretch], carried=draft)


def _who_says(tree: Tree, cue: Stretch, source: Stretch | None) -> Stretch | None:
    """A source, unless it is who a passive speaks to: `Asked about peace, Lee replied`."""
    verb = tree.top(*cue)
    if source is None or not asked_of(tree, verb):
        return source
    asked = passive_addressee(tree, verb)
    return None if asked is not None and source.holds(asked) else source


def _whole(document: Document, contents: Sequence[Stretch]) -> list[Stretch]:
    """Contents without lone function words, which the model cuts off now and then: `the`, `to`."""
    return [each for each in contents
            if each.end - each.first > 1 or document.tokens[each.first].upos not in FRAGMENTS]  # fmt: skip


def _by_paragraph(
    document: Document, ties: Ties, contents: Sequence[Stretch], cue: Stretch
) -> tuple[list[Stretch], list[Stretch]]:
    """Contents with the cue, and quoted paragraphs after it that stand alone.

    A paragraph that goes on with a quotation left open belongs to the one before.
    """
    own: list[Stretch] = []
    later: list[Stretch] = []
    for each in sorted(contents):
        before = own[-1] if own else None
        alone = before and each.first > cue.end and ties.paragraph[cue.first] != ties.paragraph[each.first]
        if alone and before and not _left_open(document, before):
            later.append(each)
        else:
            own.append(each)
    return own, later


def _left_open(document: Document, stretch: Stretch) -> bool:
    """Whether a quotation begins in a stretch and is not closed by the end of its paragraph."""
    end = document.tokens[stretch.end - 1].end_char
    quote = _quote_at(document, end - 1)
    return quote is not None and document.story.text[quote.end_char - 1] not in "\"”'’»"


def _quote_at(document: Document, char: int) -> Span | None:
    quotes = find_quotes(document.story.text)
    index = bisect_left(quotes, char + 1, key=lambda quote: quote.start_char) - 1
    return quotes[index] if index >= 0 and char < quotes[index].end_char else None


def _joined(contents: Sequence[Stretch], cue: Stretch, source: Stretch | None) -> list[Stretch]:
    """Contents in order; two that only a few words part, neither the cue nor the source, are one."""
    joined: list[Stretch] = []
    for each in sorted(contents):
        gap = Stretch(joined[-1].end, each.first) if joined else None
        parted = gap is None or gap.end - gap.first > GAP or gap.holds(cue.first)
        if parted or (source is not None and gap is not None and gap.holds(source.first)):
            joined.append(each)
        else:
            joined[-1] = Stretch(joined[-1].first, each.end)
    return joined


def _content_in_tree(document: Document, tree: Tree, cue: Stretch, source: Stretch | None) -> Stretch | None:
    """What the cue's verb governs after it, when the model named no content."""
    verb = tree.top(*cue)
    if tree.token(verb).lemma not in cue_acts():
        return None
    found = tree.child(verb, *COMPLEMENTS)
    if found is None:
        return None
    first, end = tree.stretch(found)
    first = max(first, cue.end)
    while end > first and document.tokens[end - 1].upos == "PUNCT":
        end -= 1
    if end <= first or (source is not None and first <= source.first < end):
        return None
    return Stretch(first, end)


def _source_in_tree(document: Document, tree: Tree, cue: Stretch) -> Stretch | None:
    """The subject of the cue's verb, or whom a passive names with `by`."""
    verb = tree.top(*cue)
    if tree.token(verb).upos not in VERBAL:
        return None
    quoted_as = "as" in {token.lemma for token in document.tokens[cue.first : cue.end]}
    by = tree.is_passive(verb) and not quoted_as
    found = tree.child(verb, "obl:agent") if by else tree.subject(verb)
    if found is None:
        return None
    return noun_phrase(tree, found)


def noun_phrase(tree: Tree, head: int) -> Stretch:
    """A noun with what stands before it and what names it, without clauses and commas that hang on it."""
    first, end = head, head + 1
    for child in tree.children[head]:
        relation = tree.token(child).deprel
        if child < head and relation not in {"case", "punct", "cc", "mark"}:
            first = min(first, tree.stretch(child)[0])
        elif relation in {"flat", "compound", "nmod", "goeswith", "fixed"}:
            end = max(end, tree.stretch(child)[1])
    return Stretch(first, end)


def _set_to_quotes(document: Document, content: Stretch) -> Stretch:
    """The content with the quotation marks that stand right beside it."""
    first, end = content
    tokens = document.tokens
    if first > 0 and tokens[first - 1].text in OPENING and _opens_here(document, first - 1, end):
        first -= 1
    if end < len(tokens) and tokens[end].text in CLOSING and _closes_here(document, first, end):
        end += 1
    return Stretch(first, end)


OPENING = frozenset({'"', "“", "``", "„", "«", "‘", "'"})
CLOSING = frozenset({'"', "”", "''", "»", "’", "'"})


def _opens_here(document: Document, index: int, end: int) -> bool:
    """Whether a quotation begins with this mark."""
    quote = _quote_at(document, document.tokens[index].start_char)
    return quote is not None and quote.start_char == document.tokens[index].start_char and end > index


def _closes_here(document: Document, first: int, index: int) -> bool:
    """Whether a quotation that began in the content ends with this mark."""
    quote = _quote_at(document, document.tokens[index].start_char)
    begun = document.tokens[first].start_char
    return quote is not None and quote.end_char == document.tokens[index].end_char and quote.start_char >= begun
