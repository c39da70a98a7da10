"""The drafts that were reviewed, each by its current review: filtered, searched, page by page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from review_service.draft import IsoDate
from review_service.review import Status
from review_service.store.models import DraftRow, DraftThemeRow, IssueRow, ReviewRow
from review_service.store.words import searchable

Order = Literal["newest", "oldest", "severest"]


class Filters(BaseModel):
    """Which drafts to list, and in what order; every filter that is given must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: str | None = Field(None, description="The contributing unit, exactly.")
    author: str | None = Field(None, description="The author, exactly.")
    theme: str | None = Field(None, description="A theme the draft is about; `off_plan` for none.")
    code: str | None = Field(None, description="A code, or a family of codes, of an issue that is not dismissed.")
    status: Status | None = Field(None, description="The review's status.")
    since: IsoDate | None = Field(None, description="The first date of the draft.")
    until: IsoDate | None = Field(None, description="The last date of the draft.")
    finished: bool | None = Field(None, description="Whether an editor is done with it.")
    search: str | None = Field(None, description="Words of title, author, unit or id; case and diacritics do not matter.", max_length=200)  # fmt: skip
    order: Order = Field("newest", description="By the last review: newest or oldest first; or the severest first.")
    limit: int = Field(50, ge=1, le=200, description="How many to list.")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many to pass over.")


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """A draft in a list, with its current review. `themes` are the editor's when `themes_confirmed`."""

    review_id: str
    draft_id: str | None
    revision: int
    title: str | None
    author: str | None
    unit: str | None
    date: datetime.date
    status: Status
    errors: int
    warnings: int
    suggestions: int
    undecided: int
    themes: tuple[str, ...]
    themes_confirmed: bool
    received_at: datetime.datetime
    reviewed_at: datetime.datetime
    finished_at: datetime.datetime | None
    finished_by: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list; `total` counts the whole."""

    reviews: tuple[ReviewSummary, ...]
    total: int
    limit: int
    offset: int


def list_reviews(session: Session, filters: Filters) -> Page:
    """Return the drafts that `filters` let through."""
    conditions = [(ReviewRow.draft_key == DraftRow.id) & ReviewRow.current, *_conditions(filters)]
    total = session.scalar(select(func.count()).select_from(DraftRow, ReviewRow).where(*conditions))
    chosen = (
        select(ReviewRow)
        .where(*conditions)
        .order_by(*_ORDERS[filters.order], DraftRow.id.desc())
        .limit(filters.limit)
        .offset(filters.offset)
        .options(
            selectinload(ReviewRow.revision),
            selectinload(ReviewRow.draft).options(selectinload(DraftRow.themes), selectinload(DraftRow.correction)),
        )
    )
    return Page(tuple(map(summary_of, session.scalars(chosen))), total or 0, filters.limit, filters.offset)


def units_in_use(session: Session) -> list[str]:
    """Return the units that contributed a draft, by name."""
    chosen = select(DraftRow.unit).where(DraftRow.unit.is_not(None)).distinct().order_by(DraftRow.unit)
    return [unit for unit in session.scalars(chosen) if unit]


def summary_of(review: ReviewRow) -> ReviewSummary:
    """Return what a list says of a review."""
    draft = review.draft
    return ReviewSummary(
        review_id=review.review_id,
        draft_id=draft.draft_id,
        revision=review.revision.number,
        title=draft.title,
        author=draft.author,
        unit=draft.unit,
        date=draft.date,
        status=review.status,
        errors=review.errors,
        warnings=review.warnings,
        suggestions=review.suggestions,
        undecided=review.undecided,
        themes=tuple(sorted(row.theme for row in draft.themes)),
        themes_confirmed=draft.correction is not None,
        received_at=draft.received_at,
        reviewed_at=draft.reviewed_at,
        finished_at=draft.finished_at,
        finished_by=draft.finished_by,
    )


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield what must hold of drafts and their current reviews."""
    for column, value in (
        (DraftRow.unit, filters.unit),
        (DraftRow.author, filters.author),
        (ReviewRow.status, filters.status),
    ):
        if value is not None:
            yield column == value
    if filters.since:
        yield DraftRow.date >= filters.since
    if filters.until:
        yield DraftRow.date <= filters.until
    if filters.finished is not None:
        yield DraftRow.finished_at.is_not(None) if filters.finished else DraftRow.finished_at.is_(None)
    if filters.theme == "off_plan":
        yield ~DraftRow.themes.any()
    elif filters.theme:
        yield DraftRow.themes.any(DraftThemeRow.theme == filters.theme)
    if filters.code:
        of_code = (IssueRow.code == filters.code) | IssueRow.code.startswith(f"{filters.code}.", autoescape=True)
        yield ReviewRow.issues.any(of_code & ~IssueRow.dismissed)
    for word in searchable(filters.search).split():
        yield DraftRow.search.contains(word, autoescape=True)


_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    "newest": (DraftRow.reviewed_at.desc(),),
    "oldest": (DraftRow.reviewed_at.asc(),),
    "severest": (ReviewRow.errors.desc(), ReviewRow.warnings.desc(), ReviewRow.suggestions.desc()),
}
