"""To whom something was said, and contents without them.

    accused [the South] of sending drones      told [reporters] that …      demanded an apology from [Seoul]
    said to [Lee] …                            [Lee] was asked about …

Where an addressee stands is told by the cue: data/cues.csv.
"""

from functools import cache

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch

GOES_ON = frozenset({"about", "for", "how", "if", "not", "of", "on", "over", "that", "to", "what", "when", "where",
                     "whether", "who", "why"})  # fmt: skip
"""Words that a content begins with after its addressee."""


@cache
def cue_places() -> dict[str, str]:
    """Lemmas of cues whose addressee is their `object`, or stands behind `to` or `from`."""
    return {lemma: place for lemma, _, place in lexicon("cues") if place}


def addressee_of(tree: Tree, cue: Stretch, contents: list[Stretch]) -> Stretch | None:
    """The tokens that name whom a cue speaks to."""
    verb = tree.top(*cue)
    place = cue_places().get(tree.token(verb).lemma)
    if place is None:
        return None
    found = _object(tree, verb) if place == "object" else _behind(tree, verb, place, contents)
    return None if found is None else _phrase(tree, found)


def without_addressee(tree: Tree, content: Stretch, addressee: Stretch | None) -> Stretch:
    """A content whose first or last words only say to whom."""
    if addressee is None:
        return content
    after = addressee.end
    if content.first == addressee.first and after < content.end and tree.token(after).text.lower() in GOES_ON:
        return Stretch(after, content.end)
    if content.end == addressee.end and addressee.first - 1 > content.first:
        return Stretch(content.first, addressee.first - 1)
    return content


def _object(tree: Tree, verb: int) -> int | None:
    if tree.is_passive(verb):
        return _passive_addressee(tree, verb)
    found = tree.child(verb, "iobj")
    return found if found is not None else tree.child(verb, "obj")


def _passive_addressee(tree: Tree, verb: int) -> int | None:
    """`Lee was asked`, and `Asked about …, Lee replied`: the subject of what it hangs on."""
    own = tree.child(verb, "nsubj:pass")
    if own is None and tree.token(verb).deprel in {"advcl", "acl", "parataxis"}:
        return tree.subject(tree.token(verb).head)
    return own


def _behind(tree: Tree, verb: int, word: str, contents: list[Stretch]) -> int | None:
    """What stands behind `to` or `from`, on the verb or at the end of its object (`an apology from Seoul`)."""
    holders = [verb, *(child for child in tree.children[verb] if tree.token(child).deprel == "obj")]
    for holder in holders:
        for child in tree.children[holder]:
            mark = tree.child(child, "case")
            inside = any(each.holds(child) for each in contents) and word != "from"
            if mark is not None and tree.token(mark).lemma == word and child > verb and not inside:
                return child
    return None


def _phrase(tree: Tree, head: int) -> Stretch:
    first, end = head, head + 1
    for child in tree.children[head]:
        relation = tree.token(child).deprel
        if child < head and relation not in {"case", "punct", "cc", "mark"}:
            first = min(first, tree.stretch(child)[0])
        elif child > head and relation in {"flat", "compound", "goeswith"}:
            end = max(end, tree.stretch(child)[1])
    return Stretch(first, end)
