"""A draft through its revisions: what was fixed, what is new, what remains; and its deletion."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_service.review import Severity, Status
from review_service.store.audit import note
from review_service.store.decisions import Decision, EditorThemes, decision_of, editor_themes_of
from review_service.store.models import DraftRow, IssueRow, ReviewRow, RevisionRow
from review_service.store.words import phrase_of


@dataclass(frozen=True, slots=True)
class RevisionIssue:
    """An issue in a comparison of revisions."""

    id: str
    fingerprint: str
    code: str
    severity: Severity
    field: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One content of a draft, with the last review of it.

    `fixed` are the issues of the revision before that are gone, `new` those that it did not have, `remaining` those that
    it had too. `dismissed` ones are in none of these.
    """

    revision: int
    review_id: str
    status: Status
    current: bool
    received_at: datetime.datetime
    fixed: tuple[RevisionIssue, ...]
    new: tuple[RevisionIssue, ...]
    remaining: tuple[RevisionIssue, ...]
    dismissed: tuple[RevisionIssue, ...]


@dataclass(frozen=True, slots=True)
class DraftHistory:
    """A draft's revisions, oldest first, and what editors decided on it."""

    draft_id: str
    revisions: tuple[Revision, ...]
    decisions: tuple[Decision, ...]
    editor_themes: EditorThemes | None


def history_of(session: Session, draft_id: str) -> DraftHistory | None:
    """Return the history of the draft that the CMS calls `draft_id`; None when it is not known."""
    draft = find_draft(session, draft_id)
    if draft is None:
        return None
    rows = session.scalars(
        select(RevisionRow)
        .where(RevisionRow.draft_key == draft.id)
        .order_by(RevisionRow.number)
        .options(selectinload(RevisionRow.reviews).selectinload(ReviewRow.issues))
    )
    revisions: list[Revision] = []
    before: list[IssueRow] = []
    for row in rows:
        review = next((review for review in row.reviews if review.current), row.reviews[-1])
        revisions.append(_compare(row, review, before))
        before = review.issues
    return DraftHistory(
        draft_id,
        tuple(revisions),
        tuple(decision_of(row) for row in sorted(draft.decisions, key=lambda row: row.id)),
        editor_themes_of(draft.correction) if draft.correction else None,
    )


def find_draft(session: Session, draft_id: str) -> DraftRow | None:
    """Return the draft that the CMS calls `draft_id`, if there is one."""
    return session.scalar(select(DraftRow).where(DraftRow.draft_id == draft_id))


def delete_draft(session: Session, draft: DraftRow, by: str) -> None:
    """Delete a draft with all that was kept of it. The audit trail keeps that it was deleted, and by whom."""
    note(session, by, "draft.deleted", draft.draft_id or draft.identity)
    session.delete(draft)


def _compare(row: RevisionRow, review: ReviewRow, before: list[IssueRow]) -> Revision:
    pairs = _pairs(before, review.issues)
    paired = set(pairs.values())
    standing = [issue for issue in review.issues if not issue.dismissed]
    return Revision(
        revision=row.number,
        review_id=review.review_id,
        status=review.status,
        current=review.current,
        received_at=row.received_at,
        fixed=_listed(issue for issue in before if issue.id not in pairs and not issue.dismissed),
        new=_listed(issue for issue in standing if issue.id not in paired),
        remaining=_listed(issue for issue in standing if issue.id in paired),
        dismissed=_listed(issue for issue in review.issues if issue.dismissed),
    )


def _pairs(before: list[IssueRow], after: list[IssueRow]) -> dict[int, int]:
    """Return which issue of the one revision (by row) is which of the next.

    The fingerprint tells; where the words around an issue were edited, so that it has another, its code and own words do.
    """
    pairs: dict[int, int] = {}
    names: tuple[Callable[[IssueRow], object], ...] = (
        lambda issue: issue.fingerprint,
        lambda issue: (issue.code, issue.field, phrase_of(issue.text)),
    )
    for name in names:
        left: dict[object, deque[int]] = {}
        paired = set(pairs.values())
        for issue in after:
            if issue.id not in paired:
                left.setdefault(name(issue), deque()).append(issue.id)
        for issue in before:
            if issue.id not in pairs and left.get(name(issue)):
                pairs[issue.id] = left[name(issue)].popleft()
    return pairs


def _listed(issues: Iterable[IssueRow]) -> tuple[RevisionIssue, ...]:
    return tuple(
        RevisionIssue(issue.issue_id, issue.fingerprint, issue.code, issue.severity, issue.field, issue.text)
        for issue in issues
    )
