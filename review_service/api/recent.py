"""Keys that were found valid lately, so that those who have one are known while the database is down."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from review_service.store.keys import Holder, digest_of

_SECONDS = 900.0
_MOST = 1000


class RecentKeys:
    """Remembers holders by their key's digest, a while and not too many."""

    def __init__(self) -> None:
        self._holders: OrderedDict[str, tuple[float, Holder]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, token: str) -> Holder | None:
        """Return whose key `token` was when it was last looked up, if that is not long ago."""
        with self._lock:
            until, who = self._holders.get(digest_of(token), (0.0, None))
        return who if time.monotonic() < until else None

    def set(self, token: str, who: Holder | None) -> None:
        """Remember what was found; None (revoked, nobody's) is forgotten."""
        with self._lock:
            self._holders.pop(digest_of(token), None)
            if who is not None:
                self._holders[digest_of(token)] = (time.monotonic() + _SECONDS, who)
            while len(self._holders) > _MOST:
                self._holders.popitem(last=False)
