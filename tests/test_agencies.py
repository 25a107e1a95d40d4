"""The one list of agencies, papers and broadcasters."""

from pipeline.agencies import Agency, agencies
from pipeline.extractors.gazetteer import organizations
from pipeline.formats.words import is_agency


def test_every_name_stands_once_in_order():
    """Whatever a room takes of it."""
    lines = [f"{each.name},{each.signs},{each.called},{each.country}" for each in agencies()]
    assert lines == sorted(lines)
    assert len({each.name for each in agencies()}) == len(lines)
    assert {each.signs for each in agencies()} == {"", "agency", "service"}


def test_who_signs_and_who_is_quoted_are_told_apart():
    """A paper is an organization and signs no dateline; a service of press releases is none and signs."""
    told = {each.name: each for each in agencies()}
    assert told["AFP"] == Agency("AFP", "agency", "Agence France-Presse", "FRA")
    assert (is_agency("Financial Times"), organizations()["Financial Times"].country) == (False, "GBR")
    assert (is_agency("PR Newswire"), "PR Newswire" in organizations()) == (True, False)
