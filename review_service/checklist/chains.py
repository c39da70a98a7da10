"""Phrases of many wordings, matched by their parts.

A phrase may hold classes ("{some} {people} kể lại") and gaps ("một số … cho biết"). Written out, the classes of one phrase
would make thousands; so a phrase is cut into parts of few wordings each, all parts are sought in one pass over a text, and
a phrase stands where its parts stand one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import NamedTuple

from review_service.text import PhraseMatcher

GAP = "…"
_LONGEST_GAP = 52  # code points: about ten syllables
_CLAUSE_MARKS = frozenset('.,;:!?\n“”"')
_CLASS = re.compile(r"\{(\w+)\}")
_MOST_WORDINGS = 64  # of a part

Classes = Mapping[str, Sequence[str]]
Spans = list[tuple[int, int]]


def classes_in(phrase: str) -> list[str]:
    """Return the names of the classes that a phrase uses."""
    return _CLASS.findall(phrase)


class Chain(NamedTuple):
    """A phrase as its parts in order; `apart` says of each part but the first whether a gap may stand before it.

    `telling` is the part that is likely the rarest: where it is missing, nobody need look for the others.
    """

    parts: tuple[int, ...]
    apart: tuple[bool, ...]
    telling: int


class Chains:
    """Phrases to be found together. Parts that phrases of one set of classes share are sought once."""

    def __init__(self) -> None:
        self._part_of: dict[tuple[str, str], int] = {}
        self._frequency: list[float] = []  # of each part: how often it will be met, guessed from its wordings' lengths
        self._parts_with: dict[str, list[int]] = defaultdict(list)
        self._matcher: PhraseMatcher | None = None
        self._parts: list[list[int]] = []

    def add(self, phrase: str, classes: Classes, namespace: str) -> Chain:
        """Add a folded phrase; `classes`, folded too, are those of its `namespace`."""
        if GAP not in phrase and "{" not in phrase:  # most are plain words
            part = self._part(" ".join(phrase.split()), classes, namespace)
            return Chain((part,), (), part)
        parts: list[int] = []
        apart: list[bool] = []
        for stretch in phrase.split(GAP):
            for number, words in enumerate(_cut(stretch, classes)):
                if parts:
                    apart.append(number == 0)
                parts.append(self._part(words, classes, namespace))
        return Chain(tuple(parts), tuple(apart), min(parts, key=self._frequency.__getitem__))

    def _part(self, words: str, classes: Classes, namespace: str) -> int:
        key = (namespace, words)
        if key not in self._part_of:
            self._part_of[key] = len(self._part_of)
            wordings = _wordings(words, classes)
            self._frequency.append(sum(0.5 ** len(wording) for wording in wordings))
            for wording in wordings:
                self._parts_with[wording].append(self._part_of[key])
        return self._part_of[key]

    def build(self) -> None:
        """Make ready to find what was added; once, before the first text, so that forked workers share it."""
        self._matcher = PhraseMatcher(self._parts_with, folded=True)
        self._parts = list(self._parts_with.values())

    def find(self, text: str) -> dict[int, Spans]:
        """Return where each part stands in a folded text."""
        assert self._matcher is not None, "build first"
        found: dict[int, Spans] = {}
        for wording, start, end in self._matcher.find(text):
            for part in self._parts[wording]:
                found.setdefault(part, []).append((start, end))
        return found


def follow(chain: Chain, found: Mapping[int, Spans], text: str) -> Spans:
    """Return where a whole phrase stands, given where parts stand in `text`."""
    if len(chain.parts) == 1:
        return found.get(chain.parts[0], [])
    stretches = [found[part] for part in chain.parts if part in found]
    if len(stretches) < len(chain.parts):
        return []
    places = stretches[0]
    for nexts, apart in zip(stretches[1:], chain.apart, strict=True):
        places = _after_gap(places, nexts, text) if apart else _side_by_side(places, nexts)
    return places


def _side_by_side(firsts: Spans, seconds: Spans) -> Spans:
    """Return the spans of a first part and a second one that follows it after a space."""
    if len(firsts) == len(seconds) == 1:  # mostly
        return [(firsts[0][0], seconds[0][1])] if firsts[0][1] + 1 == seconds[0][0] else []
    ends = defaultdict(list)
    for start, end in seconds:
        ends[start].append(end)
    return [(start, second_end) for start, end in firsts for second_end in ends.get(end + 1, ())]


def _after_gap(firsts: Spans, seconds: Spans, text: str) -> Spans:
    """Return the spans from a first part to the nearest second part that follows it in the same clause."""
    joined: Spans = []
    seconds = sorted(seconds, key=lambda span: (span[0], -span[1]))
    for start, end in firsts:
        after = bisect_left(seconds, end, key=itemgetter(0))
        if after < len(seconds):
            second_start, second_end = seconds[after]
            if second_start - end <= _LONGEST_GAP and _CLAUSE_MARKS.isdisjoint(text[end:second_start]):
                joined.append((start, second_end))
    return joined


def _cut(stretch: str, classes: Classes) -> Iterator[str]:
    """Yield a stretch without gaps as parts of few wordings, cut at its spaces."""
    if "{" not in stretch:
        yield " ".join(stretch.split())
        return
    part, size = "", 1
    for words in stretch.split():
        wordings = 1
        for name in classes_in(words):
            wordings *= len(classes[name])
        silent = bool(part) and not all(_wordings(words, classes))  # may be nothing at all: it goes with what is before
        if part and size * wordings > _MOST_WORDINGS and not silent:
            yield part
            part, size = words, wordings
        else:
            part, size = f"{part} {words}".strip(), size * wordings
    if part:
        yield part


def _wordings(words: str, classes: Classes) -> list[str]:
    """Return `words` with each choice for their classes."""
    if "{" not in words:
        return [words]
    pieces = _CLASS.split(words)  # text, class, text, class, … text
    choices = [classes[piece] if index % 2 else (piece,) for index, piece in enumerate(pieces)]
    return list(dict.fromkeys(" ".join("".join(choice).split()) for choice in product(*choices)))
