"""A linear-chain CRF with two labels, run over tokens.

The model is underthesea's word segmenter: each token either begins a word (B-W) or continues it (I-W). Its features are
windows of up to three tokens around a position (as written, in small letters, whether titled, whether digits, whether
in a dictionary), so that the score of a position is a sum over single tokens, pairs and triples. Words are numbered, the
numbers of a window's words make one key, and the windows of all texts given are looked up together. Only the difference
between the two labels matters, and a two-state Viterbi pass (Viterbi 1967; Lafferty, McCallum and Pereira 2001) decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, count, product
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from review_service.text.crfsuite import CRFError, Weights

_REMEMBERED = 65_536  # tokens

TEMPLATES = (
    "T[-2] T[-1] T[0] T[1] T[2] T[-2,-1] T[-1,0] T[0,1] T[1,2] T[-2,0] T[-1,1] T[0,2] "
    "T[-2].lower T[-1].lower T[0].lower T[1].lower T[2].lower T[-2,-1].lower T[-1,0].lower T[0,1].lower T[1,2].lower "
    "T[-1].isdigit T[0].isdigit T[1].isdigit T[-2].istitle T[-1].istitle T[0].istitle T[1].istitle T[2].istitle "
    "T[0,1].istitle T[0,2].istitle T[-2].is_in_dict T[-1].is_in_dict T[0].is_in_dict T[1].is_in_dict T[2].is_in_dict "
    "T[-2,-1].is_in_dict T[-1,0].is_in_dict T[0,1].is_in_dict T[1,2].is_in_dict T[-2,0].is_in_dict T[-1,1].is_in_dict "
    "T[0,2].is_in_dict"
).split()
_PLACES = {1: ("-2", "-1", "0", "1", "2"), 2: ("-2,-1", "-1,0", "0,1", "1,2"), 3: ("-2,0", "-1,1", "0,2")}  # by tokens
_TESTS = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
_EDGES = 4  # places around a text, two at each end
_BITS = 20  # for the number of a word
_WORD = (1 << _BITS) - 1
_TITLE, _DIGIT, _BOS, _EOS = (1 << 2 * _BITS + place for place in range(4))

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)
_ByTemplate = dict[str, list[tuple[str, float]]]  # words and their weight


class _Tokens:
    """Tokens side by side, each text between its edges, from a code for each: what the windows need to know of them."""

    def __init__(self, codes: Ints) -> None:
        self.written: Ints = codes & _WORD  # the number of a word, 0 for one that no window holds
        self.small: Ints = codes >> _BITS & _WORD
        self.title: Flags = codes & _TITLE != 0
        self.digit: Flags = codes & _DIGIT != 0
        self.before: Flags = codes & _BOS != 0  # no token, but what stands before a text
        self.after: Flags = codes & _EOS != 0


class _Table:
    """Weights by the key of a window's words. Shapes: `keys` (K,), sorted; `rows` (K, places), the last for all others."""

    def __init__(self, keys: Ints, rows: Floats, weightless: Ints) -> None:
        self.keys: Ints = np.unique(np.concatenate([keys, weightless, [np.iinfo(np.int64).max]]))
        self.rows: Floats = np.zeros((len(self.keys), rows.shape[1]))
        self.rows[np.searchsorted(self.keys, keys)] = rows

    def find(self, wanted: Ints) -> Ints:
        """Return the place of each of `wanted`."""
        found = np.searchsorted(self.keys, wanted)
        found[self.keys[found] != wanted] = len(self.keys) - 1
        return found


