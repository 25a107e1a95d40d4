"""The room of language: offsets, independence, odd texts, other models, damage."""

import dataclasses
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import text
from pipeline.conllu import to_conllu
from pipeline.errors import ConfigError
from pipeline.model import files
from pipeline.tables import Story

BUSAN = """BUSAN, Nov. 24 (Yonhap) -- South Korean Trade Minister Han Seo-yeon said Tuesday that her country \
won't join the Port Treaty "without guarantees," according to two officials.

"We will keep the door open," Han told reporters. “It isn’t easy,” she added, citing U.S.-led talks in Rotterdam.

Norway's Arctic Shipping Institute put the cost at $4.5 billion. Prices rose 3% after the news broke.
"""


def story(body):
    values = dict.fromkeys(field.name for field in dataclasses.fields(Story))
    values |= {"item_id": "item", "text": body, "anchor_on": date(2026, 11, 24), "credits": [], "subjects": []}
    return Story(**values | {"published_at": datetime(2026, 11, 24)})  # noqa: DTZ001


def parsed(body, model=None):
    return next(text.parse([story(body)], model))


@pytest.fixture(scope="module")
def busan():
    return parsed(BUSAN)


def holds(document):
    """What is true of every document."""
    body = document.story.text
    for part in (document.tokens, document.names, document.attributions):
        assert all(body[span.start_char : span.end_char] == span.text for span in part)
    ends = [0, *(token.end_char for token in document.tokens)]
    starts = [*(token.start_char for token in document.tokens), len(body)]
    assert all(end <= start and not body[end:start].strip() for end, start in zip(ends, starts, strict=True))
    bounds = [(sentence.first, sentence.end) for sentence in document.sentences]
    assert [0, *(end for _, end in bounds)] == [*(first for first, _ in bounds), len(document.tokens)]
    for first, end in bounds:
        inside = range(first, end)
        assert all(document.tokens[index].head in inside for index in inside)
        assert sum(document.tokens[index].head == index for index in inside) == 1
        for index in inside:
            seen = index
            for _ in inside:
                seen = document.tokens[seen].head
            assert document.tokens[seen].head == seen


def test_tokens_cover_the_text_and_every_sentence_is_a_tree(busan):
    """Between two tokens there is white space alone, and every span is the text it stands for."""
    holds(busan)


