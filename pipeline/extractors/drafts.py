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

from pipeline.extractors.addressees import addressee_of, asked_of, passive_addressee, without_addressee
from pipeline.extractors.governed import content_of, source_of
from pipeline.extractors.quotes import find_quotes
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch, Ties
from pipeline.tables import Span
from pipeline.text import Document

TITLED = frozenset({"ADJ", "ADV", "NOUN", "PRON", "PROPN", "VERB"})
LEADING = frozenset({"amod", "aux", "case", "cc", "compound", "det", "mark", "nmod:poss", "nummod"})
"""What stands before the word that it hangs on."""
NOUNS = frozenset({"NOUN", "PROPN"})
FRAGMENTS = frozenset({"PRP$", "ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ"})
DATELINE = 12
"""Words of the longest dateline."""
DASHES = frozenset({"-", "--", "–", "—"})
FAR = 10
"""Words between a cue and an unquoted content of it, when it has another."""
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


def find_drafts(document: Document, tree: Tree) -> list[Draft]:
    """The attributions of a document in order of content."""
    ties = Ties(document, tree)
    drafts = [draft for index in ties.cues for draft in _of_cue(document, tree, ties, index)]
    drafts.sort(key=lambda draft: draft.first)
    _part(drafts)
    for draft in drafts:
        draft.contents = [_set_to_quotes(document, _without_dateline(document, each)) for each in draft.contents]
    return [draft for draft in drafts if not is_title(document, draft)]


def _part(drafts: Sequence[Draft]) -> None:
    """Take from a draft of several contents one that another cue governs: `citing officials, reported that …`."""
    governed = [each for draft in drafts if draft.from_tree for each in draft.contents]
    for draft in drafts:
        if not draft.from_tree and len(draft.contents) > 1:
            draft.contents = [each for each in draft.contents if each not in governed] or draft.contents


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
    cue = _without_end(document, cue, ("ADP", "DET")) if document.tokens[cue.end - 1].upos == "DET" else cue
    source = _who_says(tree, cue, ties.best_source(index))
    source = _without_end(document, source, ("ADP", "PUNCT")) if source else None
    contents, from_tree = _whole(document, [_completed(tree, each, cue) for each in ties.contents[index]]), False
    if not contents:
        found = content_of(document, tree, cue, source)
        if found is None:
            return
        contents, from_tree = [found], True
    if source is None:
        source = source_of(document, tree, cue)
        contents = [each for each in contents if source is None or each != source] or contents
    own, later = _by_paragraph(document, ties, contents, cue)
    joined = _without_strays(document, _joined(own, cue, source), cue, source)
    addressee = addressee_of(tree, cue, joined)
    joined = [without_addressee(tree, each, addressee) for each in joined]
    draft = Draft(cue, source, joined, from_tree=from_tree, addressee=addressee)
    yield draft
    for stretch in later:
        if document.tokens[stretch.first].text in OPENING:
            yield Draft(None, None, [stretch], carried=draft)


def _without_end(document: Document, stretch: Stretch, kinds: Sequence[str]) -> Stretch:
    """A source or cue without the words at its end that are no part of it: `said [at a]`, `Key [in]`."""
    end = stretch.end
    while end > stretch.first + 1 and document.tokens[end - 1].upos in kinds:
        end -= 1
    return Stretch(stretch.first, end)


def _who_says(tree: Tree, cue: Stretch, source: Stretch | None) -> Stretch | None:
    """A source, unless it is who a passive speaks to: `Asked about peace, Lee replied`."""
    verb = tree.top(*cue)
    if source is None or not asked_of(tree, verb):
        return source
    asked = passive_addressee(tree, verb)
    return None if asked is not None and source.holds(asked) else source


def _completed(tree: Tree, content: Stretch, cue: Stretch) -> Stretch:
    """A content that breaks off in a phrase, with it: `Asked about [the] delay`, `vowed [unity], strength`."""
    last = tree.token(content.end - 1)
    head = last.head if last.deprel in LEADING and last.head >= content.end else _listed_after(tree, content)
    if head is None:
        return content
    end = tree.stretch(head)[1]
    return content if content.end <= cue.first < end else Stretch(content.first, end)


def _listed_after(tree: Tree, content: Stretch) -> int | None:
    """The noun right behind a content that is joined to one in it."""
    joined = (child for index in range(*content) for child in tree.children[index] if child >= content.end)
    nouns = (each for each in joined if tree.tokens[each].deprel == "conj" and tree.tokens[each].upos in NOUNS)
    return next((each for each in nouns if tree.stretch(each)[0] == content.end), None)


def _whole(document: Document, contents: Sequence[Stretch]) -> list[Stretch]:
    """Contents without lone function words, which the model cuts off now and then: `the`, `to`."""
    return [each for each in contents
            if each.end - each.first > 1 or not FRAGMENTS & {document.tokens[each.first].upos,
                                                             document.tokens[each.first].xpos}]  # fmt: skip


def _by_paragraph(
    document: Document, ties: Ties, contents: Sequence[Stretch], cue: Stretch
) -> tuple[list[Stretch], list[Stretch]]:
    """Contents in the cue's paragraph, and quoted paragraphs after it that stand alone.

    A paragraph that goes on with a quotation left open belongs to the one before. A quotation closed in the paragraph
    before the cue's is somebody's that is named there.
    """
    here = [each for each in contents if ties.paragraph[each.first] == ties.paragraph[cue.first]]
    own: list[Stretch] = []
    later: list[Stretch] = []
    for each in sorted(contents):
        before = own[-1] if own else None
        goes_on = before is not None and _left_open(document, before)
        if each in here or goes_on or not here or _leads_to(document, ties, each, here[0]):
            own.append(each)
        elif each.first > cue.end:
            later.append(each)
    return own, later


def _leads_to(document: Document, ties: Ties, each: Stretch, after: Stretch) -> bool:
    """Whether a quotation left open in the paragraph before goes on in a content."""
    next_to = each.first < after.first and ties.paragraph[after.first] - ties.paragraph[each.end - 1] == 1
    return next_to and _left_open(document, each)


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


def _without_strays(document: Document, contents: list[Stretch], cue: Stretch, source: Stretch | None) -> list[Stretch]:
    """Contents without the unquoted ones that many words part from the cue and from the others."""
    quoted = [each for each in contents if document.tokens[each.first].text in OPENING]
    kept = [each for each in contents if each in quoted or _gap(each, cue, source) <= FAR]
    return kept or contents


def _gap(content: Stretch, cue: Stretch, source: Stretch | None) -> int:
    """Words between a content and its cue, those of the source not counted."""
    first, end = (content.end, cue.first) if content.first < cue.first else (cue.end, content.first)
    inside = max(0, min(end, source.end) - max(first, source.first)) if source else 0
    return end - first - inside


def _without_dateline(document: Document, content: Stretch) -> Stretch:
    """A content without the dateline before it: `WASHINGTON (AP) — The bill will pass`."""
    for index in range(content.first + 1, min(content.first + DATELINE, content.end - 1)):
        if document.tokens[index].text in DASHES and document.tokens[index - 1].text == ")":
            return Stretch(index + 1, content.end)
    return content


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
