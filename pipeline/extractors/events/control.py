"""Whose deed a verb is: its own subject, else that of the verb above it, its object, or the noun it tells of."""

from collections.abc import Sequence

from pipeline.extractors.events.frames import noun_frames, sectors, words
from pipeline.extractors.events.tree import Tree

COMPLEMENTS = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
PERSONAL = frozenset("he she they it we i".split())
TELLING_OF_THEMSELVES = PERSONAL - {"we"}


def subject_of(tree: Tree, index: int) -> Sequence[int]:
    """The heads of a verb's subject: its own, else the one that it shares.

    `accused the South of sending drones`: the South's. `vowed to help`: whose the vow is. `efforts to help`:
    who makes them. `the drones that hit`: the drones'.
    """
    own = _plain(tree, index) or _helped(tree, index)
    if own:
        return own
    relation = tree.relation(index).partition(":")[0]
    above = tree.tokens[index].head
    if relation == "acl" and tree.tokens[above].upos in NOUNS:
        return _of_noun(tree, index, above)
    if relation not in COMPLEMENTS or above == index:
        return []
    return _controllers(tree, index, above) or subject_of(tree, above)


def _controllers(tree: Tree, index: int, above: int) -> Sequence[int]:
    """Whom the verb above does something to so that they do what this one tells, or for what it tells of them."""
    relation, lemma = tree.relation(index).partition(":")[0], tree.tokens[above].lemma.lower()
    if relation == "conj":
        return []
    called = _people(tree, tree.obliques(above, "on", "upon", "to")) if lemma in words("calling") else []
    if relation == "advcl" and not tree.dependents(index, "mark"):  # `stopped work, staging a sit-in`
        return []
    reason = "for" in tree.marks(index)
    blamed = relation == "advcl" and reason and tree.tokens[index].xpos == "VBG"  # `criticized Ukraine for holding …`
    if called or lemma in words("control") or blamed:
        return called or _objects(tree, above)
    return tree.dependents(above, "obj") if relation == "xcomp" and not _subject_keeps(tree, above) else []


def _plain(tree: Tree, index: int) -> list[int]:
    """A verb's own subject; of a relative clause the noun that its pronoun stands for."""
    subjects = tree.dependents(index, "nsubj")
    nouns = [each for each in subjects if tree.tokens[each].xpos not in {"WDT", "WP"}]
    if tree.relation(index) == "acl:relcl" and nouns:
        return nouns  # `food that aid workers had given them`
    if tree.relation(index) == "acl:relcl" and all(tree.tokens[each].xpos in {"WDT", "WP"} for each in subjects):
        return [_antecedent(tree, subjects[0], tree.tokens[index].head)] if subjects else []
    return subjects


def _antecedent(tree: Tree, pronoun: int, head: int) -> int:
    """`trouble with Iran, which condemned …`: the name right before the pronoun, where the noun above is nobody's."""
    before = pronoun - 1
    while before > head and (tree.tokens[before].upos == "PUNCT" or tree.relation(before) == "case"):
        before -= 1
    while tree.relation(before) == "flat" and tree.tokens[before].head > head:
        before = tree.tokens[before].head
    lemma = tree.tokens[head].lemma.lower()
    nobody = tree.tokens[head].upos == "NOUN" and lemma not in sectors() and not noun_frames(tree.tokens[head])
    nobody = nobody and before not in tree.sites
    return before if nobody and before > head and tree.tokens[before].upos == "PROPN" else head


def _helped(tree: Tree, index: int) -> Sequence[int]:
    """`helped the two resume talks`: a bare infinitive is done by who stands between it and `help`."""
    beside = {tree.relation(each) for each in tree.dependents(index)}
    if tree.tokens[index].xpos != "VB" or beside & {"mark", "aux", "cc"} or tree.relation(index) == "root":
        return []
    sentence = tree.document.sentence_at(tree.tokens[index].start_char)
    for verb in range(index - 1, sentence.first if sentence else index, -1):
        if tree.tokens[verb].xpos.startswith("VB"):
            helped = tree.dependents(verb, "obj") if tree.tokens[verb].lemma in {"help", "let", "make"} else []
            return [each for each in helped if verb < each < index]
    return []


