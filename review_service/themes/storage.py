"""A model on disk: one file of numbers and words, and a manifest that says what it must be.

joblib's format is pickle, which runs what it reads: the file is unpickled only after its SHA-256 matches the manifest,
and only from inside the models folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib

from review_service.errors import ModelError
from review_service.themes.model import Gate, ThemeModel
from review_service.themes.vectors import Vectorizer

MODEL_FILE = "model.joblib"
MANIFEST_FILE = "manifest.json"
_LIBRARIES = ("joblib", "numpy", "scikit-learn")
_SEGMENTER_LIBRARIES = {"underthesea": "underthesea", "pyvi": "pyvi"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MAX_BYTES = 64 * 1024 * 1024
_RETRAIN = "install the locked versions, or train again with training/train.py"


def save_model(model: ThemeModel, folder: Path, details: dict[str, Any]) -> None:
    """Write `model` and its manifest into `folder`; `details` (corpus, figures) go into the manifest.

    Raises:
        ModelError: the model's version is not a plain name.
    """
    if not _NAME.fullmatch(model.version):
        raise ModelError(f"a version's name is letters, digits, '.', '_' and '-', not {model.version!r}")
    folder.mkdir(parents=True, exist_ok=True)
    data = _pack(model)
    (folder / MODEL_FILE).write_bytes(data)
    libraries = (*_LIBRARIES, _SEGMENTER_LIBRARIES[model.segmenter])
    manifest = {
        "version": model.version,
        "plan": model.plan,
        "segmenter": model.segmenter,
        "themes": list(model.themes),
        "files": {MODEL_FILE: hashlib.sha256(data).hexdigest()},
        "libraries": {name: version(name) for name in libraries},
        **details,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


def load_version(models: Path, name: str) -> ThemeModel:
    """Load the version called `name` from the models folder.

    Raises:
        ModelError: the version is missing, damaged, outside the folder, or made with other libraries; the message says
            what to do.
    """
    folder = version_folder(models, name)
    manifest = read_manifest(folder)
    data = _read(folder / MODEL_FILE, folder)
    if hashlib.sha256(data).hexdigest() != manifest.get("files", {}).get(MODEL_FILE):
        raise ModelError(
            f"{folder / MODEL_FILE} does not match its manifest: restore it, or train again with training/train.py"
        )
    _check_libraries(manifest)
    try:
        model = _unpack(data)
    except (ValueError, KeyError, TypeError, IndexError, OSError, EOFError, pickle.UnpicklingError) as error:
        raise ModelError(
            f"{folder / MODEL_FILE} is no theme model: {error}; train again with training/train.py"
        ) from error
    if model.version != name:
        raise ModelError(f"{folder} holds version {model.version!r}, not {name!r}")
    return model


def version_folder(models: Path, name: str) -> Path:
    """Return the folder of a version.

    Raises:
        ModelError: the name is not a plain name, or leads out of the models folder.
    """
    themes = (models / "themes").resolve()
    if not _NAME.fullmatch(name) or (themes / name).resolve().parent != themes:
        raise ModelError(f"model version {name!r} is outside {themes}")
    return themes / name


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a version's folder.

    Raises:
        ModelError: there is none, or it is not a JSON object.
    """
    try:
        manifest = json.loads(_read(folder / MANIFEST_FILE, folder))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{folder / MANIFEST_FILE} is not JSON: {error}") from None
    if not isinstance(manifest, dict):
        raise ModelError(f"{folder / MANIFEST_FILE} is not a JSON object")
    for part in ("files", "libraries"):
        if not isinstance(manifest.get(part, {}), dict):
            raise ModelError(f"{folder / MANIFEST_FILE}: {part} is not a JSON object")
    return manifest


def _read(path: Path, folder: Path) -> bytes:
    """Return the bytes of a file that lies in `folder` itself, not behind a link, and is not too big."""
    try:
        if path.resolve(strict=True).parent != folder.resolve():
            raise ModelError(f"{path} leads out of the models folder")
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise ModelError(f"{path} is {size} bytes; a model has at most {_MAX_BYTES}")
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"no theme model can be read: {path}: {error.strerror}; train one with training/train.py"
        ) from None


def _check_libraries(manifest: dict[str, Any]) -> None:
    """Compare the major and minor versions of the libraries that the model's numbers rest on."""
    recorded = manifest.get("libraries", {})
    for name in (*_LIBRARIES, _SEGMENTER_LIBRARIES.get(str(manifest.get("segmenter")), "underthesea")):
        wanted, have = str(recorded.get(name, "an unknown version")), version(name)
        if have.split(".")[:2] != wanted.split(".")[:2]:
            raise ModelError(f"the theme model was made with {name} {wanted}, this is {have}: {_RETRAIN}")


_ARRAYS = ("weights", "intercepts", "slopes", "offsets", "thresholds")
_GATE_NUMBERS = ("intercept", "offset", "least", "sure", "least_coverage")


def _pack(model: ThemeModel) -> bytes:
    """Return the model as plain words and arrays, so that what is unpickled is no class of this package."""
    content = {
        "version": model.version,
        "plan": model.plan,
        "segmenter": model.segmenter,
        "themes": list(model.themes),
        "concepts": {concept: list(phrases) for concept, phrases in model.vectorizer.concepts.items()},
        "features": ["\n".join(block) for block in model.vectorizer.features],  # word by word is slow to load
        "function_words": sorted(model.function_words),
        "max_themes": model.max_themes,
        "gate": {name: getattr(model.gate, name) for name in _GATE_NUMBERS},
        "idf": model.vectorizer.idf,
        "block_weights": model.vectorizer.block_weights,
        "gate_weights": model.gate.weights,
        "gate_coefficients": model.gate.coefficients,
        **{name: getattr(model, name) for name in _ARRAYS},
    }
    file = io.BytesIO()
    joblib.dump(content, file, compress=3)
    return file.getvalue()


def _unpack(data: bytes) -> ThemeModel:
    words = arrays = joblib.load(io.BytesIO(data))
    vectorizer = Vectorizer(
        words["concepts"],
        tuple(tuple(block.split("\n")) if block else () for block in words["features"]),
        arrays["idf"],
        arrays["block_weights"],
    )
    features, themes = len(vectorizer.grams), len(words["themes"])
    if arrays["weights"].shape != (features, themes) or arrays["gate_weights"].shape != (features,):
        raise ValueError(f"its weights are not {features} features by {themes} themes")
    return ThemeModel(
        version=words["version"],
        plan=words["plan"],
        segmenter=words["segmenter"],
        themes=tuple(words["themes"]),
        vectorizer=vectorizer,
        gate=Gate(weights=arrays["gate_weights"], coefficients=arrays["gate_coefficients"], **words["gate"]),
        function_words=frozenset(words["function_words"]),
        max_themes=words["max_themes"],
        **{name: arrays[name] for name in _ARRAYS},
    )
