"""Near-duplicates of earlier drafts, found by MinHash over shingles of segmented words (Broder 1997).

`EarlierDrafts` is the interface that storage can stand behind; `DraftsInMemory` is bounded and forgets on restart. Only who
keeps such drafts imports this module: the library behind it takes as long to import as all the rest.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from review_service.text import Document

_SHINGLE = 4  # words
_PERMUTATIONS = 128
_ALIKE = 0.7  # estimated Jaccard similarity above which two drafts are nearly the same
_LEAST_WORDS = 40
_SEED = 1
_SCHEME: Final = "affine32"
_PERMUTED = MinHash(
    num_perm=_PERMUTATIONS, seed=_SEED, scheme=_SCHEME
).permutations  # made once: they cost more than a signature


class EarlierDrafts(Protocol):
    """What is known of the drafts reviewed before."""

    def nearest(self, signature: MinHash, draft_id: str | None) -> str | None:
        """Return the id of an earlier draft, other than `draft_id`, with nearly the same text."""

    def remember(self, signature: MinHash, draft_id: str) -> None:
        """Keep a draft's signature; a new revision replaces the old one."""


class DraftsInMemory:
    """The last `limit` drafts reviewed by this process."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._signatures: OrderedDict[str, MinHash] = OrderedDict()
        self._index = MinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS)
        self._lock = threading.Lock()

    def nearest(self, signature: MinHash, draft_id: str | None) -> str | None:
        """Return the id of an earlier draft, other than `draft_id`, with nearly the same text."""
        with self._lock:
            candidates = [str(key) for key in self._index.query(signature) if key != draft_id]
            alike = [(self._signatures[key].jaccard(signature), key) for key in candidates]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= _ALIKE else None

    def remember(self, signature: MinHash, draft_id: str) -> None:
        """Keep a draft's signature; a new revision replaces the old one."""
        with self._lock:
            if draft_id in self._signatures:
                self._index.remove(draft_id)
                del self._signatures[draft_id]
            self._signatures[draft_id] = signature
            self._index.insert(draft_id, signature)
            if len(self._signatures) > self._limit:
                oldest, _ = self._signatures.popitem(last=False)
                self._index.remove(oldest)


def signature_of(document: Document) -> MinHash | None:
    """Return the signature of a draft's body; None when it is too short to tell."""
    text = document.body.text
    words = [span for sentence in document.words["body"] for span in sentence if text[span[0]].isalnum()]
    if len(words) < _LEAST_WORDS:
        return None
    factors, summands = _PERMUTED
    values = (_shingles(document.body.folded, words)[:, None] * factors + summands).min(axis=0)
    return MinHash(hashvalues=values, seed=_SEED, permutations=_PERMUTED, scheme=_SCHEME)


def _shingles(folded: str, words: list[tuple[int, int]]) -> NDArray[np.uint32]:
    """Return the hashes (32 bits) of the runs of words.

    A run's hash is that of its letters, as a polynomial modulo 2^64 (Karp and Rabin 1987): all runs at once, from sums
    over the text. Its upper half is taken, which depends on every letter.
    """
    letters = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
    powers, inverses = _powers(1 << len(folded).bit_length())
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    starts = np.array([start for start, _ in words[: 1 - _SHINGLE]])
    ends = np.array([end for _, end in words[_SHINGLE - 1 :]])
    runs: NDArray[np.uint64] = (sums[ends] - sums[starts]) * inverses[starts]
    return (runs >> np.uint64(32)).astype(np.uint32)


_BASE = 0x9E3779B97F4A7C15  # any odd number: it has an inverse modulo 2^64


@lru_cache(maxsize=2)
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the first powers of the base and of its inverse, modulo 2^64."""
    one, other = (np.full(length, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
    one[0] = other[0] = 1
    return np.cumprod(one, dtype=np.uint64), np.cumprod(other, dtype=np.uint64)
