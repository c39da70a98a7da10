"""The HTTP interface: one blueprint per resource."""

from __future__ import annotations

from flask import Flask

from review_service.api import catalogue, documentation, monitoring, problems, reviews
from review_service.api.context import EXTENSION, Context
from review_service.api.metrics import Metrics
from review_service.reviewer import Reviewer
from review_service.settings import Settings


def register(app: Flask, settings: Settings, reviewer: Reviewer) -> None:
    """Put every resource on `app`."""
    app.extensions[EXTENSION] = Context(settings, reviewer, Metrics())
    problems.register(app)
    for blueprint in (reviews.blueprint, catalogue.blueprint, monitoring.blueprint, documentation.blueprint):
        app.register_blueprint(blueprint)
