"""Markup as paragraphs of plain text, with every piece of inline text kept, in reading order."""

from lxml import etree, html

BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "blockquote", "pre", "div")


def html_paragraphs(markup: str) -> list[str]:
    """The paragraphs of an HTML fragment or document."""
    if not markup.strip():
        return []
    return paragraphs(html.fragment_fromstring(markup, create_parent="div"))


def paragraphs(root: etree._Element) -> list[str]:
    """The text of an element's innermost blocks, in order."""
    for br in root.iter("br"):
        br.tail = " " + (br.tail or "")
    etree.strip_elements(root, "script", "style", with_tail=False)
    leaves = [block for block in root.iter(*BLOCKS) if not any(True for _ in block.iterdescendants(*BLOCKS))]
    return ["".join(map(str, block.itertext())) for block in leaves]
