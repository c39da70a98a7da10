"""What the classifier sees of a document: its words and word pairs, and the concepts they name.

Numbers count as one word, names of people and places (two or more capitalised syllables) as another, so that a model
learns neither. A concept is a set of phrases that say one thing (`kháng nghị phúc thẩm`, `giám đốc thẩm` … are `protest`);
its phrases are training data like any other and travel inside the model.

Each word, pair and concept is counted three times over: in the title, in the lead and in the whole text, each of these
blocks weighted by 1 + log(count) and idf and scaled to unit length, so that a long body cannot drown a title.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from review_service.text import Document, Words, remembered
from review_service.text.phrases import PhraseMatcher

BLOCKS = ("title", "lead", "text", "title concepts", "lead concepts", "text concepts")
NUMBER, NAME = "0", "‹name›"
_LEAD_SENTENCES = 3
_TITLE, _LEAD, _REST = (0, 2), (1, 2), (2,)  # the blocks that words of each part of a draft count in
_CONCEPT_BLOCKS = {_TITLE: (3, 5), _LEAD: (4, 5), _REST: (5,)}


@dataclass(frozen=True, eq=False)
class Grams:
    """The words, pairs of words or concepts of a sentence: `names`, each with its span there, in code points, in order of end.

    `words` are those of `names` that are single words, numbers and names of people and places aside. Sentences recur as a
    draft is saved again, and with them the very same `Grams`: what is known of one may be remembered.
    """

    names: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...] = ()

    @cached_property
    def firsts(self) -> dict[str, tuple[int, int]]:
        """Where each first stands."""
        return dict(zip(reversed(self.names), reversed(self.spans), strict=True))

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.spans]

    def within(self, start: int, end: int) -> list[str]:
        """Return those that stand within [start, end) of the sentence, in order."""
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end)
        spans = islice(self.spans, first, last)
        return [name for name, span in zip(self.names[first:last], spans, strict=True) if span[0] >= start]


class Sighting(NamedTuple):
    """What is seen of a sentence, and the blocks it counts in; `start` and `end` are the sentence's in its field."""

    grams: Grams
    blocks: tuple[int, ...]
    field: str
    start: int
    end: int


class Concepts:
    """The phrases of each concept, ready to be found."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.phrases = {concept: tuple(listed) for concept, listed in phrases.items()}
        self._grams = [f"‹{concept}›" for concept, listed in self.phrases.items() for _ in listed]
        self._matcher = PhraseMatcher(phrase for listed in self.phrases.values() for phrase in listed)
        self.find = remembered(self._find)

    def _find(self, folded: str) -> Grams:
        """Return the concepts in a folded sentence; a phrase inside a longer one of its concept is no more."""
        found = []
        reached: dict[str, int] = {}
        hits = self._matcher.find(folded)
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        for phrase, start, end in hits:
            gram = self._grams[phrase]
            if end > reached.get(gram, 0):
                reached[gram] = end
                found.append((gram, (start, end)))
        found.sort(key=lambda entry: entry[1][1])
        return Grams(tuple([gram for gram, _ in found]), tuple([span for _, span in found]))


def sightings(document: Document, concepts: Concepts) -> list[Sighting]:
    """Return the words, word pairs and concepts of each sentence of `document`'s title, summary and body."""
    found: list[Sighting] = []
    lead_left = _LEAD_SENTENCES
    for field in document.prose:
        lead = 0 if field.name == "title" else min(lead_left, len(field.sentences))
        lead_left -= lead
        for sentence, words in zip(field.sentences, document.segmented[field.name], strict=True):
            part = _TITLE if field.name == "title" else _LEAD if sentence.index < lead else _REST
            start, end = sentence.start, sentence.end
            grams = _grams(field.standard[start:end], sentence.folded, words)
            found.append(Sighting(grams, part, field.name, start, end))
            named = concepts.find(sentence.folded)
            if named.names:
                found.append(Sighting(named, _CONCEPT_BLOCKS[part], field.name, start, end))
    return found


@lru_cache(maxsize=8_192)
def _grams(standard: str, folded: str, segmented: Words) -> Grams:
    """Return the words and pairs of a sentence, given in its two forms and with its words."""
    names: list[str] = []
    places: list[tuple[int, int]] = []
    words: list[str] = []
    before, before_start = "", 0
    for span in segmented:
        start, end = span
        gram = _gram(folded[start:end])
        if "_" in gram and standard[start:end].istitle():
            gram = NAME
        if gram:
            names.append(gram)
            places.append(span)
            if gram is not NUMBER and gram is not NAME:
                words.append(gram)
            if before:
                names.append(f"{before} {gram}")
                places.append((before_start, end))
        before, before_start = gram, start
    return Grams(tuple(names), tuple(places), tuple(words))


@lru_cache(maxsize=32_768)
def _gram(word: str) -> str:
    """Return the name of a word: one for all numbers, none for punctuation."""
    if any(map(str.isdigit, word)):
        return NUMBER
    return word.replace(" ", "_") if any(map(str.isalpha, word)) else ""


def count(found: Sequence[Sighting]) -> Counter[tuple[int, str]]:
    """Return how often each gram occurs in each block."""
    return Counter((block, gram) for seen in found for gram in seen.grams.names for block in seen.blocks)
