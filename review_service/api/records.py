"""GET /reviews and GET /reviews/{review_id}: what was reviewed, and what editors said of it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from review_service.api.access import ANY_ROLE, EDITORS, requires
from review_service.api.context import context, json_response
from review_service.api.requests import OFFSETS, one_of, query_as
from review_service.offsets16 import with_utf16_offsets
from review_service.store.queue import Filters, list_reviews
from review_service.store.records import read_record

blueprint = Blueprint("records", __name__)


@blueprint.get("/reviews")
@requires(*EDITORS)
def reviews() -> Response:
    """List drafts by their current review."""
    filters = query_as(Filters)
    with context().database.reading() as session:
        return json_response(list_reviews(session, filters))


@blueprint.get("/reviews/<review_id>")
@requires(*ANY_ROLE)
def review(review_id: str) -> Response:
    """Show a kept review with its draft and the decisions on it."""
    utf16 = one_of("offsets", *OFFSETS) == "utf16"
    with context().database.reading() as session:
        record = read_record(session, review_id)
    if record is None:
        raise NotFound("There is no review with this id.")
    if utf16 and record.review and record.draft:
        record = replace(record, review=with_utf16_offsets(record.review, record.draft))
    return json_response(record)
