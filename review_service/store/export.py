"""What editors confirmed, as training data: lines in the form of training/data, told apart by their provenance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_service.store.models import DraftRow, RevisionRow, ThemeCorrectionRow

PROVENANCE = "editor"
_LEFT_OUT = ("draft_id", "language")
_AT_ONCE = 100


def labelled_drafts(session: Session) -> Iterator[dict[str, Any]]:
    """Yield each draft whose themes an editor gave, with the revision that was read. Reduced drafts are left out."""
    last = 0
    while rows := session.execute(
        select(ThemeCorrectionRow.id, ThemeCorrectionRow.themes, RevisionRow.content, DraftRow.identity)
        .join(RevisionRow, RevisionRow.id == ThemeCorrectionRow.revision_key)
        .join(DraftRow, DraftRow.id == ThemeCorrectionRow.draft_key)
        .where(ThemeCorrectionRow.id > last)
        .order_by(ThemeCorrectionRow.id)
        .limit(_AT_ONCE)
    ).all():
        for number, themes, content, identity in rows:
            last = number
            if content is not None:
                name = f"{PROVENANCE}-{identity[:16]}"
                request = {key: value for key, value in content.items() if value and key not in _LEFT_OUT}
                yield {
                    "id": name, "group": name, "provenance": PROVENANCE,
                    "request": {"body": "", **request}, "themes": themes,
                }  # fmt: skip
