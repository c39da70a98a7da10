"""Near-duplicates of earlier drafts, found by MinHash over shingles of segmented words (Broder 1997).

`EarlierDrafts` is the interface that storage can stand behind; `DraftsInMemory` is bounded and forgets on restart.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from typing import Final, Protocol

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from review_service.text import Document

_SHINGLE = 4  # words
_PERMUTATIONS = 64
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


class NoEarlierDrafts:
    """Knows of no earlier draft: for reviews that must not depend on what was reviewed before."""

    def nearest(self, signature: MinHash, draft_id: str | None) -> str | None:
        """Return None."""

    def remember(self, signature: MinHash, draft_id: str) -> None:
        """Keep nothing."""


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
    signature = MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=int, permutations=_PERMUTED, scheme=_SCHEME)
    signature.update_batch(_shingles(document.body.folded, words))
    return signature


def _shingles(folded: str, words: list[tuple[int, int]]) -> NDArray[np.uint32]:
    """Return the hashes (32 bits) of the runs of words, each once."""
    letters = folded.encode("utf-32-le", "surrogatepass")  # four bytes a code point: spans stay spans
    runs = [
        zlib.crc32(letters[4 * first[0] : 4 * last[1]])
        for first, last in zip(words, words[_SHINGLE - 1 :], strict=False)
    ]
    return np.unique(np.array(runs, np.uint32))
