"""What editors say of a review: of an issue, of its themes, and that they are done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict, NotFound

from review_service.api.access import EDITORS, identity, requires
from review_service.api.context import context, json_response
from review_service.api.requests import InvalidRequestError, body_as
from review_service.review import Status
from review_service.store.decisions import (
    Decision,
    correct_themes,
    decide,
    find_issue,
    find_review_to_change,
    finish,
    reopen,
    withdraw,
    withdraw_themes,
)
from review_service.store.deliveries import tell_finished
from review_service.store.models import IssueRow, ReviewRow, Verdict

blueprint = Blueprint("decisions", __name__)
_MOST_THEMES = 4


class DecisionRequest(BaseModel):
    """What an editor decides on an issue."""

    model_config = ConfigDict(extra="forbid")

    decision: Verdict = Field(
        description="accept: it is right; dismiss: it is not, or does not matter here; fixed: the text was changed."
    )
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = Field(
        None, description="Why; required to dismiss."
    )

    @model_validator(mode="after")
    def _dismissed_with_reason(self) -> DecisionRequest:
        if self.decision == "dismiss" and not self.reason:
            raise ValueError("reason: required to dismiss an issue")
        return self


class ThemesRequest(BaseModel):
    """The themes that an editor gives a draft."""

    model_config = ConfigDict(extra="forbid")

    themes: list[str] = Field(description="Names of the plan's themes; none means off plan.", max_length=_MOST_THEMES)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and how the review stands after it. `decision` is null when it was withdrawn."""

    decision: Decision | None
    status: Status
    undecided: int


@dataclass(frozen=True, slots=True)
class Finished:
    """When an editor was done with a draft, and who."""

    finished_at: datetime.datetime
    finished_by: str


@blueprint.post("/reviews/<review_id>/issues/<issue_id>/decision")
@requires(*EDITORS)
def take(review_id: str, issue_id: str) -> Response:
    """Decide on an issue; a dismissal holds in later revisions too."""
    asked = body_as(DecisionRequest)
    with context().database.writing() as session:
        review = _review(session, review_id)
        taken = decide(session, review, _issue(review, issue_id), asked.decision, asked.reason, identity().name)
        answer = Decided(taken, review.status, review.undecided)
    return json_response(answer)


@blueprint.delete("/reviews/<review_id>/issues/<issue_id>/decision")
@requires(*EDITORS)
def take_back(review_id: str, issue_id: str) -> Response:
    """Withdraw the decision on an issue."""
    with context().database.writing() as session:
        review = _review(session, review_id)
        if not withdraw(session, review, _issue(review, issue_id), identity().name):
            raise NotFound("There is no decision on this issue.")
        answer = Decided(None, review.status, review.undecided)
    return json_response(answer)


@blueprint.put("/reviews/<review_id>/themes")
@requires(*EDITORS)
def put_themes(review_id: str) -> Response:
    """Give the draft the editor's themes."""
    asked = body_as(ThemesRequest)
    plan = context().reviewer.plan.names
    problems = [(f"themes.{number}", "no such theme") for number, name in enumerate(asked.themes) if name not in plan]
    if len(set(asked.themes)) < len(asked.themes):
        problems.append(("themes", "a theme is named twice"))
    if problems:
        raise InvalidRequestError(problems)
    with context().database.writing() as session:
        given = correct_themes(session, _review(session, review_id), asked.themes, identity().name)
    return json_response(given)


@blueprint.delete("/reviews/<review_id>/themes")
@requires(*EDITORS)
def withdraw_editor_themes(review_id: str) -> Response:
    """Withdraw the editor's themes; the model's hold again."""
    with context().database.writing() as session:
        if not withdraw_themes(session, _review(session, review_id), identity().name):
            raise NotFound("No editor gave this draft its themes.")
    return Response(status=204)


@blueprint.put("/reviews/<review_id>/finished")
@requires(*EDITORS)
def put_finished(review_id: str) -> Response:
    """Say that an editor is done with the draft."""
    with context().database.writing() as session:
        review = _review(session, review_id)
        if not review.current:
            raise Conflict("The draft has a newer revision, which is to be read first.")
        answer = Finished(finish(session, review, identity().name), identity().name)
        if context().settings.webhook_url:
            tell_finished(session, review, answer.finished_at)
    return json_response(answer)


@blueprint.delete("/reviews/<review_id>/finished")
@requires(*EDITORS)
def delete_finished(review_id: str) -> Response:
    """Say that the draft is to be read again."""
    with context().database.writing() as session:
        reopen(session, _review(session, review_id), identity().name)
    return Response(status=204)


def _review(session: Session, review_id: str) -> ReviewRow:
    review = find_review_to_change(session, review_id)
    if review is None:
        raise NotFound("There is no review with this id.")
    return review


def _issue(review: ReviewRow, issue_id: str) -> IssueRow:
    issue = find_issue(review, issue_id)
    if issue is None:
        raise NotFound("The review has no issue with this id.")
    return issue
