"""Remembers what was found in the sentences seen last: a draft saved again has one new sentence and many old ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import TypeVar

_SENTENCES = 8_192  # some three hundred drafts of 600 words; a bound on memory, not on what is answered

Found = TypeVar("Found")

_caches: list[Callable[[], tuple[int, int]]] = []


def remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Return `function` of one text, remembering its last results.

    The results must not be changed by whoever gets them: return tuples.
    """
    cached = lru_cache(maxsize=_SENTENCES)(function)
    _caches.append(lambda: cached.cache_info()[:2])
    return cached


def tells(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return whether `pattern` stands in a text, sought once a text: each hit in an endless sentence may ask it of the whole."""
    return remembered(lambda text: pattern.search(text) is not None)


def remembered_together(function: Callable[[Sequence[str]], Sequence[Found]]) -> Callable[[Sequence[str]], list[Found]]:
    """Return `function` of many texts, asked only for those whose results are not remembered."""
    known: dict[str, Found] = {}  # the one used last at the end
    counts = Counter[bool]()
    lock = Lock()

    def answer(texts: Sequence[str]) -> list[Found]:
        with lock:
            found = {text: known.pop(text) for text in set(texts) if text in known}
            known.update(found)
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        worked_out = dict(zip(fresh, function(fresh), strict=True)) if fresh else {}
        with lock:
            known.update(worked_out)
            counts.update({True: len(texts) - len(fresh), False: len(fresh)})
            for text in list(islice(known, max(0, len(known) - _SENTENCES))):
                del known[text]
        found |= worked_out
        return [found[text] for text in texts]

    _caches.append(lambda: (counts[True], counts[False]))
    return answer


def looked_up() -> tuple[int, int]:
    """Return how often something was asked of a sentence in this process: answered from memory, and worked out."""
    counts = [count() for count in _caches]
    return sum(count[0] for count in counts), sum(count[1] for count in counts)
