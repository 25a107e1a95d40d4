"""Several named together, as one group: `Moon and Kim`, `the two countries`.

A group's id names its members, `group:KOR+PRK` and `group:kim-jong-un+moon-jae-in`, so that they can be read from it.
"""

from collections.abc import Collection, Iterator, Sequence

from pipeline.extractors.entities.candidates import Candidate, text_of
from pipeline.extractors.syntax import Tree
from pipeline.text import Document

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
BOTH = frozenset(
    {"country", "nation", "side", "neighbour", "neighbor", "government", "state", "leader", "man", "woman"}
)


def find_pairs(document: Document, tree: Tree, named: Sequence[Candidate], sources: Collection[int]) -> list[Candidate]:
    """Groups of names that act or speak together, and later words for two of them; `sources` are tokens of sources."""
    by_head = {each.head: each for each in named if each.mention_type in {"NAM", "MET"} and each.entity_id}
    found = list(_joined(document, tree, by_head, sources))
    return found + list(_both(document, tree, named, found))


def _joined(
    document: Document, tree: Tree, by_head: dict[int, Candidate], sources: Collection[int]
) -> Iterator[Candidate]:
    for head, each in by_head.items():
        others = [by_head[child] for child in tree.children[head]
                  if tree.token(child).deprel == "conj" and child in by_head]  # fmt: skip
        members = [each, *others]
        ids = {member.entity_id for member in members}
        acts = head in sources or tree.token(head).deprel in SUBJECTS
        if others and len(ids) > 1 and acts and _alike(members):
            first, end = min(m.first for m in members), max(m.end for m in members)
            yield Candidate(first, end, head, text_of(document, first, end), "group", "NAM",
                            entity_id=group_id(ids), quoted=each.quoted)  # fmt: skip


def _alike(members: Sequence[Candidate]) -> bool:
    kinds = {member.kind for member in members}
    return len(kinds) == 1 and kinds <= {"person", "place", "organization"}


def group_id(ids: set[str | None]) -> str:
    """A group by its members, in order of their names."""
    return f"group:{'+'.join(sorted((one or '').split(':', 1)[-1] for one in ids))}"


def _both(
    document: Document, tree: Tree, named: Sequence[Candidate], groups: Sequence[Candidate]
) -> Iterator[Candidate]:
    """`the two countries`, `both leaders`: the last group of such members before them."""
    for index, token in enumerate(document.tokens):
        count = tree.child(index, "nummod", "det", "det:predet")
        if token.lemma not in BOTH or token.xpos != "NNS" or count is None or count > index:
            continue
        words = {document.tokens[child].text.lower() for child in tree.children[index] if child < index}
        if not words & {"two", "both"} or any(each.first <= index < each.end and each.entity_id and not
                                              each.entity_id.startswith("unnamed:") for each in named):  # fmt: skip
            continue
        meant = _last_two(token.lemma, index, named, groups)
        if meant:
            first = min(child for child in tree.children[index] if child < index)
            yield Candidate(first, index + 1, index, text_of(document, first, index + 1), "group", "NOM",
                            entity_id=meant)  # fmt: skip


def _last_two(noun: str, index: int, named: Sequence[Candidate], groups: Sequence[Candidate]) -> str | None:
    kind = "person" if noun in {"leader", "man", "woman"} else "place"
    joined = [each for each in groups if each.first < index]
    if (
        kind == "place"
        and joined
        and all(part.isupper() for part in (joined[-1].entity_id or ":").split(":")[1].split("+"))
    ):
        return joined[-1].entity_id
    near = [each for each in named if each.first < index and index - each.first < 80 and each.kind in {kind, "group"}]
    prefix = "person:" if kind == "person" else "country:"
    ids = {each.entity_id for each in near if (each.entity_id or "").startswith(prefix)}
    return group_id(ids) if len(ids) == 2 else None
