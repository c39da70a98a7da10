"""Which version of the theme model is in service, and which were before it.

One file says it all, `models/themes/in_service.json`: the promotions and rollbacks in order, replaced as a whole, so that
a crash at any moment leaves the old state or the new one. The version in service is what remains when each promotion
puts a version on top and each rollback takes the top one off.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from review_service.errors import ModelError
from review_service.themes.model import ThemeModel
from review_service.themes.storage import MANIFEST_FILE, load_version

IN_SERVICE_FILE = "in_service.json"


@dataclass(frozen=True)
class Change:
    """A change of the version in service: what, when (UTC, ISO 8601), by whom, why, and the figures it rests on."""

    action: Literal["promote", "rollback"]
    version: str
    by: str
    reason: str
    forced: bool = False
    figures: dict[str, Any] = field(default_factory=dict)
    at: str = field(default_factory=lambda: datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))


def load_current(models: Path) -> ThemeModel:
    """Load the version in service.

    Raises:
        ModelError: none is in service, or it cannot be loaded; the message says what to do.
    """
    return load_version(models, current_version(models))


def current_version(models: Path) -> str:
    """Return the name of the version in service.

    Raises:
        ModelError: none is, or the file that says so is damaged.
    """
    stack = _stack(read_changes(models))
    if not stack:
        raise ModelError(
            f"no theme model is in service in {models / 'themes'}: train one with training/train.py and promote it "
            "with `review-service models promote`"
        )
    return stack[-1]


def in_service_path(models: Path) -> Path:
    """Return the file whose replacement means a change of version."""
    return models / "themes" / IN_SERVICE_FILE


def read_changes(models: Path) -> list[Change]:
    """Return every change so far, the oldest first; none when there is no file.

    Raises:
        ModelError: the file is damaged.
    """
    path = in_service_path(models)
    try:
        return [Change(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path} cannot be read: {error}; restore it from a backup") from None


def list_versions(models: Path) -> list[str]:
    """Return the names of all versions in the models folder."""
    themes = models / "themes"
    return sorted(path.parent.name for path in themes.glob(f"*/{MANIFEST_FILE}")) if themes.is_dir() else []


def promote(models: Path, change: Change) -> None:
    """Put `change.version` in service, once it has proved to load.

    Raises:
        ModelError: it cannot be loaded, or is in service already.
    """
    with _locked(models):
        changes = read_changes(models)
        if _stack(changes)[-1:] == [change.version]:
            raise ModelError(f"{change.version} is in service already")
        load_version(models, change.version)
        _write(models, [*changes, change])


def roll_back(models: Path, by: str, reason: str) -> str:
    """Put the version before the present one back in service; return its name.

    Raises:
        ModelError: there is none before it, or it cannot be loaded any more.
    """
    with _locked(models):
        changes = read_changes(models)
        stack = _stack(changes)
        if len(stack) < 2:
            raise ModelError("there is no earlier version to go back to")
        load_version(models, stack[-2])
        _write(models, [*changes, Change("rollback", stack[-2], by, reason)])
        return stack[-2]


def _stack(changes: list[Change]) -> list[str]:
    stack: list[str] = []
    for change in changes:
        if change.action == "promote":
            stack.append(change.version)
        elif stack:
            stack.pop()
    return stack


@contextmanager
def _locked(models: Path) -> Iterator[None]:
    """Let one process at a time change what is in service."""
    with (models / "themes" / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(models: Path, changes: list[Change]) -> None:
    """Replace the file as a whole, and be sure it is on disk."""
    path = in_service_path(models)
    text = json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2) + "\n"
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".in_service-")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
