"""The audit trail: who did what to which, and when. It never holds a draft's words, and nothing takes from it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_service.store.models import AuditRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail. `subject` names what was acted on: a review, a draft, a key, a model."""

    number: int
    at: datetime.datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any] | None


def note(session: Session, actor: str, action: str, subject: str, **details: Any) -> None:
    """Write a line into the trail, in the same transaction as what it tells of."""
    session.add(AuditRow(actor=actor, action=action, subject=subject, details=details or None))


def read_audit(
    session: Session, *, action: str | None = None, limit: int = 100, before: int | None = None
) -> list[AuditEntry]:
    """Return the latest lines, newest first, `before` the line with that number.

    `action` narrows them to one action or to a family of actions (`key` for `key.created` and `key.revoked`).
    """
    chosen = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if action:
        chosen = chosen.where((AuditRow.action == action) | AuditRow.action.startswith(f"{action}.", autoescape=True))
    if before:
        chosen = chosen.where(AuditRow.id < before)
    return [
        AuditEntry(row.id, row.at, row.actor, row.action, row.subject, row.details) for row in session.scalars(chosen)
    ]
