"""Ends connections of clients that do not send their request: half a header or half a body holds no thread for long."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker


def worker_class(read_seconds: float) -> type[ThreadWorker]:
    """Return a threaded gunicorn worker in which a request must have arrived whole within `read_seconds`.

    Whoever is slower is read no further: the request ends as cut short. An answer already under way is still written.
    """

    class Worker(ThreadWorker):  # type: ignore[misc]
        def init_process(self) -> None:
            self._handled: dict[Any, float] = {}
            threading.Thread(target=self._end_the_slow, daemon=True).start()
            super().init_process()

        def handle(self, conn: Any) -> Any:
            self._handled[conn] = time.monotonic() + read_seconds
            try:
                return super().handle(conn)
            finally:
                self._handled.pop(conn, None)

        def _end_the_slow(self) -> None:
            while True:
                time.sleep(min(1.0, read_seconds / 2))
                now = time.monotonic()
                for conn, deadline in list(self._handled.items()):
                    if deadline < now:
                        with contextlib.suppress(OSError):
                            conn.sock.shutdown(socket.SHUT_RD)

    return Worker
