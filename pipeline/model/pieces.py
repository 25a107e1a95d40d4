"""Words as the encoder reads them: word pieces, and the look that an uncased vocabulary loses.

The vocabulary is lower-case and without accents, so a text in capitals or without accents gives the
same pieces; how a word is written (capitals, digits, which way a quotation mark opens, whether it
stands close to the word before) goes in beside them, as a row of the token-type table.
"""

from tokenizers import Tokenizer

CLS, SEP, UNK, PAD = 101, 102, 100, 0
MOST_PIECES = 8
"""Of a word: what follows in a long address says nothing more."""

LOOKS = ("lower", "title", "initial", "upper", "mixed", "digits", "coded", "mark", "opens", "closes")
LOOK_ROWS = 2 * len(LOOKS)

QUOTES = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "``": '"', "''": '"', "’’": '"', "‘‘": '"',
    "‘": "'", "’": "'", "‚": "'", "`": "'", "‹": "'", "›": "'", "´": "'", "–": "-", "—": "--", "…": "...",
}  # fmt: skip
OPENS = frozenset("“„«‘‚‹") | {"``", "‘‘"}
CLOSES = frozenset("”»›") | {"''", "’’"}


class Pieces:
    """The pieces of words, each word cut once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` is the encoder's own."""
        self.tokenizer = tokenizer
        self.known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of a word's pieces: at least one, at most `MOST_PIECES`."""
        pieces = self.known.get(word)
        if pieces is None:
            if len(self.known) > 200_000:  # a bound on memory; the result is the same
                self.known.clear()
            pieces = self.known[word] = self._cut(word)
        return pieces

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = QUOTES.get(word) or word.replace("’", "'")
        ids = self.tokenizer.encode(plain[:100], add_special_tokens=False).ids
        return tuple(ids[:MOST_PIECES]) or (UNK,)


def look(text: str, start: int, end: int) -> int:
    """The row for a word as written: twice its place in `LOOKS`, plus one close to the word before."""
    close = start > 0 and not text[start - 1].isspace()
    return 2 * LOOKS.index(_written(text, start, end)) + close


def _written(text: str, start: int, end: int) -> str:
    word = text[start:end]
    if not word[0].isalnum():
        return _mark(text, start, end) if not any(map(str.isalnum, word)) else "lower" if word.islower() else "mixed"
    if word.isdigit() or not any(map(str.isalpha, word)):
        return "digits"
    if any(map(str.isdigit, word)):
        return "coded"
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if sum(map(str.isalpha, word)) > 1 else "initial"
    return "title" if word[0].isupper() and word[1:].islower() else "mixed"


def _mark(text: str, start: int, end: int) -> str:
    mark = text[start:end]
    if mark in OPENS:
        return "opens"
    if mark in CLOSES:
        return "closes"
    if mark not in {'"', "'", "’"}:
        return "mark"
    # A straight mark opens after space or a bracket and before a word: ("We will
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if after.isspace():
        return "mark" if before.isspace() else "closes"
    return "opens" if before.isspace() or before in "([-—–\"'“" else "closes"
