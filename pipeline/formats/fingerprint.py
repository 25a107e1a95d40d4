"""Fingerprints of a text: one that any change of a word changes, one that a few changes hardly touch."""

import hashlib
import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

WORDS = re.compile(r"\w+")
MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd constants (of xxHash) that tell a word's place in its triple."""


def text_hash(text: str) -> str:
    """The SHA-256 of a text with its white space squeezed, in hex."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def near_hash(text: str) -> str:
    """The 64-bit SimHash (Charikar 2002) of a text's word triples, in hex: near copies differ in few bits."""
    words = np.array([_hash(word) for word in WORDS.findall(text.lower())], dtype=np.uint64)
    if not len(words):
        return f"{0:016x}"
    padded = np.concatenate([words, words[:1], words[:1]]) if len(words) < MIX.size else words
    count = len(padded) - MIX.size + 1
    triples = np.unique(_spread(sum((padded[i : i + count] * MIX[i] for i in range(1, 3)), padded[:count] * MIX[0])))
    bits = np.unpackbits(triples.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    return np.packbits(2 * bits.sum(axis=0, dtype=np.int64) > len(triples)).tobytes().hex()


def _spread(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Let every bit depend on every other (the finalizer of MurmurHash3)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
