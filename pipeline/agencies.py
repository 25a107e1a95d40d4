"""News agencies, papers and broadcasters: who signs datelines, and who is an organization that others quote.

The one list of them, `agencies.csv`, for the rooms that read wire formats and those that find names.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Agency:
    """One way to write an agency's name; what the list does not tell is empty."""

    name: str
    signs: str
    """What it signs datelines as: `agency`, or `service` for those that send what companies pay for."""
    called: str
    """What it is called as an organization."""
    country: str
    """ISO 3166-1 alpha-3."""


@cache
def agencies() -> tuple[Agency, ...]:
    """Every name on the list, in its order."""
    lines = (files("pipeline") / "agencies.csv").read_text("utf-8").splitlines()
    return tuple(Agency(*row) for row in csv.reader(line for line in lines if not line.startswith("#")))
