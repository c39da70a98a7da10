"""Which model is live, and which were."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.models import ModelVersionRow


def note_live_model(session: Session, version: str, plan: str, by: str) -> bool:
    """Note that `version` reviews drafts from now on; False when it already did."""
    live = session.scalar(select(ModelVersionRow).order_by(ModelVersionRow.live_at.desc()).limit(1))
    if live is not None and live.version == version:
        return False
    row = session.get(ModelVersionRow, version)
    if row is None:
        session.add(ModelVersionRow(version=version, plan=plan))
    else:
        row.live_at = now()
    note(session, by, "model.promoted", version, plan=plan, before=live.version if live else None)
    return True
