"""What a check is and what it finds."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from review_service.checklist.reading import Reading
from review_service.text import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a draft falls short; `span` is None for the draft as a whole.

    `values` fill the placeholders of the code's message in checklist.yaml; `{text}` is filled with the span's words.
    """

    span: Span | None
    replacements: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


class Check(NamedTuple):
    """A check, declared with the code it raises. Severity, messages and basis stand in knowledge/checklist.yaml."""

    code: str
    find: Callable[[Reading], Iterable[Finding]]


class Taken:
    """The spans that findings of one check have taken: none overlaps another."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = defaultdict(list)  # by field, in order

    def is_free(self, span: Span) -> bool:
        """Whether `span` overlaps none of those taken."""
        spans = self._spans[span.field]
        place = bisect_left(spans, (span.start, span.end))
        return all(end <= span.start or span.end <= start for start, end in spans[max(0, place - 1) : place + 1])

    def take(self, span: Span) -> bool:
        """Take `span` when it is free; return whether it was."""
        free = self.is_free(span)
        if free:
            insort(self._spans[span.field], (span.start, span.end))
        return free


WHOLE_DRAFT = Finding(None)


def one_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those that stand side by side made one: "thủ phạm gây án" is one slip, though two entries tell it, and no
    replacement of either is one for both."""
    joined: list[Finding] = []
    for finding in sorted(findings, key=_place):
        last, span = joined[-1].span if joined else None, finding.span
        if last is None or span is None or not _touch(last, span):
            joined.append(finding)
        elif span.end > last.end:
            joined[-1] = Finding(Span(last.field, last.start, span.end))
    yield from joined


def _place(finding: Finding) -> tuple[str, int, int]:
    return (finding.span.field, finding.span.start, finding.span.end) if finding.span else ("", 0, 0)


def _touch(one: Span, other: Span) -> bool:
    """Whether two spans, in order, overlap or have only a space between them."""
    return one.field == other.field and other.start - one.end <= 1
