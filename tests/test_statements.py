"""Who says what to whom, and when."""

from datetime import date

import pytest
from findings import statements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LEE = "Harbour Minister Marta Silva"


def only(text, **wanted):
    """The one statement whose facts these are."""
    found = [s for s in statements(text) if all(getattr(s, name) == value for name, value in wanted.items())]
    assert len(found) == 1, [(s.content, s.cue_text) for s in statements(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "content", "speaker", "cue"),
    [
        (
            '"The harbour will open in May," Harbour Minister Marta Silva said on Tuesday.',
            "direct",
            '"The harbour will open in May,"',
            "person:marta-silva",
            "said",
        ),
        (
            "Harbour Minister Marta Silva said that the harbour would open in May.",
            "indirect",
            "that the harbour would open in May",
            "person:marta-silva",
            "said",
        ),
        (
            'Harbour Minister Marta Silva said the harbour was "as good as finished."',
            "mixed",
            'the harbour was "as good as finished."',
            "person:marta-silva",
            "said",
        ),
        (
            "Marta Silva asked whether the harbour was safe.",
            "question",
            "whether the harbour was safe",
            "person:marta-silva",
            "asked",
        ),
        (
            "The harbour will open in May, according to the Portuguese Ports Agency.",
            "indirect",
            "The harbour will open in May",
            "organization:portuguese-ports-agency",
            "according to",
        ),
    ],
)
def test_cues_before_and_after_their_content(text, kind, content, speaker, cue):
    """Direct, indirect, mixed and asked; by verb and by `according to`."""
    (found,) = statements(text)
    assert (found.kind, found.content, found.speaker_entity_id, found.cue_text) == (kind, content, speaker, cue)


def test_a_cue_in_the_middle_parts_the_content():
    """One statement with two spans."""
    text = '"The harbour," Marta Silva said, "will open in May."'
    found = only(text, kind="direct")
    assert [text[s.start_char : s.end_char] for s in found.content_spans] == ['"The harbour,"', '"will open in May."']
    assert found.speaker_entity_id == "person:marta-silva"


def test_adding_that_is_a_second_statement_of_the_speaker():
    """`… , she said, adding that …` is two, both by her."""
    text = 'Marta Silva met the crew. "We are ready," she said, adding that the harbour would open in May.'
    found = [(s.cue_lemma, s.speaker_entity_id) for s in statements(text) if s.cue_lemma in {"say", "add"}]
    assert found == [("say", "person:marta-silva"), ("add", "person:marta-silva")]


def test_a_quoted_paragraph_is_carried_over():
    """A paragraph of nothing but a quotation is the speaker's before it, and says so."""
    text = (
        '"The harbour will open in May," Marta Silva said.\n\n'
        '"We should not wait for the last crane to be painted."\n\n'
        "The crew cheered."
    )
    found = only(text, speaker_basis="carried over")
    assert found.content == '"We should not wait for the last crane to be painted."'
    assert (found.speaker_entity_id, found.speaker_text) == ("person:marta-silva", None)


def test_a_quotation_over_paragraphs_is_one_statement():
    """Opening marks repeated, the closing mark last."""
    text = (
        'Marta Silva said: "The harbour will open in May. We have waited for ten years.\n\n'
        '"Now the cranes are in place, and the ships can come."\n\n'
        "The crew cheered."
    )
    found = [s for s in statements(text) if s.speaker_entity_id == "person:marta-silva"]
    assert found[0].content.startswith('"The harbour')
    assert any("the ships can come" in s.content for s in found)


def test_a_colon_is_a_cue():
    """`Silva: "…"` needs no verb."""
    text = 'Marta Silva: "We will open the harbour in May."'
    (found,) = statements(text)
    assert (found.kind, found.speaker_entity_id, found.act) == ("direct", "person:marta-silva", "commit")


