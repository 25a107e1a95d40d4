"""Attributions inside attributions.

    Lee reiterated his road map for peace, Yonhap news agency reported.
    Yonhap reported that Lee had said the talks would go on.

The model's labels are flat, so of such a sentence it labels one content. Where the content of `reported` begins
behind another cue, or nothing is left of it, it is the whole clause of that cue; where a content holds a verb of
speech with its own subject and clause, that is a draft of its own.
"""

from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Draft
from pipeline.extractors.governed import cue_acts, noun_phrase
from pipeline.extractors.syntax import VERBAL, Tree
from pipeline.extractors.ties import Stretch

TELLS = frozenset({"add", "announce", "claim", "declare", "deny", "insist", "pledge", "promise", "reiterate", "say",
                   "state", "stress", "tell", "vow", "warn"})  # fmt: skip
"""Cues that are drafts inside another's content: verbs of speech alone, no `think` and no `want`."""
SILENT = frozenset({"agree", "ask", "assert", "predict"})
"""Acts that need no words: `backed the plan`, `feared the storm`."""
REPORTS = frozenset({"according", "cite", "quote", "report"})
"""Cues of an agency or paper: what they pass on may be said by any verb, `denied the claim`."""
PASSES_ON = frozenset({"according", "cite", "quote", "report", "say", "tell", "write"})


def unfold(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with those that stand inside one another each whole."""
    whole = [_widened(tree, draft, drafts) for draft in drafts]
    kept = [draft for draft in whole if not _says_itself(draft)]
    cues = [draft.cue for draft in kept if draft.cue]
    inner = [found for draft in kept for found in (*_inside(tree, draft, cues), *_as_saying(tree, draft))]
    return sorted([*kept, *inner], key=lambda draft: (draft.first, -draft.contents[-1].end))


def _widened(tree: Tree, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Let `Yonhap reported` at the end of a sentence hold all that `Lee reiterated …` says before it."""
    if draft.cue is None or draft.from_tree:
        return draft
    last = draft.contents[-1]
    for other in drafts:
        cue = other.cue
        if other is draft or cue is None or not cue.end <= draft.first <= cue.end + 1 or draft.cue.first < last.end:
            continue
        if other.source is not None and other.source.end <= cue.first and _hangs_on(tree, draft.cue, cue):
            if _says_itself(other):
                other.contents = list(draft.contents)
            first = tree.stretch(tree.top(*other.source))[0]
            draft.contents = [Stretch(min(first, other.source.first), last.end)]
    return draft


def _hangs_on(tree: Tree, cue: Stretch, other: Stretch) -> bool:
    """Whether one of two verbs hangs on the other."""
    verb, inner = tree.top(*cue), tree.top(*other)
    return inner in tree.above(verb) or verb in tree.above(inner)


def _says_itself(draft: Draft) -> bool:
    """Whether nothing but the source was taken for the content."""
    return draft.source is not None and all(
        draft.source.first <= each.first and each.end <= draft.source.end for each in draft.contents
    )


def _inside(tree: Tree, draft: Draft, cues: Sequence[Stretch]) -> Iterator[Draft]:
    """Verbs of speech inside what an agency or somebody quoted passes on."""
    lemma = tree.token(tree.top(*draft.cue)).lemma if draft.cue else ""
    if lemma not in PASSES_ON:
        return
    for content in draft.contents:
        for verb in range(content.first, content.end):
            token = tree.token(verb)
            tells = token.lemma in TELLS
            by_object = lemma in REPORTS and (tells or cue_acts().get(token.lemma, "assert") not in SILENT)
            known = tells or by_object
            if token.upos not in VERBAL or not known or any(cue.holds(verb) for cue in cues):
                continue
            found = _told(tree, verb, content, by_object=by_object)
            if found:
                yield found


def _as_saying(tree: Tree, draft: Draft) -> Iterator[Draft]:
    """`KCNA quoted Kim as saying: …`: what Kim says, inside what KCNA passes on."""
    verb = tree.top(*draft.cue) if draft.cue else None
    quoted = tree.child(verb, "obj") if verb is not None and tree.token(verb).lemma == "quote" else None
    if verb is None or quoted is None or tree.is_passive(verb):
        return
    last = draft.contents[-1].end
    says = next(
        (i for i in range(quoted + 1, last) if tree.token(i).lemma == "say" and tree.token(i - 1).lemma == "as"), None
    )
    if says is None:
        return
    first = says + 1 + (says + 1 < last and tree.token(says + 1).text in {":", ","})
    if first < last:
        yield Draft(Stretch(says, says + 1), noun_phrase(tree, quoted), [Stretch(first, last)], from_tree=True)


def _told(tree: Tree, verb: int, content: Stretch, *, by_object: bool) -> Draft | None:
    """The draft of a verb that has its own subject and a clause, or an object, all within a content."""
    subject, said = tree.child(verb, "nsubj"), tree.child(verb, "ccomp", "xcomp", *(("obj",) if by_object else ()))
    planned = by_object and any(tree.token(child).xpos == "MD" for child in tree.children[verb])
    if subject is None or said is None or planned or tree.is_passive(verb) or tree.token(verb).lemma not in cue_acts():
        return None
    first, end = tree.stretch(said)
    first, end = max(first, content.first), min(end, content.end)
    source = noun_phrase(tree, subject)
    if first <= verb or not content.holds(source.first) or end - first < 2:
        return None
    return Draft(Stretch(verb, verb + 1), source, [Stretch(first, end)], from_tree=True)
