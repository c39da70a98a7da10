"""Which written words are Vietnamese: well formed, and met in dictionaries (knowledge/syllables.yaml, words.yaml)."""

from __future__ import annotations

import re

from review_service.text import fold, remembered
from review_service.text.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = '.,;:!?…“”"()'
_MOST_REMEMBERED = 65_536  # a bound on memory, not on what is answered


class Syllabary:
    """The accented syllables that dictionaries have (folded), and the words known besides."""

    def __init__(self, syllables: frozenset[str], known_words: frozenset[str]) -> None:
        self._syllables = syllables
        self._known_words = known_words
        self._fine = {*syllables, *map(str.capitalize, syllables)}  # chunks between white space found to be in order
        self.strange_words = remembered(self._find_strange_words)

    def _find_strange_words(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where words that are no Vietnamese stand in a text."""
        unmet = set(text.split()) - self._fine
        strange = {
            word
            for chunk in unmet
            if chunk.strip(_MARKS) not in self._fine
            for word in _WORD.findall(chunk)
            if self._is_no_syllable(word)
        }
        if not strange and len(self._fine) < _MOST_REMEMBERED:
            self._fine |= unmet
        return tuple(match.span() for match in _WORD.finditer(text) if match.group() in strange) if strange else ()

    def _is_no_syllable(self, word: str) -> bool:
        """Whether a word with Vietnamese marks is no Vietnamese syllable, or one that no dictionary has, and not known.

        Names may be syllables that no dictionary has, so that a capital keeps a well-formed one.
        """
        if word.isascii() or not word.isalpha() or word.lower() in self._known_words:
            return False
        return not is_syllable(word.lower()) or (word.islower() and fold(word) not in self._syllables)
