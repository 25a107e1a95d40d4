"""What becomes of markup: all the text, in reading order, in paragraphs."""

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.markup import html_paragraphs, paragraphs, text_paragraphs
from pipeline.formats.xml import parse


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One <b>two</b> three.</p>", ["One two three."]),
        ("bare <i>x</i> text<p>Four</p>tail", ["bare x text", "Four", "tail"]),
        ("<P>One<BR>two</P>", ["One\ntwo"]),
        ("<p>One<br><br/>two</p>", ["One", "two"]),
        ("<p>A<p>B<foo>c</foo>d", ["A", "Bcd"]),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>tail", ["a", "b", "c", "tail"]),
        ("<p>x &amp; y &ndash; z&nbsp;&eacute;</p>", ["x & y – z\xa0é"]),
        ("<p>x<!-- a -- > b --> y</p>", ["x y"]),
        ("<p>one<!-- never closed</p><p>two</p>", ["one never closed", "two"]),
        ("<![CDATA[<p>a</p>]]>", ["a"]),
        ("plain\n\ntext", ["plain", "text"]),
        ("", []),
        (" <p> </p> ", []),
    ],
)
def test_inline_text_stays_in_order(markup, expected):
    """Text before, in, between and after tags is kept where it stands."""
    assert html_paragraphs(markup) == expected


TABLE = "Team       W   Pts\nLeeds      9    <b>28</b>\nYork City  8    26"


def test_a_table_that_is_set_keeps_its_lines():
    """Each is a paragraph, whatever tags stand in it; prose that is set is prose."""
    prose = "The league said on Tuesday that the next\nround would be played on Saturday."
    markup = f"<div>Results: <pre>{TABLE}\n\n{prose}</pre>It went on.</div>"
    rows = ["Team W Pts", "Leeds 9 28", "York City 8 26"]
    for found in (html_paragraphs(markup), paragraphs(parse(markup.encode()))):
        assert [" ".join(each.split()) for each in found] == [
            "Results:",
            *rows,
            prose.replace("\n", " "),
            "It went on.",
        ]
    assert [" ".join(each.split()) for each in html_paragraphs(f"<p>{prose}</p><pre>{TABLE}")][1:] == rows
    assert [" ".join(each.split()) for each in text_paragraphs(TABLE.replace("<b>28</b>", "28"))] == rows


def test_cells_of_a_row_are_kept_apart():
    """A row of a table is a paragraph, its cells parted by white space."""
    found = html_paragraphs("<table><tr><th>Team</th><th>P</th></tr><tr><td>Lyon<td>3</table>")
    assert [each.split() for each in found] == [["Team", "P"], ["Lyon", "3"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><title>T</title><style>p{}</style></head><BODY><P>A</P></BODY></html>",
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title></head><body><p>A</p></body></html>",
        "<p>A</p><script>if (a<b) x</script>",
        "<style>p > a { x }</style><p>A</p><STYLE>q</STYLE>",
        "<p>A</p><figure><img src='x' alt='y'><figcaption>Caption</figcaption></figure>",
        "<?xml version='1.0'?><p>A</p>",
        "<p data-x='a > b'>A</p>",
        '<p class="a>A</p>',
    ],
)
def test_what_is_no_text_stays_out(markup):
    """Titles of pages, styles, scripts, captions, attributes."""
    assert html_paragraphs(markup) == ["A"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<body><header><h1>Head</h1><time>10:00</time></header><p>A</p></body>", ["A"]),
        (
            "<ul class='slugline'><li>x</li></ul><p>A</p><section class='notepad'><section>b</section>c</section><p>D",
            ["A", "D"],
        ),
        ("<p>A</p><section><header><h2>Sub</h2></header><p>B</p></section>", ["A", "Sub", "B"]),
        ("<header>all there is</header>", ["all there is"]),
        ("<div class='notepad'>never closed<p>A", ["never closed", "A"]),
        ("<div class='note-worthy'>A</div>", ["A"]),
    ],
)
def test_what_stands_beside_the_text_of_a_page_stays_out(markup, expected):
    """A header at its top, notes, lists of subjects: unless nothing else is there."""
    assert html_paragraphs(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "&lt;p&gt;A &amp;amp; B&lt;/p&gt;",
        "&amp;lt;p&amp;gt;A &amp;amp;amp; B&amp;lt;/p&amp;gt;",
        "<p>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</p>",
        "<![CDATA[&lt;p&gt;A &amp;amp; B&lt;/p&gt;]]>",
    ],
)
def test_escaped_markup_is_markup(markup):
    """Markup that was escaped on the way, once or more, leaks no tags."""
    assert html_paragraphs(markup) == ["A & B"]