@given(st.text(alphabet=st.sampled_from(list("aB .,\n\"“”'’-—1$%é\u0301\u200b👍한\x00\ufeff")), max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_at_all_is_read(body):
    """Whatever stands in it: marks, joiners, decomposed accents, other scripts, control characters."""
    holds(parsed(body))


def test_sentences_end_where_they_should(busan):
    """Not after "Nov." or "U.S.", and always at a paragraph's end."""
    body = busan.story.text
    assert [body[s.start_char : s.end_char].split()[-1] for s in busan.sentences] == [
        "officials.",
        "reporters.",
        "Rotterdam.",
        "billion.",
        "broke.",
    ]


def test_tokens_are_cut_as_in_ewt(busan):
    """Clitics, hyphens and units are cut off; abbreviations are whole."""
    words = [token.text for token in busan.tokens]
    runs = ("wo n't", "is n’t", "U.S. - led", "Norway 's", "$ 4.5", "3 %", "Nov.")
    for run in map(str.split, runs):
        assert any(words[at : at + len(run)] == run for at in range(len(words))), run


def test_names_are_seen_with_their_kinds(busan):
    """Without titles, whole, in order."""
    names = {(name.text, name.kind) for name in busan.names}
    assert {("BUSAN", "place"), ("Han Seo-yeon", "person"), ("Rotterdam", "place"), ("South Korean", "group")} <= names
    assert ("Arctic Shipping Institute", "organization") in names
    assert {"Trade Minister", "Tuesday", "Nov."}.isdisjoint(name.text for name in busan.names)


def test_a_country_that_acts_is_a_place():
    """As in "proposed by the United States", in capitals too."""
    document = parsed("FRANCE AND GERMANY MET IN BERLIN\n\nA truce was proposed by the United States and Saudi Arabia.")
    kinds = {name.text: name.kind for name in document.names}
    for country in ("FRANCE", "GERMANY", "United States", "Saudi Arabia"):
        assert kinds[country] == "place"


def test_sources_hang_on_their_cues(busan):
    """Who said what: each source and content knows its cue."""
    found = busan.attributions
    hung = {(span.role, span.text, found[span.cue].text) for span in found if span.cue is not None}
    assert ("source", "Han", "told") in hung
    assert ("content", "“It isn’t easy,”", "added") in hung
    assert any(role == "content" and cue == "told" and "keep the door open" in said for role, said, cue in hung)


def test_tags_and_lemmas(busan):
    """A verb's and a noun's form go back to the dictionary's; `n't` is not; a name stays as written."""
    lemmas = {token.text: (token.lemma, token.upos, token.xpos) for token in busan.tokens}
    assert lemmas["said"] == ("say", "VERB", "VBD")
    assert lemmas["n't"] == ("not", "PART", "RB")
    assert lemmas["officials"] == ("official", "NOUN", "NNS")
    assert lemmas["Rotterdam"] == ("Rotterdam", "PROPN", "NNP")


def test_capitals_do_not_break_it():
    """A story in capitals has its names and its sentences."""
    document = parsed("MOSCOW ACCUSED FRANCE OF SENDING TROOPS. ANGELA MERKEL MET JOHN KERRY IN PARIS ON MONDAY.")
    holds(document)
    assert len(document.sentences) == 2
    names = {(name.text, name.kind) for name in document.names}
    assert {("FRANCE", "place"), ("ANGELA MERKEL", "person"), ("JOHN KERRY", "person"), ("PARIS", "place")} <= names


@pytest.mark.parametrize(
    "body",
    [
        '"We will go, said the minister. He left at once. "It is over.',
        "“We will go, said the minister. He left at once.",
        "''We will go,'' said the minister. ``It is over.",
        "We will go,\" said the minister.' He left) at once.",
    ],
)
def test_unbalanced_quotation_marks_do_not_break_it(body):
    """The speaker is seen all the same."""
    document = parsed(body)
    holds(document)
    assert ("cue", "said") in {(span.role, span.text) for span in document.attributions}


def test_what_a_story_gives_depends_on_it_alone():
    """The same alone, among others, and with two threads, to the bit."""
    others = [story(BUSAN * 3), story("A"), story("No news is good news.")]
    alone = parsed(BUSAN)
    among = list(text.parse([*others, story(BUSAN), *others]))[3]
    by_two = parsed(BUSAN, text.load("packaged", threads=2))
    assert alone == among == by_two


def test_the_scores_too_are_the_same_to_the_bit():
    """Not the labels alone, but the numbers under them: one thread or two, before and after other texts."""
    one, two = text.load("packaged", threads=1), text.load("packaged", threads=2)
    passage = one.passage(BUSAN)
    for end in (1, 2, 7, 30, 53, len(passage.spans)):
        first = one.score(passage, 0, end)
        one.read("Something else, and longer. " * 20)
        for again in (one.score(passage, 0, end), two.score(passage, 0, end)):
            for field in dataclasses.fields(again):
                assert getattr(first, field.name).tobytes() == getattr(again, field.name).tobytes()


def test_a_long_story_is_read_to_its_end():
    """100 kB: every sentence whole, the last as the first."""
    body = "\n\n".join(BUSAN for _ in range(100_000 // len(BUSAN) + 1))
    document = parsed(body)
    holds(document)
    assert len(body) > 100_000
    assert sum(name.text == "Rotterdam" for name in document.names) == body.count("Rotterdam")
    assert document.sentences[-1].end_char == len(body.rstrip())


def test_a_paragraph_longer_than_a_window_keeps_its_sentences():
    """Windows end inside it, sentences do not."""
    body = " ".join(f"The minister of country number {n} said that she would resign on Monday." for n in range(60))
    document = parsed(body)
    holds(document)
    assert len(document.sentences) == 60
    assert sum(span.role == "cue" for span in document.attributions) == 60


def test_words_without_any_end_are_read_too():
    """A list of 3,000 words without a full stop."""
    holds(parsed("timber coal iron " * 1000))


@pytest.mark.parametrize("body", ["", " ", "\n\n", "\u00a0\u2003"])
def test_nothing_gives_nothing(body):
    """A text of white space alone has no tokens."""
    assert parsed(body).tokens == ()


def test_lines_that_are_wrapped_are_one_paragraph_and_others_are_not():
    """A line that had room for the next word ended on purpose."""
    wrapped = "The prime minister of the island said that the\nharbour would stay closed until the storm had\npassed."
    assert len(parsed(wrapped).sentences) == 1
    assert len(parsed("STORM CLOSES HARBOUR\nThe harbour of the island was closed on Monday.").sentences) == 2


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("PARIS/BERLIN, March 2 (Nordwire) — ", "PARIS/BERLIN"),
        ("Seoul, Jan 21 (IANS) ", "Seoul"),
        ("date 2026-01-20 WIREHUB - Meridian) Nairobi, March 2 (Meridian) ", "Nairobi"),
        ("LIMA, Peru (Harbour News) _ ", "LIMA, Peru"),
        ("GENEVA -- ", "GENEVA"),
    ],
)
def test_no_sentence_begins_in_a_dateline(head, place):
    """A story's first sentence is read as it is without its head."""
    body = "Train drivers walked out on Monday, their union said."
    bare = parsed(body)
    document = next(text.parse([dataclasses.replace(story(head + body), dateline_place=place)]))
    holds(document)
    first = document.sentences[-1]
    assert first.start_char == len(head)
    shifted = [(t.text, t.upos, t.deprel, t.head - first.first) for t in document.tokens[first.first :]]
    assert shifted == [(t.text, t.upos, t.deprel, t.head) for t in bare.tokens]


def test_a_damaged_file_gives_one_clear_line(tmp_path):
    """What is wrong, where, and what to do."""
    folder = copied(tmp_path)
    body = bytearray((folder / "model.onnx").read_bytes())
    body[5000] ^= 1
    (folder / "model.onnx").write_bytes(body)
    seen = r"^the language model in .* is damaged: model\.onnx is not the file"
    with pytest.raises(ConfigError, match=seen) as raised:
        files.packaged(folder)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["model.onnx", "labels.json", "manifest.json"])
def test_a_missing_file_gives_one_clear_line(tmp_path, name):
    """Whichever it is."""
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=r"is damaged: .*install the package again"):
        files.packaged(folder)


