"""The speech act of a statement, its kind, and whether it is denied that it was made."""

import re
from collections.abc import Sequence
from typing import Literal

from pipeline.extractors.drafts import Draft
from pipeline.extractors.governed import cue_acts
from pipeline.extractors.quotes import find_quotes
from pipeline.extractors.syntax import Tree
from pipeline.tables import Span
from pipeline.text import Document, Token

Kind = Literal["direct", "indirect", "mixed", "question"]
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
ASKS = frozenset({"ask", "inquire", "enquire", "query", "question", "wonder"})
QUESTION = re.compile(r"^(?:about )?(?:how|if|what|when|where|whether|which|who|whom|why)\b", re.IGNORECASE)
MARKS = re.compile(r"[\s\"“”„«»‘’'`.,;:!?–—-]+")
DIRECT = 0.9
"""Share of the content's letters inside quotation marks from which it is a direct quotation."""
MIXED = 0.05
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


def quotes_in(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The quoted parts of a content, marks included, cut to the content."""
    found = []
    for quote in find_quotes(document.story.text):
        for span in spans:
            start, end = max(quote.start_char, span.start_char), min(quote.end_char, span.end_char)
            if end - start > 2:
                found.append(Span(start, end))
    return found


def kind_of(document: Document, draft: Draft, lemma: str | None, spans: Sequence[Span], quotes: Sequence[Span]) -> Kind:
    """Quoted in whole, in part or not at all; a reported question is one however its words are told."""
    text = document.story.text
    content = " ".join(text[span.start_char : span.end_char] for span in spans)
    share = _letters(text, quotes) / max(1, _letters(text, spans))
    if lemma in ASKS and draft.cue and share < DIRECT and (QUESTION.match(content) or _about(document, draft)):
        return "question"
    return "direct" if share > DIRECT else "mixed" if share > MIXED else "indirect"


def _about(document: Document, draft: Draft) -> bool:
    """`asked about …`, `asked if …`: the word may stand in the cue."""
    cue = draft.cue
    words = [token.text.lower() for token in document.tokens[cue.first + 1 : cue.end]] if cue else []
    return bool({"about", "how", "if", "whether", "why"} & set(words))


def _letters(text: str, spans: Sequence[Span]) -> int:
    return sum(len(MARKS.sub("", text[span.start_char : span.end_char])) for span in spans)


def cue_lemma(token: Token) -> str:
    """The lemma of a cue, found by its ending where the model took the word for no verb: `denied`."""
    lemma, word = token.lemma.lower(), token.text.lower()
    forms = (word[:-1], word[:-2], word[:-3], f"{word[:-3]}y", f"{word[:-3]}e")
    return lemma if lemma in cue_acts() else next((form for form in forms if form in cue_acts()), lemma)


def cue_verb(tree: Tree, draft: Draft) -> int | None:
    """The token of a cue that says what was done: its verb of speech, else its noun, else its head."""
    if draft.cue is None:
        return None
    inside = range(draft.cue.first, draft.cue.end)
    top = tree.top(*draft.cue)
    if cue_lemma(tree.token(top)) in cue_acts():
        return top
    return next((i for i in inside if cue_lemma(tree.token(i)) in cue_acts()), top)


def act_of(document: Document, tree: Tree, draft: Draft, verb: int | None) -> str | None:
    """The speech act: the cue's own (`call for` before `call`); a neutral cue leaves it to the words."""
    words = act_of_words(document, draft)
    if verb is None:
        return words
    behind = document.tokens[verb + 1].text.lower() if verb + 1 < len(document.tokens) else ""
    lemma = cue_lemma(tree.token(verb))
    told = cue_acts().get(f"{lemma} {behind}") or cue_acts().get(lemma)
    return words if told in {None, "assert", "answer"} and words != "assert" else told


def act_of_words(document: Document, draft: Draft) -> str:
    """What the words of a content do: `I will …` commits, `we should …` urges, a question asks."""
    tokens = [token for each in draft.contents for token in document.tokens[each.first : each.end]]
    words = [token.text.lower() for token in tokens]
    if words and "?" in words[-2:]:
        return "ask"
    first = next((i for i, word in enumerate(words) if word in {"i", "we"}), None)
    if first is not None and set(words[first + 1 : first + 3]) & WILL and first < 8:
        return "commit"
    if set(words[:8]) & {"should", "must"}:
        return "urge"
    return "assert"


def is_negated(tree: Tree, verb: int | None) -> bool:
    """Whether the text says that it was not said: `did not say`, `never promised`."""
    if verb is None:
        return False
    return any(tree.token(child).text.lower() in NEGATIONS for child in tree.children[verb])
