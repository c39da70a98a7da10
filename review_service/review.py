"""What goes out: the review of a draft. Plain values, no behaviour beyond turning into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "suggestion"]
Status = Literal["clean", "attention", "must_fix"]


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause of the plan or of a law that an issue rests on."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing for the editor to look at.

    `start` and `end` are offsets into `field` as it was sent, `text` the words between them; all four are None for an
    issue about the whole draft. `fingerprint` names the same issue in the draft's next revision.
    """

    id: str
    code: str
    severity: Severity
    message: str
    explanation: str
    field: str | None
    start: int | None
    end: int | None
    text: str | None
    replacements: tuple[str, ...]
    basis: tuple[Basis, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that moved a theme's score; `weight` is their share of it, in log-odds."""

    field: str
    start: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """How sure the classifier is that the draft is about a theme; `score` is a calibrated probability."""

    theme: str
    label: str
    clauses: tuple[str, ...]
    score: float
    selected: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A family of checks and how the draft fares on it: fails on an error or a warning."""

    item: str
    label: str
    status: Literal["pass", "fail", "not_applicable"]
    errors: int
    warnings: int
    suggestions: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The size of what was reviewed: title, summary and body without markup."""

    characters: int
    syllables: int
    words: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one draft: advice to an editor, never a verdict."""

    review_id: str
    draft_id: str | None
    revision: int
    content_hash: str
    plan: str
    checklist_version: str
    model_version: str
    status: Status
    themes: tuple[ThemeScore, ...]
    off_plan: bool
    checklist: tuple[ChecklistItem, ...]
    issues: tuple[Issue, ...]
    stats: Stats

    def to_dict(self) -> dict[str, Any]:
        """Return the review as JSON-ready values, in the contract's form."""
        return asdict(self)
