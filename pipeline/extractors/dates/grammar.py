"""The grammar's rules, data/rules.txt compiled to patterns over the lexer's letters.

    day.month-day  =  $edge? MONTH:m DOT? $day:d (COMMA? YEAR:y)?  ->  month_day
    name              pattern                                         meaning

In a pattern UPPER CASE is a category of the lexicon, lower case a word, $name a fragment defined above
with `:=`, and `:x` after a category or fragment puts what it takes into slot x. Braces mark the
expression where the pattern also asks for what stands around it. The rest is as in regular expressions.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.needs import Needs, needs
from pipeline.extractors.dates.words import Lexicon, entries

ITEM = re.compile(
    r"(?P<space>\s+)|(?P<fragment>\$[a-z]+(?:-[a-z]+)*)(?::(?P<fslot>\w+))?"
    r"|(?P<category>[A-Z]+)(?::(?P<cslot>\w+))?|(?P<word>[a-z]+)(?::(?P<wslot>\w+))?"
    r"|(?P<brace>[{}])|(?P<operator>\(\?<?[!=]|[(|?*+]|\)(?::(?P<gslot>\w+))?)"
)
NOTHING = "[^\\s\\S]"
TRAILING = frozenset({"COMMA", "DOT", "HYPHEN", "OPEN"})
"""Marks that a pattern may take at its end and an expression does not."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, and the name of the function that says what it means."""

    name: str
    pattern: re.Pattern[str]
    meaning: str
    order: int
    needs: Needs

    def may_match(self, held: set[str]) -> bool:
        """Whether a text that holds these letters can match at all."""
        return not any(need.isdisjoint(held) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: the tokens `[first, end)` are the expression, slots are ranges of tokens."""

    rule: Rule
    lexed: Lexed
    first: int
    end: int
    slots: dict[str, tuple[int, int]]
    seen: int
    """How many tokens the pattern looked at, those around the expression included."""

    def __contains__(self, slot: str) -> bool:
        """Whether a slot took something."""
        return slot in self.slots

    def value(self, slot: str, category: str) -> str:
        """What the lexicon says of the slot's first token as a category; empty where the slot is."""
        if slot not in self.slots:
            return ""
        return self.lexed.lexemes[self.slots[slot][0]].values.get(category, "")

    def text(self, slot: str) -> str:
        """The slot's text in lower case, white space squeezed; empty where the slot is."""
        if slot not in self.slots:
            return ""
        first, end = self.slots[slot]
        return " ".join(self.lexed.text[self.lexed.starts[first] : self.lexed.ends[end - 1]].lower().split())

    @property
    def all_words(self) -> list[str]:
        """The expression's tokens in lower case."""
        return [self.lexed.word(index) for index in range(self.first, self.end)]

    @property
    def before(self) -> str:
        """The token before the expression, in lower case."""
        return self.lexed.word(self.first - 1)

    @property
    def after(self) -> str:
        """The token after the expression, in lower case."""
        return self.lexed.word(self.end)

    def words(self, slot: str) -> list[str]:
        """The slot's tokens in lower case."""
        return [self.lexed.word(index) for index in range(*self.slots.get(slot, (0, 0)))]


class Grammar:
    """The rules over a lexicon that knows every word they name."""

    def __init__(self, name: str = "rules.txt") -> None:
        """`name` is the data file with the rules."""
        lines = [" ".join((entry + " " + rest).split()) for entry, rest in _lines(name)]
        self.lexicon = Lexicon(frozenset(word for line in lines for word in _literals(line)))
        self.fragments: dict[str, str] = {}
        self.rules = [rule for order, line in enumerate(lines) if (rule := self._read(line, order))]

    def matches(self, lexed: Lexed) -> list[Match]:
        """All matches of all rules, by start: the longest first, then what looked farther, then in the rules' order."""
        held = set(lexed.letters)
        found = [match for rule in self.rules if rule.may_match(held) for match in _find(rule, lexed)]
        return sorted(found, key=lambda match: (match.first, -match.end, -match.seen, match.rule.order))

    def _read(self, line: str, order: int) -> Rule | None:
        name, kind, rest = line.split(" ", 2)
        if kind == ":=":
            self.fragments["$" + name] = self._compile(rest)
            return None
        pattern, _, meaning = rest.rpartition(" -> ")
        compiled = self._compile(pattern)
        return Rule(name, re.compile(_number_slots(compiled)), meaning, order, needs(compiled))

    def _compile(self, pattern: str) -> str:
        out: list[str] = []
        opened: list[int] = []
        position = 0
        while position < len(pattern):
            item = ITEM.match(pattern, position)
            if not item:
                raise ValueError(f"{pattern!r} cannot be read at {pattern[position:]!r}")
            position = item.end()
            if (item["operator"] or "").startswith("("):
                opened.append(len(out))
            out.append(self._item(item))
            if (item["operator"] or "").startswith(")"):
                place = opened.pop()
                out[place] = f"(?P<{item['gslot']}>" if item["gslot"] else out[place]
        return "".join(out)

    def _item(self, item: re.Match[str]) -> str:
        if item["space"]:
            return ""
        if item["brace"]:
            return "(?P<span>" if item["brace"] == "{" else ")"
        if item["operator"]:
            return {"(": "(?:"}.get(item["operator"], item["operator"].partition(":")[0])
        slot = item["fslot"] or item["cslot"] or item["wslot"]
        body = self.fragments[item["fragment"]] if item["fragment"] else self._letters(item["category"] or item["word"])
        return f"(?P<{slot}>{body})" if slot else f"(?:{body})" if item["fragment"] else body

    def _letters(self, category: str) -> str:
        if category not in {"WORD", "NAME"} and category.isupper():
            self.lexicon.shape(category)
        letters = self.lexicon.alphabet.letters_of(category)
        return f"[{letters}]" if letters else NOTHING


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """A rule may go on over several lines, those after the first indented."""
    whole: list[str] = []
    for entry, rest in entries(name):
        line = entry + rest
        if line[0].isspace() and whole:
            whole[-1] += " " + line
        else:
            whole.append(line)
    for line in whole:
        yield line, ""


def _literals(line: str) -> Iterator[str]:
    pattern = line.split(" ", 2)[2].rpartition(" -> ")[0] or line.split(" ", 2)[2]
    for item in ITEM.finditer(pattern):
        if item["word"]:
            yield item["word"]


def _number_slots(pattern: str) -> str:
    """The same slot in several branches: groups need names of their own, told apart by a number."""
    count = itertools.count()
    return re.sub(r"\(\?P<(\w+)>", lambda group: f"(?P<{group[1]}__{next(count)}>", pattern)


def _find(rule: Rule, lexed: Lexed) -> Iterator[Match]:
    for found in rule.pattern.finditer(lexed.letters):
        slots = {name.partition("__")[0]: found.span(name) for name, taken in found.groupdict().items() if taken}
        first, end = slots.pop("span", found.span())
        while end > first and TRAILING & lexed.lexemes[end - 1].values.keys():
            end -= 1
        if first < end:
            yield Match(rule, lexed, first, end, slots, found.end() - found.start())
