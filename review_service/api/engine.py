"""The reviewer that answers: it takes up another theme model when one is put in service, between two requests.

The file that says which version is in service is looked at with each use; when it has changed, one thread loads the new
model while the others go on with the old one. A version that cannot be loaded changes nothing but the log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from review_service.errors import ReviewServiceError
from review_service.reviewer import Reviewer
from review_service.themes import load_current
from review_service.themes.versions import in_service_path

_log = logging.getLogger(__name__)


class Engine:
    """Holds the reviewer; `changed` is called with the new one after a change."""

    def __init__(self, reviewer: Reviewer, models: Path, changed: Callable[[Reviewer], None]) -> None:
        self._reviewer = reviewer
        self._models = models
        self._changed = changed
        self._seen = self._stamp()
        self._loading = threading.Lock()

    @property
    def reviewer(self) -> Reviewer:
        """The reviewer, with the model that is in service."""
        stamp = self._stamp()
        if stamp != self._seen and self._loading.acquire(blocking=False):
            try:
                self._take_up(stamp)
            finally:
                self._loading.release()
        return self._reviewer

    def _stamp(self) -> tuple[int, int]:
        try:
            status = in_service_path(self._models).stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def _take_up(self, stamp: tuple[int, int]) -> None:
        self._seen = stamp
        try:
            model = load_current(self._models)
            if model.version == self._reviewer.model.version:
                return
            self._reviewer = self._reviewer.with_model(model)
        except ReviewServiceError as error:
            _log.error("the theme model stays %s: %s", self._reviewer.model.version, error)
            return
        _log.info("theme model %s taken up", model.version)
        self._changed(self._reviewer)
