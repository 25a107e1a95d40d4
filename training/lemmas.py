"""Learn lemmas: endings that change by rule, and the words that no rule gets right."""

from collections import Counter, defaultdict
from pathlib import Path

from pipeline.model.lemmas import LONGEST_ENDING, Table, lemma
from training.conllu import Word, read
from training.lexicon import DEMONYMS, entries

RULED = frozenset("VBD VBG VBN VBP VBZ NNS NNPS JJR JJS RBR RBS".split())
LEAST_WORDS = 2
"""An ending is a rule when this many different words agree on it."""


def learn(treebanks: list[Path]) -> Table:
    """The table from gold lemmas; the first treebank weighs most where they differ."""
    counted: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for weight, path in enumerate(reversed(treebanks), start=1):
        for sentence in read(path):
            for word in sentence.words:
                if _usable(word):
                    counted[word.upos, word.xpos, word.form.replace("’", "'").lower()][word.lemma] += 2 * weight
    best = {key: lemmas.most_common(1)[0][0] for key, lemmas in counted.items()}
    table = Table(words={}, endings=_endings(best))
    for (upos, xpos, form), gold in sorted((_own() | best).items()):
        if upos not in {"PROPN", "X", "SYM", "PUNCT"} and lemma(table, form, upos, xpos) != gold:
            table["words"][f"{upos} {xpos} {form}"] = gold
    return table


def _own() -> dict[tuple[str, str, str], str]:
    """Irregular verbs, and peoples' adjectives, which keep their capital."""
    found = {("ADJ", "JJ", name): name.title() for name in DEMONYMS if " " not in name}
    for base, past, participle in (entry.split("\t") for entry in entries("irregular.tsv")):
        found |= {("VERB", "VBD", past): base, ("VERB", "VBN", participle): base}
    return found


def _usable(word: Word) -> bool:
    return word.lemma not in {"_", ""} and word.deprel != "goeswith"


def _endings(best: dict[tuple[str, str, str], str]) -> dict[str, dict[str, tuple[int, str]]]:
    votes: dict[str, dict[str, Counter[tuple[int, str]]]] = defaultdict(lambda: defaultdict(Counter))
    for (_, xpos, form), gold in best.items():
        if xpos in RULED and form.isalpha():
            change = _change(form, gold if xpos == "NNPS" else gold.lower())
            for size in range(max(1, change[0]), min(LONGEST_ENDING, len(form) - 1) + 1):
                votes[xpos][form[-size:]][change] += 1
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for xpos, endings in sorted(votes.items()):
        found[xpos] = {}
        for ending, changes in sorted(endings.items(), key=lambda item: (len(item[0]), item[0])):
            change, count = changes.most_common(1)[0]
            shorter = next(
                (found[xpos][ending[cut:]] for cut in range(1, len(ending)) if ending[cut:] in found[xpos]), None
            )
            if count >= LEAST_WORDS and count > 0.6 * changes.total() and change != shorter:
                found[xpos][ending] = change
    return found


def _change(form: str, gold: str) -> tuple[int, str]:
    """What is cut from the end and what is put on: cities, city gives 3, "y"."""
    same = 0
    while same < min(len(form), len(gold)) and form[same].lower() == gold[same].lower():
        same += 1
    return len(form) - same, gold[same:]
