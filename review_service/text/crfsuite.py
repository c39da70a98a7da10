"""Reads the model files of CRFsuite 0.12 (Okazaki 2007) that hold a first-order chain of two labels."""

from __future__ import annotations

import struct
from typing import NamedTuple

import numpy as np

_BEGIN, _INSIDE = "B-W", "I-W"
_LARGEST_FILE = 64 * 1_048_576


class CRFError(ValueError):
    """The file is not the model that this module can run."""


class Weights(NamedTuple):
    """What a model file holds, as differences: how much more an attribute speaks for B-W than for I-W."""

    attributes: dict[str, float]
    transitions: tuple[tuple[float, float], tuple[float, float]]  # [from][to], 0 for B-W and 1 for I-W


def read_weights(content: bytes) -> Weights:
    """Read a CRFsuite model file.

    Raises:
        CRFError: the content is damaged or not of this format.
    """
    if len(content) > _LARGEST_FILE:
        raise CRFError("the model file is too large")
    try:
        return _read_weights(content)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise CRFError(f"not a CRFsuite model: {error}") from None


def _read_weights(content: bytes) -> Weights:
    magic, size, kind, _, _, labels, _, features_at, labels_at, names_at = struct.unpack_from("<4sI4sIIIIIII", content)
    if magic != b"lCRF" or kind != b"FOMC" or size > len(content) or labels != 2:
        raise CRFError("not a first-order model of two labels")
    label_names = _read_strings(content, labels_at)
    if sorted(label_names) != [_BEGIN, _INSIDE]:
        raise CRFError(f"labels {label_names}")
    sign = np.array([1.0 if name == _BEGIN else -1.0 for name in label_names])
    names = _read_strings(content, names_at)
    chunk, _, count = struct.unpack_from("<4sII", content, features_at)
    if chunk != b"FEAT":
        raise CRFError("no features")
    record = np.dtype([("type", "<i4"), ("source", "<i4"), ("target", "<i4"), ("weight", "<f8")])
    features = np.frombuffer(content, record, count, features_at + 12)
    states = features[features["type"] == 0]
    summed = np.zeros(len(names))
    np.add.at(summed, states["source"], states["weight"] * sign[states["target"]])
    between = np.zeros((2, 2))
    for feature in features[features["type"] == 1]:
        places = [0 if label_names[feature[end]] == _BEGIN else 1 for end in ("source", "target")]
        between[places[0], places[1]] = feature["weight"]
    (bb, bi), (ib, ii) = between.tolist()
    return Weights(dict(zip(names, summed.tolist(), strict=True)), ((bb, bi), (ib, ii)))


def _read_strings(content: bytes, start: int) -> list[str]:
    """Return the strings of a CQDB chunk by their number."""
    chunk, _, _, _, count, index_at = struct.unpack_from("<4sIIIII", content, start)
    if chunk != b"CQDB":
        raise CRFError("no string table")
    offsets = np.frombuffer(content, "<u4", count, start + index_at).tolist()
    strings = []
    for number, offset in enumerate(offsets):
        identity, length = struct.unpack_from("<iI", content, start + offset)
        place = start + offset + 8
        if identity != number or place + length > len(content):
            raise CRFError("damaged string table")
        strings.append(content[place : place + length - 1].decode())
    return strings
