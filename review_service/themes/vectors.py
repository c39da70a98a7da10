"""From what is seen of a document to numbers: one sparse vector over the features a model knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from review_service.text import Document
from review_service.themes.features import BLOCKS, Concepts, Grams, Sighting, sightings

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]
_WORDS = BLOCKS.index("text")
_REMEMBERED = 16_384  # sentences, words and concepts apart


class Vector(NamedTuple):
    """A document as a model sees it: its non-zero features, and the share of its words that the model knows."""

    columns: Columns
    values: Floats
    coverage: float


class _Known(NamedTuple):
    """What a model knows of a sentence: a column for each known gram and block, and how many words it has and knows."""

    columns: Columns
    words: int
    known_words: int


@dataclass(frozen=True)
class Vectorizer:
    """The features of a model. `features` holds the grams of each block, in column order; `idf` is (F,)."""

    concepts: Mapping[str, Sequence[str]]
    features: tuple[tuple[str, ...], ...]
    idf: Floats
    block_weights: Floats

    @cached_property
    def finder(self) -> Concepts:
        """Finds the concepts' phrases."""
        return Concepts(self.concepts)

    @cached_property
    def grams(self) -> tuple[str, ...]:
        """The gram of each column."""
        return tuple(gram for block in self.features for gram in block)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The distinct grams of all blocks, sorted."""
        return tuple(sorted(set(self.grams)))

    @cached_property
    def gram_of(self) -> Columns:
        """For each column, the place of its gram in `vocabulary`."""
        places = {gram: place for place, gram in enumerate(self.vocabulary)}
        return np.array([places[gram] for gram in self.grams], dtype=np.intp)

    @cached_property
    def _columns(self) -> tuple[dict[str, int], ...]:
        starts = np.cumsum([0, *map(len, self.features)])
        return tuple(
            {gram: int(start) + place for place, gram in enumerate(block)}
            for start, block in zip(starts, self.features, strict=False)
        )

    @cached_property
    def _block_of(self) -> Columns:
        return np.repeat(np.arange(len(BLOCKS)), [len(block) for block in self.features])

    def see(self, document: Document) -> list[Sighting]:
        """Return the words, word pairs and concepts of `document`."""
        return sightings(document, self.finder)

    def vector(self, found: Iterable[Sighting]) -> Vector:
        """Return the vector of a document, given what was seen of it."""
        known = [self._known(seen.grams, seen.blocks) for seen in found]
        words = sum([one.words for one in known])
        columns = np.concatenate([one.columns for one in known]) if known else np.zeros(0, np.intp)
        return self._weigh(columns, sum([one.known_words for one in known]) / words if words else 0.0)

    @cached_property
    def _known(self) -> Callable[[Grams, tuple[int, ...]], _Known]:
        return lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def _look_up(self, grams: Grams, blocks: tuple[int, ...]) -> _Known:
        """Return the columns that a sentence's grams count in, and how many of its words are known."""
        lookup = self._columns
        columns = [column for block in blocks for column in map(lookup[block].get, grams.names) if column is not None]
        known = sum(map(lookup[_WORDS].__contains__, grams.words))
        return _Known(np.array(columns, dtype=np.intp), len(grams.words), known)

    def _weigh(self, columns: Columns, coverage: float) -> Vector:
        """Weight each feature by 1 + log(count) and idf, and scale each block to its weight."""
        distinct, counts = np.unique(columns, return_counts=True)
        values: Floats = (1.0 + np.log(counts)) * self.idf[distinct]
        blocks = self._block_of[distinct]
        norms = np.sqrt(np.bincount(blocks, values * values, minlength=len(BLOCKS)))
        scales = self.block_weights / np.where(norms > 0, norms, 1.0)
        return Vector(distinct, values * scales[blocks], coverage)
