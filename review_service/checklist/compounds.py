"""Words of two syllables as a slip of the ear writes them: hỏi for ngã, s for x, n for ng (knowledge/compounds.yaml).

Speakers of one region or another do not hear these apart; what they write is made of good syllables, and only the word
tells that it is wrong: "vất vã", "sắp sếp", "răng đe".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from review_service.text import fold, remembered
from review_service.text.phrases import PhraseMatcher

_HOOK, _TILDE = "\u0309", "\u0303"
ONSETS = (("s", "x"), ("tr", "ch"), ("d", "gi"), ("d", "r"), ("gi", "r"))
_ENDINGS = (("n", "ng"), ("t", "c"), ("n", "nh"))
# Words that stand beside any other: "phần đất các bên" is no slip of "đất cát".
_EVERYDAY = frozenset(
    "các và là của một những có bị được đã sẽ không ở ra vào để cho với từ theo do khi thì mà nên nếu rồi lại còn chỉ này ấy "
    "năm tháng ngày người chị anh ông bà em tôi đến trên dưới trong sau trước giữa".split()
)

Slip = tuple[int, int, str]  # where it stands, and the word meant


class Compounds:
    """The slips that make one of `words` (folded) of two others' syllables; `right` are such pairs that are no slip, and
    the syllables `alone` are often words by themselves."""

    def __init__(
        self, words: Iterable[str], syllables: frozenset[str], right: Iterable[str], alone: frozenset[str] = frozenset()
    ) -> None:
        self._words = frozenset(words)
        self._alone = alone
        fine = self._words.union(right)
        heard = {syllable for word in self._words for syllable in word.split(" ")}
        telling = syllables - _EVERYDAY
        alike = {syllable: (_sounds_like(syllable) & telling) | _unmarked(syllable) for syllable in heard}
        self._meant = {slip: word for word in sorted(self._words) for slip in _slips(word, alike) if slip not in fine}
        self._slips = list(self._meant)
        self._phrases = PhraseMatcher(self._slips, folded=True)
        self.slips = remembered(self._find_slips)

    def has(self, pair: str) -> bool:
        """Whether two folded syllables are one of the words."""
        return pair in self._words

    def may_only_meet(self, pair: str) -> bool:
        """Whether two folded syllables are each a word, so that they may well stand side by side: "trốn cái nắng"."""
        return self._alone.issuperset(pair.split(" "))

    def _find_slips(self, folded: str) -> tuple[Slip, ...]:
        """Return the slips of a folded text."""
        found = ((hit.start, hit.end, self._slips[hit.phrase]) for hit in self._phrases.find(folded))
        return tuple((start, end, self._meant[slip]) for start, end, slip in found)


def _slips(word: str, alike: Mapping[str, frozenset[str]]) -> Iterator[str]:
    one, other = word.split(" ")
    yield from (f"{wrong} {other}" for wrong in alike[one])
    yield from (f"{one} {wrong}" for wrong in alike[other])
    for pair in ONSETS:  # "dun dẩy", "chêu trọc": both onsets at once
        if one.startswith(pair) and other.startswith(pair):
            first, second = (with_other_onsets(syllable, (pair,)) for syllable in (one, other))
            yield from (f"{left} {right}" for left in first & alike[one] for right in second & alike[other])


def _sounds_like(syllable: str) -> frozenset[str]:
    """Return what a folded syllable may be written as by ear."""
    apart = unicodedata.normalize("NFD", syllable)
    found = {apart.replace(_HOOK, _TILDE), apart.replace(_TILDE, _HOOK)}
    found |= with_other_onsets(syllable, ONSETS)
    for pair in _ENDINGS:
        for mine, theirs in (pair, pair[::-1]):
            if syllable.endswith(mine):
                found.add(syllable[: -len(mine)] + theirs)
    return frozenset(fold(unicodedata.normalize("NFC", written)) for written in found) - {syllable}


_MARKED = re.compile("[\u0300-\u036f]")


def _unmarked(syllable: str) -> frozenset[str]:
    """Return a syllable that ends in a stop without its marks, as an unfinished key leaves it: "tich" for "tích" is no syllable,
    since a stop needs a tone."""
    if not syllable.endswith(_STOPS):
        return frozenset()
    return frozenset((_MARKED.sub("", unicodedata.normalize("NFD", syllable)).replace("đ", "d"),))


_STOPS = ("c", "ch", "p", "t")


def with_other_onsets(syllable: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return what a folded syllable becomes when its onset is written as the other of a pair that sounds alike."""
    both_ways = (way for pair in pairs for way in (pair, pair[::-1]))
    return {theirs + syllable[len(mine) :] for mine, theirs in both_ways if syllable.startswith(mine)}
