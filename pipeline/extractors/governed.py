"""What a cue's verb governs: the content and the source that the model named none for."""

from functools import cache

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.syntax import PASSIVE_SUBJECTS, VERBAL, Tree
from pipeline.extractors.ties import Stretch
from pipeline.text import Document

COMPLEMENTS = ("ccomp", "xcomp", "obj", "advcl", "parataxis")


@cache
def cue_acts() -> dict[str, str]:
    """Lemmas of cues, with the speech act of each."""
    return dict((lemma, act) for lemma, act, *_ in lexicon("cues"))  # noqa: C402


def content_of(document: Document, tree: Tree, cue: Stretch, source: Stretch | None) -> Stretch | None:
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


def source_of(document: Document, tree: Tree, cue: Stretch) -> Stretch | None:
    """The subject of the cue's verb, or whom a passive names with `by`."""
    verb = tree.top(*cue)
    if tree.token(verb).upos not in VERBAL:
        return None
    quoted_as = "as" in {token.lemma for token in document.tokens[cue.first : cue.end]}
    by = tree.is_passive(verb) and not quoted_as
    found = (
        tree.child(verb, "obl:agent")
        if by
        else tree.child(verb, *PASSIVE_SUBJECTS)
        if quoted_as
        else tree.subject(verb)
    )
    if found is None:
        found = _quoted(tree, verb)
    return None if found is None else noun_phrase(tree, found)


def _quoted(tree: Tree, verb: int) -> int | None:
    """`Silva was quoted as saying`, `cited as saying`: whose words they are."""
    above, mark = tree.token(verb).head, tree.child(verb, "mark")
    if tree.token(verb).deprel != "advcl" or mark is None or tree.token(mark).lemma != "as":
        return None
    return tree.child(above, *PASSIVE_SUBJECTS) if tree.is_passive(above) else None


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
