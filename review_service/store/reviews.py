"""Keeps a review with its draft: the same content again is the same revision, the same review the same row."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review_service.checklist.duplicates import Signature
from review_service.draft import Draft
from review_service.review import Issue, Review, status_of
from review_service.store.columns import now
from review_service.store.models import DecisionRow, DraftRow, DraftThemeRow, IssueRow, ReviewRow, RevisionRow
from review_service.store.signatures import keep_signature
from review_service.store.words import searchable

_LABEL = 300  # characters of a title, author or unit in lists; the whole is in the content
_WORDS = 500  # characters of an issue's words in lists


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store knows of a review: its revision's number, and the fingerprints that editors dismissed."""

    revision: int
    dismissed: frozenset[str]


# Made once, for every review asks it: putting a question together costs more than its answer.
_DISMISSED = select(DecisionRow.fingerprint).where(
    DecisionRow.draft_key == bindparam("draft_key"), DecisionRow.decision == "dismiss"
)
_KNOWN = (
    select(RevisionRow.number, DecisionRow.fingerprint)
    .select_from(ReviewRow)
    .join(RevisionRow, RevisionRow.id == ReviewRow.revision_key)
    .join(DraftRow, DraftRow.id == ReviewRow.draft_key)
    .outerjoin(DecisionRow, (DecisionRow.draft_key == ReviewRow.draft_key) & (DecisionRow.decision == "dismiss"))
    .where(ReviewRow.review_id == bindparam("review_id"), ReviewRow.current, DraftRow.reduced_at.is_(None))
)


def recall_review(connection: Connection, review: Review) -> Kept | None:
    """Return what is known of `review` when it is its draft's current one already: then nothing needs writing."""
    rows = connection.execute(_KNOWN, {"review_id": review.review_id}).all()
    if not rows:
        return None
    return Kept(rows[0].number, frozenset(row.fingerprint for row in rows if row.fingerprint is not None))


def keep_review(
    session: Session,
    draft: Draft,
    review: Review,
    at: datetime.datetime | None = None,
    signature: Signature | None = None,
) -> Kept:
    """Keep `review` of `draft`, asked for `at` a moment (by default, now), as its draft's current one.

    With the `signature` of its text, near-duplicates of the draft can be found.
    """
    at = at or now()
    draft_row = _draft_row(session, draft, review, at)
    revision = _revision_row(session, draft_row, draft, review, at)
    row = _review_row(session, draft_row, revision, review, at)
    if not row.current:
        if _current_revision(session, draft_row) != revision.id:  # new words: there is something to read again
            draft_row.finished_at = draft_row.finished_by = None
        session.execute(update(ReviewRow).where(ReviewRow.draft_key == draft_row.id).values(current=False))
        row.current = True
    _describe(draft_row, draft, at)
    if draft_row.correction is None:
        set_themes(draft_row, [theme.theme for theme in review.themes if theme.selected])
    settle(session, row)
    keep_signature(session, draft_row.id, signature, at)
    return Kept(revision.number, dismissed_in(session, draft_row.id))


def dismissed_in(session: Session, draft_key: int) -> frozenset[str]:
    """Return the fingerprints of the issues that editors dismissed in a draft."""
    return frozenset(session.connection().execute(_DISMISSED, {"draft_key": draft_key}).scalars())


def settle(session: Session, row: ReviewRow) -> None:
    """Count a review's issues anew, after the decisions on its draft."""
    chosen = select(DecisionRow.fingerprint, DecisionRow.decision).where(DecisionRow.draft_key == row.draft_key)
    decisions = {taken.fingerprint: taken.decision for taken in session.execute(chosen)}
    for issue in row.issues:
        issue.dismissed = decisions.get(issue.fingerprint) == "dismiss"
    standing = [issue for issue in row.issues if not issue.dismissed]
    counts = Counter(issue.severity for issue in standing)
    row.errors, row.warnings, row.suggestions = counts["error"], counts["warning"], counts["suggestion"]
    row.status = status_of(issue.severity for issue in standing)
    row.undecided = sum(issue.fingerprint not in decisions for issue in standing)
    session.flush()


