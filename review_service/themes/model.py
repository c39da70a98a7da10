"""The theme model: linear scores, calibrated to probabilities, silent off plan, with the words that moved them.

Training uses scikit-learn (see training/); what is kept is the fitted numbers, so that scoring a draft is one sparse
product and its explanation is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from review_service.text import Document, SegmenterName
from review_service.themes.evidence import Contribution, KnownGrams, evidence, tells
from review_service.themes.features import Sighting
from review_service.themes.measures import Flags
from review_service.themes.vectors import Floats, Vector, Vectorizer


class Prediction(NamedTuple):
    """What the model says of one theme."""

    theme: str
    score: float
    selected: bool
    evidence: tuple[Contribution, ...]


class Classification(NamedTuple):
    """What the model says of a document: a prediction for each theme, in the plan's order, and the share of words it knows."""

    predictions: Sequence[Prediction]
    coverage: float


class Scores(NamedTuple):
    """What the model says of a document: each theme's probability, and that of any theme at all."""

    themes: Floats
    on_plan: float
    coverage: float


@dataclass(frozen=True)
class Gate:
    """Whether a document is about the plan at all.

    Its probability is a sigmoid over the gate's own linear margin, the share of words the model knows, and the
    strongest theme's log-odds (`coefficients`, in this order). Nothing is chosen below `least`, nor below `sure` for a text
    whose words are too strange (`least_coverage`); at `sure` and above, the likeliest theme is chosen even under its
    threshold.
    """

    weights: Floats
    intercept: float
    coefficients: Floats
    offset: float
    least: float
    sure: float
    least_coverage: float


@dataclass(frozen=True)
class ThemeModel:
    """A trained classifier.

    Shapes: T themes, F features. `weights` is (F, T), `intercepts`, `slopes`, `offsets` and `thresholds` are (T,). A
    theme's log-odds are slope * (intercept + sum of weights) + offset; it is chosen when its probability reaches its
    threshold and the gate is open. `function_words` are never shown as evidence.
    """

    version: str
    plan: str
    segmenter: SegmenterName
    themes: tuple[str, ...]
    vectorizer: Vectorizer
    weights: Floats
    intercepts: Floats
    slopes: Floats
    offsets: Floats
    thresholds: Floats
    gate: Gate
    function_words: frozenset[str]
    max_themes: int

    def predict(self, document: Document) -> Classification:
        """Return what the model says of `document`."""
        found = self.vectorizer.see(document)
        vector = self.vectorizer.vector(found)
        scores = self.score(vector)
        shown = self._evidence(found, vector, self.choose(scores))
        predictions = [
            Prediction(theme, score, index in shown, shown.get(index, ()))
            for index, (theme, score) in enumerate(zip(self.themes, scores.themes.tolist(), strict=True))
        ]
        return Classification(predictions, scores.coverage)

    def score(self, vector: Vector) -> Scores:
        """Return the calibrated scores of a document."""
        columns, values, coverage = vector
        margins = self.intercepts + values @ self.weights.take(columns, axis=0)
        return self.calibrated(margins, self.gate.intercept + float(values @ self.gate.weights[columns]), coverage)

    def calibrated(self, margins: Floats, on_plan_margin: float, coverage: float) -> Scores:
        """Return the scores of linear margins (T,). No theme is likelier than the plan as a whole."""
        log_odds = self.slopes * margins + self.offsets
        facts = np.array([on_plan_margin, coverage, log_odds.max()])
        on_plan = float(sigmoid(self.gate.coefficients @ facts + self.gate.offset))
        return Scores(np.minimum(sigmoid(log_odds), on_plan), on_plan, coverage)

    def choose(self, scores: Scores) -> set[int]:
        """Return the themes to choose: those that reach their thresholds, the surest ones when there are too many."""
        strange = scores.coverage < self.gate.least_coverage and scores.on_plan < self.gate.sure
        if strange or scores.on_plan < self.gate.least:
            return set()
        over = scores.themes - self.thresholds
        reached = [int(index) for index in np.argsort(-over, kind="stable")[: self.max_themes] if over[index] >= 0]
        if not reached and scores.on_plan >= self.gate.sure:
            reached = [int(np.argmax(scores.themes))]
        return set(reached)

    def _evidence(self, found: list[Sighting], vector: Vector, chosen: set[int]) -> dict[int, tuple[Contribution, ...]]:
        """Return the evidence of each theme chosen."""
        if not chosen:
            return {}
        grams = KnownGrams(self.vectorizer.vocabulary, self._telling, self.vectorizer.gram_of[vector.columns])
        shares = {theme: grams.shares(self._gains(vector, theme)) for theme in chosen}
        return {theme: evidence(found, *shared, self.function_words) for theme, shared in shares.items()}

    def _gains(self, vector: Vector, theme: int) -> Floats:
        """Return what each feature of a document adds to a theme's log-odds."""
        gains: Floats = self.slopes[theme] * vector.values * self.weights[vector.columns, theme]
        return gains

    @cached_property
    def _telling(self) -> Flags:
        return np.array([tells(gram, self.function_words) for gram in self.vectorizer.vocabulary], dtype=np.bool_)


def sigmoid(log_odds: Floats) -> Floats:
    """Return the probabilities of `log_odds`."""
    probabilities: Floats = 1.0 / (1.0 + np.exp(-log_odds))
    return probabilities
