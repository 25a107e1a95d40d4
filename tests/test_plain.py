"""Plain text: encodings, layouts, header lines, headlines, embargoes."""

from datetime import UTC, date, datetime

import pytest

from pipeline.errors import Rejected
from pipeline.formats import format_of, plain
from pipeline.formats.embargo import embargo_in
from pipeline.formats.encoding import decode
from pipeline.formats.layout import paragraphs_of
from pipeline.formats.xml import parse
from pipeline.sources import Source
from pipeline.tables import Item

DESK = Source(name="desk", title="Desk", where={"kind": "folder", "path": "."}, timezone="Europe/Berlin")
LEAD = "OSLO, March 3 (Nordwire) - The council voted on Tuesday to close the old harbor."
SPANISH = "Málaga — «por fin» a 3 €."


def read(text, **facts):
    told = {"source": "desk", "day": date(2026, 3, 4), "url": "file:///in/desk%20note.txt"}
    body = text.encode() if isinstance(text, str) else text
    return plain.read(Item.of(body, **(told | facts), fetched_at=datetime(2026, 3, 4, tzinfo=UTC)), DESK)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (SPANISH.encode(), None),
        (SPANISH.encode(), "latin-1"),
        (SPANISH.encode("utf-8-sig"), None),
        (SPANISH.encode("utf-16"), None),
        (SPANISH.encode("utf-16-le"), None),
        (SPANISH.encode("utf-16-be"), None),
        (SPANISH.encode("utf-32"), None),
        (SPANISH.encode("windows-1252"), None),
        (SPANISH.encode("windows-1252"), "utf-8"),
        (SPANISH.encode("windows-1252"), "iso-8859-1"),
        (SPANISH.encode("windows-1252"), "no such encoding"),
        ("Málaga — «por ".encode() + "fin» a 3 €.".encode("windows-1252"), "utf-8"),
        (SPANISH.encode() + "é".encode()[:1], None),
    ],
)
def test_an_encoding_is_found_whatever_is_told(body, told):
    """By its mark, by its bytes, or as told; a letter that is cut in two is left out."""
    assert decode(body, told) == SPANISH


def test_an_encoding_that_cannot_be_found_can_be_told():
    """As every single-byte one of a language that is not Western."""
    assert decode("Кремль".encode("koi8-r"), "koi8-r") == "Кремль"


