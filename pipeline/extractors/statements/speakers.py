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
BESIDE = frozenset({"appos", "flat", "compound", "nmod:desc", "nmod:poss"})


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
        """The mention that a stretch as a whole names: that of its head, or of a name set beside it."""
        top = self.tree.top(*stretch)
        token = self.tree.token(top)
        found = self._widest(top, stretch)
        if found is not None and (found.mention_type == "NAM" or found.entity_id):
            return found
        for child in self.tree.children[top]:
            beside = self.tree.token(child).deprel in {"appos", "flat", "nmod:desc"}
            if beside and stretch.holds(child) and (named := self._widest(child, stretch)):
                return named
        if token.upos in {"NOUN", "PROPN", "PRON"} or found is not None:
            return found
        inside = [mention for head, of in self.by_head.items() if stretch.holds(head) for mention in of]
        return inside[0] if len(inside) == 1 else None

    def _widest(self, head: int, stretch: Stretch) -> Mention | None:
        """The longest mention with this head that stands in the stretch: `Moon and Kim` before `Moon`."""
        start, end = self.document.tokens[stretch.first].start_char, self.document.tokens[stretch.end - 1].end_char
        fits = [mention for mention in self.by_head.get(head, [])
                if start <= mention.start_char and mention.end_char <= end]  # fmt: skip
        return max(fits, key=lambda mention: mention.end_char - mention.start_char, default=None)
