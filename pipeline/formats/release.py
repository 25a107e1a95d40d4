"""What stands under a press release: whom to ask, who the company is, notes to editors.

    ###
    About Acme Shipping                                a heading, and what the company says of itself
    Acme Shipping runs ferries …
    Media contact: Jane Roe, +1 555 0100, jroe@…       whom to ask

Only what closes a text is looked at. A story may have a heading `About Acme`: that one counts where
somebody can be asked too, or an end marker stands above it.
"""

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.formats.furniture import CONTACT, SECTION, is_marker, is_service, is_sign_off

Mode = Literal["contact", "about", "notes"]

WORDS = (
    "#",
    "\nend",
    "onta",
    "nquir",
    "relation",
    "partner",
    "fragen",
    "editor",
    "redak",
    "rédac",
    "redact",
    "ufficio",
    "assessor",
)
"""Parts of what ends a text, and of the words that a contact or a note to editors begins with, looked for first."""
PERSON = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/.])\+?\(?\d[\d().\s/-]{5,}\d(?!\w)"
CALLED = re.compile(PERSON)
"""An e-mail address or a telephone number."""
REACHED = re.compile(rf"{PERSON}|https?://\S+|\bwww\.\S+", re.IGNORECASE)
HEADING = 80
"""How many characters a heading can have."""
ENTRY = 60
"""How many characters a name, a title or an address can have, one a line."""
LINE = 400
"""How many characters a line can have that says how to reach somebody."""
BELOW = 6
"""How many lines below its heading a contact can have its number in."""


def may_ask(text: str) -> bool:
    """Whether a text can have anything under it that is no story: cheap, and never wrongly no."""
    told = text.casefold()
    return any(word in told for word in WORDS)


def release_end(lines: list[str]) -> int:
    """Where a text ends among the paragraphs of a press release, each as one line; their number where it is none."""
    opened = list(_opened(lines))
    asked = any(mode == "contact" for _, mode in opened)
    end = after = len(lines)
    for number, mode in reversed(opened):
        if mode == "contact" and not all(map(_is_entry, lines[number + 1 : after])):
            break
        after = number
        if mode != "about" or asked or any(map(_ends, lines[1:number])):
            end = number
    return end


def release_notes(lines: list[str]) -> list[str]:
    """What stands under a release, without markers and service lines that tell nobody's address."""
    furniture = (
        is_marker(line) or is_sign_off(line) or (is_service(line) and not CALLED.search(line)) for line in lines
    )
    return [line for line, drop in zip(lines, furniture, strict=True) if not drop]


def is_contact(lines: list[str], number: int) -> bool:
    """Whether a line opens a contact: it says so, and how to reach somebody stands in it or right below."""
    if len(lines[number]) > LINE or not CONTACT.match(lines[number]):
        return False
    return any(len(line) <= LINE and CALLED.search(line) for line in lines[number : number + BELOW])


def _opened(lines: list[str]) -> Iterator[tuple[int, Mode]]:
    """Where what can stand under a release begins, and what it is."""
    for number, line in enumerate(lines[1:], 1):
        if is_contact(lines, number):
            yield number, "contact"
            continue
        found = SECTION.fullmatch(line) if len(line) <= HEADING and number + 1 < len(lines) else None
        if found and found["notes"]:
            yield number, "notes"
        elif found and _tells_of(found["whom"], lines[number + 1]):
            yield number, "about"


def _tells_of(whom: str | None, below: str) -> bool:
    """Whether what stands below a heading tells of the one whom it names."""
    names = re.findall(r"\w+", whom or "")
    return not names or names[0].casefold() in below[:200].casefold()


def _is_entry(line: str) -> bool:
    """Whether a line can stand below whom to ask: a name, a number, a marker."""
    if len(line) <= ENTRY or is_marker(line) or is_service(line) or is_sign_off(line):
        return True
    return len(line) <= LINE and (REACHED.search(line) or CONTACT.match(line)) is not None


def _ends(line: str) -> bool:
    """Whether a line says that the story ends, as ### and ENDS do; a row of stars does not."""
    return is_marker(line) and re.search(r"#|[^\W_]", line) is not None