def test_a_mail_is_its_text():
    """Its subject is a headline, its date the time; who sent it to whom is no text."""
    head = (
        "From: desk@desk.example\nTo: us@us.example\nSubject: Harbor to close\nDate: Tue, 03 Mar 2026 10:15:00 +0000\n"
    )
    story = read(f"{head}Content-Type: text/plain; charset=utf-8\n\n{LEAD}\n")
    assert (story.headline, story.text) == ("Harbor to close", LEAD)
    assert story.published_at == datetime(2026, 3, 3, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "body", [b"{\\rtf1\\ansi Text.\\par}", b"PK\x03\x04\x14\0word", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1"]
)
def test_a_document_of_an_office_is_refused(body):
    """Whatever format is looked for: its codes are no text."""
    facts = {
        "source": "desk",
        "day": date(2026, 3, 4),
        "url": "file:///in/a",
        "fetched_at": datetime(2026, 3, 4, tzinfo=UTC),
    }
    with pytest.raises(Rejected) as refused:
        format_of(DESK, body).read(Item.of(body, **facts), DESK)
    assert refused.value.reason == "not-text"


def test_lines_of_scripts_without_spaces_are_joined_without_one():
    """What a line width has cut."""
    lines = [
        "新华社北京３月３日电 国务院三日批准了明年的预算",
        "草案，财政部发言人说，赤字率将会降至百分之三以下，",
        "港口的工程也将在五月开工。",
    ]
    assert read("\n".join(lines)).text == "".join(lines)


def test_what_was_made_utf_8_twice_is_made_text():
    """Where all of it was; a text that has a letter of its own stays as it is."""
    text = "“I’m here,” said Zoë – in Málaga."
    twice = "".join(
        bytes([each]).decode("cp1252") if each not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(each)
        for each in text.encode()
    )
    assert decode(twice.encode()) == text
    assert parse(f"<a>{twice}</a>".encode()).text == text
    assert decode(f"{twice} é".encode()) == f"{twice} é"
    assert decode("CÂ» 3 °".encode()) == "CÂ» 3 °"


FAR = {
    "Порт закрыт из-за шторма, паромы стоят.": "windows-1251 koi8-r iso-8859-5 cp866 mac-cyrillic",
    "Порт зачинено через шторм, пороми стоять.": "windows-1251 koi8-u iso-8859-5",
    "Το λιμάνι έκλεισε λόγω κακοκαιρίας.": "windows-1253 iso-8859-7",
    "הנמל נסגר בשל הסערה.": "windows-1255 iso-8859-8",
    "أغلق الميناء بسبب العاصفة.": "windows-1256 iso-8859-6",
    "ท่าเรือปิดเนื่องจากพายุ": "cp874",
    "市長は、水は夕方までに戻ると述べた。": "shift_jis cp932 euc_jp iso2022_jp",
    "港口因风暴关闭，渡轮停航至星期四早晨。": "gb18030",
    "港口因暴風雨關閉，渡輪停航至星期四早上。": "big5",
    "항구는 폭풍으로 폐쇄됐고 여객선은 멈춘다.": "cp949",
}


@pytest.mark.parametrize(("text", "name"), [(text, name) for text, names in FAR.items() for name in names.split()])
def test_a_line_tells_its_encoding(text, name):
    """In other than Latin letters, in a page too, whatever its tags are in."""
    assert decode(text.encode(name)) == text
    page = f"<html><head><style>p {{ color: navy }}</style></head><body class='story'><p>{text}</p></body></html>"
    assert decode(page.encode(name)) == page


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_kind_of_line_end_is_one(end):
    """A bare carriage return too."""
    assert decode(f"One.{end}{end}Two.{end}".encode()) == "One.\n\nTwo.\n"


def test_a_stray_control_character_leaves_the_text_and_binary_is_refused():
    """A NUL in a text is no reason to refuse it."""
    assert read(b"The council\0 voted.\x07").text == "The council voted."
    with pytest.raises(Rejected) as refusal:
        read(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x03\x00>\x00\x01\x00\x00\x00" * 8)
    assert refusal.value.reason == "not-text"


LAYOUTS = [
    ("The council voted\nto close the harbor.\n\nIt closes.", ["The council voted to close the harbor.", "It closes."]),
    (
        "   The council of the town voted to\nclose the harbor.\n   It closes with the end of the season\nin May.",
        ["The council of the town voted to close the harbor.", "It closes with the end of the season in May."],
    ),
    ("\tOne.\n\tTwo.", ["One.", "Two."]),
    (f"{LEAD} {LEAD}\n{LEAD} {LEAD}", [f"{LEAD} {LEAD}", f"{LEAD} {LEAD}"]),
    ("Oslo 3, Bergen 1\nMoss 0, Voss 0", ["Oslo 3, Bergen 1\nMoss 0, Voss 0"]),
    ("Team     W   L\nOslo     7   1\nBergen   6   2", ["Team     W   L\nOslo     7   1\nBergen   6   2"]),
    (
        "- the first point, which goes on\n  in a second line\n- the second",
        ["- the first point, which goes on in a second line\n- the second"],
    ),
    (
        "The vote on the US-\nbacked plan for the centre-\nright coalition failed.",
        ["The vote on the US-backed plan for the centre-right coalition failed."],
    ),
    (f"Harbor closes\n{LEAD}", ["Harbor closes", LEAD]),
    ("", []),
    (" \n\t\n", []),
]


@pytest.mark.parametrize(("text", "paragraphs"), LAYOUTS)
def test_lines_become_paragraphs(text, paragraphs):
    """A wrap is a space; lists, tables and results keep their lines."""
    assert paragraphs_of(text) == paragraphs


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        ("Lake City closes its harbor", "Lake City closes its harbor"),
        (
            "UPDATE 2-Lake City closes its harbor\n* Vote was 11 to 4\n* Fishermen protest",
            "UPDATE 2-Lake City closes its harbor",
        ),
        ("Lake City closes its harbor\n\nFishermen protest", None),
        ("Harbor", None),
        ("The council voted on Tuesday to close the harbor.", None),
        ("", None),
    ],
)
def test_one_line_alone_above_the_dateline_is_a_headline(above, headline):
    """Two lines, one word, a sentence: nobody knows, so none is invented, and they stay in the text."""
    story = read(f"{above}\n\n{LEAD}")
    assert story.headline == headline
    assert (above.partition("\n")[0] in story.text) == (headline is None)


