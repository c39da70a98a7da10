"""A draft as every check and the classifier read it: analysed once, immutable, positions kept.

`Document` holds fields (title, summary, body, captions); a field holds paragraphs of sentences. All spans are offsets in
the field's clean text; `Field.source_span` leads back to the string as it was sent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from review_service.text.markup import Format, clean
from review_service.text.normalize import fold_standard, standardize
from review_service.text.offsets import OffsetMap
from review_service.text.remembered import remembered
from review_service.text.segmenters import Segmenter, Words
from review_service.text.sentences import paragraphs, sentences

SYLLABLE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a field's clean text, in code points."""

    field: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both lie in one field and share a character."""
        return self.field == other.field and self.start < other.end and other.start < self.end


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a field: its span, its place among the field's sentences and paragraphs."""

    field: Field
    start: int
    end: int
    index: int
    paragraph: int

    @cached_property
    def text(self) -> str:
        """The words as written (composed)."""
        return self.field.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        """The words as phrases are matched; positions as in `text`."""
        return self.field.folded[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """Return the field span of a stretch of this sentence, given relative to its start."""
        return Span(self.field.name, self.start + start, self.start + end)

    def around(self, start: int, end: int, near: int) -> tuple[int, int]:
        """Return field span [start, end) widened by `near` code points on each side, within this sentence."""
        return max(self.start, start - near), min(self.end, end + near)

    @property
    def previous(self) -> Sentence | None:
        """The sentence before it in its paragraph, or None."""
        before = self.field.sentences[self.index - 1] if self.index else None
        return before if before is not None and before.paragraph == self.paragraph else None

    def beside(self, before: int = 0, after: int = 0) -> list[Sentence]:
        """Return it with so many sentences before it and after it, as far as its field has them, in order."""
        return self.field.sentences[max(0, self.index - before) : self.index + after + 1]

    def goes_on_from(self, other: Sentence) -> bool:
        """Whether it may still speak of what another sentence speaks of: one of its paragraph, or the one right before it."""
        return other.paragraph == self.paragraph or other.index == self.index - 1

    @property
    def whole(self) -> Span:
        """The span of the sentence itself."""
        return Span(self.field.name, self.start, self.end)


_standard_line = remembered(standardize)


@remembered
def _folded_line(line: str) -> str:
    return fold_standard(_standard_line(line))


class Field:
    """One text field of a draft: its source string, its clean text, and the structure of that text."""

    def __init__(self, name: str, source: str, format: Format = "text") -> None:
        self.name = name
        self.source = source
        self._maps: list[OffsetMap]
        self.text, self._maps = clean(source, format)

    @cached_property
    def standard(self) -> str:
        """The clean text with one tone placement and soft breaks as spaces; same positions."""
        return " ".join(map(_standard_line, self.text.split("\n")))

    @cached_property
    def folded(self) -> str:
        """The clean text as phrases are matched; same positions."""
        return " ".join(map(_folded_line, self.text.split("\n")))

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Spans of the paragraphs."""
        return list(paragraphs(self.text))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences, in order."""
        found: list[Sentence] = []
        for number, (start, end) in enumerate(self.paragraphs):
            for first, last in sentences(self.text[start:end]):
                found.append(Sentence(self, start + first, start + last, len(found), number))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, position: int) -> Sentence:
        """Return the sentence that holds `position` (or the nearest before it)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source string that clean span [start, end) came from."""
        for offsets in self._maps:
            start, end = offsets.span(start, end)
        return start, end


@lru_cache(maxsize=8_192)
def _written(text: str, words: Words) -> int:
    return sum([text[start].isalnum() or any(map(str.isalnum, text[start:end])) for start, end in words])


class Document:
    """The fields of a draft, read once.

    `words` are segmented a sentence at a time, so that a sentence's words never depend on its neighbours.
    """

    def __init__(self, fields: Iterable[Field], segmenter: Segmenter) -> None:
        self.fields = {field.name: field for field in fields}
        self._segmenter = segmenter

    @property
    def title(self) -> Field | None:
        """The title, when there is one."""
        return self.fields.get("title")

    @property
    def summary(self) -> Field | None:
        """The sapo, when there is one."""
        return self.fields.get("summary")

    @property
    def body(self) -> Field:
        """The text itself."""
        return self.fields["body"]

    @cached_property
    def prose(self) -> list[Field]:
        """Title, summary and body, those that exist, without captions."""
        return [self.fields[name] for name in ("title", "summary", "body") if name in self.fields]

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence of every field, in order."""
        for field in self.fields.values():
            yield from field.sentences

    @cached_property
    def segmented(self) -> dict[str, list[Words]]:
        """For each prose field, for each of its sentences, the spans of its words in the sentence."""
        found = iter(
            self._segmenter(
                [field.standard[sentence.start : sentence.end] for field in self.prose for sentence in field.sentences]
            )
        )
        return {field.name: list(islice(found, len(field.sentences))) for field in self.prose}

    def word_counts(self, field: Field) -> list[int]:
        """Return, for each sentence of a prose field, how many of its words are more than punctuation."""
        segmented = self.segmented[field.name]
        return [_written(sentence.text, words) for sentence, words in zip(field.sentences, segmented, strict=True)]

    @cached_property
    def words(self) -> dict[str, list[list[tuple[int, int]]]]:
        """For each prose field, for each of its sentences, the spans of its words in the field."""
        return {
            field.name: [
                [(sentence.start + start, sentence.start + end) for start, end in words]
                for sentence, words in zip(field.sentences, self.segmented[field.name], strict=True)
            ]
            for field in self.prose
        }
