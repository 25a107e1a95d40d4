"""Headers, credits and datelines, and the sentences that are none."""

from datetime import date

import pytest

from pipeline.formats.dateline import Dateline, find_dateline, told_dateline
from pipeline.formats.head import find_header

# What the text begins with; place, month, day, year, who signs, what comes after it.
DATELINES = """
Seoul, Jan 21 (IANS) The president said                     | Seoul | 1 21 - | IANS | The president said
WASHINGTON, Nov. 3 (Reuters) - The court said               | WASHINGTON | 11 3 - | Reuters | The court said
NAIROBI, Kenya (AP) _ Police said                           | NAIROBI, Kenya | - - - | AP | Police said
PARIS/BERLIN, March 1 (AFP) — Train drivers                 | PARIS/BERLIN | 3 1 - | AFP | Train drivers
RIO DE JANEIRO, 3 May (dpa) - Brazil said                   | RIO DE JANEIRO | 5 3 - | dpa | Brazil said
London and Paris, March 3 (AFP) - The banks                 | London and Paris | 3 3 - | AFP | The banks
KYIV, LVIV, ODESA, March 3 (Reuters) - Drones hit           | KYIV, LVIV, ODESA | 3 3 - | Reuters | Drones hit
CAIRO — Thousands of people marched                         | CAIRO | - - - | | Thousands of people marched
KHAN YOUNIS, Gaza Strip — Soldiers said                     | KHAN YOUNIS, Gaza Strip | - - - | | Soldiers said
NEW DELHI: The Supreme Court said                           | NEW DELHI | - - - | | The Supreme Court said
INDEPENDENCE, Mo. _ The alliance said                       | INDEPENDENCE, Mo. | - - - | | The alliance said
WASHINGTON, D.C., March 3 (UPI) -- The senate               | WASHINGTON, D.C. | 3 3 - | UPI | The senate
ST. LOUIS (AP) — A man                                      | ST. LOUIS | - - - | AP | A man
N'DJAMENA, Chad (AP) — The army                             | N'DJAMENA, Chad | - - - | AP | The army
ABOARD AIR FORCE ONE (Reuters) - The president              | ABOARD AIR FORCE ONE | - - - | Reuters | The president
San Diego (tca/dpa) - History says                          | San Diego | - - - | tca,dpa | History says
PARIS, Tuesday, March 3 (AFP) - The mayor                   | PARIS | 3 3 - | AFP | The mayor
NEW YORK, Nov. 3, 2025 /PRNewswire/ -- Acme today           | NEW YORK | 11 3 2025 | PRNewswire | Acme today
SAN FRANCISCO--(BUSINESS WIRE)--Acme today                  | SAN FRANCISCO | - - - | BUSINESS WIRE | Acme today
NEW YORK--(BUSINESS WIRE)--Nov. 3, 2008--Acme today         | NEW YORK | 11 3 2008 | BUSINESS WIRE | Acme today
LONDON, Nov. 03, 2025 (GLOBE NEWSWIRE) -- Acme              | LONDON | 11 3 2025 | GLOBE NEWSWIRE | Acme
TORONTO, ON / ACCESSWIRE / March 3, 2026 / Acme Corp        | TORONTO, ON | 3 3 2026 | ACCESSWIRE | Acme Corp
SAN DIEGO & LONDON--(BUSINESS WIRE)--Acme                   | SAN DIEGO & LONDON | - - - | BUSINESS WIRE | Acme
Paris, 1er mars (AFP) - Le gouvernement                     | Paris | 3 1 - | AFP | Le gouvernement
Bruxelles, le 3 mars (AFP) - La Commission                  | Bruxelles | 3 3 - | AFP | La Commission
Berlin (dpa) - Die Regierung                                | Berlin | - - - | dpa | Die Regierung
MADRID, 3 mar (EFE).- El Gobierno                           | MADRID | 3 3 - | EFE | El Gobierno
BOGOTÁ, 3 de marzo de 2026 (AFP) - La justicia              | BOGOTÁ | 3 3 2026 | AFP | La justicia
(ANSA) - ROMA, 3 MAR - Il governo                           | ROMA | 3 3 - | ANSA | Il governo
Lisboa, 03 mar 2026 (Lusa) - O governo                      | Lisboa | 3 3 2026 | Lusa | O governo
Oslo (NTB): Regjeringen                                     | Oslo | - - - | NTB | Regjeringen
BRUSSEL 03/03 (BELGA) = De regering                         | BRUSSEL | 3 3 - | BELGA | De regering
Praha 3. března (ČTK) - Vláda                               | Praha | 3 3 - | ČTK | Vláda
МОСКВА, 3 марта (Интерфакс) - Кремль                        | МОСКВА | 3 3 - | Интерфакс | Кремль
MOSCOW, March 3. /TASS/. The Kremlin                        | MOSCOW | 3 3 - | TASS | The Kremlin
MOSCOW. March 3 (Interfax) - The Kremlin                    | MOSCOW | 3 3 - | Interfax | The Kremlin
Riyadh, Mar 03, 2026, SPA -- The king                       | Riyadh | 3 3 2026 | SPA | The king
SYDNEY, March 3 AAP - Labor                                 | SYDNEY | 3 3 - | AAP | Labor
ABU DHABI, 3rd March, 2026 (WAM) -- The president           | ABU DHABI | 3 3 2026 | WAM | The president
Nov 3 (Reuters) - Apple said                                | - | 11 3 - | Reuters | Apple said
(Reuters) - Apple said                                      | - | - - - | Reuters | Apple said
(New York, NY - October 21) The bank said                   | New York, NY | 10 21 - | | The bank said
(Sports Network) - A pair of teams                          | - | - - - | Sports Network | A pair of teams
新华社北京3月3日电（记者张三）国务院召开会议                         | 北京 | 3 3 - | 新华社 | 国务院召开会议
【ソウル共同】韓国の大統領は                                      | ソウル | - - - | 共同 | 韓国の大統領は
(서울=연합뉴스) 홍길동 기자 = 대통령은                             | 서울 | - - - | 연합뉴스 | 대통령은
HAVANA (AP) --                                              | HAVANA | - - - | AP |
MEDELLÍN, Colombia (Harbour News) _ The rider               | MEDELLÍN, Colombia | - - - | Harbour News | The rider
Москва. 3 марта. INTERFAX.RU - Правительство                | Москва | 3 3 - | INTERFAX.RU | Правительство
Київ. 3 березня. УКРІНФОРМ. Уряд                            | Київ | 3 3 - | УКРІНФОРМ | Уряд
القاهرة في 3 مارس /أ ش أ/ وافق مجلس                         | القاهرة | 3 3 - | أ ش أ | وافق مجلس
بيروت 3 مارس آذار (رويترز) - قال                            | بيروت | 3 3 - | رويترز | قال
ירושלים, 3 במרץ (רויטרס) - הממשלה                           | ירושלים | 3 3 - | רויטרס | הממשלה
Lake City, 3 March (Meridian) -- The town                   | Lake City | 3 3 - | Meridian | The town
"""

