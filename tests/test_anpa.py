"""ANPA 1312 and IPTC 7901, with their control characters and without."""

from datetime import UTC, date, datetime

import pytest

from pipeline.errors import Rejected
from pipeline.formats import FORMATS, anpa, format_of, iptc7901
from pipeline.sources import Source
from pipeline.tables import Item

DESK = Source(name="desk", title="Desk", where={"kind": "folder", "path": "."}, timezone="Europe/Berlin")
BODY = ["^BC-XX--Old Harbor, 2nd Ld,39<", "^Harbor closes<", "\t   OSLO (AP) _ The council voted Tuesday."]


def item(body, day=date(2026, 3, 4)):
    return Item.of(body, source="desk", day=day, url="file:///in/x.txt", fetched_at=datetime(2026, 3, 4, tzinfo=UTC))


def wire(
    lines=BODY,
    *,
    second="r n\x14\x11 BC-XX--OldHarbor 2ndLd    03-03 0039",
    end="\x03AP-NY-03-03-26 1720GMT<",
    eol="\r\n",
):
    return eol.join(["\x16\x16\x01r0421\x1fus-----", second, "\x02" + lines[0], *lines[1:], end, "\x04"]).encode(
        "latin-1"
    )


def lost(body):
    """A message as it comes when every control character but line ends and tabs has gone."""
    return bytes(each for each in body if each >= 32 or each in b"\n\t")


def facts(story):
    return story.headline, story.slugline, story.version, story.signal, story.text, story.published_at


@pytest.mark.parametrize(
    "damage", [lost, lambda body: body.replace(b"\r\n", b"\n"), lambda body: body.replace(b"\r\n", b"\r")]
)
def test_an_anpa_message_reads_the_same_without_its_control_characters(damage):
    """The header's shape, the `^` and the tab are enough."""
    body = damage(wire())
    assert format_of(DESK, body) is anpa
    assert facts(anpa.read(item(body), DESK)) == facts(anpa.read(item(wire()), DESK))
    assert facts(anpa.read(item(body), DESK)) == (
        "Harbor closes",
        "BC-XX--Old Harbor, 2nd Ld",
        2,
        "update",
        "OSLO (AP) _ The council voted Tuesday.",
        datetime(2026, 3, 3, 17, 20, tzinfo=UTC),
    )


def test_the_takes_of_an_anpa_story_are_one_story():
    """Keyword and day name it; edition and take do not."""
    first = wire(["^BC-XX--Old Harbor,39<", *BODY[1:]], second="r n BC-XX--OldHarbor    03-03 0039")
    kill = wire(
        ["^BC-XX--Old Harbor, Kill,9<", "^Eds: Kill the story.<"], second="u n BC-XX--OldHarbor, Kill    03-03 0009"
    )
    stories = [anpa.read(item(body), DESK) for body in (first, wire(), kill)]
    assert {story.story_id for story in stories} == {"desk:XX--Old Harbor:2026-03-03"}
    assert [story.signal for story in stories] == ["original", "update", "kill"]
    assert [story.status for story in stories] == ["usable", "usable", "canceled"]
    assert [story.urgency for story in stories] == [4, 4, 3]


def test_an_anpa_header_has_no_year():
    """Where the last line is lost, the day is the one nearest to that of arrival, and no time is made up."""
    body = wire(second="r n BC-XX--OldHarbor    12-31 0039", end="")
    story = anpa.read(item(body, date(2026, 1, 2)), DESK)
    assert story.anchor_on == date(2025, 12, 31)
    assert story.anchor_basis == "stamp"


