"""NewsML-G2, NewsML 1 and NITF beyond the golden files: identity, damage, IPTC's own examples."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Rejected
from pipeline.formats import FORMATS, format_of, newsml_1_2, newsml_g2, nitf, plain
from pipeline.formats.newscodes import number_of, status_of, subject_of, urgency_of
from pipeline.formats.pieces import split_items
from pipeline.sources import Folder, Source
from pipeline.tables import Item, Story

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "wire"
SOURCE = Source(name="desk", title="Tests", where=Folder(kind="folder", path="."))
MODULES = {"newsml_g2": newsml_g2, "newsml_1_2": newsml_1_2, "nitf": nitf}
GOLDEN = [path for name in MODULES for path in sorted((HERE / "golden" / name).glob("*.xml"))]


def item(body, url="file:///in/item-7.xml"):
    return Item.of(body, source="desk", day=date(2026, 3, 4), url=url, fetched_at=datetime(2026, 3, 4, 12, tzinfo=UTC))


def g2(meta="", content="", attributes='guid="g" version="1"'):
    return f"<newsItem {attributes}><itemMeta>{meta}</itemMeta>{content}</newsItem>".encode()


def inline(body):
    return f"<contentSet><inlineXML>{body}</inlineXML></contentSet>"


BODY = inline("<html><body><p>A story.</p></body></html>")


def read(body, format_=newsml_g2):
    return format_.read(item(body), SOURCE)


def refusal(body, format_=newsml_g2):
    with pytest.raises(Rejected) as refused:
        read(body, format_)
    return refused.value.reason


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("stat:usable", "usable"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("https://cv.iptc.org/newscodes/pubstatusg2/canceled/", "canceled"),
        ("Cancelled", "canceled"),
        ("pst:USABLE", "usable"),
        ("", "usable"),
        (None, "usable"),
        ("Embargoed", "withheld"),
    ],
)
def test_a_status_is_known_by_any_name(code, status):
    """Any prefix, a URI, any case; embargoed without a time is withheld."""
    assert status_of(code) == status


def test_an_unknown_status_is_refused():
    """Nobody guesses whether a story may be used."""
    assert refusal(g2('<pubStatus qcode="stat:perhaps"/>', BODY)) == "unknown-status"


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("medtop:20000763", "medtop:20000763"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000763", "medtop:20000763"),
        ("mt:20000763", "medtop:20000763"),
        ("subj:15054000", "subj:15054000"),
        ("04008000", "04008000"),
        (" ", None),
    ],
)
def test_media_topics_have_one_name(code, subject):
    """By qcode, URI or a catalogue's own prefix; other codes as sent."""
    assert subject_of(code, {"mt": "http://cv.iptc.org/newscodes/mediatopic/"}) == subject


def test_numbers_are_numbers():
    """What is none is nothing."""
    assert [number_of(each) for each in ("7", " 07 ", "v7", "", None, "٣", "9" * 30)] == [
        7,
        7,
        None,
        None,
        None,
        None,
        None,
    ]
    assert urgency_of("0", None, "x", "12", "3") == 3


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<packageItem guid='p'/>", "package"),
        (b"<groupSet/>", "package"),
        (b"<conceptItem/>", "not-a-story"),
        (b"<planningItem/>", "not-a-story"),
        (b"<knowledgeItem/>", "not-a-story"),
        (b"<newsMessage><header/></newsMessage>", "not-newsml-g2"),
        (g2('<itemClass qcode="ninat:picture"/>'), "no-text-part"),
        (g2('<itemClass qcode="ninat:text"/>', "<contentSet><remoteContent/></contentSet>"), "no-text-part"),
        (g2("", inline("<sports-content><x>1</x></sports-content>")), "no-text-part"),
        (g2('<itemClass qcode="ninat:text"/>'), "empty-text"),
        (g2("", inline("<html><body/></html>")), "empty-text"),
        (b"<newsItem guid='x'><contentSet>", "truncated"),
    ],
)
def test_what_is_no_story_is_refused_for_what_it_is(body, reason):
    """Packages, plans, pictures and empty texts each have a reason of their own."""
    assert refusal(body) == reason


def test_a_canceled_item_may_be_empty():
    """A kill needs no text, not even a content set, whatever its class."""
    story = read(g2('<itemClass qcode="ninat:composite"/><pubStatus qcode="stat:canceled"/>'))
    assert (story.status, story.signal, story.text) == ("canceled", "kill", "")


