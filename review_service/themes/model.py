"""The theme model: linear scores over word n-grams, calibrated to probabilities, with the words that moved them.

Training uses scikit-learn (see training/); what is kept is the fitted numbers, so that scoring a draft is one sparse
product and its explanation is exact. A model is loaded only after its files match the manifest written beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import joblib
import numpy as np
import numpy.typing as npt

from review_service.errors import ModelError
from review_service.text import Document
from review_service.themes.features import BLOCKS, count, grams

Floats = npt.NDArray[np.float64]
LIBRARIES = ("scikit-learn", "numpy", "joblib")
MODEL_FILE = "model.joblib"
MANIFEST_FILE = "manifest.json"
_MAX_EVIDENCE = 5


class Contribution(NamedTuple):
    """Words of a document and what they add to a theme's log-odds."""

    field: str
    start: int
    end: int
    weight: float


class Prediction(NamedTuple):
    """What the model says of one theme."""

    theme: str
    score: float
    selected: bool
    evidence: tuple[Contribution, ...]


@dataclass(frozen=True)
class ThemeModel:
    """A trained classifier.

    Shapes: T themes, F features. `vocabulary` maps "block:gram" to a column; `idf` is (F,), `weights` (F, T),
    `intercepts`, `slopes`, `offsets` and `thresholds` are (T,). A theme's score is
    sigmoid(slope * (intercept + sum of weights) + offset); it is chosen when the score reaches its threshold.
    `function_words` are left out of evidence.
    """

    version: str
    plan: str
    segmenter: str
    themes: tuple[str, ...]
    vocabulary: dict[str, int]
    block_weights: dict[str, float]
    idf: Floats
    weights: Floats
    intercepts: Floats
    slopes: Floats
    offsets: Floats
    thresholds: Floats
    function_words: frozenset[str]
    max_themes: int

    def predict(self, document: Document) -> list[Prediction]:
        """Return what the model says of `document`, a prediction for each theme in the plan's order."""
        columns, values = self.vectorize(count(document))
        margins = self.intercepts + values @ self.weights[columns] if len(columns) else self.intercepts
        scores = 1.0 / (1.0 + np.exp(-(self.slopes * margins + self.offsets)))
        chosen = self._choose(scores)
        return [
            Prediction(
                theme,
                float(scores[index]),
                index in chosen,
                self._evidence(document, columns, values, index) if index in chosen else (),
            )
            for index, theme in enumerate(self.themes)
        ]

    def _choose(self, scores: Floats) -> set[int]:
        """Return the themes that reach their thresholds, the surest ones when there are too many."""
        reached = [int(index) for index in np.flatnonzero(scores >= self.thresholds)]
        reached.sort(key=lambda index: float(self.thresholds[index] - scores[index]))
        return set(reached[: self.max_themes])

    def vectorize(self, counts: dict[str, Counter[str]]) -> tuple[npt.NDArray[np.intp], Floats]:
        """Return the non-zero columns of a document and their values."""
        columns: list[int] = []
        values: list[float] = []
        for block in BLOCKS:
            block_columns = []
            block_values = []
            for gram, number in counts[block].items():
                column = self.vocabulary.get(f"{block}:{gram}")
                if column is not None:
                    block_columns.append(column)
                    block_values.append((1.0 + math.log(number)) * self.idf[column])
            if block_columns:
                scale = self.block_weights[block] / math.sqrt(sum(value * value for value in block_values))
                columns.extend(block_columns)
                values.extend(value * scale for value in block_values)
        return np.array(columns, dtype=np.intp), np.array(values)

    def _evidence(
        self, document: Document, columns: npt.NDArray[np.intp], values: Floats, theme: int
    ) -> tuple[Contribution, ...]:
        """Return the phrases that raised a theme's score most: exact contributions, each shown where it first stands."""
        gains = self.slopes[theme] * values * self.weights[columns, theme]
        names = {int(column): float(gain) for column, gain in zip(columns, gains, strict=True) if gain > 0}
        by_gram: dict[str, float] = {}
        for blocks, gram in _distinct(document):
            for block in blocks:
                gain = names.get(self.vocabulary.get(f"{block}:{gram}", -1), 0.0)
                if gain:
                    by_gram[gram] = by_gram.get(gram, 0.0) + gain
        return _merge(document, by_gram, self.function_words)


