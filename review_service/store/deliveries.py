"""Webhooks to deliver: written in the transaction of what they tell of, so that none is lost, and taken up one by one."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.models import DeliveryRow, ReviewRow

_WAITS = tuple(datetime.timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 43_200))
_LEASE = datetime.timedelta(seconds=60)  # after which a delivery that somebody took up and did not end is free again


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook to send: its id stays the same through all tries."""

    number: int
    message_id: str
    made_at: datetime.datetime
    payload: dict[str, Any]


def tell_finished(session: Session, review: ReviewRow, at: datetime.datetime) -> None:
    """Have it told that an editor was done with a draft. Of the draft, no word is sent."""
    draft = review.draft
    payload = {
        "type": "review.finished",
        "timestamp": at.isoformat(),
        "data": {
            "review_id": review.review_id,
            "draft_id": draft.draft_id,
            "revision": review.revision.number,
            "status": review.status,
            "errors": review.errors,
            "warnings": review.warnings,
            "suggestions": review.suggestions,
            "undecided": review.undecided,
            "themes": sorted(row.theme for row in draft.themes),
            "finished_by": draft.finished_by,
        },
    }
    session.add(DeliveryRow(message_id=f"msg_{secrets.token_urlsafe(16)}", made_at=at, due_at=at, payload=payload))


def take_delivery(session: Session) -> Delivery | None:
    """Return a delivery that is due, taken up so that nobody else sends it meanwhile; None when there is none."""
    moment = now()
    row = session.scalar(
        select(DeliveryRow)
        .where(DeliveryRow.due_at <= moment, DeliveryRow.given_up.is_(False))
        .order_by(DeliveryRow.due_at)
        .limit(1)
    )
    if row is None:
        return None
    taken = session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == row.id, DeliveryRow.due_at == row.due_at)
        .values(due_at=moment + _LEASE, tries=DeliveryRow.tries + 1)
    )
    return Delivery(row.id, row.message_id, row.made_at, row.payload) if taken.rowcount == 1 else None  # type: ignore[attr-defined]


def delivered(session: Session, delivery: Delivery) -> None:
    """Note that a delivery was received."""
    row = session.get(DeliveryRow, delivery.number)
    if row is not None:
        session.delete(row)


def not_delivered(session: Session, delivery: Delivery, reason: str) -> None:
    """Note that a try failed: the next is later; after the last, it is given up and the audit trail says so."""
    row = session.get(DeliveryRow, delivery.number)
    if row is None:
        return
    if row.tries > len(_WAITS):
        row.given_up = True
        note(session, "service", "webhook.given_up", row.message_id, reason=reason)
    else:
        row.due_at = now() + _WAITS[row.tries - 1]
