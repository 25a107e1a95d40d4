"""A declared language, and texts that contradict it."""

import pytest

from pipeline.formats.language import language_of

GERMAN = (
    "Der Rat der Stadt hat am Dienstag beschlossen, den alten Hafen zu schließen. Das sagte die Bürgermeisterin nach "
    "einer Sitzung, die bis in den Abend dauerte. Der Hafen ist seit Jahren nicht mehr in einem guten Zustand, und für "
    "die Fischer wird an anderer Stelle ein neuer gebaut."
)
ENGLISH = (
    "The council of the town voted on Tuesday to close the old harbor, the mayor said after a meeting that went on "
    "into the evening. The harbor has not been in good shape for years, and a new one will be built for the fishermen."
)


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("de", GERMAN, "de"),
        ("en", GERMAN, "de"),
        ("en-US", ENGLISH, "en-US"),
        ("en_GB", ENGLISH, "en-GB"),
        ("es", ENGLISH, "en"),
        (None, GERMAN, None),
        ("en", "Der Rat hat beschlossen.", "en"),
        ("en", "Arsenal 2, Chelsea 1. " * 30, "en"),
        ("sw", GERMAN, "sw"),
        ("en", "Кремль сообщил, что переговоры завершились.", "ru"),
        ("uk", "Кремль сообщил, что переговоры завершились.", "uk"),
        ("en", "国务院召开会议。", "zh"),
        ("zh", "韓国の大統領は会見を開いた。", "ja"),
        ("en", "", "en"),
    ],
)
def test_a_declared_language_holds_unless_the_text_plainly_contradicts_it(declared, text, language):
    """By its script, or by function words in a text of some length; a language is never guessed."""
    assert language_of(declared, text) == language
