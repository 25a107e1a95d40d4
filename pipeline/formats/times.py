"""Times as wires send them."""

from datetime import UTC, datetime

from pipeline.sources import Source


def read_time(text: str | None, source: Source) -> datetime | None:
    """A time in UTC; one without an offset is in the source's time zone. None for what is no time."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=source.zone)).astimezone(UTC)
