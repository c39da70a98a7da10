"""Quotations: what stands in quotation marks, and whether somebody is named as saying it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from review_service.text import SYLLABLE, Field, Span, remembered

_MARKS = re.compile('[“”"«»„‟]')
_CLOSING = {"“": "”“", "„": "”“", "«": "»", '"': '"', "”": "”", "‟": "”"}


_SPOKEN_OF = re.compile(
    r"\b(?:(?:hai|ba|bốn|mấy|cụm|bỏ|dùng|những|các|thay) từ|chữ|bằng câu) $"
)  # not "từ", which is "from"
_SPOKEN_OF_WITHIN = 16  # code points before


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks; `start` and `end` take in the marks."""

    field: Field
    start: int
    end: int
    syllables: int

    @property
    def span(self) -> Span:
        """The quotation with its marks."""
        return Span(self.field.name, self.start, self.end)

    @property
    def words(self) -> str:
        """The quoted words, folded, without the marks."""
        return self.field.folded[self.start + 1 : self.end - 1]

    @property
    def is_closed(self) -> bool:
        """Whether it has its closing mark; one left open takes in what follows, its speaker too."""
        return self.field.text[self.end - 1] in "”\"»’'"

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) of the same field lies inside."""
        return self.start <= start and end <= self.end

    @property
    def looks_spoken(self) -> bool:
        """Whether it reads as a speech: after a colon, or a sentence of its own; not the name of something."""
        before = self.field.text[max(0, self.start - 3) : self.start].rstrip()
        return before.endswith(":") or not before or before[-1] in ".!?…\n" or self.start == self._paragraph_start

    @property
    def is_spoken_of(self) -> bool:
        """Whether its words are what is told of, not what somebody says: "sơn lên cổng hai chữ “tên trộm”"."""
        return _SPOKEN_OF.search(self.field.folded, max(0, self.start - _SPOKEN_OF_WITHIN), self.start) is not None

    @property
    def is_heading(self) -> bool:
        """Whether it is all of its paragraph but a number before it, and ends in no mark: "2. “Nghe nói ngân hàng sắp khóa tài khoản”"."""
        start, end = self.field.paragraphs[self.field.sentence_at(self.start).paragraph]
        text = self.field.text
        number = text[start : self.start].strip(" .)#*")
        numbered = number.isdecimal() and len(number) < 3
        return numbered and not text[self.end : end].strip() and text[self.end - 2] not in ".!?…"

    @property
    def _paragraph_start(self) -> int:
        sentence = self.field.sentence_at(self.start)
        return self.field.paragraphs[sentence.paragraph][0]


def quotations(field: Field) -> Iterator[Quotation]:
    """Yield the quotations of `field`. Marks pair within a paragraph; one left open ends with its paragraph."""
    for start, end in field.paragraphs:
        for first, last, syllables in _quoted(field.text[start:end]):
            yield Quotation(field, start + first, start + last, syllables)


def quotation_holding(start: int, end: int, of_field: Sequence[Quotation]) -> Quotation | None:
    """Return the quotation that holds [start, end), of the quotations of its field: they are in order, apart."""
    last = bisect_right(of_field, start, key=attrgetter("start")) - 1
    return of_field[last] if last >= 0 and of_field[last].holds(start, end) else None


@remembered
def _quoted(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the quotations of a paragraph: start, end, and how many syllables each has."""
    spans = []
    opened = -1
    closing = ""
    for match in _MARKS.finditer(text):
        if opened < 0:
            opened, closing = match.start(), _CLOSING.get(match.group(), "")
        elif match.group() in closing:
            spans.append((opened, match.end()))
            opened = -1
    if opened >= 0 and text[opened] in "“«":
        spans.append((opened, len(text)))
    return tuple((start, end, sum(1 for _ in SYLLABLE.finditer(text, start, end))) for start, end in spans)