def _of_noun(tree: Tree, index: int, above: int) -> Sequence[int]:
    """`efforts to help` that somebody makes are theirs; `rebels fighting` is the rebels'.

    `signed a decree granting`: who signs it grants.
    """
    infinitive = bool(tree.dependents(index, "mark"))  # `efforts to help`, `interest in resuming`
    issued = tree.tokens[above].lemma.lower() in words("papers") and tree.relation(above) == "obj"
    if not infinitive and not (issued and tree.tokens[index].xpos == "VBG"):
        return [above]
    owners = tree.owners(above)
    verb = tree.tokens[above].head
    if owners or tree.relation(above) not in {"obj", "obl"} or verb == above:
        return owners or ([above] if _is_being(tree, above) else [])  # the plan to bomb does not bomb
    return subject_of(tree, verb)


def _is_being(tree: Tree, index: int) -> bool:
    """A name, a pronoun, or a noun that stands for an actor."""
    return tree.tokens[index].upos != "NOUN" or tree.tokens[index].lemma.lower() in sectors()


def _objects(tree: Tree, index: int) -> Sequence[int]:
    """Whom a verb like `accuse` or `urge` is done to."""
    passive = [each for each in tree.dependents(index, "nsubj") if tree.relation(each) == "nsubj:pass"]
    brought = tree.obliques(index, "on", "upon", "for")
    return passive or tree.dependents(index, "obj", "iobj") or _people(tree, brought)


def _people(tree: Tree, brought: Sequence[int]) -> list[int]:
    """Those of a preposition's nouns that are no times: `called him on Friday to …`."""
    return [each for each in brought if tree.tokens[each].lemma.lower() not in words("times")]


def _subject_keeps(tree: Tree, index: int) -> bool:
    """`promised the South to send`: the one who promises sends."""
    return tree.tokens[index].lemma.lower() in {"promise", "threaten", "offer", "use"}


def meant(tree: Tree, head: int) -> int:
    """The women of `the women who were killed`; Xi of `called Xi to thank him`; Germany of `Germany is the donor`."""
    if tree.tokens[head].text.lower() in {"him", "her"} and tree.relation(head) == "obj":
        return _called(tree, head)
    told = tree.dependents(head, "nsubj") if tree.tokens[head].upos == "NOUN" and tree.dependents(head, "cop") else []
    if told and tree.tokens[told[0]].xpos not in {"WDT", "WP", "EX"}:
        return told[0]
    if tree.tokens[head].xpos not in {"WDT", "WP"}:
        return head
    clauses = (each for each in tree.above(head) if tree.relation(each) == "acl:relcl")
    clause = next(clauses, None)
    return head if clause is None else _antecedent(tree, head, tree.tokens[clause].head)


def _called(tree: Tree, pronoun: int) -> int:
    """The person to whom something is done with the purpose that the pronoun stands in."""
    verb = tree.tokens[pronoun].head
    purpose = tree.relation(verb) in {"advcl", "xcomp"} and tree.tokens[verb].xpos == "VB"
    done_to = tree.dependents(tree.tokens[verb].head, "obj") if purpose else []
    return next((each for each in done_to if each in tree.persons and each < verb), pronoun)


def sayer(tree: Tree, head: int) -> int:
    """`Rebels said they will …`: whom the pronoun of a said clause means."""
    verb = tree.tokens[head].head
    above = tree.tokens[verb].head
    if tree.tokens[head].text.lower() not in TELLING_OF_THEMSELVES or tree.relation(verb) != "ccomp":
        return head
    if tree.tokens[above].lemma.lower() not in words("saying"):
        return head
    if above > head and tree.tokens[head].text.lower() != "i":  # `"He is …," she said`
        return head
    said_by = subject_of(tree, above) if tree.relation(above) == "conj" else tree.dependents(above, "nsubj")
    return next(iter(said_by), head)
