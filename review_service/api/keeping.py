"""Keeps reviews. A review is answered in any case: one that could not be kept says so, and is counted."""

from __future__ import annotations

from collections.abc import Mapping

from review_service.api.context import context
from review_service.checklist.duplicates import Signature
from review_service.draft import Draft
from review_service.errors import StoreError
from review_service.review import AnsweredReview, Review, answered
from review_service.store.reviews import Kept, identity_of, keep_review, recall_review

_NOTHING_KNOWN = Kept(revision=1, dismissed=frozenset())
Made = tuple[Draft, Review]
Signatures = Mapping[str, Signature]


def answer_and_keep(made: list[Made], signatures: Signatures) -> list[AnsweredReview]:
    """Keep the reviews in one transaction and return them as answers, without what editors dismissed before.

    `signatures` are those of the drafts' texts, by draft_id.
    """
    try:
        known: list[Kept] | None = _keep(made, signatures)
    except StoreError:
        known = None
        context().metrics.unstored.inc(len(made))
    return [
        answered(review, kept.revision, kept.dismissed, stored=known is not None)
        for (_, review), kept in zip(made, known or [_NOTHING_KNOWN] * len(made), strict=True)
    ]


def answer_only(made: list[Made]) -> list[AnsweredReview]:
    """Return the reviews as answers; nothing is kept."""
    return [answered(review, review.revision, frozenset(), stored=False) for _, review in made]


def _keep(made: list[Made], signatures: Signatures) -> list[Kept]:
    database = context().database
    with database.asking() as connection:
        known = [recall_review(connection, review) for _, review in made]
    if None not in known:  # an autosave that changed nothing: no write
        return [kept for kept in known if kept]
    # In the order of what names the drafts, so that two batches never wait for each other.
    order = sorted(
        range(len(made)), key=lambda index: identity_of(made[index][0].draft_id, made[index][1].content_hash)
    )
    with database.writing() as session:
        done = {
            index: keep_review(session, *made[index], signature=signatures.get(made[index][0].draft_id or ""))
            for index in order
        }
    return [done[index] for index in range(len(made))]
