"""Which statement an event is told by or stands in, and what its clause takes as known or shows to be done."""

from collections.abc import Sequence

from pipeline.extractors.events.tree import Tree
from pipeline.tables import Statement


def is_known(tree: Tree, index: int) -> bool:
    """`threatened to reimpose sanctions that it lifted in 2016`: what a relative clause tells of what is planned."""
    if tree.relation(index) != "acl:relcl" or tree.tokens[index].xpos != "VBD":
        return False
    return any(tree.relation(each) == "xcomp" and tree.tokens[each].xpos == "VB" for each in tree.above(index))


def inside_of(tree: Tree, index: int, statements: Sequence[Statement]) -> Statement | None:
    """The smallest statement in whose content an event stands."""
    at = tree.tokens[index].start_char
    around = [s for s in statements if any(span.start_char <= at < span.end_char for span in s.content_spans)]
    around = [s for s in around if s.kind != "indirect" or not _is_told_beside(tree, index)]
    return min(around, key=lambda s: sum(span.end_char - span.start_char for span in s.content_spans), default=None)


def _is_told_beside(tree: Tree, index: int) -> bool:
    """`said it would send aid, but ruled out troops`: a past tense that is joined to what is said, but is not said."""
    said = tree.tokens[index].head
    would = {tree.tokens[each].xpos for each in tree.dependents(said, "aux")} & {"MD"}
    beside = tree.relation(index) == "conj" and tree.tokens[index].xpos == "VBD" and not tree.dependents(index, "nsubj")
    return beside and bool(would) and tree.relation(said) == "ccomp"


def cue_of(tree: Tree, index: int, statements: Sequence[Statement]) -> Statement | None:
    """The statement whose cue an event is."""
    at = tree.tokens[index].start_char
    for each in statements:
        if each.cue_start_char is not None and each.cue_start_char <= at < (each.cue_end_char or 0):
            return each
    return None


def is_shown(tree: Tree, index: int) -> bool:
    """`stopped work to protest`, `marched to demand`: who does the one does the other."""
    above = tree.tokens[index].head
    marks = tree.marks(index)
    purpose = tree.relation(index) == "advcl" and "to" in marks and not tree.dependents(index, "aux")
    return purpose and tree.tokens[above].xpos in {"VBD", "VBG"} and tree.tokens[above].upos == "VERB"
