"""The figures of a period that the report on the plan's results rests on (the plan's III.1 and II.7).

A draft belongs to a period by its date. An issue counts once in a draft, through all its revisions: *fixed* when the
current revision no longer has it, *dismissed* when an editor said that it does not matter, else it *stands*.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, extract, func, select
from sqlalchemy.orm import Session

from review_service.store.models import DraftRow, DraftThemeRow, IssueRow, ReviewRow, RevisionRow

Month = tuple[int, int]  # year, month
_COMMENDED_UNITS = 3
_COMMENDED_AUTHORS = 5
_FEWEST = 3  # items that were read, for a commendation
_STARVED = 1 / 3  # of the average of the plan's themes


@dataclass(frozen=True, slots=True)
class IssueFigures:
    """How often a code was raised, and what became of it."""

    code: str
    raised: int
    fixed: int
    dismissed: int
    by_month: dict[Month, int]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a unit, or an author of a unit, contributed. `right_first`: no error in the first revision."""

    unit: str | None
    author: str | None
    items: int
    read: int
    right_first: int

    @property
    def share_right(self) -> float:
        """The share of items without an error from the start."""
        return self.right_first / self.items if self.items else 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a period. `themes` counts items by theme; an item counts under each of its themes."""

    since: datetime.date
    until: datetime.date
    items: int
    read: int
    off_plan: int
    confirmed: int
    themes: dict[str, int]
    by_month: dict[Month, int]
    units: tuple[Contribution, ...]
    authors: tuple[Contribution, ...]
    issues: tuple[IssueFigures, ...]

    @property
    def raised(self) -> int:
        """How many issues were raised."""
        return sum(one.raised for one in self.issues)

    @property
    def fixed(self) -> int:
        """How many of them were fixed before an editor was done with the draft."""
        return sum(one.fixed for one in self.issues)

    @property
    def dismissed(self) -> int:
        """How many editors dismissed."""
        return sum(one.dismissed for one in self.issues)

    @property
    def months(self) -> list[Month]:
        """The months of the period, in order."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.since, self.until))
        return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]

    def starved(self, plan: Iterable[str]) -> list[str]:
        """Return the themes of the plan with less than a third of the average number of items, the fewest first."""
        counts = {theme: self.themes.get(theme, 0) for theme in plan}
        least = sum(counts.values()) / len(counts) * _STARVED if counts else 0.0
        return sorted((theme for theme, count in counts.items() if count < least or not count), key=counts.__getitem__)

    def commended_units(self) -> list[Contribution]:
        """Return the units to commend: as `_commended` says."""
        return _commended(self.units, _COMMENDED_UNITS)

    def commended_authors(self) -> list[Contribution]:
        """Return the contributors to commend: as `_commended` says."""
        return _commended(self.authors, _COMMENDED_AUTHORS)


def statistics_of(session: Session, since: datetime.date, until: datetime.date) -> Statistics:
    """Return the figures of the drafts dated from `since` to `until`, both included."""
    period = DraftRow.date.between(since, until)
    items, read = session.execute(
        select(func.count(), func.count(DraftRow.finished_at)).where(period).select_from(DraftRow)
    ).one()
    by_theme = session.execute(
        select(DraftThemeRow.theme, func.count())
        .join(DraftRow, DraftRow.id == DraftThemeRow.draft_key)
        .where(period)
        .group_by(DraftThemeRow.theme)
    )
    year, month = extract("year", DraftRow.date), extract("month", DraftRow.date)
    by_month = session.execute(select(year, month, func.count()).where(period).group_by(year, month))
    return Statistics(
        since=since,
        until=until,
        items=items,
        read=read,
        off_plan=_count(session, period, ~DraftRow.themes.any()),
        confirmed=_count(session, period, DraftRow.correction.has()),
        themes={row.theme: row[1] for row in by_theme},
        by_month={(int(of), int(at)): count for of, at, count in by_month},
        units=_contributions(session, period, DraftRow.unit),
        authors=_contributions(session, period, DraftRow.unit, DraftRow.author),
        issues=_issues(session, period),
    )


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(DraftRow).where(*conditions)) or 0


def _contributions(session: Session, period: ColumnElement[bool], *by: Any) -> tuple[Contribution, ...]:
    """Return the contributions by unit, or by unit and author; the most items first."""
    first = _errors_at_first()
    right = func.sum(case((first.c.errors == 0, 1), else_=0))
    rows = session.execute(
        select(func.count(), func.count(DraftRow.finished_at), right, *by)
        .join(first, first.c.draft_key == DraftRow.id, isouter=True)
        .where(period, by[-1].is_not(None))
        .group_by(*by)
        .order_by(func.count().desc(), *by)
    )
    return tuple(
        Contribution(names[0], names[1] if len(names) > 1 else None, items, read, right_first or 0)
        for items, read, right_first, *names in rows
    )


def _errors_at_first() -> Subquery:
    """Return the errors of each draft's first revision."""
    return (
        select(ReviewRow.draft_key, func.max(ReviewRow.errors).label("errors"))
        .join(RevisionRow)
        .where(RevisionRow.number == 1)
        .group_by(ReviewRow.draft_key)
        .subquery()
    )


def _issues(session: Session, period: ColumnElement[bool]) -> tuple[IssueFigures, ...]:
    year, month = extract("year", DraftRow.date).label("year"), extract("month", DraftRow.date).label("month")
    # The words tell an issue through revisions even when others around it were edited.
    words = func.coalesce(IssueRow.text, IssueRow.fingerprint)
    once = (
        select(
            IssueRow.code,
            year,
            month,
            func.max(case((ReviewRow.current, 1), else_=0)).label("stands"),
            func.max(case((IssueRow.dismissed, 1), else_=0)).label("dismissed"),
        )
        .join(ReviewRow, ReviewRow.id == IssueRow.review_key)
        .join(DraftRow, DraftRow.id == ReviewRow.draft_key)
        .where(period)
        .group_by(DraftRow.id, IssueRow.code, words, year, month)
        .subquery()
    )
    gone = case(((once.c.stands == 0) & (once.c.dismissed == 0), 1), else_=0)
    rows = session.execute(
        select(once.c.code, once.c.year, once.c.month, func.count(), func.sum(gone), func.sum(once.c.dismissed))
        .group_by(once.c.code, once.c.year, once.c.month)
        .order_by(once.c.code)
    )
    figures: dict[str, list[Any]] = {}
    for code, of, at, raised, fixed, dismissed in rows:
        one = figures.setdefault(code, [0, 0, 0, {}])
        one[0] += raised
        one[1] += fixed
        one[2] += dismissed
        one[3][int(of), int(at)] = raised
    found = [IssueFigures(code, *values) for code, values in figures.items()]
    return tuple(sorted(found, key=lambda one: (-one.raised, one.code)))


def _commended(all_: tuple[Contribution, ...], most: int) -> list[Contribution]:
    """Return who had at least three items read and no fewer right from the start than all did together, the most first."""
    items = sum(one.items for one in all_)
    usual = sum(one.right_first for one in all_) / items if items else 0.0
    worthy = [one for one in all_ if one.read >= _FEWEST and one.share_right >= usual]
    return sorted(worthy, key=lambda one: (-one.read, -one.share_right))[:most]