def _distinct(document: Document) -> list[tuple[set[str], str]]:
    blocks_of: dict[str, set[str]] = {}
    for blocks, gram in grams(document):
        blocks_of.setdefault(gram.name, set()).update(blocks)
    return [(blocks, name) for name, blocks in blocks_of.items()]


def _merge(document: Document, gains: dict[str, float], function_words: frozenset[str]) -> tuple[Contribution, ...]:
    """Place the strongest n-grams in the text, join those that touch, and keep the strongest spans."""
    strongest = {
        name: gain
        for name, gain in sorted(gains.items(), key=lambda item: (-item[1], item[0]))[:12]
        if not all(word in function_words or word == "0" for word in name.split(" "))
    }
    placed: list[Contribution] = []
    for _, gram in grams(document):
        gain = strongest.pop(gram.name, None)
        if gain is not None:
            placed.append(Contribution(gram.field, gram.start, gram.end, gain))
    merged: list[Contribution] = []
    for piece in sorted(placed):
        last = merged[-1] if merged else None
        if last and last.field == piece.field and piece.start <= last.end + 1:
            merged[-1] = Contribution(last.field, last.start, max(last.end, piece.end), last.weight + piece.weight)
        else:
            merged.append(piece)
    merged.sort(key=lambda piece: -piece.weight)
    return tuple(sorted(merged[:_MAX_EVIDENCE], key=lambda piece: -piece.weight))


def save_model(model: ThemeModel, folder: Path, details: dict[str, Any]) -> None:
    """Write `model` and its manifest into `folder`; `details` (corpus, metrics) go into the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_FILE
    joblib.dump(model.__dict__, path, compress=3)
    manifest = {
        "version": model.version,
        "plan": model.plan,
        "segmenter": model.segmenter,
        "themes": list(model.themes),
        "files": {MODEL_FILE: hashlib.sha256(path.read_bytes()).hexdigest()},
        "libraries": {name: version(name) for name in LIBRARIES},
        **details,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


def load_model(models: Path, model_version: str | None = None) -> ThemeModel:
    """Load a version of the theme model from the models folder; the current one by default.

    Nothing is unpickled before its SHA-256 matches the manifest and the libraries are those it was made with.

    Raises:
        ModelError: the version is missing, damaged, or made with other libraries; the message says what to do.
    """
    themes = models / "themes"
    try:
        name = model_version or (themes / "current").read_text(encoding="utf-8").strip()
        folder = (themes / name).resolve()
        if folder.parent != themes.resolve():
            raise ModelError(f"model version {name!r} is outside {themes}")
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        data = (folder / MODEL_FILE).read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"no theme model can be read in {themes}: {error}; train one with training/train.py"
        ) from error
    _verify(folder, manifest, data)
    return ThemeModel(**joblib.load(io.BytesIO(data)))


def _verify(folder: Path, manifest: dict[str, Any], data: bytes) -> None:
    if hashlib.sha256(data).hexdigest() != manifest.get("files", {}).get(MODEL_FILE):
        raise ModelError(
            f"{folder / MODEL_FILE} does not match its manifest; restore it or train again with training/train.py"
        )
    for name, wanted in manifest.get("libraries", {}).items():
        have = version(name)
        if have.split(".")[:2] != wanted.split(".")[:2]:
            raise ModelError(
                f"the theme model was made with {name} {wanted}, this is {have}: "
                "install the locked versions or train again with training/train.py"
            )