def test_without_a_dateline_no_line_is_a_headline():
    """A first line may be anything."""
    assert read("Lake City closes its harbor\n\nThe council voted on Tuesday.").headline is None


def test_header_lines_are_read_and_leave_the_text():
    """At least two of them, or one on its own."""
    story = read(
        f"Headline: Harbor closes\nSlug: harbor\nUrgency: 3\nDate: 2026-03-03 18:00\nSource: Nordwire\n\n{LEAD}"
    )
    assert (story.headline, story.slugline, story.urgency, story.credits) == (
        "Harbor closes",
        "harbor",
        3,
        ["Nordwire"],
    )
    assert story.published_at == datetime(2026, 3, 3, 17, tzinfo=UTC)
    assert story.text == LEAD
    assert (
        read("Note: the harbor closes in May, the council said.").text
        == "Note: the harbor closes in May, the council said."
    )


def test_a_text_framed_by_zczc_and_nnnn_tells_what_its_codes_say():
    """Category, keyword, headline."""
    story = read(f"ZCZC NW123\n$i\n:Harbor\n^Harbor closes\n*X\n{LEAD}\nNNNN\n")
    assert (story.headline, story.slugline, story.subjects, story.text) == ("Harbor closes", "Harbor", ["i"], LEAD)


def test_a_delivery_without_an_id_is_named_after_its_file():
    """Without its suffix, and decoded."""
    assert read(LEAD).guid == "desk note"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0001 GMT, Thursday, March 5", datetime(2026, 3, 5, 0, 1, tzinfo=UTC)),
        ("Embargo: 2026-03-05T06:00:00+01:00", datetime(2026, 3, 5, 5, tzinfo=UTC)),
        ("SPERRFRIST: 5. März 2026, 06.00 Uhr", datetime(2026, 3, 5, 5, tzinfo=UTC)),
        ("Not for release before 6 p.m. EST on March 5, 2026", datetime(2026, 3, 5, 23, tzinfo=UTC)),
        ("EMBARGADO HASTA EL 5 de marzo de 2026 a las 12:00", datetime(2026, 3, 5, 11, tzinfo=UTC)),
        ("Embargoed until March 5", datetime(2026, 3, 4, 23, tzinfo=UTC)),
        ("FOR IMMEDIATE RELEASE", None),
        ("The embargo on oil was lifted on March 5.", None),
    ],
)
def test_a_line_can_set_an_embargo(line, until):
    """Until a time, in its own zone or the source's; an embargo on oil is none."""
    story = read(f"{line}\n\n{LEAD}")
    assert story.embargoed_until == until
    assert (line in story.text) == ("oil" in line)


def test_a_note_can_set_an_embargo():
    """Whose year is the one near the story's."""
    assert embargo_in("Eds: Embargoed until 1200 GMT Jan. 1.", DESK, date(2025, 12, 30)) == datetime(
        2026, 1, 1, 12, tzinfo=UTC
    )


def test_a_text_taken_as_it_is_keeps_every_character():
    """So that offsets count in it; what its head says is read all the same."""
    text = f" date 2026-03-02 FEEDHUB - Nordwire) {LEAD}\n\n-END-\n"
    item = Item.of(
        text.encode(), source="desk", day=date(2026, 3, 4), url="text:", fetched_at=datetime(2026, 3, 4, tzinfo=UTC)
    )
    story = plain.as_it_is(text, item, DESK)
    assert (story.text, story.credits, story.dateline_on) == (text, ["Nordwire", "FEEDHUB"], date(2026, 3, 3))
    assert plain.as_it_is("", item, DESK).text == ""
