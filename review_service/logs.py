"""How log lines look: plain text for people, or JSON for what collects logs (`REVIEW_LOG_FORMAT`)."""

from __future__ import annotations

import logging

from flask import g, has_request_context
from pythonjsonlogger.json import JsonFormatter

from review_service.settings import Settings

_TEXT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
_JSON = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


class RequestIdFilter(logging.Filter):
    """Puts the id of the request that is being answered on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the id on `record`; `-` outside a request."""
        record.request_id = request_id()
        return True


def request_id() -> str:
    """Return the id of the request that is being answered; `-` outside one."""
    return str(g.get("request_id", "-")) if has_request_context() else "-"


def set_up_logs(settings: Settings) -> None:
    """Send the log to stderr in the format and from the level that `settings` name."""
    handler = logging.StreamHandler()
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(
        JsonFormatter(_JSON, rename_fields=_NAMES) if settings.log_format == "json" else logging.Formatter(_TEXT)
    )
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
