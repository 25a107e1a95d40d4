"""Markup as paragraphs of plain text, with every piece of inline text kept, in reading order.

HTML is cut into tags and text and never made a tree, because parsers of HTML move text about, and
drop it where tags are nested too deeply. What a tag does to the text is in `data/tags.csv`; a tag
that is not there parts paragraphs unless text stands beside it: `Flow` has the rules.
"""

import re
from collections.abc import Collection
from html import unescape

from lxml import etree

from pipeline.formats.flow import KINDS, MARKS, Flow, plain_paragraphs

MAX_LAYERS = 4
"""How often markup may stand escaped inside markup."""

# A name, so that `<ann@example.com>` and `<http://example.com/>` are text.
TAG = re.compile(r"""<(/?)([a-zA-Z][\w.-]*(?::[\w.-]+)?)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
LOOSE_TAG = re.compile(
    r"<(/?)([a-zA-Z][\w.-]*(?::[\w.-]+)?)(?=[\s/>])([^<>]*)>?"
)  # where quotation marks do not match up
MAX_LOOSE = 64
"""How many tags with unmatched quotation marks are looked at twice."""

# Escaped markup looks like this; "if a<b and c>d" and "the <i> tag" do not.
MARKUP = re.compile(
    r"<!doctype\s|<(?:br|hr)\s*/?>|<(?:p|div|html|body|table|ul|ol|h[1-6]|hl[12]|block)(?:\s[^<>]*)?>"
    r"|</(?:p|div|span|body|html|b|i|u|em|strong|a|font|table|t[rdh]|ul|ol|li|h[1-6]|hl[12]|blockquote|pre)\s*>",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|amp|quot|apos|lt|gt|nbsp);")  # escaped twice on the way
# Classes of XHTML bodies that say what an element is, as in <ul class="slugline">, <section class="notepad">.
NOTES = re.compile(
    r"(?:^|[\s_-])(?:notepad|np-\w+|ed-?note|editors?-?note|editorial-?note|closing-?line)(?:$|[\s_-])", re.IGNORECASE
)
ASIDE = re.compile(
    r"^(?:slug-?line|keywords?|publication-?date|pub-?date|subjects?|related(?:[\s_-]\w+)*)$", re.IGNORECASE
)
BANNERS = re.compile(
    r"(?:^|\s)(?:sharedaddy|share-\w[\w-]*|social-\w[\w-]*|newsletter(?:-[\w-]+)?|related-[\w-]+|cookie-[\w-]+)(?:$|\s)",
    re.IGNORECASE,
)
CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'>]+)""", re.IGNORECASE)
QUIET = frozenset({"section", "div", "aside", "ul", "ol", "dl", "time"})
"""What may hold notes or metadata in a page, by its class."""
CLOSED = ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"), ("<!", ">")


def html_paragraphs(markup: str) -> list[str]:
    """The paragraphs of an HTML fragment or document, white space as it stands; escaped markup is read too."""
    return _layers(markup, MAX_LAYERS)


def text_paragraphs(text: str) -> list[str]:
    """The paragraphs of what is declared plain text: read as markup where it is markup all the same."""
    return html_paragraphs(text) if _is_markup(text) else plain_paragraphs(text)


def paragraphs(root: etree._Element, out: Collection[str] = ()) -> list[str]:
    """The paragraphs of an XML element with tags as `xml.parse` gives them; `out` names elements to leave out."""
    flow = Flow()
    bare = not len(root) and KINDS.get(str(root.tag)) == "block"  # nothing but text: its blank lines part paragraphs
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            _end(flow, element, tag, whole=element is root)
        elif element is not root and (tag in out or KINDS.get(tag) == "out"):
            walk.skip_subtree()
        else:
            flow.start(tag)
            flow.text(element.text)
    if bare:
        return _unescaped(plain_paragraphs(root.text or ""), MAX_LAYERS)
    return _unescaped(flow.paragraphs(), MAX_LAYERS)


def text_of(element: etree._Element | None) -> str | None:
    """All text in an element with its white space squeezed, its paragraphs as one; None when there is none."""
    if element is None:
        return None
    text = element.text or ""
    plain = not len(element) and "<" not in text and "&" not in text
    return " ".join((text if plain else " ".join(paragraphs(element))).split()) or None


def _end(flow: Flow, element: etree._Element, tag: str, *, whole: bool) -> None:
    flow.end(tag)
    if not whole:
        flow.text(element.tail)


