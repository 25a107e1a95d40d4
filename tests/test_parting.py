"""What stands beside a story, and what only looks like it."""

import pytest

from pipeline.formats.byline import clean_byline, find_byline
from pipeline.formats.furniture import is_marker, is_note, is_private, is_reporting, is_service, is_sign_off
from pipeline.formats.parting import part

LEAD = "OSLO, March 3 (Nordwire) - The court ruled on Tuesday."


@pytest.mark.parametrize(
    "line",
    ["-END-", "ENDS", "- ENDS -", "###", "# # #", "-30-", "MORE", "(MORE)", "NNNN", "ZCZC ABC123", "* * * *", "___"],
)
def test_a_marker_is_no_text(line):
    """Where a story begins, ends and goes on."""
    assert is_marker(line)


@pytest.mark.parametrize(
    "line", ["More", "30", "The end", "Fine", "2-1", "1.", "Table 3", "End of an era for the harbor"]
)
def test_a_short_line_is_no_marker(line):
    """Words of a text, and results."""
    assert not is_marker(line)


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ines Falk; Editing by Tomas Rehn)",
        "(Additional reporting by Ines Falk in Oslo and Tomas Rehn in Bergen; Editing by A. Holt.)",
        "Reporting by Ines Falk in Oslo",
        "(Reportage Ines Falk, édité par Tomas Rehn)",
        "(Reporte de Inés Falk; Editado por Tomás Rehn)",
    ],
)
def test_a_line_that_says_who_reported_is_no_text(line):
    """In brackets or not."""
    assert is_reporting(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the newspaper found that prices rose.",
        "Editing is hard, he said.",
        "Writing by hand helps children to learn.",
    ],
)
def test_a_sentence_about_reporting_is_text(line):
    """It has a verb."""
    assert not is_reporting(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2026 The Associated Press. All rights reserved.",
        "(c) 2026 AFP",
        "© Nordwire",
        "AP Photo XNP101, XNP102",
        "AP-WF-11-13-13 1509GMT",
        "212322 GMT Nov 18",
        "Our Standards: The Nordwire Principles.",
        "((ines.falk@example.com; +47 2222 2222))",
        "Photo: Karl Holm / TT",
        "FEEDHUB20012026000231011071ID1110623456",
        "(foto) (vídeo)",
        "Read also: What the union wants",
        "ALSO READ | What the union wants",
        "Lire aussi : ce que dit l’opposition",
        "Related stories",
        "Advertisement",
        "Your browser does not support HTML5 video.",
        "To continue reading, subscribe today from £1 a week.",
    ],
)
def test_a_service_line_is_no_text(line):
    """Rights, addresses, stamps, photo lines."""
    assert is_service(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright infringement by rivals cost the company $3 million in 2024.",
        "Photos available on social media show smoke over the harbor.",
        "With video of the crash going viral, the minister resigned.",
        "Distribution of aid began.",
        "Related costs rose by a tenth.",
        "Advertisements for tobacco are banned.",
        "Your browser history is yours, the court said.",
        "See the map for the roads that are closed: there are nine of them.",
        "The minister said the photo: a fake, was no joke to him.",
    ],
)
def test_a_sentence_about_rights_and_photos_is_text(line):
    """It goes on as a line of a service does not."""
    assert not is_service(line)


@pytest.mark.parametrize(
    "line", ["dpa grj rmo", "--IANS", "bur-abc/def", "int/jk/as", "(AFP)", "Karl Holm/TT", "（共同）"]
)
def test_a_sign_off_is_no_text(line):
    """An agency's name and the initials of desks."""
    assert is_sign_off(line)


@pytest.mark.parametrize("line", ["He did.", "and so on", "Oslo 3, Bergen 1", "the mayor of Oslo said so", "Yes/No"])
def test_a_short_last_line_is_text(line):
    """Words, and results."""
    assert not is_sign_off(line)


def test_notes_are_parted_from_a_text():
    """Addressed to editors, or in brackets and about what has changed."""
    assert is_note("EDITORS: With photos.")
    assert is_note("(Adds quotes, background)")
    assert not is_note("(The court has nine judges.)")
    assert not is_note("Editors are leaving the newspaper.")


