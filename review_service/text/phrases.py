"""Finds thousands of phrases in a text in one pass (Aho-Corasick), on syllable boundaries, in linear time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from review_service.text.normalize import fold


class PhraseHit(NamedTuple):
    """A phrase found: its index among the phrases given, and its span in the folded text."""

    phrase: int
    start: int
    end: int


class PhraseMatcher:
    """Matches a fixed list of phrases, `folded` already or not; matching is on folded text (see `normalize.fold`)."""

    def __init__(self, phrases: Iterable[str], *, folded: bool = False) -> None:
        self._indices: dict[str, list[int]] = defaultdict(list)
        for index, phrase in enumerate(phrases):
            self._indices[phrase if folded else fold(phrase)].append(index)
        self._distinct = list(self._indices.values())
        self._automaton = AhoCorasick(list(self._indices)) if self._indices else None

    def find(self, folded: str) -> list[PhraseHit]:
        """Return every phrase in `folded` that stands on syllable boundaries, overlapping ones too, in order of end."""
        if self._automaton is None:
            return []
        length = len(folded)
        return [
            PhraseHit(phrase, start, end)
            for distinct, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if (start == 0 or not (folded[start - 1].isalnum() and folded[start].isalnum()))
            and (end == length or not (folded[end].isalnum() and folded[end - 1].isalnum()))
            for phrase in self._distinct[distinct]
        ]
