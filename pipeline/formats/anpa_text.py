"""The text of an ANPA 1312 message: its head lines, its paragraphs, its typesetting codes.

^BC-LT--Harbor Fire, 1st Ld,466<      slug and word count
^Fire closes old harbor <             headline
^AP Photo XNP101<                     photo line
^Eds: With AP Photos.<                note
^HL:Fire closes old harbor@<          headline, as some agencies have it
^All Times EST=                       a line to be printed
"""

import re
from dataclasses import dataclass, field

from pipeline.formats.byline import find_byline, is_title_line
from pipeline.formats.encoding import printable
from pipeline.formats.furniture import is_note, is_service
from pipeline.formats.layout import COLUMNS

SLUG = re.compile(r"^(?:BC|AM|PM|AP|BN)-\S.*?(?:,\s?\d{1,5})?$")
COUNT = re.compile(r",\s?\d{2,5}$")
NAMED = re.compile(
    r"^(?P<name>HL|HEADLINE|INDEX|SYMBOL|Update|Updates|code|Eds|Writethru|Optional|Kicker|Embargo)\s?:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
HEAD_LINE = re.compile(r"^\^(?P<text>.*?)(?P<end>@?[<=]?)\s*$", re.DOTALL)
HALF = re.compile(r"(?<![^\d;])\{(?=[\s;]|$)")
"""A half, in the standard's character set."""


@dataclass(slots=True)
class Head:
    """What the lines before the first paragraph say; `lines` are those to be printed."""

    slugline: str | None = None
    headline: str | None = None
    byline: str | None = None
    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_head(body: str, keyword: str = "") -> tuple[Head, str]:
    """The head of a body whose header has this keyword, and what comes after it."""
    told, after = _head_lines(body)
    head = Head()
    if told and not SLUG.match(told[0][0]) and _letters(told[0][0])[:6] == _letters(keyword)[:6]:
        head.slugline = COUNT.sub("", told.pop(0)[0])
    for number, (text, end) in enumerate(told):
        following = told[number + 1][0] if number + 1 < len(told) else ""
        _take(head, text, end, following)
    if head.lines and not after.strip() and head.headline is None:
        head.headline = head.lines.pop(0)
    return head, after


def body_paragraphs(body: str) -> list[str]:
    """The paragraphs of a body: begun by a tab or a `^`; lines of tables stay lines."""
    groups: list[list[str]] = []
    for raw in body.split("\n"):
        line = _set(raw)
        begins = raw.startswith(("\t", "^", "\x08")) or re.match(r"\s{3,}\S", raw) is not None
        ended = not groups or bool(re.search(r"[<=]\s*$", groups[-1][-1])) or raw.startswith("\x08")
        if not line.strip(" <="):
            groups.append([" "])
        elif begins or ended or groups[-1] == [" "]:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_paragraph(group) for group in groups if group != [" "]]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _paragraph(lines: list[str]) -> str:
    """Lines that belong together: wrapped ones joined by a space, a table's by a line feed."""
    text = lines[0]
    for line in lines[1:]:
        text = text.rstrip()
        text = text[:-1] if text[-1:] in {"<", "="} else text
        text += (" " if _wrapped(text.rsplit("\n", 1)[-1], line) else "\n") + line
    text = text.strip()
    return text[:-1].removesuffix("@") if text[-1:] in {"<", "="} else text


def _wrapped(line: str, after: str) -> bool:
    """Whether a line goes on in the next one: it is long, or that one begins small."""
    if min(line.count(";"), after.count(";")) > 2 or COLUMNS.search(line.strip()):
        return False
    return len(line) > 45 or after.lstrip()[:1].islower()


def _head_lines(body: str) -> tuple[list[tuple[str, str]], str]:
    """The `^` lines that a body begins with, each with how it ends; wrapped ones are whole."""
    lines = body.split("\n")
    told: list[tuple[str, str]] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("^"):
            told += [_head_line(f"^{part}") for part in re.split(r"<\s*\^", line[1:])]
        elif (
            told and line.strip() and told[-1][1] == "" and len(told[-1][0]) > 45 and not line.startswith(("\t", "   "))
        ):
            told[-1] = _head_line(f"^{told[-1][0]} {line}")
        elif re.fullmatch(r"\s*\w{2,8}:\S*@?<\s*", line):
            pass
        elif line.strip("\x00\x01\x02 <="):
            break
        number += 1
    return [each for each in told if each[0]], "\n".join(lines[number:])


def _head_line(line: str) -> tuple[str, str]:
    found = HEAD_LINE.match(line)
    text, end = (found["text"], found["end"]) if found else (line, "")
    return " ".join(_set(text).split()), end.lstrip("@")


def _take(head: Head, text: str, end: str, following: str) -> None:
    """One head line, to where it belongs."""
    named = NAMED.match(text)
    if head.slugline is None and (SLUG.match(text) or text.startswith("*")) and not head.headline:
        head.slugline = COUNT.sub("", text) if not text.startswith("*") else None
    elif named and named["name"].casefold() in {"hl", "headline"}:
        head.headline = named["value"]
    elif named and named["name"].casefold() in {"index", "symbol", "code", "kicker"}:
        return
    elif named or is_note(text):
        head.notes.append(text)
    elif is_service(text):
        return
    elif head.byline is None and find_byline(text, following):
        head.byline = text
    elif head.byline and is_title_line(text):
        return
    elif head.headline is None:
        head.headline = text
    elif end != "<":
        head.lines.append(text)


def _set(line: str) -> str:
    """A line without typesetting codes: quotation marks as marks, small fractions as characters."""
    text = line.replace("\x08", " ").replace("\x10", " ").replace("``", '"').replace("''", '"')
    text = re.sub(r"^(\s*)\^+", r"\1", text) if "^" in text else text
    text = HALF.sub("½", text)
    return printable(text)
