"""How good reviews are against labelled drafts, and what changed between two versions of the service.

A labelled draft is {"id", "request", "themes", "issues": [{"code", "field", "text", "occurrence"}], "complete_for": […]}.
An issue raised is right when its code and field are those of a label and their spans overlap (whole-draft issues: the
code alone). Only families or codes in `complete_for` count as false when no label matches; every label counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review_service.errors import DraftError
from review_service.review import Issue, Review


@dataclass
class Tally:
    """Right, false and missed, and what follows from them."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was raised that is right."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be raised that was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Evaluation:
    """The tallies of a run: by code, by theme, and every miss and false alarm as a line of text."""

    codes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    themes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    mistakes: list[str] = field(default_factory=list)
    drafts: int = 0
    exact_themes: int = 0

    def add(self, label: dict[str, Any], review: Review) -> None:
        """Count the review of one labelled draft."""
        self.drafts += 1
        self._add_themes(label, review)
        wanted = [(entry["code"], label_spans(label["request"], entry)) for entry in label["issues"]]
        found = [False] * len(wanted)
        for issue in review.issues:
            hits = [
                number for number, (code, spans) in enumerate(wanted) if code == issue.code and _matches(issue, spans)
            ]
            fresh = [number for number in hits if not found[number]]
            for number in hits:
                found[number] = True
            self.codes[issue.code].right += len(fresh)
            if not hits and _in_scope(issue.code, label.get("complete_for", [])):
                self.codes[issue.code].false += 1
                self.mistakes.append(f"false   {label['id']} {issue.code} {issue.field or 'draft'}: {issue.text or ''}")
        for (code, _), hit, entry in zip(wanted, found, label["issues"], strict=True):
            if not hit:
                self.codes[code].missed += 1
                self.mistakes.append(
                    f"missed  {label['id']} {code} {entry.get('field') or 'draft'}: {entry.get('text') or ''}"
                )

    def _add_themes(self, label: dict[str, Any], review: Review) -> None:
        chosen = {theme.theme for theme in review.themes if theme.selected}
        right = set(label["themes"])
        self.exact_themes += chosen == right
        for theme in chosen | right:
            tally = self.themes[theme]
            tally.right += theme in chosen & right
            tally.false += theme in chosen - right
            tally.missed += theme in right - chosen

    def total(self) -> Tally:
        """Return the tally over all codes."""
        tallies = self.codes.values()
        return Tally(sum(t.right for t in tallies), sum(t.false for t in tallies), sum(t.missed for t in tallies))


def read_labels(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled drafts of a JSONL file.

    Raises:
        DraftError: a line is not a labelled draft; the message names the line.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                label = json.loads(line)
                label = {"issues": [], "themes": [], **label}
                label["request"] = {name: value for name, value in label["request"].items() if value is not None}
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DraftError([(f"{path}:{number}", f"not a labelled draft: {error}")]) from None
            yield label


def _text(request: dict[str, Any], name: str) -> str:
    if name.startswith("images["):
        index, _, part = name.removeprefix("images[").partition("].")
        return request["images"][int(index)].get(part) or ""
    return request.get(name) or ""


def label_spans(request: dict[str, Any], entry: dict[str, Any]) -> list[tuple[str, int, int] | None]:
    """Return where a label stands in a draft (field, and span of its string): its own place and those of its alternatives; None
    for the whole draft.

    Raises:
        DraftError: the labelled words are not in the draft.
    """
    spans: list[tuple[str, int, int] | None] = []
    for option in (entry, *entry.get("alternatives", [])):
        name, words = option.get("field"), option.get("text")
        if not name:
            spans.append(None)
        elif not words:
            spans.append((name, 0, 0))
        else:
            start = -1
            for _ in range(option.get("occurrence") or 1):
                start = _text(request, name).find(words, start + 1)
            if start < 0:
                raise DraftError([(name, f"the labelled words {words!r} are not in the draft")])
            spans.append((name, start, start + len(words)))
    return spans


def _matches(issue: Issue, spans: Iterable[tuple[str, int, int] | None]) -> bool:
    for span in spans:
        if span is None or issue.field is None:
            if span is None and issue.field is None:
                return True
            continue
        name, start, end = span
        if issue.field == name and (
            name.startswith("images[") or ((issue.start or 0) < end and start < (issue.end or 0))
        ):
            return True
    return False


def _in_scope(code: str, families: list[str]) -> bool:
    return code in families or code.split(".")[0] in families


def changes(old: dict[str, Any], new: Review) -> Iterator[str]:
    """Yield what changed from an old review (as JSON) to a new one of the same draft: alarms lost and new alarms."""

    def keys(issues: Iterable[Any]) -> dict[tuple[Any, ...], str]:
        return {
            (i["code"], i["field"], i["start"], i["end"]): f"{i['code']} {i['field'] or 'draft'}: {i['text'] or ''}"
            for i in issues
        }

    before, after = keys(old["issues"]), keys(new.to_dict()["issues"])
    yield from (f"- {before[key]}" for key in before if key not in after)
    yield from (f"+ {after[key]}" for key in after if key not in before)
    old_themes = {theme["theme"] for theme in old["themes"] if theme["selected"]}
    new_themes = {theme.theme for theme in new.themes if theme.selected}
    yield from (f"- theme {theme}" for theme in sorted(old_themes - new_themes))
    yield from (f"+ theme {theme}" for theme in sorted(new_themes - old_themes))
