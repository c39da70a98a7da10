"""The labelled drafts: JSON lines of {"id", "group", "provenance", "request", "themes"}.

`request` is a draft in the contract's form, `themes` its labels (none means off plan, and says so as firmly as any
label). Drafts of one story or one voice share a `group` and never stand on both sides of a split.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from review_service.draft import Draft
from review_service.errors import DraftError
from review_service.reviewer import parse_draft

DATA = Path(__file__).parent / "data"
EDITOR = "editor"  # the provenance of labels that `review-service export` wrote: confirmed by people at work


@dataclass(frozen=True)
class LabelledDraft:
    """A draft and the themes that a person gave it."""

    id: str
    group: str
    provenance: str
    draft: Draft
    themes: frozenset[str]


class CorpusError(Exception):
    """A line is not a labelled draft; the message names file and line."""


def read_corpus(paths: Iterable[Path], themes: Iterable[str]) -> Iterator[LabelledDraft | CorpusError]:
    """Yield the labelled drafts of JSONL files, and a CorpusError in place of each bad line."""
    known = frozenset(themes)
    seen: set[str] = set()
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    item = _labelled_draft(json.loads(line), known)
                    if item.id in seen:
                        raise ValueError(f"id {item.id!r} occurs twice")
                    seen.add(item.id)
                    yield item
                except (ValueError, KeyError, TypeError, DraftError) as error:
                    reason = f"no field {error}" if isinstance(error, KeyError) else str(error)
                    yield CorpusError(f"{path}:{number}: {reason}")


def _labelled_draft(data: dict[str, object], known: frozenset[str]) -> LabelledDraft:
    themes = data["themes"]
    request = data["request"]
    if not isinstance(themes, list) or not isinstance(request, dict):
        raise TypeError("`themes` must be a list and `request` an object")
    unknown = [theme for theme in themes if theme not in known]
    if unknown:
        raise ValueError(f"no such theme: {', '.join(map(str, unknown))}")
    name = str(data["id"])
    draft = parse_draft({key: value for key, value in request.items() if value is not None})
    provenance = str(data.get("provenance") or "")
    return LabelledDraft(name, str(data.get("group") or name), provenance, draft, frozenset(themes))
