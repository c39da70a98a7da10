"""/editor/report: the plan's results over a period, to read, as .docx and as .xlsx."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import NamedTuple

from flask import Response, request, send_file
from pydantic import BaseModel, ConfigDict, Field, model_validator

from review_service.api.access import EDITORS, requires
from review_service.api.context import context
from review_service.api.requests import query_as
from review_service.draft import IsoDate
from review_service.pages.frame import language, page, render
from review_service.store.statistics import Statistics, statistics_of

blueprint = page("report")
_LONGEST = datetime.timedelta(days=366 * 10)


class Period(BaseModel):
    """The period of a report: by default, the half-year that today is in."""

    model_config = ConfigDict(extra="forbid")

    since: IsoDate = Field(default_factory=lambda: half_year(datetime.date.today())[0])
    until: IsoDate = Field(default_factory=lambda: half_year(datetime.date.today())[1])
    language: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if not datetime.timedelta(0) <= self.until - self.since <= _LONGEST:
            raise ValueError("until: after since, by ten years at most")
        return self


class Choice(NamedTuple):
    """A period to choose at one click."""

    half: int  # 1, 2; 0 for a whole year
    year: int
    since: datetime.date
    until: datetime.date


def half_year(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the half-year that `day` is in."""
    if day.month <= 6:
        return datetime.date(day.year, 1, 1), datetime.date(day.year, 6, 30)
    return datetime.date(day.year, 7, 1), datetime.date(day.year, 12, 31)


@blueprint.get("/editor/report")
@requires(*EDITORS)
def show() -> str:
    """Show the report."""
    figures = _figures()
    plan = context().reviewer.plan
    chosen = language()
    catalogue = context().reviewer.knowledge.catalogue
    severities = {code: entry.severity for item in catalogue.items.values() for code, entry in item.codes.items()}
    return render(
        "report.html",
        figures=figures,
        plan=plan,
        labels={theme.theme: theme.label.in_language(chosen) for theme in plan.themes},
        starved=figures.starved(plan.names),
        most=max([1, *figures.themes.values()]),
        tallest=max([1, *figures.by_month.values()]),
        severities=severities,
        choices=_choices(datetime.date.today()),
        query=request.query_string.decode(),
    )


@blueprint.get("/editor/report.docx")
@requires(*EDITORS)
def docx() -> Response:
    """Download the report as a document, laid out as an administrative report."""
    from review_service.pages.report_docx import write_docx  # here: the library would slow every start

    return _download(write_docx(_figures(), context().reviewer.plan), "docx", "wordprocessingml.document")


@blueprint.get("/editor/report.xlsx")
@requires(*EDITORS)
def xlsx() -> Response:
    """Download the report's figures as a workbook."""
    from review_service.pages.report_xlsx import write_xlsx

    return _download(write_xlsx(_figures(), context().reviewer.plan), "xlsx", "spreadsheetml.sheet")


def _figures() -> Statistics:
    period = query_as(Period)
    with context().database.reading() as session:
        return statistics_of(session, period.since, period.until)


def _download(content: bytes, kind: str, media_type: str) -> Response:
    return send_file(
        BytesIO(content),
        f"application/vnd.openxmlformats-officedocument.{media_type}",
        as_attachment=True,
        download_name=f"bao-cao.{kind}",
    )


def _choices(today: datetime.date) -> list[Choice]:
    """Return this year's and last year's halves and wholes, the latest first."""
    found = []
    for year in (today.year, today.year - 1):
        middle = datetime.date(year, 6, 30)
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        found += [
            Choice(2, year, middle + datetime.timedelta(days=1), last),
            Choice(1, year, first, middle),
            Choice(0, year, first, last),
        ]
    return [choice for choice in found if choice.since <= today]
