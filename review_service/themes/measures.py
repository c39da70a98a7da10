"""How good a choice of themes is: precision, recall, F1 per theme, exact sets, off-plan accuracy, calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from review_service.themes.vectors import Floats

Flags = npt.NDArray[np.bool_]
SEED = 20261123
RESAMPLES = 1000
OFF_PLAN = "off plan"


def f1_scores(picked: Flags, truth: Flags) -> Floats:
    """Return each theme's F1 of `picked` against `truth` (both drafts by themes); 1 where there is nothing at all."""
    return _f1((picked & truth).sum(axis=0), picked.sum(axis=0), truth.sum(axis=0))


def _f1(right: npt.NDArray[Any], picked: npt.NDArray[Any], labelled: npt.NDArray[Any]) -> Floats:
    total = picked + labelled
    scores: Floats = np.where(total > 0, 2 * right / np.maximum(total, 1), 1.0)
    return scores


def macro_f1(picked: Flags, truth: Flags) -> float:
    """Return the mean F1 over the themes that are labelled or picked at all."""
    present = (picked | truth).any(axis=0)
    return float(f1_scores(picked, truth)[present].mean()) if present.any() else 1.0


def exact(picked: Flags, truth: Flags) -> float:
    """Return the share of drafts whose set of themes is exactly right."""
    return float((picked == truth).all(axis=1).mean())


def off_plan_accuracy(picked: Flags, truth: Flags) -> float:
    """Return the share of drafts rightly taken as on or off plan."""
    return float((picked.any(axis=1) == truth.any(axis=1)).mean())


def off_plan_kept_off(picked: Flags, truth: Flags) -> float | None:
    """Return the share of off-plan drafts given no theme; none when there are no such drafts."""
    off = ~truth.any(axis=1)
    return float((~picked[off].any(axis=1)).mean()) if off.any() else None


def calibration_error(scores: Floats, truth: Flags, bins: int = 10) -> float:
    """Return the expected calibration error over all draft-theme pairs (Naeini et al. 2015)."""
    return sum(share * abs(mean - hit) for mean, hit, share in reliability(scores, truth, bins))


def reliability(scores: Floats, truth: Flags, bins: int = 10) -> list[tuple[float, float, float]]:
    """Return (mean score, share right, share of all pairs) of each bin of scores that holds any."""
    flat, right = scores.ravel(), truth.ravel()
    which = np.minimum((flat * bins).astype(int), bins - 1)
    return [
        (float(flat[inside].mean()), float(right[inside].mean()), float(inside.mean()))
        for inside in (which == number for number in range(bins))
        if inside.any()
    ]


def resamples(drafts: int, number: int = RESAMPLES) -> npt.NDArray[np.intp]:
    """Return the draft indices of `number` bootstrap resamples, (number, drafts); the same for the same sizes."""
    return np.random.default_rng(SEED).integers(0, drafts, size=(number, drafts))


def interval(statistic: Callable[[Flags, Flags], float], picked: Flags, truth: Flags) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a statistic over drafts."""
    values = [statistic(picked[rows], truth[rows]) for rows in resamples(len(truth))]
    low, high = np.percentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def theme_intervals(picked: Flags, truth: Flags) -> list[tuple[float, float]]:
    """Return the 95 % bootstrap interval of each theme's F1."""
    values = np.array([f1_scores(picked[rows], truth[rows]) for rows in resamples(len(truth))])
    return [(round(float(low), 4), round(float(high), 4)) for low, high in np.percentile(values, [2.5, 97.5], axis=0).T]


def summarize(scores: Floats, picked: Flags, truth: Flags, themes: Sequence[str]) -> dict[str, Any]:
    """Return the figures of a model's `scores` and `picked` themes against the `truth` (all drafts by themes)."""
    kept = off_plan_kept_off(picked, truth)
    return {
        "drafts": len(truth),
        "macro_f1": round(macro_f1(picked, truth), 4),
        "macro_f1_interval": interval(macro_f1, picked, truth),
        "exact": round(exact(picked, truth), 4),
        "exact_interval": interval(exact, picked, truth),
        "off_plan_accuracy": round(off_plan_accuracy(picked, truth), 4),
        "off_plan_kept_off": None if kept is None else round(kept, 4),
        "calibration_error": round(calibration_error(scores, truth), 4),
        "themes": dict(zip(themes, _per_theme(picked, truth), strict=True)),
    }


def _per_theme(picked: Flags, truth: Flags) -> list[dict[str, Any]]:
    entries = []
    scores, intervals = f1_scores(picked, truth), theme_intervals(picked, truth)
    for theme in range(truth.shape[1]):
        right = int((picked[:, theme] & truth[:, theme]).sum())
        wrong = int(picked[:, theme].sum()) - right
        missed = int(truth[:, theme].sum()) - right
        entries.append(
            {
                "precision": round(right / (right + wrong), 4) if right + wrong else 1.0,
                "recall": round(right / (right + missed), 4) if right + missed else 1.0,
                "f1": round(float(scores[theme]), 4),
                "f1_interval": intervals[theme],
                "right": right,
                "wrong": wrong,
                "missed": missed,
            }
        )
    return entries
