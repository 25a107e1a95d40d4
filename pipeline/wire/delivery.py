"""What every way in gives."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that the wire holds: named by its url, in the version that etag names.

    `read` brings the bytes, so that what is known already need not be read. It raises FetchError, and
    Rejected for what is too large or gone: a row of rejects.
    """

    url: str
    etag: str | None
    media_type: str | None
    read: Callable[[], bytes]
