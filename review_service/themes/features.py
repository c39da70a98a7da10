"""What the classifier sees of a document: its words and word pairs, and the concepts they name.

Numbers count as one word, names of people and places (two or more capitalised syllables) as another, so that a model
learns neither. A concept is a set of phrases that say one thing (`kháng nghị phúc thẩm`, `giám đốc thẩm` … are `protest`);
its phrases are training data like any other and travel inside the model.

Each word, pair and concept is counted three times over: in the title, in the lead and in the whole text, each of these
blocks weighted by 1 + log(count) and idf and scaled to unit length, so that a long body cannot drown a title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from review_service.text import Document, Field, Sentence
from review_service.text.normalize import fold_standard
from review_service.text.phrases import PhraseMatcher

BLOCKS = ("title", "lead", "text", "title concepts", "lead concepts", "text concepts")
NUMBER, NAME = "0", "‹name›"
_LEAD_SENTENCES = 3
_TITLE, _LEAD, _REST = (0, 2), (1, 2), (2,)  # the blocks that words of each part of a draft count in
_CONCEPT_BLOCKS = {_TITLE: (3, 5), _LEAD: (4, 5), _REST: (5,)}


class Sighting(NamedTuple):
    """A word, a pair of words or a concept where it stands in a document, and the blocks it counts in.

    `start` and `end` are offsets in the field's clean text.
    """

    gram: str
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

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """Return (start, end, gram) of every concept in `folded`; a phrase inside a longer one of its concept is no more."""
        found = []
        reached: dict[str, int] = {}
        hits = self._matcher.find(folded)
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        for phrase, start, end in hits:
            gram = self._grams[phrase]
            if end > reached.get(gram, 0):
                reached[gram] = end
                found.append((start, end, gram))
        return found


def sightings(document: Document, concepts: Concepts) -> list[Sighting]:
    """Return every word, word pair (within a sentence) and concept of `document`'s title, summary and body."""
    found: list[Sighting] = []
    lead_left = _LEAD_SENTENCES
    for field in document.prose:
        sentences = document.words[field.name]
        lead = 0 if field.name == "title" else min(lead_left, len(sentences))
        lead_left -= lead
        lead_end = field.sentences[lead - 1].end if lead else 0
        for number, words in enumerate(sentences):
            part = _TITLE if field.name == "title" else _LEAD if number < lead else _REST
            _add_words(found, field, field.sentences[number], words, part)
        for start, end, gram in concepts.find(field.folded):
            part = _TITLE if field.name == "title" else _LEAD if start < lead_end else _REST
            found.append(Sighting(gram, _CONCEPT_BLOCKS[part], field.name, start, end))
    return found


def _add_words(
    found: list[Sighting], field: Field, sentence: Sentence, words: list[tuple[int, int]], blocks: tuple[int, ...]
) -> None:
    """Add the words and pairs of a sentence; `words` are their spans in the field."""
    offset, name = sentence.start, field.name
    spans = tuple([(start - offset, end - offset) for start, end in words])
    for gram, start, end in _grams(field.standard[offset : sentence.end], spans):
        found.append(Sighting(gram, blocks, name, offset + start, offset + end))


@lru_cache(maxsize=8_192)
def _grams(standard: str, words: tuple[tuple[int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """Return the words and pairs of a sentence with their spans in it; sentences recur as a draft is saved again."""
    folded = fold_standard(standard)
    grams: list[tuple[str, int, int]] = []
    before, before_start = "", 0
    for start, end in words:
        gram = _gram(folded[start:end])
        if "_" in gram and standard[start:end].istitle():
            gram = NAME
        if gram:
            grams.append((gram, start, end))
            if before:
                grams.append((f"{before} {gram}", before_start, end))
        before, before_start = gram, start
    return tuple(grams)


@lru_cache(maxsize=32_768)
def _gram(word: str) -> str:
    """Return the name of a word: one for all numbers, none for punctuation."""
    if any(map(str.isdigit, word)):
        return NUMBER
    return word.replace(" ", "_") if any(map(str.isalpha, word)) else ""


def count(found: Sequence[Sighting]) -> Counter[tuple[int, str]]:
    """Return how often each gram occurs in each block."""
    return Counter((block, sighting.gram) for sighting in found for block in sighting.blocks)
