"""Every code on its table of examples: where it must fire, on which words, and where it must stay silent."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import ryaml

from review_service.checklist import CHECKS, Reading, check_draft, load_knowledge
from review_service.checklist.duplicates import DraftsInMemory, signature_of
from review_service.reviewer import parse_draft, read_document
from review_service.text import load_segmenter

EXAMPLES = Path(__file__).parent / "examples"
KNOWLEDGE = load_knowledge()
SEGMENTER = load_segmenter("underthesea")
CODES = [check.code for check in CHECKS]
DEFAULTS = {
    "author": "Nguyễn Thu Hà",
    "unit": "VKSND tỉnh Tây Ninh",
    "date": "2026-03-10",
    "title": "Tin hoạt động của đơn vị",
    "body": "Tin.",
}
REQUEST_FIELDS = ("title", "summary", "body", "author", "unit", "source", "date", "genre", "images", "format")


def table(code: str) -> dict[str, Any]:
    return ryaml.loads((EXAMPLES / f"{code}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(code, entry, id=f"{code}-{number}")
        for code in CODES
        if (EXAMPLES / f"{code}.yaml").exists()
        for number, entry in enumerate(table(code)[kind], 1)
    ]


def findings(code: str, entry: dict[str, Any]) -> list[tuple[str, str] | None]:
    """What `code` finds in an example: (field, words), or None for the whole draft."""
    request = {**DEFAULTS, **{name: entry[name] for name in REQUEST_FIELDS if name in entry}}
    if isinstance(request["date"], datetime.date):
        request["date"] = request["date"].isoformat()
    draft = parse_draft({name: value for name, value in request.items() if value is not None})
    document = read_document(draft, SEGMENTER)
    reading = Reading(draft, document, KNOWLEDGE, datetime.date(2026, 11, 23), earlier(entry))
    found: list[tuple[str, str] | None] = []
    for name, finding in check_draft(reading)[0]:
        if name != code:
            continue
        span = finding.span
        field = document.fields.get(span.field) if span else None
        if span is None:
            found.append(None)
        elif field is None or span.start == span.end:
            found.append((span.field, ""))
        else:
            start, end = field.source_span(span.start, span.end)
            found.append((span.field, field.source[start:end]))
    return found


def earlier(entry: dict[str, Any]) -> DraftsInMemory:
    """The drafts reviewed before: `earlier` of the example, under another id."""
    drafts = DraftsInMemory()
    if "earlier" in entry:
        signature = signature_of(read_document(parse_draft({"body": entry["earlier"]}), SEGMENTER))
        assert signature is not None
        drafts.remember(signature, "bai-truoc")
    return drafts


def expected(entry: dict[str, Any]) -> list[tuple[str, str] | None]:
    if entry.get("whole"):
        return [None]
    if "fields" in entry:
        return [(field, "") for field in entry["fields"]]
    spans = []
    for span in entry["spans"]:
        field, mark, words = span.partition(": ")
        spans.append((field, words) if mark and field in ("title", "summary", "body") else ("body", span))
    return list(spans)


def matches(found: tuple[str, str] | None, wanted: tuple[str, str] | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found[0] == wanted[0] and (not wanted[1] or found[1] in wanted[1] or wanted[1] in found[1])


@pytest.mark.parametrize(("code", "entry"), cases("fires"))
def test_fires(code: str, entry: dict[str, Any]) -> None:
    found, wanted = findings(code, entry), expected(entry)
    assert len(found) == len(wanted), f"found {found}, wanted {wanted}"
    assert all(any(matches(one, other) for one in found) for other in wanted), f"found {found}, wanted {wanted}"


@pytest.mark.parametrize(("code", "entry"), cases("silent"))
def test_stays_silent(code: str, entry: dict[str, Any]) -> None:
    assert findings(code, entry) == [], entry.get("why")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_examples_message_and_basis(code: str) -> None:
    entries = table(code)
    assert entries["code"] == code
    least = 15 if code.startswith("objectivity.") else 8
    assert len(entries["fires"]) >= least
    assert len(entries["silent"]) >= least
    entry = KNOWLEDGE.catalogue.codes[code]
    assert entry.message.vi
    assert entry.message.en
    assert entry.explanation.vi
    assert entry.basis


def test_every_declared_code_has_a_check_and_every_table_a_code() -> None:
    assert sorted(CODES) == sorted(KNOWLEDGE.catalogue.codes)
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(CODES)
