"""What the model is trained on: read rightly, cut rightly, and nothing that it is measured on."""

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from pipeline.model.files import HERE
from pipeline.model.pieces import LOOKS, Pieces, look
from training import corpora, lemmas, newstexts, stories, treebanks
from training.conllu import read
from training.labels import ANY, ATTRIBUTION, NAMES, NOT_A_NAME, NOT_CORE, allow
from training.lexicon import Lexicon
from training.noise import noisy
from training.passages import windows

SHARED = Path(__file__).parent.parent.parent / "shared" / "corpora"
needs_corpora = pytest.mark.skipif(not SHARED.exists(), reason="the corpora are not here")

TREEBANK = """\
# newdoc id = made-1
# sent_id = made-1-1
# newpar
# text = Iraqi voters don't trust Basra University.
1\tIraqi\tIraqi\tADJ\tJJ\t_\t2\tamod\t_\tEntity=(1-person-new
2\tvoters\tvoter\tNOUN\tNNS\t_\t5\tnsubj\t_\tEntity=1)
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdo\tdo\tAUX\tVBP\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\ttrust\ttrust\tVERB\tVB\t_\t0\troot\t_\t_
6\tBasra\tBasra\tPROPN\tNNP\t_\t7\tcompound\t_\tEntity=(2-organization-new-nnn-cf-1-sgl-Basra_University(3-place-new-nnn-cf-1-sgl-Basra)
7\tUniversity\tUniversity\tPROPN\tNNP\t_\t5\tobj\t_\tEntity=2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# sent_id = made-1-2
# text = Ali left.
1\tAli\tAli\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(4-person-new-nnn-cf-1-sgl)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture(scope="module")
def pieces():
    return Pieces(Tokenizer.from_file(str(HERE / "tokenizer.json")))


@pytest.fixture
def treebank(tmp_path):
    path = tmp_path / "made.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    return path


def names(bits):
    return [name for index, name in enumerate(NAMES) if int(bits) >> index & 1]


def test_a_treebank_is_read_with_its_spaces_heads_and_mentions(treebank):
    """A contraction's parts stand close together; heads count from 0, the root is -1."""
    first, second = read(treebank)
    assert first.placed()[0] == "Iraqi voters don't trust Basra University."
    assert [word.head for word in first.words] == [1, 4, 4, 4, -1, 6, 4, 4]
    assert [(m.first, m.end, m.kind, m.identity) for m in first.mentions] == [
        (0, 2, "person", None),
        (5, 6, "place", "Basra"),
        (5, 7, "organization", "Basra_University"),
    ]
    assert (first.new_document, first.new_paragraph, second.new_document, second.new_paragraph) == (
        True,
        True,
        False,
        False,
    )


def test_a_document_becomes_one_passage(treebank, pieces):
    """Heads count over the document, ends stand at the last words, the longest name wins, peoples are groups."""
    labels = treebanks.Labels.learn([treebank])
    (passage,) = treebanks.passages(treebank, labels, pieces, {})
    assert passage.text == "Iraqi voters don't trust Basra University. Ali left."
    assert passage.head.tolist() == [1, 4, 4, 4, -1, 6, 4, 4, 9, -1, 9]
    assert passage.labels["end"].tolist() == [0] * 7 + [1, 0, 0, 1]
    assert passage.units == [0, 8]
    assert [names(bits) for bits in passage.name[[0, 1, 5, 6, 8, 9]]] == [
        ["B-group"],
        ["O"],
        ["B-organization"],
        ["I-organization"],
        ["B-person"],
        ["O"],
    ]


