"""The parts of the model's runtime that need no weights: words, looks, windows, trees, spans, lemmas."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import tree
from pipeline.model.lemmas import lemma
from pipeline.model.pieces import LOOKS, look
from pipeline.model.spans import spans, well_formed
from pipeline.model.windows import LONGEST, LOOKED_AHEAD, USUAL, Passage, parts
from pipeline.model.words import words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("He can't, won't, cannot and isn’t.", "He|ca|n't|,|wo|n't|,|can|not|and|is|n’t|."),
        ("They'd seen Seoul's and the workers' cars", "They|'d|seen|Seoul|'s|and|the|workers|'|cars"),
        ("the U.S.-led co-founder's well-known plan", "the|U.S.|-|led|co-founder|'s|well|-|known|plan"),
        ("Mr. O'Brien paid $4.5bn (US$6m) at 6pm.", "Mr.|O'Brien|paid|$|4.5|bn|(|US$|6|m|)|at|6|pm|."),
        ("On 3/4/2026 and 2026-03-04, 10:30 a.m. 1,000...", "On|3/4/2026|and|2026-03-04|,|10:30|a.m.|1,000|..."),
        ("J.K. Smith and A. Jones of Acme Inc. met.", "J.K.|Smith|and|A.|Jones|of|Acme|Inc.|met|."),
        ("“It’s 20th-century, 1970s AT&T,” he said!!", "“|It|’s|20th|-|century|,|1970s|AT&T|,|”|he|said|!!"),
        ("At https://example.org/a?b=c. desk@example.org, and/or.", "At|https://example.org/a?b=c|.|desk@example.org|,|and|/|or|."),
        ("``Yes,'' she said -- 50% of it—no", "``|Yes|,|''|she|said|--|50|%|of|it|—|no"),
        ("Al Ja'afari of Côte d'Ivoire", "Al|Ja'afari|of|Côte|d'Ivoire"),
    ],
)  # fmt: skip
def test_words_are_cut_as_in_ewt(text, cut):
    """Clitics, units and hyphens apart; abbreviations, numbers, addresses, prefixed words whole."""
    assert "|".join(text[start:end] for start, end in words(text)) == cut


@given(st.text(max_size=80))
def test_words_cover_any_text(text):
    """Every code point that is not white space stands in exactly one word."""
    found = list(words(text))
    assert re.sub(r"\s", "", text) == "".join(re.sub(r"\s", "", text[start:end]) for start, end in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


def test_looks_tell_how_a_word_is_written():
    """Capitals, digits, the way a mark opens, and whether it stands close to the word before."""
    text = 'The U.S. "bill" of MPs, A B-52 ("no”) 4.5'
    seen = [(text[a:b], LOOKS[look(text, a, b) // 2], look(text, a, b) % 2) for a, b in words(text)]
    assert seen[:6] == [
        ("The", "title", 0),
        ("U.S.", "upper", 0),
        ('"', "opens", 0),
        ("bill", "lower", 1),
        ('"', "closes", 1),
        ("of", "lower", 0),
    ]
    assert ("MPs", "mixed", 0) in seen
    assert ("A", "initial", 0) in seen
    assert [way for mark, way, _ in seen if mark in {'"', "”"}] == ["opens", "closes", "opens", "closes"]
    assert seen[-1] == ("4.5", "digits", 0)


@given(st.integers(1, 4), st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_the_best_tree_is_the_best_of_all_trees(count, seed):
    """Against a search through every tree with one root."""
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    found = tree.best_tree(scores)
    assert tree.is_tree(found)
    every = (np.array(heads) for heads in itertools.product(range(count + 1), repeat=count))
    best = max(scores[np.arange(count), heads].sum() for heads in every if tree.is_tree(heads) and not loops(heads))
    assert scores[np.arange(count), found].sum() == pytest.approx(best, abs=1e-5)


def loops(heads):
    return any(head == word for word, head in enumerate(heads, start=1))


def test_long_sentences_have_trees_too():
    """Random scores of 200 words, which are full of circles."""
    scores = np.random.default_rng(3).normal(size=(200, 201)).astype(np.float32)
    assert tree.is_tree(tree.best_tree(scores))


TREES = [([0, 1, 1], True), ([0, 0, 1], False), ([2, 1, 0], False), ([2, 3, 0], True)]


@pytest.mark.parametrize(("heads", "right"), TREES)
def test_a_tree_has_one_root_and_no_circle(heads, right):
    """Heads count from 1; 0 is the root."""
    assert tree.is_tree(np.array(heads)) is right


LABELS = ("O", "B-a", "I-a", "B-b", "I-b")


def test_labels_that_go_on_follow_their_own():
    """The best sequence is searched where the best labels one by one make none."""
    scores = np.array([[0, 3, 0, 0, 0], [0, 0, 0, 1, 4], [5, 0, 0, 0, 0]], np.float32)
    assert [LABELS[index] for index in well_formed(scores, LABELS)] == ["B-a", "B-b", "O"]
    fine = np.eye(5, dtype=np.float32)[[1, 2, 0, 3]]
    assert [LABELS[index] for index in well_formed(fine, LABELS)] == ["B-a", "I-a", "O", "B-b"]


def test_spans_of_labels():
    """A beginning ends the span before it; a lone I- begins one."""
    found = list(spans(["B-a", "I-a", "B-a", "O", "I-b", "I-a"]))
    assert found == [(0, 2, "a"), (2, 3, "a"), (4, 5, "b"), (5, 6, "a")]


TABLE = {"words": {"VERB VBD went": "go"}, "endings": {"VBD": {"ed": (2, ""), "ied": (3, "y")}, "NNPS": {"s": (1, "")}}}


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "wanted"),
    [
        ("Went", "VERB", "VBD", "go"),
        ("DENIED", "VERB", "VBD", "deny"),
        ("walked", "VERB", "VBD", "walk"),
        ("Seoul", "PROPN", "NNP", "Seoul"),
        ("Alps", "PROPN", "NNPS", "Alp"),
        ("The", "DET", "DT", "the"),
    ],
)
def test_lemmas_by_exception_by_ending_or_as_written(form, upos, xpos, wanted):
    """The longest ending decides."""
    assert lemma(TABLE, form, upos, xpos) == wanted


def passage(text):
    found = list(words(text))
    return Passage(text, found, [(7,)] * len(found), [0] * len(found))


def by_full_stops(of):
    """A scorer that ends a sentence at each full stop, and writes down the windows."""
    seen = []

    def score(first, end):
        seen.append((first, end))
        return None, np.array([of.text[of.spans[word][0]] == "." for word in range(first, end)])

    return score, seen


def test_windows_end_at_paragraphs_where_they_can():
    """Then nothing is read twice."""
    of = passage("\n\n".join(["one two three four five six seven ." * 6] * 10))
    score, seen = by_full_stops(of)
    found = [sentence for part in parts(of, score) for sentence in part.sentences]
    assert found == [(at, at + 8) for at in range(0, 480, 8)]
    assert [a[1] == b[0] for a, b in itertools.pairwise(seen)] == [True] * (len(seen) - 1)
    assert all(end - first < USUAL for first, end in seen)


def test_windows_inside_a_paragraph_begin_again_at_the_last_whole_sentence():
    """A sentence is taken only when enough words follow it."""
    of = passage("one two three four five six seven ." * 100)
    score, seen = by_full_stops(of)
    found = [sentence for part in parts(of, score) for sentence in part.sentences]
    assert found == [(at, at + 8) for at in range(0, 800, 8)]
    assert all(b[0] <= a[1] - LOOKED_AHEAD for a, b in itertools.pairwise(seen))


def test_a_sentence_longer_than_a_window_gets_a_longer_window_and_then_is_cut():
    """Nothing is lost, and the encoder's places are never exceeded."""
    of = passage("word " * 1000 + ".")
    score, seen = by_full_stops(of)
    found = [sentence for part in parts(of, score) for sentence in part.sentences]
    assert [end for _, end in found][:-1] == [first for first, _ in found][1:]
    assert (found[0][0], found[-1][1]) == (0, 1001)
    assert max(end - first for first, end in seen) <= LONGEST