def _layers(markup: str, layers: int) -> list[str]:
    found = _Reader(markup).read() or _Reader(markup, quiet=False).read()
    return _unescaped(found, layers)


def _unescaped(found: list[str], layers: int) -> list[str]:
    """Paragraphs that are markup themselves, read again: `&lt;p&gt;Text&lt;/p&gt;`."""
    whole = "\n\n".join(found)
    if layers and _is_markup(whole):
        return _layers("<p>".join(found), layers - 1)
    return [REFERENCE.sub(lambda found: unescape(found[0]), each) for each in found] if "&" in whole else found


def _is_markup(text: str) -> bool:
    """Whether text has tags of HTML in it, as they are or escaped."""
    return ("<" in text and bool(MARKUP.search(text))) or ("&lt;" in text and bool(MARKUP.search(unescape(text))))


class _Reader:
    """HTML cut into tags and text, in time linear in its length."""

    def __init__(self, markup: str, *, quiet: bool = True) -> None:
        self.markup = MARKS.sub("", markup)
        self.flow = Flow()
        self.quiet = quiet
        self.ends: dict[str, int] = {}  # where an end was found last; -1: it does not come any more
        self.loose = 0

    def read(self) -> list[str]:
        """The paragraphs of all of it."""
        at = 0
        while at < len(self.markup):
            mark = self.markup.find("<", at)
            end = mark if mark >= 0 else len(self.markup)
            self._text(self.markup[at:end])
            at = self._markup(end) if mark >= 0 else end
        return self.flow.paragraphs()

    def _text(self, text: str) -> None:
        self.flow.text(unescape(text) if "&" in text else text)

    def _markup(self, at: int) -> int:
        """Read what begins with `<`; where the reading goes on."""
        if self.markup.startswith(("<!", "<?"), at):
            mark, end = next(each for each in CLOSED if self.markup.startswith(each[0], at))
            return self._declaration(at + len(mark), mark, end)
        found = self._tag(at)
        if not found:
            self.flow.text("<")
            return at + 1
        return self._open(found) if not found[1] else self._close(found)

    def _declaration(self, at: int, mark: str, end: str) -> int:
        """Skip a comment or the like; of one that never ends, only its mark."""
        stop = self._find(end, at)
        if stop < 0:
            return at
        if mark == "<![CDATA[":
            self.flow.text(self.markup[at:stop])
        return stop + len(end)

    def _tag(self, at: int) -> re.Match[str] | None:
        found = TAG.match(self.markup, at) if self.loose < MAX_LOOSE else None
        if not found:
            found = LOOSE_TAG.match(self.markup, at)
            self.loose += bool(found)
        return found

    def _open(self, found: re.Match[str]) -> int:
        tag = _local(found[2])
        self.flow.start(tag, quiet=self.quiet and self._is_aside(tag, found))
        if found[3].endswith("/") or tag == "img":
            self.flow.end(tag)
        if KINDS.get(tag) == "out" or tag == "title":
            return self._past(tag, found.end())
        return found.end()

    def _is_aside(self, tag: str, found: re.Match[str]) -> bool:
        """Whether an element is what stands beside a story's text: a page's header, a note, a list of subjects."""
        if tag == "header":
            aside = not self.flow.said
        elif tag in QUIET and (said := CLASS.search(found[3])):
            aside = bool(NOTES.search(said[1]) or ASIDE.match(said[1].strip()) or BANNERS.search(said[1]))
        else:
            aside = False
        return aside and not self.flow.quiet and self._find(f"</{tag}", found.end()) >= 0

    def _close(self, found: re.Match[str]) -> int:
        self.flow.end(_local(found[2]))
        return found.end()

    def _past(self, tag: str, at: int) -> int:
        """The end of an element that is left out; right here when it is never closed."""
        stop = self._find(f"</{tag}", at)
        if stop < 0:
            return at
        self.flow.end(tag)
        close = self.markup.find(">", stop)
        return close + 1 if close >= 0 else len(self.markup)

    def _find(self, end: str, at: int) -> int:
        """Where an end comes next, or -1; each stretch of the markup is searched once for it."""
        known = self.ends.get(end, 0)
        if known >= 0 and (known < at or not known):
            found = re.compile(re.escape(end), re.IGNORECASE).search(self.markup, at)
            known = self.ends[end] = found.start() if found else -1
        return known


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
