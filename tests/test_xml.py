"""XML from strangers: what is read all the same, and what is refused, in bounded time."""

import contextlib
import time

import pytest
from lxml import etree

from pipeline.errors import Rejected
from pipeline.formats.xml import parse, root_name


def text(body, encoding=None):
    return "".join(parse(body, encoding).itertext())


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-8", "utf-16-be"),
        ("utf-8", "utf-32"),
        ("windows-1252", "cp1252"),
        ("no-such-thing", "utf-8"),
        ("base64", "utf-8"),
    ],
)
def test_the_bytes_say_their_encoding(label, encoding):
    """A byte order mark and what bytes are go before the label."""
    document = f"<?xml version='1.0' encoding='{label}'?><a>café “q” – 5 €</a>"
    assert text(document.encode(encoding)) == "café “q” – 5 €"


def test_a_label_tells_what_bytes_cannot():
    """An encoding that is not Western is read as labelled, or as the source tells."""
    body = "<?xml version='1.0' encoding='windows-1251'?><a>Привет, мир</a>".encode("cp1251")
    assert text(body) == "Привет, мир"
    assert text(body.replace(b"windows-1251", b"utf-8"), "cp1251") == "Привет, мир"
    assert text("<?xml version='1.0' encoding='shift_jis'?><a>東京</a>".encode("shift_jis")) == "東京"


def test_an_encoding_that_does_not_exist_is_refused():
    """The source's own setting must be right."""
    with pytest.raises(Rejected, match="no encoding 'klingon'") as refused:
        parse(b"<a/>", "klingon")
    assert refused.value.reason == "encoding"


def test_one_odd_byte_does_not_spoil_the_rest():
    """A byte of Windows-1252 in UTF-8 is read by itself."""
    assert text("<a>é café ".encode() + b"\x93q\x94" + " naïve</a>".encode()) == "é café “q” naïve"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<a>AT&T & Co; x&y</a>", "AT&T & Co; x&y"),
        (b"<a>a&nbsp;b &eacute;&mdash;&lt;</a>", "a\xa0b é—<"),
        (b"<a>&#150; &#x93;q&#148;</a>", "– “q”"),
        (b"<a>one\x0btwo&#0;three&#xD800;four</a>", "one two three four"),
        (b"<a>&unknown;</a>", "&unknown;"),
        (b"<a><![CDATA[&nbsp;<b>]]></a>", "&nbsp;<b>"),
        (b"<a>one\rtwo\r\nthree</a>", "one\ntwo\nthree"),
        (b"\x01\r\n \n<?xml version='1.0'?><a>b</a>\x00\x1a\n", "b"),
        (b"<?xml version='1.1'?><a>b</a>", "b"),
        (b"<x:a y='1' y='2'>b</x:a>", "b"),
        (b"<a>b<!-- c -->d<?e f?>g</a>", "bdg"),
    ],
)
def test_what_everybody_reads_is_read(body, expected):
    """Sloppy XML whose meaning is plain."""
    assert text(body) == expected


def test_names_come_plain():
    """Any namespace, prefix and case, of elements and attributes."""
    root = parse(b"<N:NewsItem xmlns:N='urn:x' xml:lang='en' Version='2'><N:ItemMeta/></N:NewsItem>")
    assert (root.tag, dict(root.attrib), root[0].tag) == ("newsitem", {"lang": "en", "version": "2"}, "itemmeta")


def test_a_doctype_is_read_without_loading_anything(tmp_path):
    """External entities are empty, no file is opened, a declared name is replaced."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    body = f"""<?xml version="1.0"?>
        <!-- before --><!DOCTYPE nitf PUBLIC "-//X//Y" "http://192.0.2.1/nitf.dtd" [
        <!ENTITY % more SYSTEM "file://{secret}"> %more;
        <!ENTITY xxe SYSTEM "file://{secret}">
        <!ENTITY co "Fish &amp; Chips"> <!-- it's > ] here -->
        ]><nitf>a &xxe; b &co; c</nitf>"""
    assert text(body.encode()) == "a  b Fish & Chips c"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not-xml"),
        (b"plain text", "not-xml"),
        (b"<<<", "not-xml"),
        (b"<a><b></a></b>", "not-xml"),
        (b"<a/><b/>", "not-xml"),
        (b"<a><b>text</b><c>tex", "truncated"),
        (b"<a><b att", "truncated"),
        ("<a>x</a>".encode("utf-16")[:-5], "truncated"),
        (b"<a>" * 1_000_000, "too-deep"),
        (b"<a>" * 300 + b"</a>" * 300, "too-deep"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "too-large"),
        (b"<a " + b" ".join(b"b%d=''" % n for n in range(50_000)) + b"/>", "too-large"),
        (b"<!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;'>]><a>&c;</a>", "entity-bomb"),
        (b"<!DOCTYPE a [<!ENTITY b '" + b"b" * 10_000 + b"'>]><a>" + b"&b;" * 10_000 + b"</a>", "entity-bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused(body, reason):
    """With a reason, and at once."""
    began = time.process_time()
    with pytest.raises(Rejected) as refused:
        parse(body)
    assert refused.value.reason == reason
    assert time.process_time() - began < 20  # quadratic time would be minutes


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE " * 100_000,
        b"<!DOCTYPE a [" + b"<" * 500_000,
        b"<!--" * 200_000,
        b"<?xml " * 200_000,
        b"<a>" + b"&x" * 500_000 + b"</a>",
        b"<a>" + b"<![CDATA[" * 100_000 + b"&x</a>",
        b"<a>" + b"<!--" * 100_000 + b"&x</a>",
        b"\n" * 1_000_000,
        b"<!DOCTYPE a [" + b"<!ENTITY b 'c'>" * 50_000 + b"]><a>&b;</a>",
    ],
    ids=lambda body: body[:12].decode(),
)
def test_hostile_xml_takes_linear_time(body):
    """A megabyte of it takes seconds at most, read or refused."""
    began = time.process_time()
    with contextlib.suppress(Rejected):
        parse(body)
    root_name(body)
    assert time.process_time() - began < 20  # quadratic time would be minutes


def test_the_parser_is_never_given_a_doctype(monkeypatch):
    """What libxml2 would do with one does not matter."""
    given = []
    real = etree.fromstring
    monkeypatch.setattr(etree, "fromstring", lambda content, parser: given.append(content) or real(content, parser))
    parse(b"<!DOCTYPE a SYSTEM 'x.dtd'><a>b</a>")
    assert given == [b"<a>b</a>"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'y' [<!ENTITY z 'z'>]><!-- c --><N:NewsML a='b'>", "newsml"),
        ("\ufeff<nitf>".encode(), "nitf"),
        ("<nitf>".encode("utf-16"), "nitf"),
        (b"{}", None),
        (b"5 < 6 > 4", None),
    ],
)
def test_the_roots_name_is_found_without_parsing(body, name):
    """`auto` asks what a delivery is before anything is parsed."""
    assert root_name(body) == name
