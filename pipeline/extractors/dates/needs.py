"""What a text must hold for a rule to match it at all, read off the rule's compiled pattern.

    (?:[ab])?[cd](?:[e]|[f])   ->   one of c d, and one of e f

Most rules need a word that most stories do not hold (`century`, `fiscal`), so that a look at the letters
of a story leaves a quarter of them to be scanned. Knows only what grammar.py writes.
"""

import re

Needs = list[frozenset[str]]
"""Sets of letters; a match holds one of each."""

PART = re.compile(r"\(\?(?:P<\w+>|:|<?[!=])|\)|\||[?*+]|\[\^\\s\\S\]|\[[^\]]*\]")
NEVER = "[^\\s\\S]"


def needs(pattern: str) -> Needs:
    """The needs of a pattern made of letter sets, groups, alternatives and repetitions."""
    groups: list[tuple[str, list[Needs]]] = [("", [[]])]
    last = 0
    for part in PART.findall(pattern):
        branch = groups[-1][1][-1]
        if part[0] == "(":
            groups.append((part, [[]]))
        elif part == ")":
            opener, branches = groups.pop()
            branch = groups[-1][1][-1]
            last = len(branch)
            branch += [] if opener.endswith("!") else _of_all(branches)
        elif part == "|":
            groups[-1][1].append([])
        elif part in "?*":
            del branch[last:]  # the part before it may be left out
        elif part != "+":
            last = len(branch)
            branch.append(frozenset() if part == NEVER else frozenset(part[1:-1]))
    return _of_all(groups[0][1])


def _of_all(branches: list[Needs]) -> Needs:
    """The needs of alternatives: each has its own, and all together need one of the smallest of each."""
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return []
    return [frozenset[str]().union(*(min(branch, key=len) for branch in branches))]
