"""POST /review and POST /review/batch: drafts in, reviews out."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from review_service.api.context import context, json_response
from review_service.draft import Draft
from review_service.errors import DraftError
from review_service.offsets16 import with_utf16_offsets
from review_service.review import Review
from review_service.reviewer import parse_draft
from review_service.settings import Settings

blueprint = Blueprint("reviews", __name__)
_OFFSETS = ("codepoints", "utf16")


class Batch(BaseModel):
    """Several drafts at once."""

    model_config = ConfigDict(extra="forbid")

    drafts: list[Draft] = Field(description="The drafts, reviewed in order.")


class BatchReviews(BaseModel):
    """The reviews of a batch, in the order of its drafts."""

    reviews: list[Review]


@blueprint.post("/review")
def review() -> Response:
    """Review one draft."""
    offsets = _offsets()
    draft = read_draft(_json_object(), context().settings)
    return json_response(_review(draft, offsets))


@blueprint.post("/review/batch")
def review_batch() -> Response:
    """Review several drafts."""
    offsets = _offsets()
    settings = context().settings
    data = _json_object()
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
    return json_response({"reviews": [_review(draft, offsets) for draft in parsed]})


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


def _review(draft: Draft, offsets: str) -> dict[str, Any]:
    shared = context()
    with shared.metrics.review_seconds.time():
        made = shared.reviewer.review(draft)
    shared.metrics.observe(made)
    return (with_utf16_offsets(made, draft) if offsets == "utf16" else made).to_dict()


def _offsets() -> str:
    offsets = request.args.get("offsets", "codepoints")
    if offsets not in _OFFSETS:
        raise DraftError([("offsets", f"one of {', '.join(_OFFSETS)}")])
    return offsets


def _json_object() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the draft as application/json.")
    try:
        data = orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    if not isinstance(data, dict):
        raise DraftError([("draft", "the body must be a JSON object")])
    return data
