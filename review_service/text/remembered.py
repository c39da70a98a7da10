"""Remembers what was found in the sentences seen last: a draft saved again has one new sentence and many old ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

_SENTENCES = 8_192  # some three hundred drafts of 600 words; a bound on memory, not on what is answered

Found = TypeVar("Found")

_caches: list[Callable[[], tuple[int, int, int | None, int]]] = []


def remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Return `function` of one text, remembering its last results.

    The results must not be changed by whoever gets them: return tuples.
    """
    cached = lru_cache(maxsize=_SENTENCES)(function)
    _caches.append(cached.cache_info)
    return cached


def looked_up() -> tuple[int, int]:
    """Return how often something was asked of a sentence in this process: answered from memory, and worked out."""
    counts = [info() for info in _caches]
    return sum(count[0] for count in counts), sum(count[1] for count in counts)
