"""How many reviews a worker takes on at once. Beyond it a request is turned away at once, so that those taken on stay quick.

A review is computation, which threads of one process do not do faster together: one runs, a few wait, and whoever comes
then is asked to come again (503 with Retry-After, RFC 9110 section 15.6.4).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter
from werkzeug.exceptions import ServiceUnavailable

_RETRY_SECONDS = 1


class Capacity:
    """The places of one worker: one for the review that runs, `waiting` for those that wait."""

    def __init__(self, waiting: int, turned_away: Counter) -> None:
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._running = threading.Lock()
        self._turned_away = turned_away

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for one request.

        Raises:
            ServiceUnavailable: there is none free.
        """
        if not self._places.acquire(blocking=False):
            self._turned_away.inc()
            raise ServiceUnavailable("All places for reviews are taken.", retry_after=_RETRY_SECONDS)
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this request's turn to compute."""
        with self._running:
            yield
