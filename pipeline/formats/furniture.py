"""What stands in a delivery beside the story: markers, notes, service and sign-off lines.

(Adds quotes, background)                     a note
(Reporting by A. Writer; Editing by B. Desk)  a note
* * * * The following information is not for publication …   a note, to the end
-END-   ENDS   ###   -30-   MORE   NNNN       markers
dpa grj rmo   AP-WF-11-13-13 1509GMT          sign-offs
AP Photo XNP101, XNP102                       a photo line
"""

import re

from pipeline.formats import words
from pipeline.formats.signals import signal_in
from pipeline.formats.words import DATA


def _kind(kind: str, shape: str) -> re.Pattern[str]:
    lines = (DATA / "furniture.txt").read_text("utf-8").splitlines()
    patterns = [line.split("\t", 1)[1] for line in lines if line.startswith(f"{kind}\t")]
    return re.compile(shape.format("(?:" + "|".join(patterns) + ")"), re.IGNORECASE | re.DOTALL)


MARKER = _kind("marker", r"[\W_]*{0}[\W_]*")
PRIVATE = _kind("private", r"\W*(?:[^\W\d_]+\s+){{0,6}}{0}(?:\s+(?:bestimmt|vorgesehen|\w+))?[^\w.]*")
NOTEPAD = _kind("notepad", "{0}")
REPORTING, CONTRIBUTED, SERVICE = (_kind(each, "{0}") for each in ("reporting", "contributed", "service"))
RIGHTS = _kind("rights", "{0}")
"""Service lines that say so anywhere in them: looked at where a word of theirs stands."""
OF_RIGHTS = ("right", "recht", "droit", "derech", "may not be")
OF_CONTRIBUTIONS = ("contrib", "beigetragen")
PHOTO, STAMP = (_kind(each, "{0}") for each in ("photo", "stamp"))
ADDRESSED = _kind("addressed", r"[\W_]{{0,4}}{0}")
REVISED = _kind("revised", r"[\W_]{{0,4}}{0}")
CONTACT = _kind("contact", r"[\W_]{{0,4}}{0}")
SECTION = re.compile(f"(?P<notes>{_kind('notes', '{0}').pattern})|(?:{_kind('about', '{0}').pattern})", re.IGNORECASE)
"""A heading of what stands under a press release."""
SIGNED = re.compile(r"(?<=[.!?\"”»’')\]])\s+\(?(?P<name>\w[\w&. -]{1,24}?)\)?\.?(?:\s+[A-Z]{2,4}){0,4}\s*$")
"""An agency's name right behind the last sentence: … dijo la portavoz. EFE"""
RUN_IN = re.compile(r"(?<=[.!?)\"”»’'])\s+(\([^()]*(?:\([^()]*\)[^()]*)*\))\s*$")
ENDING = re.compile(
    r"(?<=[.!?\"”’')\]])\s*(?:[Ee]nditem\.?|\((?:END|ENDS|MORE)\)|-\s?(?:END|ENDS|MORE)\s?-|ENDS|###|-30-)\s*$"
    r"|\s*\[\+\d+ chars\]\s*$"
)
"""A marker right behind the last sentence."""
BARE_MARKER = frozenset("end fin fine ende fim mf 30 more 完 终 終 了 끝".split())
"""Words that are markers only in capitals or between signs."""
FRAME = "-–—_*()[]/#=<>~（）【】"
RULE = re.compile(r"[\s*_=~#+.•-]{2,}|\s*[#*=_~]+\s*|[\W_]{3,}")
PICTURED = re.compile(
    r"(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*\s?/\s?(?:AP|AFP|TT|NTB|EPA|Reuters|dpa|Getty\w*|\w{2,4})"
)
"""Who took a picture, left behind where the picture stood: Karl Holm/TT."""
NAMING = frozenset("and in at for with the de van von der la from".split())
"""Words that stand between names in a line that says who reported."""
NOT_SIGNED = frozenset(
    "the and for not but you can she his her our all was are has had who per via etc usd eur mph kph inc ltd".split()
)


def is_marker(line: str) -> bool:
    """Whether a line says only where a story or a take begins, ends or goes on."""
    text = line.strip()
    if not text or len(text) > 40:
        return False
    if RULE.fullmatch(text) or re.fullmatch(r"\W*#\s*#\s*#?\W*|-?\s*3\s?0\s*-?|-{1,2}\s?0\s?-{1,2}", text):
        return not re.fullmatch(r"\d+|[.…]+", text)
    bare = re.sub(r"[\W_]", "", text).casefold()
    if not MARKER.fullmatch(text):
        return False
    framed = text[0] in FRAME and text[-1] in FRAME
    return bare not in BARE_MARKER or framed or (text.isupper() and text.isalpha())


