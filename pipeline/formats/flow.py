"""Text as it flows through tags: what parts paragraphs, what is a space, what is nothing at all."""

import csv
import re
from dataclasses import dataclass
from importlib.resources import files

from pipeline.formats.layout import is_table

BREAK = "\x00"  # a paragraph ends
SEAM = "\x01"  # an undocumented tag beside text
LINE = "\x02"  # a br
SET, SET_END = "\x03", "\x04"  # around what is set line by line
MARKS = re.compile("[\x00-\x04]")
SET_TEXT = re.compile(f"{SET}([^{SET}{SET_END}]*)(?:{SET_END}|$)")
DOUBLE_LINE = re.compile(f"{LINE}(?:\\s*{LINE})+")
# "on Monday.<x>The court": a sentence ends where the tag stands; "un<x>believ</x>able": nothing does.
# The mark stands first in the pattern: it is looked for, not tried at every letter.
SENTENCE_SEAM = re.compile(f'{SEAM}(?<=[.!?…:;"”»)]{SEAM}){SEAM}*(?=["“«(]?[^\\W\\d_])')
WORD_SEAM = re.compile(f"{SEAM}(?<=[a-zß-ÿ]{SEAM}){SEAM}*(?=[A-ZÀ-Þ])")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
INDENT = re.compile(r"\n([^\S\n]*)(?=\S)")


def _kinds() -> dict[str, str]:
    lines = (files("pipeline.formats") / "data" / "tags.csv").read_text("utf-8").splitlines()
    return dict(csv.reader(line for line in lines if not line.startswith("#")))


KINDS = _kinds()
"""What a tag does to the text: inline, paragraph, block, row, cell, break, out (it is left out)."""


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet; `mixed` when text stands directly in it."""

    tag: str
    parent: "_Open | None"
    inside: bool  # a paragraph, where unknown tags are inline
    pre: bool
    mixed: bool = False


class Flow:
    """Takes tags and text in order, gives paragraphs.

    A tag that is not documented parts paragraphs when it stands neither in a paragraph nor beside
    text: in `<x><y>One.</y><y>Two <z>three</z>.</y></x>` y does and z does not.
    """

    def __init__(self) -> None:
        """Nothing has come yet."""
        self.found: list[str | _Open] = []
        self.top: _Open | None = None
        self.open: dict[str, int] = {}
        self.blocks = False
        self.said = False  # whether there has been any text
        self.quiet: _Open | None = None

    def start(self, tag: str, *, quiet: bool = False) -> None:
        """A start tag, its name in lower case and without a prefix; of a quiet one no text is taken."""
        kind = KINDS.get(tag)
        if kind == "break":
            self.found.append(LINE)
            self.blocks = True
            return
        self._part(kind)
        parent = self.top
        inside = kind == "paragraph" or bool(parent and parent.inside and kind not in {"block", "row", "cell"})
        if tag == "pre" and not (parent and parent.pre):
            self.found.append(SET)
        self.top = _Open(tag, parent, inside, pre=tag == "pre" or bool(parent and parent.pre))
        self.open[tag] = self.open.get(tag, 0) + 1
        if quiet and not self.quiet:
            self.quiet = self.top

    def end(self, tag: str) -> None:
        """An end tag; it closes what was left open inside, and one that nothing opened only parts."""
        kind = KINDS.get(tag)
        if self.open.get(tag):
            while self._pop() != tag:
                pass
        if kind != "break":
            self._part(kind)

    def text(self, text: str | None) -> None:
        """What stands between two tags; without marks, which no XML has and HTML loses before."""
        if not text or self.quiet:
            return
        blank = text.isspace()
        self.said = self.said or not blank
        if self.top and not blank:
            self.top.mixed = True
        self.found.append(text)

    def paragraphs(self) -> list[str]:
        """What has flowed by so far, without what is empty."""
        whole = "".join(each if isinstance(each, str) else SEAM if each.mixed else BREAK for each in self.found)
        if LINE in whole:
            whole = DOUBLE_LINE.sub(BREAK, whole).replace(LINE, "\n")
        if SEAM in whole:
            whole = WORD_SEAM.sub("\n", SENTENCE_SEAM.sub(BREAK, whole)).replace(SEAM, "")
        if SET in whole:
            whole = SET_TEXT.sub(_set, whole)
        if not self.blocks and BREAK not in whole:
            return plain_paragraphs(whole)
        return [each.strip() for each in whole.split(BREAK) if each.strip()]

    def _part(self, kind: str | None) -> None:
        """What a tag's start or end does."""
        if kind == "cell":
            self.found.append("\t")
        elif kind in {"paragraph", "block", "row"}:
            self.found.append(BREAK)
            self.blocks = True
        elif kind is None and self.top and not self.top.inside:
            self.found.append(self.top)
        elif kind is None:
            self.found.append(SEAM)

    def _pop(self) -> str:
        top = self.top
        if top is None:
            return ""
        if top is self.quiet:
            self.quiet = None
        self.open[top.tag] -= 1
        self.top = top.parent
        if top.pre and not (top.parent and top.parent.pre):
            self.found.append(SET_END)
        return top.tag


def plain_paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text: parted by a blank line, or by an indent deeper than the text's own.

    Of a table each line is one, as a row is in markup.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    least = min(map(len, INDENT.findall(text)), default=0)

    def begin(found: re.Match[str]) -> str:
        return BREAK if len(found[1]) > least + 1 else "\n"

    found: list[str] = []
    for block in BLANK_LINE.split(text):
        lines = block.split("\n")
        table = len(lines) > 2 and "  " in block.strip() and is_table(lines)
        found += lines if table else INDENT.sub(begin, block).split(BREAK)
    return [each.strip() for each in found if each.strip()]


def _set(found: re.Match[str]) -> str:
    """What is set line by line, as paragraphs."""
    return BREAK.join(each for part in found[1].split(BREAK) for each in plain_paragraphs(part))
