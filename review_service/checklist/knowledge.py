"""What the checklist knows: read from the data files of a knowledge folder, validated, never changed afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from review_service.checklist.canon import Canon, load_canon
from review_service.checklist.catalogue import Catalogue, load_catalogue
from review_service.checklist.compounds import Compounds
from review_service.checklist.judge import FILE as JUDGE
from review_service.checklist.judge import Judge, load_judge
from review_service.checklist.lexicon import Lexicons, load_lexicons
from review_service.checklist.statutes import Statutes, load_statutes
from review_service.checklist.syllabary import Syllabary
from review_service.checklist.units import Registry, load_registry
from review_service.data import read_data
from review_service.text import fold

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@dataclass(frozen=True)
class Knowledge:
    """Everything the checks read besides the draft."""

    catalogue: Catalogue
    lexicons: Lexicons
    registry: Registry
    family_names: frozenset[str]
    statutes: Statutes
    canon: Canon
    syllabary: Syllabary
    compounds: Compounds
    abbreviations: frozenset[str]
    reduplications: frozenset[str]
    judge: Judge
    version: str


def load_knowledge(folder: Path = KNOWLEDGE, judge: Judge | None = None) -> Knowledge:
    """Read and check the knowledge files of `folder`; `judge` is taken in place of the folder's.

    Raises:
        KnowledgeError: a file is missing or wrong; the message names the file and what is wrong with it.
    """
    words = read_data(folder / "words.yaml", Words)
    syllables = read_data(folder / "syllables.yaml", Syllables).all
    compounds = read_data(folder / "compounds.yaml", CompoundWords)
    return Knowledge(
        catalogue=load_catalogue(folder / "checklist.yaml"),
        lexicons=Lexicons(load_lexicons(folder / "lexicons")),
        registry=load_registry(folder),
        family_names=frozenset(map(fold, read_data(folder / "family_names.yaml", FamilyNames).family_names)),
        statutes=load_statutes(folder),
        canon=load_canon(folder / "quotations.yaml"),
        syllabary=Syllabary(syllables, frozenset(words.known_words)),
        compounds=Compounds(compounds.all, syllables, map(fold, compounds.right), compounds.words_alone),
        abbreviations=frozenset(words.abbreviations),
        reduplications=frozenset(map(fold, words.reduplications)),
        judge=judge or load_judge(folder / JUDGE),
        version=_version(folder),
    )


class Words(BaseModel):
    """knowledge/words.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_words: tuple[str, ...]
    abbreviations: tuple[str, ...]
    reduplications: tuple[str, ...]


class Syllables(BaseModel):
    """knowledge/syllables.yaml: the accented syllables met in dictionaries, folded, by their first letter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    syllables: dict[str, str]

    @property
    def all(self) -> frozenset[str]:
        """Every syllable."""
        return frozenset(syllable for group in self.syllables.values() for syllable in group.split())


_ONE_SYLLABLE = r"^[^\W\d_]+$"
_TWO_SYLLABLES = r"^[^\W\d_]+ [^\W\d_]+$"


class CompoundWords(BaseModel):
    """knowledge/compounds.yaml: words of two syllables, the second ones by the first; pairs that are no slip of one; and
    syllables that are often words by themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[Annotated[str, Field(pattern=_ONE_SYLLABLE)], str]
    right: tuple[Annotated[str, Field(pattern=_TWO_SYLLABLES)], ...]
    alone: str

    @property
    def all(self) -> Iterator[str]:
        """Every word, folded."""
        groups = ((fold(first), fold(seconds)) for first, seconds in self.words.items())
        return (f"{first} {second}" for first, seconds in groups for second in seconds.split())

    @property
    def words_alone(self) -> frozenset[str]:
        """The syllables that are often words by themselves, folded."""
        return frozenset(fold(self.alone).split())


class FamilyNames(BaseModel):
    """knowledge/family_names.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family_names: tuple[str, ...]


def _version(folder: Path) -> str:
    """Return a version that changes with any byte of the checklist's data."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.yaml"), *folder.glob(JUDGE)]):
        if path.name != "plan.yaml":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
