"""Serves the application with gunicorn: loaded once, shared by forked workers, stopped gracefully."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from review_service.deadlines import worker_class
from review_service.hosts import is_loopback
from review_service.logs import set_up_logs
from review_service.settings import Settings

if TYPE_CHECKING:
    from review_service.store import Database

_OPEN = """
************************************************************************
  ACCESS IS OPEN ({reason}).
  Whoever reaches {host}:{port} can read, decide on and delete every draft.
************************************************************************
"""
_THREADS = 16  # more than compute: those beyond the worker's places are there to be turned away at once
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
    """Serve until stopped. The draft's text is never logged: lines name routes, and errors only their place."""
    set_up_logs(settings)
    folder = tempfile.mkdtemp(prefix="review-metrics-")
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # before prometheus_client is first imported
    from review_service.app import create_app
    from review_service.store import open_database
    from review_service.webhooks import Sender, deliver_in_background

    database = open_database(settings)
    settings = _with_access(settings, database, host, port)
    app = create_app(settings, database=database)
    if settings.access == "open" and is_loopback(host):
        app.config["TRUSTED_HOSTS"] = [
            "localhost",
            "127.0.0.1",
            "[::1]",
            host,
        ]  # no other name may be made to point here
    sender = Sender(settings) if settings.webhook_url else None
    database.close()  # no connection crosses the fork
    gc.freeze()  # keeps the preloaded pages shared after the fork
    _Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": worker_class(settings.read_seconds),
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
            "post_worker_init": lambda _worker: deliver_in_background(database, sender) if sender else None,
        },
    ).run()


def _with_access(settings: Settings, database: Database, host: str, port: int) -> Settings:
    """Return the settings with access as it will be, and say loudly when nobody is asked for a key."""
    reason = "as set"
    if settings.access == "keys":
        if not (is_loopback(host) and _no_key_was_made(database)):
            return settings
        reason = "there is no key yet; `review-service keys create` makes one, then start again"
        settings = settings.model_copy(update={"access": "open"})
    print(_OPEN.format(reason=reason, host=host, port=port), file=sys.stderr, flush=True)
    return settings


def _no_key_was_made(database: Database) -> bool:
    from review_service.errors import StoreError
    from review_service.store.keys import any_key

    if database.file is not None and not database.file.exists():
        return True
    try:
        with database.reading() as session:
            return not any_key(session)
    except StoreError:
        return False  # there may be one


def _forget_worker(_server: object, worker: Any) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