def copied(into: Path) -> Path:
    folder = into / "model"
    shutil.copytree(files.HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_the_version_is_the_manifests():
    """Another model is another version."""
    assert text.load().version == text.version("packaged")
    assert len(text.version("packaged")) == 16


def test_an_unknown_model_says_what_is_known():
    """One clear line."""
    with pytest.raises(ConfigError, match="'packaged', or 'spacy:NAME'"):
        text.load("best")


def test_conllu_shows_all_that_the_model_sees(busan):
    """Ten columns; places, names and roles in MISC; heads counted in the sentence."""
    blocks = to_conllu(busan).strip().split("\n\n")
    assert len(blocks) == 5
    rows = [line.split("\t") for line in blocks[1].splitlines() if line[0] != "#"]
    assert {len(row) for row in rows} == {10}
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert sum(row[6] == "0" and row[7] == "root" for row in rows) == 1
    han = next(row for row in rows if row[1] == "Han")
    start = BUSAN.index("Han told")
    assert han[9] == f"TokenRange={start}:{start + 3}|Name=B-person|Attribution=B-source"
    assert rows[0][9].startswith("SpaceAfter=No|")
    assert '# text = "We will keep the door open," Han told reporters.' in blocks[1]


def test_a_spacy_pipeline_can_take_its_place(tmp_path):
    """A small pipeline made here and loaded by name gives tokens, sentences and names of our kinds."""
    spacy = pytest.importorskip("spacy")
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Norway"}, {"label": "DATE", "pattern": "Monday"}])
    language.to_disk(tmp_path / "small")
    model = text.load(f"spacy:{tmp_path / 'small'}")
    document = parsed("Norway  voted\n\non Monday. It rained.", model)
    assert [token.text for token in document.tokens] == ["Norway", "voted", "on", "Monday", ".", "It", "rained", "."]
    assert [(sentence.first, sentence.end) for sentence in document.sentences] == [(0, 5), (5, 8)]
    assert [(name.text, name.kind) for name in document.names] == [("Norway", "place")]
    assert document.attributions == ()
    assert model.version.startswith("spacy:en_")


def test_without_spacy_its_name_gives_one_clear_line(monkeypatch):
    """What to install."""
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    with pytest.raises(ConfigError, match="needs spaCy, which is not installed: pip install spacy"):
        text.load("spacy:en_core_web_nowhere")
