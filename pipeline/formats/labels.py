"""Bytes of XML as text: a byte order mark first, then what the bytes are, then what their label says."""

import codecs
import re

from pipeline.errors import Rejected
from pipeline.formats import encoding

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
LABEL = re.compile(rb"""(<\?xml\s[^>]{0,100}?encoding\s*=\s*["']\s*)([\w.:-]{1,40})""")
TEXT = re.compile(r"(?:utf_?-?8|iso|cp|koi8|mac|big5|euc|gb|hz|shift|johab|ascii|tis|ptcp|kz)", re.IGNORECASE)
MULTIBYTE = re.compile(r"(?:iso2022|big5|euc|gb|hz|shift|johab|cp9[345]\d)", re.IGNORECASE)
LATIN = {"ascii", "iso8859-1", "utf-8", "cp1252"}  # what Windows-1252 is sent as
C1 = re.compile("[\x80-\x84\x86-\x9f]")


def decode(body: bytes, told: str | None = None) -> str:
    """The text of XML; `told` goes before the label. Raises Rejected `encoding` or `not-text`.

    Bytes that are UTF-8 are, whatever the label; single bytes that are not in a text that is are
    Windows-1252, and so are Latin-1's control characters, which nobody sends.
    """
    text = encoding.undoubled(_decode(body, told))
    return (
        text if text.isascii() else C1.sub(lambda found: bytes([ord(found[0])]).decode("cp1252", "ignore") or " ", text)
    )


def decode_as_bytes(body: bytes) -> tuple[str, str]:
    """Text to cut in pieces, and the encoding that turns a piece into the bytes that it was made of."""
    wide = _wide(body)
    if wide:
        return decode(body), "utf-8"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return body.decode("latin-1"), "latin-1"


def declaration(body: bytes, encoding: str) -> str:
    """The XML declaration of a piece of a document, with the document's own label unless it is UTF-8 now."""
    found = LABEL.search(body[:300])
    label = found[2].decode("ascii", "replace") if found and encoding != "utf-8" else encoding
    return f'<?xml version="1.0" encoding="{label}"?>\n'


def _decode(body: bytes, told: str | None) -> str:
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "newswire-western" if name == "utf-8" else "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    for name in _candidates(body, told):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return encoding.decode(body)


def _wide(body: bytes) -> str | None:
    """The encoding of two or four bytes a character."""
    start = body[:64].lstrip(b" \t\r\n")
    marked = next((name for mark, name in BOMS[1:] if body.startswith(mark)), None)
    return marked or next((name for mark, name in UNMARKED if start.startswith(mark)), None)


def _candidates(body: bytes, told: str | None) -> list[str]:
    """Encodings in the order in which to try them; UTF-8 before one that takes any bytes."""
    found = LABEL.search(body[:300])
    label = _told(told) if told else _known(found[2].decode("ascii", "replace")) if found else None
    if label and MULTIBYTE.match(label):
        return [label, "utf-8"]
    return ["utf-8", *([label] if label and label not in LATIN else [])]


def _told(name: str) -> str:
    known = _known(name)
    if not known:
        raise Rejected(
            "encoding", f"no encoding {name!r}: `encoding` in the source's TOML must be one that Python knows"
        )
    return known


def _known(name: str) -> str | None:
    """An encoding's name as Python has it, if it is one of text."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return known if TEXT.match(known) else None
