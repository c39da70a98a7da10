"""What a check is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


WHOLE_DRAFT = Finding(None)