def test_revisions_of_newsml_1_share_an_id():
    """The public identifier names a revision, the story id does not; without one, the item's id or the file's name."""

    def guid(identifiers):
        head = f"<Identification><NewsIdentifier>{identifiers}</NewsIdentifier></Identification>"
        content = "<NewsComponent><ContentItem><DataContent>A story.</DataContent></ContentItem></NewsComponent>"
        return read(f"<NewsML><NewsItem>{head}{content}</NewsItem></NewsML>".encode(), newsml_1_2).guid

    public = "<PublicIdentifier>urn:newsml:x.example:20260303:A-1:{0}{1}</PublicIdentifier><RevisionId>{0}</RevisionId>"
    assert guid(public.format(1, "N")) == guid(public.format(12, "")) == "urn:newsml:x.example:20260303:A-1"
    assert guid("<NewsItemId>A-1</NewsItemId><RevisionId>1</RevisionId>") == "A-1"
    assert guid("") == "item-7"


def test_text_parts_come_in_order_and_once():
    """Several parts are one text; a rendition that repeats another adds nothing."""
    parts = [
        "<inlineXML><html><body><p>One <b>and</b> two.</p></body></html></inlineXML>",
        '<inlineData contenttype="image/png">abc</inlineData>',
        '<inlineData contenttype="text/plain">One and two.</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;Three.&lt;/p&gt;</inlineData>',
    ]
    assert read(g2("", f"<contentSet>{''.join(parts)}</contentSet>")).text == "One and two.\n\nThree."


def test_documents_side_by_side_are_all_read():
    """Two pages in one part, and what stands beside them."""
    body = inline("Before<html><body><p>One</p></body><p>Out</p></html><html><p>Two</p></html>after")
    assert read(g2("", body)).text == "Before\n\nafter\n\nOne\n\nOut\n\nTwo"


def test_a_byline_is_who_wrote_it():
    """By and the name may stand in tags of their own; a title is no name, a subtitle no byline."""

    def byline(told):
        head = f"<body.head><byline>{told}</byline></body.head>"
        return read(
            f"<nitf><body>{head}<body.content><p>A story.</p></body.content></body></nitf>".encode(), nitf
        ).byline

    assert byline("By<person>Ann Lee</person><byttl>Desk Editor</byttl>") == "Ann Lee"
    assert byline("Situation serious, ready for all that may come") is None


def test_a_document_can_take_back_another():
    """NITF's cancellation is a document of its own that names the one it cancels."""
    told = 'management-status="usable" management-doc-idref="first" management-idref-status="canceled"'
    head = (
        f'<head><docdata {told}><doc-id id-string="second"/><date.issue>2026-03-03 10:00</date.issue></docdata></head>'
    )
    story = read(f"<nitf>{head}<body><body.content><p>Kill it.</p></body.content></body></nitf>".encode(), nitf)
    assert (story.guid, story.status, story.signal) == ("first", "canceled", "kill")
    assert story.published_at == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_a_headline_in_the_body_is_no_text():
    """It is dropped from the top, unless it is all that there is."""
    meta = "<contentMeta><headline>Big news</headline></contentMeta>"
    twice = inline("<html><body><h1>Big News</h1><p>A story.</p></body></html>")
    alone = inline("<html><body><p>Big news</p></body></html>")
    assert read(g2("", meta + twice)).text == "A story."
    assert read(g2("", meta + alone)).text == "Big news"


@pytest.mark.parametrize(
    "body",
    [
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>Bare <b>bold</b> tail<p>One<br/>two</p>end</body></html>",
        "<HTML><BODY>Bare <B>bold</B> tail<P>One<BR/>two</P>end</BODY></HTML>",
        "<nitf><body><body.content>Bare <em>bold</em> tail<p>One<br/>two</p>end</body.content></body></nitf>",
        "<story><text>Bare <strong>bold</strong> tail</text><text>One<br/>two</text><text>end</text></story>",
        "<![CDATA[Bare <b>bold</b> tail<p>One<br>two</p>end]]>",
        "&lt;body&gt;Bare &lt;b&gt;bold&lt;/b&gt; tail&lt;p&gt;One&lt;br&gt;two&lt;/p&gt;end&lt;/body&gt;",
        "<![CDATA[<?xml version='1.0'?><nitf><body>Bare <em>bold</em> tail<p>One two</p>end</body></nitf>]]>",
    ],
)
def test_every_kind_of_body_keeps_its_text(body):
    """XHTML, upper case, NITF, a private schema, CDATA, escaped, a document in a string."""
    assert read(g2("", inline(body))).text == "Bare bold tail\n\nOne two\n\nend"


