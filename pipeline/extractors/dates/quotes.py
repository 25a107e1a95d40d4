"""Where a text quotes: spans between quotation marks, closed at the latest with their paragraph."""

import re
from bisect import bisect_left, bisect_right

Span = tuple[int, int]

MARK = re.compile(r"``|''|[\"“”„«»]|\n[^\S\n]*\n")
OPENERS = frozenset({"``", "“", "„", "«"})
CLOSERS = frozenset({"''", "”", "»"})


class Quotes:
    """The quoted stretches of a text, for asking whether an offset stands inside one."""

    def __init__(self, text: str) -> None:
        """Read the marks of a text once."""
        self.spans: list[Span] = []
        opened: int | None = None
        for mark in MARK.finditer(text):
            if mark.group()[0] == "\n" or _closes(mark.group(), opened):
                self._close(opened, mark.end())
                opened = None
            elif opened is None:
                opened = mark.start()
        self._close(opened, len(text))
        self.starts = [start for start, _ in self.spans]

    def _close(self, opened: int | None, end: int) -> None:
        if opened is not None:
            self.spans.append((opened, end))

    def holding(self, char: int) -> Span | None:
        """The quoted stretch that an offset stands in."""
        index = bisect_right(self.starts, char) - 1
        return self.spans[index] if index >= 0 and char < self.spans[index][1] else None

    def has_start(self, start: int, end: int) -> bool:
        """Whether a quotation begins in a stretch."""
        index = bisect_left(self.starts, start)
        return index < len(self.starts) and self.starts[index] < end


def _closes(mark: str, opened: int | None) -> bool:
    """A plain mark closes what is open; one that can only open closes nothing."""
    if opened is None:
        return False
    return mark in CLOSERS or mark not in OPENERS
