"""Any string in any format: what is cleaned, cut into sentences and words leads back to where it stands in the source."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import get_args
from unicodedata import category

from review_service.text import Document, Field, Format, Segmenter, SegmenterName, load_segmenter
from review_service.text.normalize import compose

TOKENS = (
    "<p>", "</p>", "<br/>", "<b a='", "<!--", "-->", "<script>", "</script>", "<![", "&nbsp;", "&#x1EA1;", "&amp", "&lt;",
    "**", "__", "~~", "# ", "> ", "- ", "[a](b)", "![", "](", "```", "|", "\\*", "\r\n", "\u200b", "\u00ad", "\ufeff",
    "\u0301", "\u031b", "\u0323", "\u202e", "\u00d0", "İ", "Th.S", "TP. ", "v.v. ", "1.245", "…", "”", "\u2028", "\x85",
)  # fmt: skip
_BOTH = 2_000  # characters up to which both segmenters run: pyvi takes its time
_COMPARED = (
    10_000  # characters: a letter may have any number of marks, and each of its words would be compared with all
)
_MARKS = re.compile(r"[<>&\\*_`~|\[\]#!()+=:-]")  # what HTML and Markdown may read as markup


def check(text: str, format: Format) -> None:
    """Read `text` as a draft's body in `format`.

    Raises:
        AssertionError: a span is out of bounds, out of order, or stands for other words than it says.
    """
    field = Field("body", text, format)
    assert len(field.text) == len(field.standard) == len(field.folded)
    end = 0
    for sentence in field.sentences:
        assert end <= sentence.start < sentence.end <= len(field.text), "sentences overlap or leave the text"
        end = sentence.end
        _check_source(field, sentence.start, sentence.end)
    for name in get_args(SegmenterName)[: 1 if len(text) > _BOTH else None]:
        _check_words(field, _segmenter(name))


def _check_words(field: Field, segmenter: Segmenter) -> None:
    words = Document([field], segmenter).words[field.name]
    for sentence, spans in zip(field.sentences, words, strict=True):
        last = sentence.start
        for start, end in spans:
            assert last <= start < end <= sentence.end, "words overlap or leave their sentence"
            last = end
            _check_source(field, start, end)


def _check_source(field: Field, start: int, end: int) -> None:
    """A clean span lies in the source, and what stands there without any markup reads the same.

    A letter with its marks is one place: a span that ends among the marks stands for all of it.
    """
    first, last = field.source_span(start, end)
    assert 0 <= first < last <= len(field.source), "a span leaves the source"
    origin = field.source[first:last]
    if not _MARKS.search(origin):
        read, words = " ".join(compose(origin)[0].split()), " ".join(field.text[start:end].split())
        alike = words == read or (words in read and _has_marks(origin))
        assert alike, f"a span stands for other words: {field.source!r}, {origin!r} for {words!r}"


def _has_marks(text: str) -> bool:
    return any(category(character).startswith("M") for character in text)


@lru_cache
def _segmenter(name: SegmenterName) -> Segmenter:
    return load_segmenter(name)
