"""What editors decide: on an issue, on a draft's themes, and that they are done with a draft.

What changes something takes a review that `find_review_to_change` found.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.models import DecisionRow, DraftRow, IssueRow, ReviewRow, ThemeCorrectionRow, Verdict
from review_service.store.reviews import set_themes, settle
from review_service.store.words import phrase_of


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided on an issue; `revision` is the one that was read."""

    fingerprint: str
    code: str
    decision: Verdict
    reason: str | None
    revision: int
    decided_by: str
    decided_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class EditorThemes:
    """The themes that an editor gave a draft; none means off plan. `revision` is the one that was read."""

    themes: tuple[str, ...]
    revision: int
    corrected_by: str
    corrected_at: datetime.datetime


def find_review(session: Session, review_id: str) -> ReviewRow | None:
    """Return the review with this id, if there is one."""
    return session.scalar(select(ReviewRow).where(ReviewRow.review_id == review_id))


def find_review_to_change(session: Session, review_id: str) -> ReviewRow | None:
    """Return the review with this id, if there is one, its draft locked: who else changes the draft waits."""
    of_review = select(ReviewRow.draft_key).where(ReviewRow.review_id == review_id).scalar_subquery()
    session.execute(select(DraftRow.id).where(DraftRow.id == of_review).with_for_update())
    return find_review(session, review_id)


def find_issue(review: ReviewRow, issue_id: str) -> IssueRow | None:
    """Return the issue of `review` with this id, if there is one."""
    return next((issue for issue in review.issues if issue.issue_id == issue_id), None)


def decide(
    session: Session, review: ReviewRow, issue: IssueRow, verdict: Verdict, reason: str | None, by: str
) -> Decision:
    """Take a decision on an issue of `review`; it replaces an earlier one."""
    values = {
        "code": issue.code,
        "phrase": phrase_of(issue.text),
        "decision": verdict,
        "reason": reason,
        "revision": review.revision.number,
        "decided_by": by,
        "decided_at": now(),
    }
    row = _decision_row(session, review, issue)
    if row is None:
        row = DecisionRow(draft_key=review.draft_key, fingerprint=issue.fingerprint, **values)
        session.add(row)
    else:
        for name, value in values.items():
            setattr(row, name, value)
    note(session, by, f"decision.{verdict}", review.review_id, issue=issue.issue_id, code=issue.code)
    _settle_all(session, review, issue)
    return decision_of(row)


def withdraw(session: Session, review: ReviewRow, issue: IssueRow, by: str) -> bool:
    """Take the decision on an issue back; False when there is none."""
    row = _decision_row(session, review, issue)
    if row is None:
        return False
    session.delete(row)
    note(session, by, "decision.withdraw", review.review_id, issue=issue.issue_id, code=issue.code)
    _settle_all(session, review, issue)
    return True


def decisions_on(session: Session, review: ReviewRow) -> list[Decision]:
    """Return the decisions that hold for the issues of `review`, taken on it or on another revision of its draft."""
    raised = {issue.fingerprint for issue in review.issues}
    rows = session.scalars(
        select(DecisionRow).where(DecisionRow.draft_key == review.draft_key).order_by(DecisionRow.id)
    )
    return [decision_of(row) for row in rows if row.fingerprint in raised]


def correct_themes(session: Session, review: ReviewRow, themes: Collection[str], by: str) -> EditorThemes:
    """Give the draft of `review` the themes that an editor chose for it; it keeps them in later revisions."""
    row = review.draft.correction
    if row is None:
        row = ThemeCorrectionRow()
        review.draft.correction = row
    row.themes, row.revision_key = list(themes), review.revision_key
    row.corrected_by, row.corrected_at = by, now()
    set_themes(review.draft, list(themes))
    note(session, by, "themes.corrected", review.review_id, themes=list(themes))
    session.flush()
    session.refresh(row)
    return editor_themes_of(row)


def withdraw_themes(session: Session, review: ReviewRow, by: str) -> bool:
    """Take the editor's themes back: the draft has the model's again. False when there are none."""
    if review.draft.correction is None:
        return False
    review.draft.correction = None
    scores = review.answer["themes"] if review.answer else []
    set_themes(review.draft, [score["theme"] for score in scores if score["selected"]])
    note(session, by, "themes.withdrawn", review.review_id)
    session.flush()
    return True


def finish(session: Session, review: ReviewRow, by: str) -> datetime.datetime:
    """Mark the draft of `review` as read; its next revision is to be read again."""
    draft = review.draft
    draft.finished_at, draft.finished_by = now(), by
    note(session, by, "review.finished", review.review_id)
    return draft.finished_at


def reopen(session: Session, review: ReviewRow, by: str) -> None:
    """Mark the draft of `review` as one to read."""
    review.draft.finished_at = review.draft.finished_by = None
    note(session, by, "review.reopened", review.review_id)


def decision_of(row: DecisionRow) -> Decision:
    """Return the decision that a row holds."""
    return Decision(row.fingerprint, row.code, row.decision, row.reason, row.revision, row.decided_by, row.decided_at)


def editor_themes_of(row: ThemeCorrectionRow) -> EditorThemes:
    """Return the editor's themes that a row holds."""
    return EditorThemes(tuple(row.themes), row.revision.number, row.corrected_by, row.corrected_at)


def _decision_row(session: Session, review: ReviewRow, issue: IssueRow) -> DecisionRow | None:
    return session.scalar(
        select(DecisionRow).where(
            DecisionRow.draft_key == review.draft_key, DecisionRow.fingerprint == issue.fingerprint
        )
    )


def _settle_all(session: Session, review: ReviewRow, issue: IssueRow) -> None:
    """Count anew every review of the draft in which the issue was raised."""
    session.flush()
    for row in session.scalars(
        select(ReviewRow)
        .join(IssueRow)
        .where(ReviewRow.draft_key == review.draft_key, IssueRow.fingerprint == issue.fingerprint)
        .order_by(ReviewRow.id)
    ).unique():
        settle(session, row)