def test_a_corpus_of_three_kinds_leaves_the_others_open(treebank, pieces, tmp_path):
    """UNER says nothing of groups and laws: its O allows them; what it marks is certain."""
    labels = treebanks.Labels.learn([treebank])
    told = [  # the spaces are not the treebank's
        {
            "text": "Iraqi voters do n't trust Basra University .",
            "entities": [{"start": 26, "end": 42, "label": "ORG"}],
        },
        {"text": "Ali left.", "entities": [{"start": 0, "end": 3, "label": "OTH"}]},
    ]
    rows = tmp_path / "uner.jsonl"
    rows.write_text("\n".join(map(json.dumps, told)), "utf-8")
    (passage,) = treebanks.passages(treebank, labels, pieces, treebanks.uner(rows))
    assert names(passage.name[5]) == ["B-organization"]
    assert passage.name[1] == NOT_CORE
    assert names(passage.name[8]) == ["B-group", "B-event", "B-work", "B-law", "B-other"]
    assert NOT_CORE & NOT_A_NAME
    assert not NOT_CORE & allow(("person",), begins=True)


def test_attributions_know_their_cues(tmp_path, pieces):
    """A source and a content hang on the first word of the cue; paragraphs are units."""
    text = "Rain is near, the mayor of Lund said.\n\nNobody answered."
    row = {"id": "1", "text": text, "attributions": [{"source": [[14, 31]], "cue": [[32, 36]], "content": [[0, 12]]}]}
    (tmp_path / "made.jsonl").write_text(json.dumps(row))
    (passage,) = newstexts.attributions(tmp_path / "made.jsonl", pieces)
    words = [text[start:end] for start, end in passage.spans]
    roles = [ATTRIBUTION[label] for label in passage.labels["attribution"]]
    assert list(zip(words, roles, strict=True))[:9] == [
        ("Rain", "B-content"),
        ("is", "I-content"),
        ("near", "I-content"),
        (",", "O"),
        ("the", "B-source"),
        ("mayor", "I-source"),
        ("of", "I-source"),
        ("Lund", "I-source"),
        ("said", "B-cue"),
    ]
    assert passage.link[[0, 7]].tolist() == [8, 8]
    assert passage.units == [0, 10]
    assert passage.paragraphs == {0, 10}


def test_titles_and_articles_are_no_part_of_a_name(tmp_path, pieces):
    """Of re3d's spans the innermost that is written as a name is kept; a doubtful one leaves its words open."""
    text = "Foreign Minister Ana Silva met the Red Cross. The minister of health came."
    spans = [(0, 26, "Person"), (17, 26, "Person"), (31, 44, "Organisation"), (46, 68, "Person")]
    row = {"text": text, "entities": [{"start": a, "end": b, "label": label} for a, b, label in spans]}
    (tmp_path / "made.jsonl").write_text(json.dumps(row))
    (passage,) = newstexts.re3d(tmp_path / "made.jsonl", pieces)
    assert [names(bits) for bits in passage.name[[2, 3, 4, 6, 7]]] == [
        ["B-person"],
        ["I-person"],
        ["O"],
        ["B-organization"],
        ["I-organization"],
    ]
    assert passage.name[0] == ANY


def test_a_marked_story_tells_names_sentences_and_paragraphs(pieces):
    """Marks leave the text; a mark in the middle of a word's line takes the whole words that it covers."""
    marked = "{P:Ana Silva} joined the {O:World Food Programme} ({O:WFP}).\nShe left {L:Rome}-based work.\n\nMORE LATER"
    passage = stories.passage(stories.story(marked), pieces)
    assert passage.text == "Ana Silva joined the World Food Programme (WFP). She left Rome-based work.\n\nMORE LATER"
    words = [passage.text[start:end] for start, end in passage.spans]
    told = [(word, *names(bits)) for word, bits in zip(words, passage.name, strict=True)]
    assert told[:9] == [
        ("Ana", "B-person"),
        ("Silva", "I-person"),
        ("joined", "O"),
        ("the", "O"),
        ("World", "B-organization"),
        ("Food", "I-organization"),
        ("Programme", "I-organization"),
        ("(", "O"),
        ("WFP", "B-organization"),
    ]
    assert ("Rome", "B-place") in told
    assert [words[index] for index in np.flatnonzero(passage.labels["end"])] == [".", ".", "LATER"]
    assert [words[unit] for unit in passage.units] == ["Ana", "She", "MORE"]
    assert [words[first] for first in sorted(passage.paragraphs)] == ["Ana", "MORE"]


