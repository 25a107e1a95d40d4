"""A document's dependency tree, asked in the words of events: whose subject, which object, what governs."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.extractors.events.datelines import without_dateline
from pipeline.extractors.events.repairs import repaired
from pipeline.text import Document, Token

# What hangs on a noun and is no part of naming it.
BESIDE = frozenset({"acl", "acl:relcl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "dislocated", "case"})


@dataclass
class Tree:
    """The tokens of a document with their dependents."""

    document: Document
    sites: frozenset[int] = frozenset()
    """The tokens of places that are no countries, and so no actors."""
    persons: frozenset[int] = frozenset()
    """The tokens of names of people, and of pronouns for them."""
    tokens: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take the document's tokens, the dateline apart."""
        self.tokens = repaired(without_dateline(self.document.tokens))

    @cached_property
    def _dependents(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                found[token.head].append(index)
        return found

    def dependents(self, index: int, *relations: str) -> list[int]:
        """The dependents of a token, of these relations (subtypes too), or all."""
        below = self._dependents[index]
        if not relations:
            return below
        return [each for each in below if self.relation(each).partition(":")[0] in relations]

    def first(self, index: int, *relations: str) -> int | None:
        """The first dependent of these relations."""
        return next(iter(self.dependents(index, *relations)), None)

    def relation(self, index: int) -> str:
        """What a token is to its head."""
        return self._relations[index]

    @cached_property
    def _relations(self) -> list[str]:
        """The tree's relations; a verb has one subject, and a second one behind it is its object."""
        relations = [token.deprel for token in self.tokens]
        for verb, below in enumerate(self._dependents):
            subjects = [each for each in below if relations[each] == "nsubj"]
            for each in subjects[1:] if self.tokens[verb].upos == "VERB" else []:
                if subjects[0] < verb < each:
                    relations[each] = "obl" if self._is_brought(each) else "obj"
        for each, relation in enumerate(relations):
            if relation == "obj" and self._is_brought(each):  # `walked off the job`
                relations[each] = "obl"
        return relations

    def _is_brought(self, index: int) -> bool:
        """Whether a preposition brings a noun."""
        return any(self.tokens[each].deprel == "case" and each < index for each in self._dependents[index])

    def above(self, index: int) -> Iterator[int]:
        """The heads of a token, from its own to the root."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def between(self, start_char: int, end_char: int) -> range:
        """The tokens that begin inside a span."""
        first = bisect_left(self.tokens, start_char, key=lambda token: token.start_char)
        return range(first, bisect_left(self.tokens, end_char, key=lambda token: token.start_char))

    def case(self, index: int) -> str:
        """The preposition of a noun, as `against`; the tree may tie it to the last of several (`with A and B`)."""
        own = self.dependents(index, "case")
        last = self.dependents(index, "conj", "flat")
        shared = own or [case for each in last for case in self.dependents(each, "case") if case < index]
        return " ".join(self.tokens[each].text.lower() for each in shared)

    def is_passive(self, index: int) -> bool:
        """Whether a verb's subject is what it is done to."""
        if any(self.relation(each) in {"nsubj:pass", "aux:pass"} for each in self.dependents(index)):
            return True
        relation, token = self.relation(index), self.tokens[index]
        alone = relation == "advcl" and token.xpos in {"VBN", "VBD"} and index < token.head  # `Asked …, she said`
        alone = alone and not self.dependents(index, "aux", "mark", "nsubj", "obj")
        if relation == "conj" and token.xpos in {"VBN", "VBD"} and not self.dependents(index, "aux", "nsubj", "obj"):
            return self.is_passive(token.head)  # `was tortured and killed`
        below = relation in {"xcomp", "ccomp", "advcl"} and token.xpos == "VBN" and token.head < index
        if below and not self.dependents(index, "aux", "mark", "nsubj", "obj"):  # `was reported killed`
            return True
        return alone or (relation == "acl" and token.xpos == "VBN")

    def obliques(self, index: int, *prepositions: str) -> list[int]:
        """The nouns that a preposition ties to a verb or noun."""
        return [each for each in self.dependents(index, "obl", "nmod") if self.case(each) in prepositions]

    def phrase(self, index: int) -> tuple[int, int]:
        """Where the noun phrase of a token starts and ends in the text, without what only stands beside it."""
        first = last = index
        todo = [each for each in self.dependents(index) if self.relation(each) not in BESIDE]
        while todo:
            each = todo.pop()
            first, last = min(first, each), max(last, each)
            inner = (more for more in self.dependents(each) if self.relation(more) not in BESIDE - {"case"})
            todo.extend(inner)
        return self.tokens[first].start_char, self.tokens[last].end_char

    def with_others(self, index: int) -> list[int]:
        """A noun and those that `and` joins to it, one to the next too."""
        joined = [each for each in self.dependents(index, "conj") if not self._is_title(each)]
        return [index, *(other for each in joined for other in self.with_others(each))]

    def _is_title(self, index: int) -> bool:
        """`and North Korean leader Kim`: the noun right before a name that is joined as it is."""
        after = index + 1
        if after >= len(self.tokens) or self.tokens[index].upos != "NOUN" or self.tokens[after].upos != "PROPN":
            return False
        return self.tokens[after].head == self.tokens[index].head and self.relation(after) in {"conj", "appos"}
