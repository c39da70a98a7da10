"""What the reviews of an archive come to: counts by status, theme, code and unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

_UNITS = 1_000  # names counted one by one: the field is free text, and memory is bounded


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

    def add(self, result: dict[str, Any]) -> None:
        """Count one result as it stands in the output file."""
        if "review" not in result:
            self.bad += 1
            return
        review = result["review"]
        self.reviewed += 1
        self.off_plan += review["off_plan"]
        self.status[review["status"]] += 1
        self.themes.update(theme["theme"] for theme in review["themes"] if theme["selected"])
        self.codes.update(issue["code"] for issue in review["issues"])
        unit = result.get("unit") or ""
        self.units[unit if unit in self.units or len(self.units) < _UNITS else "…"] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return the counts, the most frequent first."""
        return {
            "reviewed": self.reviewed,
            "bad": self.bad,
            "off_plan": self.off_plan,
            **{name: dict(getattr(self, name).most_common()) for name in ("status", "themes", "codes", "units")},
        }