class _Windows:
    """The weights of the windows of one, two or three tokens: for each place around a position, one number."""

    def __init__(
        self, size: int, weights: _ByTemplate, dictionary: Iterable[str], numbers: defaultdict[str, int]
    ) -> None:
        self._size, self._numbers = size, numbers
        places = _PLACES[size]
        rows: dict[str, dict[str, list[float]]] = {test: defaultdict(lambda: [0.0] * len(places)) for test in _TESTS}
        for (slot, place), test in product(enumerate(places), _TESTS):
            for words, weight in weights.get(f"T[{place}]{test}", ()):
                rows[test][words][slot] += weight
        tests = [rows[test] for test in (".isdigit", ".is_in_dict", ".istitle")]
        answers = product(("False", "True"), repeat=len(tests))
        kinds = [[test[answer] for test, answer in zip(tests, each, strict=True)] for each in answers]
        kinds += [[table[edge] for table in rows.values()] for edge in ("EOS", "BOS")]
        self._kinds: Floats = np.array([np.sum(kind, axis=0) for kind in kinds])
        known = self._keys([words for words in dictionary if self._fits(words)])
        self._written = self._table(rows[""], known[:0])
        self._small = self._table(rows[".lower"], known)
        self._known: Flags = np.isin(self._small.keys, known)

    def _table(self, rows: Mapping[str, Sequence[float]], weightless: Ints) -> _Table:
        fitting = [words for words in rows if self._fits(words)]
        weights = np.reshape([rows[words] for words in fitting], (-1, len(_PLACES[self._size])))
        return _Table(self._keys(fitting), weights, weightless)

    def _fits(self, words: str) -> bool:
        return self._size == 1 or words.count(" ") == self._size - 1

    def _keys(self, phrases: Sequence[str]) -> Ints:
        """Return the key of each of `phrases`, which fit the window: the numbers of their words, side by side."""
        words = phrases if self._size == 1 or not phrases else " ".join(phrases).split(" ")
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))
        return _side_by_side(numbers.reshape(-1, self._size).T)

    def scores(self, tokens: _Tokens) -> Floats:
        """Return what the window that begins at each token brings to each place: (tokens - size + 1, places).

        A window that begins before the text is BOS; else, one that ends after it is EOS.
        """
        small, written = self._small.find(self._key(tokens.small)), self._written.find(self._key(tokens.written))
        kinds: Ints = 4 * self._all(tokens.digit) + 2 * self._known[small] + self._all(tokens.title)
        kinds[tokens.after[self._size - 1 :]] = 8
        kinds[tokens.before[: len(kinds)]] = 9
        return self._kinds[kinds] + self._small.rows[small] + self._written.rows[written]

    def _all(self, flags: Flags) -> Flags:
        return reduce(np.logical_and, self._each(flags))

    def _key(self, words: Ints) -> Ints:
        return _side_by_side(self._each(words))

    def _each(self, values: npt.NDArray[Value]) -> list[npt.NDArray[Value]]:
        """Return the values of each window's first token, of its second one, of its third one."""
        return [values[at : len(values) - self._size + 1 + at] for at in range(self._size)]


def _side_by_side(words: Iterable[Ints]) -> Ints:
    return reduce(lambda key, word: key << _BITS | word, words)


class WordTagger:
    """Tells which tokens continue the word before them."""

    def __init__(self, weights: Weights, dictionary: Iterable[str]) -> None:
        self._transitions = weights.transitions
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        by_template: _ByTemplate = defaultdict(list)
        for name, weight in weights.attributes.items():
            template, _, words = name.partition("=")
            by_template[template].append((words, weight))
        self._windows = [_Windows(size, by_template, dictionary, self._numbers) for size in _PLACES]
        if len(self._numbers) > _WORD:
            raise CRFError("more words than can be numbered")
        self._code = lru_cache(_REMEMBERED)(self._encode)

    def tag(self, texts: Sequence[Sequence[str]]) -> list[list[bool]]:
        """Return for each token of each text whether it continues the word of the one before (I-W)."""
        return [self._decode(scores) for scores in self._scores(texts)]

    def _scores(self, texts: Sequence[Sequence[str]]) -> list[list[float]]:
        """Return how much each position of each text speaks for B-W: the sum of the windows around it."""
        codes = [code for tokens in texts for code in (_BOS, _BOS, *map(self._code, tokens), _EOS, _EOS)]
        if not codes:
            return []
        tokens = _Tokens(np.array(codes))
        totals: Floats = np.zeros(len(codes) - _EDGES)
        for windows in self._windows:
            scores = windows.scores(tokens)
            for place in range(scores.shape[1]):
                totals += scores[place : place + len(totals), place]
        ends = list(accumulate(len(text) + _EDGES for text in texts))
        return [totals[end - len(text) - _EDGES : end - _EDGES].tolist() for text, end in zip(texts, ends, strict=True)]

    def _encode(self, written: str) -> int:
        """Return all that the windows need to know of a token, in one number."""
        small = written.lower()
        digit = written.isascii() and written.isdigit()
        words = self._numbers.get(small, 0) << _BITS | self._numbers.get(written, 0)
        return words | _TITLE * _is_title(written) | _DIGIT * digit

    def _decode(self, scores: list[float]) -> list[bool]:
        """Return the likeliest labels: of two states, only by how much one leads the other need be carried along."""
        (from_b_to_b, from_b_to_i), (from_i_to_b, from_i_to_i) = self._transitions
        leads = scores[:1]
        least_to_begin, least_to_stay = from_i_to_b - from_b_to_b, from_i_to_i - from_b_to_i
        for score in scores[1:]:
            lead = leads[-1]
            to_begin = lead + from_b_to_b if lead > least_to_begin else from_i_to_b
            to_stay = lead + from_b_to_i if lead > least_to_stay else from_i_to_i
            leads.append(score + to_begin - to_stay)
        # Under these leads of B-W, the best way to the next B-W, the next I-W comes from I-W.
        least = 0.0
        tags = []
        for lead in reversed(leads):
            tags.append(lead < least)
            least = least_to_stay if tags[-1] else least_to_begin
        return tags[::-1]


def _is_title(token: str) -> bool:
    """Whether a token begins with what has no other capital: a capital, a digit, a sign. So the model's features mean it."""
    return token[0].upper() == token[0]
