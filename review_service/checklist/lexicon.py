"""Lexicons: the words and phrases that checks look for, kept as data in knowledge/lexicons/*.yaml.

An entry is a phrase with, if need be, exceptions (longer phrases in which it means something else), replacements, and
a kind that its check understands. All lexicons are matched together, in one pass over a draft.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from review_service.text import Document, PhraseMatcher, Sentence, Span, fold
from review_service.text import Field as TextField


_LONGEST_EXCEPTION = 200


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
    """A lexicon file: what it is for, and its entries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    entries: tuple[Annotated[Entry, BeforeValidator(_bare_phrase)], ...]


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
        self._owners: list[tuple[str, Entry]] = []
        phrases: list[str] = []
        self._exceptions: list[tuple[str, str]] = []
        for name, lexicon in lexicons.items():
            for entry in lexicon.entries:
                self._owners.append((name, entry))
                phrases.append(entry.phrase)
        for name, entry in list(self._owners):
            for exception in entry.exceptions:
                self._exceptions.append((name, fold(entry.phrase)))
                phrases.append(exception)
        self._matcher = PhraseMatcher(phrases)
        self.names = frozenset(lexicons)

    def find(self, document: Document) -> dict[str, list[Hit]]:
        """Return the hits of every lexicon in `document`, longest first where entries of one lexicon overlap."""
        hits: dict[str, list[Hit]] = defaultdict(list)
        for field in document.fields.values():
            for name, found in self._find_in(field).items():
                hits[name].extend(found)
        return hits

    def _find_in(self, field: TextField) -> dict[str, list[Hit]]:
        candidates: dict[str, list[Hit]] = defaultdict(list)
        excepted: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for index, start, end in self._matcher.find(field.folded):
            if index < len(self._owners):
                name, entry = self._owners[index]
                candidates[name].append(Hit(entry, field, start, end))
            else:
                excepted[self._exceptions[index - len(self._owners)]].append((start, end))
        return {
            name: _longest(
                [
                    hit
                    for hit in hits
                    if not _inside(hit, excepted.get((name, fold(hit.entry.phrase)), []))
                ]
            )
            for name, hits in candidates.items()
        }


def _inside(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    """Whether one of `spans`, sorted by end, holds the hit; no exception is longer than 200 characters."""
    first = bisect_left(spans, hit.end, key=itemgetter(1))
    for start, end in islice(spans, first, None):
        if start <= hit.start:
            return True
        if end > hit.end + _LONGEST_EXCEPTION:
            return False
    return False


def _longest(hits: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits, the one that begins first and is longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def load_lexicons(folder: Path) -> dict[str, Lexicon]:
    """Read every *.yaml of `folder`; a lexicon is named after its file."""
    lexicons = {}
    for path in sorted(folder.glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            lexicons[path.stem] = Lexicon.model_validate(yaml.safe_load(file))
    return lexicons
