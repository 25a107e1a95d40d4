"""How desks of many agencies and languages write, and what must come of it: made after their conventions."""

import json
from datetime import UTC, date, datetime

import pytest

from pipeline.errors import Rejected
from pipeline.formats import anpa, article, iptc7901, newsml_g2, ninjs, nitf, plain
from pipeline.formats.encoding import decode
from pipeline.formats.signals import signal_of_headline
from pipeline.sources import Source
from pipeline.tables import Item

DESK = Source(name="desk", title="Desk", where={"kind": "folder", "path": "."})
NAR = "http://iptc.org/std/nar/2006-10-01/"


def read(form, body):
    told = body if isinstance(body, bytes) else body.encode()
    facts = {"source": "desk", "day": date(2026, 3, 4), "url": "file:///in/note.txt"}
    return form.read(Item.of(told, **facts, fetched_at=datetime(2026, 3, 4, tzinfo=UTC)), DESK)


@pytest.mark.parametrize(
    ("last", "credit"),
    [
        ('"No queda otra", dijo la portavoz. EFE', "EFE"),
        ("Domani nuovo incontro. (ANSA).", "ANSA"),
        ("De streiker igjen.\n\nSTT–Lehtikuva", "STT–Lehtikuva"),
        ("Foi um êxito.\n\nABC (DEF) // GHI\n\nLusa/Fim", "Lusa/Fim"),
    ],
)
def test_an_agency_that_signs_behind_the_last_sentence_is_no_text(last, credit):
    """Nor are the initials before it; the sentence stays."""
    story = read(plain, f"The harbor stays closed, the council said.\n\n{last}\n")
    assert story.text.split("\n\n")[-1].endswith((".", '"'))
    assert credit not in story.text


@pytest.mark.parametrize(
    "line",
    [
        "(Schluss) abc/def",
        "SOURCE Acme Shipping",
        "View source version on businesswire.example: https://businesswire.example/1/en/",
        "((Tradução Redação São Paulo; +55 11 0000-0000)) REUTERS AL PR",
        "mf\n\nend",
    ],
)
def test_a_service_line_at_the_end_is_no_text(line):
    """What agencies and press-release services put there."""
    lead = "WIEN (APA) - Die Schifffahrt ist eingestellt worden."
    assert read(plain, f"{lead}\n\n{line}\n").text == lead


@pytest.mark.parametrize(
    "line",
    [
        "Bo Hall in Dover contributed to this report.",
        "(Por Ana Lima; edição de Pedro Reis)",
    ],
)
def test_who_else_reported_is_a_note(line):
    """It says who wrote, and is no part of the story."""
    lead = "LONDON (AP) — Port workers walked out."
    story = read(plain, f"{lead}\n\n{line}\n\nThis version CORRECTS the spelling of Dover.\n")
    assert story.text == lead
    assert story.signal == "correction"
    assert line.strip("()") in story.ed_note


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED FOR RELEASE UNTIL 0001 GMT WEDNESDAY", datetime(2026, 3, 4, 0, 1, tzinfo=UTC)),
        ("Sperrfrist: Donnerstag, 6.00 Uhr", datetime(2026, 3, 5, 6, tzinfo=UTC)),
        ("EMBARGOED UNTIL 1700 GMT", datetime(2026, 3, 3, 17, tzinfo=UTC)),
    ],
)
def test_an_embargo_without_a_date_counts_from_the_dateline(line, until):
    """To the weekday that comes next, or on the same day."""
    story = read(plain, f"{line}\n\nLONDON, March 3 (PA) - Ports are not ready for storms, a report said.\n")
    assert story.embargoed_until == until


def test_an_embargo_that_cannot_be_read_stays_a_note():
    """Nothing is made up, and nothing is lost."""
    story = read(plain, "Embargo: until the minister speaks\n\nLONDON, March 3 (PA) - Ports are not ready.\n")
    assert story.embargoed_until is None
    assert story.ed_note == "Embargo: until the minister speaks"


def test_a_headline_above_a_byline_is_one_where_there_is_no_dateline():
    """And a headline in capitals is no byline."""
    story = read(
        plain, "FERRIES HALTED BY STRIKE\n\nBy Jane Smith, PA Transport Correspondent\n\nFerries stand still.\n"
    )
    assert (story.headline, story.byline, story.text) == (
        "FERRIES HALTED BY STRIKE",
        "Jane Smith",
        "Ferries stand still.",
    )


