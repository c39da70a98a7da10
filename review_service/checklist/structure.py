"""The shape of an item (families `structure` and `duplicate`)."""

from __future__ import annotations

from collections.abc import Iterator

from review_service.checklist.byline import Byline
from review_service.checklist.findings import WHOLE_DRAFT, Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Span

_TITLE_WORDS = 25
_LEAD_WORDS = 80


def title(reading: Reading) -> Iterator[Finding]:
    """No title, over 25 words, or all capitals."""
    field = reading.document.title
    if field is None or not field.paragraphs:
        yield Finding(None, values={"problem_vi": "bài chưa có tiêu đề", "problem_en": "the draft has none"})
        return
    span = Span("title", field.paragraphs[0][0], field.paragraphs[-1][1])
    letters = [character for character in field.text if character.isalpha()]
    if len(letters) > 12 and all(character.isupper() for character in letters):
        yield Finding(span, (), {"problem_vi": "viết hoa toàn bộ", "problem_en": "all capitals"})
        return
    words = sum(reading.document.word_counts(field))
    if words > _TITLE_WORDS:
        yield Finding(span, (), {"problem_vi": f"dài {words} từ", "problem_en": f"{words} words long"})


def summary(reading: Reading) -> Iterator[Finding]:
    """No summary, and a first paragraph of more than 80 words."""
    document = reading.document
    if document.summary is not None:
        return
    counts = document.word_counts(document.body)
    lead = (count for sentence, count in zip(document.body.sentences, counts, strict=True) if sentence.paragraph == 0)
    if sum(lead) > _LEAD_WORDS:
        yield WHOLE_DRAFT


def duplicate(reading: Reading) -> Iterator[Finding]:
    """Nearly the same text as an earlier draft of another id, with no source named."""
    if reading.earlier is None or reading.draft.source or any(_names_source(reading, line) for line in reading.bylines):
        return
    signature = reading.signature
    nearest = reading.earlier.nearest(signature, reading.draft.draft_id) if signature is not None else None
    if nearest is not None:
        yield Finding(None, values={"other": nearest})


def _names_source(reading: Reading, line: Byline) -> bool:
    return line.field.folded[line.start : line.end].lstrip("(–- ").startswith(("nguồn", "theo", "trích"))


CHECKS = (
    Check("structure.title", title),
    Check("structure.summary", summary),
    Check("duplicate.text", duplicate),
)
