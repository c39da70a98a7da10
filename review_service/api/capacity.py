"""How many reviews a worker takes on at once. Beyond it a request is turned away at once, so that those taken on stay quick.

A review is computation, which threads of one process do not do faster together: one runs, a few wait, and whoever comes
then is asked to come again (503 with Retry-After, RFC 9110 section 15.6.4).
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import Counter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATHS = ("/review", "/review/batch")
_PROBLEM = {
    "type": "about:blank",
    "title": "Service Unavailable",
    "status": 503,
    "detail": "All places for reviews are taken; come again shortly.",
    "errors": [],
}


class Capacity:
    """The places of one worker: one for the review that runs, `waiting` for those that wait.

    A request takes its place when its body (at most `max_body_bytes`) is there, so that a slow client holds none.
    """

    def __init__(self, waiting: int, max_body_bytes: int, turned_away: Counter) -> None:
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._max_body_bytes = max_body_bytes
        self._running = threading.Lock()
        self._turned_away = turned_away

    def guard(self, application: WSGIApplication) -> WSGIApplication:
        """Return `application` behind the gate: reviews find a place or are turned away before anything else is done."""
        body = json.dumps(_PROBLEM).encode()
        headers = [
            ("Content-Type", "application/problem+json"),
            ("Content-Length", str(len(body))),
            ("Retry-After", "1"),
        ]

        def guarded(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if environment["REQUEST_METHOD"] != "POST" or environment["PATH_INFO"] not in _PATHS:
                return application(environment, start_response)
            environment["wsgi.input"] = io.BytesIO(environment["wsgi.input"].read(self._length(environment)))
            if not self._places.acquire(blocking=False):
                self._turned_away.inc()
                start_response("503 Service Unavailable", headers)
                return [body]
            try:
                return application(environment, start_response)  # the answer is whole by then, not streamed
            finally:
                self._places.release()

        return guarded

    def _length(self, environment: WSGIEnvironment) -> int:
        """Return how many bytes to read: what is told, and no more than shows that a body is too long."""
        told = environment.get("CONTENT_LENGTH") or ""
        most = self._max_body_bytes + 1
        return min(int(told), most) if told.isdecimal() else most

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this request's turn to compute."""
        with self._running:
            yield
