"""The Flask application: settings, engine, store, blueprints; nothing else."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import Flask, Request
from werkzeug.middleware.proxy_fix import ProxyFix

from review_service import api, pages
from review_service.reviewer import Reviewer
from review_service.settings import Settings
from review_service.store import Database, open_database


class _Request(Request):
    """A request whose files stay in memory: they are bounded, and no draft is written where nobody looks after it."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def create_app(
    settings: Settings | None = None, reviewer: Reviewer | None = None, database: Database | None = None
) -> Flask:
    """Return the application.

    `settings` default to the environment's; `reviewer` is loaded and `database` opened as they say, unless given.

    Raises:
        ReviewServiceError: something it needs is missing or wrong; the message says what and what to do.
    """
    settings = settings or Settings.from_environment()
    app = Flask("review_service", static_folder=None)
    app.request_class = _Request
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body_bytes
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    reviewer = reviewer or Reviewer.load(settings)
    api.register(app, settings, reviewer, database or open_database(settings))
    pages.register(app)
    return app
