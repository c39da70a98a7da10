"""The HTTP interface: one blueprint per resource."""

from __future__ import annotations

import logging

from flask import Flask

from review_service.api import (
    access,
    catalogue,
    decisions,
    documentation,
    drafts,
    headers,
    maintenance,
    monitoring,
    problems,
    records,
    reviews,
    session,
    tracing,
)
from review_service.api.capacity import Capacity
from review_service.api.context import EXTENSION, Context
from review_service.api.engine import Engine
from review_service.api.limits import Limiter
from review_service.api.metrics import Metrics
from review_service.api.recent import RecentKeys
from review_service.errors import StoreError
from review_service.reviewer import Reviewer
from review_service.settings import Settings
from review_service.store import Database
from review_service.store.modelversions import note_live_model

_RESOURCES = (reviews, records, decisions, drafts, catalogue, session, maintenance, monitoring, documentation)
_log = logging.getLogger(__name__)


def register(app: Flask, settings: Settings, reviewer: Reviewer, database: Database) -> None:
    """Put every resource on `app`."""

    def note(live: Reviewer) -> None:
        try:
            with database.writing() as opened:
                note_live_model(opened, live.model.version, live.plan.plan, "service")
        except StoreError as error:
            _log.warning("the database does not answer: %s", error)

    metrics = Metrics()
    capacity = Capacity(
        settings.max_waiting_reviews, settings.max_body_bytes, settings.max_file_bytes, metrics.turned_away
    )
    app.extensions[EXTENSION] = Context(
        settings, Engine(reviewer, settings.models, note), database, metrics, Limiter(settings), capacity, RecentKeys()
    )
    app.wsgi_app = capacity.guard(app.wsgi_app)  # type: ignore[method-assign, assignment]
    for concern in (tracing, problems, access, headers):
        concern.register(app)
    for resource in _RESOURCES:
        app.register_blueprint(resource.blueprint)
    if settings.access == "open":
        _log.warning("access is open: nobody is asked for a key")
    note(reviewer)