NONE = """
The UN (AFP) said on Monday
President Lee (right) said
Microsoft (MSFT) - the company said
Apple (AAPL) — Shares rose
Singapore start-up Lumenfold said Tuesday
BARCELONA - REAL MADRID 2-1
NATO — The alliance met
IBM -- The company said
BREAKING: The court has ruled
BOOM: A missile hit the town
EXCLUSIVE – A minister resigned
Paris is burning
On March 3 (Tuesday) - the court met
UPDATE 2-Apple beats forecasts
Lionel Messi (Barcelona) - The player left
World Bank (WB) - The lender said
John Smith, March 3 - he said he would
In March 2026 (AFP) the agency reported
Berlin - eine Stadt im Wandel
Reuters (the agency) said
May 3 was a Sunday
Washington is (AFP) the capital
He said: "No"
(Part One) - The beginning
(See page 4) - The rest
(October 21) The bank said
قال الوزير (أ ف ب) إن
He met Mr. Smith. 3 March. Reuters. Then
""".strip().split("\n")


def shapes():
    for line in DATELINES.strip().split("\n"):
        text, place, day, credits_, after = (part.strip() for part in line.split("|"))
        numbers = [None if each == "-" else int(each) for each in day.split()]
        found = (None if place == "-" else place, *numbers, tuple(filter(None, credits_.split(","))))
        yield text, found, after


