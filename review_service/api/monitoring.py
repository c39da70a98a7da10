"""GET /health (alive), GET /ready (loaded), GET /metrics (Prometheus). No draft text, key or address is ever a label."""

from __future__ import annotations

import os

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from pydantic import BaseModel

from review_service.api.context import context, json_response
from review_service.review import Review

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


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.review_seconds = Histogram(
            "review_seconds", "Seconds to review one draft.", registry=self.registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )  # fmt: skip
        self.reviews = Counter("reviews", "Drafts reviewed, by status.", ["status"], registry=self.registry)
        self.issues = Counter("review_issues", "Issues raised, by code.", ["code"], registry=self.registry)
        self.themes = Counter(
            "review_themes", "Themes chosen; off_plan when none was.", ["theme"], registry=self.registry
        )

    def observe(self, review: Review) -> None:
        """Count a finished review."""
        self.reviews.labels(review.status).inc()
        for issue in review.issues:
            self.issues.labels(issue.code).inc()
        for theme in review.themes:
            if theme.selected:
                self.themes.labels(theme.theme).inc()
        if review.off_plan:
            self.themes.labels("off_plan").inc()

    def exposition(self) -> bytes:
        """Return the metrics in Prometheus's text format, over all workers when they share a folder."""
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self.registry)


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
