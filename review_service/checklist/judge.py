"""How likely an editor would flag a sentence under a code: a linear model beside the rules, learnt from labelled drafts.

The rules know the wordings that they were given; the judge has weighed running words (one to three of them, logistic regression
on their tf-idf) and so says something of sentences that no rule has met. It has two bounds for each code, set where drafts
held out from its training say so (training/train_judge.py). Below `least`, what a rule found is let go; from `sure` on, a
sentence is taken up although no rule has words for it, and goes through the same questions (who says so, where is the
source) as what a rule finds. Between the two, the rules decide alone.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from review_service.errors import KnowledgeError
from review_service.text.remembered import remembered_together

FILE = "judge.npz"
WORDED_BY = {  # the lexicons with hits of which the rules have decided on a sentence
    "objectivity.absolute_claim": ("absolute",),
    "objectivity.opinion": ("opinion", "loaded"),
    "source.hearsay": ("hearsay",),
    "source.unattributed_figure": (),
}
CODES = tuple(WORDED_BY)
LONGEST_RUN = 3  # words
LEAST_TOKENS = 7  # with the two ends; shorter sentences (headings, cells of a table) say too little
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_NUMBER = "0"  # any number
_BEGINNING, _END = "<s>", "</s>"  # of a sentence: words like others, since openings tell much
_BITS = 20  # for the number of a word
_MAX_BYTES = 64 * 1024 * 1024

Likelihoods = tuple[float, ...]  # of a sentence under each of `CODES`; none when it is too short to tell
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Bounds(NamedTuple):
    """Of a code, the likelihood below which a finding is let go, and the one from which a sentence is taken up."""

    least: float
    sure: float


UNDECIDED = (Bounds(0.0, 2.0),) * len(CODES)


class Weights(NamedTuple):
    """What was learnt. Shapes: W words, R runs of words, C codes.

    `keys` (R,), sorted, are the runs, each the numbers of its words (from 1 on) side by side; `idf` is (R,), `weights` (R, C),
    `intercepts` (C,).
    """

    words: tuple[str, ...]
    keys: Ints
    idf: Floats
    weights: Floats
    intercepts: Floats


def tokens(folded: str) -> list[str]:
    """Return the words and marks of a folded sentence, and its two ends; a number is one word, whichever it is."""
    found = (_NUMBER if token[0].isdecimal() else token for token in _TOKEN.findall(folded))
    return [_BEGINNING, *found, _END]


def key_of(numbers: Sequence[int]) -> int:
    """Return the key of a run, given the numbers of its words."""
    key = 0
    for number in numbers:
        key = key << _BITS | number
    return key


class Judge:
    """Says how likely a sentence is to be flagged. Thread-safe: nothing changes after loading."""

    def __init__(self, learnt: Weights, bounds: Sequence[Bounds]) -> None:
        runs, codes = len(learnt.keys), len(CODES)
        if learnt.idf.shape != (runs,) or learnt.weights.shape != (runs, codes) or len(bounds) != codes:
            raise ValueError("its numbers do not fit its words")
        self._numbers = {word: number for number, word in enumerate(learnt.words, 1)}
        self._learnt = learnt
        self._keys: Ints = np.append(learnt.keys, np.iinfo(np.int64).max)  # so that every place sought is one of them
        self._bounds = dict(zip(CODES, bounds, strict=True))
        self.likelihoods = remembered_together(self._weigh)

    @classmethod
    def undecided(cls) -> Judge:
        """Return a judge that leaves everything to the rules."""
        nothing = np.zeros((0, len(CODES)), np.float32)
        return cls(Weights((), np.zeros(0, np.int64), nothing[:, 0], nothing, nothing.sum(axis=0)), UNDECIDED)

    def doubts(self, code: str, said: Likelihoods) -> bool:
        """Whether what a rule found in a sentence of these likelihoods had better be let go."""
        return bool(said) and said[CODES.index(code)] < self._bounds[code].least

    def is_sure(self, code: str, said: Likelihoods) -> bool:
        """Whether a sentence of these likelihoods had better be taken up: under the likelier of two codes of one family."""
        if not said or said[CODES.index(code)] < self._bounds[code].sure:
            return False  # mostly
        family = code.partition(".")[0]
        likely = {one: told for one, told in zip(CODES, said, strict=True) if one.startswith(family)}
        return likely[code] == max(told for one, told in likely.items() if told >= self._bounds[one].sure)

    def telling(self, code: str, folded: str) -> tuple[int, int]:
        """Return the span of the clause that speaks most for a code: that of the tokens whose weights add up to most."""
        places = [match.span() for match in _TOKEN.finditer(folded)]
        numbers = [self._numbers.get(token, 0) for token in tokens(folded)]
        weights = self._learnt.idf * self._learnt.weights[:, CODES.index(code)]
        gains = [0.0] * len(numbers)
        for size in range(1, LONGEST_RUN + 1):
            for first in range(len(numbers) - size + 1):
                run = numbers[first : first + size]
                place = int(np.searchsorted(self._keys, key_of(run)))
                if 0 not in run and self._keys[place] == key_of(run):
                    for token in range(first, first + size):
                        gains[token] += float(weights[place]) / size
        first, last = _best_stretch(gains[1:-1])  # without the ends
        return _clause(folded, places[first][0], places[last][1])

    def _weigh(self, texts: Sequence[str]) -> list[Likelihoods]:
        """Return how likely folded sentences are to be flagged."""
        read = [[self._numbers.get(token, 0) for token in tokens(text)] for text in texts]
        sentences, places = self._runs(read)
        # How often each run stands in its sentence, by sentence.
        both, counts = np.unique(sentences * len(self._keys) + places, return_counts=True)
        sentences, places = np.divmod(both, len(self._keys))
        values = (1.0 + np.log(counts)) * self._learnt.idf[places]
        lengths = np.sqrt(np.bincount(sentences, values * values, minlength=len(read)))
        gains = [
            np.bincount(sentences, values * column[places], minlength=len(read)) for column in self._learnt.weights.T
        ]
        margins = self._learnt.intercepts + np.transpose(gains) / np.where(lengths > 0, lengths, 1.0)[:, None]
        likelihoods = (1.0 / (1.0 + np.exp(-margins))).tolist()
        return [
            tuple(said) if len(numbers) >= LEAST_TOKENS else () for said, numbers in zip(likelihoods, read, strict=True)
        ]

    def _runs(self, read: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
        """Return the known runs of words of all sentences: for each, the sentence that it stands in, and its place in `keys`."""
        gap = (0,) * (LONGEST_RUN - 1)  # no word, so that no run goes over the end of a sentence
        numbers = np.fromiter(chain.from_iterable((*sentence, *gap) for sentence in read), np.int64)
        owners = np.repeat(np.arange(len(read)), [len(sentence) + len(gap) for sentence in read])
        keys, sentences = [], []
        key = numbers
        known = numbers > 0
        for size in range(1, LONGEST_RUN + 1):
            if size > 1:
                key = key[:-1] << _BITS | numbers[size - 1 :]
                known = known[:-1] & (numbers[size - 1 :] > 0)
            keys.append(key[known])
            sentences.append(owners[: len(key)][known])
        wanted = np.concatenate(keys)
        places = np.searchsorted(self._keys, wanted)
        met = self._keys[places] == wanted
        return np.concatenate(sentences)[met], places[met]


def _best_stretch(gains: Sequence[float]) -> tuple[int, int]:
    """Return the first and the last place of the stretch with the largest sum (Kadane's algorithm)."""
    best, best_sum = (0, 0), -math.inf
    start, total = 0, 0.0
    for place, gain in enumerate(gains):
        if total <= 0:
            start, total = place, 0.0
        total += gain
        if total > best_sum:
            best, best_sum = (start, place), total
    return best


_MARK = re.compile(r"[;()“”\"…–—]|[,:.?!](?!\d)")


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) widened to the marks beside it: a stretch of tokens alone may break off within a phrase."""
    first = max((mark.end() for mark in _MARK.finditer(folded, 0, start)), default=0)
    mark = _MARK.search(folded, end)
    words = folded[first : mark.start() if mark else len(folded)]
    first += len(words) - len(words.lstrip())
    words = words.strip()
    return first, first + len(words.rstrip(".,;:!?").rstrip() or words)


def save_judge(path: Path, learnt: Weights, bounds: Sequence[Bounds]) -> None:
    """Write a judge."""
    np.savez_compressed(
        path,
        codes=np.array(CODES),
        words=np.frombuffer("\n".join(learnt.words).encode(), np.uint8),
        keys=learnt.keys,
        idf=learnt.idf,
        weights=learnt.weights,
        intercepts=learnt.intercepts,
        bounds=np.array(bounds),
    )


def load_judge(path: Path) -> Judge:
    """Read a judge. The file holds numbers and letters alone: nothing in it is run.

    Raises:
        KnowledgeError: the file is missing, damaged, too large, or made for other codes; the message says what to do.
    """
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as members:
            if sum(member.file_size for member in members.infolist()) > _MAX_BYTES:
                raise ValueError("it is too large")
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            if tuple(arrays["codes"].tolist()) != CODES:
                raise ValueError("it was made for other codes")
            words = tuple(arrays["words"].tobytes().decode().split("\n"))
            learnt = Weights(words, *(arrays[name] for name in Weights._fields[1:]))
            return Judge(learnt, [Bounds(float(least), float(sure)) for least, sure in arrays["bounds"]])
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}; {_TRAIN}") from None
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise KnowledgeError(f"{path} is no judge: {error}; {_TRAIN}") from None


_TRAIN = "restore it, or train one with training/train_judge.py"
