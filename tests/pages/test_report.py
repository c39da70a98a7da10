"""The report: its figures, counted by hand, and what is downloaded."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from review_service import Reviewer, Settings, create_app
from review_service.pages.report import half_year
from review_service.store import Database
from review_service.store.statistics import statistics_of
from tests.api.test_access import key

UNIT = "VKSND khu vực 1 - Tây Ninh"
JANUARY, JUNE = datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)


@pytest.fixture
def guarded(reviewer: Reviewer, database: Database) -> Flask:
    return create_app(Settings(), reviewer, database)


@pytest.fixture
def editor(guarded: Flask, database: Database) -> FlaskClient:
    client = guarded.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = key(database, "editor", "Thu Hà")["Authorization"]
    return client


def send(client: FlaskClient, number: int, body: str, **more: object) -> dict[str, object]:
    draft = {"draft_id": f"b-{number}", "title": "Tin", "body": body, "unit": UNIT, "author": "=1+1", "date": "2026-03-02"}  # fmt: skip
    answer = client.post("/review", json=draft | more)
    assert answer.status_code == 200
    found: dict[str, object] = answer.json
    return found


def finish(client: FlaskClient, review: dict[str, object]) -> None:
    assert client.put(f"/reviews/{review['review_id']}/finished").status_code == 200


def test_an_issue_counts_once_and_what_became_of_it_is_told(editor: FlaskClient, database: Database) -> None:
    send(editor, 1, "Nghe nói đã xong. Người ta đồn đoán nhiều điều.")
    second = send(editor, 1, "Công việc đã xong. Người ta đồn đoán nhiều điều.")  # one mended, one left
    hearsay = [issue for issue in second["issues"] if issue["code"] == "source.hearsay"]  # type: ignore[attr-defined]
    assert len(hearsay) == 1
    path = f"/reviews/{second['review_id']}/issues/{hearsay[0]['id']}/decision"
    with database.reading() as session:
        before = next(one for one in statistics_of(session, JANUARY, JUNE).issues if one.code == "source.hearsay")
    assert (before.raised, before.fixed, before.dismissed) == (2, 1, 0)
    assert before.by_month == {(2026, 3): 2}
    editor.post(path, json={"decision": "dismiss", "reason": "đúng như vậy"})
    with database.reading() as session:
        after = next(one for one in statistics_of(session, JANUARY, JUNE).issues if one.code == "source.hearsay")
    assert (after.raised, after.fixed, after.dismissed) == (2, 1, 1)


def test_items_units_themes_and_commendations(editor: FlaskClient, database: Database) -> None:
    for number in range(4):
        review = send(editor, number, "Viện kiểm sát tổ chức hội nghị sơ kết công tác.")
        editor.put(f"/reviews/{review['review_id']}/themes", json={"themes": ["crime_prevention"] if number else []})
        if number < 3:
            finish(editor, review)
    send(editor, 9, "Nghe nói kẻ trộm đã bị bắt.", unit="VKSND khu vực 2 - Tây Ninh", author=None)
    send(editor, 10, "Tin của năm trước.", date="2025-12-31")
    with database.reading() as session:
        figures = statistics_of(session, JANUARY, JUNE)
    assert (figures.items, figures.read, figures.confirmed) == (5, 3, 4)
    assert figures.themes["crime_prevention"] == 3
    assert figures.by_month == {(2026, 3): 5}
    assert [(one.unit, one.items, one.read, one.right_first) for one in figures.units] == [
        (UNIT, 4, 3, 4),
        ("VKSND khu vực 2 - Tây Ninh", 1, 0, 0),
    ]
    assert [one.unit for one in figures.commended_units()] == [UNIT]
    assert [one.author for one in figures.commended_authors()] == ["=1+1"]
    assert "crime_prevention" not in figures.starved(["crime_prevention", "commendation"])
    assert figures.starved(["crime_prevention", "commendation"]) == ["commendation"]
    assert figures.months == [(2026, month) for month in range(1, 7)]


def test_the_report_is_shown_and_downloaded(editor: FlaskClient) -> None:
    for number in range(3):
        finish(editor, send(editor, number, "Viện kiểm sát tổ chức hội nghị sơ kết công tác."))
    query = "?since=2026-01-01&until=2026-06-30"
    page = editor.get("/editor/report" + query).text
    assert UNIT in page
    document = Document(BytesIO(editor.get("/editor/report.docx" + query).data))
    words = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    for expected in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "từ ngày 01/01/2026 đến ngày 30/06/2026", UNIT):
        assert expected in words
    book = load_workbook(BytesIO(editor.get("/editor/report.xlsx" + query).data))
    author = book["Cộng tác viên"]["A2"]
    assert (author.value, author.data_type) == ("=1+1", "s")  # a name, never a formula


def test_a_period_that_makes_no_sense_is_refused(editor: FlaskClient) -> None:
    for query in ("since=2026-07-01&until=2026-01-01", "since=hôm+qua", "since=1000-01-01&until=2026-01-01"):
        assert editor.get(f"/editor/report?{query}").status_code == 422


def test_an_empty_period_says_so(editor: FlaskClient) -> None:
    page = editor.get("/editor/report?since=1999-01-01&until=1999-06-30")
    assert "Không có tin, bài nào" in page.text
    assert editor.get("/editor/report.docx?since=1999-01-01&until=1999-06-30").status_code == 200


def test_half_years() -> None:
    assert half_year(datetime.date(2026, 6, 30)) == (JANUARY, JUNE)
    assert half_year(datetime.date(2026, 7, 1))[0] == datetime.date(2026, 7, 1)
