"""Cuts a text where something is marked in it, so that overlapping marks can be shown side by side.

Two marks that overlap give three pieces: what only the first covers, what both cover, what only the second covers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from review_service.text import Field


class Mark(NamedTuple):
    """Something said of text[start:end]: an issue (its id) or a theme (its name)."""

    start: int
    end: int
    issue: str = ""
    theme: str = ""


class Piece(NamedTuple):
    """A stretch of text under the same marks."""

    text: str
    issues: tuple[str, ...]
    themes: tuple[str, ...]


def cut(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Yield text[start:end] in pieces; joined, they are it again."""
    end = len(text) if end is None else end
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    bounds = {start, end, *(mark.start for mark in here), *(mark.end for mark in here)}
    edges = sorted(edge for edge in bounds if start <= edge <= end)
    for left, right in pairwise(edges):
        over = [mark for mark in here if mark.start <= left and mark.end >= right]
        yield Piece(
            text[left:right],
            tuple(dict.fromkeys(mark.issue for mark in over if mark.issue)),
            tuple(dict.fromkeys(mark.theme for mark in over if mark.theme)),
        )


def paragraphs(field: Field, marks: list[Mark]) -> list[list[Piece]]:
    """Return the field's paragraphs, each in pieces."""
    marks = sorted(marks)
    return [list(cut(field.text, marks, start, end)) for start, end in field.paragraphs]


def clean_span(field: Field, start: int, end: int) -> tuple[int, int]:
    """Return the span of the field's clean text that comes from source[start:end]."""
    letters = range(len(field.text))
    first = bisect_right(letters, start, key=lambda letter: field.source_span(letter, letter + 1)[1])
    last = bisect_left(letters, end, key=lambda letter: field.source_span(letter, letter + 1)[0])
    return first, max(first, last)
