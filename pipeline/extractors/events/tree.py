"""A document's dependency tree, asked in the words of events: whose subject, which object, what governs."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.extractors.events.datelines import dateline_spans, without_dateline
from pipeline.extractors.events.frames import words
from pipeline.extractors.events.repairs import repaired
from pipeline.text import Document, Token

# What hangs on a noun and is no part of naming it.
BESIDE = frozenset({"acl", "acl:relcl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "dislocated", "case"}) | {
    *("nsubj", "nsubj:pass", "cop", "aux", "aux:pass", "mark", "expl", "discourse", "vocative"),
}


@dataclass
class Tree:
    """The tokens of a document with their dependents."""

    document: Document
    sites: frozenset[int] = frozenset()
    """The tokens of places that are no countries, and so no actors."""
    persons: frozenset[int] = frozenset()
    """The tokens of names of people, and of pronouns for them."""
    fields: dict[str, bool] = field(default_factory=dict)
    """Whether the story is of a field of words (`domain.py`), as far as that was asked."""
    tokens: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take the document's tokens, the dateline apart."""
        self.tokens = repaired(without_dateline(self.document.tokens))

    @cached_property
    def dateline(self) -> frozenset[int]:
        """The tokens of datelines, where nobody acts."""
        spans = dateline_spans(self.document.story.text)
        return frozenset(index for span in spans for index in self.between(*span))

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
        """The tree's relations, where they contradict each other put right."""
        relations = [token.deprel for token in self.tokens]
        for verb, below in enumerate(self._dependents):
            if self.tokens[verb].upos == "VERB":
                self._part_subjects(verb, below, relations)
                if self.tokens[verb].xpos in {"VBD", "VBN"} and self.tokens[verb].lemma.lower() in words("transitive"):
                    self._give_object(verb, below, relations)
        for each, relation in enumerate(relations):
            if relation == "obj" and self._is_brought(each):  # `walked off the job`
                relations[each] = "obl"
        return relations

    def _is_brought(self, index: int) -> bool:
        """Whether a preposition brings a noun."""
        return any(self.tokens[each].deprel == "case" and each < index for each in self._dependents[index])

    def _part_subjects(self, verb: int, below: list[int], relations: list[str]) -> None:
        """A verb has one subject, and a second one behind it is its object."""
        subjects = [each for each in below if relations[each] == "nsubj"]
        for each in subjects[1:]:
            if subjects[0] < verb < each:
                relations[each] = "obl" if self._is_brought(each) else "obj"

    def _give_object(self, verb: int, below: list[int], relations: list[str]) -> None:
        """`Minister jailed for nine years`: a verb that always has an object is done to its subject where it has none.

        `A court sentenced him` is active whatever the tree says.
        """
        beside = {relations[each] for each in below}
        subjects = [each for each in below if relations[each].startswith("nsubj") and each < verb]
        if (
            not subjects
            or self.tokens[verb].deprel == "acl:relcl"
            or beside & {"ccomp", "xcomp", "aux", "aux:pass", "iobj"}
        ):
            return
        bare = [each for each in below if each > verb and self._is_bare(each, relations)]
        for each in bare[:1] if "obj" not in beside else []:
            relations[each] = "obj"
        done = "obj" in beside or bool(bare)
        for each in subjects:
            relations[each] = "nsubj" if done else "nsubj:pass"

    def _is_bare(self, index: int, relations: list[str]) -> bool:
        """`killed at least six people`: an oblique that no preposition brings is the object."""
        return relations[index] == "obl" and self.tokens[index].upos == "NOUN" and not self._is_brought(index)

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
        """The preposition of a noun, as `against`, `in spite of`; the tree may tie it to the last of `with A and B`."""
        own = self.dependents(index, "case")
        last = self.dependents(index, "conj", "flat")
        shared = own or [case for each in last for case in self.dependents(each, "case") if case < index]
        cases = [more for each in shared for more in (each, *self.dependents(each, "fixed"))]
        return " ".join(self.tokens[each].text.lower() for each in cases)

    def marks(self, index: int) -> set[str]:
        """The words that open a clause: `to`, `that`, `if`."""
        return {self.tokens[each].text.lower() for each in self.dependents(index, "mark")}

    def owners(self, index: int) -> list[int]:
        """Whose a noun is: `Trump's decision`, `its territory`."""
        return [each for each in self.dependents(index) if self.relation(each) == "nmod:poss"]

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
        return alone or (relation == "acl" and token.xpos in {"VBN", "VBD"})

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
        joined = self.dependents(index, "conj", "appos")
        joined = [each for each in joined if not self._is_title(each) and self._is_joined(index, each)]
        return [index, *(other for each in joined for other in self.with_others(each))]

    def _is_joined(self, index: int, other: int) -> bool:
        """By `and`, or as headlines do: in `US, Britain impose` the comma is one."""
        if self.relation(other) == "conj":
            return True
        names = self.tokens[index].upos == self.tokens[other].upos == "PROPN" and not self.dependents(other)[1:]
        return names and other == index + 2 and self.tokens[index].head == other + 1 and self.relation(index) == "nsubj"

    def _is_title(self, index: int) -> bool:
        """`and North Korean leader Kim`: the noun right before a name that is joined as it is."""
        after = index + 1
        if after >= len(self.tokens) or self.tokens[index].upos != "NOUN" or self.tokens[after].upos != "PROPN":
            return False
        return self.tokens[after].head == self.tokens[index].head and self.relation(after) in {"conj", "appos"}
