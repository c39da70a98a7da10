"""Fitting the theme model with scikit-learn: weights, calibration, gate and thresholds from out-of-fold scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from review_service.text import SegmenterName
from review_service.themes.features import BLOCKS, Sighting, count
from review_service.themes.measures import SEED, Flags, f1_scores
from review_service.themes.model import Gate, Scores, ThemeModel
from review_service.themes.vectors import Columns, Floats, Vector, Vectorizer

FOLDS = 5
SHARES = (0.25, 0.5, 0.75, 1.0)  # of the corpus, on the learning curve


@dataclass(frozen=True)
class Options:
    """What fitting may choose.

    `min_groups`: how many groups a feature must occur in, so that no draft leaves its words in the model.
    `editor_weight`: how much a draft counts whose labels an editor confirmed, where a machine-made or written one is 1.
    """

    regularization: float = 1.0
    min_groups: int = 3
    max_features: int = 60_000
    max_themes: int = 4
    editor_weight: float = 3.0
    block_weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "title": 0.5,
            "lead": 0.5,
            "text": 1.0,
            "title concepts": 0.25,
            "lead concepts": 0.25,
            "text concepts": 0.5,
        }
    )


class Examples(NamedTuple):
    """What a model learns from: what was seen of each draft, its labels (drafts by themes), its group, its weight."""

    seen: Sequence[Sequence[Sighting]]
    labels: Flags
    groups: Sequence[str]
    weights: Floats

    def pick(self, rows: Columns) -> Examples:
        """Return some of the examples."""
        return Examples(
            [self.seen[i] for i in rows], self.labels[rows], [self.groups[i] for i in rows], self.weights[rows]
        )


class Language(NamedTuple):
    """What a model is told beforehand: the phrases of each concept, and words that are never evidence."""

    concepts: Mapping[str, Sequence[str]]
    function_words: frozenset[str]


class Name(NamedTuple):
    """What a model is called and made for."""

    version: str
    plan: str
    segmenter: SegmenterName
    themes: tuple[str, ...]


class TooFewDraftsError(Exception):
    """A theme has too few drafts to be learnt and measured."""


def require_enough(examples: Examples, themes: Sequence[str], least: int = FOLDS) -> None:
    """Check that every theme, and the off-plan side, is labelled in at least `least` groups.

    Raises:
        TooFewDraftsError: naming those that are not.
    """
    sides = [*zip(themes, examples.labels.T, strict=True), ("off plan", ~examples.labels.any(axis=1))]
    scarce = []
    for name, flags in sides:
        number = len({group for group, flag in zip(examples.groups, flags, strict=True) if flag})
        if number < least:
            scarce.append(f"{name} ({number})")
    if scarce:
        raise TooFewDraftsError(f"too few drafts to learn from (at least {least} groups each): {', '.join(scarce)}")


def label_matrix(labels: Sequence[frozenset[str]], themes: Sequence[str]) -> Flags:
    """Return the labels as a matrix, a row a draft, a column a theme."""
    return np.array([[theme in chosen for theme in themes] for chosen in labels], dtype=np.bool_)


class HeldOut(NamedTuple):
    """What the model says of drafts it has not seen: scores and chosen themes, both drafts by themes."""

    scores: Floats
    picked: Flags


class _Linear(NamedTuple):
    """Linear weights for each theme and, in the last column, for being on plan at all."""

    vectorizer: Vectorizer
    weights: Floats
    intercepts: Floats


class _Raw(NamedTuple):
    """Out-of-fold margins (drafts by themes + 1) and coverages (drafts)."""

    margins: Floats
    coverage: Floats

    def pick(self, rows: Columns) -> _Raw:
        return _Raw(self.margins[rows], self.coverage[rows])


def fit(
    examples: Examples,
    name: Name,
    language: Language,
    options: Options,
    progress: Callable[[str], None] = lambda step: None,
) -> tuple[ThemeModel, HeldOut]:
    """Fit a model; return it with what it says of each draft when that draft's fold was held out.

    The held-out figures are honest to the last step: a fold's scores are calibrated, gated and cut by thresholds that
    were fitted on the other folds.
    """
    parts = folds(examples.groups)
    raw = _out_of_fold(examples, parts, language, options, progress)
    linear = _fit_linear(examples, language, options)
    progress("whole corpus")
    model = _assemble(linear, raw, examples.labels, name, language, options)

    def assemble(margins: _Raw, labels: Flags) -> ThemeModel:
        return _assemble(linear, margins, labels, name, language, options)

    return model, _judge(raw, examples.labels, parts, assemble)


def learning_curve(
    examples: Examples, name: Name, language: Language, options: Options, progress: Callable[[str], None]
) -> list[tuple[float, float]]:
    """Return (share of the corpus learnt from, macro-F1 on the same held-out drafts) for growing shares.

    Still rising at its end, it says that more drafts would help. A share in which a theme would be too scarce is left out.
    """
    parts = folds(examples.groups)
    curve = []
    for share in SHARES:
        less = [(_share_of(examples.groups, train, share), rows) for train, rows in parts]
        if min(int(examples.labels[train].sum(axis=0).min()) for train, _ in less) >= FOLDS:
            held = _held_out_from(examples, less, parts, name, language, options)
            curve.append((share, float(np.mean(f1_scores(held.picked, examples.labels)))))
        progress(f"{share:.0%} of the corpus")
    return curve


def _held_out_from(
    examples: Examples,
    less: Sequence[tuple[Columns, Columns]],
    parts: Sequence[tuple[Columns, Columns]],
    name: Name,
    language: Language,
    options: Options,
) -> HeldOut:
    """Return what models say of held-out drafts that learnt their weights from the training side of `less` only."""
    raw = _out_of_fold(examples, less, language, options, lambda step: None)
    linear = _fit_linear(examples.pick(less[0][0]), language, options)

    def assemble(margins: _Raw, labels: Flags) -> ThemeModel:
        return _assemble(linear, margins, labels, name, language, options)

    return _judge(raw, examples.labels, parts, assemble)


def _share_of(groups: Sequence[str], rows: Columns, share: float) -> Columns:
    """Return the rows of the first groups by a fixed shuffle: a smaller share lies within a larger one."""
    names = np.unique([groups[row] for row in rows])
    kept = set(np.random.default_rng(SEED).permutation(names)[: round(share * len(names))].tolist())
    return np.array([row for row in rows if groups[row] in kept])


def _judge(
    raw: _Raw,
    labels: Flags,
    parts: Sequence[tuple[Columns, Columns]],
    assemble: Callable[[_Raw, Flags], ThemeModel],
) -> HeldOut:
    """Return what is said of each fold by a model calibrated, gated and cut on the other folds."""
    held = HeldOut(np.zeros(labels.shape), np.zeros(labels.shape, dtype=np.bool_))
    for train, rows in parts:
        judge = assemble(raw.pick(train), labels[train])
        for row in rows:
            scores = _score(judge, raw.margins[row], raw.coverage[row])
            held.scores[row] = scores.themes
            held.picked[row, list(judge.choose(scores))] = True
    return held


def folds(groups: Sequence[str]) -> list[tuple[Columns, Columns]]:
    """Return the train and held-out indices of each fold; a group is never on both sides."""
    splitter = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(groups)), groups=np.array(groups)))


def predict(model: ThemeModel, seen: Sequence[Sequence[Sighting]]) -> HeldOut:
    """Return the scores and chosen themes of drafts."""
    scores = np.zeros((len(seen), len(model.themes)))
    picked = np.zeros(scores.shape, dtype=np.bool_)
    for row, found in enumerate(seen):
        said = model.score(model.vectorizer.vector(found))
        scores[row] = said.themes
        picked[row, list(model.choose(said))] = True
    return HeldOut(scores, picked)


def _out_of_fold(
    examples: Examples,
    parts: Sequence[tuple[Columns, Columns]],
    language: Language,
    options: Options,
    progress: Callable[[str], None],
) -> _Raw:
    margins = np.zeros((len(examples.seen), examples.labels.shape[1] + 1))
    coverage = np.zeros(len(examples.seen))
    for number, (train, rows) in enumerate(parts, 1):
        linear = _fit_linear(examples.pick(train), language, options)
        vectors = [linear.vectorizer.vector(examples.seen[row]) for row in rows]
        margins[rows] = design_matrix(vectors, len(linear.vectorizer.grams)) @ linear.weights + linear.intercepts
        coverage[rows] = [vector.coverage for vector in vectors]
        progress(f"fold {number} of {len(parts)}")
    return _Raw(margins, coverage)


def _fit_linear(examples: Examples, language: Language, options: Options) -> _Linear:
    """Fit a linear support vector machine to each theme against the rest, and to on plan against off."""
    vectorizer = fit_vectorizer(examples, language, options)
    matrix = design_matrix([vectorizer.vector(found) for found in examples.seen], len(vectorizer.grams))
    targets = np.column_stack([examples.labels, examples.labels.any(axis=1)])
    weights = np.zeros((matrix.shape[1], targets.shape[1]))
    intercepts = np.zeros(targets.shape[1])
    for column, target in enumerate(targets.T):
        machine = LinearSVC(C=options.regularization, class_weight="balanced", random_state=SEED, max_iter=5000)
        machine.fit(matrix, target, sample_weight=examples.weights)
        weights[:, column] = machine.coef_[0]
        intercepts[column] = machine.intercept_[0]
    return _Linear(vectorizer, weights, intercepts)


def fit_vectorizer(examples: Examples, language: Language, options: Options) -> Vectorizer:
    """Return the features that occur in enough groups, and their idf."""
    groups_of: dict[tuple[int, str], set[str]] = defaultdict(set)
    drafts: Counter[tuple[int, str]] = Counter()
    for found, group in zip(examples.seen, examples.groups, strict=True):
        for feature in count(found):
            drafts[feature] += 1
            groups_of[feature].add(group)
    frequent = [feature for feature, members in groups_of.items() if len(members) >= options.min_groups]
    frequent.sort(key=lambda feature: (-drafts[feature], feature))
    chosen = sorted(frequent[: options.max_features])
    total = len(examples.seen)
    return Vectorizer(
        concepts=language.concepts,
        features=tuple(tuple(gram for block, gram in chosen if block == number) for number in range(len(BLOCKS))),
        idf=np.array([1.0 + np.log((1 + total) / (1 + drafts[feature])) for feature in chosen]),
        block_weights=np.array([options.block_weights[block] for block in BLOCKS]),
    )


def design_matrix(vectors: Sequence[Vector], features: int) -> csr_matrix:
    """Return vectors as the rows of a sparse matrix."""
    ends = np.cumsum([0, *(len(vector.columns) for vector in vectors)])
    columns = np.concatenate([vector.columns for vector in vectors])
    values = np.concatenate([vector.values for vector in vectors])
    return csr_matrix((values, columns, ends), shape=(len(vectors), features))


def _assemble(
    linear: _Linear, raw: _Raw, labels: Flags, name: Name, language: Language, options: Options
) -> ThemeModel:
    """Return the model of linear weights, calibrated, gated and given thresholds on out-of-fold margins."""
    slopes, offsets = _calibrate(raw.margins[:, :-1], labels)
    gate = _fit_gate(linear, raw, raw.margins[:, :-1] * slopes + offsets, labels)
    model = ThemeModel(
        version=name.version,
        plan=name.plan,
        segmenter=name.segmenter,
        themes=name.themes,
        vectorizer=linear.vectorizer,
        weights=linear.weights[:, :-1].astype(np.float32),
        intercepts=linear.intercepts[:-1],
        slopes=slopes,
        offsets=offsets,
        thresholds=np.full(labels.shape[1], 0.5),
        gate=gate,
        function_words=language.function_words,
        max_themes=options.max_themes,
    )
    scores = np.array([_score(model, *row).themes for row in zip(raw.margins, raw.coverage, strict=True)])
    model.thresholds[:] = _thresholds(scores, labels)
    return model


def _score(model: ThemeModel, margins: Floats, coverage: float) -> Scores:
    """Return a model's scores for margins already known."""
    return model.calibrated(margins[:-1], float(margins[-1]), coverage)


