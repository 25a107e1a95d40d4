"""To whom something was said, and contents without them.

    accused [the South] of sending drones      told [reporters] that …      demanded an apology from [Seoul]
    said to [Lee] …                            [Lee] was asked about …
    rebuffed [his] overtures                   offered to resume talks with [the North]

Where an addressee stands is told by the cue: data/cues.csv.
"""

from collections.abc import Callable
from functools import cache

from pipeline.extractors.gazetteer import lexicon
from pipeline.extractors.syntax import Tree
from pipeline.extractors.ties import Stretch

GOES_ON = frozenset({"about", "for", "how", "if", "not", "of", "on", "over", "that", "to", "what", "when", "where",
                     "whether", "who", "why"})  # fmt: skip
"""Words that a content begins with after its addressee."""


@cache
def cue_places() -> dict[str, list[str]]:
    """Lemmas of cues whose addressee is their `object` or its `owner`, or stands behind `to`, `from` or `with`."""
    return {lemma: places.split() for lemma, _, places in lexicon("cues") if places}


def addressee_of(tree: Tree, cue: Stretch, contents: list[Stretch]) -> Stretch | None:
    """The tokens that name whom a cue speaks to."""
    verb = tree.top(*cue)
    for place in cue_places().get(tree.token(verb).lemma, ()):
        found = PLACES[place](tree, verb, contents) if place in PLACES else _behind(tree, verb, place, contents)
        if found is not None:
            return _phrase(tree, found)
    return None


def asked_of(tree: Tree, verb: int) -> bool:
    """Whether a passive cue's subject is spoken to: `was asked`, and not `was quoted as saying`."""
    return "object" in cue_places().get(tree.token(verb).lemma, ()) and tree.is_passive(verb)


def without_addressee(tree: Tree, content: Stretch, addressee: Stretch | None) -> Stretch:
    """A content whose first or last words only say to whom."""
    if addressee is None:
        return content
    after = addressee.end
    if content.first == addressee.first and after < content.end and tree.token(after).text.lower() in GOES_ON:
        return Stretch(after, content.end)
    before = addressee.first - 1
    if content.end == addressee.end and before > content.first and tree.token(before).text.lower() == "from":
        return Stretch(content.first, addressee.first - 1)
    return content


def _object(tree: Tree, verb: int, contents: list[Stretch]) -> int | None:
    if tree.is_passive(verb):
        return passive_addressee(tree, verb)
    found = tree.child(verb, "iobj")
    found = found if found is not None else tree.child(verb, "obj")
    # `demanded an answer`: what is asked for is the content, and no addressee.
    return None if found is None or any(_is_whole(tree, each, found) for each in contents) else found


def _is_whole(tree: Tree, content: Stretch, found: int) -> bool:
    return content.holds(found) and content.end <= tree.stretch(found)[1]


def _owner(tree: Tree, verb: int, contents: list[Stretch]) -> int | None:
    """`rebuffed his overtures`: whose they are."""
    found = tree.child(verb, "obj")
    return None if found is None or not contents else tree.child(found, "nmod:poss")


def _with(tree: Tree, verb: int, contents: list[Stretch]) -> int | None:
    """`offered to resume talks with the North`: the first that the content does something with."""
    for content in contents:
        for index in range(content.first, content.end):
            mark = tree.child(index, "case")
            if mark is not None and tree.token(mark).lemma == "with" and index > verb:
                return index
    return None


def passive_addressee(tree: Tree, verb: int) -> int | None:
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


PLACES: dict[str, Callable[[Tree, int, list[Stretch]], int | None]] = {
    "object": _object,
    "owner": _owner,
    "with": _with,
}
