"""GET /health (alive), GET /ready (loaded), GET /metrics (Prometheus). No draft text, key or address is ever a label."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from review_service.api.context import context, json_response

blueprint = Blueprint("monitoring", __name__)


class Health(BaseModel):
    """The process answers."""

    status: str


class Ready(BaseModel):
    """Model and knowledge are loaded."""

    status: str
    plan: str
    checklist_version: str
    model_version: str


@blueprint.get("/health")
def health() -> Response:
    """Say that the process is alive."""
    return json_response({"status": "ok"})


@blueprint.get("/ready")
def ready() -> Response:
    """Say that model and knowledge are loaded, and which."""
    reviewer = context().reviewer
    return json_response(
        Ready(
            status="ok",
            plan=reviewer.plan.plan,
            checklist_version=reviewer.knowledge.version,
            model_version=reviewer.model.version,
        ).model_dump()
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Show the metrics."""
    return Response(context().metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
