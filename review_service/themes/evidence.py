"""Which words moved a theme's score: spans that an editor can read, each with its exact share of the linear score.

A feature's share is slope × value × weight, in log-odds. Spans are laid over the strongest features where they first
stand, joined when they touch, and freed of function words at their ends; a span's weight is the sum over the distinct
features that stand inside it, each counted in one span only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from review_service.text import Document
from review_service.themes.features import NAME, NUMBER, Sighting

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
    document: Document, found: Sequence[Sighting], shares: Mapping[str, float], function_words: frozenset[str]
) -> tuple[Contribution, ...]:
    """Return the spans that raised a theme's score most, the strongest first; at most `MOST`.

    `found` is what was seen of the document, `shares` what each gram adds to the theme's log-odds.
    """
    spans = _join(_seeds(found, shares, function_words))
    counted: set[str] = set()
    weighed = []
    for (field, start, end), grams in zip(spans, _inside(spans, found), strict=True):
        fresh = grams - counted
        counted |= fresh
        weighed.append(Contribution(field, start, end, sum([shares.get(gram, 0.0) for gram in sorted(fresh)])))
    weighed.sort(key=lambda piece: -piece.weight)
    least = _LEAST_SHARE * weighed[0].weight if weighed else 0.0
    return tuple(piece for piece in weighed[:MOST] if piece.weight > 0 and piece.weight >= least)


def _inside(spans: list[tuple[str, int, int]], found: Sequence[Sighting]) -> list[set[str]]:
    """Return the grams that stand inside each of `spans`, which are sorted and do not overlap."""
    grams: list[set[str]] = [set() for _ in spans]
    for gram, _, field, start, end in found:
        place = bisect_right(spans, (field, start, _ANY_END)) - 1
        if place >= 0 and spans[place][0] == field and end <= spans[place][2]:
            grams[place].add(gram)
    return grams


_ANY_END = 1 << 62


def _seeds(
    found: Sequence[Sighting], shares: Mapping[str, float], function_words: frozenset[str]
) -> list[tuple[str, int, int]]:
    """Return where the strongest features first stand."""
    ranked = sorted((-share, gram) for gram, share in shares.items() if share > 0 and _tells(gram, function_words))
    wanted = {gram for _, gram in ranked[:_SEEDS]}
    spans = []
    for gram, _, field, start, end in found:
        if gram in wanted:
            wanted.discard(gram)
            spans.append((field, *_trim(gram, start, end, function_words)))
    return spans


def _tells(gram: str, function_words: frozenset[str]) -> bool:
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
