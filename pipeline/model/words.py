"""A text as words, cut as UD English EWT cuts them.

`do|n't`, `Seoul|'s`, `U.S.|-|led`, `$|4.5|bn`, `co-founder`, `and|/|or`; a run of the same mark is one
word. Every code point that is not white space stands in exactly one word.
"""

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The entries of a data file beside this module, its first comment line left out."""
    return [line for line in (HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _any(entries: list[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))


COUNTRIES = frozenset(name.casefold() for name in lines("countries.txt"))
"""In lower case."""
ABBREVIATIONS = _any(lines("abbreviations.txt"))
PREFIXES = _any(lines("prefixes.txt"))
# Letters, digits and the combining accents of a decomposed text.
LETTER = r"[^\W\d_]"
NUMBER = r"\d+(?:[.,:]\d+)*"
UNITS = "(?i:am|pm|k)|km|kms|mn|bn|tn|m|kg|mph|kph|mm|cm|ft|lb|lbs|hrs|p|c|x"
PART = rf"{LETTER}[\w\u0300-\u036f]*"

WORD = re.compile(
    rf"""
    (?:https?://|ftp://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]        # https://example.org/a?b=c
    | [\w.+-]*[\w.]@\w[\w-]*(?:\.\w[\w-]*)* | [@\#](?!\d)\w+           # desk@example.org @desk #summit
    | \w[\w-]*\.(?:docx?|xlsx?|pptx?|pdf|txt|jpe?g|png|zip|exe|html?|url)\b   # report.pdf
    | (?:[\w-]+\.)+(?:com|org|net|gov|edu|info|co\.[a-z]{{2}})\b(?!-) # example.com
    | (?:[a-z]\w+\.){{2,}}[a-z]\w+                                   # comp.text.tex
    | (?:\d{{1,3}}-)?\d{{3}}-\d{{3}}-\d{{4}}(?!\d) | \d{{3}}-\d{{4}}(?!\d)  # 555-0100
    | \d{{4}}-\d\d-\d\d(?!\d) | \d+(?:/\d+)+ | \d0['’]s\b            # 2026-11-24 9/11 90's
    | {NUMBER}(?:st|nd|rd|th|s)\b | {NUMBER}(?=(?:{UNITS})\b)        # 20th 1970s 6|pm 4.5|bn
    | (?<!\w)['’](?:\d0s|em|til|cause|tis|twas)\b                    # '90s 'em
    | (?<=\s)['’](?:s|re|ve|ll|d|m)\b                                # Seoul 's
    | (?:US|AU|NZ|HK|[A-Z])\$(?=\d)                                  # US$|5
    | (?:{LETTER}\.){{2,}}(?!{LETTER}{{2}}) | Ph\.D\.?               # U.S. a.m.
    | (?:{ABBREVIATIONS})(?!\w) | No\.(?=\ ?\d)                     # Gov. No.|5
    | [A-HJ-Z]\.(?=[\s-]+[A-Z]|[A-Z])                               # J.|Smith
    | [A-Z]+(?:&[A-Z]+)+                                             # AT&T
    | (?i:{PREFIXES})-(?:{PART}['’])*\w+                             # co-founder
    | (?:{PART}['’])*{PART} | \d[\w.,:]*\w | \w+                     # words, o'clock: clitics are cut off below
    | [:;=]-?[()DP](?!\w)                                            # :-)
    | ``|''|’’|‘‘|‘’ | \[\.\.\.\] | [.!?]{{2,}}                       # marks that are one
    | (?P<run>[^\w\s()\[\]{{}}])(?P=run)+                           # -- ***
    | \S
    """,
    re.VERBOSE,
)

# What is cut off a word's end; what goes before it is a group: do|n't, Seoul|'s, can|not, did|nt.
CLITIC = re.compile(
    r"(?i:(.*\w)(?:n['’]t|['’](?:s|re|ve|ll|d|m))|(that|there|what|where|he|she|who)s|(you|they)(?:re|ve|ll)"
    r"|(can)not|(gon|wan)na|(got)ta|(i)(?:m|ve)"
    r"|(did|does|do|is|was|were|has|have|had|are|could|would|should|wo|ca|ai)nt)"
)
NO_CLITIC = frozenset({"IM", "IVE", "HES", "Cant"})


def words(text: str) -> Iterator[tuple[int, int]]:
    """The words of a text in order: `(start, end)` in code points, end exclusive."""
    for match in WORD.finditer(text):
        start, end = match.span()
        cut = CLITIC.fullmatch(match.group()) if text[end - 1].isalpha() and match.group() not in NO_CLITIC else None
        if cut and cut.lastindex:
            middle = start + cut.end(cut.lastindex)
            yield start, middle
            start = middle
        yield start, end
