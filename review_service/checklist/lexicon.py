"""Lexicons: the words and phrases that checks look for, kept as data in knowledge/lexicons/*.yaml.

An entry is a phrase with, if need be, exceptions (longer phrases in which it means something else), replacements, and
a kind that its check understands. "một số … cho biết" is a phrase with a gap: its parts stand within a few syllables of
each other, in one clause. "{crowd} … {tells}" takes each word of the classes that the file declares under `classes`. All
lexicons are matched together, in one pass over a draft.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from review_service.data import read_data
from review_service.text import Document, PhraseMatcher, Sentence, Span, remembered
from review_service.text import Field as TextField

_LONGEST_EXCEPTION = 200
_GAP = "…"
_LONGEST_GAP = 42  # code points: about eight syllables
_CLASS = re.compile(r"\{(\w+)\}")


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
            for name in _CLASS.findall(entry.phrase):
                if name not in self.classes:
                    raise ValueError(f"“{entry.phrase}” uses the class {{{name}}}, which the file does not declare")
        return self

    def expand(self, phrase: str) -> Iterator[str]:
        """Yield `phrase` with each choice of words for its classes."""
        parts = _CLASS.split(phrase)  # text, class, text, class, … text
        choices = [self.classes[part] if index % 2 else (part,) for index, part in enumerate(parts)]
        for choice in product(*choices):
            yield " ".join("".join(choice).split())


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


class Hits:
    """The hits of every lexicon in a draft, by lexicon and by sentence."""

    def __init__(self) -> None:
        self._of: dict[str, list[Hit]] = defaultdict(list)
        self._in: dict[Sentence, dict[str, list[Hit]]] = {}

    def add(self, sentence: Sentence, found: Iterable[tuple[str, tuple[Match, ...]]]) -> None:
        """Add what was found in `sentence`, the matches of each lexicon."""
        here = self._in[sentence] = {}
        field, offset = sentence.field, sentence.start
        for lexicon, matches in found:
            hits = [Hit(entry, field, offset + start, offset + end, sentence) for entry, start, end in matches]
            here[lexicon] = hits
            self._of[lexicon] += hits

    def of(self, lexicon: str) -> list[Hit]:
        """Return the hits of a lexicon, in order."""
        return self._of.get(lexicon, [])

    def within(self, sentence: Sentence, lexicon: str) -> list[Hit]:
        """Return the hits of a lexicon in `sentence`, in order."""
        here = self._in.get(sentence)
        return here.get(lexicon, []) if here else []


class _Use(NamedTuple):
    """What a phrase is to an entry: `role` is "whole", "first", "second" or "exception"."""

    role: str
    entry: int
    alone: bool  # a whole phrase without exceptions: found is found


class Lexicons:
    """All lexicons, matched in one pass."""

    def __init__(self, lexicons: dict[str, Lexicon]) -> None:
        self.names = frozenset(lexicons)
        self._entries = [(name, entry) for name, lexicon in lexicons.items() for entry in lexicon.entries]
        self._uses: list[_Use] = []  # of each phrase matched
        phrases: list[str] = []

        def use(name: str, phrase: str, role: str, number: int) -> None:
            alone = role == "whole" and not self._entries[number][1].exceptions
            for expanded in lexicons[name].expand(phrase):
                phrases.append(expanded)
                self._uses.append(_Use(role, number, alone))

        for number, (name, entry) in enumerate(self._entries):
            first, _, second = entry.phrase.partition(_GAP)
            use(name, first, "first" if second else "whole", number)
            if second:
                use(name, second, "second", number)
            for exception in entry.exceptions:
                use(name, exception, "exception", number)
        self._matcher = PhraseMatcher(phrases)
        self._matches = remembered(self._find_matches)

    def find(self, document: Document) -> Hits:
        """Return the hits of every lexicon in `document`; of overlapping entries of one lexicon, the longest."""
        hits = Hits()
        for sentence in document.sentences():
            found = self._matches(sentence.folded)
            if found:
                hits.add(sentence, found)
        return hits

    def _find_matches(self, text: str) -> tuple[tuple[str, tuple[Match, ...]], ...]:
        """Return what stands in a folded sentence: the matches of each lexicon that has any."""
        found: dict[str, list[Match]] = {}
        spans: dict[
            tuple[str, int], list[tuple[int, int]]
        ] = {}  # by role and entry, where more than the phrase decides
        for phrase, start, end in self._matcher.find(text):
            role, number, alone = self._uses[phrase]
            if alone:
                lexicon, entry = self._entries[number]
                found.setdefault(lexicon, []).append(Match(entry, start, end))
            else:
                spans.setdefault((role, number), []).append((start, end))
        for (role, number), places in spans.items():
            if role == "first":
                places = _join(text, places, spans.get(("second", number), []))
            elif role != "whole":
                continue
            exceptions = spans.get(("exception", number), [])
            kept = [place for place in places if not _inside(*place, exceptions)]
            if kept:
                lexicon, entry = self._entries[number]
                found.setdefault(lexicon, []).extend([Match(entry, start, end) for start, end in kept])
        return tuple((lexicon, _longest(matches)) for lexicon, matches in found.items())


def _join(text: str, firsts: list[tuple[int, int]], seconds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans from a first part to the nearest second part that follows it in the same clause."""
    joined: list[tuple[int, int]] = []
    for start, end in firsts if seconds else ():
        after = bisect_left(seconds, end, key=itemgetter(0))
        if after < len(seconds):
            second_start, second_end = seconds[after]
            between = text[end:second_start]
            if second_start - end <= _LONGEST_GAP and not any(mark in between for mark in '.,;:!?\n“”"'):
                joined.append((start, second_end))
    return joined


def _inside(start: int, end: int, exceptions: list[tuple[int, int]]) -> bool:
    """Whether one of the exceptions found, sorted by end, holds [start, end)."""
    first = bisect_left(exceptions, end, key=itemgetter(1))
    for exception_start, exception_end in islice(exceptions, first, None):
        if exception_start <= start:
            return True
        if exception_end > end + _LONGEST_EXCEPTION:
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
