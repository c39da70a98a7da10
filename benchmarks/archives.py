"""Batch throughput: one process and two on the same archive."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from benchmarks.inputs import draft
from review_service.archive import Summary, review_archive
from review_service.settings import Settings


def measure(drafts: int) -> dict[str, float]:
    """Return drafts a second with one and with two processes, and the gain; loading is not counted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "drafts.jsonl"
        source.write_text("".join(json.dumps(draft(450, seed=seed)) + "\n" for seed in range(drafts)), encoding="utf-8")
        rates = {jobs: _rate(source, folder / f"out-{jobs}.jsonl", jobs, drafts) for jobs in (1, 2)}
    return {
        "1 process, drafts/s": rates[1],
        "2 processes, drafts/s": rates[2],
        "gain": rates[2] / rates[1],
    }


def _rate(source: Path, target: Path, jobs: int, drafts: int) -> float:
    """Return the rate between the first quarter of the drafts, when every process has loaded, and the last."""
    started = 0.0
    for number, _ in enumerate(review_archive(source, target, Settings.from_environment(), Summary(), jobs)):
        if number == drafts // 4:
            started = time.perf_counter()
    return (drafts - drafts // 4) / (time.perf_counter() - started)
