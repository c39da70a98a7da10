"""Lexicons: the words and phrases that checks look for, kept as data in knowledge/lexicons/*.yaml.

An entry is a phrase with, if need be, exceptions (longer phrases in which it means something else), replacements, and
a kind that its check understands. "một số … cho biết" is a phrase with a gap: its parts stand within a few syllables of
each other, in one clause. "{crowd} … {tells}" takes each word of the classes that the file declares under `classes`. All
lexicons are matched together, in one pass over a draft.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from review_service.checklist.chains import Chain, Chains, classes_in, follow
from review_service.data import read_data
from review_service.text import Document, Sentence, Span, fold, remembered
from review_service.text import Field as TextField

_LONGEST_EXCEPTION = 200  # code points


def _bare_phrase(value: Any) -> Any:
    return {"phrase": value} if isinstance(value, str) else value


class Entry(BaseModel):
    """A phrase of a lexicon."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    phrase: str = Field(min_length=1)
    kind: str = ""
    exceptions: tuple[str, ...] = Field((), alias="except")
    replacements: tuple[str, ...] = Field((), alias="replace")


class Lexicon(BaseModel):
    """A lexicon file: what it is for, its classes of words that can stand in one place, and its entries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    classes: dict[str, tuple[str, ...]] = {}
    entries: tuple[Annotated[Entry, BeforeValidator(_bare_phrase)], ...]

    @model_validator(mode="after")
    def _classes_are_declared(self) -> Lexicon:
        for entry in self.entries:
            for phrase in (entry.phrase, *entry.exceptions):
                for name in classes_in(phrase):
                    if name not in self.classes:
                        raise ValueError(f"“{phrase}” uses the class {{{name}}}, which the file does not declare")
        return self


class Match(NamedTuple):
    """An entry found in a text, and its place there in code points."""

    entry: Entry
    start: int
    end: int


class Hit(NamedTuple):
    """An entry found in a draft, as a span of a field's clean text, and the sentence it stands in."""

    entry: Entry
    field: TextField
    start: int
    end: int
    sentence: Sentence

    @property
    def span(self) -> Span:
        """The words found."""
        return Span(self.field.name, self.start, self.end)


def last_up_to(hits: list[Hit], start: int, most: int) -> list[Hit]:
    """Return the last of a sentence's hits, in order, that begin at `start` or before it: a few, however long the sentence."""
    last = bisect_right(hits, start, key=attrgetter("start"))
    return hits[max(0, last - most) : last]


class Hits:
    """The hits of every lexicon in a draft, by lexicon and by sentence; made when they are asked for."""

    def __init__(self) -> None:
        self._found: dict[Sentence, Mapping[str, tuple[Match, ...]]] = {}
        self._sentences: dict[str, list[Sentence]] = defaultdict(list)  # in which each lexicon has matches
        self._of: dict[str, list[Hit]] = {}
        self._within: dict[Sentence, dict[str, list[Hit]]] = defaultdict(dict)

    def add(self, sentence: Sentence, found: Mapping[str, tuple[Match, ...]]) -> None:
        """Add what was found in `sentence`, the matches of each lexicon."""
        self._found[sentence] = found
        for lexicon in found:
            self._sentences[lexicon].append(sentence)

    def of(self, lexicon: str) -> list[Hit]:
        """Return the hits of a lexicon, in order."""
        if lexicon not in self._of:
            self._of[lexicon] = [
                hit for sentence in self._sentences.get(lexicon, ()) for hit in self.within(sentence, lexicon)
            ]
        return self._of[lexicon]

    def within(self, sentence: Sentence, lexicon: str) -> list[Hit]:
        """Return the hits of a lexicon in `sentence`, in order."""
        found = self._found.get(sentence)
        if found is None or lexicon not in found:
            return []
        here = self._within[sentence]
        if lexicon not in here:
            field, offset = sentence.field, sentence.start
            here[lexicon] = [
                Hit(entry, field, offset + start, offset + end, sentence) for entry, start, end in found[lexicon]
            ]
        return here[lexicon]


class _Sought(NamedTuple):
    """An entry as it is sought: its phrase and its exceptions as chains."""

    lexicon: str
    entry: Entry
    phrase: Chain
    exceptions: tuple[Chain, ...]


class Lexicons:
    """All lexicons, matched in one pass."""

    def __init__(self, lexicons: dict[str, Lexicon]) -> None:
        self.names = frozenset(lexicons)
        self._chains = Chains()
        self._told_by: dict[int, list[_Sought]] = defaultdict(list)  # entries by the telling part of their phrase
        for name, lexicon in lexicons.items():
            classes = {of: tuple(map(fold, words)) for of, words in lexicon.classes.items()}
            for entry in lexicon.entries:
                phrase, *exceptions = (
                    self._chains.add(fold(words), classes, name) for words in (entry.phrase, *entry.exceptions)
                )
                self._told_by[phrase.telling].append(_Sought(name, entry, phrase, tuple(exceptions)))
        self._chains.build()
        self._matches = remembered(self._find_matches)

    def find(self, document: Document) -> Hits:
        """Return the hits of every lexicon in `document`; of overlapping entries of one lexicon, the longest."""
        hits = Hits()
        for sentence in document.sentences():
            found = self._matches(sentence.folded)
            if found:
                hits.add(sentence, found)
        return hits

    def _find_matches(self, text: str) -> dict[str, tuple[Match, ...]]:
        """Return what stands in a folded sentence: the matches of each lexicon that has any."""
        parts = self._chains.find(text)
        found: dict[str, list[Match]] = {}
        for part in parts:
            for lexicon, entry, phrase, exceptions in self._told_by.get(part, ()):
                places = parts[part] if len(phrase.parts) == 1 else follow(phrase, parts, text)
                if places and exceptions:
                    met = [exception for exception in exceptions if exception.telling in parts]
                    innocent = [place for exception in met for place in follow(exception, parts, text)]
                    innocent.sort(key=itemgetter(1))
                    places = [place for place in places if not _inside(*place, innocent)]
                if places:
                    found.setdefault(lexicon, []).extend([Match(entry, start, end) for start, end in places])
        return {lexicon: _longest(matches) for lexicon, matches in found.items()}


def _inside(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    """Whether one of `places`, sorted by end, holds [start, end)."""
    first = bisect_left(places, end, key=itemgetter(1))
    for place_start, place_end in islice(places, first, None):
        if place_start <= start:
            return True
        if place_end > end + _LONGEST_EXCEPTION:
            return False
    return False


def _longest(matches: list[Match]) -> tuple[Match, ...]:
    """Keep, of overlapping matches, the longest."""
    if len(matches) == 1:
        return tuple(matches)
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif match.end - match.start > kept[-1].end - kept[-1].start:
            kept[-1] = match
    return tuple(kept)


def load_lexicons(folder: Path) -> dict[str, Lexicon]:
    """Read every *.yaml of `folder`; a lexicon is named after its file."""
    return {path.stem: read_data(path, Lexicon) for path in sorted(folder.glob("*.yaml"))}
