"""Canonical sayings quoted exactly (family `quotation`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.canon import Saying
from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Field, Sentence, Span, fold

_LIST = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}(?:(?:, | và |; | - )(?:và )?[^\W\d_]+(?: [^\W\d_]+){0,3}){2,7}")


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
        announced = {word for word in canon.leads if word in field.folded}
        for saying in canon.quotations if announced else ():
            for start, end in _announced(field, saying, announced.intersection(saying.lead)):
                inside = any(a <= start and end <= b for a, b in settled)
                if not inside and saying in canon.slips(field.text[start:end]):
                    yield _correction(field, start, end, saying)


def _correction(field: Field, start: int, end: int, saying: Saying) -> Finding:
    return Finding(Span(field.name, start, end), (saying.words,), {"name": saying.name})


def _announced(field: Field, saying: Saying, leads: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the lists, outside quotation marks, that one of `leads` announces as the saying, as field spans."""
    for sentence in field.sentences if leads else ():
        if not any(word in sentence.folded for word in leads):
            continue
        for match in _LIST.finditer(sentence.folded):
            start, end = _cut_to_saying(sentence, match.start(), match.end(), saying)
            if end > start:
                yield start, end


def _cut_to_saying(sentence: Sentence, start: int, end: int, saying: Saying) -> tuple[int, int]:
    """Return the part of a list, as a field span, from the saying's first word to its last one in it."""
    known = [fold(item.strip()) for item in re.split(r"[,;.]", saying.words)] + list(saying.near)
    places = [
        (match.start(), match.end())
        for item in known
        for match in re.finditer(rf"(?<!\w){re.escape(item)}(?!\w)", sentence.folded[start:end])
    ]
    if len(places) < 3:
        return 0, 0
    offset = sentence.start + start
    return offset + min(a for a, _ in places), offset + max(b for _, b in places)


CHECKS = (Check("quotation.misquoted", misquoted),)
