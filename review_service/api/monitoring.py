"""GET /health (alive), GET /ready (loaded), GET /metrics (Prometheus). No draft text, key or address is ever a label."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from review_service.api.access import ANY_ROLE, open_to_all, requires
from review_service.api.context import context, json_response
from review_service.errors import StoreError

blueprint = Blueprint("monitoring", __name__)


class Health(BaseModel):
    """The process answers."""

    status: str


class Ready(BaseModel):
    """Model and knowledge are loaded. While the store is unavailable, reviews are answered but not kept."""

    status: str
    plan: str
    checklist_version: str
    model_version: str
    store: Literal["ok", "unavailable"]


@blueprint.get("/health")
@open_to_all
def health() -> Response:
    """Say that the process is alive."""
    return json_response({"status": "ok"})


@blueprint.get("/ready")
@open_to_all
def ready() -> Response:
    """Say that model and knowledge are loaded, and which."""
    reviewer = context().reviewer
    return json_response(
        Ready(
            status="ok",
            plan=reviewer.plan.plan,
            checklist_version=reviewer.knowledge.version,
            model_version=reviewer.model.version,
            store=_store(),
        ).model_dump()
    )


def _store() -> Literal["ok", "unavailable"]:
    try:
        with context().database.reading():
            return "ok"
    except StoreError:
        return "unavailable"


@blueprint.get("/metrics")
@requires(*ANY_ROLE)
def metrics() -> Response:
    """Show the metrics."""
    return Response(context().metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