def test_what_is_not_for_publication_goes_with_all_that_follows():
    """A sentence that says so of something else stays."""
    assert is_private("The following information is not intended for publication")
    assert is_private("## Redaktionelle Hinweise")
    assert not is_private("The letter was private and not for publication, the court said.")
    parted = part([LEAD, "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt", "Kontakt: Ines Falk"])
    assert parted.paragraphs == [LEAD]
    assert parted.notes[1] == "Kontakt: Ines Falk"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("By Ines Falk", LEAD),
        ("By INES FALK and TOMAS REHN", LEAD),
        ("Von Ines Falk, dpa", LEAD),
        ("Por Inés Falk", LEAD),
        ("By The Associated Press", LEAD),
        ("Ines Falk", "AP Sports Writer"),
        ("INES FALK", "Associated Press"),
        ("Ines Falk, AP Sports Writer", LEAD),
        ("Ines Falk", LEAD),
    ],
)
def test_a_first_line_can_be_a_byline(line, after):
    """With or without `By`, with a title line, or right above the dateline."""
    assert find_byline(line, after) == line


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("By Friday, the storm had passed.", LEAD),
        ("By Friday", LEAD),
        ("By the time the storm had passed", LEAD),
        ("Storm Hits Northern Coast", LEAD),
        ("New York", LEAD),
        ("Ines Falk", "said that she would resign."),
        ("MARKETS RALLY", LEAD),
        ("", LEAD),
    ],
)
def test_a_first_line_need_not_be_a_byline(line, after):
    """A sentence, a headline, a place."""
    assert find_byline(line, after) is None


@pytest.mark.parametrize(
    ("told", "byline"),
    [
        ("By Ines Falk", "Ines Falk"),
        ("BY INES FALK, Associated Press", "INES FALK"),
        ("Von Ines Falk, dpa", "Ines Falk"),
        ("Ines Falk and Tomas Rehn", "Ines Falk and Tomas Rehn"),
        ("Ines Falk | Nordwire News", "Ines Falk"),
        ("Ines Falk (Nordwire)", "Ines Falk"),
        ("By INES FALK Associated Press Writer", "INES FALK"),
        ("By Ines Falk and Tomas Rehn Staff Writers", "Ines Falk and Tomas Rehn"),
        ("By dpa correspondents", None),
        ("By Staff Reporter", None),
        ("The Associated Press", None),
        ("NTB", None),
        ("Nordwire", None),
        ("jr", None),
        ("AB/cd", None),
        ("", None),
        (None, None),
    ],
)
def test_a_byline_is_its_writers(told, byline):
    """A publisher's name and initials are none."""
    assert clean_byline(told, ("Nordwire",)) == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Ann Lee, The Canadian Press", "Ann Lee"),
        ("Karin Berg/TT", "Karin Berg"),
        ("Ann Lee and Bo Hall, AP", "Ann Lee and Bo Hall"),
    ],
)
def test_who_signs_below_a_story_wrote_it(line, byline):
    """Where nobody is named above it."""
    assert part([LEAD, line]).byline == byline
    assert part([LEAD, line]).paragraphs == [LEAD]
    assert part(["By Ines Falk", LEAD, line]).byline == "By Ines Falk"


@pytest.mark.parametrize("line", ["New York, AP", "Berlin, Germany", "Oslo, NTB", "He met Ann Lee, AP"])
def test_a_place_below_a_story_wrote_nothing(line):
    """Nor does a sentence."""
    assert part([LEAD, line]).byline is None


def test_who_reported_may_stand_behind_the_last_sentence():
    """In brackets; other brackets stay."""
    told = "(Reporting by Ines Falk; Editing by Tomas Rehn)"
    parted = part([LEAD, f"The krone fell. ($1 = 10 krones) {told}"])
    assert (parted.paragraphs[-1], parted.reporting) == ("The krone fell. ($1 = 10 krones)", [told])
    assert part([LEAD, "The krone fell. (It rose on Monday.)"]).paragraphs[-1] == "The krone fell. (It rose on Monday.)"


def test_a_delivery_is_parted_in_order():
    """Note, byline and title line before the dateline; trailers after the end; what is between stays."""
    parted = part(
        [
            "(Adds quotes)",
            "By Ines Falk",
            "Nordwire Staff Writer",
            LEAD,
            "Results:\nOslo 3, Bergen 1",
            "(The court has nine judges.)",
            "(Reporting by Ines Falk; Editing by Tomas Rehn)",
            "-END-",
            "nw if/tr",
        ]
    )
    assert parted.paragraphs == [LEAD, "Results:\nOslo 3, Bergen 1", "(The court has nine judges.)"]
    assert parted.notes == ["(Adds quotes)"]
    assert parted.reporting == ["(Reporting by Ines Falk; Editing by Tomas Rehn)"]
    assert parted.byline == "By Ines Falk"
    assert parted.dateline.place == "OSLO"


def test_a_dateline_that_stands_alone_runs_in():
    """As NITF has it, or an agency's own layout."""
    assert part(["OSLO (AP) --", "The court ruled."]).paragraphs == ["OSLO (AP) -- The court ruled."]