@pytest.mark.parametrize(
    ("end", "sent"),
    [
        ("\x03AP-WF-03-04-26 0123GMT<", datetime(2026, 3, 4, 1, 23, tzinfo=UTC)),
        ("\x0316:35ET 31-10-14<", datetime(2014, 10, 31, 20, 35, tzinfo=UTC)),
        ("\x03", None),
    ],
)
def test_an_anpa_message_is_sent_when_its_last_line_says(end, sent):
    """Month first, or day first where there is no such month."""
    if sent:
        assert anpa.read(item(wire(end=end)), DESK).published_at == sent
    else:
        assert anpa.read(item(wire(end=end)), DESK).published_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_typesetting_codes_leave_the_text_and_tables_keep_their_lines():
    """Quotation marks and fractions become characters; lines end without `<` and `=`."""
    lines = [
        "^BC-XX--Glance,39<",
        "^League Glance<",
        "^ W   L   GB=",
        "Oslo        7  1   _",
        "Bergen      6  2   1{",
        "\t   ``We won,'' he said.<",
        "^Tuesday's Games=",
        "\t   Oslo 3, Bergen 1",
    ]
    story = anpa.read(item(wire(lines)), DESK)
    assert story.text.split("\n\n") == [
        "W L GB",
        "Oslo 7 1 _\nBergen 6 2 1½",
        '"We won," he said.',
        "Tuesday's Games",
        "Oslo 3, Bergen 1",
    ]


def test_an_anpa_paragraph_may_be_hard_wrapped():
    """A line that no tab begins goes on."""
    lines = [
        *BODY[:2],
        "\t   OSLO _ The council of the town voted on Tuesday to close",
        "the old harbor.<",
        "\t   Fine.",
    ]
    assert anpa.read(item(wire(lines)), DESK).text == (
        "OSLO _ The council of the town voted on Tuesday to close the old harbor.\n\nFine."
    )


def test_messages_that_come_together_are_split():
    """Each stands alone, with control characters or without."""
    for body in (wire() + wire(), lost(wire()) + b"\n" + lost(wire())):
        parts = list(anpa.split(body))
        assert [anpa.read(item(part), DESK).headline for part in parts] == ["Harbor closes", "Harbor closes"]


DPA = (
    "\x01bdt0123 3 pl 345  dpa 0987\r\n\r\nHafen/Rat/\r\n2. LEAD\r\n(Neu: Zitat)\r\n"
    "\x02Hafen schließt\r\nVon Ines Falk =\r\n\r\n"
    "Oslo (dpa) - Der Rat hat am Dienstag\r\nabgestimmt.\r\n\r\nnw/if\r\n\x03\r\n031820 Mar 26\r\n\x04"
).encode("latin-1")


@pytest.mark.parametrize("damage", [lambda body: body, lost, lambda body: body.replace(b"\r\n", b"\r")])
def test_an_iptc_7901_message_is_read_with_its_control_characters_and_without(damage):
    """Keywords, marks, headline and byline before the text; a time without a zone is the source's."""
    body = damage(DPA)
    assert format_of(DESK, body) is iptc7901
    story = iptc7901.read(item(body), DESK)
    assert (story.slugline, story.headline, story.byline) == ("Hafen/Rat", "Hafen schließt", "Ines Falk")
    assert (story.urgency, story.subjects, story.credits) == (3, ["pl"], ["dpa"])
    assert (story.version, story.signal, story.ed_note) == (2, "update", "Neu: Zitat")
    assert story.published_at == datetime(2026, 3, 3, 17, 20, tzinfo=UTC)
    assert story.text == "Oslo (dpa) - Der Rat hat am Dienstag abgestimmt."


def test_an_iptc_7901_header_can_tell_an_id_and_a_version():
    """As in `KNA 170123-89-00065#2`."""
    head = b"\x01bkn0014 4 pl 171 vvvvb KNA 170123-89-00065#2\r\nRat/Hafen\r\n\x02Hafen=\r\n"
    body = head + b"Oslo (KNA) Der Rat\r\ntagt.\r\n\x03\r\n231530 Jan 17\r\n\x04"
    story = iptc7901.read(item(body), DESK)
    assert (story.guid, story.version, story.dateline_place) == ("170123-89-00065", 2, "Oslo")


@pytest.mark.parametrize("name", ["anpa", "iptc7901"])
def test_a_text_without_a_header_is_refused(name):
    """With the format's own reason."""
    with pytest.raises(Rejected) as refusal:
        FORMATS[name].read(item(b"OSLO (AP) _ The council voted."), DESK)
    assert refusal.value.reason == f"not-{name}"
    assert not FORMATS[name].looks_like(b"OSLO (AP) _ The council voted.")
