"""What the resources of one application share."""

from __future__ import annotations

from typing import NamedTuple, cast

import orjson
from flask import Response, current_app
from pydantic import BaseModel

from review_service.api.capacity import Capacity
from review_service.api.engine import Engine
from review_service.api.limits import Limiter
from review_service.api.metrics import Metrics
from review_service.api.recent import RecentKeys
from review_service.reviewer import Reviewer
from review_service.settings import Settings
from review_service.store import Database

EXTENSION = "review_service"


class Context(NamedTuple):
    """The engine, the settings, the database, the limits and the metrics of the running application."""

    settings: Settings
    engine: Engine
    database: Database
    metrics: Metrics
    limiter: Limiter
    capacity: Capacity
    recent_keys: RecentKeys

    @property
    def reviewer(self) -> Reviewer:
        """The reviewer, with the theme model that is in service."""
        return self.engine.reviewer


def context() -> Context:
    """Return what the current application shares."""
    return cast(Context, current_app.extensions[EXTENSION])


def json_response(value: object, status: int = 200, media_type: str = "application/json") -> Response:
    """Return `value` (plain values, dataclasses, models) as a JSON response."""
    return Response(orjson.dumps(value, default=_plain), status, mimetype=media_type)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(type(value).__name__)