@pytest.mark.parametrize("path", sorted(stories.HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_the_stories_are_marked_without_a_slip(path, pieces):
    """No brace is left over, and each name covers whole words, no space beside it."""
    _, _, text = path.read_text("utf-8").partition("\n")
    for marked in text.split("\n---\n"):
        story = stories.story(marked)
        passage = stories.passage(story, pieces)
        assert not set("{}") & set(story.text)
        for start, end, _ in story.names:
            first, last = passage.covered(start, end)
            name = story.text[start:end]
            assert (passage.spans[first][0], passage.spans[last - 1][1]) == (start, end), name
            assert name == name.strip()


def test_windows_are_whole_units_and_cover_a_passage(treebank, pieces):
    """Whatever the length that is drawn."""
    labels = treebanks.Labels.learn([treebank])
    (passage,) = treebanks.passages(treebank, labels, pieces, {})
    for longest in (5, 14, 100):
        cut = list(windows(passage, random.Random(1), longest, longest))
        assert [window.first for window in cut] == [0, *(window.end for window in cut)][:-1]
        assert cut[-1].end == 11
        assert {window.first for window in cut} <= set(passage.units)


def test_noise_changes_the_writing_and_never_the_words():
    """Capitals, headline case, no case: looks change, the mark of standing close stays, most are left as they are."""
    text = 'The U.S. said: "No."'
    spans = [(0, 3), (4, 8), (9, 13), (13, 14), (15, 16), (16, 18), (18, 19), (19, 20)]
    looks = np.array([look(text, *span) for span in spans])
    sizes = np.array([end - start for start, end in spans])
    chance = random.Random(5)
    drawn = [noisy(looks, sizes, chance) for _ in range(400)]
    seen = {tuple(LOOKS[row // 2] for row in rows[:3]) for rows in drawn}
    assert {("title", "upper", "lower"), ("upper", "upper", "upper"), ("lower", "lower", "lower")} <= seen
    assert 0.7 < sum(np.array_equal(rows, looks) for rows in drawn) / 400 < 0.9


def test_made_sentences_are_seeded_and_their_names_stand_where_they_say():
    """The same draw gives the same sentence; every slot of every frame can be filled."""
    one, two = (Lexicon(random.Random(9)) for _ in range(2))
    for _ in range(500):
        text, spans = one.sentence()
        assert (text, spans) == two.sentence()
        assert "{" not in text
        assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in spans)


def test_lemmas_are_rules_and_exceptions(treebank):
    """An ending needs two words to be a rule; one word alone is an exception."""
    table = lemmas.learn([treebank])
    assert table["words"]["NOUN NNS voters"] == "voter"
    assert table["words"]["PART RB n't"] == "not"
    assert table["words"]["VERB VBN withdrawn"] == "withdraw"
    assert table["words"]["ADJ JJ iraqi"] == "Iraqi"
    assert "VERB VB trust" not in table["words"]


@needs_corpora
def test_every_corpus_is_there_and_no_test_text_among_them(pieces):
    """The training passages share no document with EWT's and UNER's test part or with wikigold."""
    loaded = corpora.load(SHARED, pieces)
    assert {name: len(passages) for name, passages in loaded.train.items()} == {
        "ewt": 540,
        "clean": 254,
        "gum": 117,
        "polnear": 840,
        "re3d": 90,
        "meantime": 60,
        "stories": 1215,
    }
    train = "\n".join(passage.text for passages in loaded.train.values() for passage in passages)
    for name in ("uner-ewt-test", "wikigold"):
        rows = [json.loads(line) for line in (SHARED / "entities" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        long = [row["text"] for row in rows if len(row["text"]) > 120]
        assert len(long) > 200
        assert sum(text in train for text in long) <= 2


@needs_corpora
def test_gold_words_and_our_own_agree_on_ewt():
    """Our tokenizer finds at least 98 of 100 words of EWT's dev part."""
    from pipeline.model.words import words

    right = total = 0
    for sentence in read(SHARED / "syntax" / "ewt-dev.conllu.gz"):
        text, gold = sentence.placed()
        found = set(words(text))
        right += 2 * len(found & set(gold))
        total += len(found) + len(gold)
    assert right / total > 0.98
