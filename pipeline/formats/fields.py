"""Header lines of plain text: `Headline: …`, `Slug: …`, `Date: …`, and the codes after ZCZC.

ZCZC ABC123
$i                  category
:Storm              keyword
^Storm hits coast   headline
*X                  format
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile

NAMES = {
    "headline": "headline title titre titel titular título titolo schlagzeile überschrift subject betreff objet asunto",
    "slugline": "slug slugline keyword stichwort catchline",
    "byline": "byline author by autor auteur",
    "credit": "source credit agency provider quelle fuente",
    "date": "date dated datum fecha published pubdate versioncreated timestamp sent",
    "embargo": "embargo embargoed sperrfrist",
    "version": "version revision take",
    "urgency": "urgency priority",
    "language": "language lang",
    "guid": "id guid uri story-id storyid message-id",
    "status": "status pubstatus",
    "signal": "signal",
    "note": "note ednote ed-note eds editor-note",
    "subject": "category categories subject-code topics section",
    "dateline": "dateline location",
    "mail": "from to cc bcc reply-to sender received mime-version content-type content-transfer-encoding von an",
}
FIELDS = {name: kind for kind, names in NAMES.items() for name in names.split()}
LINE = re.compile(r"[ \t]*(?P<name>[A-Za-zÀ-ÿ]+(?:[ _-][A-Za-z]+){0,2})[ \t]*[:=][ \t]*(?P<value>\S.*)?$")
CODED = {"$": "subject", "+": "subject", "^": "headline", "@": "slugline", "#": "slugline"}
OPENED = re.compile(r"\s*ZCZC\b[^\n]*\n", re.IGNORECASE)
CODE = re.compile(r"[%$:*&+=^#@]|YY [A-Z]{2,4}$")


@dataclass(slots=True)
class Fields:
    """What header lines say, by kind, and the text after them."""

    told: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def read_fields(text: str) -> Fields:
    """The header lines that a text begins with: codes after ZCZC, or at least two named fields."""
    opened = OPENED.match(text)
    if opened:
        return _coded(text[opened.end() :])
    lines = text.lstrip("\n").split("\n")
    named = list(takewhile(lambda each: each is not None, map(_named, lines)))
    told: dict[str, str] = {}
    for kind, value in filter(None, named):
        if value and kind != "mail":
            told.setdefault(kind, value)
    alone = len(named) == 1 and len(lines) > 1 and not lines[1].strip()
    if len(told) < 2 and not (told and alone):
        return Fields(rest=text)
    return Fields(told, "\n".join(lines[len(named) :]))


def _named(line: str) -> tuple[str, str] | None:
    """What a named header line tells: the kind, and the value, which may be empty."""
    found = LINE.match(line)
    kind = FIELDS.get(re.sub(r"[ _]", "-", found["name"].casefold())) if found else None
    return (kind, (found["value"] or "").strip()) if found and kind else None


def _coded(text: str) -> Fields:
    """The codes after ZCZC; a keyword is a headline where no line is coded as one."""
    lines = text.split("\n")
    coded = list(takewhile(lambda line: CODE.match(line.strip()), lines))
    told: dict[str, str] = {}
    for line in map(str.strip, coded):
        if line[0] in CODED and line[1:].strip():
            told.setdefault(CODED[line[0]], line[1:].strip())
    for keyword in (line.strip()[1:].strip() for line in coded if line.strip().startswith(":")):
        if keyword:
            told.setdefault("headline" if "headline" not in told else "slugline", keyword)
    return Fields(told, "\n".join(lines[len(coded) :]))
