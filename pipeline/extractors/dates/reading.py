"""A story being read: its own day, the dates told so far, and how an open date is settled from them."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from pipeline.extractors.dates.cells import Cell, Unit, cell, month_day
from pipeline.extractors.dates.context import Context, Tense
from pipeline.extractors.dates.lexer import Lexed
from pipeline.extractors.dates.narrative import OLD, is_narrative
from pipeline.extractors.dates.stretch import DAYS_IN
from pipeline.extractors.dates.values import Basis, Meaning

UNITS: dict[str, Unit] = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
"""TIMEX3 designators of units that the calendar has."""
SAME_BREATH = 12
"""Tokens over which a year carries on to the next date."""
JOINED = 16
"""Tokens between a day and the year of the noun that it names."""
NEWS_IS_PAST = 1.25
"""So many times farther off may a day be that has passed, where no verb tells."""
FAR = 6
"""So many times farther off than the other, a reading is not meant whatever the tense: writers would add `last`."""
NEARBY = 3
"""Days from the story's within which a day holds for times told in later paragraphs."""
CLOSE = 2
"""Days ahead at which one may lie that a story of the day before tells as done: the wire crosses midnight."""
RANGE_WORDS = frozenset({"to", "through", "until", "till", "-", "–", "—", "and"})
"""Words between the two ends of a range."""
BACKWARD = 1.6
"""A narrative goes forward: a step back counts as this much longer."""

Base = Literal["anchor", "text"]


