"""POST /review and POST /review/batch: drafts in, reviews out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from review_service.api.access import ANY_ROLE, identity, requires
from review_service.api.context import context, json_response
from review_service.api.keeping import answer_and_keep, answer_only
from review_service.api.requests import OFFSETS, json_object, one_of
from review_service.draft import Draft
from review_service.errors import DraftError
from review_service.measures import Measures
from review_service.offsets16 import with_utf16_offsets
from review_service.review import AnsweredReview, Review
from review_service.reviewer import parse_draft
from review_service.settings import Settings

blueprint = Blueprint("reviews", __name__)


class Batch(BaseModel):
    """Several drafts at once."""

    model_config = ConfigDict(extra="forbid")

    drafts: list[Draft] = Field(description="The drafts, reviewed in order.")


class BatchReviews(BaseModel):
    """The reviews of a batch, in the order of its drafts."""

    reviews: list[AnsweredReview]


@blueprint.post("/review")
@requires(*ANY_ROLE)
def review() -> Response:
    """Review one draft."""
    draft = read_draft(json_object("draft"), context().settings)
    return json_response(_answers([draft])[0])


@blueprint.post("/review/batch")
@requires(*ANY_ROLE)
def review_batch() -> Response:
    """Review several drafts."""
    return json_response({"reviews": _answers(_read_batch())})


def _read_batch() -> list[Draft]:
    settings = context().settings
    data = json_object("draft")
    drafts = data.get("drafts")
    if not isinstance(drafts, list) or set(data) != {"drafts"}:
        raise DraftError([("drafts", "a batch is an object with one field, `drafts`, a list of drafts")])
    if len(drafts) > settings.max_batch_drafts:
        raise DraftError([("drafts", f"{len(drafts)} drafts; the limit is {settings.max_batch_drafts}")])
    parsed = []
    problems: list[tuple[str, str]] = []
    for number, item in enumerate(drafts):
        try:
            parsed.append(read_draft(item, settings))
        except DraftError as error:
            problems.extend((f"drafts.{number}.{field}", reason) for field, reason in error.problems)
    if problems:
        raise DraftError(problems)
    context().limiter.spend(identity(), len(parsed) - 1)  # the request itself was counted
    return parsed


def read_draft(data: object, settings: Settings) -> Draft:
    """Return the draft that `data` stands for, within the limits.

    Raises:
        DraftError: it is not in the contract's form, or a field is too long; the message names the field.
    """
    if not isinstance(data, dict):
        raise DraftError([("draft", "a draft is a JSON object")])
    problems = [
        (name, f"{len(value)} characters; the limit is {settings.max_field_characters}")
        for name, value in _texts(data)
        if len(value) > settings.max_field_characters
    ]
    if problems:
        raise DraftError(problems)
    return parse_draft(data)


def _texts(data: dict[str, Any]) -> list[tuple[str, str]]:
    texts = [(name, value) for name, value in data.items() if isinstance(value, str)]
    images = data.get("images")
    for number, image in enumerate(images if isinstance(images, list) else []):
        if isinstance(image, dict):
            texts.extend((f"images.{number}.{name}", value) for name, value in image.items() if isinstance(value, str))
    return texts


def _review(draft: Draft) -> Review:
    shared = context()
    measures = Measures()
    with shared.capacity.turn(), shared.metrics.review_seconds.time():
        made = shared.reviewer.review(draft, seconds=shared.settings.review_seconds, measures=measures)
    shared.metrics.observe(made, measures)
    return made


def _answers(drafts: list[Draft]) -> list[AnsweredReview]:
    """Review `drafts` and keep the reviews, as the query asks."""
    utf16 = one_of("offsets", *OFFSETS) == "utf16"
    answer = answer_and_keep if one_of("store", "yes", "no") == "yes" else answer_only
    answers = answer([(draft, _review(draft)) for draft in drafts])
    if utf16:
        return [with_utf16_offsets(made, draft) for made, draft in zip(answers, drafts, strict=True)]
    return answers
