"""A delivery of many items cut into items that stand alone, each with what the delivery says of all of them.

<newsMessage><header/><itemSet> <newsItem/> <newsItem/> </itemSet></newsMessage>
gives two messages of one item. The same delivery always gives the same bytes. Where a delivery is
not well-formed, it is cut by its tags, so that a bad item costs that item alone.
"""

import re
from collections.abc import Collection, Iterator

from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats.labels import declaration, decode_as_bytes
from pipeline.formats.xml import local_name, parse_as_sent

MAX_COPIED = 64_000_000
"""How many characters the parts that all items share may take, over all items of a delivery."""
ANY_TAG = re.compile(r"<(/?)((?:[\w.-]+:)?[\w.-]+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")


def cut_at(starts: re.Pattern[bytes], delivery: bytes) -> Iterator[bytes]:
    """A delivery of text messages, each from where its header starts; one of a single message is given as it is."""
    lines = delivery.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    begins = [found.start() for found in starts.finditer(lines)]
    if len(begins) < 2:
        yield delivery
        return
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield lines[begin:end]


def split_items(delivery: bytes, names: Collection[str]) -> Iterator[bytes]:
    """The delivery once for each of its outermost elements of these names (lower case, no prefix).

    One of a single item is given as it is. Raises Rejected when it cannot be cut.
    """
    text, encoding = decode_as_bytes(delivery)
    if len(_begin(names).findall(text)) < 2:
        yield delivery
        return
    head = declaration(delivery, encoding)
    try:
        pieces = _by_tree(text, names)
    except Rejected:
        pieces = _by_tags(text, names)
        if pieces is None:
            raise
    if pieces is None:
        yield delivery
        return
    for piece in pieces:
        yield (head + piece).encode(encoding, "xmlcharrefreplace")


def _by_tree(text: str, names: Collection[str]) -> Iterator[str] | None:
    """The pieces of a well-formed delivery; None when it holds one item at most. Raises Rejected."""
    root = parse_as_sent(text)
    items = list(_outermost(root, names))
    if len(items) < 2:
        return None
    places = [(item, item.getparent()) for item in items]
    shared = len(text) - sum(len(etree.tostring(item, encoding="unicode", with_tail=False)) for item in items)
    if shared * len(items) > MAX_COPIED:
        raise Rejected("too-large", f"{len(items):,} items that share {shared:,} characters: too much to give each")
    for item, parent in places:
        item.tail = None
        if parent is not None:
            parent.remove(item)
    return (_alone(root, item, parent) for item, parent in places)


def _outermost(element: etree._Element, names: Collection[str]) -> Iterator[etree._Element]:
    """Elements of these names that stand in no other of them."""
    walk = etree.iterwalk(element, events=("start",))
    for _, each in walk:
        if each is not element and local_name(each) in names:
            walk.skip_subtree()
            yield each


def _alone(root: etree._Element, item: etree._Element, parent: etree._Element | None) -> str:
    """The delivery with this item as its only one."""
    if parent is None:
        return etree.tostring(root, encoding="unicode")
    parent.append(item)
    whole = etree.tostring(root, encoding="unicode")
    parent.remove(item)
    return whole


def _by_tags(text: str, names: Collection[str]) -> Iterator[str] | None:
    """The pieces of a delivery that is not well-formed; None when it holds one item at most."""
    end = re.compile(rf"</(?:[\w.-]+:)?(?:{_either(names)})\s*>", re.IGNORECASE)
    starts = [found.start() for found in _begin(names).finditer(text)]
    if len(starts) < 2:
        return None
    head = text[: starts[0]]
    if len(head) * len(starts) > MAX_COPIED:
        return None
    root = re.search(r"<(?![?!])", head)
    head = head[root.start() :] if root else ""
    foot = "".join(f"</{name}>" for name in reversed(_left_open(head)))
    return (head + _item(text[start:stop], end, foot) for start, stop in zip(starts, [*starts[1:], None], strict=True))


def _begin(names: Collection[str]) -> re.Pattern[str]:
    """Where an element of one of these names begins."""
    return re.compile(rf"<(?:[\w.-]+:)?(?:{_either(names)})(?=[\s/>])", re.IGNORECASE)


def _either(names: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, names)))


def _item(text: str, end: re.Pattern[str], foot: str) -> str:
    """An item up to its end tag, and the tags that close what stands around it; as it is when it has no end."""
    ends = list(end.finditer(text))
    return text[: ends[-1].end()] + foot if ends else text


def _left_open(head: str) -> list[str]:
    """The elements that are open where a piece of XML ends."""
    open_: list[str] = []
    for found in ANY_TAG.finditer(head):
        if not found[1] and not found[3]:
            open_.append(found[2])
        elif found[1] and found[2] in open_:
            del open_[len(open_) - 1 - open_[::-1].index(found[2]) :]
    return open_
