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

_FILE_PATH = "/review/file"
_PATHS = ("/review", "/review/batch", _FILE_PATH)
_NO_PLACE = ("503 Service Unavailable", "All places for reviews are taken; come again shortly.", [("Retry-After", "1")])
_CUT_SHORT: tuple[str, str, list[tuple[str, str]]] = (
    "400 Bad Request",
    "The body ended before the whole of it had come.",
    [],
)


class Capacity:
    """The places of one worker: one for the review that runs, `waiting` for those that wait.

    A request takes its place when its body (at most `max_body_bytes`, of a file `max_file_bytes`) is there, so that a
    slow client holds none.
    """

    def __init__(self, waiting: int, max_body_bytes: int, max_file_bytes: int, turned_away: Counter) -> None:
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._max_bytes = dict.fromkeys(_PATHS, max_body_bytes) | {_FILE_PATH: max_file_bytes}
        self._running = threading.Lock()
        self._turned_away = turned_away

    def guard(self, application: WSGIApplication) -> WSGIApplication:
        """Return `application` behind the gate: reviews find a place or are turned away before anything else is done."""

        def guarded(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if environment["REQUEST_METHOD"] != "POST" or environment["PATH_INFO"] not in _PATHS:
                return application(environment, start_response)
            length, told = self._length(environment)
            body = environment["wsgi.input"].read(length)
            if told and len(body) < length:
                return _refuse(start_response, *_CUT_SHORT)
            environment["wsgi.input"] = io.BytesIO(body)
            if not self._places.acquire(blocking=False):
                self._turned_away.inc()
                return _refuse(start_response, *_NO_PLACE)
            try:
                return application(environment, start_response)  # the answer is whole by then, not streamed
            finally:
                self._places.release()

        return guarded

    def _length(self, environment: WSGIEnvironment) -> tuple[int, bool]:
        """Return how many bytes to read, no more than shows that a body is too long, and whether it is told."""
        told = environment.get("CONTENT_LENGTH") or ""
        most = self._max_bytes[environment["PATH_INFO"]] + 1
        return (min(int(told), most), True) if told.isdecimal() else (most, False)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this request's turn to compute."""
        with self._running:
            yield


def _refuse(start_response: StartResponse, status: str, detail: str, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    code, _, title = status.partition(" ")
    problem = {"type": "about:blank", "title": title, "status": int(code), "detail": detail, "errors": []}
    body = json.dumps(problem).encode()
    length = ("Content-Length", str(len(body)))
    start_response(status, [("Content-Type", "application/problem+json"), length, *headers])
    return [body]
