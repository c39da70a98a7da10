"""What an archive holds: drafts as JSON lines, as rows of a CSV file, or as the files of a folder, one at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from review_service.draft import Draft
from review_service.draft_file import ENDINGS, draft_fields
from review_service.errors import ArchiveError, DraftError

_LARGEST_ITEM = 4 * 1_048_576  # bytes: a line or file beyond it is no draft
_LARGEST_DOCX = 16 * 1_048_576  # bytes: pictures are in it
_JSON_COLUMNS = ("images",)


class Item(NamedTuple):
    """One item of an archive: where it stands ("news.jsonl:12"), and its draft's JSON object or what is wrong with it."""

    place: str
    request: dict[str, Any] | None
    problem: str = ""


def printable(text: str) -> str:
    """Return `text` as UTF-8 can carry it: a file's name that is not UTF-8, or half of a surrogate pair, has "?" in it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_items(path: Path) -> Iterator[Item]:
    """Yield the items of `path` in order: lines of a .jsonl file, rows of a .csv file, files of a folder by name.

    A JSON line is a draft, or an object with the draft under "request". A CSV file has the draft's fields as headings.
    A bad item is yielded with its problem; the rest goes on.

    Raises:
        ArchiveError: `path` cannot be read, or is none of these.
    """
    reader = _reader(path)
    try:
        yield from reader(path)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from None


def count_items(path: Path) -> int | None:
    """Return how many items `path` holds, about; None when only reading it would tell."""
    if path.is_dir():
        return sum(1 for _ in _paths(path))
    if path.suffix.lower() == ".csv" or not path.is_file():
        return None
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1_048_576), b""))


def _reader(path: Path) -> Callable[[Path], Iterator[Item]]:
    if path.is_dir():
        return _files
    if not path.exists():
        raise ArchiveError(f"{path}: no such file or folder")
    readers = {".jsonl": _lines, ".ndjson": _lines, ".csv": _rows}
    if path.suffix.lower() not in readers:
        raise ArchiveError(f"{path}: an archive is a .jsonl file, a .csv file or a folder")
    return readers[path.suffix.lower()]


def _lines(path: Path) -> Iterator[Item]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LARGEST_ITEM + 1):
            number += 1
            place = f"{path.name}:{number}"
            if len(line) > _LARGEST_ITEM:
                while line and not line.endswith(b"\n"):
                    line = file.readline(_LARGEST_ITEM)
                yield Item(place, None, f"longer than {_LARGEST_ITEM} bytes")
            elif line.strip():
                yield _parsed(place, line)


def _parsed(place: str, content: bytes) -> Item:
    """Return the item that JSON text holds."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Item(place, None, f"not JSON: {error}")
    if isinstance(data, dict) and isinstance(data.get("request"), dict):
        data = {name: value for name, value in data["request"].items() if value is not None}
    if not isinstance(data, dict):
        return Item(place, None, "not a JSON object")
    return Item(place, data)


def _rows(path: Path) -> Iterator[Item]:
    csv.field_size_limit(_LARGEST_ITEM)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            unknown = set(rows.fieldnames or ()) - set(Draft.model_fields)
            if unknown or "body" not in (rows.fieldnames or ()):
                raise ArchiveError(
                    f"{path}: the headings must be a draft's fields, body among them; not known: {', '.join(sorted(unknown)) or 'none'}"
                )
            for row in rows:
                yield _row(f"{path.name}:{rows.line_num}", row)
        except (csv.Error, UnicodeDecodeError) as error:
            raise ArchiveError(f"{path}:{rows.line_num}: {error}") from None


def _row(place: str, row: dict[str | Any, Any]) -> Item:
    """Return the item of a CSV row; empty cells are left out."""
    if None in row:
        return Item(place, None, "more cells than headings")
    request: dict[str, Any] = {name: value for name, value in row.items() if value not in (None, "")}
    request.setdefault("body", "")
    for name in _JSON_COLUMNS:
        if name in request:
            try:
                request[name] = json.loads(request[name])
            except (ValueError, RecursionError) as error:
                return Item(place, None, f"{name}: not JSON: {error}")
    return Item(place, request)


def _paths(folder: Path) -> Iterator[Path]:
    kinds = {".json", *ENDINGS}
    return (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in kinds and path.is_file())


def _files(folder: Path) -> Iterator[Item]:
    for path in _paths(folder):
        place = printable(path.relative_to(folder).as_posix())
        largest = _LARGEST_DOCX if path.suffix.lower() == ".docx" else _LARGEST_ITEM
        if path.stat().st_size > largest:
            yield Item(place, None, f"larger than {largest} bytes")
        elif path.suffix.lower() == ".json":
            yield _parsed(place, path.read_bytes())
        else:
            yield _file(place, path)


def _file(place: str, path: Path) -> Item:
    try:
        return Item(place, draft_fields(path.name, path.read_bytes()))
    except DraftError as error:
        return Item(place, None, "; ".join(reason for _, reason in error.problems))
