"""What the reviews of an archive come to: counts by status, theme, code and unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_UNITS = 1_000  # names counted one by one: the field is free text, and memory is bounded


class Brief(NamedTuple):
    """What a summary counts of one result; `problem` when the item was bad."""

    place: str
    problem: str = ""
    off_plan: bool = False
    status: str = ""
    themes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    unit: str = ""


def brief_of(result: dict[str, Any]) -> Brief:
    """Return the brief of a result as it stands in the output file."""
    if "review" not in result:
        return Brief(result["place"], result["error"])
    review = result["review"]
    return Brief(
        result["place"],
        off_plan=review["off_plan"],
        status=review["status"],
        themes=tuple(theme["theme"] for theme in review["themes"] if theme["selected"]),
        codes=tuple(issue["code"] for issue in review["issues"]),
        unit=result.get("unit") or "",
    )


@dataclass
class Summary:
    """Counts over the results added."""

    reviewed: int = 0
    bad: int = 0
    off_plan: int = 0
    status: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def add(self, brief: Brief) -> None:
        """Count one result."""
        if brief.problem:
            self.bad += 1
            return
        self.reviewed += 1
        self.off_plan += brief.off_plan
        self.status[brief.status] += 1
        self.themes.update(brief.themes)
        self.codes.update(brief.codes)
        unit = brief.unit
        self.units[unit if unit in self.units or len(self.units) < _UNITS else "…"] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return the counts, the most frequent first."""
        return {
            "reviewed": self.reviewed,
            "bad": self.bad,
            "off_plan": self.off_plan,
            **{name: dict(getattr(self, name).most_common()) for name in ("status", "themes", "codes", "units")},
        }
