"""The Flask application: settings, engine, blueprints; nothing else."""

from __future__ import annotations

from flask import Flask

from review_service import api
from review_service.reviewer import Reviewer
from review_service.settings import Settings


def create_app(settings: Settings | None = None, reviewer: Reviewer | None = None) -> Flask:
    """Return the application.

    `settings` default to the environment's; `reviewer` is loaded from them unless given.

    Raises:
        ReviewServiceError: something it needs is missing or wrong; the message says what and what to do.
    """
    settings = settings or Settings.from_environment()
    app = Flask("review_service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body_bytes
    api.register(app, settings, reviewer or Reviewer.load(settings))
    return app