class Reading:
    """What has been understood of a story so far; `today` is the day that `today` means where we read."""

    def __init__(self, lexed: Lexed, context: Context, anchor: date, *, day_first: bool | None) -> None:
        """Begin a story; `day_first` as in find_dates."""
        self.lexed = lexed
        self.context = context
        self.anchor = cell("day", anchor)
        self.today = self.anchor
        self.day_first = day_first
        self.focus: Cell | None = None
        self.happened: Cell | None = None
        self.focus_at = self.focus_end = 0
        self.has_year = False
        self.day: Cell | None = None
        self.stage: tuple[Cell, int] | None = None
        """The day on which something happened last, and the token that tells it."""
        self.period: Cell | None = None
        self.period_at = 0
        self.timed: dict[int, Cell] = {}
        """Weekdays, by their token, that a time of day before them was read on: both are the same day."""
        self.weekdays: dict[int, Cell] = {}
        """Days told by the number of their weekday, the last one of each."""
        self.years: dict[tuple[int, int], int] = {}
        self.is_narrative = is_narrative(lexed, anchor)

    @property
    def scene(self) -> Cell | None:
        """What `two days later` is counted from: the date told last, unless it says when somebody spoke."""
        return self.happened or self.focus

    def note(self, meaning: Meaning, first: int, end: int) -> None:
        """Keep what later dates may be counted from."""
        found = meaning.cell
        if found is None or meaning.value.type == "SET":
            return
        self.focus, self.focus_at, self.focus_end = found, first, end
        self.has_year = meaning.basis == "stated"
        is_told = not self.is_narrative and self.context.is_told(first, end)
        self.happened = self.happened if is_told else found
        if found.unit == "quarter":
            self.period_at = first
        if found.unit == "quarter" and meaning.basis != "text" and self._may_report(found):
            self.period = found
        if found.unit == "day" and found.days:
            day = found.first
            self.years.setdefault((day.month, day.day), day.year)
            self.weekdays[day.isoweekday()] = found
            if meaning.basis != "none":
                self.day = self.day if is_told and self.day else found
            if self.context.is_staged(first, end):
                self.stage = (found, first)

    def day_of_time(self, first: int, end: int) -> tuple[Cell, Basis]:
        """The day of a time that names none: told in its sentence, else that of what was told to happen, else today."""
        low, _ = self.context.sentence(first)
        is_told = self.focus is not None and self.focus.unit == "day" and (self.focus_at >= low or self.is_narrative)
        day, place = (self.focus, self.focus_at) if is_told else self.stage or (None, 0)
        if day is None or day == self.today:
            return self.today, "anchor"
        tense = self.tense(first, end)
        is_against = (tense == "ahead" and day < self.today) or (tense == "past" and day > self.today)
        is_near = abs(day.index - self.today.index) <= NEARBY or place >= self.context.paragraph(first)
        return (day, "text") if (is_told or is_near) and not is_against else (self.today, "anchor")

    def compared(self, first: int) -> Cell | None:
        """The quarter that `a year ago` at a token is counted from: the last date, or told within two sentences."""
        if self.period is None or self.is_narrative or (self.focus is not None and self.focus.unit == "quarter"):
            return None if self.is_narrative else self.period
        here, _ = self.context.sentence(first)
        before, _ = self.context.sentence(max(here - 1, 0))
        return self.period if self.period_at >= before else None

    def _may_report(self, quarter: Cell) -> bool:
        """Whether a story may go on about a quarter: one that is over, or where it told of none that is."""
        here = self.today.to("quarter")
        return quarter < here or self.period is None or self.period >= here

    def full_year(self, short: int) -> int:
        """A year of two digits: the latest that is not more than 20 years ahead of the story."""
        near = self.anchor.year + 20
        return near - (near - short) % 100

    def tense(self, first: int, end: int) -> Tense:
        """The tense around an expression; a narrative has none that tells."""
        return "unknown" if self.is_narrative else self.context.tense(first, end)

    @property
    def base(self) -> Cell:
        """What an open date is counted from: the story's day; in a narrative the date told last."""
        return self.focus if self.is_narrative and self.focus else self.today

    @property
    def basis(self) -> Basis:
        """Where `base` comes from."""
        return "text" if self.is_narrative and self.focus else "anchor"

    def is_certain(self, first: int, end: int) -> bool:
        """Whether the tense is that of the very verb that an expression dates, so that it holds however far."""
        return not self.is_narrative and self.context.is_certain(first, end)

    def recurring(self, make: Callable[[int], Cell | None], tense: Tense, *, sure: bool = False) -> Cell | None:
        """The one meant of cells that come back every year: by tense, else the nearest to `base`.

        `sure`: the tense is that of the very verb that the expression dates (is_certain).
        """
        base = self.base
        inside = make(base.year)
        if inside is not None and (base.days is None or (base.unit == "year" and self.is_narrative)):
            return inside
        cells = [found for year in range(base.year - 8, base.year + 9) if (found := make(year)) is not None]
        if not cells or base.days is None:
            return None
        here = base.to(cells[0].unit)
        before = max((found for found in cells if found <= here), default=cells[0])
        after = min((found for found in cells if found >= here), default=cells[-1])
        back, ahead = here.index - before.index, after.index - here.index
        if self.is_narrative:
            return before if back * BACKWARD < ahead else after
        near = min(back, ahead) <= (CLOSE if here.unit == "day" else 0)
        if tense == "past":
            return after if back > FAR * ahead and (near or not sure) else before
        if tense == "ahead":
            return before if ahead > FAR * back and (near or not sure) else after
        return before if back <= NEWS_IS_PAST * ahead else after

    def ahead_near(self, first: int) -> Cell | None:
        """A day to come that is the last date told in the same sentence: what goes on from there comes after it."""
        low, _ = self.context.sentence(first)
        told = self.focus if self.focus_at >= low else None
        return told if told is not None and told.unit == "day" and told > self.today else None

    def year_told_near(self, first: int) -> int | None:
        """The year of a date told before in the same sentence, where it is not the story's own."""
        low, _ = self.context.sentence(first)
        if self.focus is None or self.focus_at < max(low, first - SAME_BREATH) or self.focus.unit != "year":
            return None
        return self.focus.year if abs(self.focus.year - self.anchor.year) >= OLD else None

    def year_carried(self, month: int, day: int, first: int, end: int) -> int | None:
        """The year that goes on to a verb joined by `and`: `jailed on April 13, 2024, and freed on May 20`."""
        told = self.focus
        if told is None or told.unit not in {"day", "month"} or not self.has_year or self.is_narrative:
            return None
        if told.year >= self.anchor.year or not self.context.goes_on((self.focus_at, self.focus_end), (first, end)):
            return None
        start = told.first
        return told.year + ((month, day) < (start.month, start.day))

    def year_joined(self, first: int, end: int) -> int | None:
        """The year that the sentence gives to the noun which a date names: `the May 9 accord signed in 2018`."""
        low, high = self.context.sentence(first)
        places = range(max(low, first - JOINED), min(high, end + JOINED))
        years = [place for place in places if self.lexed.has(place, "YEAR")]
        return next(
            (int(self.lexed.word(place)) for place in years if self.context.shares_noun(first, end, place)), None
        )

    def month_day(self, month: int, day: int, first: int, end: int) -> tuple[Cell | None, Basis]:
        """A day without its year: as told before in the story, else in the story's time."""
        tense = self.tense(first, end)
        known = self.years.get((month, day)) or (self.year_told_near(first) if tense != "ahead" else None)
        if known and not self.is_narrative and (found := month_day(known, month, day)):
            return found, "text"
        carried = self.year_carried(month, day, first, end) if tense != "ahead" else None
        if carried and (found := month_day(carried, month, day)):
            return found, "text"
        sure = self.is_certain(first, end)
        found = self.recurring(lambda year: month_day(year, month, day), tense, sure=sure)
        if found and tense == "past" and found > self.today and (year := self._year_before(first)):
            return month_day(year, month, day), "text"
        return found, self.basis

    def _year_before(self, first: int) -> int | None:
        """A year past that the sentence told: `due in April 2012, it was scrapped after the coup of March 22`."""
        low, _ = self.context.sentence(first)
        told = self.focus if self.focus_at >= low and self.has_year else None
        return told.year if told is not None and told.days and told.year < self.anchor.year else None

    def shift(self, base: Cell, count: float, unit: str) -> Cell | None:
        """The cell of a unit that lies so many units from a day or period; None below days and out of the calendar."""
        target = UNITS.get(unit if unit != "W2" else "W")
        if target is None or base.days is None:
            return base + int(count) if target == base.unit else None
        if unit in DAYS_IN and count != int(count):
            return None
        steps = int(count) * (2 if unit == "W2" else 1)
        found = base.to(target) + steps
        return found if found.days else None