def _calibrate(margins: Floats, labels: Flags) -> tuple[Floats, Floats]:
    """Fit a sigmoid to each theme's out-of-fold margins (Platt 1999)."""
    slopes = np.ones(labels.shape[1])
    offsets = np.zeros(labels.shape[1])
    for theme in range(labels.shape[1]):
        curve = LogisticRegression(C=100.0).fit(margins[:, [theme]], labels[:, theme])
        slopes[theme] = max(float(curve.coef_[0, 0]), 0.05)
        offsets[theme] = float(curve.intercept_[0])
    return slopes, offsets


_LEAST, _SURE = 0.5, 0.8
_STRANGEST_SHARE = 0.005  # of on-plan drafts, given up as strange


def _fit_gate(linear: _Linear, raw: _Raw, log_odds: Floats, labels: Flags) -> Gate:
    """Fit the probability of being on plan to the gate's margin, the share of known words and the strongest theme."""
    on_plan = labels.any(axis=1)
    facts = np.column_stack([raw.margins[:, -1], raw.coverage, log_odds.max(axis=1)])
    scale = np.array([1.0, 10.0, 1.0])  # coverage lies within a few tenths: scaled so that it is not regularized away
    curve = LogisticRegression(C=100.0, max_iter=5000).fit(facts * scale, on_plan)
    return Gate(
        weights=linear.weights[:, -1].astype(np.float32),
        intercept=float(linear.intercepts[-1]),
        coefficients=curve.coef_[0] * scale,
        offset=float(curve.intercept_[0]),
        least=_LEAST,
        sure=_SURE,
        least_coverage=float(np.quantile(raw.coverage[on_plan], _STRANGEST_SHARE)),
    )


def _thresholds(scores: Floats, labels: Flags) -> Floats:
    """Return for each theme the threshold of the best out-of-fold F1: the middle of those nearly as good.

    They are sought around even odds. The best for F1 is half of what is reached (Lipton, Elkan and Naryanaswamy 2014),
    and what looks best further off, on the drafts that one theme has, does not carry over to other drafts.
    """
    grid = np.linspace(0.45, 0.6, 16)
    values = np.array([f1_scores(scores >= threshold, labels) for threshold in grid])
    return np.array([float(grid[column >= column.max() - 0.005].mean()) for column in values.T])
