"""All attributions of a document, before it is known who speaks."""

from pipeline.extractors.drafts import Draft, find_drafts
from pipeline.extractors.floating import with_floating
from pipeline.extractors.nested import unfold
from pipeline.extractors.syntax import Tree
from pipeline.extractors.uncovered import with_uncovered
from pipeline.text import Document


def attribute(document: Document, tree: Tree) -> list[Draft]:
    """The drafts in order of content: labelled, inside one another, quoted without a label, carried over."""
    labelled = unfold(tree, find_drafts(document, tree))
    return with_floating(document, with_uncovered(document, tree, labelled))
