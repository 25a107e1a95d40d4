"""Bytes of XML as text: a byte order mark first, then what the bytes are, then what they say they are."""

import codecs
import re

from pipeline.errors import Rejected

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
DECLARED = re.compile(rb"""<\?xml\s[^>]{0,100}?encoding\s*=\s*["']\s*([\w.:-]{1,40})""")
ENCODINGS = re.compile(r"(?:utf_?-?8|iso|cp|koi8|mac|big5|euc|gb|hz|shift|johab|ascii|tis|ptcp|kz)", re.IGNORECASE)
MULTIBYTE = re.compile(r"(?:iso2022|big5|euc|gb|hz|shift|johab|cp9[345]\d)", re.IGNORECASE)
LATIN = {"ascii", "iso8859-1", "utf-8"}  # what Windows-1252 is sent as
C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0) if code != 0x85}
C1_USED = re.compile("[\x80-\x84\x86-\x9f]")


def decode(body: bytes, told: str | None = None) -> str:
    """The text of XML, HTML or the like; `told` goes before what the bytes declare. Raises Rejected `encoding`.

    Bytes that are not UTF-8 in a document that is are Windows-1252, one by one, so that one of them
    does not spoil the rest; so are the control characters of Latin-1, which nobody sends.
    """
    text = _decode(body, told)
    return text.translate(C1) if C1_USED.search(text) else text


def _decode(body: bytes, told: str | None) -> str:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "windows" if encoding == "utf-8" else "replace")
    start = body[:64].lstrip(b" \t\r\n")
    wide = next((encoding for mark, encoding in UNMARKED if start.startswith(mark)), None)
    if wide:
        return body.decode(wide, "replace")
    for encoding in _candidates(body, told):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "windows")


def _candidates(body: bytes, told: str | None) -> list[str]:
    """Encodings in the order in which to try them; UTF-8 before a declared one that takes any bytes."""
    found = DECLARED.search(body[:300])
    declared = _known(found[1].decode("ascii", "replace")) if found else None
    first = [_told(told)] if told else []
    if declared and MULTIBYTE.match(declared):
        return [*first, declared, "utf-8"]
    return [*first, "utf-8", *([declared] if declared and declared not in LATIN else [])]


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
    return known if ENCODINGS.match(known) else None


def _windows(error: UnicodeError) -> tuple[str, int]:
    """What the bytes that cannot be decoded are in Windows-1252; Latin-1 for the five that it lacks."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in bad), error.end


codecs.register_error("windows", _windows)
