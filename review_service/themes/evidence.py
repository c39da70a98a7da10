"""Which words moved a theme's score: spans that an editor can read, each with its exact share of the linear score.

A feature's share is slope × value × weight, in log-odds. Spans are laid over the strongest features where they first
stand, joined when they touch, and freed of function words at their ends; a span's weight is the sum over the distinct
features that stand inside it, each counted in one span only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from review_service.themes.features import NAME, NUMBER, Sighting
from review_service.themes.measures import Flags
from review_service.themes.vectors import Columns, Floats

MOST = 5  # spans shown for a theme
_SEEDS = 14  # strongest features that spans are laid over
_LEAST_SHARE = 0.08  # of the strongest span's weight; weaker spans tell nothing


class Contribution(NamedTuple):
    """Words of a document and what they add to a theme's log-odds."""

    field: str
    start: int
    end: int
    weight: float


def evidence(
    found: Sequence[Sighting], shares: Mapping[str, float], strongest: set[str], function_words: frozenset[str]
) -> tuple[Contribution, ...]:
    """Return the spans that raised a theme's score most, the strongest first; at most `MOST`.

    `found` is what was seen of the document, `shares` what each gram adds to the theme's log-odds, `strongest` the grams
    that spans are laid over.
    """
    spans = _join(_seeds(found, strongest, function_words))
    counted: set[str] = set()
    weighed = []
    for (field, start, end), grams in zip(spans, _inside(spans, found), strict=True):
        fresh = [gram for gram in grams if gram not in counted]
        counted.update(fresh)
        weighed.append(Contribution(field, start, end, sum([shares.get(gram, 0.0) for gram in fresh])))
    weighed.sort(key=lambda piece: -piece.weight)
    least = _LEAST_SHARE * weighed[0].weight if weighed else 0.0
    return tuple(piece for piece in weighed[:MOST] if piece.weight > 0 and piece.weight >= least)


class KnownGrams:
    """The grams of a document that a model knows.

    `vocabulary` are all that it knows, and `telling` says of each whether it means something by itself; `grams` are the
    places in it of those of the document, a gram perhaps more than once (in several blocks).
    """

    def __init__(self, vocabulary: Sequence[str], telling: Flags, grams: Columns) -> None:
        distinct: Columns
        distinct, self._which = np.unique(grams, return_inverse=True)
        self._names = [vocabulary[gram] for gram in distinct.tolist()]
        self._telling: Flags = telling[distinct]

    def shares(self, gains: Floats) -> tuple[dict[str, float], set[str]]:
        """Return what each gram adds to a theme's log-odds, and the telling ones that add most; `gains` are as `grams`."""
        shares = np.bincount(self._which, gains, minlength=len(self._names))
        fit = np.flatnonzero(self._telling & (shares > 0))
        strongest = fit[np.argsort(-shares[fit], kind="stable")[:_SEEDS]].tolist()
        return dict(zip(self._names, shares.tolist(), strict=True)), {self._names[gram] for gram in strongest}


def _inside(spans: list[tuple[str, int, int]], found: Sequence[Sighting]) -> list[dict[str, None]]:
    """Return the grams that stand inside each of `spans`, which are sorted and do not overlap, as the keys of a dict."""
    grams: list[dict[str, None]] = [{} for _ in spans]
    for seen in found:
        last = bisect_right(spans, (seen.field, seen.end, -1)) - 1
        while last >= 0 and spans[last][0] == seen.field and spans[last][2] > seen.start:
            grams[last].update(
                dict.fromkeys(seen.grams.within(spans[last][1] - seen.start, spans[last][2] - seen.start))
            )
            last -= 1
    return grams


def _seeds(found: Sequence[Sighting], wanted: set[str], function_words: frozenset[str]) -> list[tuple[str, int, int]]:
    """Return where the strongest features first stand."""
    spans = []
    left = set(wanted)
    for seen in found:
        if not left:
            break
        here = left & seen.grams.firsts.keys()
        left -= here
        for gram in here:
            start, end = _trim(gram, *seen.grams.firsts[gram], function_words)
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
