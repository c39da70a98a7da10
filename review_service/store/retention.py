"""What becomes of old drafts: they are deleted, or reduced to what statistics need.

A reduced draft keeps its dates, unit, author, themes, and the codes of its issues and decisions; its title, text, reviews,
flagged words and editors' reasons are gone.
"""

from __future__ import annotations

import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.models import DecisionRow, DraftRow, IssueRow, ReviewRow, RevisionRow, SignatureRow

_AT_ONCE = 200  # drafts a transaction, so that reviews are kept in between


def reduce_some(session: Session, before: datetime.datetime, by: str) -> int:
    """Reduce some of the drafts last reviewed `before` a moment to statistics; return how many (none: all is done)."""
    drafts = _some(session, before, reduced=False)
    if not drafts:
        return 0
    reviews = select(ReviewRow.id).where(ReviewRow.draft_key.in_(drafts))
    session.execute(update(IssueRow).where(IssueRow.review_key.in_(reviews)).values(text=None))
    session.execute(update(ReviewRow).where(ReviewRow.draft_key.in_(drafts)).values(answer=None))
    session.execute(update(RevisionRow).where(RevisionRow.draft_key.in_(drafts)).values(content=None))
    session.execute(update(DecisionRow).where(DecisionRow.draft_key.in_(drafts)).values(phrase=None, reason=None))
    session.execute(delete(SignatureRow).where(SignatureRow.draft_key.in_(drafts)))
    session.execute(update(DraftRow).where(DraftRow.id.in_(drafts)).values(title=None, search="", reduced_at=now()))
    note(session, by, "retention.reduced", before.date().isoformat(), drafts=len(drafts))
    return len(drafts)


def delete_some(session: Session, before: datetime.datetime, by: str) -> int:
    """Delete some of the drafts last reviewed `before` a moment; return how many (none: all is done)."""
    drafts = _some(session, before, reduced=True)
    if drafts:
        session.execute(delete(DraftRow).where(DraftRow.id.in_(drafts)))
        note(session, by, "retention.deleted", before.date().isoformat(), drafts=len(drafts))
    return len(drafts)


def _some(session: Session, before: datetime.datetime, *, reduced: bool) -> list[int]:
    chosen = select(DraftRow.id).where(DraftRow.reviewed_at < before).order_by(DraftRow.id).limit(_AT_ONCE)
    if not reduced:
        chosen = chosen.where(DraftRow.reduced_at.is_(None))
    return list(session.scalars(chosen))
