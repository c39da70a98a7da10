"""From what is seen of a document to numbers: one sparse vector over the features a model knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from review_service.text import Document
from review_service.themes.features import BLOCKS, NUMBER, Concepts, Sighting, sightings

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]
_WORDS = BLOCKS.index("text")


class Vector(NamedTuple):
    """A document as a model sees it: its non-zero features, and the share of its words that the model knows."""

    columns: Columns
    values: Floats
    coverage: float


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
        lookup = self._columns
        known_words = lookup[_WORDS]
        columns = []
        words = known = 0
        for gram, blocks, *_ in found:
            for block in blocks:
                column = lookup[block].get(gram)
                if column is not None:
                    columns.append(column)
            if " " not in gram and gram[0] != "‹" and gram != NUMBER:
                words += 1
                known += gram in known_words
        return self._weigh(columns, known / words if words else 0.0)

    def _weigh(self, columns: list[int], coverage: float) -> Vector:
        """Weight each feature by 1 + log(count) and idf, and scale each block to its weight."""
        distinct, counts = np.unique(np.array(columns, dtype=np.intp), return_counts=True)
        values: Floats = (1.0 + np.log(counts)) * self.idf[distinct]
        blocks = self._block_of[distinct]
        norms = np.sqrt(np.bincount(blocks, values * values, minlength=len(BLOCKS)))
        scales = self.block_weights / np.where(norms > 0, norms, 1.0)
        return Vector(distinct, values * scales[blocks], coverage)