def test_a_byline_and_a_dateline_with_the_agency_behind_a_stroke():
    """As Swedish desks have them."""
    story = read(plain, "Hamnstrejk hotar\n\nText: Karin Berg/TT\n\nGöteborg/TT\n\nEn strejk hotar färjorna.\n")
    assert (story.headline, story.byline, story.dateline_place) == ("Hamnstrejk hotar", "Karin Berg", "Göteborg")
    assert (story.credits, story.text) == (["TT"], "Göteborg/TT En strejk hotar färjorna.")


@pytest.mark.parametrize(
    ("lead", "place", "credits_"),
    [
        ("(Beirut) – Authorities should act.", "Beirut", []),
        ("Kabul, Afghanistan – Police said it.", "Kabul, Afghanistan", []),
        ("OSLO (NTB-Reuters): Det er slutt.", "OSLO", ["NTB", "Reuters"]),
        ("Smith, Jones – Police said it.", None, []),
    ],
)
def test_more_shapes_of_datelines(lead, place, credits_):
    """Brackets, a country spelt out, two agencies joined."""
    story = read(plain, f"{lead}\n\nIt went on.\n")
    assert (story.dateline_place, story.credits) == (place, credits_)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Přístav byl uzavřen, řekl mluvčí, příčina není známa.", "cp1250"),
        ("Port został zamknięty, poinformował się rzecznik.", "iso-8859-2"),
        ("Liman kapandı, olduğunu söyledi, çok iyi değil. İzmir.", "cp1254"),
        ("Señal de “alerta” en Málaga – dijo Núñez.", "cp1252"),
        ("Været på øya er dårlig, sier Åse Bø ved havna.", "cp1252"),
        ("He met Jérôme Müller and José Peña in Malmö, on 30 m².", "cp1252"),
    ],
)
def test_latin_letters_without_a_label_are_those_of_a_language(text, encoding):
    """The reading counts whose letters one language has."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("headline", "signal"),
    [("2ND LD-Port closes", "update"), ("Update 1 - Port closes", "update"), ("1st lead changes hands", None)],
)
def test_a_take_mark_may_begin_a_headline(headline, signal):
    """Behind it stands a dash."""
    assert signal_of_headline(headline) == signal


def test_what_a_json_feed_says_of_every_item():
    """Its language and authors stand for items that do not say."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "H",
        "language": "sv",
        "authors": [{"name": "Bo Ek"}],
    }
    items = [{"id": "1", "title": "A", "content_text": "Ett."}, {"id": "2", "content_text": "Two.", "language": "en"}]
    first, second = (read(ninjs, each) for each in ninjs.split(json.dumps({**feed, "items": items}).encode()))
    assert (first.language, first.byline, second.language) == ("sv", "Bo Ek", "en")


@pytest.mark.parametrize(
    "empty",
    ["[]", '{"total": 0, "items": []}', '{"version": "https://jsonfeed.org/version/1", "title": "H", "items": []}'],
)
def test_an_empty_list_has_no_items(empty):
    """And nothing to refuse."""
    assert list(ninjs.split(empty.encode())) == []


def test_a_time_in_gmt_by_its_name_and_fields_one_level_down():
    """Whatever the source's time zone; an author's number is no byline."""
    posted = {"id": 12, "date": "2026-03-03T11:15:00", "date_gmt": "2026-03-03T10:15:00", "author": 3}
    story = read(ninjs, json.dumps({**posted, "title": {"rendered": "A"}, "content": {"rendered": "<p>Text.</p>"}}))
    assert (story.published_at, story.byline) == (datetime(2026, 3, 3, 10, 15, tzinfo=UTC), None)
    nested = {"id": "world/1", "webTitle": "A", "fields": {"headline": "A", "body": "<p>One.</p>"}}
    assert read(ninjs, json.dumps(nested)).text == "One."


def test_a_byline_of_an_agency_is_a_credit_where_nobody_signs():
    """And no writer."""
    head = "<body.head><hedline><hl1>A</hl1></hedline><byline>NTB</byline></body.head>"
    story = read(nitf, f"<nitf><body>{head}<body.content>One.\n\nTwo.</body.content></body></nitf>")
    assert (story.byline, story.credits, story.text) == (None, ["NTB"], "One.\n\nTwo.")


