"""Reviews with offsets in UTF-16 code units, as JavaScript counts, instead of code points."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TypeVar

from review_service.draft import Draft
from review_service.review import AnsweredReview, Issue, Review

AnyReview = TypeVar("AnyReview", bound=Review)


def with_utf16_offsets(review: AnyReview, draft: Draft) -> AnyReview:
    """Return `review`, made of `draft`, with every `start` and `end` in UTF-16 code units."""
    astral: dict[str, list[int]] = {}

    def units(field: str, offset: int) -> int:
        if field not in astral:
            astral[field] = [index for index, character in enumerate(_text(draft, field)) if ord(character) > 0xFFFF]
        return offset + bisect_left(astral[field], offset)

    def moved(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
        return tuple(
            issue
            if issue.field is None or issue.start is None or issue.end is None
            else replace(issue, start=units(issue.field, issue.start), end=units(issue.field, issue.end))
            for issue in issues
        )

    themes = tuple(
        replace(
            theme,
            evidence=tuple(
                replace(piece, start=units(piece.field, piece.start), end=units(piece.field, piece.end))
                for piece in theme.evidence
            ),
        )
        for theme in review.themes
    )
    if isinstance(review, AnsweredReview):
        review = replace(review, dismissed=moved(review.dismissed))
    return replace(review, issues=moved(review.issues), themes=themes)


def _text(draft: Draft, field: str) -> str:
    """Return a field of `draft` by its name in issues, `images[N].caption` included."""
    if field.startswith("images["):
        number, _, name = field.removeprefix("images[").partition("].")
        return getattr(draft.images[int(number)], name) or ""
    return getattr(draft, field) or ""
