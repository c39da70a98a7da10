"""How good scores are: precision, recall, F1 per theme, exact sets, off-plan accuracy, calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from review_service.themes.model import Floats
from training.fit import Labels


def f1(right: int, wrong: int, missed: int) -> float:
    """Return the harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def summarize(scores: Floats, labels: Labels, thresholds: Floats, themes: Sequence[str]) -> dict[str, Any]:
    """Return the figures of calibrated `scores` against `labels` (both drafts by themes)."""
    picked = scores >= thresholds
    truth = labels == 1
    per_theme = {}
    for index, theme in enumerate(themes):
        right = int((picked[:, index] & truth[:, index]).sum())
        wrong = int((picked[:, index] & ~truth[:, index]).sum())
        missed = int((~picked[:, index] & truth[:, index]).sum())
        per_theme[theme] = {"f1": round(f1(right, wrong, missed), 4), "right": right, "wrong": wrong, "missed": missed}
    off = ~truth.any(axis=1)
    return {
        "macro_f1": round(float(np.mean([entry["f1"] for entry in per_theme.values()])), 4),
        "exact": round(float((picked == truth).all(axis=1).mean()), 4),
        "off_plan_kept_off": round(float((~picked[off].any(axis=1)).mean()), 4) if off.any() else None,
        "off_plan_accuracy": round(float((picked.any(axis=1) == truth.any(axis=1)).mean()), 4),
        "calibration_error": round(calibration_error(scores, labels), 4),
        "themes": per_theme,
    }


def calibration_error(scores: Floats, labels: Labels, bins: int = 10) -> float:
    """Return the expected calibration error over all draft-theme pairs (Naeini et al. 2015)."""
    flat, truth = scores.ravel(), labels.ravel()
    which = np.minimum((flat * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = which == number
        if inside.any():
            error += inside.mean() * abs(float(flat[inside].mean()) - float(truth[inside].mean()))
    return error
