"""Fitting the theme model with scikit-learn: weights, calibration and thresholds from out-of-fold scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.multiclass import OneVsRestClassifier

from review_service.themes.features import BLOCKS
from review_service.themes.model import Floats, ThemeModel

Counts = dict[str, Counter[str]]
Labels = npt.NDArray[np.int8]
SEED = 20261123
FOLDS = 5


@dataclass(frozen=True)
class Options:
    """What fitting may choose: regularization, how often a feature must occur, how blocks weigh."""

    regularization: float = 8.0
    min_groups: int = 2
    max_features: int = 120_000
    title_weight: float = 0.5
    lead_weight: float = 0.5
    max_themes: int = 4

    @property
    def block_weights(self) -> dict[str, float]:
        """How much each block of features counts."""
        return {"title": self.title_weight, "lead": self.lead_weight, "text": 1.0}


class TooFewDraftsError(Exception):
    """A theme has too few drafts to be learnt and measured."""


def require_enough(labels: Labels, groups: Sequence[str], themes: Sequence[str], least: int = FOLDS) -> None:
    """Check that every theme is labelled in at least `least` groups.

    Raises:
        TooFewDraftsError: naming the themes that are not.
    """
    scarce = []
    for index, theme in enumerate(themes):
        number = len({group for group, label in zip(groups, labels[:, index], strict=True) if label})
        if number < least:
            scarce.append(f"{theme} ({number})")
    if scarce:
        raise TooFewDraftsError(f"too few drafts to learn from (at least {least} groups a theme): {', '.join(scarce)}")


def label_matrix(labels: Sequence[frozenset[str]], themes: Sequence[str]) -> Labels:
    """Return the labels as a matrix, a row a draft, a column a theme."""
    return np.array([[theme in chosen for theme in themes] for chosen in labels], dtype=np.int8)


def fit(
    counts: Sequence[Counts], labels: Labels, groups: Sequence[str], empty: ThemeModel, options: Options
) -> tuple[ThemeModel, Floats]:
    """Fit a model like `empty` (which gives version, plan, themes …).

    Returns the model and the calibrated out-of-fold scores of the drafts, shape (drafts, themes).
    """
    margins = np.zeros(labels.shape)
    for train, held in folds(labels, groups):
        part = _fit_weights([counts[i] for i in train], labels[train], [groups[i] for i in train], empty, options)
        margins[held] = _margins(part, [counts[i] for i in held])
    slopes, offsets = _calibrate(margins, labels)
    scores: Floats = 1.0 / (1.0 + np.exp(-(margins * slopes + offsets)))
    model = _fit_weights(counts, labels, groups, empty, options)
    model = replace(model, slopes=slopes, offsets=offsets, thresholds=_thresholds(scores, labels))
    return model, scores


def folds(labels: Labels, groups: Sequence[str]) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Return the train and held-out indices of each fold; a group is never on both sides."""
    splitter = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(labels)), groups=np.array(groups)))


def _fit_weights(
    counts: Sequence[Counts], labels: Labels, groups: Sequence[str], empty: ThemeModel, options: Options
) -> ThemeModel:
    vocabulary, idf = _vocabulary(counts, groups, options)
    model = replace(
        empty,
        vocabulary=vocabulary,
        idf=idf,
        block_weights=options.block_weights,
        max_themes=options.max_themes,
    )
    matrix = design_matrix(model, counts)
    regression = LogisticRegression(
        C=options.regularization, class_weight="balanced", solver="liblinear", random_state=SEED
    )
    classifiers = OneVsRestClassifier(regression).fit(matrix, labels).estimators_
    weights = np.column_stack([classifier.coef_[0] for classifier in classifiers])
    intercepts = np.array([classifier.intercept_[0] for classifier in classifiers])
    return replace(model, weights=weights, intercepts=intercepts)


def _vocabulary(counts: Sequence[Counts], groups: Sequence[str], options: Options) -> tuple[dict[str, int], Floats]:
    """Return the features that occur in enough groups (so that no single draft leaves its words), and their idf."""
    groups_of: dict[str, set[str]] = {}
    documents: Counter[str] = Counter()
    for draft, group in zip(counts, groups, strict=True):
        for block in BLOCKS:
            for gram in draft[block]:
                feature = f"{block}:{gram}"
                documents[feature] += 1
                groups_of.setdefault(feature, set()).add(group)
    frequent = [name for name, members in groups_of.items() if len(members) >= options.min_groups]
    frequent.sort(key=lambda name: (-documents[name], name))
    names = sorted(frequent[: options.max_features])
    idf = np.array([1.0 + np.log((1 + len(counts)) / (1 + documents[name])) for name in names])
    return {name: column for column, name in enumerate(names)}, idf


def design_matrix(model: ThemeModel, counts: Sequence[Counts]) -> csr_matrix:
    """Return the drafts as the model sees them, a row each."""
    indices: list[npt.NDArray[np.intp]] = []
    values: list[Floats] = []
    ends = [0]
    for draft in counts:
        columns, row = model.vectorize(draft)
        indices.append(columns)
        values.append(row)
        ends.append(ends[-1] + len(columns))
    shape = (len(counts), len(model.vocabulary))
    return csr_matrix((np.concatenate(values), np.concatenate(indices), ends), shape=shape)


def _margins(model: ThemeModel, counts: Sequence[Counts]) -> Floats:
    margins: Floats = design_matrix(model, counts) @ model.weights + model.intercepts
    return margins


def _calibrate(margins: Floats, labels: Labels) -> tuple[Floats, Floats]:
    """Fit a sigmoid to each theme's out-of-fold margins (Platt 1999)."""
    slopes = np.ones(labels.shape[1])
    offsets = np.zeros(labels.shape[1])
    for theme in range(labels.shape[1]):
        sigmoid = LogisticRegression(C=100.0, solver="lbfgs").fit(margins[:, [theme]], labels[:, theme])
        slopes[theme] = max(float(sigmoid.coef_[0, 0]), 0.05)
        offsets[theme] = float(sigmoid.intercept_[0])
    return slopes, offsets


def _thresholds(scores: Floats, labels: Labels) -> Floats:
    """Return for each theme the threshold of the best out-of-fold F1, drawn towards 0.5 as small data is noisy."""
    grid = np.linspace(0.25, 0.7, 46)
    chosen = []
    for theme in range(labels.shape[1]):
        truth = labels[:, theme] == 1
        f1 = []
        for threshold in grid:
            picked = scores[:, theme] >= threshold
            right = int((picked & truth).sum())
            f1.append(2 * right / max(int(picked.sum() + truth.sum()), 1))
        best = np.array(f1) >= max(f1) - 0.005
        chosen.append(float(grid[best].mean()))
    return np.array(chosen)
