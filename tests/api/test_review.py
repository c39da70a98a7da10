"""POST /review, /review/batch and /review/file."""

from __future__ import annotations

import json
import logging
from io import BytesIO

import pytest
from docx import Document
from flask.testing import FlaskClient

from review_service import Reviewer, Settings, create_app

DRAFT = {
    "title": "Tin",
    "body": "Nghe nói 😀 tên trộm đã bị bắt giữ.",
    "unit": "VKSND tỉnh Tây Ninh",
    "date": "2026-03-10",
}


def test_it_works(client: FlaskClient) -> None:
    answer = client.post("/review", json=DRAFT)
    assert answer.status_code == 200
    review = answer.get_json()
    assert {issue["code"] for issue in review["issues"]} == {
        "source.missing",
        "source.hearsay",
        "objectivity.presumption",
    }
    for issue in review["issues"]:
        if issue["field"]:
            assert DRAFT[issue["field"]][issue["start"] : issue["end"]] == issue["text"]


def test_offsets_in_utf16(client: FlaskClient) -> None:
    review = client.post("/review?offsets=utf16", json=DRAFT).get_json()
    units = DRAFT["body"].encode("utf-16-le")
    checked = 0
    for issue in review["issues"]:
        if issue["field"] == "body":
            assert units[2 * issue["start"] : 2 * issue["end"]].decode("utf-16-le") == issue["text"]
            checked += 1
    assert checked == 2


def test_batch_keeps_order(client: FlaskClient) -> None:
    drafts = [{"draft_id": str(number), "body": f"Tin số {number}."} for number in range(5)]
    reviews = client.post("/review/batch", json={"drafts": drafts}).get_json()["reviews"]
    assert [review["draft_id"] for review in reviews] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "field"),
    [
        (b"{", "application/json", 400, None),
        (b"\xff", "application/json", 400, None),
        (b"[]", "application/json", 422, "draft"),
        (b"{}", "application/json", 422, "body"),
        (b'{"body": "a", "title": 3}', "application/json", 422, "title"),
        (b'{"body": "a", "date": "2026-02-30"}', "application/json", 422, "date"),
        (b"body=a", "application/x-www-form-urlencoded", 415, None),
        (b'{"body": "\\ud800"}', "application/json", 400, None),
        (json.dumps({"body": "a" * 200_001}).encode(), "application/json", 422, "body"),
        (json.dumps({"body": "a", "title": "b" * 1_100_000}).encode(), "application/json", 413, None),
        (
            json.dumps({"body": "a", "images": [{"caption": "b" * 200_001}]}).encode(),
            "application/json",
            422,
            "images.0.caption",
        ),
    ],
)
def test_bad_input_names_the_field(
    client: FlaskClient, body: bytes, content_type: str, status: int, field: str | None
) -> None:
    answer = client.post("/review", data=body, content_type=content_type)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert (field in [error["field"] for error in problem["errors"]]) if field else problem["errors"] == []


@pytest.mark.parametrize(
    ("batch", "field"),
    [
        ({}, "drafts"),
        ({"drafts": {}}, "drafts"),
        ({"drafts": [{"body": "a"}] * 101}, "drafts"),
        ({"drafts": [{"body": "a"}, {"title": "b"}]}, "drafts.1.body"),
        ({"drafts": ["a"]}, "drafts.0.draft"),
    ],
)
def test_a_bad_batch_names_the_draft(client: FlaskClient, batch: object, field: str) -> None:
    problem = client.post("/review/batch", json=batch).get_json()
    assert field in [error["field"] for error in problem["errors"]]


def test_unknown_offsets_are_refused(client: FlaskClient) -> None:
    assert client.post("/review?offsets=bytes", json=DRAFT).status_code == 422


def test_no_draft_text_in_any_log(
    reviewer: Reviewer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(access="open"), reviewer)
    monkeypatch.setattr(type(reviewer), "review", lambda self, draft, **_: [][len(draft.body) + 1])
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().post("/review", json={"body": "bí mật của bản nháp"})
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "unexpected IndexError" in caplog.text
    assert "bí mật" not in caplog.text
    assert "bí mật" not in answer.text


@pytest.mark.parametrize("date", [0, 20260310, 1.5, True, "0", "1773100800", "20260310", "10/03/2026", "2026-13-01"])
def test_a_date_in_another_form_is_refused(client: FlaskClient, date: object) -> None:
    answer = client.post("/review", json={"body": "Tin.", "date": date})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["date"]
    if isinstance(date, str):
        assert client.get(f"/reviews?until={date}").status_code == 422


def _file(name: str, content: bytes, **beside: str) -> dict[str, object]:
    return {"data": {"file": (BytesIO(content), name), **beside}, "content_type": "multipart/form-data"}


def test_a_file(client: FlaskClient) -> None:
    document = Document()
    document.add_heading("Tin", 0)
    document.add_paragraph(DRAFT["body"])
    out = BytesIO()
    document.save(out)
    sent = _file("tin.docx", out.getvalue(), unit=DRAFT["unit"], date=DRAFT["date"])
    answer = client.post("/review/file?store=no", **sent).get_json()  # type: ignore[arg-type]
    plain = client.post("/review?store=no", json=DRAFT).get_json()
    assert {name: answer["draft"][name] for name in DRAFT} == DRAFT
    assert answer["issues"] == plain["issues"]
    assert answer["content_hash"] == plain["content_hash"]


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"json": DRAFT}, 415, None),
        ({"data": {"unit": "VKSND"}, "content_type": "multipart/form-data"}, 422, "file"),
        (_file("tin.pdf", b"%PDF"), 422, "file"),
        (_file("tin.docx", b"%PDF"), 422, "file"),
        (_file("tin.txt", b"Tin", body="khác"), 422, "body"),
        (_file("tin.txt", b"Tin", date="hôm qua"), 422, "date"),
        (_file("tin.txt", b"a" * 200_001), 422, "body"),
    ],
)
def test_a_file_that_is_no_draft(client: FlaskClient, sent: dict[str, object], status: int, field: str | None) -> None:
    answer = client.post("/review/file", **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert [error["field"] for error in answer.get_json()["errors"]] == ([field] if field else [])


def test_a_file_may_be_larger_than_other_requests_within_its_own_limit(reviewer: Reviewer) -> None:
    client = create_app(Settings(access="open", max_body_bytes=1024, max_file_bytes=4096), reviewer).test_client()
    for size, status in ((3000, 200), (5000, 413)):
        sent = _file("tin.txt", b"a " * (size // 2))
        assert client.post("/review/file?store=no", **sent).status_code == status  # type: ignore[arg-type]
    assert client.post("/review?store=no", json={"body": "a " * 1500}).status_code == 413
