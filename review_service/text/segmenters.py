"""Word segmentation: which syllables make one word. The only module that knows underthesea and pyvi.

A segmenter takes texts in standard form (composed, new tone placement) and returns the spans of the words of each, in
order, without overlap. Neither library reports positions, and both change what they print (underthesea normalises spelling,
pyvi splits numbers and drops white space), so their tokens are aligned: walked along the text, never searched for.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from review_service.text.remembered import remembered_together

# Characters without white space that are read at once: no word or address is longer, and both libraries' patterns cost
# the square of it.
_LONGEST = 512
_LONG = re.compile(rf"(\S{{{_LONGEST}}})")

SegmenterName = Literal["underthesea", "pyvi"]
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a text, as spans in it. A text seen again has the very same `Words`: what is known of one may be
    remembered."""

    spans: Spans

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)


Segmenter = Callable[[Sequence[str]], list[Words]]
_Engine = Callable[[Sequence[str]], list[Spans]]


def load_segmenter(name: SegmenterName) -> Segmenter:
    """Return the segmenter called `name`; importing the library it needs only then."""
    return _load_underthesea() if name == "underthesea" else _load_pyvi()


def _load_underthesea() -> Segmenter:
    from review_service.text.words import EngineError, load_engine

    try:
        return _in_pieces(load_engine())
    except EngineError as error:
        warnings.warn(f"segmenting with underthesea itself, which is slower: {error}", stacklevel=2)
    return _in_pieces(_underthesea_itself())


def _underthesea_itself() -> _Engine:
    from underthesea import word_tokenize

    def segment(texts: Sequence[str]) -> list[Spans]:
        words = [word_tokenize(text, use_token_normalize=False) for text in texts]
        return [_align(text, map(str.split, found)) for text, found in zip(texts, words, strict=True)]

    segment(["khởi động"])  # the library loads its model at the first call
    return segment


def _load_pyvi() -> Segmenter:
    from pyvi import ViTokenizer

    def segment(texts: Sequence[str]) -> list[Spans]:
        words = [ViTokenizer.tokenize(text.replace("_", " ")).split() for text in texts]
        return [_align(text, (word.split("_") for word in found)) for text, found in zip(texts, words, strict=True)]

    return _in_pieces(segment)


def _in_pieces(segment: _Engine) -> Segmenter:
    """Return a segmenter for texts with runs of any length: what is longer than any word is cut for `segment`."""

    @remembered_together
    def segmented(texts: Sequence[str]) -> list[Words]:
        cut = [_LONG.split(text) for text in texts]
        spans = iter(segment([piece for pieces in cut for piece in pieces]))
        return [Words(next(spans) if len(pieces) == 1 else tuple(_placed(pieces, spans))) for pieces in cut]

    return segmented


def _placed(pieces: list[str], spans: Iterator[Spans]) -> Iterator[tuple[int, int]]:
    """Yield the spans of pieces, the next ones of `spans`, in the text that the pieces make."""
    offset = 0
    for piece in pieces:
        for start, end in next(spans):
            yield offset + start, offset + end
        offset += len(piece)


def _align(text: str, words: Iterable[list[str]]) -> Spans:
    """Return the span of each word, given as its syllables, walking along `text`.

    Characters that a library dropped are stepped over; a syllable that is not where it should be ends its word there,
    so that a surprise costs one word and never shifts the rest.
    """
    spans = []
    position = 0
    for syllables in words:
        start = end = -1
        for syllable in syllables:
            found = text.find(syllable, position, position + len(syllable) + 64)
            if found < 0:
                continue
            start = found if start < 0 else start
            end = position = found + len(syllable)
        if start >= 0:
            spans.append((start, end))
    return tuple(spans)
