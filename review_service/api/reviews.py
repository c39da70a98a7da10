"""POST /review, /review/batch and /review/file: drafts in, reviews out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, create_model
from werkzeug.exceptions import UnsupportedMediaType

from review_service.api.access import ANY_ROLE, identity, requires
from review_service.api.context import context, json_response
from review_service.api.keeping import answer_and_keep, answer_only
from review_service.api.requests import OFFSETS, json_object, one_of
from review_service.checklist.duplicates import EarlierDrafts
from review_service.draft import Draft
from review_service.draft_file import draft_fields
from review_service.errors import DraftError
from review_service.measures import Measures
from review_service.offsets16 import with_utf16_offsets
from review_service.review import AnsweredReview, Review
from review_service.reviewer import parse_draft
from review_service.settings import Settings
from review_service.store.signatures import DraftsInStore

blueprint = Blueprint("reviews", __name__)


class Batch(BaseModel):
    """Several drafts at once."""

    model_config = ConfigDict(extra="forbid")

    drafts: list[Draft] = Field(description="The drafts, reviewed in order.")


class BatchReviews(BaseModel):
    """The reviews of a batch, in the order of its drafts."""

    reviews: list[AnsweredReview]


# What a form says beside the file: a draft's fields but those that the file gives, and pictures, which no form can hold.
_BESIDE = {name: field for name, field in Draft.model_fields.items() if name not in ("body", "format", "images")}
DraftFile = create_model(
    "DraftFile",
    __config__=ConfigDict(extra="forbid"),
    __doc__="A draft as a file, with what the file does not say.",
    file=(
        Annotated[
            bytes, Field(json_schema_extra={"format": "binary"}, description="A .docx, .html, .md or .txt file.")
        ],
        ...,
    ),
    **{name: (field.rebuild_annotation(), field) for name, field in _BESIDE.items()},  # type: ignore[call-overload]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview(AnsweredReview):
    """The review of a file, with the draft that was read from it: positions are those of its fields."""

    draft: Draft


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


@blueprint.post("/review/file")
@requires(*ANY_ROLE)
def review_file() -> Response:
    """Review a draft that is sent as a file."""
    draft = _read_file()
    (made,) = _answers([draft])
    values = {field.name: getattr(made, field.name) for field in fields(AnsweredReview)}
    return json_response(FileReview(**values, draft=draft))


def _read_file() -> Draft:
    """Return the draft of a form; what it says beside the file stands over what the file says."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data, in the field `file`.")
    request.max_content_length = request.max_form_memory_size = context().settings.max_file_bytes
    sent = request.files.getlist("file")
    if len(sent) != 1 or set(request.files) != {"file"} or not sent[0].filename:
        raise DraftError([("file", "one file is sent in the field `file`, with its name")])
    unknown = set(request.form) - set(_BESIDE)
    if unknown:
        raise DraftError([(name, "not a field that goes with a file") for name in sorted(unknown)])
    beside = {name: value for name, value in request.form.items() if value}
    return read_draft({**draft_fields(sent[0].filename, sent[0].read()), **beside}, context().settings)


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


def _review(draft: Draft, earlier: EarlierDrafts) -> Review:
    shared = context()
    measures = Measures()
    with shared.capacity.turn(), shared.metrics.review_seconds.time():
        made = shared.reviewer.review(draft, seconds=shared.settings.review_seconds, measures=measures, earlier=earlier)
    shared.metrics.observe(made, measures)
    return made


def _answers(drafts: list[Draft]) -> list[AnsweredReview]:
    """Review `drafts` and keep the reviews, as the query asks."""
    utf16 = one_of("offsets", *OFFSETS) == "utf16"
    store = one_of("store", "yes", "no") == "yes"
    earlier = DraftsInStore(context().database)
    made = [(draft, _review(draft, earlier)) for draft in drafts]
    answers = answer_and_keep(made, earlier.signatures) if store else answer_only(made)
    if utf16:
        return [with_utf16_offsets(made, draft) for made, draft in zip(answers, drafts, strict=True)]
    return answers
