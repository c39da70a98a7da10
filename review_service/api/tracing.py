"""A line of log for every request, and an id by which it is found again: taken from `X-Request-ID`, or made.

The line names the route and never its parameters, its body or an address: drafts are unpublished.
"""

from __future__ import annotations

import logging
import re
import time
import uuid

from flask import Flask, Response, g, request

from review_service.logs import request_id

HEADER = "X-Request-ID"
_SOUND = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_QUIET = ("monitoring.health", "monitoring.ready", "monitoring.metrics")  # asked for every few seconds
_log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Give every request of `app` its id, and a line when it was answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _SOUND.fullmatch(given) else uuid.uuid4().hex
        g.request_began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        if request.endpoint not in _QUIET:
            took = (time.perf_counter() - g.get("request_began", time.perf_counter())) * 1000
            facts = {
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "milliseconds": round(took, 1),
            }
            _log.info("%(method)s %(route)s %(status)s %(milliseconds)s ms", facts, extra=facts)
        return response
