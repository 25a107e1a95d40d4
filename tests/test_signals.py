"""Signals from notes, sluglines, headlines and codes, in many languages."""

import pytest

from pipeline.formats.signals import gravest, signal_in, signal_of_code, signal_of_headline, signal_of_slugline

NOTES = {
    "update": [
        "Adds quotes, background",
        "(Recasts, adds details on those killed)",
        "Eds: With AP Photos. Updates with score.",
        "Eds: Minor edits. A longer version of this story is available.",
        "Writethru throughout",
        "Noe utvidet.",
        "Actualiza con declaraciones",
        "Aktualisiert: neue Zahlen",
        "Uppdaterad med citat",
    ],
    "correction": [
        "Corrects spelling in paragraph 3",
        "Refiles to fix typo in headline",
        "This story corrects the date in the second paragraph.",
        "Attention: rectificatif, bien lire mardi",
        "Annule et remplace la précédente",
        "KORREKTUR: Im zweiten Absatz",
        "Berichtigung: richtig ist 3. Mai",
        "Corrección: es martes",
        "Errata corrige",
        "Rättelse: rätt dag",
        "Korekta: data w drugim akapicie",
        "更正：日期",
    ],
    "kill": [
        "MANDATORY KILL: do not publish",
        "EDITORS: This story is withdrawn",
        "Die Meldung wird zurückgezogen",
        "Annulation: ne pas utiliser",
        "Anula la noticia",
    ],
    "advisory": ["ADVISORY", "Media advisory: budget day"],
    None: [
        "",
        "With photos",
        "Eds: Will be updated.",
        "TURKEY OUT NOV. 11, 2019 FILE PHOTO",
        "The kill switch was found",
        "First take",
        None,
    ],
}
SLUGLINES = {
    "update": [
        "BC-BKN--Heat-Hawks 1stLd-Writethru",
        "BC-AS--Escape, 3rd Ld-Writethru",
        "MARKETS/ (UPDATE 3)",
        "LEAD Politics",
    ],
    "correction": ["US--Correction, 2nd Ld", "CORRECTION", "BC-US--Storm, Correction"],
    "kill": ["POLITICS-USA/KILL", "BC-US--Trump, Kill"],
    None: [
        "police-killed",
        "politics-correction",
        "USA-AFGHANISTAN/WITHDRAWAL",
        "US--Prison Corrections",
        "Lead storm",
        "",
        None,
    ],
}
HEADLINES = {
    "update": ["UPDATE 2-Apple beats forecasts", "UPDATE: Storm hits", "LEAD-Apple beats forecasts"],
    "correction": [
        "CORRECTED-Apple beats forecasts",
        "REFILE-Apple beats forecasts",
        "CORRECTED-UPDATE 1-Apple beats forecasts",
        "Correction: Harbor story",
        "(Rectificatif) Le port ferme",
        "Rectificatif - Le port ferme",
        "KORREKTUR: Hafen schließt",
        "BERICHTIGUNG/Hafen schließt",
        "Corrección: cierra el puerto",
    ],
    "kill": ["WITHDRAWN-Apple beats forecasts", "*KILL* Harbor closes"],
    "advisory": ["ADVISORY - Budget day coverage"],
    None: [
        "Kill Bill returns",
        "Kill - the word and its story",
        "Update on the storm",
        "Add-on sales rise",
        "Tops - new fashion",
        "BC-Harbor",
        "",
    ],
}


def each(table):
    return [(text, signal) for signal, texts in table.items() for text in texts]


@pytest.mark.parametrize(("note", "signal"), each(NOTES))
def test_a_note_gives_its_signal(note, signal):
    """By how its sentences begin, or by a set phrase."""
    assert signal_in(note) == signal


@pytest.mark.parametrize(("slugline", "signal"), each(SLUGLINES))
def test_a_slugline_gives_the_signal_of_its_mark(slugline, signal):
    """A keyword that happens to be a signal's word is none."""
    assert signal_of_slugline(slugline) == signal


@pytest.mark.parametrize(("headline", "signal"), each(HEADLINES))
def test_a_headline_gives_the_signal_of_its_prefix(headline, signal):
    """A headline that begins with such a word is none."""
    assert signal_of_headline(headline) == signal


@pytest.mark.parametrize(
    ("code", "signal"),
    [
        ("sig:correction", "correction"),
        ("http://cv.iptc.org/newscodes/signal/update", "update"),
        ("Corrected", "correction"),
        ("CANCEL", "kill"),
        ("newscontent", None),
        ("", None),
        (None, None),
    ],
)
def test_a_code_gives_its_signal(code, signal):
    """Whatever its scheme and case."""
    assert signal_of_code(code) == signal


def test_the_gravest_of_several_signals_counts():
    """An update that is also a correction is a correction."""
    assert gravest([None, "update", "correction", "advisory"]) == "correction"
    assert gravest([None, None]) is None
