"""A linear-chain CRF with two labels, read from a CRFsuite model file and run over tokens.

The model is underthesea's word segmenter: each token either begins a word (B-W) or continues it (I-W). Its features are
windows of up to three tokens around a position (as written, in small letters, whether titled, whether digits, whether
in a dictionary), so that the score of a position is a sum over single tokens, pairs and triples; tokens and pairs recur
in every text and are remembered. Only the difference between the two labels matters, and a two-state Viterbi pass
(Viterbi 1967; Lafferty, McCallum and Pereira 2001) decides. The file format is that of CRFsuite 0.12 (Okazaki 2007).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

_BEGIN, _INSIDE = "B-W", "I-W"
_LARGEST_FILE = 64 * 1_048_576
_REMEMBERED = 65_536  # tokens, and pairs of them

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


class _Token(NamedTuple):
    """What the windows need to know of a token."""

    written: str
    small: str
    is_title: bool
    scores: tuple[float, ...]  # of the windows of this token alone


_Rows = dict[str, tuple[float, ...]]


class _Windows:
    """The weights of the windows of one, two or three tokens: for each place around a position, one number."""

    def __init__(self, places: tuple[str, ...], weights: dict[str, float]) -> None:
        self.nothing = (0.0,) * len(places)
        tests: dict[str, dict[str, list[float]]] = {name: {} for name in _TESTS}
        as_written: dict[str, list[float]] = {}
        small: dict[str, list[float]] = {}
        tables = {"": as_written, ".lower": small} | {f".{name}": tests[name] for name in _TESTS}
        slots = {place: slot for slot, place in enumerate(places)}
        for name, weight in weights.items():
            template, _, words = name.partition("=")
            place, _, test = template[2:].partition("]")
            if place in slots and test in tables:
                tables[test].setdefault(words, [0.0] * len(places))[slots[place]] += weight
        self.as_written: _Rows = {words: tuple(row) for words, row in as_written.items()}
        self.small: _Rows = {words: tuple(row) for words, row in small.items()}
        self._tests = tests

    def plain(self, known: bool, title: bool, digit: bool) -> tuple[float, ...]:
        """Return the weights of words that the model does not know by themselves."""
        values = {"is_in_dict": known, "istitle": title, "isdigit": digit}
        return _sum(*(self._tests[name].get(str(value), self.nothing) for name, value in values.items()))

    def edge(self, edge: str) -> tuple[float, ...]:
        """Return the weights of a window that reaches over the beginning (BOS) or the end (EOS) of the text."""
        rows = [self._tests[name].get(edge, self.nothing) for name in _TESTS]
        return _sum(*rows, self.as_written.get(edge, self.nothing), self.small.get(edge, self.nothing))


_TESTS = ("is_in_dict", "istitle", "isdigit")


def _sum(*rows: Sequence[float]) -> tuple[float, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


class WordTagger:
    """Tells which tokens continue the word before them."""

    def __init__(self, weights: Weights, dictionary: frozenset[str]) -> None:
        self._transitions = weights.transitions
        self._dictionary = dictionary
        self._windows = tuple(_Windows(places, weights.attributes) for places in _PLACES)
        self._plain = tuple(
            tuple(windows.plain(known, title, digit) for digit, known, title in product((False, True), repeat=3))
            for windows in self._windows
        )
        self._begin = tuple(window.edge("BOS") for window in self._windows)
        self._end = tuple(window.edge("EOS") for window in self._windows)
        self._token = lru_cache(_REMEMBERED)(self._read_token)
        self._pair = lru_cache(_REMEMBERED)(self._score_pair)

    def tag(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether it continues the word of the one before (I-W)."""
        return self._decode(self._scores(tokens)) if tokens else []

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """Return how much each position speaks for B-W: the sum of the windows around it.

        A window that begins before the text is BOS; else, one that ends after it is EOS.
        """
        (b1, b2, b3), (e1, e2, e3) = self._begin, self._end
        known = list(map(self._token, tokens))
        ones = [b1, b1, *[token.scores for token in known], e1, e1]
        twos = [b2, b2, *map(self._pair, tokens, tokens[1:]), e2, e2]
        threes = [b3, b3, *self._triples(known), *([e3, e3] if len(tokens) > 1 else [e3])]
        return [
            u[0] + v[1] + w[2] + x[3] + y[4] + p[0] + q[1] + r[2] + s[3] + f[0] + g[1] + h[2]
            for u, v, w, x, y, p, q, r, s, f, g, h in zip(
                ones, ones[1:], ones[2:], ones[3:], ones[4:],
                twos, twos[1:], twos[2:], twos[3:],
                threes, threes[1:], threes[2:],
                strict=False,
            )
        ]  # fmt: skip

    def _read_token(self, written: str) -> _Token:
        windows, small, title = self._windows[0], written.lower(), _is_title(written)
        digit = written.isascii() and written.isdigit()
        plain = self._plain[0][4 * digit + 2 * (small in self._dictionary) + title]
        rows = windows.as_written.get(written, windows.nothing), windows.small.get(small, windows.nothing)
        return _Token(written, small, title, _sum(plain, *rows))

    def _score_pair(self, one: str, other: str) -> tuple[float, ...]:
        """Return the weights of two tokens side by side."""
        windows = self._windows[1]
        (_, one_small, one_title, _), (_, other_small, other_title, _) = self._token(one), self._token(other)
        small = f"{one_small} {other_small}"
        row = self._plain[1][2 * (small in self._dictionary) + (one_title and other_title)]
        written, lower = windows.as_written.get(f"{one} {other}"), windows.small.get(small)
        if written is None and lower is None:
            return row
        return _sum(row, written or windows.nothing, lower or windows.nothing)

    def _triples(self, tokens: Sequence[_Token]) -> list[tuple[float, ...]]:
        """Return the weights of each three tokens side by side; the model does not know them in small letters."""
        windows, plain, dictionary = self._windows[2], self._plain[2], self._dictionary
        as_written = windows.as_written.get
        found = []
        for one, other, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
            title = one.is_title and other.is_title and third.is_title
            row = plain[2 * (f"{one.small} {other.small} {third.small}" in dictionary) + title]
            written = as_written(f"{one.written} {other.written} {third.written}")
            found.append(row if written is None else _sum(row, written))
        return found

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
