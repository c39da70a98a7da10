"""Positions: from a text made by cleaning back to the text it was made from.

Cleaning removes markup and composes characters, so its output is shorter than its input. An `OffsetMap` remembers,
piece by piece, where each output character came from. All offsets are Unicode code points.
"""

from __future__ import annotations

from bisect import bisect_right


class OffsetMap:
    """Maps spans of an output text to spans of the input text it was made from.

    A piece is either verbatim (output and input have the same characters, one to one) or a replacement (a few output
    characters stand for an input range, as `&amp;` gives `&`).
    """

    __slots__ = ("_input_ends", "_input_starts", "_output_starts", "_verbatim")

    def __init__(self, pieces: list[tuple[int, int, int, bool]]) -> None:
        """Take pieces as (output start, input start, input end, verbatim), in order, each with some output."""
        self._output_starts = [piece[0] for piece in pieces]
        self._input_starts = [piece[1] for piece in pieces]
        self._input_ends = [piece[2] for piece in pieces]
        self._verbatim = [piece[3] for piece in pieces]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the input span that the non-empty output span [start, end) came from."""
        first = bisect_right(self._output_starts, start) - 1
        last = bisect_right(self._output_starts, end - 1) - 1
        input_start = self._input_starts[first]
        if self._verbatim[first]:
            input_start += start - self._output_starts[first]
        input_end = self._input_ends[last]
        if self._verbatim[last]:
            input_end = self._input_starts[last] + end - self._output_starts[last]
        return input_start, input_end


class Rewriter:
    """Builds an output text from pieces of an input text, with its `OffsetMap`."""

    __slots__ = ("_length", "_pieces", "_source", "_texts")

    def __init__(self, source: str) -> None:
        self._source = source
        self._length = 0
        self._pieces: list[tuple[int, int, int, bool]] = []
        self._texts: list[str] = []

    def copy(self, start: int, end: int) -> None:
        """Take source[start:end] over as it stands."""
        if start < end:
            self._add(self._source[start:end], start, end, verbatim=True)

    def replace(self, start: int, end: int, text: str) -> None:
        """Write `text` for source[start:end]."""
        if text:
            self._add(text, start, end, verbatim=text == self._source[start:end])

    def _add(self, text: str, start: int, end: int, *, verbatim: bool) -> None:
        self._pieces.append((self._length, start, end, verbatim))
        self._texts.append(text)
        self._length += len(text)

    def finish(self) -> tuple[str, OffsetMap]:
        """Return the output text and the map back to the source."""
        return "".join(self._texts), OffsetMap(self._pieces)
