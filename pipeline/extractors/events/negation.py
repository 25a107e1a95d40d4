"""What did not happen: denied by its own words, or by the verb that it stands below."""

from pipeline.extractors.events.frames import words
from pipeline.extractors.events.tree import Tree

NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither"})
INSTEAD = frozenset({"without", "rather", "instead"})
NOBODY = frozenset({"none", "nobody", "nothing", "neither"})


def is_negated(tree: Tree, index: int) -> bool:
    """`did not sign`, `no talks`, `failed to reach`."""
    before = [each for each in tree.dependents(index, "case", "cc", "advmod") if each < index]
    if tree.tokens[index].upos == "NOUN" and any(tree.tokens[each].text.lower() in INSTEAD for each in before):
        return True
    if tree.tokens[index].xpos == "VBG" and "against" in tree.marks(index):
        return True  # `decided against declaring an emergency`
    sides = tree.dependents(index, "nsubj", "obj")
    near = [
        *tree.dependents(index, "advmod", "det", "cc"),
        *(d for side in sides for d in tree.dependents(side, "det")),
    ]
    if any(tree.tokens[each].text.lower() in NOT for each in near):
        return True
    if any(tree.tokens[each].text.lower() in NOBODY for each in sides):
        return True
    return _negated_above(tree, index)


def _negated_above(tree: Tree, index: int) -> bool:
    """`failed to reach`; `did not try to`, `will not make them retreat`; `did not admit it or name anybody`."""
    above, relation = tree.tokens[index].head, tree.relation(index)
    if above == index or tree.tokens[above].upos not in {"VERB", "AUX"}:
        return False
    if relation == "conj":
        joined = {tree.tokens[each].text.lower() for each in tree.dependents(index, "cc")}
        own = tree.dependents(index, "nsubj", "aux")
        return bool(joined & {"or", "nor"}) and not own and is_negated(tree, above)
    if relation != "xcomp" and not (relation == "ccomp" and is_bare(tree, index)):
        return False
    lemma = tree.tokens[above].lemma.lower()
    if lemma in words("ceasing"):
        return relation == "xcomp" and (lemma != "stop" or tree.tokens[index].xpos == "VBG")
    return lemma in words("trying") and is_negated(tree, above)


def is_ceased(tree: Tree, index: int) -> bool:
    """`stopped providing`: what somebody did until now, and does no more."""
    above = tree.tokens[index].head
    stops = tree.tokens[above].lemma.lower() in words("stopping") and tree.tokens[index].xpos == "VBG"
    return stops and tree.relation(index) == "xcomp" and not is_negated(tree, above)


def is_unmoved(tree: Tree, index: int) -> bool:
    """`will not force the army to retreat`: nothing comes of it."""
    above = tree.tokens[index].head
    below = tree.relation(index) == "xcomp" or (tree.relation(index) == "ccomp" and is_bare(tree, index))
    return below and tree.tokens[above].lemma.lower() in words("moving") and is_negated(tree, above)


def is_bare(tree: Tree, index: int) -> bool:
    """Without a tense of its own: `to be signed`, `resume`, `sending`."""
    if tree.dependents(index, "nsubj") and tree.relation(index) != "xcomp":
        return False
    tensed = any(tree.tokens[each].xpos in {"VBD", "VBZ", "VBP", "MD"} for each in tree.dependents(index, "aux"))
    return not tensed and tree.tokens[index].xpos in {"VB", "VBG", "VBN"}
