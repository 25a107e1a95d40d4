"""What a version is to the ones before it: read from codes, notes, sluglines, take marks and headlines.

    Eds: With AP Photos. Corrects spelling …     a note: how its sentences begin
    BC-BKN--Heat-Hawks, 1st Ld-Writethru          a take mark on a slugline
    UPDATE 2-Shares rise …                        a headline's prefix
    sig:correction                                a code

The words of each language are in `data/signals.csv`. Where several speak, the gravest counts.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from pipeline.formats import words

Signal = Literal["original", "update", "correction", "kill", "withhold", "advisory"]
Where = Literal["note", "start", "anywhere", "code"]

GRAVEST: tuple[Signal, ...] = ("kill", "withhold", "correction", "update", "advisory", "original")
ADDRESS = re.compile(
    r"^\W*(?:(?:eds?|editors?|editor[’']s note|editors[’'] note|note to editors|attention(?: editors)?|achtung|note"
    r"|nota|hinweis|redaktioneller hinweis|achtung redaktionen|note aux rédactions|please note)\b\W*)+",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.;:!?*()\[\]\n=|/]+\s*|\s[-–—]+\s|,\s+")
TAKE = re.compile(
    r"\b\d+(?:st|nd|rd|th)[\s-]?(?:ld|lead|led|add|writethru|write-?thru|sub|update)\b|\b(?:\d+(?:st|nd|rd|th)[\s-]?)?"
    r"(?:ld-)?writethru\b|\b(?:sub|upd|update|updated)[\s-]?\d+\b|\bLD-?\d+\b|\b\d+\.?\s?lead\b|(?-i:\bLEAD\b)",
    re.IGNORECASE,
)
LED = re.compile(r"\W*\d+(?:st|nd|rd|th)\s?(?:ld|lead)(?:-\w+)?\s?[-–—:]", re.IGNORECASE)
"""A take mark that a headline begins with: 2ND LD-Port closes."""
PREFIX = re.compile(r"\s*[\[(<*=/\s]*(?P<words>[^\W\d_][\w'’ ]{1,30}?)\s*\d{0,2}\s*(?P<end>[-–—:)\]*/=>]|\s[-–—])")
MARK = re.compile(r"[\s,/]+|--+|\(|\)")


def gravest(found: Iterable[Signal | None]) -> Signal | None:
    """The signal that counts among several."""
    there = set(found)
    return next((signal for signal in GRAVEST if signal in there), None)


def signal_in(note: str | None) -> Signal | None:
    """The signal that a note to editors gives, if any: by how its sentences begin, and by set phrases."""
    text = (note or "").replace("’", "'").strip()
    if not text:
        return None
    starts = (_at_start(ADDRESS.sub("", part), note=True) for part in SENTENCE.split(ADDRESS.sub("", text)))
    anywhere = (_phrases("anywhere")[phrase] for phrase in _anywhere().findall(text.casefold()))
    return gravest([*starts, *anywhere])


def signal_of_code(code: str | None) -> Signal | None:
    """The signal of a code as `sig:correction`, `Corrected` or `CANCEL`; None for a code of another kind."""
    last = re.split(r"[:/#]", (code or "").strip().rstrip("/"))[-1]
    return _phrases("code").get(last.casefold().strip()) or _at_start(last, whole=True, note=True)


def signal_of_slugline(slugline: str | None) -> Signal | None:
    """The signal of a slugline's marks: `1st Ld-Writethru`, or words as CORRECTION in capitals or at its end."""
    text = slugline or ""
    take: Signal | None = "update" if TAKE.search(text) else None
    told = (_mark(part, capitals=part.isupper() or part == "Correction") for part in MARK.split(text) if part)
    apart = re.findall(r"[,/(]\s*([^,/()]{3,24})(?=[)\s,/]*$)", text)
    return gravest([take, *told, *(_at_start(part, whole=True) for part in apart)])


def signal_of_headline(headline: str | None) -> Signal | None:
    """The signal of a headline's prefix: `UPDATE 2-`, `CORRECTED-`, `Correction:`, `(Rectificatif)`."""
    text = (headline or "").strip()
    found = PREFIX.match(text)
    behind = re.search(r"[(\[]([^()\[\]]{4,80})[)\]]$", text)
    if behind and (signal := _at_start(behind[1])):
        return signal
    if text and len(text.split()) <= 3 and text.isupper():
        return _at_start(text.casefold())
    if LED.match(text):
        return "update"
    if not found:
        return None
    told = found["words"]
    plain_word = _phrases("anywhere").get(told.casefold())
    set_apart = told.isupper() or text.startswith(("(", "[")) or ":" in found["end"] or re.search(r"\d", found[0])
    return plain_word or (_at_start(told, whole=True) if set_apart else None)


def _mark(part: str, *, capitals: bool) -> Signal | None:
    """A word of a slugline that is a mark: in capitals, since `add` and `lead` are words like any other."""
    told = part.casefold().strip("-_.*")
    return (_phrases("anywhere").get(told) or _phrases("start").get(told)) if capitals else None


def _at_start(text: str, *, whole: bool = False, note: bool = False) -> Signal | None:
    """The signal of the phrase that a text begins with; with `whole`, that it is (a number aside)."""
    spoken = " ".join(re.findall(r"[\w'’-]+", text.casefold())[:4])
    spoken = re.sub(r"^(?:\d+\w*\s+)+", "", spoken)
    for length in (4, 3, 2, 1):
        begin = " ".join(spoken.split()[:length])
        signal = _phrases("start").get(begin) or _phrases("anywhere").get(begin)
        signal = signal or (_phrases("note").get(begin) if note else None)
        if signal and (not whole or begin == spoken or re.fullmatch(rf"{re.escape(begin)} \d+", spoken)):
            return signal
    return None


@cache
def _anywhere() -> re.Pattern[str]:
    """The set phrases, as whole words where their script parts words."""
    phrases = sorted(map(re.escape, _phrases("anywhere")), key=len, reverse=True)
    apart = [phrase for phrase in phrases if not "\u2e80" < phrase[0] < "\ufaff"]
    run_on = [phrase for phrase in phrases if "\u2e80" < phrase[0] < "\ufaff"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(apart)})(?!\w)|{'|'.join(run_on)}")


@cache
def _phrases(where: Where) -> dict[str, Signal]:
    return {phrase: _known(signal) for phrase, signal, at, _ in words.entries("signals.csv") if at == where}


def _known(name: str) -> Signal:
    """A signal's name from the list; a name that is none is a fault of the list."""
    return next(signal for signal in get_args(Signal) if signal == name)