@pytest.mark.parametrize(
    "text", ["if a < b and c > d", "write to <ann@example.com>", "see <http://example.com/a>", "AT&T"]
)
def test_signs_in_text_are_text(text):
    """What only looks like a tag is no tag."""
    assert html_paragraphs(text) == [text]
    assert text_paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nline.\n\nTwo\r\rThree", ["One\nline.", "Two", "Three"]),
        ("One\nline.\n    Two\nlines.", ["One\nline.", "Two\nlines."]),
        ("\n    One\n    line.\n\n    Two\n  ", ["One\nline.", "Two"]),
        ("<p>One<br/>two</p>", ["One\ntwo"]),
        ("The <i> tag is old.", ["The <i> tag is old."]),
    ],
)
def test_plain_text_is_parted_by_blank_lines_and_indents(text, expected):
    """A hard wrap parts nothing; text that is markup is read as markup."""
    assert [" ".join(each.split()) for each in text_paragraphs(text)] == [" ".join(each.split()) for each in expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<x><y>One.</y><y>Two <z>three</z>.</y></x>", ["One.", "Two three."]),
        (
            b"<BODY>Bare<P>One</P>between<P>two <B>x</B> tail</P>end</BODY>",
            ["Bare", "One", "between", "two x tail", "end"],
        ),
        (b"<x>un<y>believ</y>able</x>", ["unbelievable"]),
        (b"<x>First.<y>Second.</y>Third.</x>", ["First.", "Second.", "Third."]),
        (b"<p>a<!-- b -->c<?d e?>f<g/>h</p>", ["acfh"]),
        (b"<p><person>Ann <name>Lee</name></person> of <org>Acme</org>, <money>5</money></p>", ["Ann Lee of Acme, 5"]),
        (b"<x>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</x>", ["One", "Two"]),
        (b"<x><![CDATA[<p>One</p>\n<p>Two&nbsp;3</p>]]></x>", ["One", "Two\xa03"]),
        (b"<x><p>One</p><media><p>Caption</p></media>tail</x>", ["One", "tail"]),
        (b"<pre>One\nline\n\nTwo <b>x</b> y</pre>", ["One\nline", "Two x y"]),
    ],
)
def test_trees_give_the_same(body, expected):
    """An XML body in any schema and any case."""
    assert paragraphs(parse(body)) == expected


def test_named_elements_are_left_out():
    """A format says what is not text in its bodies; what stands after it stays."""
    assert paragraphs(parse(b"<x><byline>Ann</byline>tail<p>One</p></x>"), out={"byline"}) == ["tail", "One"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "x" + "</div>" * 200_000,
        "<b>" * 300_000 + "x",
        '<a "' * 250_000 + "'>",
        "<!--" * 250_000,
        "<![CDATA[" * 100_000,
        "<svg>" * 200_000,
        "<p>" * 150_000 + "</q>" * 150_000,
        "<" * 500_000,
        "<header>" * 100_000 + "</header>",
        "<b><div class=notepad></b>" * 40_000 + "</div>",
        "&lt;" * 250_000,
        "\n " * 500_000,
        "<br> " * 200_000,
        "<br>" + " " * 1_000_000 + "<b>",
    ],
    ids=lambda markup: markup[:8].strip(),
)
def test_hostile_markup_takes_linear_time(markup):
    """A megabyte of it takes a few seconds at most on a slow machine."""
    began = time.process_time()
    html_paragraphs(markup)
    assert time.process_time() - began < 20  # quadratic time would be minutes


def test_deeply_nested_text_is_kept():
    """There is no depth at which text is dropped."""
    assert html_paragraphs("<div>" * 10_000 + "one<b>two</b>" + "</div>" * 10_000 + "three") == ["onetwo", "three"]


INLINE = st.sampled_from(["b", "i", "em", "a", "span", "X", "Fett", "person", "custom-tag", "FONT"])
BLOCK = st.sampled_from(
    ["p", "P", "div", "h2", "li", "ul", "td", "tr", "table", "Absatz", "block", "section", "blockquote"]
)


@st.composite
def markup_and_words(draw, depth=0):
    """A piece of markup around words that are each used once, and the words in order."""
    counter = draw(st.shared(st.builds(lambda: iter(range(10_000))), key="words"))
    pieces, said = [], []
    for _ in range(draw(st.integers(1, 4))):
        what = draw(st.sampled_from(["word", "word", "element", "br", "comment"]))
        if what == "word":
            word = f"w{next(counter)}"
            pieces.append(f" {word} ")
            said.append(word)
        elif what == "element" and depth < 5:
            tag = draw(INLINE | BLOCK)
            inside, words = draw(markup_and_words(depth + 1))
            pieces.append(f"<{tag}>{inside}</{tag}>")
            said += words
        else:
            pieces.append("<br/>" if what == "br" else "<!-- x -->")
    return "".join(pieces), said


@settings(max_examples=300, deadline=None)
@given(drawn=markup_and_words())
def test_every_word_comes_out_once_and_in_order(drawn):
    """However tags are nested, as HTML, as a tree and escaped: no word is lost, doubled or moved."""
    markup, said = drawn
    assert " ".join(html_paragraphs(markup)).split() == said
    assert " ".join(paragraphs(parse(f"<x>{markup}</x>".encode()))).split() == said
    assert " ".join(html_paragraphs(escape(f"<p></p>{markup}"))).split() == said
