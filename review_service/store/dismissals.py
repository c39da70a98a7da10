"""Issues that editors dismiss often, by code and words: where the checklist may be wrong."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from review_service.store.models import DecisionRow

_REASONS = 5


@dataclass(frozen=True, slots=True)
class OftenDismissed:
    """Words on which a code was dismissed: in how many drafts, and in how many editors upheld it instead.

    `reasons` are the latest different ones that editors gave.
    """

    code: str
    phrase: str
    dismissed: int
    upheld: int
    last_at: datetime.datetime
    reasons: tuple[str, ...]


def often_dismissed(session: Session, *, least: int = 2, limit: int = 100) -> list[OftenDismissed]:
    """Return the codes and words that were dismissed in at least `least` drafts, the most often first."""
    dismissed = func.sum(case((DecisionRow.decision == "dismiss", 1), else_=0))
    last_at = func.max(DecisionRow.decided_at, type_=DecisionRow.decided_at.type)
    chosen = (
        select(DecisionRow.code, DecisionRow.phrase, dismissed, func.count() - dismissed, last_at)
        .where(DecisionRow.phrase.is_not(None))
        .group_by(DecisionRow.code, DecisionRow.phrase)
        .having(dismissed >= least)
        .order_by(dismissed.desc(), DecisionRow.code, DecisionRow.phrase)
        .limit(limit)
    )
    return [
        OftenDismissed(code, phrase or "", often, upheld, at, _reasons(session, code, phrase or ""))
        for code, phrase, often, upheld, at in session.execute(chosen)
    ]


def _reasons(session: Session, code: str, phrase: str) -> tuple[str, ...]:
    chosen = (
        select(DecisionRow.reason)
        .where(DecisionRow.code == code, DecisionRow.phrase == phrase, DecisionRow.decision == "dismiss")
        .group_by(DecisionRow.reason)
        .order_by(func.max(DecisionRow.decided_at).desc())
        .limit(_REASONS)
    )
    return tuple(reason for reason in session.scalars(chosen) if reason)
