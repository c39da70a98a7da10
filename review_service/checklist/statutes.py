"""Statutes and offences: names, life spans, articles with their clauses and points (knowledge/statutes.yaml, …)."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from pathlib import Path
from string import ascii_lowercase

from pydantic import BaseModel, ConfigDict

from review_service.data import read_data
from review_service.text import PhraseMatcher, fold

POINTS = "abcdđeghiklmnopqrstuvxy"  # the order in which Vietnamese statutes letter their points
PENAL_CODE = "blhs2015"
_PARAGRAPHS = 2  # of an article without numbered clauses, which people cite as if they were


class Statute(BaseModel):
    """A statute; `articles` is the number of its last article, dates are inclusive.

    Before the day `amended_from`, what is known of its points is all there is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    year: int
    number: str = ""
    short: tuple[str, ...] = ()
    in_force_from: datetime.date | None = None
    in_force_to: datetime.date | None = None
    replaced_by: str | None = None
    articles: int | None = None
    amended_from: datetime.date | None = None
    verified: bool

    @property
    def full_name(self) -> str:
        """The name with its year, as cited; a decree's number holds the year already."""
        return self.name if f"/{self.year}/" in self.name else f"{self.name} năm {self.year}"


class Offence(BaseModel):
    """An offence of the Penal Code 2015: its article and the names it goes by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    names: tuple[str, ...]
    doubtful: bool = False


class StatutesFile(BaseModel):
    """knowledge/statutes.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statutes: tuple[Statute, ...]


class OffencesFile(BaseModel):
    """knowledge/offences.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    offences: tuple[Offence, ...]


class ArticlesFile(BaseModel):
    """knowledge/articles.yaml: for each statute, for each article, its clauses with their points ("1abc 2")."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: dict[str, dict[str, str]]


class Statutes:
    """What is known of the law."""

    def __init__(self, statutes: StatutesFile, offences: OffencesFile, articles: ArticlesFile) -> None:
        self.by_id = {statute.id: statute for statute in statutes.statutes}
        self._articles = articles.articles
        self._by_name: dict[str, list[Statute]] = defaultdict(list)
        for statute in statutes.statutes:
            for name in (statute.name, *statute.short):
                self._by_name[fold(name)].append(statute)
        self._names = list(self._by_name)
        self.right_case = {fold(statute.name): statute.name for statute in statutes.statutes}
        self.names = PhraseMatcher(self._names)
        self.offences = offences.offences
        self._offence_names = [(name, offence) for offence in offences.offences for name in offence.names]
        self.offence_names = PhraseMatcher([name for name, _ in self._offence_names])

    def called(self, phrase: int) -> list[Statute]:
        """Return the statutes that the phrase found by `names` may mean: one name, several years."""
        return self._by_name[self._names[phrase]]

    def offence(self, phrase: int) -> Offence:
        """Return the offence whose name `offence_names` found."""
        return self._offence_names[phrase][1]

    def has(
        self, statute: Statute, article: str, clause: str = "", point: str = "", on: datetime.date | None = None
    ) -> bool:
        """Whether the statute has the article, clause and point, as far as is known: what is not known is let pass.

        An article without numbered clauses is cited by its paragraphs. Amendments add points at the end of a clause; so the
        next letter after the last is let pass too, unless the day it is asked of (`on`) lies before the first amendment.
        """
        number = int(re.match(r"\d{1,9}", article).group())  # type: ignore[union-attr]
        if statute.articles is not None and number > statute.articles:
            return False
        known = self._articles.get(statute.id, {}).get(article)
        if known is None or not clause:
            return True
        clauses = {re.match(r"\d{1,9}", part).group(): part.lstrip("0123456789") for part in known.split()}  # type: ignore[union-attr]
        if not clauses:
            return int(clause.rstrip(ascii_lowercase)) <= _PARAGRAPHS
        if clause not in clauses:
            return False
        if not point:
            return True
        points = clauses[clause]
        if not points:
            return False
        last = POINTS.index(points[-1])
        unamended = on is not None and statute.amended_from is not None and on < statute.amended_from
        return point in POINTS[: last + (1 if unamended else 2)]


def load_statutes(folder: Path) -> Statutes:
    """Read the statutes, offences and articles of a knowledge folder."""
    return Statutes(
        read_data(folder / "statutes.yaml", StatutesFile),
        read_data(folder / "offences.yaml", OffencesFile),
        read_data(folder / "articles.yaml", ArticlesFile),
    )
