"""Dictionary forms by endings and exceptions that training/lemmas.py learnt from the treebanks."""

from typing import TypedDict


class Table(TypedDict):
    """`words`: by tag and lower-case word; `endings`: by tag and ending, what is cut off and what put on."""

    words: dict[str, str]
    endings: dict[str, dict[str, tuple[int, str]]]


LONGEST_ENDING = 5


def lemma(table: Table, form: str, upos: str, xpos: str) -> str:
    """A word's lemma; a name's is the name as written."""
    plain = form.replace("’", "'")
    lower = plain.lower()
    known = table["words"].get(f"{upos} {xpos} {lower}")
    if known is not None:
        return known
    if upos in {"PROPN", "X", "SYM", "PUNCT", "NUM"}:
        return by_ending(table, plain, xpos) if xpos == "NNPS" else form
    return by_ending(table, lower, xpos)


def by_ending(table: Table, form: str, xpos: str) -> str:
    """The form with the longest known ending changed."""
    endings = table["endings"].get(xpos, {})
    for size in range(min(LONGEST_ENDING, len(form) - 1), 0, -1):
        change = endings.get(form[-size:].lower())
        if change is not None:
            return form[: len(form) - change[0]] + change[1]
    return form
