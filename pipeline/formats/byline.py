"""Bylines: who wrote a story, told from publishers, titles, initials and first sentences.

By PAUL BYRNE and ALMUDENA CALATRAVA        a first line, with or without "By"
Associated Press                            its title line
Von Christian Hollmann, dpa                 a writer and the agency
NTB                                         a publisher: a credit, not a writer
"""

import re

from pipeline.formats import words
from pipeline.formats.dateline import find_dateline
from pipeline.formats.dateline_parts import CAPITAL, is_agency, is_place

BY = re.compile(
    r"^\W*(?:(?:text|words|story|report|reported|reporting|written|escrito|texte|texto|bericht|analysis)\s+)?"
    r"(?P<by>by|von|par|por|di|door|av|af|de|od|przez|text(?=\s*:))\b\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
SURE = frozenset({"by", "von", "par", "por", "door", "text"})
"""Words that begin a byline wherever they stand; the rest do so in bylines that are told as such."""
NAME_WORD = rf"(?:{CAPITAL}[\w'’.-]*|[dlO]['’]{CAPITAL}[\w-]*)"
LINK = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ben|ter|ten|zu|y|e|abu|al-\w+|el-\w+)"
PERSON = re.compile(rf"{NAME_WORD}(?:\s+(?:{LINK}\s+){{0,2}}{NAME_WORD}){{1,4}}")
AND = re.compile(r"\s*(?:,?\s+(?:and|und|et|y|e|&|og|och|en|with|mit|avec)\s+|,\s+|;\s+|\s+/\s+|/)\s*", re.IGNORECASE)
TITLE = re.compile(
    r"\b(?:writers?|correspondents?|editors?|reporters?|staff|columnists?|contributors?|analysts?|critic|"
    r"associated press|press|news|agency|service|chief|bureau|redakteur(?:in)?|korrespondent(?:in)?|journalists?)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?:the\s+)?(?:(?:staff|senior|special|chief|political|business|sports?|science|health|entertainment|national|foreign|legal|"
    r"features?|food|travel|education|economics?|technology|media|medical|military|diplomatic|investigative|contributing|"
    r"city|court|crime|energy|environment|markets?|religion|transport)\s+)*"
    r"(?:writers?|correspondents?|reporters?|editors?|columnists?|critics?|analysts?|redakteur(?:in)?|korrespondent(?:in)?)",
    re.IGNORECASE,
)
"""What a writer is, run in behind the name: Jane Roe Associated Press Writer."""
PUBLISHER = re.compile(
    r"\b(?:news|newsroom|press|agency|agencies|agencia|agence|agentur|staff|desk|redaktion(?:en)?|redacci[oó]n|"
    r"r[ée]daction|"
    r"redazione|redaksjonen|redaktionen|service|services|times|media|network|bureau|correspondents?|reporters?|writers?|"
    r"team|wire|newswire|group|inc|ltd|gmbh|editors?|editorial|corporation|broadcasting|online|digital|presse)\b"
    r"|\.(?:com|org|net|de|no|se)\b",
    re.IGNORECASE,
)
LONGEST = 140
"""How many characters a byline can have."""


def clean_byline(told: str | None, publishers: tuple[str, ...] = ()) -> str | None:
    """A byline's writers as named, without "By", agency and title; None for a publisher's name or initials."""
    text = " ".join((told or "").split()).strip(" .=<_*-–—|")
    begin = BY.match(text)
    text = text[begin.end() :] if begin else text
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*", " ", text).strip()
    text = re.split(r"\s*[|•]\s*|\s+[-–—]\s+", text)[0]
    parts = [part.strip() for part in re.split(r",\s*", text)]
    while len(parts) > 1 and (is_publisher(parts[-1], publishers) or TITLE.search(parts[-1])):
        parts.pop()
    writers = _without_role(", ".join(parts).strip(" ,;"))
    before, stroke, last = writers.rpartition("/")
    writers = before.strip() if stroke and is_agency(last.strip()) else writers
    if not re.search(r"[^\W\d_]", writers):
        return None
    return None if not writers or is_publisher(writers, publishers) or is_initials(writers) else writers


def _without_role(writers: str) -> str:
    """Names without what stands behind them: an agency, what they are, or both."""
    told = writers.split()
    for number in range(2, len(told)):
        role = told[number:]
        agency = next((end for end in range(len(role), 0, -1) if is_agency(" ".join(role[:end]))), 0)
        if agency == len(role) or ROLE.fullmatch(" ".join(role[agency:])):
            return " ".join(told[:number])
    return writers


