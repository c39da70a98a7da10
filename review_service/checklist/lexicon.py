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
from collections.abc import Iterator
from itertools import islice, product
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from review_service.data import read_data
from review_service.text import Document, PhraseMatcher, Sentence, Span
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


class Hit(NamedTuple):
    """An entry found in a draft, as a span of a field's clean text."""

    entry: Entry
    field: TextField
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The words found."""
        return Span(self.field.name, self.start, self.end)

    @property
    def sentence(self) -> Sentence:
        """The sentence they stand in."""
        return self.field.sentence_at(self.start)


class Lexicons:
    """All lexicons, matched in one pass."""

    def __init__(self, lexicons: dict[str, Lexicon]) -> None:
        self.names = frozenset(lexicons)
        self._uses: list[tuple[str, str, Entry]] = []  # for each phrase matched: lexicon, role, entry
        phrases: list[str] = []

        def use(name: str, phrase: str, role: str, entry: Entry) -> None:
            for expanded in lexicons[name].expand(phrase):
                phrases.append(expanded)
                self._uses.append((name, role, entry))

        for name, lexicon in lexicons.items():
            for entry in lexicon.entries:
                first, _, second = entry.phrase.partition(_GAP)
                use(name, first, "first" if second else "whole", entry)
                if second:
                    use(name, second, "second", entry)
                for exception in entry.exceptions:
                    use(name, exception, "exception", entry)
        self._matcher = PhraseMatcher(phrases)

    def find(self, document: Document) -> dict[str, list[Hit]]:
        """Return the hits of every lexicon in `document`; of overlapping entries of one lexicon, the longest."""
        hits: dict[str, list[Hit]] = defaultdict(list)
        for field in document.fields.values():
            for name, found in self._find_in(field).items():
                hits[name].extend(found)
        return hits

    def _find_in(self, field: TextField) -> dict[str, list[Hit]]:
        spans: dict[str, dict[tuple[str, Entry], list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        candidates: dict[str, list[Hit]] = defaultdict(list)
        for index, start, end in self._matcher.find(field.folded):
            lexicon, role, entry = self._uses[index]
            if role == "whole" and not entry.exceptions:
                candidates[lexicon].append(Hit(entry, field, start, end))
            else:
                spans[role][lexicon, entry].append((start, end))
        for key, found in spans["whole"].items():
            exceptions = spans["exception"].get(key, [])
            candidates[key[0]].extend(
                Hit(key[1], field, start, end) for start, end in found if not _inside(start, end, exceptions)
            )
        for key, firsts in spans["first"].items():
            exceptions = spans["exception"].get(key, [])
            candidates[key[0]].extend(
                Hit(key[1], field, start, end)
                for start, end in _join(field.folded, firsts, spans["second"].get(key, []))
                if not _inside(start, end, exceptions)
            )
        return {name: _longest(hits) for name, hits in candidates.items()}


def _join(text: str, firsts: list[tuple[int, int]], seconds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans from a first part to the nearest second part that follows it in the same clause."""
    joined = []
    for start, end in firsts:
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


def _longest(hits: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits, the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept


def load_lexicons(folder: Path) -> dict[str, Lexicon]:
    """Read every *.yaml of `folder`; a lexicon is named after its file."""
    return {path.stem: read_data(path, Lexicon) for path in sorted(folder.glob("*.yaml"))}
