"""How fast deliveries become stories, beside the bare parser of the library underneath on the same bytes.

    python benchmarks/normalize.py [--stories 300] [--rounds 3] [--steps]

It makes its own deliveries: for each format, stories of about 400 words, in deliveries as its wires
send them (feeds of 50 entries, a page or a story each). Prints a Markdown table: stories and
megabytes a second on one core, through `split` and `read`; microseconds a story for the bare parser
and for the least that any reader does (parse, all text in order, white space squeezed, the two
fingerprints of the table `stories`); and how many times each of them a format takes. All of a row is
timed in one run, best of the rounds. With `--steps` it prints what a story of NewsML-G2 goes through,
step by step.
"""

import argparse
import io
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from html import escape, unescape
from typing import Any

import feedparser
import trafilatura
from lxml import etree

from pipeline.formats import FORMATS, Format, language, markup, parting, xml
from pipeline.formats.fingerprint import near_hash, text_hash
from pipeline.sources import Folder, Source
from pipeline.tables import Item

WORDS = (
    "the port council voted on Tuesday to keep ferries running after a storm broke two moorings and closed roads to "
    "the north of the city officials said in a statement that repairs would cost about 40 million crowns and take "
    "until June while unions asked for talks with the ministry over pay safety and hours before the summer begins"
).split()
NAMES = "Ingrid Halvorsen|Rosa Quispe|Mayor Ottilie Brandt|Harbour News|Marit Lunde|the United Nations".split("|")
PARAGRAPHS, SENTENCES = 12, 2
ENTRIES = 50
TAG = re.compile(r"<[^>]*>")
DESK = Source(name="desk", title="Made for measuring", where=Folder(kind="folder", path="."), language="en")

Made = Iterator[bytes]


