"""Rows that an analyst can trust: who is left out, what is no event, and what is told twice."""

from datetime import date

import pytest
from findings import only, told, types


@pytest.mark.parametrize(
    ("text", "event_type", "cast"),
    [
        ("Former minister jailed for nine years", "COERCE", {"recipient": ["unnamed:former-minister"]}),
        ("Norwegian soldier killed in Mali", "ASSAULT", {"recipient": ["unnamed:norwegian-soldier"]}),
        ("Police arrested three.", "COERCE", {"actor": ["unnamed:police"], "recipient": ["three"]}),
        ("Police detained four of them.", "COERCE", {"actor": ["unnamed:police"], "recipient": ["four of them"]}),
        ("Heavy shelling killed 11 in a town.", "ASSAULT", {"recipient": ["11"]}),
        ("US, Britain impose sanctions on Chad", "COERCE", {"actor": ["country:USA", "country:GBR"]}),
        ("Mortar rounds fell in Kabul, wounding seven people.", "ASSAULT", {"instrument": ["Mortar rounds"]}),
    ],
)
def test_how_headlines_and_counts_tell_who(text, event_type, cast):
    """Participles of headlines are passive, numbers may be people, deeds and shells are means."""
    _, found = only(text, event_type)
    assert {role: found[role] for role in cast} == cast
    assert ("actor" in found) == ("actor" in cast)


@pytest.mark.parametrize(
    ("text", "event_type", "bystander"),
    [
        ("Egypt criticized the jailing of two Sudanese activists.", "ACCUSE", "unnamed:two-sudanese-activists"),
        ("Egypt denounced the shelling of Syria.", "ACCUSE", "country:SYR"),
        ("The minister demanded guarantees for 9,000 workers.", "REQUEST", "unnamed:9-000-workers"),
        ("The party filed a complaint with the constitutional court.", "ACCUSE", "unnamed:constitutional-court"),
        ("Greece sent tents in spite of old quarrels with Albania.", "AID", "country:ALB"),
        ("Norway, Chad and Egypt welcomed the agreement.", "SUPPORT", "country:TCD"),
        ("Norway will meet Chad at the request of France and Japan.", "AGREE", "country:FRA"),
        ("Cambodia complained to the Security Council.", "ACCUSE", "organization:united-nations-security-council"),
        ("Turkish workers strike over wages", "PROTEST", "wages"),
        ("Drivers walked out on Monday in the first strike of their unions.", "PROTEST", "unnamed:their-unions"),
        ("Police fired tear gas near the Plaza Bolognesi.", "ASSAULT", "the Plaza Bolognesi"),
        ("The ministers froze assets in the bloc.", "COERCE", "the bloc"),
        ("Hun Sen warned that his army would respond to any attack.", "THREATEN", "unnamed:his-army"),
        ("South Korea fired missiles into the sea.", "MOBILIZE", "the sea"),
    ],
)
def test_who_is_no_recipient(text, event_type, bystander):
    """Those for whom, before whom, at whose wish or in spite of whom something is done do not undergo it."""
    found = [cast for event, cast in told(text) if event.event_type == event_type]
    assert len(found) == 1
    assert bystander not in found[0].get("recipient", [])


@pytest.mark.parametrize(
    ("text", "event_type", "recipient"),
    [
        ("A spokesman urged both camps to avoid violence.", "REQUEST", "both camps"),
        ("Russia has supplied the rebels with drones.", "AID", "unnamed:rebels"),
        ("Sudan sent help. Egypt thanked Khartoum for its help.", "SUPPORT", "country:SDN"),
        ("Iran was angry. Riyadh cut ties with Tehran.", "SANCTION", "country:IRN"),
    ],
)
def test_who_is_a_recipient(text, event_type, recipient):
    """Who is asked, supplied or thanked is, and a capital stands for its state."""
    _, cast = only(text, event_type)
    assert cast["recipient"] == [recipient]