@pytest.mark.parametrize(("text", "expected", "after"), list(shapes()))
def test_a_dateline_of_a_usual_shape_is_read(text, expected, after):
    """Place, day and signature, and where the sentence begins."""
    found = find_dateline(text)
    assert found == Dateline(*expected, found.end_char)
    assert text[found.end_char :].strip() == after


@pytest.mark.parametrize("text", NONE)
def test_a_sentence_is_no_dateline(text):
    """Neither a subject before brackets, nor a headline's first word, nor a result."""
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("sent_on", "said", "meant"),
    [
        (date(2026, 1, 2), (12, 31), date(2025, 12, 31)),
        (date(2025, 12, 30), (1, 1), date(2026, 1, 1)),
        (date(2026, 3, 1), (2, 29), None),
        (date(2026, 3, 3), (3, 3), date(2026, 3, 3)),
        (date(2026, 11, 24), (3, 2), date(2026, 3, 2)),
    ],
)
def test_a_year_that_is_not_written_is_that_of_sending(sent_on, said, meant):
    """New Year does not move a story by a year, none is written long after it was sent, 29 February is rarely a day."""
    month, day = said
    assert Dateline(month=month, day=day).day_near(sent_on) == meant


def test_a_header_tells_the_stamp_and_the_way_of_a_story():
    """The bracket that nobody opened belongs to the header; credits run from the origin on."""
    text = " date 2026-01-20 FEEDHUB - IANS) Seoul, Jan 21 (IANS) The president said"
    found = find_header(text)
    assert (found.stamp_on, found.credits) == (date(2026, 1, 20), ("IANS", "FEEDHUB"))
    assert text[found.end_char :].startswith("Seoul, Jan 21")


@pytest.mark.parametrize(
    ("text", "stamp_on", "credits_", "begins"),
    [
        (
            "date 2026-01-20\n\n(FEEDHUB - WIRE2 - IANS)\n\nSeoul, Jan 21",
            date(2026, 1, 20),
            ("IANS", "WIRE2", "FEEDHUB"),
            "Seoul",
        ),
        ("Date: 20 January 2026\nSeoul, Jan 21", date(2026, 1, 20), (), "Seoul"),
        ("MENAFN - IANS)\nSeoul, Jan 21", None, ("IANS", "MENAFN"), "Seoul"),
        ("Source: IANS\nSeoul, Jan 21", None, ("IANS",), "Seoul"),
        ("(Corrected) Seoul, Jan 21", None, (), "(Corrected)"),
        ("date with destiny came late", None, (), "date with"),
        ("Dated furniture sold well", None, (), "Dated"),
        ("   Seoul, Jan 21", None, (), "Seoul"),
        ("", None, (), ""),
    ],
)
def test_a_header_stands_on_lines_of_its_own_too(text, stamp_on, credits_, begins):
    """What only looks like a header stays in the text."""
    found = find_header(text)
    assert (found.stamp_on, found.credits) == (stamp_on, credits_)
    assert text[found.end_char :].startswith(begins)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Oslo", "Oslo"),
        ("GROSSETO, Italy, July 9 (AP)", "GROSSETO, Italy"),
        ("GROSSETO, Italy", "GROSSETO, Italy"),
        ("2026-03-03T10:00:00Z", None),
        ("March 3, 2026", None),
        ("Reuters", None),
        ("(AFP)", None),
        ("", None),
        (None, None),
    ],
)
def test_a_place_that_metadata_tell_is_none_when_it_is_a_time_or_a_credit(told, place):
    """What stands in a dateline field is often something else."""
    found = told_dateline(told)
    assert (found.place if found else None) == place
