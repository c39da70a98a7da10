"""What a review took and met, for whoever watches the service. Nothing of it is part of the answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Measures:
    """Seconds by stage (text, checklist, themes), and the share of the draft's words that the theme model knows."""

    seconds: dict[str, float] = field(default_factory=dict)
    known_words: float | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done within as the stage `name`."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began
