"""Whom a pronoun means, where that is safe; else nobody.

Points go to subjects, to what stands near, to who is quoted, and to the speaker of what the pronoun stands in.
The best wins when it leads clearly. `I` and `we` inside quotation marks are the speaker and the speaker's side.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from pipeline.extractors.drafts import Draft
from pipeline.extractors.entities.candidates import Candidate
from pipeline.extractors.quotes import is_quoted
from pipeline.extractors.syntax import Tree
from pipeline.text import Document

HE = dict.fromkeys(("he", "him", "his", "himself"), "he") | dict.fromkeys(("she", "her", "hers", "herself"), "she")
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
I = frozenset({"i", "me", "my", "mine", "myself"})  # noqa: E741 (the word)
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
PRONOUNS = HE.keys() | THEY | IT | I | WE
CLEAR = 0.8
"""Points by which the best must lead."""
BACK = 3
"""Sentences that are looked back over."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """What pronouns need of statements: the draft that each token stands in, and whose it is."""

    drafts: Sequence[Draft]

    def sources(self) -> set[int]:
        """The tokens of all sources."""
        return {index for draft in self.drafts if draft.source for index in range(*draft.source)}

    def at(self, index: int) -> Draft | None:
        """The innermost draft whose content a token stands in."""
        inside = [draft for draft in self.drafts if any(each.holds(index) for each in draft.contents)]
        return min(inside, key=lambda draft: draft.contents[-1].end - draft.first, default=None)


class Pronouns:
    """The pronouns of one document, resolved left to right."""

    def __init__(
        self, document: Document, tree: Tree, named: Sequence[Candidate], genders: Mapping[str, str | None]
    ) -> None:
        """`named` are names and nominals with their entities; `genders` he or she by entity."""
        self.document, self.tree, self.genders = document, tree, genders
        self.counts: Counter[str | None] = Counter()
        self.known = sorted(named, key=lambda each: each.first)
        self.sentence = [0] * len(document.tokens)
        for number, sentence in enumerate(document.sentences):
            self.sentence[sentence.first : sentence.end] = [number] * (sentence.end - sentence.first)

    def find(self, speaking: Speaking, side: Callable[[str], str | None]) -> list[Candidate]:
        """All pronouns; `side` gives the country or body that a speaker's `we` means."""
        found = list(self._read())
        names = iter(sorted(self.known, key=lambda known: known.first))
        name = next(names, None)
        for each in found:
            while name is not None and name.first < each.first:
                self.counts[name.entity_id] += 1
                name = next(names, None)
            word = each.text.lower()
            if word in HE or word in THEY or (word in IT and self._refers(each)):
                each.entity_id = self._resolve(each, speaking)
                self.counts[each.entity_id] += 1
                self.known.append(each)
                self.known.sort(key=lambda known: known.first)
        for each in found:
            word = each.text.lower()
            draft = speaking.at(each.first) if each.quoted and word in I | WE else None
            speaker = self.speaker(draft)
            if speaker:
                each.entity_id = speaker if word in I else side(speaker)
        return [each for each in found if each.entity_id or each.text.lower() in HE]

    def _read(self) -> Iterator[Candidate]:
        text = self.document.story.text
        for index, token in enumerate(self.document.tokens):
            word = token.text.lower()
            # US is no `us`, and IT no `it`.
            if word in PRONOUNS and token.upos in {"PRON", "DET"} and token.text not in {"US", "IT"}:
                kind = "person" if word in HE.keys() | I else "group"
                yield Candidate(index, index + 1, index, token.text, kind, "PRO", he=HE.get(word),  # type: ignore[arg-type]
                                quoted=is_quoted(text, token.start_char))  # fmt: skip

    def _refers(self, each: Candidate) -> bool:
        """Whether `it` is no mere form (`it is likely that …`): it does something, or owns something."""
        token = self.tree.token(each.first)
        acts = token.deprel == "nsubj" and self.tree.token(token.head).upos == "VERB"
        return each.text.lower() != "it" or acts

    def speaker(self, draft: Draft | None) -> str | None:
        """Whose words a draft is, as far as known."""
        while draft is not None and draft.carried is not None:
            draft = draft.carried
        if draft is None or draft.source is None:
            return None
        top = self.tree.top(*draft.source)
        inside = [each for each in self.known if draft.source.holds(each.head)]
        found = next((each for each in inside if each.head == top), None)
        return found.entity_id if found else None

    def _resolve(self, each: Candidate, speaking: Speaking) -> str | None:
        points: dict[str, float] = {}
        draft = speaking.at(each.first)
        speaker = self.speaker(draft)
        for known in self._before(each):
            if known.entity_id is None or not self._may(each, known):
                continue
            if draft is not None and each.quoted and known.entity_id == speaker:
                continue
            score = self._points(each, known) + self._weight(each, known)
            points[known.entity_id] = max(points.get(known.entity_id, 0.0), score)
        if speaker and draft and draft.source and not each.quoted and draft.source.first < each.first:
            points = {key: value + (2.0 if key == speaker else 0.0) for key, value in points.items()}
        ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEAR):
            return None
        return ranked[0][0]

    def _before(self, each: Candidate) -> Iterator[Candidate]:
        """Mentions that a pronoun may mean: before it, near, and not inside a quotation that it stands outside of."""
        here = self.sentence[each.first]
        for known in self.known:
            if (
                known.first < each.first
                and here - self.sentence[known.first] <= BACK
                and (not known.quoted or each.quoted)
            ):
                yield known

    def _may(self, each: Candidate, known: Candidate) -> bool:
        """Whether kinds, gender and the clause allow it."""
        word = each.text.lower()
        if word not in HE and not self._is_clear(each, known):
            return False
        if word in HE:
            gender = self.genders.get(known.entity_id or "") or known.he
            fits = known.kind == "person" and gender in {None, HE[word]}
        elif word in THEY:
            fits = known.kind == "group" and not (known.entity_id or "").startswith("country:")
        else:
            fits = known.kind in {"place", "organization"} and (
                known.kind == "organization" or (known.entity_id or "").startswith("country:")
            )
        return fits and not self._bound(each, known)

    def _is_clear(self, each: Candidate, known: Candidate) -> bool:
        """Whether `it` or `they` can hardly mean another: the subject of their own clause, or of the one before."""
        if self._subject_above(each) == known.head:
            return True
        token = self.tree.token(known.head)
        root = token.deprel.startswith("nsubj") and self.tree.token(token.head).head == token.head
        own = self.tree.token(each.first).deprel.startswith("nsubj")
        return root and own and self.sentence[each.first] - self.sentence[known.first] == 1

    def _bound(self, each: Candidate, known: Candidate) -> bool:
        """`Lee met him`: an object is not its own verb's subject."""
        token, other = self.tree.token(each.first), self.tree.token(known.head)
        return token.deprel in {"obj", "iobj", "obl"} and other.deprel.startswith("nsubj") and token.head == other.head

    def _points(self, each: Candidate, known: Candidate) -> float:
        back = self.sentence[each.first] - self.sentence[known.first]
        token = self.tree.token(known.head)
        points = 1.5 - 0.8 * back - 0.01 * min(60, each.first - known.end)
        points += 1.2 if token.deprel in {"nsubj", "nsubj:pass", "nsubj:outer"} else 0.0
        points -= 0.6 if token.deprel in {"nmod:poss", "compound", "nmod"} else 0.0
        points -= 0.5 if (known.entity_id or "").startswith("unnamed:") and known.kind == "person" else 0.0
        if back == 0 and self._subject_above(each) == known.head:
            points += 1.0
        if back and token.deprel.startswith("nsubj") and self.tree.token(token.head).head == token.head:
            points += 0.3
        return points

    def _weight(self, each: Candidate, known: Candidate) -> float:
        """More for whom the story is about, less for somebody who is he or she for all the text says."""
        weight = 0.35 * log2(1 + self.counts[known.entity_id])
        told = self.genders.get(known.entity_id or "") or known.he
        return weight + (0.4 if told and told == each.he else 0.0)

    def _subject_above(self, each: Candidate) -> int | None:
        """The subject of the nearest clause above a pronoun that has one, not the pronoun itself."""
        for above in self.tree.above(each.first):
            found = self.tree.child(above, "nsubj", "nsubj:pass")
            if found is not None and found != each.first and found < each.first:
                return found
        return None
