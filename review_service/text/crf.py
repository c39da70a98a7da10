"""A linear-chain CRF with two labels, read from a CRFsuite model file and run over tokens.

The model is underthesea's word segmenter: each token either begins a word (B-W) or continues it (I-W). Its features are
windows of up to three tokens around a position (as written, in small letters, whether titled, whether digits, whether
in a dictionary), so that the score of a position is a sum over single tokens, pairs and triples, each of which recurs
in every text: they are remembered. Only the difference between the two labels matters, and a two-state Viterbi pass
(Viterbi 1967; Lafferty, McCallum and Pereira 2001) decides. The file format is that of CRFsuite 0.12 (Okazaki 2007).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

_BEGIN, _INSIDE = "B-W", "I-W"
_LARGEST_FILE = 64 * 1_048_576
_REMEMBERED = 65_536  # tokens, pairs and triples each

TEMPLATES = (
    "T[-2] T[-1] T[0] T[1] T[2] T[-2,-1] T[-1,0] T[0,1] T[1,2] T[-2,0] T[-1,1] T[0,2] "
    "T[-2].lower T[-1].lower T[0].lower T[1].lower T[2].lower T[-2,-1].lower T[-1,0].lower T[0,1].lower T[1,2].lower "
    "T[-1].isdigit T[0].isdigit T[1].isdigit T[-2].istitle T[-1].istitle T[0].istitle T[1].istitle T[2].istitle "
    "T[0,1].istitle T[0,2].istitle T[-2].is_in_dict T[-1].is_in_dict T[0].is_in_dict T[1].is_in_dict T[2].is_in_dict "
    "T[-2,-1].is_in_dict T[-1,0].is_in_dict T[0,1].is_in_dict T[1,2].is_in_dict T[-2,0].is_in_dict T[-1,1].is_in_dict "
    "T[0,2].is_in_dict"
).split()
_PLACES = (("-2", "-1", "0", "1", "2"), ("-2,-1", "-1,0", "0,1", "1,2"), ("-2,0", "-1,1", "0,2"))


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


class _Windows:
    """The weights of the windows of one, two or three tokens: for each place around a position, one number."""

    def __init__(self, places: tuple[str, ...], weights: dict[str, float]) -> None:
        self.nothing = (0.0,) * len(places)
        self._as_written: dict[str, list[float]] = {}
        self._small: dict[str, list[float]] = {}
        tests = {name: {value: [0.0] * len(places) for value in _VALUES} for name in _TESTS}
        tables = {"": self._as_written, ".lower": self._small} | {f".{name}": tests[name] for name in _TESTS}
        slots = {place: slot for slot, place in enumerate(places)}
        for name, weight in weights.items():
            template, _, words = name.partition("=")
            place, _, test = template[2:].partition("]")
            if place in slots and test in tables:
                tables[test].setdefault(words, [0.0] * len(places))[slots[place]] += weight
        self._tests = tests
        self._plain: dict[tuple[bool, bool, bool], tuple[float, ...]] = {}

    def scores(self, words: str, small: str, known: bool, title: bool, digit: bool) -> tuple[float, ...]:
        """Return the weights of these words at each place; `small` are the words in small letters."""
        as_written, lower = self._as_written.get(words), self._small.get(small)
        plain = self._plain.get((known, title, digit)) or self._remember(known, title, digit)
        if as_written is None and lower is None:
            return plain
        return tuple(map(sum, zip(plain, as_written or self.nothing, lower or self.nothing, strict=True)))

    def _remember(self, known: bool, title: bool, digit: bool) -> tuple[float, ...]:
        values = {"is_in_dict": known, "istitle": title, "isdigit": digit}
        rows = [self._tests[name][str(value)] for name, value in values.items()]
        self._plain[known, title, digit] = tuple(map(sum, zip(*rows, strict=True)))
        return self._plain[known, title, digit]

    def edge(self, edge: str) -> tuple[float, ...]:
        """Return the weights of a window that reaches over the beginning (BOS) or the end (EOS) of the text."""
        rows = [self._tests[name][edge] for name in _TESTS]
        rows += [self._as_written.get(edge, list(self.nothing)), self._small.get(edge, list(self.nothing))]
        return tuple(map(sum, zip(*rows, strict=True)))


_TESTS = ("is_in_dict", "istitle", "isdigit")
_VALUES = ("True", "False", "BOS", "EOS")


class WordTagger:
    """Tells which tokens continue the word before them."""

    def __init__(self, weights: Weights, dictionary: frozenset[str]) -> None:
        self._transitions = weights.transitions
        self._dictionary = dictionary
        self._windows = tuple(_Windows(places, weights.attributes) for places in _PLACES)
        self._begin = tuple(window.edge("BOS") for window in self._windows)
        self._end = tuple(window.edge("EOS") for window in self._windows)
        self._token = lru_cache(_REMEMBERED)(self._score_token)
        self._pair = lru_cache(_REMEMBERED)(self._score_pair)
        self._triple = lru_cache(_REMEMBERED)(self._score_triple)

    def tag(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether it continues the word of the one before (I-W)."""
        return self._decode(self._scores(tokens)) if tokens else []

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """Return how much each position speaks for B-W: the sum of the windows around it.

        A window that begins before the text is BOS; else, one that ends after it is EOS.
        """
        (b1, b2, b3), (e1, e2, e3) = self._begin, self._end
        ones = [b1, b1, *map(self._token, tokens), e1, e1]
        twos = [b2, b2, *map(self._pair, tokens, tokens[1:]), e2, e2]
        threes = [b3, b3, *map(self._triple, tokens, tokens[1:], tokens[2:])]
        threes += [e3, e3] if len(tokens) > 1 else [e3]
        return [
            u[0] + v[1] + w[2] + x[3] + y[4] + p[0] + q[1] + r[2] + s[3] + f[0] + g[1] + h[2]
            for u, v, w, x, y, p, q, r, s, f, g, h in zip(
                ones, ones[1:], ones[2:], ones[3:], ones[4:],
                twos, twos[1:], twos[2:], twos[3:],
                threes, threes[1:], threes[2:],
                strict=False,
            )
        ]  # fmt: skip

    def _score_token(self, token: str) -> tuple[float, ...]:
        small = token.lower()
        digit = token.isascii() and token.isdigit()
        return self._windows[0].scores(token, small, small in self._dictionary, _is_title(token), digit)

    def _score_pair(self, one: str, other: str) -> tuple[float, ...]:
        words = f"{one} {other}"
        small = words.lower()
        title = _is_title(one) and _is_title(other)
        return self._windows[1].scores(words, small, small in self._dictionary, title, False)

    def _score_triple(self, one: str, other: str, third: str) -> tuple[float, ...]:
        words = f"{one} {other} {third}"
        small = words.lower()
        title = _is_title(one) and _is_title(other) and _is_title(third)
        return self._windows[2].scores(words, small, small in self._dictionary, title, False)

    def _decode(self, scores: list[float]) -> list[bool]:
        """Return the likeliest labels: of two states, only by how much one leads the other need be carried along."""
        (from_b_to_b, from_b_to_i), (from_i_to_b, from_i_to_i) = self._transitions
        lead = scores[0]
        came_from: list[tuple[bool, bool]] = []  # for B-W and I-W: whether the best way there comes from I-W
        for score in scores[1:]:
            stay, leave = lead + from_b_to_b, lead + from_b_to_i
            came_from.append((from_i_to_b > stay, from_i_to_i > leave))
            lead = score + max(stay, from_i_to_b) - max(leave, from_i_to_i)
        inside = lead < 0
        tags = [inside]
        for to_begin, to_inside in reversed(came_from):
            inside = to_inside if inside else to_begin
            tags.append(inside)
        tags.reverse()
        return tags


def _is_title(token: str) -> bool:
    """Whether a token begins with what has no other capital: a capital, a digit, a sign. So the model's features mean it."""
    return token[0].upper() == token[0]
