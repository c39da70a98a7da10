"""Canonical sayings quoted exactly (family `quotation`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from review_service.checklist.canon import Saying, syllables
from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Field, Sentence, Span, fold

_ALIKE = 0.6  # share of syllables in common, either order, above which words are taken for the saying
_LIST = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}(?:(?:, | và |; | - )(?:và )?[^\W\d_]+(?: [^\W\d_]+){0,3}){2,7}")


def misquoted(reading: Reading) -> Iterator[Finding]:
    """A canonical saying quoted inexactly; paraphrase without quotation marks or announcement is not quoting."""
    for field in reading.document.fields.values():
        quoted = [
            (quotation.start + 1, quotation.end - 1, syllables(quotation.words))
            for quotation in reading.quotations[field.name]
        ]
        announced = [word for word in reading.knowledge.canon.leads if word in field.folded]
        for saying in reading.knowledge.canon.quotations if quoted or announced else ():
            wanted = saying.syllables
            leads = [word for word in saying.lead if word in announced]
            candidates = [*quoted, *_announced(field, saying, leads, quoted)] if leads else quoted
            for start, end, words in candidates:
                if words != wanted and _meant(words, wanted, saying):
                    yield Finding(Span(field.name, start, end), (saying.words,), {"name": saying.name})


def _announced(
    field: Field, saying: Saying, leads: list[str], quoted: list[tuple[int, int, list[str]]]
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the lists, outside quotation marks, that one of `leads` announces as the saying: span and syllables."""
    for sentence in field.sentences:
        if not any(word in sentence.folded for word in leads):
            continue
        for match in _LIST.finditer(sentence.folded):
            start, end = _cut_to_saying(sentence, match.start(), match.end(), saying)
            if end > start and not any(a <= start and end <= b for a, b, _ in quoted):
                yield start, end, syllables(field.text[start:end])


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


def _meant(words: list[str], wanted: list[str], saying: Saying) -> bool:
    """Whether `words` are the saying with a slip: most of it, hardly anything else."""
    if not 0.5 <= len(words) / len(wanted) <= 1.5:
        return False
    common = sum((Counter(words) & Counter(wanted)).values())
    near = sum(1 for item in saying.near if " ".join(item.split()) in " ".join(words))
    if common + 2 * near < _ALIKE * len(wanted):
        return False
    ordered = SequenceMatcher(None, words, wanted, autojunk=False).ratio()
    return ordered >= _ALIKE or common + 2 * near >= 0.8 * len(wanted)


CHECKS = (Check("quotation.misquoted", misquoted),)
