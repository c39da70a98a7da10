"""The catalogue of codes: what each one means to an editor, kept as data in knowledge/checklist.yaml."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from review_service.data import read_data
from review_service.review import Severity
from review_service.wording import Wording


class BasisEntry(BaseModel):
    """A clause that codes rest on. Only documents that were read, in full or in excerpt, are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    clause: str


class Code(BaseModel):
    """A checklist code: its severity and what is said of it. `message` may hold placeholders such as {text}."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity
    message: Wording
    explanation: Wording
    basis: tuple[str, ...]


class Item(BaseModel):
    """A checklist item: a family of codes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Wording
    codes: dict[str, Code]


class Catalogue(BaseModel):
    """knowledge/checklist.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    basis: dict[str, BasisEntry]
    items: dict[str, Item]

    @model_validator(mode="after")
    def _check_references(self) -> Catalogue:
        for name, item in self.items.items():
            for code, entry in item.codes.items():
                if code.split(".")[0] != name:
                    raise ValueError(f"code {code} stands under item {name}")
                if not entry.basis:
                    raise ValueError(f"code {code} has no basis")
                for key in entry.basis:
                    if key not in self.basis:
                        raise ValueError(f"code {code} names an unknown basis: {key}")
        return self

    @property
    def codes(self) -> dict[str, Code]:
        """Every code, in order."""
        return {code: entry for item in self.items.values() for code, entry in item.codes.items()}


def load_catalogue(path: Path) -> Catalogue:
    """Read the catalogue of codes."""
    return read_data(path, Catalogue)
