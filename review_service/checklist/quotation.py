"""Canonical sayings quoted exactly (family `quotation`)."""

from __future__ import annotations

from collections.abc import Iterator

from review_service.checklist.canon import Saying
from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Field, Span


def misquoted(reading: Reading) -> Iterator[Finding]:
    """A canonical saying quoted inexactly; paraphrase without quotation marks or announcement is not quoting."""
    canon = reading.knowledge.canon
    for field in reading.document.fields.values():
        quoted = [(quotation.start + 1, quotation.end - 1) for quotation in reading.quotations[field.name]]
        settled = []  # quotations that are a saying, rightly or wrongly
        for start, end in quoted:
            slips = canon.slips(field.text[start:end])
            if slips or canon.holds(field.text[start:end]):
                settled.append((start, end))
            for saying in slips:
                yield _correction(field, start, end, saying)
        for sentence in field.sentences:
            for start, end, saying in canon.announced(sentence.folded):
                start, end = sentence.start + start, sentence.start + end
                inside = any(a <= start and end <= b for a, b in settled)
                if not inside and saying in canon.slips(field.text[start:end]):
                    yield _correction(field, start, end, saying)


def _correction(field: Field, start: int, end: int, saying: Saying) -> Finding:
    return Finding(Span(field.name, start, end), (saying.words,), {"name": saying.name})


CHECKS = (Check("quotation.misquoted", misquoted),)
