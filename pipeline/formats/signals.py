"""What a version is to the ones before it: read from codes, notes, sluglines and headlines."""

import re
from typing import Literal

Signal = Literal["original", "update", "correction", "kill", "withhold", "advisory"]

WORDS: tuple[tuple[str, Signal], ...] = (
    (r"\b(?:kill|killed|mandatory kill|withdrawn|withdraws?)\b", "kill"),
    (r"\b(?:corrects?|corrected|correction|corrigendum)\b", "correction"),
    (r"\b(?:updates?|updated|adds?|recasts?|writethru)\b", "update"),
    (r"\b(?:advisory|editors:)\b", "advisory"),
)


def signal_in(note: str | None) -> Signal | None:
    """The signal that a note, a slugline's mark or a headline's prefix gives, if any."""
    return next((signal for words, signal in WORDS if re.search(words, note or "", re.IGNORECASE)), None)