def without_last_words(paragraphs: list[str]) -> list[str]:
    """The paragraphs of a text that was typed, without the words it ends in, in small letters too: mf, end."""
    kept = list(paragraphs)
    while len(kept) > 1 and (text := kept[-1].strip().casefold()).isalpha() and text in BARE_MARKER:
        kept.pop()
    return kept


def is_private(line: str) -> bool:
    """Whether what follows a line is not for publication."""
    return len(line) <= 120 and any(each.fullmatch(line.strip()) for each in (PRIVATE, NOTEPAD))


def is_note(line: str) -> bool:
    """Whether a line is a note to editors: addressed to them, or brackets that say what has changed."""
    text = line.strip()
    if ADDRESSED.match(text) or is_revision(text):
        return True
    in_brackets = (
        len(text) <= 400 and re.fullmatch(r"[(\[*=/\s]+[^()]+(?:\([^()]*\)[^()]*)*[)\]*=/.\s]+", text) is not None
    )
    return in_brackets and bool(signal_in(text))


def is_revision(line: str) -> bool:
    """Whether a line says that the story has been corrected, as one at its end does."""
    return len(line) <= 450 and REVISED.fullmatch(line.strip()) is not None


def without_ending(text: str) -> str:
    """A text without a marker right behind its last sentence: … rejected the budget. Enditem."""
    return ENDING.sub("", text)


def signed_off(text: str) -> tuple[str, str | None]:
    """A text without the agency's name right behind its last sentence, and that name."""
    found = SIGNED.search(text, max(0, len(text) - 40))
    return (text[: found.start()], found["name"]) if found and words.is_agency(found["name"]) else (text, None)


def is_stamp(line: str) -> bool:
    """Whether a line is a day and time alone."""
    return STAMP.fullmatch(line.strip()) is not None


def is_initials(line: str) -> bool:
    """Whether a line is initials in capitals, as desks put below an agency's name: ABC-DEF, ABC DEF."""
    return re.fullmatch(r"[A-Z]{2,4}(?:[-/ ][A-Z]{2,4}){0,3}", line.strip()) is not None


def is_reporting(line: str) -> bool:
    """Whether a line says who reported and edited: in brackets, of several, or names alone."""
    text = line.strip()
    if len(text) > 600 or not REPORTING.fullmatch(text):
        return False
    if text[0] in "([" or re.search(
        r";|\b(?:editing|edited|redigiert|éditée?|editad[oa]|edição)\b", text[8:], re.IGNORECASE
    ):
        return True
    words_ = re.findall(r"[^\W\d_]+", text.partition(" by ")[2])
    return bool(words_) and all(each[0].isupper() or each in NAMING for each in words_)


def run_in_reporting(text: str) -> tuple[str, str | None]:
    """A text without who reported, in brackets right behind its last sentence, and that."""
    found = RUN_IN.search(text, max(0, len(text) - 600)) if text.rstrip().endswith(")") else None
    return (text[: found.start()], found[1]) if found and is_reporting(found[1]) else (text, None)


def is_contribution(line: str) -> bool:
    """Whether a last sentence says who else reported: Bo Hall in Dover contributed to this report."""
    if len(line) > 600 or not any(word in line.casefold() for word in OF_CONTRIBUTIONS):
        return False
    return CONTRIBUTED.fullmatch(line) is not None


def is_service(line: str) -> bool:
    """Whether a line is of the service that sends: rights, addresses, stamps, photo lines."""
    text = line.strip()
    if len(text) > 500:
        return False
    told = text.casefold()
    kinds = (SERVICE, PHOTO, STAMP, RIGHTS) if any(word in told for word in OF_RIGHTS) else (SERVICE, PHOTO, STAMP)
    return any(each.fullmatch(text) for each in kinds)


def is_sign_off(line: str) -> bool:
    """Whether a last line is an agency's name and desk initials: `dpa grj rmo`, `--IANS`, `bur-abc/def`, `int/jk`."""
    text = line.strip().strip("()[].=<-–—_/ （）【】")
    if not text or len(text) > 40:
        return False
    if words.is_agency(text) or PICTURED.fullmatch(text):
        return True
    parts = re.split(r"[\s/,–-]+", text)
    if all(words.is_agency(part) or part.casefold() in BARE_MARKER for part in parts) and words.is_agency(parts[0]):
        return True
    initials = [part for part in parts if re.fullmatch(r"[a-zà-ÿ][a-zà-ÿ\d]{0,4}|[A-Z]{2,4}", part)]
    if len(initials) != len(parts) or any(part.casefold() in NOT_SIGNED for part in parts):
        return False
    signed = words.key(parts[0]) in words.agencies() and parts[0].islower() | (len(parts) > 1)
    return signed or (text.count("/") >= 1 and text == text.lower() and " " not in text)
