"""Remembers what was found in the sentences seen last: a draft saved again has one new sentence and many old ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

_SENTENCES = 8_192  # some three hundred drafts of 600 words; a bound on memory, not on what is answered

Found = TypeVar("Found")


def remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Return `function` of one text, remembering its last results.

    The results must not be changed by whoever gets them: return tuples.
    """
    return lru_cache(maxsize=_SENTENCES)(function)