def test_a_passive_names_its_speaker():
    """`was quoted as saying`."""
    text = "Marta Silva was quoted as saying the harbour would open in May."
    found = only(text, speaker_entity_id="person:marta-silva")
    assert "the harbour would open in May" in found.content


def test_who_is_asked_is_no_speaker():
    """`Asked about …, Silva replied …`: the question is not hers."""
    text = "Asked about the delay, Marta Silva replied that the cranes had come late."
    asked, replied = statements(text)
    assert (asked.kind, asked.speaker_entity_id, asked.addressee_entity_id) == ("question", None, "person:marta-silva")
    assert (replied.speaker_entity_id, replied.act) == ("person:marta-silva", "answer")


def test_a_report_of_a_statement_is_its_parent():
    """An agency passes on what somebody says: two statements, the inner one via the agency."""
    text = "Marta Silva denied the claim of the dockers, the Lusa news agency reported."
    outer = only(text, cue_lemma="report")
    inner = only(text, cue_lemma="deny")
    assert (inner.parent, inner.speaker_entity_id) == (outer.statement, "person:marta-silva")
    assert inner.via == outer.speaker_entity_id


def test_several_speakers_are_one_group():
    """Two who say one thing together."""
    text = "Marta Silva and Jorge Pinto said the harbour would open in May."
    (found,) = statements(text)
    assert found.speaker_entity_id == "group:jorge-pinto+marta-silva"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Marta Silva said the harbour was closed.", "assert"),
        ("Marta Silva promised to open the harbour.", "commit"),
        ("Marta Silva demanded an answer from the company.", "demand"),
        ("Marta Silva urged the company to pay.", "urge"),
        ("Marta Silva accused the company of lying.", "accuse"),
        ("Marta Silva denied that the harbour was closed.", "deny"),
        ("Marta Silva offered to pay the workers.", "offer"),
        ("Marta Silva rejected the proposal of the company.", "reject"),
        ("Marta Silva warned that the harbour might close.", "warn"),
        ("Marta Silva predicted that the harbour would close.", "predict"),
        ("Marta Silva apologized for the delay.", "apologize"),
        ('"We will open the harbour," Marta Silva said.', "commit"),
        ('"We should open the harbour," Marta Silva said.', "urge"),
    ],
)
def test_what_is_done_by_saying_it(text, act):
    """The cue tells the act; a neutral one leaves it to the words."""
    assert [s.act for s in statements(text)] == [act]


@pytest.mark.parametrize(
    ("text", "addressee", "content"),
    [
        ("Turkey accused Greece of closing the strait.", "country:GRC", "of closing the strait"),
        ("Turkey demanded an apology from Greece.", "country:GRC", "an apology"),
        ("Turkey told Greece that the strait was open.", "country:GRC", "that the strait was open"),
        ("Turkey offered to resume talks with Greece.", "country:GRC", "to resume talks with Greece"),
    ],
)
def test_to_whom_it_is_said(text, addressee, content):
    """The addressee is told apart from the content."""
    (found,) = statements(text)
    assert (found.speaker_entity_id, found.addressee_entity_id, found.content) == ("country:TUR", addressee, content)


@pytest.mark.parametrize(
    ("text", "said_on", "basis"),
    [
        ("Marta Silva said on Tuesday that the harbour was open.", date(2026, 3, 10), "stated"),
        ("Marta Silva said the harbour had closed on Tuesday.", date(2026, 3, 12), "story"),
        ("Marta Silva has offered to pay the workers.", None, "none"),
        ("The strike began after Marta Silva accused the union of lying.", None, "none"),
    ],
)
def test_when_it_was_said(text, said_on, basis):
    """The cue's own date before the story's day; the perfect and what went before have none."""
    (found,) = statements(text)
    assert (found.said_on, found.said_basis) == (said_on, basis)


def test_what_was_not_said_is_negated():
    """`did not say`."""
    found = statements("Marta Silva did not say that the harbour would open.")
    assert [s.negated for s in found] == [True]