def test_a_notepad_in_a_bare_body_is_a_note():
    """It need not stand in a whole page."""
    body = "<section><p>Text.</p></section><section class='notepad'><p>For the desk.</p></section>"
    meta = "<itemMeta><itemClass qcode='ninat:text'/></itemMeta><contentMeta/>"
    content = f"<contentSet><inlineXML contenttype='application/xhtml+xml'><body>{body}</body></inlineXML></contentSet>"
    story = read(newsml_g2, f"<newsItem xmlns='{NAR}' guid='urn:x'>{meta}{content}</newsItem>")
    assert (story.text, story.ed_note) == ("Text.", "For the desk.")


def test_text_that_looks_like_a_tag_stays_text_in_several_paragraphs():
    """It was escaped once, and is unescaped once."""
    body = "<p>The &lt;i&gt; tag and a&lt;b.</p><p>AT&amp;T &amp;amp; Co.</p>"
    story = read(nitf, f"<nitf><body><body.content>{body}</body.content></body></nitf>")
    assert story.text == "The <i> tag and a<b.\n\nAT&T & Co."


PAGE = "<!doctype html><html><head><title>A</title></head><body><article><p>One sentence is here, said Bo.</p>"


@pytest.mark.parametrize(
    ("form", "cut"),
    [
        (article, PAGE),
        (article, f"{PAGE}</article><p>And the next one bre"),
        (anpa, "r0284 us-----\nr s BC-X  03-04 0391\n\x02^BC-X,391<\n\tLAKE CITY (AP) _ A para"),
        (iptc7901, "\x01bdt0123 4 pl 345  dpa 0987\nHarbor/\n\x02Old harbor burns\n\nLAKE CITY (dpa) - A para"),
    ],
)
def test_what_breaks_off_is_truncated(form, cut):
    """Half a story never stands for a whole one."""
    with pytest.raises(Rejected) as refusal:
        read(form, cut)
    assert refusal.value.reason == "truncated"


def test_end_tags_that_html_lets_be_left_out_are_not_missed():
    """A page without them is whole."""
    assert read(article, f"{PAGE}</article>").text == "One sentence is here, said Bo."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('x\n{"uri": "urn:x", "headline": "A", "body_html": "<p>One.</p>"}', "not-json"),
        ("<œxml?>mnitf><head></head><body><p>One.</p></body></nitf>", "unknown-xml"),
    ],
)
def test_what_is_damaged_where_it_begins_is_no_plain_text(body, reason):
    """No tag and no name of a field gets into a story."""
    with pytest.raises(Rejected) as refusal:
        read(plain, body)
    assert refusal.value.reason == reason


def test_a_time_that_stands_alone_in_a_page_is_no_text():
    """One in a sentence is."""
    body = "<time>3 de marzo</time><p>Los puertos cerraron el <time>martes</time>, según la autoridad.</p>"
    page = f"<!doctype html><html><body><article>{body}</article></body></html>"
    assert read(article, page).text == "Los puertos cerraron el martes, según la autoridad."


def test_a_head_that_only_the_dateline_closes():
    """Without a blank line and without the sign that the standard has for it."""
    head = "\x01ntb0123 6 in 0100  ntb 0001\nHavn/\n\x02HAST: Havn stengt\n"
    story = read(iptc7901, f"{head}Bergen (NTB): Havna er stengt.\n\x03 031015 mar 26\x04")
    assert (story.headline, story.text) == ("HAST: Havn stengt", "Bergen (NTB): Havna er stengt.")


def test_marks_and_stamps_of_a_desk_are_neither_headline_nor_text():
    """As Austria's agency has them."""
    head = "\x01apa0123 5 WI 0234  apa 0111\nHafen/Wien/\nUtl.: neu\n\x02Hafen geschlossen =\n\n"
    story = read(iptc7901, f"{head}Wien (APA) - Er ist zu.\n\nAPA0123 2026-03-03/10:15\n\n\x03031015 Mär 26\x04")
    assert (story.headline, story.ed_note, story.text) == ("Hafen geschlossen", "Utl.: neu", "Wien (APA) - Er ist zu.")


def test_a_long_selector_and_a_mandatory_kill():
    """A kill's lines are notes, not headlines."""
    head = "\x01a1000\x1ff2130------\r\nu i\x14\x11 BC-KILL--Port 03-03 0040\r\n\x02^BC-KILL--Port,40<\r\n"
    story = read(anpa, f"{head}^Eds: Kill the story.<\r\n^A kill is mandatory.<\r\n\x03AP-WF-03-03-26 1015GMT<\r\n\x04")
    assert (story.status, story.headline, story.text) == ("canceled", None, "")
    assert story.ed_note == "Eds: Kill the story. A kill is mandatory."
