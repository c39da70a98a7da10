"""Canonical sayings and slogans that must be quoted word for word (knowledge/quotations.yaml)."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from review_service.data import read_data
from review_service.text import fold

_SYLLABLE = re.compile(r"[^\W_]+")


class Saying(BaseModel):
    """A canonical text. `near` are words often put in by mistake; `lead` are words that announce it unquoted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    words: str
    near: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @cached_property
    def syllables(self) -> list[str]:
        """Its syllables, folded, in order."""
        return syllables(self.words)


class Canon(BaseModel):
    """knowledge/quotations.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quotations: tuple[Saying, ...]

    @cached_property
    def leads(self) -> frozenset[str]:
        """The words that announce one saying or another."""
        return frozenset(word for saying in self.quotations for word in saying.lead)


def syllables(text: str) -> list[str]:
    """Return the syllables of a text, folded, without punctuation."""
    return _SYLLABLE.findall(fold(text))


def load_canon(path: Path) -> Canon:
    """Read the canonical texts."""
    return read_data(path, Canon)