@pytest.mark.parametrize(
    "text",
    [
        'The "green" harbour opened in May.',
        'She read "The Old Man and the Sea" on the ferry.',
        "LISBON, March 12 (Lusa) - The harbour opened.",
        "The harbour opened in May. (Reuters)",
        "The ship left the harbour at noon.",
    ],
)
def test_what_is_no_statement(text):
    """Scare quotes, titles of works, datelines and credits."""
    assert statements(text) == []


def test_a_pronoun_that_nobody_can_be_told_for_has_no_speaker():
    """A wrong speaker is worse than none."""
    text = 'Jorge Pinto met Rui Costa in the hall. "It is late," he said.'
    found = only(text, cue_lemma="say")
    assert found.speaker_entity_id is None or found.speaker_basis == "coreference"


def test_numbers_parents_and_confidence_hold_together():
    """Numbers run from 1, a parent is another statement, and a confidence is a share."""
    text = (
        '"The harbour will open," Marta Silva said, adding that it was safe. Lusa reported that Rui Costa had said it '
        "was not."
    )
    found = statements(text)
    assert [s.statement for s in found] == list(range(1, len(found) + 1))
    assert all(s.parent is None or (1 <= s.parent <= len(found) and s.parent != s.statement) for s in found)
    assert all(0 < s.confidence < 1 for s in found)


MARKS = ['"', "“", "”", "‘", "’", "``", "''", "\n\n", " ", ". ", ", ", "he said", "Marta Silva", "We will go", "that"]


@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_marks_break_it(text):
    """Unbalanced, nested, doubled, missing: every span of every statement stands in the text."""
    for found in statements(text):
        assert found.content == " ".join(text[s.start_char : s.end_char] for s in found.content_spans)
        assert all(text[s.start_char : s.end_char] for s in found.quotes)
        assert found.speaker_start_char is None or text[found.speaker_start_char : found.speaker_end_char]


@pytest.mark.parametrize("text", ["", "\n", "MARTA SILVA SAID NO.", '"', "- said\n- said\n", "(" * 20 + '"' * 7])
def test_odd_texts_are_read(text):
    """Empty, capitals, lone marks, lists."""
    assert all(found.content for found in statements(text))


def test_what_an_agency_quotes_somebody_as_saying():
    """The agency passes on, the one quoted says."""
    text = 'Reuters quoted Marta Silva as saying: "The harbour is ready."'
    inner = only(text, kind="direct")
    assert (inner.speaker_entity_id, inner.content) == ("person:marta-silva", '"The harbour is ready."')
    assert inner.via == "organization:reuters"


def test_a_dateline_is_no_content():
    """What stands before the dash was not said."""
    text = "LISBON (Lusa) — The harbour will open in May, Marta Silva said."
    assert only(text, cue_lemma="say").content == "The harbour will open in May"


def test_who_is_cited_is_no_part_of_what_is_reported():
    """`citing two officials` parts the speaker from the cue."""
    text = "Reuters, citing two officials, reported that the harbour would close."
    assert only(text, cue_lemma="report").content == "that the harbour would close"


def test_a_quoted_paragraph_behind_a_colon_is_announced():
    """`She was asked about the delay, and answered:`, then a paragraph in quotation marks."""
    text = (
        "Marta Silva looked at the empty quay and answered:\n\n"
        '"The harbour will open in May, and the ferries will run again before the summer is over."\n\n'
        "The ferries stopped in 2019."
    )
    found = only(text, kind="direct")
    assert (found.speaker_entity_id, found.cue_lemma) == ("person:marta-silva", "answer")
    assert found.content.startswith('"The harbour will open in May')


def test_where_a_company_is_based_does_not_speak():
    """`The manufacturer, Guadalajara-based Acme, said`: the company, or nobody."""
    text = "The manufacturer, Guadalajara-based Laboratorios Sierra, said it had found an error in the pens."
    found = only(text, cue_lemma="say")
    assert not (found.speaker_entity_id or "").startswith("place:")