def set_themes(draft_row: DraftRow, themes: list[str]) -> None:
    """Make `themes` what the draft is about."""
    present = {row.theme for row in draft_row.themes}
    draft_row.themes = [row for row in draft_row.themes if row.theme in themes]
    draft_row.themes.extend(DraftThemeRow(theme=theme) for theme in themes if theme not in present)


def identity_of(draft_id: str | None, content_hash: str) -> str:
    """Return what names a draft: the CMS's id, or its content when it has none."""
    named = f"id\0{draft_id}" if draft_id is not None else f"content\0{content_hash}"
    return hashlib.sha256(named.encode()).hexdigest()


def _draft_row(session: Session, draft: Draft, review: Review, at: datetime.datetime) -> DraftRow:
    """Return the draft's row, locked against others who write to it."""
    identity = identity_of(draft.draft_id, review.content_hash)
    present = select(DraftRow).where(DraftRow.identity == identity).with_for_update()
    row = session.scalar(present)
    if row is not None:
        return row
    row = DraftRow(identity=identity, draft_id=draft.draft_id, date=draft.date or at.date(), search="", received_at=at)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another process was first
        return session.scalars(present).one()
    return row


def _revision_row(
    session: Session, draft_row: DraftRow, draft: Draft, review: Review, at: datetime.datetime
) -> RevisionRow:
    row = session.scalar(
        select(RevisionRow).where(
            RevisionRow.draft_key == draft_row.id, RevisionRow.content_hash == review.content_hash
        )
    )
    if row is None:
        last = session.scalar(select(func.max(RevisionRow.number)).where(RevisionRow.draft_key == draft_row.id))
        row = RevisionRow(
            draft_key=draft_row.id, number=(last or 0) + 1, content_hash=review.content_hash, received_at=at
        )
        session.add(row)
    if row.content is None:  # new, or taken by retention and sent again
        row.content = draft.model_dump(mode="json")
    session.flush()
    return row


def _review_row(
    session: Session, draft_row: DraftRow, revision: RevisionRow, review: Review, at: datetime.datetime
) -> ReviewRow:
    row = session.scalar(select(ReviewRow).where(ReviewRow.review_id == review.review_id))
    if row is None:
        row = ReviewRow(
            review_id=review.review_id,
            draft_key=draft_row.id,
            revision_key=revision.id,
            current=False,
            plan=review.plan,
            checklist_version=review.checklist_version,
            model_version=review.model_version,
            status=review.status,
            errors=0,
            warnings=0,
            suggestions=0,
            undecided=0,
            reviewed_at=at,
        )
        row.issues = [_issue_row(number, issue) for number, issue in enumerate(review.issues)]
        session.add(row)
    if row.answer is None:
        row.answer = review.to_dict()
    session.flush()
    return row


def _issue_row(position: int, issue: Issue) -> IssueRow:
    return IssueRow(
        position=position,
        issue_id=issue.id,
        fingerprint=issue.fingerprint,
        code=issue.code,
        severity=issue.severity,
        field=issue.field,
        text=issue.text[:_WORDS] if issue.text else issue.text,
        dismissed=False,
    )


def _current_revision(session: Session, draft_row: DraftRow) -> int | None:
    return session.scalar(select(ReviewRow.revision_key).where(ReviewRow.draft_key == draft_row.id, ReviewRow.current))


def _describe(row: DraftRow, draft: Draft, at: datetime.datetime) -> None:
    """Let the draft's row say what its current revision says."""
    row.title, row.author, row.unit = (
        value[:_LABEL] if value else None for value in (draft.title, draft.author, draft.unit)
    )
    row.genre = draft.genre
    row.date = draft.date or row.date
    row.search = searchable(row.title, row.author, row.unit, row.draft_id)
    row.reviewed_at = at
    row.reduced_at = None