def test_a_bad_item_costs_itself():
    """In a message of a thousand, one that is not well-formed is refused alone."""
    good = '<newsItem guid="g{0}"><contentSet><inlineData>Story {0}.</inlineData></contentSet></newsItem>'
    bad = '<newsItem guid="bad"><contentSet><inlineData>Story <b>x.</inlineData></contentSet></newsItem>'
    items = [good.format(number) for number in range(999)]
    together = "".join([*items[:500], bad, *items[500:]])
    header = "<header><sent>2026-03-04T10:00:00Z</sent></header>"
    message = f"<newsMessage>{header}<itemSet>{together}</itemSet></newsMessage>"
    began = time.process_time()
    pieces = list(newsml_g2.split(message.encode()))
    outcomes = [outcome(newsml_g2, piece) for piece in pieces]
    assert len(pieces) == 1000
    assert outcomes.pop(500) == "not-xml"
    assert set(outcomes) == {"story"}
    assert read(pieces[-1]).published_at == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert time.process_time() - began < 20


def test_pieces_keep_their_bytes():
    """An encoding that only the source knows survives the cut, and the same delivery gives the same pieces."""
    story = "<newsItem guid='{}'><contentSet><inlineData>Привет, мир</inlineData></contentSet></newsItem>"
    message = f"<newsMessage><itemSet>{story.format(1)}{story.format(2)}</itemSet></newsMessage>".encode("cp1251")
    pieces = list(newsml_g2.split(message))
    told = SOURCE.model_copy(update={"encoding": "cp1251"})
    assert [newsml_g2.read(item(piece), told).text for piece in pieces] == ["Привет, мир"] * 2
    assert pieces == list(newsml_g2.split(message))


def test_what_all_items_share_is_not_copied_without_end():
    """A large header and many items would take memory that nobody has."""
    message = b"<m><h>" + b"x" * 500_000 + b"</h>" + b"<nitf/>" * 1000 + b"</m>"
    with pytest.raises(Rejected, match="too much") as refused:
        list(split_items(message, {"nitf"}))
    assert refused.value.reason == "too-large"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<newsMessage/>", "newsml-g2"),
        (b"<NewsML/>", "newsml-1.2"),
        (b"<NewsItem><NewsComponent/></NewsItem>", "newsml-1.2"),
        (b"<newsItem guid='x'/>", "newsml-g2"),
        (b"<envelope><nar:newsItem guid='x'/></envelope>", "newsml-g2"),
        (b"<envelope><NewsML/></envelope>", "newsml-1.2"),
        (b"<documents><nitf/><nitf/></documents>", "nitf"),
        (b"<newsMessbge><header/><itemSet><newsItem guid='x'/>", "newsml-g2"),
        (b"<contentSet><inlineXML><nitf/></inlineXML></contentSet>", "newsml-g2"),
        (b"<?xml version='1.0'?><stock><price/></stock>", "plain"),
        (b"<QL>text with a typesetter's code", "plain"),
    ],
)
def test_auto_finds_the_format(body, name):
    """By the root, or by what stands in a root that nobody knows."""
    assert format_of(SOURCE.model_copy(update={"format": "auto"}), body) is FORMATS[name]


def test_unknown_xml_is_no_plain_text():
    """XML that no format knows does not leak its tags into a story."""
    assert refusal(b"<?xml version='1.0'?><stock><price>5</price></stock>", plain) == "unknown-xml"
    assert refusal(b"<stock><price>5</price></stock>\n", plain) == "unknown-xml"
    assert refusal(b"ck><price>5</price><when>now</when>", plain) == "unknown-xml"
    assert refusal(b"<newsMess", plain) == "unknown-xml"
    assert read(b"<QL>text with a typesetter's code", plain).text == "<QL>text with a typesetter's code"
    assert read(b"<p>A <b>story</b>.</p><p>Its end.</p>", plain).text == "A story.\n\nIts end."