@pytest.mark.parametrize(
    "text",
    [
        "The striker struck twice in extra time as England beat Spain in the final.",
        "Spain attacked from the start of the match and took the lead with a header.",
        "The club rejected a bid for the midfielder before the season.",
        "Hallmark Inc. agreed to buy shares of its rival Cotter Corp.",
        "The boy's relatives provided him with food.",
        "Apple released its new album player.",
        "Elections must not have been easy for them.",
        "Officials in California warned residents of rain and landslides.",
        "Twenty percent of voters said they would not support him.",
        "The countries' entry will help eliminate risks.",
        "There are growing threats to Americans.",
    ],
)
def test_what_is_no_event_of_public_life(text):
    """Games, firms, families, products, guesses, weather, polls and threats that nobody makes."""
    assert types(text) == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Before the match police arrested 34 fans who had thrown bottles.", "COERCE"),
        ("Families of the victims accused the police of torture.", "ACCUSE"),
        ("The government rejected a bid by Cotter Corp. for shares of the state bank.", "REJECT"),
        ("Iran warned Israel against an attack.", "THREATEN"),
        ("Rebels released two hostages.", "RETREAT"),
    ],
)
def test_what_is_one_all_the_same(text, event_type):
    """Arrests at a match, charges by families, what a state refuses a firm, threats between states, hostages freed."""
    assert event_type in types(text)


@pytest.mark.parametrize(
    ("text", "event_type", "code"),
    [
        ("Clinton attacked Trump in a debate before the primary.", "ACCUSE", "111"),
        ("Norway stopped providing Chad with food.", "SANCTION", "162"),
        ("The court will sentence the rebels on Friday.", "COERCE", "173"),
        ("Russia threatened to impose sanctions on Norway.", "THREATEN", "1312"),
        ("The ministry retreated from its position.", "CONCEDE", "083"),
        ("Japan has struck a deal with Vietnam.", "SUPPORT", "057"),
        ("It is the first pact that Tokyo has struck with Hanoi.", "SUPPORT", "057"),
    ],
)
def test_what_words_mean_in_their_company(text, event_type, code):
    """Attacks of a campaign are words, what is stopped is a sanction, a court threatens nobody."""
    assert (event_type, code) in [(event.event_type, event.cameo_code) for event, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "trigger", "realis"),
    [
        ("Doctors and nurses at 70 hospitals stopped work to protest against the coup.", "protest", "actual"),
        ("Norway meets Chad in Oslo on Friday.", "meets", "future"),
        ("The strike by teachers is likely to be opposed by Norway.", "opposed", "future"),
        ("The president has the right to pardon the rebels.", "pardon", "hypothetical"),
    ],
)
def test_how_real_it_is(text, trigger, realis):
    """A purpose that is shown, a day ahead, what is likely, what somebody may do."""
    assert [event.realis for event, _ in told(text) if event.text == trigger] == [realis]


def test_what_is_decided_against_is_denied():
    """`decided against declaring`."""
    found = [
        event.negated
        for event, _ in told("Norway decided against declaring an emergency.")
        if event.text == "declaring"
    ]
    assert found == [True]


def test_a_dateline_acts_in_nothing():
    """The place and agency before the dash are nobody."""
    _, cast = only("DUBAI (AFP) - Iran and Saudi Arabia agreed on Tuesday to reopen embassies.", "AGREE")
    assert cast["actor"] == ["country:IRN", "country:SAU"]


def test_a_headline_is_told_again():
    """What the lead tells more fully is one row, with the lead's words."""
    text = "Sri Lanka arrests 24 over bombings\n\nSri Lankan police arrested 24 people on Tuesday."
    event, cast = only(text, "COERCE")
    assert (event.text, len(event.also_spans), event.happened_on) == ("arrested", 1, date(2026, 3, 10))
    assert cast == {"actor": ["unnamed:sri-lankan-police"], "recipient": ["unnamed:24-people"]}


def test_what_happened_at_two_times_is_two():
    """A test of last July is not today's."""
    text = "North Korea tested a missile. In July North Korea tested a missile."
    assert [event.happened_on for event, _ in told(text)][1] == date(2025, 7, 1)
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Oil plants burned. The kingdom later blamed Iran for the attacks.", "blamed", None),
        ("Prosecutors charged Jane Doe with fraud; she was arrested on Tuesday.", "arrested", date(2026, 3, 10)),
        ("The union has called a strike from Thursday.", "called", None),
    ],
)
def test_days_of_other_events(text, trigger, day):
    """A later day, another's day and the day from which a strike begins are not the event's."""
    assert [event.happened_on for event, _ in told(text) if event.text == trigger] == [day]


@pytest.mark.parametrize(
    ("text", "country"),
    [("Most Kenyans protested against the tax.", "country:KEN"), ("Gunmen killed Tanzanians.", "country:TZA")],
)
def test_people_are_not_their_country(text, country):
    """Some of a people are no state."""
    assert country not in [name for _, cast in told(text) for names in cast.values() for name in names]
