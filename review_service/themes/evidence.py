"""Which words moved a theme's score: spans that an editor can read, each with its exact share of the linear score.

A feature's share is slope × value × weight, in log-odds. Spans are laid over the strongest features where they first
stand, joined when they touch, and freed of function words at their ends; a span's weight is the sum over the distinct
features that stand inside it, each counted in one span only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from review_service.themes.features import NAME, NUMBER, Sighting
from review_service.themes.measures import Flags
from review_service.themes.vectors import Columns, Floats, Vocabulary

MOST = 5  # spans shown for a theme
_SEEDS = 14  # strongest features that spans are laid over
_LEAST_SHARE = 0.08  # of the strongest span's weight; weaker spans tell nothing


class Contribution(NamedTuple):
    """Words of a document and what they add to a theme's log-odds."""

    field: str
    start: int
    end: int
    weight: float


def evidence(found: Sequence[Sighting], shares: Shares, function_words: frozenset[str]) -> tuple[Contribution, ...]:
    """Return the spans that raised a theme's score most, the strongest first; at most `MOST`.

    `found` is what was seen of the document, `shares` what each gram adds to the theme's log-odds.
    """
    spans = _join(_seeds(found, shares.strongest(_SEEDS), function_words))
    counted: set[str] = set()
    weighed = []
    for (field, start, end), grams in zip(spans, _inside(spans, found), strict=True):
        fresh = [gram for gram in grams if gram not in counted]
        counted.update(fresh)
        weighed.append(Contribution(field, start, end, sum(map(shares.of, fresh))))
    weighed.sort(key=lambda piece: -piece.weight)
    least = _LEAST_SHARE * weighed[0].weight if weighed else 0.0
    return tuple(piece for piece in weighed[:MOST] if piece.weight > 0 and piece.weight >= least)


class Shares:
    """What each gram of a document adds to a theme's log-odds.

    `vocabulary` are the grams a model knows; `grams` the places in it of those of the document and `gains` what they add,
    a gram perhaps more than once (in several blocks); `telling` says of each gram of the vocabulary whether it means
    something by itself.
    """

    def __init__(self, vocabulary: Vocabulary, grams: Columns, gains: Floats, telling: Flags) -> None:
        self._vocabulary = vocabulary
        self._grams: Columns
        self._grams, which = np.unique(grams, return_inverse=True)
        self._shares: Floats = np.bincount(which, gains, minlength=len(self._grams)).astype(np.float64, copy=False)
        self._telling: Flags = telling[self._grams]

    def strongest(self, most: int) -> set[str]:
        """Return the telling grams that add most."""
        fit = np.flatnonzero(self._telling & (self._shares > 0))
        ranked = fit[np.argsort(-self._shares[fit], kind="stable")[:most]]
        return {self._vocabulary.grams[gram] for gram in self._grams[ranked].tolist()}

    def of(self, gram: str) -> float:
        """Return what a gram adds; nothing where the model does not know it."""
        place = self._vocabulary.places.get(gram)
        return 0.0 if place is None else self._by_gram.get(place, 0.0)

    @cached_property
    def _by_gram(self) -> dict[int, float]:
        return dict(zip(self._grams.tolist(), self._shares.tolist(), strict=True))


def _inside(spans: list[tuple[str, int, int]], found: Sequence[Sighting]) -> list[dict[str, None]]:
    """Return the grams that stand inside each of `spans`, which are sorted and do not overlap, as the keys of a dict."""
    grams: list[dict[str, None]] = [{} for _ in spans]
    for seen in found:
        last = bisect_right(spans, (seen.field, seen.end, -1)) - 1
        while last >= 0 and spans[last][0] == seen.field and spans[last][2] > seen.start:
            first, end = spans[last][1] - seen.start, spans[last][2] - seen.start
            places = zip(seen.grams.names, seen.grams.spans, strict=True)
            grams[last].update((gram, None) for gram, span in places if first <= span[0] and span[1] <= end)
            last -= 1
    return grams


def _seeds(found: Sequence[Sighting], wanted: set[str], function_words: frozenset[str]) -> list[tuple[str, int, int]]:
    """Return where the strongest features first stand."""
    spans = []
    for seen in found:
        if not wanted:
            break
        if wanted.isdisjoint(seen.grams.names):
            continue
        for gram, (start, end) in zip(seen.grams.names, seen.grams.spans, strict=True):
            if gram in wanted:
                wanted.discard(gram)
                start, end = _trim(gram, start, end, function_words)
                spans.append((seen.field, seen.start + start, seen.start + end))
    return spans


def tells(gram: str, function_words: frozenset[str]) -> bool:
    """Whether a gram means something by itself: a concept, a word of two syllables or more, a pair not only of fillers."""
    words = [word for word in gram.split(" ") if word not in function_words and word not in (NAME, NUMBER)]
    return gram[0] == "‹" and gram[-1] == "›" and gram != NAME if not words else len(words) > 1 or "_" in words[0]


def _trim(gram: str, start: int, end: int, function_words: frozenset[str]) -> tuple[int, int]:
    """Return the span of a pair without a function word, number or name at its edge."""
    first, _, second = gram.partition(" ")
    if not second:
        return start, end
    dull = function_words | {NAME, NUMBER}
    if first in dull:
        return end - len(second), end
    if second in dull:
        return start, start + len(first)
    return start, end


def _join(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Join spans that overlap or stand side by side."""
    joined: list[tuple[str, int, int]] = []
    for field, start, end in sorted(spans):
        if joined and joined[-1][0] == field and start <= joined[-1][2] + 1:
            joined[-1] = (field, joined[-1][1], max(joined[-1][2], end))
        else:
            joined.append((field, start, end))
    return joined
