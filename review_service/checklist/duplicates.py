"""Near-duplicates of earlier drafts, found by MinHash over shingles of segmented words (Broder 1997).

Drafts that may be alike share a band of their signatures (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4);
only those are compared. `EarlierDrafts` is the interface: the store stands behind it where drafts are kept,
`DraftsInMemory` elsewhere.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from review_service.text import Document

_SHINGLE = 4  # words
BANDS, _ROWS = 25, 5  # two drafts of likeness 0.7 share a band in 99 cases of 100
_PERMUTATIONS = 128
_ALIKE = 0.7  # estimated Jaccard similarity from which two drafts are nearly the same
_LEAST_WORDS = 40

_BASE = 0x9E3779B97F4A7C15  # any odd number: it has an inverse modulo 2^64
# Kept signatures rest on these: the raw stream of a bit generator is the same in every version of NumPy.
_RANDOM = np.random.PCG64(1).random_raw(2 * _PERMUTATIONS + _ROWS)
_FACTORS = (_RANDOM[:_PERMUTATIONS] >> np.uint64(32)).astype(np.uint32) | np.uint32(1)  # odd: x -> ax + b permutes
_SUMMANDS = (_RANDOM[_PERMUTATIONS : 2 * _PERMUTATIONS] >> np.uint64(32)).astype(np.uint32)
_BAND_FACTORS = _RANDOM[2 * _PERMUTATIONS :] | np.uint64(1)

Signature = NDArray[np.uint32]  # 128 minima; the share that two have in common estimates the Jaccard similarity


class EarlierDrafts(Protocol):
    """What is known of the drafts reviewed before."""

    def nearest(self, signature: Signature, draft_id: str | None) -> str | None:
        """Return the id of a draft, other than `draft_id`, that had nearly this text before it; None without one."""

    def remember(self, signature: Signature, draft_id: str) -> None:
        """Note a draft's signature; a new revision replaces the old one."""


@dataclass(frozen=True, slots=True)
class _Seen:
    signature: Signature
    since: int  # the number of the review in which the draft first had nearly this text


class DraftsInMemory:
    """The last `limit` drafts reviewed by this process."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._in_band: defaultdict[int, set[str]] = defaultdict(set)
        self._reviews = 0
        self._lock = threading.Lock()

    def nearest(self, signature: Signature, draft_id: str | None) -> str | None:
        """Return the id of a draft, other than `draft_id`, that had nearly this text before it; None without one."""
        with self._lock:
            own = self._seen.get(draft_id) if draft_id is not None else None
            until = own.since if own and are_alike(own.signature, signature) else self._reviews
            candidates = {other for band in bands_of(signature) for other in self._in_band.get(band, ())} - {draft_id}
            before = {other: seen for other in candidates if (seen := self._seen[other]).since < until}
        first = sorted(before.items(), key=lambda entry: entry[1].since)
        return most_alike(signature, {other: seen.signature for other, seen in first})

    def remember(self, signature: Signature, draft_id: str) -> None:
        """Note a draft's signature; a new revision replaces the old one."""
        with self._lock:
            old = self._forget(draft_id) if draft_id in self._seen else None
            since = old.since if old and are_alike(old.signature, signature) else self._reviews
            self._reviews += 1
            self._seen[draft_id] = _Seen(signature, since)
            for band in bands_of(signature):
                self._in_band[band].add(draft_id)
            if len(self._seen) > self._limit:
                self._forget(next(iter(self._seen)))

    def _forget(self, draft_id: str) -> _Seen:
        seen = self._seen.pop(draft_id)
        for band in bands_of(seen.signature):
            self._in_band[band].discard(draft_id)
            if not self._in_band[band]:
                del self._in_band[band]
        return seen


def are_alike(one: Signature, other: Signature) -> bool:
    """Return whether two drafts have nearly the same text."""
    return _likeness(one, other) >= _ALIKE


def most_alike(signature: Signature, others: Mapping[str, Signature]) -> str | None:
    """Return the name of the one among `others` most like `signature`, the first of equals, if it is nearly the same text."""
    best = max(others, key=lambda name: _likeness(signature, others[name]), default=None)
    return best if best is not None and are_alike(signature, others[best]) else None


def _likeness(one: Signature, other: Signature) -> float:
    return float(np.count_nonzero(one == other)) / _PERMUTATIONS


def bands_of(signature: Signature) -> list[int]:
    """Return the signature's bands, as 25 signed numbers of 64 bits: drafts nearly the same share at least one."""
    rows = signature[: BANDS * _ROWS].reshape(BANDS, _ROWS).astype(np.uint64)
    mixed = (rows + np.arange(BANDS, dtype=np.uint64)[:, None] * np.uint64(_BASE)) * _BAND_FACTORS
    bands: list[int] = mixed.sum(axis=1, dtype=np.uint64).view(np.int64).tolist()
    return bands


def signature_of(document: Document) -> Signature | None:
    """Return the signature of a draft's body; None when it is too short to tell."""
    text, segmented = document.body.text, document.segmented["body"]
    words = [
        (sentence.start + start, sentence.start + end)
        for sentence, spans in zip(document.body.sentences, segmented, strict=True)
        for start, end in spans
        if text[sentence.start + start].isalnum()
    ]
    if len(words) < _LEAST_WORDS:
        return None
    minima: Signature = (_shingles(document.body.folded, words)[:, None] * _FACTORS + _SUMMANDS).min(axis=0)
    return minima


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


@lru_cache(maxsize=2)
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the first powers of the base and of its inverse, modulo 2^64."""
    one, other = (np.full(length, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
    one[0] = other[0] = 1
    return np.cumprod(one, dtype=np.uint64), np.cumprod(other, dtype=np.uint64)
