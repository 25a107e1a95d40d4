"""What stands under a press release, and what only looks like it."""

import pytest

from pipeline.formats.parting import part

LEAD = "PORTLAND, Maine, March 3 (Nordwire) - Harbor Ferries has ordered two electric boats from a yard in Norway."
MORE = "The boats are to enter service in 2028, and the first of them will be tried in the bay for a winter."
CONTACT = "Media contact: Jane Roe, Harbor Ferries, +1 555 010 0199"
ABOUT = [
    "About Harbor Ferries",
    "Harbor Ferries runs eleven boats and has carried passengers across the bay since 1951.",
]


@pytest.mark.parametrize(
    "under",
    [
        [CONTACT],
        ["###", *ABOUT],
        [*ABOUT, CONTACT],
        ["Contacts", "Jane Roe", "Harbor Ferries", "jroe@ferries.example", "Tom Li", "+1 555 010 0142"],
        ["ENDS", "Notes to editors:", "1. The old boats burn diesel, and each of them takes forty cars."],
        ["For more information, please contact Jane Roe at jroe@ferries.example."],
        ["Pressekontakt:", "Ute Kahn, Tel. 030 5550 1000", "www.faehren.example"],
        ["Contact presse : Anne Leroy, 01 55 50 01 00"],
        [
            *ABOUT,
            "Forward-Looking Statements",
            "Some of this may turn out otherwise.",
            CONTACT,
            "SOURCE Harbor Ferries",
        ],
    ],
)
def test_what_stands_under_a_press_release_is_no_text(under):
    """It is kept beside it, but for markers and service lines."""
    parted = part([LEAD, MORE, *under])
    assert parted.paragraphs == [LEAD, MORE]
    assert parted.beside == [line for line in under if line not in {"###", "ENDS", "SOURCE Harbor Ferries"}]


@pytest.mark.parametrize(
    "under",
    [
        ABOUT,
        ["About Gaza", MORE, CONTACT.replace("Media contact", "He lost contact")],
        ["Contact was lost at 14.05 near the island, the coast guard said."],
        [
            CONTACT,
            "The coast guard said on Monday that the boats would be inspected before they enter service in the bay.",
        ],
        ["Media contact: none was named, and the company did not say whom reporters could ask about the order."],
        ["The editor of the paper, reached at editor@paper.example, would not say who wrote the letter."],
    ],
)
def test_what_only_looks_like_it_is_text(under):
    """A heading with nobody to ask, a contact that a story goes on behind, one that nobody can be reached by."""
    parted = part([LEAD, MORE, *under])
    assert (parted.paragraphs, parted.beside) == ([LEAD, MORE, *under], [])


def test_whom_to_ask_can_stand_above_a_release():
    """Before its headline."""
    parted = part(["FOR IMMEDIATE RELEASE", CONTACT, "Ferries order boats", LEAD, MORE])
    assert (parted.before, parted.paragraphs[-2:], parted.beside) == (["Ferries order boats"], [LEAD, MORE], [CONTACT])


def test_looking_takes_time_in_line_with_the_text():
    """However many headings there are."""
    many = [line for number in range(20_000) for line in (CONTACT, f"{number} {MORE} {MORE}")]
    assert part([LEAD, *many]).paragraphs == [LEAD, *many]
