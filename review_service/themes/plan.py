"""The plan: its themes, their labels and the clauses they rest on, kept as data in knowledge/plan.yaml."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from review_service.data import read_data
from review_service.wording import Wording

PLAN = Path(__file__).parent.parent / "knowledge" / "plan.yaml"


class Theme(BaseModel):
    """A theme of the plan."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: str
    clauses: tuple[str, ...]
    label: Wording
    about: Wording


class Plan(BaseModel):
    """A plan of communications: its id, its title and its themes in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plan: str
    title: str
    themes: tuple[Theme, ...]

    @field_validator("themes")
    @classmethod
    def _distinct(cls, themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
        if len({theme.theme for theme in themes}) != len(themes):
            raise ValueError("a theme is listed twice")
        return themes

    @property
    def names(self) -> tuple[str, ...]:
        """The themes' names, in the plan's order."""
        return tuple(theme.theme for theme in self.themes)


def load_plan(path: Path = PLAN) -> Plan:
    """Read a plan file."""
    return read_data(path, Plan)
