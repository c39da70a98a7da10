"""Labelled drafts: JSON lines of {"id", "group", "provenance", "request", "themes"}.

`request` is a draft in the contract's form, `themes` its labels (none means off plan, and says so as firmly as any
label). Drafts of one story or one voice share a `group` and never stand on both sides of a split. `provenance` says
where a label comes from; "editor" is one that an editor confirmed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from review_service.draft import Draft
from review_service.text import fold

EDITOR = "editor"
_MAX_LINE = 2_000_000  # characters


@dataclass(frozen=True)
class LabelledDraft:
    """A draft and the themes that a person gave it."""

    id: str
    group: str
    provenance: str
    draft: Draft
    themes: frozenset[str]

    @property
    def digest(self) -> str:
        """What tells this draft's words from another's, whatever its id, letter case or spaces."""
        words = " ".join(" ".join((self.draft.title or "", self.draft.summary or "", self.draft.body)).split())
        return hashlib.sha256(fold(words).encode()).hexdigest()[:16]


class LineError(Exception):
    """A line is not a labelled draft; the message names file and line."""


def read_labelled(paths: Iterable[Path], themes: Iterable[str]) -> Iterator[LabelledDraft | LineError]:
    """Yield the labelled drafts of JSONL files, and a LineError in place of each bad line; `themes` are the plan's."""
    known = frozenset(themes)
    seen: set[str] = set()
    for path in paths:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    item = _labelled_draft(line, known)
                    if item.id in seen:
                        raise ValueError(f"id {item.id!r} occurs twice")
                    seen.add(item.id)
                    yield item
                except ValueError as error:
                    yield LineError(f"{path}:{number}: {error}")


def _labelled_draft(line: bytes, known: frozenset[str]) -> LabelledDraft:
    if len(line) > _MAX_LINE:
        raise ValueError(f"a line of {len(line)} bytes; at most {_MAX_LINE}")
    data = json.loads(line.decode())
    if not isinstance(data, dict):
        raise ValueError("a line is a JSON object")
    for field, kind in (("id", str), ("request", dict), ("themes", list)):
        if not isinstance(data.get(field), kind) or not (data[field] or field == "themes"):
            raise ValueError(f"`{field}` must be {_KINDS[kind]}")
    unknown = [theme for theme in data["themes"] if theme not in known]
    if unknown:
        raise ValueError(f"no such theme: {', '.join(map(str, unknown))}")
    try:
        draft = Draft.model_validate({name: value for name, value in data["request"].items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"request.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return LabelledDraft(
        data["id"],
        str(data.get("group") or data["id"]),
        str(data.get("provenance") or "unknown"),
        draft,
        frozenset(data["themes"]),
    )


_KINDS = {str: "a text", dict: "an object", list: "a list"}
