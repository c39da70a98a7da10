"""A review as it was kept, with its draft and everything that editors decided on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from review_service.draft import Draft
from review_service.review import AnsweredReview, Review, answered
from review_service.store.decisions import Decision, EditorThemes, decisions_on, editor_themes_of, find_review
from review_service.store.models import ReviewRow
from review_service.store.reviews import dismissed_in

_REVIEW = TypeAdapter(Review)


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A kept review. `review` and `draft` are null once retention has taken them."""

    review: AnsweredReview | None
    draft: Draft | None
    current: bool
    reviewed_at: datetime.datetime
    decisions: tuple[Decision, ...]
    editor_themes: EditorThemes | None
    finished_at: datetime.datetime | None
    finished_by: str | None


def read_record(session: Session, review_id: str) -> ReviewRecord | None:
    """Return the review with this id and what is known of it; None when there is none."""
    row = find_review(session, review_id)
    return record_of(session, row) if row else None


def read_draft_content(session: Session, review_id: str) -> Draft | None:
    """Return the draft that a review read; None when there is no such review, or retention has taken the text."""
    row = find_review(session, review_id)
    content = row.revision.content if row else None
    return Draft.model_validate(content) if content is not None else None


def record_of(session: Session, row: ReviewRow) -> ReviewRecord:
    """Return what is known of the review that a row holds."""
    draft = row.draft
    return ReviewRecord(
        review=_answer(session, row),
        draft=Draft.model_validate(row.revision.content) if row.revision.content is not None else None,
        current=row.current,
        reviewed_at=row.reviewed_at,
        decisions=tuple(decisions_on(session, row)),
        editor_themes=editor_themes_of(draft.correction) if draft.correction else None,
        finished_at=draft.finished_at,
        finished_by=draft.finished_by,
    )


def _answer(session: Session, row: ReviewRow) -> AnsweredReview | None:
    if row.answer is None:
        return None
    review = _REVIEW.validate_python(row.answer)
    return answered(review, row.revision.number, dismissed_in(session, row.draft_key), stored=True)
