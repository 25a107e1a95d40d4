"""XML from strangers: read without loading anything, in time and memory bounded by its own length.

What comes before the root element never reaches the parser: no DTD is read, no entity resolved by
it. Names come in lower case and without namespace or prefix, as `newsitem`, attributes too, because
agencies agree on neither. What senders get wrong so often that everybody reads it all the same is
put right (bare ampersands, control characters, undeclared prefixes, HTML's entities); the rest is
refused: not-xml, truncated, too-deep, too-large, entity-bomb.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from html.entities import html5

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats.flow import KINDS
from pipeline.formats.labels import decode, decode_as_bytes

MAX_EXPANSION = 100_000
"""How many characters the entities that a document declares may add."""
MAX_ATTRIBUTES = 200
"""How many an element may have: reading them takes time quadratic in their number."""
SNIFF = 65_536
"""How many bytes are looked at for the root element's name."""

OF_XML = re.compile(r"</([A-Za-z][\w.:-]*)\s*>|\sxmlns(?::\w+)?=")
KNOWN_ROOTS = {"newsml", "newsmessage", "newsitem", "nitf", "rss", "rdf", "feed", "html"}
"""Roots that say what a document is, whatever stands in it."""

PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[\]>"']|"[^"]*"|'[^']*')*+
        (?:\[(?P<subset>(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<\?.*?\?>|<(?!!--|\?))*+)\]\s*)?>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
ENTITY = re.compile(r"""<!ENTITY\s+([\w.:-]+)\s+(?:(?:SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""")
ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
# What the parser would stumble over: HTML's names, bare ampersands, references to control characters.
ODD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#(?:x(?![89][0-9A-Fa-f];)|(?!1[2-5]\d;)\d))")
REFERENCE = re.compile(
    r"""<!\[CDATA\[.*?(?:\]\]>|\Z) | <!--.*?(?:-->|\Z)  # left as they are, to the end when they have none
        | &(?:\#(?P<decimal>\d{1,7}); | \#[xX](?P<hex>[0-9A-Fa-f]{1,6}); | (?P<name>[A-Za-z_][\w.-]*);)?""",
    re.DOTALL | re.VERBOSE,
)
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNDECLARED_PREFIX, ATTRIBUTE_TWICE = 201, 42


def parse(body: bytes, encoding: str | None = None) -> etree._Element:
    """The root element; `encoding` goes before what the document declares. Raises Rejected."""
    root = parse_as_sent(decode(body, encoding))
    for element in root.iter(etree.Element):
        _rename(element)
    return root


def parse_as_sent(text: str) -> etree._Element:
    """The root element of decoded XML, with names as they are. Raises Rejected."""
    content = _content(text)
    try:
        return _strictly(content)
    except etree.XMLSyntaxError:
        content = _repaired(content)
    try:
        return _leniently(content)
    except etree.XMLSyntaxError as error:
        raise _refusal(error, content) from error


def root_name(body: bytes) -> str | None:
    """The root element's name as `parse` would give it, or None for what is no XML."""
    text, _ = decode_as_bytes(body[:SNIFF])
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:  # JSON, whatever markup is in it
        return None
    at = _root_at(text)
    found = ROOT.match(text, at) if at is not None else None
    return found[1].lower() if found else None


def _root_at(text: str) -> int | None:
    """Where the root element begins."""
    first = text.find("<")
    if first < 0:
        return None
    at = _after(PROLOG, text, first)
    return _after(PROLOG, text, _after(DOCTYPE, text, at))


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _content(text: str) -> str:
    """The document from its root element on, with every reference one that the parser knows."""
    at = _root_at(text)
    if at is None or not ROOT.match(text, at):
        raise Rejected("not-xml", f"no element where one must begin: {text[at or 0 :][:40]!r}")
    head, content = text[:at], text[at:].rstrip("\x00\x03\x04\x1a\x7f \t\r\n\ufeff")
    return _dereferenced(content, _entities(head)) if ODD_REFERENCE.search(content) else content


def _entities(head: str) -> dict[str, str]:
    """The entities that a DOCTYPE declares; an external one is empty. Raises Rejected for one made of others."""
    doctype = DOCTYPE.search(head)
    declared = ENTITY.findall((doctype and doctype["subset"]) or "")
    for name, *values in declared:
        used = {found["name"] for found in REFERENCE.finditer("".join(values)) if found["name"]}
        if used - PREDEFINED - _html_names(used):
            raise Rejected("entity-bomb", f"the DOCTYPE makes entity {name!r} of other entities; none may be")
    return {name: "".join(values) for name, *values in declared}


def _html_names(names: set[str]) -> set[str]:
    return {name for name in names if f"{name};" in html5}


def _dereferenced(content: str, declared: dict[str, str]) -> str:
    """Content with entities replaced by what they stand for, and bare ampersands escaped."""
    room = MAX_EXPANSION

    def replace(found: re.Match[str]) -> str:
        nonlocal room
        value = declared.get(found["name"]) if found["name"] else None
        room -= len(value or "")
        if room < 0:
            raise Rejected("entity-bomb", f"entities add more than {MAX_EXPANSION:,} characters")
        return _replacement(found) if value is None else value

    return REFERENCE.sub(replace, content)


