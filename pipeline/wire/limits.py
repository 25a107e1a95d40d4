"""How much is read of a delivery: enough and no more, also of what is packed."""

import zlib
from collections.abc import Iterable, Iterator

from pipeline.errors import Rejected

STEP = 65_536
GZIP = b"\x1f\x8b"
EITHER = zlib.MAX_WBITS | 32
"""zlib's name for gzip or zlib, found by looking."""


def take(chunks: Iterable[bytes], most: int, name: str) -> bytes:
    """All of the chunks together. Raises Rejected `too-large` as soon as they are more than `most` bytes."""
    taken = bytearray()
    for chunk in chunks:
        taken += chunk
        if len(taken) > most:
            raise too_large(name, most)
    return bytes(taken)


def too_large(name: str, most: int, size: int | None = None) -> Rejected:
    """Why a delivery is refused."""
    seen = f"{size:,}" if size is not None else f"more than {most:,}"
    return Rejected("too-large", f"{name}: {seen} bytes; at most {most:,} are read (max_item_bytes)")


def inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What is packed with gzip or zlib, in small steps. Raises zlib.error, and EOFError when it ends too early."""
    member, fed = zlib.decompressobj(EITHER), False
    for chunk in chunks:
        left = chunk
        while left:
            fed = True
            yield member.decompress(left, STEP)
            left = member.unconsumed_tail
            if member.eof:
                left = member.unused_data.lstrip(b"\0")
                member, fed = zlib.decompressobj(EITHER), False
    yield member.flush()
    if fed and not member.eof:
        raise EOFError("the packed bytes end too early")


def unpacked(body: bytes, most: int, name: str) -> bytes:
    """A delivery that came as a gzip file, without its wrapping. Raises Rejected."""
    if not body.startswith(GZIP):
        return body
    try:
        return take(inflate([body]), most, name)
    except (zlib.error, EOFError) as error:
        raise Rejected("bad-gzip", f"{name}: begins like gzip and cannot be unpacked: {error}") from error
