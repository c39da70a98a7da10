"""How many requests a key may make (the library `limits`); a batch counts its drafts.

Counted in each worker's memory unless REVIEW_RATE_STORAGE names a store that they share.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from review_service.errors import SettingsError
from review_service.settings import Settings
from review_service.store.keys import Holder

_FAILURES = parse("20/minute")  # keys that are not valid, from one address


class Limiter:
    """Counts requests; asks for patience when there are too many."""

    def __init__(self, settings: Settings) -> None:
        """Read the limit and open the storage.

        Raises:
            SettingsError: one of the two settings is not in its form.
        """
        self._limited = settings.access != "open"  # without keys there is nobody to tell apart
        try:
            self._limit: RateLimitItem = parse(settings.rate_limit)
        except ValueError:
            raise SettingsError("REVIEW_RATE_LIMIT: not a limit such as 600/minute") from None
        try:
            storage = storage_from_string(settings.rate_storage)
        except (ConfigurationError, ImportError, ValueError):
            raise SettingsError("REVIEW_RATE_STORAGE: no such storage, or its client is not installed") from None
        self._strategy = SlidingWindowCounterRateLimiter(storage)

    def spend(self, who: Holder, cost: int = 1) -> None:
        """Count a request of `who`.

        Raises:
            TooManyRequests: the limit is reached; with the seconds to wait.
        """
        if self._limited and cost:
            self._hit(self._limit, f"key {who.key_id}", cost)

    def spend_failure(self, address: str | None) -> None:
        """Count a key that is not valid, from an address."""
        self._hit(_FAILURES, f"address {address}", 1)

    def _hit(self, limit: RateLimitItem, who: str, cost: int) -> None:
        if self._strategy.hit(limit, who, cost=min(cost, limit.amount)):
            return
        reset = self._strategy.get_window_stats(limit, who).reset_time
        raise TooManyRequests(f"At most {limit}.", retry_after=max(1, math.ceil(reset - time.time())))
