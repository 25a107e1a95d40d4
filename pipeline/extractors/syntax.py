"""What hangs on what: the model's trees, asked the questions that the finders ask."""

from collections.abc import Iterator

from pipeline.text import Document, Token

SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
INHERITS = ("conj", "xcomp", "advcl", "parataxis", "dep")


class Tree:
    """The tokens of a document with their children, left to right."""

    def __init__(self, document: Document) -> None:
        """Built once for each finder; asking is cheap."""
        self.tokens = document.tokens
        self.children: list[list[int]] = [[] for _ in document.tokens]
        for index, token in enumerate(document.tokens):
            if token.head != index:
                self.children[token.head].append(index)

    def top(self, first: int, end: int) -> int:
        """The token of a stretch that the stretch hangs on: the first, not a mark, whose head is outside."""
        inside = range(first, end)
        tops = [i for i in inside if self.tokens[i].head not in inside or self.tokens[i].head == i]
        return next((i for i in tops if self.tokens[i].upos != "PUNCT"), tops[0] if tops else first)

    def child(self, index: int, *relations: str) -> int | None:
        """The first child with one of these relations."""
        return next((c for c in self.children[index] if self.tokens[c].deprel in relations), None)

    def below(self, index: int) -> Iterator[int]:
        """A token and all that hangs on it, in no order."""
        todo = [index]
        while todo:
            at = todo.pop()
            yield at
            todo += self.children[at]

    def stretch(self, index: int) -> tuple[int, int]:
        """The tokens `[first, end)` that a token and all below it span."""
        inside = list(self.below(index))
        return min(inside), max(inside) + 1

    def above(self, index: int) -> Iterator[int]:
        """The heads of a token, nearest first."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def is_passive(self, index: int) -> bool:
        """Whether a verb stands in the passive: `was asked`, or a lone participle before its subject, `Asked …`."""
        if self.child(index, "aux:pass", *PASSIVE_SUBJECTS) is not None:
            return True
        token = self.tokens[index]
        lone = token.deprel in {"acl", "advcl"} and token.xpos in {"VBN", "VBD"}
        return lone and self.child(index, "aux", "mark", *SUBJECTS) is None

    def subject(self, index: int) -> int | None:
        """Who does what a verb says; of `Lee said …, adding …` the subject of said for adding too."""
        for _ in range(6):
            own = self.child(index, *SUBJECTS)
            if own is not None or self.child(index, *PASSIVE_SUBJECTS) is not None:
                return own
            token = self.tokens[index]
            # "Reuters, citing two officials": who does it is the noun.
            if token.deprel == "acl" and token.xpos == "VBG" and self.tokens[token.head].upos in {"NOUN", "PROPN"}:
                return token.head
            if token.head == index or token.deprel not in INHERITS or self.tokens[token.head].upos not in VERBAL:
                return None
            index = token.head
        return None

    def token(self, index: int) -> Token:
        """The token at an index."""
        return self.tokens[index]


VERBAL = frozenset({"VERB", "AUX"})
