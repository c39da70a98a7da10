"""Interleaved timing: contenders run in turn, round after round, and are compared within each round.

Absolute times depend on the machine and on what else it does; the ratio of two runs a moment apart hardly does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Contender = Callable[[int], object]  # takes the round's number, so that it can vary its input


@dataclass(frozen=True)
class Timing:
    """The median time of a contender in milliseconds, and the median of its ratio to the first one."""

    milliseconds: float
    ratio: float


def interleaved(contenders: dict[str, Contender], rounds: int) -> dict[str, Timing]:
    """Time each contender once a round; the first is what the others are compared with."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(-1, rounds):  # round -1 warms up
        for name, run in contenders.items():
            start = time.perf_counter()
            run(number)
            if number >= 0:
                times[name].append(time.perf_counter() - start)
    base = next(iter(times.values()))
    return {
        name: Timing(
            statistics.median(measured) * 1e3,
            statistics.median(one / other for one, other in zip(measured, base, strict=True)),
        )
        for name, measured in times.items()
    }
