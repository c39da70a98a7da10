"""Serves the application with gunicorn: loaded once, shared by forked workers, stopped gracefully."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import tempfile
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from review_service.settings import Settings

_THREADS = 4
_GRACEFUL_SECONDS = 30


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until stopped. The draft's text is never logged: there is no access log, and errors name only their place."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    folder = tempfile.mkdtemp(prefix="review-metrics-")
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # before prometheus_client is first imported
    from review_service.app import create_app

    app = create_app(settings)
    gc.freeze()  # keeps the preloaded pages shared after the fork
    _Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": _THREADS,
            "preload_app": True,
            "graceful_timeout": _GRACEFUL_SECONDS,
            "timeout": 60,
            "keepalive": 5,
            "limit_request_line": 4094,
            "limit_request_fields": 50,
            "limit_request_field_size": 8190,
            "loglevel": settings.log_level.lower(),
            "proc_name": "review-service",
            "child_exit": _forget_worker,
        },
    ).run()


def _forget_worker(_server: object, worker: Any) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
