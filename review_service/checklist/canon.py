"""Canonical sayings and slogans that must be quoted word for word (knowledge/quotations.yaml)."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from review_service.data import read_data
from review_service.text import fold, remembered

_SYLLABLE = re.compile(r"[^\W_]+")


class Saying(BaseModel):
    """A canonical text. `near` are words often put in by mistake; `lead` are words that announce it unquoted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    words: str
    near: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @cached_property
    def syllables(self) -> list[str]:
        """Its syllables, folded, in order."""
        return syllables(self.words)

    @cached_property
    def items(self) -> list[str]:
        """Its parts between marks, and what is put in by mistake, folded."""
        return [fold(item.strip()) for item in re.split(r"[,;.]", self.words)] + list(self.near)


class CanonFile(BaseModel):
    """knowledge/quotations.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quotations: tuple[Saying, ...]


class Canon:
    """The canonical sayings, and which of them some quoted words are meant to be."""

    def __init__(self, quotations: tuple[Saying, ...]) -> None:
        self.quotations = quotations
        self._leads = tuple({word for saying in quotations for word in saying.lead})
        self.slips = remembered(self._find_slips)
        self.announced = remembered(self._find_announced)

    def holds(self, text: str) -> bool:
        """Whether `text` is one of the sayings, word for word."""
        words = syllables(text)
        return any(words == saying.syllables for saying in self.quotations)

    def _find_announced(self, folded: str) -> tuple[tuple[int, int, Saying], ...]:
        """Return the lists, in a folded sentence, that its words announce as a saying: start, end, the saying."""
        if not any(word in folded for word in self._leads):
            return ()
        found = []
        lists = list(_LIST.finditer(folded))
        for saying in self.quotations if lists else ():
            if any(word in folded for word in saying.lead):
                for match in lists:
                    start, end = _cut_to(saying, match.group())
                    if end > start:
                        found.append((match.start() + start, match.start() + end, saying))
        return tuple(found)

    def _find_slips(self, text: str) -> tuple[Saying, ...]:
        """Return the sayings that `text` quotes nearly, but not exactly, right."""
        if self.holds(text):
            return ()
        words = syllables(text)
        if any(_leads_up(words, saying) for saying in self.quotations):
            return ()
        meant = [saying for saying in self.quotations if _means(words, saying)]
        return tuple(sorted(meant, key=lambda saying: abs(len(saying.syllables) - len(words)))[:1])


_WORD = r"[^\W\d_]{1,12}"
_LIST = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}(?:(?:, | và |; | - )(?:và )?{_WORD}(?: {_WORD}){{0,3}}){{2,7}}")


def _cut_to(saying: Saying, listed: str) -> tuple[int, int]:
    """Return the part of a list from the saying's first word to its last one in it; nothing when it has hardly any."""
    places = [
        match.span() for item in saying.items for match in re.finditer(rf"(?<!\w){re.escape(item)}(?!\w)", listed)
    ]
    if len(places) < 3:
        return 0, 0
    return min(start for start, _ in places), max(end for _, end in places)


def _leads_up(words: list[str], saying: Saying) -> bool:
    """Whether `words` only lead up to the saying, which is right: "Cán bộ kiểm sát phải công minh, chính trực …"."""
    before = words[: -len(saying.syllables)]
    return before[-1:] == ["phải"] and words[len(before) :] == saying.syllables


_ALIKE = 0.6  # share of syllables in common, either order, above which words are taken for the saying


def _means(words: list[str], saying: Saying) -> bool:
    """Whether `words` are the saying with a slip: most of it, hardly anything else."""
    wanted = saying.syllables
    if not 0.5 <= len(words) / len(wanted) <= 1.5:
        return False
    common = sum((Counter(words) & Counter(wanted)).values())
    near = sum(1 for item in saying.near if " ".join(item.split()) in " ".join(words))
    if common + 2 * near < _ALIKE * len(wanted):
        return False
    ordered = SequenceMatcher(None, words, wanted, autojunk=False).ratio()
    return ordered >= _ALIKE or common + 2 * near >= 0.8 * len(wanted)


def syllables(text: str) -> list[str]:
    """Return the syllables of a text, folded, without punctuation."""
    return _SYLLABLE.findall(fold(text))


def load_canon(path: Path) -> Canon:
    """Read the canonical texts."""
    return Canon(read_data(path, CanonFile).quotations)
