"""Fingerprints of a text: one that any change of a word changes, one that a few changes hardly touch."""

import hashlib
import sys

import numpy as np
import numpy.typing as npt

from pipeline.formats.words import spoken

MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd constants (of xxHash) that tell a word's place in its triple."""
MOST_WORDS = 100_000
"""How many words' hashes are kept."""


def text_hash(text: str) -> str:
    """The SHA-256 of a text with its white space squeezed, in hex."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def near_hash(text: str) -> str:
    """The 64-bit SimHash (Charikar 2002) of a text's word triples, in hex: near copies differ in few bits."""
    found = spoken(text)
    if not found:
        return f"{0:016x}"
    words = np.frombuffer(b"".join(map(HASHES.__getitem__, found)), dtype=np.uint64)
    padded = np.concatenate([words, words[:1], words[:1]]) if len(words) < MIX.size else words
    count = len(padded) - MIX.size + 1
    triples = np.sort(_spread(padded[:count] * MIX[0] + padded[1 : count + 1] * MIX[1] + padded[2:] * MIX[2]))
    triples = triples[np.append(True, triples[1:] != triples[:-1])]
    bits = np.unpackbits(triples.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    counts = np.add.reduce(bits, axis=0, dtype=np.uint32)
    return np.packbits(2 * counts > len(triples)).tobytes().hex()


def _spread(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Let every bit depend on every other (the finalizer of MurmurHash3)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


class _Hashes(dict[str, bytes]):
    """Each word's 64-bit hash, its bytes in the machine's order; what has not been asked for yet is made."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= MOST_WORDS:
            self.clear()
        made = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
        return self.setdefault(word, made.to_bytes(8, sys.byteorder))


HASHES = _Hashes()