def damaged(draw, body):
    """A delivery with a few bytes flipped, cut, repeated or taken out."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        size = draw(st.integers(0, 400))
        what = draw(st.sampled_from(["flip", "cut", "repeat", "drop", "insert"]))
        if what == "flip":
            body = body[:at] + bytes([draw(st.integers(0, 255))]) + body[at + 1 :]
        elif what == "cut":
            body = body[:at]
        elif what == "repeat":
            body = body[: at + size] + body[at:]
        elif what == "drop":
            body = body[:at] + body[at + size :]
        else:
            body = body[:at] + draw(st.binary(max_size=30)) + body[at:]
    return body


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_only_rejected_leaves_a_reader(data):
    """Whatever happens to a delivery on the way, it gives stories or reasons, the same ones each time."""
    path = data.draw(st.sampled_from(GOLDEN))
    body = damaged(data.draw, path.read_bytes())
    format_ = MODULES[path.parent.name]
    found = [outcome(format_, piece) for piece in pieces_of(format_, body)]
    assert found
    assert found == [outcome(format_, piece) for piece in pieces_of(format_, body)]
    assert isinstance(FORMATS["nitf"].looks_like(body), bool)


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes_give_a_story_or_a_reason(body):
    """Noise too."""
    for format_ in MODULES.values():
        assert [outcome(format_, piece) for piece in pieces_of(format_, body)]


def pieces_of(format_, body):
    try:
        return list(format_.split(body))
    except Rejected:
        return [body]


def outcome(format_, body):
    try:
        story = format_.read(item(body), SOURCE)
    except Rejected as refused:
        return refused.reason
    assert isinstance(story, Story)
    return "story"


EXAMPLES = """
    newsml-g2/LISTING_10_Abstract_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml: not-a-story
    newsml-g2/LISTING_11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml: not-a-story
    newsml-g2/LISTING_12_Knowledge_Item_for_Access_Codes.xml: not-a-story
    newsml-g2/LISTING_13_Complete_Catalog_Item.xml: not-a-story
    newsml-g2/LISTING_14_Event_sent_as_a_Concept_Item.xml: not-a-story
    newsml-g2/LISTING_15_Two_Related_Events_in_a_Knowledge_Item.xml: not-a-story
    newsml-g2/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml: no-text-part
    newsml-g2/LISTING_17_Planning_Item_a_CCL.xml: not-a-story
    newsml-g2/LISTING_18_Planning_Item_at_PCL.xml: not-a-story
    newsml-g2/LISTING_19_Planning_Item_with_delivery_at_CCL.xml: not-a-story
    newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml: empty-text
    newsml-g2/LISTING_20_Planning_Item_with_delivery_at_PCL.xml: not-a-story
    newsml-g2/LISTING_21_A_complete_sample_SportsML-G2_document.xml: no-text-part
    newsml-g2/LISTING_22_Sports_story_in_NewsML-G2NITF.xml: story
    newsml-g2/LISTING_23_SportsML-G2_Package.xml: package
    newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml: package, no-text-part, no-text-part, no-text-part, no-text-part
    newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml: story
    newsml-g2/LISTING_26_Embedded_photo_metadata_fields_mapped_to_NewsML-G2.xml: no-text-part
    newsml-g2/LISTING_27_Company_Financial_Information.xml: empty-text
    newsml-g2/LISTING_28_Illustrating_Located_Subject_and_Dateline.xml: no-text-part
    newsml-g2/LISTING_29_Hop_History.xml: empty-text
    newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml: story
    newsml-g2/LISTING_3A_Photo_in_NewsML-G2_(URI_sibling_attributes).xml: no-text-part
    newsml-g2/LISTING_3_Photo_in_NewsML-G2.xml: no-text-part
    newsml-g2/LISTING_4_Multiple_Renditions_of_a_Video_in_NewsML-G2.xml: no-text-part
    newsml-g2/LISTING_5_Multi-part_Video_in_NewsML-G2.xml: no-text-part
    newsml-g2/LISTING_6_Simple_NewsML-G2_Package.xml: package
    newsml-g2/LISTING_7_Group_Set_example_showing_Hierarchical_Package_Structure.xml: package
    newsml-g2/LISTING_8_Group_Set_example_showing_an_ALT_Package_Mode.xml: package
    newsml-g2/LISTING_9_Group_Set_example_showing_a_SEQ_Package_Mode.xml: package
    newsml-g2/Receiver View.xml: story
    newsml-g2/ap_metadata_example.xml: no-text-part
    newsml-g2/facet-example-2.xml: empty-text
    newsml-g2/facet-example-3.xml: story
    newsml-g2/facet-example.xml: empty-text
    newsml-1.2/businesswire-newsml-20130515006361.xml: story
    newsml-1.2/businesswire-newsml-20130605006126.xml: story
    newsml-1.2/businesswire-newsml-20130612006110.xml: story
    newsml-1.2/businesswire-newsml-20130731006140.xml: story
"""  # noqa: E501


@pytest.mark.skipif(not SHARED.is_dir(), reason="IPTC's examples are not here")
def test_iptc_examples_come_out_right():
    """Each of IPTC's examples is a story, or is refused for what it is."""
    found = {
        f"{folder}/{path.name}": ", ".join(
            outcome(FORMATS[folder], piece) for piece in pieces_of(FORMATS[folder], path.read_bytes())
        )
        for folder in ("newsml-g2", "newsml-1.2")
        for path in sorted((SHARED / folder).glob("*.xml"))
    }
    expected = dict(line.strip().rsplit(": ", 1) for line in EXAMPLES.strip().splitlines())
    assert found == expected
