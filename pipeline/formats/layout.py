"""Lines of plain text as paragraphs: what a typewriter, a line width or an indent has cut.

Paragraphs are parted by blank lines, by an indent, or by nothing but the line's end where lines are
long. A line that was broken because the next word did not fit goes on after a space; lines that end
for another reason, as those of lists, tables and results, stay lines: with a line feed in between.
"""

import re
from itertools import pairwise

from pipeline.formats.byline import find_byline
from pipeline.formats.dateline import find_dateline
from pipeline.formats.furniture import is_marker, is_note, is_reporting, is_sign_off

BLANK = re.compile(r"\n(?:[ \t\xa0]*\n)+")
LONG = 110
"""From this many characters on, a line is a paragraph: nobody wraps so wide."""
INDENT = re.compile(r"(?:\t|[ \xa0]{2,}|\u3000)")
LISTED = re.compile(r"\s*(?:[-*•●▪–—◦]\s+\S|\d{1,3}[.)]\s+\S|[a-z]\)\s)")
COLUMNS = re.compile(
    r"\S(?:[ \xa0]{3,}|\t+)\S.*\S(?:[ \xa0]{2,}|\t+)\S|^\s*\S+(?:[ \xa0]{2,}\S+){2,}|\S[ \xa0]*(?:\.\s?){4,}\s*\S"
)
ENDED = re.compile(r"[.!?:。！？：][\"”’')\]」』）]*\s*$")
UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
HEAD = 8
"""Up to how many lines can be a head: a headline, a note, a byline, one a line."""
NARROW = 40
"""Nobody wraps narrower: lines of such a text end for a reason of their own."""
SLACK = 2
"""How many characters a broken line can miss of the width before it ends for another reason."""


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, in order; a line feed in one is a line of a list or table."""
    width = _width(text)
    blocks = enumerate(BLANK.split(text.strip("\n")))
    return [part for number, block in blocks for part in _parts(block, width, head=number < HEAD) if part.strip()]


def _width(text: str) -> int:
    """The line width of a text: what all but a few lines keep to."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    short = [length for length in lengths if length <= LONG]
    return short[-(-len(short) * 98 // 100) - 1] if short else 0


def _parts(block: str, width: int, *, head: bool) -> list[str]:
    """The paragraphs of lines without a blank one between them; `head` where a text may not have begun yet."""
    lines = [line.rstrip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    if sum(len(line) > LONG for line in lines) * 2 >= len(lines):
        return lines
    runs = _runs(lines, head=head and len(lines) > 1)
    return [each for run in runs for group in _indented(run) for each in _joined(group, width)]


def _runs(lines: list[str], *, head: bool) -> list[list[str]]:
    """Lines with those apart that are no part of what stands before them: markers, notes, a dateline, a sign-off."""
    runs: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        if head and 0 < number < HEAD and _begins(line):
            runs.append([])
            head = False
        noted = head and number < HEAD and (is_note(line) or (number > 0 and bool(find_byline(line, ""))))
        alone = noted or is_marker(line) or is_reporting(line) or (last and is_sign_off(line) and line.islower())
        goes_on = number > 0 and len(runs[-1]) == 1 and is_reporting(runs[-1][0])
        if alone and not goes_on:
            runs += [[line], []] if not is_reporting(line) else [[line]]
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _begins(line: str) -> bool:
    """Whether a story begins in a line below its headline: with a dateline that somebody signs, or with a day."""
    found = find_dateline(line)
    return found is not None and bool(found.credits or found.day)


def _indented(lines: list[str]) -> list[list[str]]:
    """Lines in groups that begin with an indent, where that is what parts paragraphs."""
    starts = [bool(INDENT.match(line)) and not COLUMNS.search(line.strip()) for line in lines]
    for number, line in enumerate(lines[:-1]):  # a list's item goes on below its text
        starts[number + 1] = starts[number + 1] and not LISTED.match(line)
    sentences = sum(ENDED.search(line) is not None for line in lines)
    if not any(starts[1:]) or (all(starts) and max(map(len, lines)) < LONG // 2 and sentences * 2 < len(lines)):
        return [lines]
    groups: list[list[str]] = []
    for line, begins in zip(lines, starts, strict=True):
        if begins or not groups:
            groups.append([])
        groups[-1].append(line)
    alone = sum(len(group) == 1 for group in groups)
    prose = sum(len(group) > 1 or len(group[0]) > LONG // 2 for group in groups)
    return groups if prose >= alone / 2 or sentences * 2 >= len(lines) else [lines]


def _joined(lines: list[str], width: int) -> list[str]:
    """Lines as one paragraph: joined where the width broke them."""
    if len(lines) > 1 and sum(len(line) > LONG for line in lines):
        return [line.strip() for line in lines]
    ends = [_broken(line, after, width) for line, after in pairwise(lines)]
    prose = sum(ends) * 2 >= len(ends) and not is_table(lines)
    parts = [lines[0].strip()]
    for broken, (line, after) in zip(ends, pairwise(lines), strict=True):
        if prose and not broken and ENDED.search(line) and not LISTED.match(after):
            parts.append(after.strip())
        else:
            parts[-1] += _join(line, after, prose=broken or prose) + after.strip()
    return parts


def _join(line: str, after: str, *, prose: bool) -> str:
    """What stands where a line was broken; nothing behind a hyphen, nor in scripts without spaces: US- / President."""
    if not prose or LISTED.match(after):
        return "\n"
    if UNSPACED.match(line.rstrip()[-1:]) and UNSPACED.match(after.lstrip()[:1]):
        return ""
    return "" if re.search(r"[^\W\d_]-$", line) and after.strip()[:1].isalpha() else " "


def _broken(line: str, after: str, width: int) -> bool:
    """Whether a line ends because the next word did not fit."""
    if LISTED.match(after) or COLUMNS.search(line.strip()) or COLUMNS.search(after.strip()):
        return False
    word = after.split(maxsplit=1)[0]
    unspaced = UNSPACED.match(word) is not None  # such a line breaks anywhere, and a letter takes two columns
    if unspaced and ENDED.search(line):
        return False
    fits = len(line) + 1 + (1 if unspaced else len(word)) <= width - SLACK
    flows = after.strip()[0].islower() and len(line) > width // 2
    return flows or (not fits and width >= (NARROW // 2 if unspaced else NARROW))


def is_table(lines: list[str]) -> bool:
    """Whether lines are a table's or a list's."""
    told = sum(bool(COLUMNS.search(line.strip()) or LISTED.match(line)) for line in lines)
    return told * 2 > len(lines)