def paragraphs(number: int) -> list[str]:
    """A story's paragraphs, the same for the same number."""
    chance = random.Random(number)
    made = [" ".join(sentence(chance) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
    return [f"STAVANGER, March 3 (Harbour News) - {made[0]}", *made[1:]]


def sentence(chance: random.Random) -> str:
    """About 16 words."""
    start = chance.randrange(len(WORDS) - 16)
    said = f"“{' '.join(WORDS[start : start + 12]).capitalize()},” {chance.choice(NAMES)} said."
    return said if chance.random() < 0.3 else f"{' '.join(WORDS[start : start + 16]).capitalize()}."


def marked(number: int) -> str:
    """The paragraphs in XHTML, with some inline tags."""
    return "".join(f"<p>{escape(each).replace('officials', '<em>officials</em>')}</p>" for each in paragraphs(number))


def plain(stories: int) -> Made:
    """One story a file."""
    return ("\n\n".join(paragraphs(number)).encode() for number in range(stories))


def ninjs(stories: int) -> Made:
    """One story a file."""
    for number in range(stories):
        sent = {
            "uri": f"urn:harbour:{number}",
            "version": "1",
            "pubstatus": "usable",
            "versioncreated": "2026-03-03T10:15:00+01:00",
            "language": "en",
            "headline": f"Ferries run again {number}",
            "subject": [{"code": "medtop:20000763", "name": "shipping"}],
            "body_html": marked(number),
        }
        yield json.dumps(sent).encode()


def newsml_g2(stories: int) -> Made:
    """One newsItem a file."""
    for number in range(stories):
        yield (
            f'<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" '
            f'guid="urn:harbour:{number}" version="1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>'
            "<versionCreated>2026-03-03T10:15:00+01:00</versionCreated><pubStatus qcode='stat:usable'/></itemMeta>"
            f"<contentMeta><urgency>4</urgency><headline>Ferries run again {number}</headline>"
            "<subject qcode='medtop:20000763'/></contentMeta><contentSet>"
            "<inlineXML contenttype='application/xhtml+xml'>"
            f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{marked(number)}</body></html></inlineXML></contentSet>"
            "</newsItem>"
        ).encode()


def newsml_1_2(stories: int) -> Made:
    """One NewsItem a file."""
    for number in range(stories):
        yield (
            "<?xml version='1.0' encoding='UTF-8'?><NewsML><NewsEnvelope><DateAndTime>20260303T091500Z</DateAndTime>"
            "</NewsEnvelope><NewsItem><Identification><NewsIdentifier><ProviderId>harbour.example</ProviderId>"
            f"<DateId>20260303</DateId><NewsItemId>{number}</NewsItemId><RevisionId>1</RevisionId></NewsIdentifier>"
            "</Identification><NewsManagement><ThisRevisionCreated>20260303T091500Z</ThisRevisionCreated>"
            "<Status FormalName='Usable'/></NewsManagement><NewsComponent xml:lang='en'><NewsLines>"
            f"<HeadLine>Ferries run again {number}</HeadLine></NewsLines><ContentItem><DataContent><body>"
            f"{marked(number)}</body></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
        ).encode()


def nitf(stories: int) -> Made:
    """One story a file."""
    for number in range(stories):
        yield (
            "<?xml version='1.0' encoding='UTF-8'?><nitf><head><docdata>"
            f"<doc-id id-string='harbour.{number}'/><date.issue norm='20260303T101500+0100'/></docdata></head><body>"
            f"<body.head><hedline><hl1>Ferries run again {number}</hl1></hedline></body.head>"
            f"<body.content>{marked(number)}</body.content></body></nitf>"
        ).encode()


def anpa(stories: int) -> Made:
    """One story a transmission."""
    for number in range(stories):
        body = "\r\n\t".join(paragraphs(number)).encode("cp1252")
        head = (
            f"\x16\x16\x01r{number:04}\x1fus-----\r\nr n\x14\x11 BC-XX--Ferries     03-03 0391\r\n\x02^BC-XX--Ferries"
        )
        yield (
            head.encode()
            + b",391<\r\n^Ferries run again<\r\n\t"
            + body
            + b"\r\n\x03HN-NY-03-03-26 1720GMT<\r\n\r\n\x04"
        )


def iptc7901(stories: int) -> Made:
    """One story a transmission."""
    for number in range(stories):
        body = "\r\n\r\n".join(paragraphs(number)).encode("cp1252")
        head = f"\x01hnw{number:04} 4 pl 345  hnw 0987\r\nFerries/\r\n\x02Ferries run again\r\n\r\n"
        yield head.encode() + body + b"\r\n\x03\r\n031720 GMT Mar 26\r\n\x04"


def feed(stories: int) -> Made:
    """RSS, 50 entries a feed."""
    for first in range(0, stories, ENTRIES):
        entries = "".join(
            f"<item><title>Ferries run again {number}</title><guid isPermaLink='false'>urn:harbour:{number}</guid>"
            "<pubDate>Tue, 03 Mar 2026 10:15:00 +0100</pubDate><category>World</category>"
            "<description>In short.</description>"
            f"<content:encoded><![CDATA[{marked(number)}]]></content:encoded></item>"
            for number in range(first, min(first + ENTRIES, stories))
        )
        yield (
            "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
            "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Harbour</title>"
            f"<language>en</language>{entries}</channel></rss>"
        ).encode()


def article(stories: int) -> Made:
    """One page a story, with a menu, scripts and a footer."""
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in WORDS[:30])
    for number in range(stories):
        data = {
            "@type": "NewsArticle",
            "headline": f"Ferries run again {number}",
            "datePublished": "2026-03-03T10:15:00Z",
        }
        yield (
            f"<!doctype html><html lang='en'><head><title>Ferries run again {number} - Harbour News</title>"
            f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body><nav><ul>{menu}</ul></nav>"
            f"<article><h1>Ferries run again {number}</h1>{marked(number)}</article><footer>"
            f"<p>Copyright 2026 Harbour News</p><ul>{menu}</ul></footer></body></html>"
        ).encode()


MAKERS: dict[str, Callable[[int], Made]] = {
    "newsml-g2": newsml_g2,
    "newsml-1.2": newsml_1_2,
    "nitf": nitf,
    "anpa": anpa,
    "iptc7901": iptc7901,
    "ninjs": ninjs,
    "feed": feed,
    "article": article,
    "plain": plain,
}
BARE: dict[str, tuple[str, Callable[[bytes], object]]] = {
    **dict.fromkeys(("newsml-g2", "newsml-1.2", "nitf"), ("lxml", etree.fromstring)),
    **dict.fromkeys(("anpa", "iptc7901", "plain"), ("bytes.decode", lambda body: body.decode("cp1252", "replace"))),
    "ninjs": ("json", json.loads),
    "feed": ("feedparser", lambda body: feedparser.parse(io.BytesIO(body))),
    "article": ("trafilatura", lambda body: trafilatura.bare_extraction(body, with_metadata=True)),
}


def least(name: str, body: bytes) -> None:
    """What no reader can do without, by the shortest way there is: the text of one delivery, and its fingerprints."""
    for text in texts(name, body):
        squeezed = " ".join(text.split())
        text_hash(squeezed)
        near_hash(squeezed)


def texts(name: str, body: bytes) -> Iterator[str]:
    """All text of a delivery's stories, in order, told apart by nothing."""
    if BARE[name][0] == "lxml":
        yield "".join(etree.fromstring(body).itertext())
    elif name == "ninjs":
        yield unescape(TAG.sub(" ", json.loads(body)["body_html"]))
    elif name == "feed":
        entries = feedparser.parse(io.BytesIO(body)).entries
        yield from (unescape(TAG.sub(" ", each.content[0].value)) for each in entries)
    elif name == "article":
        yield trafilatura.bare_extraction(body, with_metadata=True).text
    else:
        yield body.decode("cp1252", "replace")


def read_all(form: Format, deliveries: list[bytes]) -> int:
    """Every story in every delivery; how many."""
    facts = {
        "source": "desk",
        "day": date(2026, 3, 3),
        "url": "measured",
        "fetched_at": datetime(2026, 3, 3, tzinfo=UTC),
    }
    return sum(bool(form.read(Item.of(body, **facts), DESK)) for each in deliveries for body in form.split(each))


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor time, which others on the machine do not lengthen; the best of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def row(name: str, stories: int, rounds: int) -> str:
    """A format's line of the table."""
    deliveries, (parser, bare) = list(MAKERS[name](stories)), BARE[name]
    read = read_all(FORMATS[name], deliveries)  # once before it counts: lists are read, caches filled
    if read != stories:
        raise SystemExit(f"{name}: {read} stories came of {stories}")
    ours = seconds(lambda: read_all(FORMATS[name], deliveries), rounds)
    theirs = seconds(lambda: [bare(each) for each in deliveries], rounds)
    floor = seconds(lambda: [least(name, each) for each in deliveries], rounds)
    size = sum(map(len, deliveries)) / 1e6
    speeds = f"{stories / ours:,.0f} | {size / ours:.1f} | {ours / stories * 1e6:,.0f} | {parser}"
    beside = (
        f"{theirs / stories * 1e6:,.0f} | {ours / theirs:,.1f} | {floor / stories * 1e6:,.0f} | {ours / floor:,.1f}"
    )
    return f"| {name} | {speeds} | {beside} |"


def steps(stories: int, rounds: int) -> Iterator[str]:
    """What a story of NewsML-G2 goes through, and the microseconds that each step takes."""
    bodies = list(newsml_g2(stories))
    trees = [xml.parse(body) for body in bodies]
    pages = [next(tree.iter("body")) for tree in trees]
    parts = [markup.paragraphs(page) for page in pages]
    whole = ["\n\n".join(each) for each in parts]
    work: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "lxml alone": (etree.fromstring, bodies),
        "split: does it hold several items": (lambda body: list(FORMATS["newsml-g2"].split(body)), bodies),
        "parse: encoding, prolog, names without prefixes": (xml.parse, bodies),
        "text in order, as paragraphs": (markup.paragraphs, pages),
        "parting: dateline, byline, notes, furniture": (parting.part, parts),
        "language against function words": (lambda text: language.language_of("en", text), whole),
        "text_hash": (text_hash, whole),
        "near_hash": (near_hash, whole),
    }
    for name, (step, given) in work.items():
        taken = seconds(lambda step=step, given=given: [step(each) for each in given], rounds)
        yield f"| {name} | {taken / stories * 1e6:,.0f} |"
    taken = seconds(lambda: read_all(FORMATS["newsml-g2"], bodies), rounds)
    yield f"| all of it, with metadata and the row | {taken / stories * 1e6:,.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", action="store_true")
    told = parser.parse_args()
    if told.steps:
        print("| step | µs a story |\n|---|---|")
        print("\n".join(steps(told.stories, told.rounds)))
        return
    print("| format | stories/s | MB/s | µs a story | bare parser | its µs | times | least µs | times |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in FORMATS:
        print(row(name, told.stories, told.rounds), flush=True)


if __name__ == "__main__":
    main()
