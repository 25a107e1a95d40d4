"""Lines of plain text as paragraphs: what a typewriter, a line width or an indent has cut.

Paragraphs are parted by blank lines, by an indent, or by nothing but the line's end where lines are
long. A line that was broken because the next word did not fit goes on after a space; lines that end
for another reason, as those of lists, tables and results, stay lines: with a line feed in between.
"""

import re
from itertools import pairwise

from pipeline.formats.byline import find_byline
from pipeline.formats.furniture import is_marker, is_note, is_reporting, is_sign_off

BLANK = re.compile(r"\n(?:[ \t\xa0]*\n)+")
LONG = 110
"""From this many characters on, a line is a paragraph: nobody wraps so wide."""
INDENT = re.compile(r"(?:\t|[ \xa0]{2,})")
LISTED = re.compile(r"\s*(?:[-*•●▪–—◦]\s+\S|\d{1,3}[.)]\s+\S|[a-z]\)\s)")
COLUMNS = re.compile(
    r"\S(?:[ \xa0]{3,}|\t+)\S.*\S(?:[ \xa0]{2,}|\t+)\S|^\s*\S+(?:[ \xa0]{2,}\S+){2,}|\S[ \xa0]*(?:\.\s?){4,}\s*\S"
)
ENDED = re.compile(r"[.!?:][\"”’')\]]*\s*$")
HEAD = 8
"""Up to how many lines can be a head: a headline, a note, a byline, one a line."""
SLACK = 2
"""How many characters a broken line can miss of the width before it ends for another reason."""


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, in order; a line feed in one is a line of a list or table."""
    width = _width(text)
    return [part for block in BLANK.split(text) for part in _parts(block, width) if part.strip()]


def _width(text: str) -> int:
    """The line width of a text: what all but a few lines keep to."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    short = [length for length in lengths if length <= LONG]
    return short[max(0, int(len(short) * 0.98) - 1)] if short else 0


def _parts(block: str, width: int) -> list[str]:
    """The paragraphs of lines without a blank one between them."""
    lines = [line.rstrip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    if sum(len(line) > LONG for line in lines) * 2 >= len(lines):
        return lines
    return [each for run in _runs(lines) for group in _indented(run) for each in _joined(group, width)]


def _runs(lines: list[str]) -> list[list[str]]:
    """Lines with those alone that are no part of what stands around them: markers, a sign-off at the end."""
    runs: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        head = len(lines) <= HEAD and (is_note(line) or (number > 0 and bool(find_byline(line, ""))))
        alone = head or is_marker(line) or is_reporting(line) or (last and is_sign_off(line) and line.islower())
        goes_on = number > 0 and len(runs[-1]) == 1 and is_reporting(runs[-1][0])
        if alone and not goes_on:
            runs += [[line], []] if not is_reporting(line) else [[line]]
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _indented(lines: list[str]) -> list[list[str]]:
    """Lines in groups that begin with an indent, where that is what parts paragraphs."""
    starts = [bool(INDENT.match(line)) and not COLUMNS.search(line.strip()) for line in lines]
    for number, line in enumerate(lines[:-1]):  # a list's item goes on below its text
        starts[number + 1] = starts[number + 1] and not LISTED.match(line)
    if not any(starts[1:]) or (all(starts) and max(map(len, lines)) < LONG // 2):
        return [lines]
    groups: list[list[str]] = []
    for line, begins in zip(lines, starts, strict=True):
        if begins or not groups:
            groups.append([])
        groups[-1].append(line)
    alone = sum(len(group) == 1 for group in groups)
    prose = sum(len(group) > 1 or len(group[0]) > LONG // 2 for group in groups)
    return groups if prose >= alone / 2 else [lines]


def _joined(lines: list[str], width: int) -> list[str]:
    """Lines as one paragraph: joined where the width broke them."""
    if len(lines) > 1 and sum(len(line) > LONG for line in lines):
        return [line.strip() for line in lines]
    ends = [_broken(line, after, width) for line, after in pairwise(lines)]
    prose = sum(ends) * 2 >= len(ends) and not _tabular(lines)
    parts = [lines[0].strip()]
    for broken, (line, after) in zip(ends, pairwise(lines), strict=True):
        if prose and not broken and ENDED.search(line) and not LISTED.match(after):
            parts.append(after.strip())
        else:
            parts[-1] += (" " if (broken or prose) and not LISTED.match(after) else "\n") + after.strip()
    return parts


def _broken(line: str, after: str, width: int) -> bool:
    """Whether a line ends because the next word did not fit."""
    if LISTED.match(after) or COLUMNS.search(line.strip()) or COLUMNS.search(after.strip()):
        return False
    fits = len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width - SLACK
    flows = after.strip()[0].islower() and len(line) > width // 2
    return not fits or flows


def _tabular(lines: list[str]) -> bool:
    """Whether lines are a table's or a list's."""
    told = sum(bool(COLUMNS.search(line.strip()) or LISTED.match(line)) for line in lines)
    return told * 2 > len(lines)
