"""Who speaks: the mention that a draft's source stands for."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.extractors.drafts import Draft
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch
from pipeline.tables import Mention
from pipeline.text import Document

Basis = Literal["explicit", "coreference", "carried over", "none"]
HYPHENS = frozenset({"-", "‐", "‑"})
BESIDE = frozenset({"appos", "flat", "nmod:desc"})
NOUNS = frozenset({"NOUN", "PROPN"})
RELATIVES = frozenset({"that", "which", "who", "whom"})


class Speaker(NamedTuple):
    """Where a speaker is named, who that is, and how it is known."""

    source: Stretch | None
    entity_id: str | None
    basis: Basis


class Speakers:
    """The mentions of a document, asked who stands in a stretch of it."""

    def __init__(self, document: Document, tree: Tree, mentions: Sequence[Mention]) -> None:
        """`mentions` are those of this document."""
        self.document, self.tree = document, tree
        self.starts = [token.start_char for token in document.tokens]
        self.by_head: dict[int, list[Mention]] = {}
        for mention in mentions:
            first, end = self._tokens(mention)
            self.by_head.setdefault(tree.top(first, end), []).append(mention)

    def _tokens(self, mention: Mention) -> tuple[int, int]:
        first = bisect_left(self.starts, mention.start_char)
        return first, max(first + 1, bisect_left(self.starts, mention.end_char))

    def of(self, draft: Draft) -> Speaker:
        """The speaker of a draft; of one without cue, the speaker of the draft before that goes on."""
        if draft.carried is not None:
            before = self.of(draft.carried)
            return Speaker(None, before.entity_id, "carried over" if before.entity_id else "none")
        if draft.source is None:
            return Speaker(None, None, "none")
        mention = self.mention_in(draft.source)
        if mention is None:
            return Speaker(draft.source, None, "explicit")
        basis: Basis = "coreference" if mention.mention_type in {"PRO", "NOM"} and mention.entity_id else "explicit"
        if (mention.entity_id or "").startswith("unnamed:"):
            basis = "explicit"
        return Speaker(draft.source, mention.entity_id, basis)

    def mention_in(self, stretch: Stretch) -> Mention | None:
        """The mention that a stretch as a whole names: that of its head, or of a name set beside it.

        Of several joined by `and` that are no group together nobody is told: one of them would be wrong.
        """
        top = self._antecedent(self.tree.top(*stretch), stretch)
        found = self._widest(top, stretch)
        if found is not None and found.kind != "group" and (self._joined(top, stretch) or self._owns(found, stretch)):
            return None
        if found is not None and found.entity_id:
            return found
        for child in self.tree.children[top]:
            beside = self.tree.token(child).deprel in BESIDE
            if beside and stretch.holds(child) and (named := self._widest(child, stretch)):
                return named
        return found or self._last_name(stretch)

    def _antecedent(self, top: int, stretch: Stretch) -> int:
        """Whom a lone `who` or `which` means: the noun that its clause hangs on."""
        if stretch.end - stretch.first > 1 or self.tree.token(top).text.lower() not in RELATIVES:
            return top
        for above in self.tree.above(top):
            if self.tree.token(above).deprel == "acl:relcl":
                return self._named_by(self.tree.token(above).head)
        return top

    def _named_by(self, index: int) -> int:
        """The head of the name that a token is part of."""
        while index not in self.by_head and self.tree.token(index).deprel in {"flat", "compound"}:
            index = self.tree.token(index).head
        return index

    def _joined(self, top: int, stretch: Stretch) -> bool:
        return any(
            self.tree.token(child).deprel == "conj" and stretch.holds(child) and self.tree.token(child).upos in NOUNS
            for child in self.tree.children[top]
        )

    def _owns(self, mention: Mention, stretch: Stretch) -> bool:
        """Whether a mention only owns what a stretch names: `the president's office`."""
        behind = self.document.tokens_between(mention.end_char, self.document.tokens[stretch.end - 1].end_char)
        return len(behind) > 1 and behind[0].xpos == "POS"

    def _prefixes(self, mention: Mention) -> bool:
        """Whether a name only tells of what stands behind it: `Guadalajara-based`."""
        text = self.document.story.text
        return text[mention.end_char : mention.end_char + 1] in HYPHENS

    def _last_name(self, stretch: Stretch) -> Mention | None:
        """The person at the end of a stretch that is but a title and a name."""
        tokens = self.document.tokens[stretch.first : stretch.end]
        if any(token.upos in {"ADP", "VERB", "CCONJ", "PART"} for token in tokens):
            return None
        people = [mention for head, of in self.by_head.items() if stretch.holds(head) for mention in of
                  if mention.kind == "person" and mention.mention_type == "NAM"]  # fmt: skip
        ends = tokens[-1].end_char if tokens[-1].upos != "PUNCT" else tokens[-1].start_char
        return next((mention for mention in people if mention.end_char == ends and len(people) == 1), None)

    def _widest(self, head: int, stretch: Stretch) -> Mention | None:
        """The longest mention with this head that stands in the stretch: `Moon and Kim` before `Moon`."""
        start, end = self.document.tokens[stretch.first].start_char, self.document.tokens[stretch.end - 1].end_char
        outside = not stretch.holds(head)
        fits = [mention for mention in self.by_head.get(head, [])
                if (outside or (start <= mention.start_char and mention.end_char <= end))
                and not self._prefixes(mention)]  # fmt: skip
        return max(fits, key=lambda mention: mention.end_char - mention.start_char, default=None)
