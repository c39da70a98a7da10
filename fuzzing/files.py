"""Files of any content in an archive: each is a draft or a named problem, whatever its kind; nothing else ends the run."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from review_service.archive.items import Item, read_items
from review_service.errors import ArchiveError, DraftError
from review_service.reviewer import parse_draft
from review_service.text import Format

TOKENS = (
    '{"body": "', '"}', '{"request": {', '"images": [', '"draft_id": ', "null", "1e999", "\\ud800", "[[[[", "body,title\n", '"', ",",
    "\r\n", "\n", "\x00", "\ufeff", "2026-03-10", "9" * 5000,
)  # fmt: skip
_SUFFIXES = {"text": (".txt", ".json"), "html": (".html", ".jsonl"), "markdown": (".md", ".csv")}


def check(text: str, format: Format) -> None:
    """Read an archive that holds `text`: as a file of `format`, and as one of the kinds that hold drafts.

    Raises:
        AssertionError: an item has neither a draft nor a problem, or does not say where it stands.
    """
    content = text.encode("utf-8", "surrogateescape" if _from_bytes(text) else "surrogatepass")
    with tempfile.TemporaryDirectory() as name:
        for suffix in _SUFFIXES[format]:
            path = Path(name) / f"a{suffix}"
            path.write_bytes(content)
            _read(path if suffix in (".jsonl", ".csv") else path.parent)


def _read(archive: Path) -> None:
    try:
        for item in read_items(archive):
            _check_item(item)
    except ArchiveError as error:
        if archive.name not in str(error):
            raise AssertionError("the message does not name the archive") from error


def _check_item(item: Item) -> None:
    assert item.place
    (item.place + item.problem).encode()
    assert (item.request is None) == bool(item.problem), "an item is a draft or a problem"
    if item.request is not None:
        with contextlib.suppress(DraftError):
            parse_draft(item.request)


def _from_bytes(text: str) -> bool:
    """Whether the lone surrogates in `text` stand for bytes that are not UTF-8, as the fuzzer makes them."""
    return all(0xDC80 <= ord(character) <= 0xDCFF for character in text if 0xD800 <= ord(character) <= 0xDFFF)
