"""What the resources of one application share."""

from __future__ import annotations

from typing import NamedTuple, cast

import orjson
from flask import Response, current_app

from review_service.api.metrics import Metrics
from review_service.reviewer import Reviewer
from review_service.settings import Settings

EXTENSION = "review_service"


class Context(NamedTuple):
    """The engine, the settings and the metrics of the running application."""

    settings: Settings
    reviewer: Reviewer
    metrics: Metrics


def context() -> Context:
    """Return what the current application shares."""
    return cast(Context, current_app.extensions[EXTENSION])


def json_response(value: object, status: int = 200, media_type: str = "application/json") -> Response:
    """Return `value` as a JSON response."""
    return Response(orjson.dumps(value), status, mimetype=media_type)
