"""What a way in is given besides its source, so that it reads no environment, clock or workspace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import SecretStr


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The time, the secrets by name, how large a delivery may be, and what was noted the last time.

    `secret` raises ConfigError for a name it does not know. What a wire puts into `memory`, as JSON, is
    kept for its next run once all that it delivered is safely in the lake, and not before: what a crash
    loses is asked for again. A wire that finds no memory brings everything there is.
    """

    now: Callable[[], datetime]
    secret: Callable[[str], SecretStr]
    max_bytes: int
    memory: dict[str, Any] = field(default_factory=dict, repr=False)

    def shows(self, day: date) -> bool:
        """Whether a wire that has only what is new can be asked for a day: today, or the day that ended last.

        A daily run at midnight asks for the day that has ended, and what is there then is of that day.
        """
        return timedelta(0) <= self.now().date() - day <= timedelta(days=1)
