"""How sure a statement is, calibrated.

Right is a statement whose content overlaps one that people marked by 0.3 and whose source is the same. Of each kind
of statement, data/confidence.csv holds how many were right in half of the stories of PolNeAR dev, drawn to the share
of all by ten imagined ones; docs/scores.md says how well that holds in the other half.
"""

from functools import cache

from pipeline.extractors.drafts import Draft
from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.governed import cue_acts

PLAIN = frozenset({"accord", "according", "add", "say", "tell", "write"})


def features_of(draft: Draft, kind: str, lemma: str | None, *, named: bool) -> tuple[str, str, str]:
    """What the table tells apart: the kind, the cue, and how the speaker is known."""
    if draft.carried is not None:
        return kind, "none", "carried over"
    cue = "plain" if lemma in PLAIN else "listed" if lemma in cue_acts() else "other"
    how = "tree" if draft.from_tree else "label"
    return kind, cue, how if named else "nobody"


@cache
def _table() -> dict[tuple[str, ...], float]:
    return {(kind, cue, how): float(right) for kind, cue, how, right in lexicon("confidence")}


def confidence_of(draft: Draft, kind: str, lemma: str | None, *, named: bool) -> float:
    """How many of ten such statements are right, 0 to 1; `named` is whether a source is told."""
    table, key = _table(), features_of(draft, kind, lemma, named=named)
    return table.get(key, table["any", "any", "any"])