def _replacement(found: re.Match[str]) -> str:
    """What stands for a reference that the document does not declare."""
    name, number = found["name"], found["decimal"] or found["hex"]
    if number:
        return _character(int(number, 10 if found["decimal"] else 16)) or found[0]
    if name in PREDEFINED or found[0].startswith("<"):
        return found[0]
    if name and f"{name};" in html5:
        return html5[f"{name};"].replace("&", "&amp;").replace("<", "&lt;")
    return f"&amp;{found[0][1:]}"


def _character(number: int) -> str:
    """What a reference to a control character means: `&#150;` is Windows-1252's dash; empty for other numbers."""
    if 0x80 <= number <= 0x9F:
        return bytes([number]).decode("cp1252", "ignore") or " "
    allowed = number in {9, 10, 13} or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or number >= 0x10000
    return "" if allowed and number <= 0x10FFFF else " "


def _repaired(content: str) -> str:
    """Content without the characters that XML forbids, written or by number."""
    return _dereferenced(ILLEGAL.sub(" ", content), {})


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _strictly(content: str) -> etree._Element:
    return etree.fromstring(content.encode("utf-8", "replace"), _parser(recover=False))


def _leniently(content: str) -> etree._Element:
    """The root of XML that is well-formed but for undeclared prefixes and repeated attributes."""
    try:
        return _strictly(content)
    except etree.XMLSyntaxError:
        parser = _parser(recover=True)
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
        if root is None or any(each.type not in {UNDECLARED_PREFIX, ATTRIBUTE_TWICE} for each in parser.error_log):
            raise
        return root


def _refusal(error: etree.XMLSyntaxError, content: str) -> Rejected:
    if "XML_PARSE_HUGE" in str(error):
        reason = "too-deep" if "depth" in str(error) else "too-large"
        return Rejected(reason, f"XML beyond the parser's limits: {error}")
    root = re.split(r"[\s/>]", content[1:200], maxsplit=1)[0]
    if f"</{root}" not in content[-200:] and "Extra content" not in str(error):
        return Rejected("truncated", f"XML that ends before </{root}>: {error}")
    return Rejected("not-xml", f"XML that is not well-formed: {error}")


def wraps(body: bytes, names: Collection[str]) -> bool:
    """Whether a document's root has one of these names, or is unknown and one of them stands in its beginning."""
    root = root_name(body)
    if root is None or root in names or root in KNOWN_ROOTS:
        return root in names
    text, _ = decode_as_bytes(body[:SNIFF])
    return re.search(rf"<(?:[\w.-]+:)?(?:{'|'.join(map(re.escape, names))})[\s/>]", text, re.IGNORECASE) is not None


def unknown_root(body: bytes) -> str | None:
    """The root of bytes that are XML beyond doubt, or what is left of its name; None for text with a tag in it.

    They begin with a declaration, end as they began, hold several end tags or namespaces of no
    page, or were cut in their first tag.
    """
    head = body[:SNIFF]
    if b"<" not in head and b"=" not in head:
        return None
    text, _ = decode_as_bytes(head)
    text = text.lstrip("\ufeff \t\r\n")
    root = root_name(body)
    if text.startswith(("<?x", "<!DOCTYPE")):
        return root or "?xml"
    end, _ = decode_as_bytes(body[-200:])
    closed = root is not None and re.search(rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>\s*$", end, re.IGNORECASE)
    if root is None and text.startswith("<") and len(OF_XML.findall(text)) > 1:
        return "?"
    foreign = [name for name in OF_XML.findall(text) if name.rpartition(":")[2].lower() not in KINDS]
    ended = re.search(rf"</(?:[\w.-]+:)?({'|'.join(KNOWN_ROOTS)})\s*>\s*$", end, re.IGNORECASE)
    if ended and (root is None or ended[1].lower() != "html"):
        return root if root and root not in KINDS else "?"
    if closed or len(foreign) > 1 or (re.match(r"<[A-Za-z]", text) and ">" not in text):
        return root or "?"
    return None


def local_name(element: etree._Element) -> str:
    """An element's name in lower case, without namespace or prefix; empty for a comment."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def _rename(element: etree._Element) -> None:
    """Local names in lower case, of an element and its attributes."""
    name = local_name(element)
    if name != element.tag:
        element.tag = name
    if len(element.attrib) > MAX_ATTRIBUTES:
        raise Rejected("too-large", f"{len(element.attrib):,} attributes on <{element.tag}>; at most {MAX_ATTRIBUTES}")
    for key, value in element.items():
        plain = _local(str(key))
        if plain != key:
            del element.attrib[key]
            element.set(plain, element.get(plain, value))


@lru_cache(maxsize=512)
def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def cut_out(element: etree._Element) -> None:
    """Take an element out of its tree and leave its tail."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
