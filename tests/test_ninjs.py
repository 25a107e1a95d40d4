"""ninjs in its versions, and JSON that resembles it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Rejected
from pipeline.formats import FORMATS, ninjs
from pipeline.sources import Source
from pipeline.tables import Item

DESK = Source(name="desk", title="Desk", where={"kind": "folder", "path": "."}, timezone="Europe/Berlin")
IPTC = Path(__file__).parent.parent.parent / "shared" / "wire" / "ninjs"
LEAD = "OSLO, March 3 (Nordwire) - The council voted."


def item(body, **facts):
    told = {
        "source": "desk",
        "day": date(2026, 3, 4),
        "url": "file:///in/harbor.json",
        "fetched_at": datetime(2026, 3, 4, tzinfo=UTC),
    }
    return Item.of(body, **(told | facts))


def read(**sent):
    body = json.dumps({"uri": "urn:harbor", "body_text": LEAD} | sent).encode()
    return ninjs.read(item(body), DESK)


def reason(**sent):
    with pytest.raises(Rejected) as refusal:
        read(**sent)
    return refusal.value.reason


@pytest.mark.parametrize(
    "sent",
    [
        {"body_html": f"<p>{LEAD}</p><p>It closes.</p>"},
        {"body_xhtml": f"<div><p>{LEAD}</p>It closes.</div>"},
        {"body_text": f"{LEAD}\n\nIt closes."},
        {"body_text": f"<p>{LEAD}</p><p>It closes.</p>"},
        {"bodies": [{"role": "text", "value": f"{LEAD}\n\nIt closes."}]},
        {
            "bodies": [
                {
                    "role": "x",
                    "contentType": "text/html",
                    "value": f"<html><style>p{{}}</style><body><p>{LEAD}</p><p>It closes.</p></body></html>",
                }
            ]
        },
        {"body": f"&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;It closes.&lt;/p&gt;"},
        {"body": {"html": f"<p>{LEAD}</p><p>It closes.</p>"}},
        {"content": {"rendered": f"<p>{LEAD}</p><p>It closes.</p>"}},
        {"bodyText": f"   {LEAD}\n   It closes."},
        {
            "articleBody": [
                {"type": "paragraph", "text": LEAD},
                {"type": "image", "text": "A boat."},
                {"type": "paragraph", "text": "It closes."},
            ]
        },
        {"paragraphs": [LEAD, "It closes."]},
    ],
)
def test_a_body_is_read_under_whatever_name_it_comes(sent):
    """Markup or not, and whatever it is labelled."""
    assert read(**({"body_text": None} | sent)).text == f"{LEAD}\n\nIt closes."


def test_of_several_bodies_the_markup_is_read_unless_it_is_only_a_teaser():
    """Markup shows paragraphs; the whole text counts more."""
    whole = f"{LEAD}\n\nIt closes on May 1 after eleven years of quarrel about the smell of the fish market."
    assert read(body_text=whole, body_html=f"<p>{LEAD}</p>").text == whole


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        ({"headlines": [{"role": "sub", "value": "B"}, {"role": "main", "value": "A"}]}, "headline", "A"),
        ({"headline": "", "title": "A &amp; <b>B</b>"}, "headline", "A & B"),
        ({"headline": None}, "headline", None),
        ({"by": "Von Ines Falk, dpa"}, "byline", "Ines Falk"),
        ({"by": ["Ines Falk", "Tomas Rehn"]}, "byline", "Ines Falk, Tomas Rehn"),
        ({"authors": [{"name": "Ines Falk"}]}, "byline", "Ines Falk"),
        ({"by": "Insidepic", "copyrightholder": "Insidepic"}, "byline", None),
        ({"embargoed": "2026-03-05T00:01:00+01:00"}, "embargoed_until", datetime(2026, 3, 4, 23, 1, tzinfo=UTC)),
        ({"embargoedUntil": "2026-03-05 00:01:00"}, "embargoed_until", datetime(2026, 3, 4, 23, 1, tzinfo=UTC)),
        ({"versioncreated": "2026-03-03T10:00:00+0100"}, "published_at", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        (
            {"versionCreated": "", "firstCreated": "20260303T090000Z"},
            "published_at",
            datetime(2026, 3, 3, 9, tzinfo=UTC),
        ),
        ({"version": "7"}, "version", 7),
        ({"version": 0}, "version", 0),
        ({"version": ""}, "version", None),
        ({"version": True}, "version", None),
        ({"urgency": "3"}, "urgency", 3),
        (
            {"subject": [{"code": "20000002", "scheme": "http://cv.iptc.org/newscodes/mediatopic/"}]},
            "subjects",
            ["medtop:20000002"],
        ),
        (
            {"subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/15000000", "literal": "x"}]},
            "subjects",
            ["medtop:15000000"],
        ),
        (
            {"subjects": [{"name": "Sport", "literal": "15000000"}, "16000000", {"name": "no code"}]},
            "subjects",
            ["15000000", "16000000"],
        ),
        ({"infoSources": [{"name": "Harbor News"}], "provider": "Hub"}, "credits", ["Nordwire", "Harbor News", "Hub"]),
        ({"located": "Bergen"}, "dateline_place", "OSLO"),
        ({"located": "Bergen", "body_text": "The council voted."}, "dateline_place", "Bergen"),
        ({"located": "2026-03-03T10:00:00Z", "body_text": "The council voted."}, "dateline_place", None),
        ({"edNote": "Corrects date"}, "signal", "correction"),
        ({"signals": ["newscontent", "update"]}, "signal", "update"),
        ({"headline": "UPDATE 2-Harbor closes"}, "signal", "update"),
        ({"version": "3"}, "signal", "update"),
        ({"version": "20260303101500"}, "signal", "original"),
        ({"pubstatus": "stat:usable"}, "status", "usable"),
        ({"pubStatus": "canceled", "body_text": ""}, "status", "canceled"),
        ({"pubStatus": "canceled", "body_text": ""}, "signal", "kill"),
        ({"pubstatus": "withheld"}, "signal", "withhold"),
        ({"language": "en_GB"}, "language", "en-GB"),
        ({"language": "en", "body_text": "Кремль сообщил, что переговоры завершились."}, "language", "ru"),
        ({"uri": None, "id": 17}, "guid", "17"),
        ({"uri": None}, "guid", "harbor"),
        ({"uri": "https://api.example/c/abc123?qt=x", "altids": {"itemid": "abc123"}}, "guid", "abc123"),
        ({"uri": None, "altIds": [{"role": "itemid", "value": "abc123"}]}, "guid", "abc123"),
    ],
)
def test_a_field_is_read_under_whatever_name_it_comes(sent, field, value):
    """What is empty or of another kind is as if it were not there."""
    assert getattr(read(**sent), field) == value


def test_pictures_of_a_story_do_not_leak_into_it():
    """Nor do other associated items."""
    picture = {"uri": "urn:pic", "type": "picture", "body_text": "A boat.", "headline": "Boat", "byline": "Karl Holm"}
    story = read(associations={"main": picture}, renditions={"main": {"href": "x", "title": "A boat."}})
    assert (story.text, story.byline, story.headline) == (LEAD, None, None)


def test_what_is_no_story_is_refused_with_its_reason():
    """A picture, a part of a story, nothing at all, a status that nobody knows."""
    assert reason(type="picture") == "no-text-part"
    assert reason(body_text="", representationtype="partial") == "partial"
    assert reason(body_text="") == "empty-text"
    assert reason(pubstatus="draft") == "unknown-status"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"uri": "urn:x", "body_text": "cut o', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"1" * 10_000, "not-json"),
        (b'"text"', "not-ninjs"),
        (b"[]", "not-ninjs"),
        (b"{}", "not-ninjs"),
        (b'{"a": 1}', "not-ninjs"),
        (b"null", "not-ninjs"),
        (b"", "not-json"),
        (bytes(range(256)) * 10, "encoding"),
        (b"\x00\x01\x02\x03binary" * 30, "not-text"),
    ],
)
def test_what_is_no_ninjs_is_refused_with_its_reason(body, why):
    """And with nothing else."""
    with pytest.raises(Rejected) as refusal:
        ninjs.read(item(body), DESK)
    assert refusal.value.reason == why


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: items,
        lambda items: {"items": items},
        lambda items: {"total": 2, "item": items},
        lambda items: {"status": "ok", "results": items},
        lambda items: {"data": {"items": items}},
        lambda items: {"hits": {"total": 2, "hits": [{"_id": each["uri"], "_source": each} for each in items]}},
        lambda items: {"title": "A feed", "version": "https://jsonfeed.org/version/1.1", "items": items},
        lambda items: {"data": [{"meta": {}, "item": each} for each in items]},
    ],
)
def test_items_are_found_in_whatever_wraps_them(wrap):
    """Each stands alone."""
    items = [{"uri": f"urn:{number}", "body_text": LEAD, "headline": "Harbor"} for number in (1, 2)]
    parts = list(ninjs.split(json.dumps(wrap(items)).encode()))
    assert [ninjs.read(item(part), DESK).guid for part in parts] == ["urn:1", "urn:2"]


def test_lines_that_are_json_each_are_items():
    """As message queues deliver them."""
    lines = b'{"uri": "urn:1", "body_text": "One."}\n{"uri": "urn:2", "body_text": "Two."}\n'
    assert [ninjs.read(item(part), DESK).text for part in ninjs.split(lines)] == ["One.", "Two."]


def test_what_no_table_can_hold_is_left_out():
    """Halves of characters, NULs, numbers beyond 64 bits, an urgency that is none."""
    story = read(uri="urn:\ud800x", headline="A\ud800\x00B", body_text="One\x0btwo.\x00", version=2**70, urgency=17)
    assert (story.guid, story.headline, story.text) == ("urn:x", "AB", "One two.")
    assert (story.version, story.urgency) == (None, None)


def test_one_bad_item_costs_that_item_alone():
    """What is no object in a list is an item for `read` to refuse."""
    parts = list(ninjs.split(b'[{"uri": "urn:1", "body_text": "One."}, 7, {"uri": "urn:2", "body_text": "Two."}]'))
    assert len(parts) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1252"])
def test_an_encoding_is_found(encoding):
    """With a byte order mark or without."""
    body = json.dumps({"uri": "urn:x", "body_text": "Málaga – «por fin»."}, ensure_ascii=False).encode(encoding)
    assert ninjs.looks_like(body)
    assert ninjs.read(item(body), DESK).text == "Málaga – «por fin»."


OUTCOMES = {
    "1.4/businesswire-newsml-20130515006361.json": "story",
    "1.4/businesswire-newsml-20130605006126.json": "story",
    "1.4/businesswire-newsml-20130612006110.json": "story",
    "1.4/businesswire-newsml-20130731006140.json": "story",
    "1.4/ninjs-1-4-examples.json": "empty-text",
    "1.4/ninjsExComplex1.json": "story",
    "1.4/ninjsExComplex2.json": "story",
    "1.4/ninjsExMediumText1.json": "story",
    "1.4/ninjsExSimplePhoto1.json": "no-text-part",
    "1.4/ninjsExSimpleText1.json": "story",
    "2.1/SIPA_image_2.json": "no-text-part",
    "2.1/ap_audio.json": "no-text-part",
    "2.1/ap_image.json": "no-text-part",
    "2.1/ap_video.json": "no-text-part",
    "2.1/businesswire-newsml-20130605006126.json": "story",
    "2.1/businesswire-newsml-20130731006140.json": "story",
    "2.1/dpa_text.json": "story",
    "2.1/imageEncodedRights.json": "no-text-part",
    "2.1/imageLinkedRights.json": "no-text-part",
    "2.1/ninjsExSimpleText_2.json": "story",
    "2.1/ntb_text.json": "empty-text",  # a description alone, which is no body
    "2.1/tt_text_image_2.json": "story",
    "3.0/20231004-UEFA-ChampionLeague.json": "empty-text",  # a place in a calendar, its type not told
    "3.0/20231005-65-addb-event.json": "not-a-story",
    "3.0/20231008-anti-doping-measures-at-the-tour-down-under-will-be-the-toughest-ever-addb-ninjs-nitf.json": (
        "story"
    ),
    "3.0/20231016-addb-example-press-conference.json": "story",
    "3.0/SIPA_image_3.json": "no-text-part",
    "3.0/ap_audio.json": "no-text-part",
    "3.0/ap_image.json": "no-text-part",
    "3.0/ap_video.json": "no-text-part",
    "3.0/businesswire-newsml-20130605006126.json": "story",
    "3.0/businesswire-newsml-20130731006140.json": "story",
    "3.0/dpa_text.json": "story",
    "3.0/imageEncodedRights.json": "no-text-part",
    "3.0/imageLinkedRights.json": "no-text-part",
    "3.0/ninjsExSimpleText_3.json": "story",
    "3.0/ntb_text.json": "empty-text",
    "3.0/simpleEvent.json": "not-a-story",
    "3.0/tt_event_pressconference_3.0.json": "not-a-story",
    "3.0/tt_text_image_3.json": "story",
}


@pytest.mark.skipif(not IPTC.is_dir(), reason="the IPTC's examples are not here")
def test_each_example_of_the_iptc_gives_a_story_or_a_reason():
    """Texts are stories; pictures, sound, events and items without a body are not."""

    def outcome(path):
        try:
            ninjs.read(item(path.read_bytes()), DESK)
        except Rejected as refusal:
            return refusal.reason
        return "story"

    assert {str(path.relative_to(IPTC)): outcome(path) for path in IPTC.glob("*/*.json")} == OUTCOMES


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    "uri headline headlines body_html body_text bodies body content version pubstatus subject subjects byline by "
    "located versioncreated embargoed language urgency ednote signal altids infosource type items "
    "data representationtype".split()
)
FORMS = [each for name, each in FORMATS.items() if name in {"ninjs", "anpa", "iptc7901", "plain"}]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_nothing_but_rejected_leaves_ninjs(sent):
    """Whatever stands under the names that are known."""
    try:
        for part in ninjs.split(json.dumps(sent).encode()):
            ninjs.read(item(part), DESK)
    except Rejected:
        pass


PIECES = st.sampled_from(
    [
        *(b"\x01 \x02 \x03 \x16 ^ < = / ( ) By \xff\xfe \xc3 \0 ZCZC".split(b" ")),
        *(
            b"\r\n",
            b"\n",
            b"\t   ",
            b"- ",
            b"Headline: ",
            b"031720 GMT Mar 26",
            b"r0421 us\n",
            b"r n BC-X 03-03 0391\n",
        ),
        *(b"bdt0123 4 pl 345 dpa 0987\n", b"date 2026-13-45 X - Y) ", b"OSLO, Feb 30 (AP) - "),
        b"EMBARGOED UNTIL 9999 GMT Feb 31\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=14), st.sampled_from(FORMS))
def test_nothing_but_rejected_leaves_the_text_formats(pieces, form):
    """Whatever bytes come, made of what these formats are made of."""
    body = b"".join(pieces)
    assert isinstance(form.looks_like(body), bool)
    try:
        for part in form.split(body):
            form.read(item(part), DESK)
    except Rejected:
        pass