def is_publisher(name: str, publishers: tuple[str, ...] = ()) -> bool:
    """Whether a byline names who publishes, not who writes."""
    told = words.key(name)
    return (
        is_agency(name)
        or told in {words.key(each) for each in publishers}
        or bool(PUBLISHER.search(name))
        or told.startswith("the ")
        or bool(re.fullmatch(r"\W*", name))
    )


def is_initials(name: str) -> bool:
    """Whether a byline is initials alone: jr, JS/AB, grj rmo; ANN LEE can be spoken and is a name."""
    if re.fullmatch(r"(?=\w*[AEIOUY])[A-Z]{2,3} (?=\w*[AEIOUY])[A-Z]{3}", name):
        return False
    parts = re.split(r"[\s/,.-]+", name.strip(" ./()"))
    return all(len(part) <= 4 and (part.islower() or (part.isupper() and len(part) <= 3)) for part in parts if part)


def find_byline(line: str, after: str) -> str | None:
    """A first line that is a byline, given the line after it; the line as it is, or None."""
    text = " ".join(line.split()).strip(" =<")
    sentence = re.search(r"[.!?]$", text.rstrip(")")) and not re.search(r"\b[A-Z]\.$", text)
    if not 3 < len(text) <= LONGEST or sentence:
        return None
    begin = BY.match(text)
    if begin and begin["by"].casefold() in SURE:
        return text if _names(text[begin.end() :]) else None
    following = " ".join(after.split()).strip(" =<")
    if begins_byline(following):
        return None
    if not PERSON.match(text) or not _names(text) or is_publisher(text.split(",")[0]) or is_place(text):
        return None
    named = PERSON.fullmatch(re.split(r",\s*|\s*[|•]\s*", text)[0]) is not None and len(text.split()) <= 3
    if is_title_line(following) or (text.count(",") == 1 and is_title_line(text.split(",")[1])):
        return text
    return text if named and not text.isupper() and find_dateline(following) else None


def closing_byline(line: str) -> tuple[str, str] | None:
    """The writers and the agency in a last line that names both alone: Ann Lee, The Canadian Press; Karin Berg/TT."""
    names, apart, agency = re.sub(r"\s*/\s*", ", ", line.strip(" -–—()")).rpartition(", ")
    whole = apart and len(line) <= LONGEST and is_agency(agency) and all(map(PERSON.fullmatch, AND.split(names)))
    whole = whole and not is_place(names)
    return (names, agency) if whole else None


def begins_byline(line: str) -> bool:
    """Whether a line begins as bylines alone do: By ANN LEE, Von Ute Kahn."""
    begin = BY.match(line)
    return begin is not None and begin["by"].casefold() in SURE


def is_title_line(line: str) -> bool:
    """A line after a byline that says what the writer is: AP Sports Writer, Associated Press."""
    text = " ".join(line.split()).strip(" =<")
    if not text or begins_byline(text) or len(text) > 60 or len(text.split()) > 6 or re.search(r"[.!?:;]$|\d", text):
        return False
    return is_agency(text) or (
        bool(TITLE.search(text)) and text[0].isupper() and not re.search(r"\b(?:said|says|is)\b", text)
    )


def _names(text: str) -> bool:
    """Whether a text is names alone, joined by commas and `and`, perhaps with a place or an agency."""
    lower = [word for word in text.split()[1:] if word.islower()]
    if re.match(r"(?i:the\s)", text) or is_publisher(re.split(r",\s*", text)[0]):
        return len(text.split()) <= 7 and set(lower) <= {
            "of",
            "and",
            "correspondents",
            "staff",
            "reporters",
            "agencies",
        }
    main = re.split(r"\s+(?:in|en|à|aus|im|at|for|para|pour|für)\s+(?=\S)", text)[0]
    parts = [re.sub(r"[(\[].*", "", part).strip() for part in AND.split(main) if part.strip()]
    first = parts[0] if parts else ""
    rest = all(not part or part[0].isupper() or is_agency(part) or TITLE.search(part) for part in parts)
    if words.key(first) in words.weekdays() or not rest:
        return False
    return PERSON.fullmatch(first.rstrip(".")) is not None or (
        len(first.split()) == 1 and first.isupper() and len(first) > 4
    )
