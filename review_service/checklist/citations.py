"""Citations of the law in a text: "điểm c khoản 2 Điều 173 Bộ luật Hình sự năm 2015", and their many other forms."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from review_service.checklist.statutes import Offence, Statute, Statutes
from review_service.text import Field, Sentence, Span, remembered

_LISTED = 40  # points, clauses or articles after the first of a list
_POINT = r"[a-zđ](?![\w])"
_POINTS = rf"(?:các )?điểm (?P<points>{_POINT}(?:(?:,| và|;|,? điểm) ?(?:điểm )?{_POINT}){{0,{_LISTED}}}+),? ?(?:của )?"
_CLAUSES = rf"(?:các )?khoản (?P<clauses>\d{{1,2}}(?:(?:,| và| đến|-|,? khoản) ?(?:khoản )?\d{{1,2}}(?!\d)){{0,{_LISTED}}}+),? ?(?:của )?"
_ARTICLES = rf"(?:các )?(?:điều|đ\.) ?(?P<articles>\d{{1,3}}[a-z]?(?![\w/])(?:(?:,| và| đến| hoặc|-|,? điều) ?(?:điều )?\d{{1,3}}[a-z]?(?![\w/])){{0,{_LISTED}}})"
_REVERSED = r"(?P<tail>,? ?khoản (?P<tail_clause>\d{1,2})(?:,? ?điểm (?P<tail_point>[a-zđ])(?!\w))?)?"
_CITATION = re.compile(rf"\b(?:{_POINTS})?(?:{_CLAUSES})?{_ARTICLES}{_REVERSED}")
_YEAR = re.compile(r" (?:số \S+ ?)?(?:(?:năm )?((?:19|20)\d\d))")
_SAME_LAW = re.compile(r" (?:của |tại )?(?:bộ )?luật (?:này|đó|trên|nói trên|nêu trên)\b| của bộ luật(?= *[.,;]|$)")
_BETWEEN = re.compile(
    r"^[\s,;]{0,4}(?:(?:của|và|theo|thuộc|các|điều|khoản|điểm|[a-zđ]|\d{1,9}[a-z]?)[\s,;]{1,4}){0,120}\(?$"
)


@dataclass(frozen=True, slots=True)
class StatuteMention:
    """A statute named in a text; `statutes` are those it may be, `year` is the year it is cited with (0 if none)."""

    field: Field
    start: int
    end: int
    statutes: tuple[Statute, ...]
    year: int

    @property
    def span(self) -> Span:
        """The name with its year."""
        return Span(self.field.name, self.start, self.end)

    def at(self, date: datetime.date) -> Statute | None:
        """Return the statute meant: that of the year cited or, without a year, the one in force on `date`."""
        if self.year:
            return next((statute for statute in self.statutes if statute.year == self.year), None)
        in_force = [
            statute
            for statute in self.statutes
            if (statute.in_force_from is None or statute.in_force_from <= date)
            and (statute.in_force_to is None or date <= statute.in_force_to)
        ]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True)
class Citation:
    """An article cited, with its clause and points where given; `statute` is the law it is cited from, if named."""

    field: Field
    start: int
    end: int
    articles: tuple[str, ...]
    clauses: tuple[str, ...]
    points: tuple[str, ...]
    statute: StatuteMention | None

    @property
    def span(self) -> Span:
        """The citation without the law's name."""
        return Span(self.field.name, self.start, self.end)


def statute_mentions(field: Field, statutes: Statutes) -> list[StatuteMention]:
    """Return the statutes named in `field`, in order; of overlapping names, the longest."""
    found: list[StatuteMention] = []
    for hit in sorted(statutes.names.find(field.folded), key=lambda hit: (hit.start, -hit.end)):
        if found and hit.start < found[-1].end:
            continue
        year = _YEAR.match(field.folded, hit.end)
        end = year.end() if year else hit.end
        called = tuple(statutes.called(hit.phrase))
        numbered = re.search(r"/((?:19|20)\d\d)/", field.folded[hit.start : hit.end])
        told = year or numbered
        found.append(StatuteMention(field, hit.start, end, called, int(told.group(1)) if told else 0))
    return found


@remembered
def _cited(folded: str) -> tuple[re.Match[str], ...]:
    return tuple(_CITATION.finditer(folded))


def citations(sentence: Sentence, named: list[StatuteMention]) -> Iterator[Citation]:
    """Yield the citations of `sentence`; `named` are the statutes named in its field."""
    field = sentence.field
    later = [mention for mention in named if sentence.start <= mention.start < sentence.end]
    for match in _cited(sentence.folded):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        law = next((mention for mention in later if mention.start >= end), None)
        if law is not None and not _BETWEEN.match(field.folded[end : law.start]):
            law = None
        if law is None:
            law = next(
                (
                    mention
                    for mention in later
                    if mention.end <= start and field.folded[mention.end : start].strip(" ,(:-") in ("", "tại", "ở")
                ),
                None,
            )
        if law is None and _SAME_LAW.match(field.folded, end):
            law = next((mention for mention in reversed(named) if mention.end <= start), None)
        tail_clause, tail_point = match.group("tail_clause"), match.group("tail_point")
        yield Citation(
            field,
            start,
            end,
            _numbers(match.group("articles")),
            (tail_clause,) if tail_clause else _numbers(match.group("clauses") or ""),
            (tail_point,) if tail_point else _letters(match.group("points") or ""),
            law,
        )


_OFFENCE_LEAD = re.compile(r"(?:\b(?:tội|hành vi)(?: danh)?(?: là| như|:)?|[“\"‘«]|,| và| hoặc|;) ?[“\"‘«]?(?:tội )?$")


def offences_in(sentence: Sentence, statutes: Statutes) -> list[tuple[Offence, int, int]]:
    """Return the offences named in `sentence`, with their field spans; of overlapping names, the longest.

    A name counts after "tội", in quotation marks, or in a list that goes on from one that counts.
    """
    if not any(word in sentence.folded for word in ("tội", "hành vi", "vụ án")):
        return []
    found: list[tuple[Offence, int, int]] = []
    for hit in sorted(statutes.offence_names.find(sentence.folded), key=lambda hit: (hit.start, -hit.end)):
        if found and sentence.start + hit.start < found[-1][2]:
            continue
        lead = _OFFENCE_LEAD.search(sentence.folded[: hit.start])
        if lead and (
            found
            or "tội" in lead.group()
            or "hành vi" in lead.group()
            or lead.group().strip()[:1] in ("“", '"', "‘", "«")
        ):
            found.append((statutes.offence(hit.phrase), sentence.start + hit.start, sentence.start + hit.end))
    return found


def _letters(text: str) -> tuple[str, ...]:
    """Return the letters of a list of points: "đ, điểm e"."""
    return tuple(re.findall(rf"(?<!\w){_POINT}", text))


def _numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a list; of a range, its two ends."""
    return tuple(number.lstrip("0") or "0" for number in re.findall(r"\d{1,9}[a-z]?", text))
