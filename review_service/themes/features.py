"""What the classifier sees of a document: the words of its title, of its lead and of its whole text.

Three blocks of word uni- and bigrams (within a sentence), each weighted by 1 + log(count) and idf and scaled to unit
length, so that a long body cannot drown a title. Numbers count as one word; punctuation is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from review_service.text import Document

BLOCKS = ("title", "lead", "text")
_LEAD_SENTENCES = 3


class Gram(NamedTuple):
    """An n-gram of words as it stands in a document: its feature name, and its span in a field's clean text."""

    name: str
    field: str
    start: int
    end: int


def grams(document: Document) -> Iterator[tuple[tuple[str, ...], Gram]]:
    """Yield every n-gram of `document` with the blocks it counts in."""
    lead_left = _LEAD_SENTENCES
    for field in document.prose:
        for words in document.words[field.name]:
            blocks = _blocks(field.name, lead_left)
            if field.name != "title":
                lead_left -= 1
            previous: Gram | None = None
            for start, end in words:
                name = field.folded[start:end].replace(" ", "_")
                if any(character.isdigit() for character in name):
                    name = "0"
                elif not any(character.isalpha() for character in name):
                    previous = None
                    continue
                gram = Gram(name, field.name, start, end)
                yield blocks, gram
                if previous is not None:
                    yield blocks, Gram(f"{previous.name} {name}", field.name, previous.start, end)
                previous = gram


def _blocks(field: str, lead_left: int) -> tuple[str, ...]:
    if field == "title":
        return ("title", "text")
    return ("lead", "text") if lead_left > 0 else ("text",)


def count(document: Document) -> dict[str, Counter[str]]:
    """Return, for each block, how often each n-gram occurs."""
    counts: dict[str, Counter[str]] = {block: Counter() for block in BLOCKS}
    for blocks, gram in grams(document):
        for block in blocks:
            counts[block][gram.name] += 1
    return counts
