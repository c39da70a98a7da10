"""Errors as application/problem+json (RFC 9457): one shape for every one of them, 404 and 405 too."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from pydantic import BaseModel, Field
from werkzeug.exceptions import HTTPException

from review_service.api.context import json_response
from review_service.api.requests import InvalidRequestError
from review_service.errors import DraftError, StoreError

MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = 5
_log = logging.getLogger(__name__)


class FieldError(BaseModel):
    """What is wrong with one field of the request."""

    field: str = Field(description="The field, as in `title`, `images.0.url` or `drafts.3.body`.")
    message: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field("about:blank", description="The kind of problem.")
    title: str = Field(description="The kind of problem, in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong this time.")
    errors: list[FieldError] = Field(default_factory=list, description="The fields at fault, when there are any.")


def problem(status: int, title: str, detail: str, errors: list[tuple[str, str]] | None = None) -> Response:
    """Return an error response."""
    fields = [FieldError(field=field, message=message) for field, message in errors or []]
    body = Problem(type="about:blank", title=title, status=status, detail=detail, errors=fields)
    return json_response(body.model_dump(), status, MEDIA_TYPE)


def log_unexpected(error: Exception) -> None:
    """Log what nobody foresaw: its type and place only, as the message of an exception may quote the draft."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    _log.error("unexpected %s at %s", type(error).__name__, place)


def register(app: Flask) -> None:
    """Make every error of `app` a problem document."""

    @app.errorhandler(DraftError)
    def invalid_draft(error: DraftError) -> Response:
        return problem(422, "Unprocessable Content", f"The draft is not valid: {error}.", error.problems)

    @app.errorhandler(InvalidRequestError)
    def invalid_request(error: InvalidRequestError) -> Response:
        return problem(422, "Unprocessable Content", f"The request is not valid: {error}.", error.problems)

    @app.errorhandler(StoreError)
    def store_down(_error: StoreError) -> Response:
        response = problem(503, "Service Unavailable", "The database does not answer; nothing was changed.")
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(status, error.name, error.description or error.name)
        for name, value in error.get_headers(request.environ):
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log_unexpected(error)
        return problem(500, "Internal Server Error", "The review failed; the draft was not changed.")
