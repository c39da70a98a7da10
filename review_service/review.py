"""What goes out: the review of a draft. Plain values, no behaviour beyond turning into JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

Severity = Literal["error", "warning", "suggestion"]
Status = Literal["clean", "attention", "must_fix"]
_RANK: dict[Severity, int] = {"suggestion": 1, "warning": 2, "error": 3}


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
    """The review of one draft: advice to an editor, never a verdict.

    `incomplete` is true when time ran out; `skipped` are then the codes of the checks left out, and "themes".
    """

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
    incomplete: bool = False
    skipped: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the review as JSON-ready values, in the contract's form."""
        return asdict(self)


def status_of(severities: Iterable[Severity]) -> Status:
    """Return the status of a draft with issues of these severities: the highest decides."""
    highest = max((_RANK[severity] for severity in severities), default=0)
    return "must_fix" if highest == _RANK["error"] else "attention" if highest == _RANK["warning"] else "clean"


@dataclass(frozen=True, slots=True)
class AnsweredReview(Review):
    """A review as the service answers it.

    `dismissed` are the issues that an editor dismissed in this draft: they are not among `issues`, and neither status nor
    checklist counts them. `stored` is false when the review could not be kept.
    """

    dismissed: tuple[Issue, ...] = ()
    stored: bool = False


def answered(review: Review, revision: int, dismissed: frozenset[str], *, stored: bool) -> AnsweredReview:
    """Return `review` as an answer, without the issues whose fingerprints are in `dismissed`."""
    kept = tuple(issue for issue in review.issues if issue.fingerprint not in dismissed)
    values = {field.name: getattr(review, field.name) for field in fields(Review)}
    values |= {"revision": revision, "issues": kept}
    if len(kept) < len(review.issues):
        values |= {
            "status": status_of(issue.severity for issue in kept),
            "checklist": tuple(_recount(item, kept) for item in review.checklist),
        }
    aside = tuple(issue for issue in review.issues if issue.fingerprint in dismissed)
    return AnsweredReview(**values, dismissed=aside, stored=stored)


def _recount(item: ChecklistItem, issues: tuple[Issue, ...]) -> ChecklistItem:
    own = Counter(issue.severity for issue in issues if issue.code.split(".")[0] == item.item)
    status = "pass" if item.status == "fail" and not (own["error"] or own["warning"]) else item.status
    return replace(item, status=status, errors=own["error"], warnings=own["warning"], suggestions=own["suggestion"])
