"""The list of drafts: filters, search, order, pages."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from review_service import Reviewer
from review_service.reviewer import parse_draft
from review_service.store import Database
from review_service.store.decisions import correct_themes, find_review_to_change, finish
from review_service.store.queue import Filters, list_reviews
from review_service.store.reviews import keep_review

START = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
DRAFTS = [
    {"title": "Vụ trộm cắp", "body": "Nghe nói trời sắp mưa.", "author": "Thu Hà", "unit": "VKSND tỉnh Tây Ninh"},
    {"title": "Thời tiết", "body": "Trời nắng.", "author": "Lan", "unit": "VKSND khu vực 3 - Tây Ninh"},
    {"title": "Thể thao", "body": "Một trận đấu hay.", "author": "Lan", "unit": "VKSND tỉnh Tây Ninh"},
]


@pytest.fixture
def filled(database: Database, reviewer: Reviewer) -> Database:
    with database.writing() as session:
        for number, data in enumerate(DRAFTS):
            day = START + datetime.timedelta(days=number)
            draft = parse_draft({**data, "draft_id": f"d{number}", "date": day.date().isoformat()})
            keep_review(session, draft, reviewer.review(draft), day)
    return database


def ids(database: Database, **filters: object) -> list[str | None]:
    with database.reading() as session:
        page = list_reviews(session, Filters.model_validate(filters))
        assert page.total >= len(page.reviews)
        return [summary.draft_id for summary in page.reviews]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["d2", "d1", "d0"]),
        ({"order": "oldest"}, ["d0", "d1", "d2"]),
        ({"order": "severest", "limit": 1}, ["d0"]),
        ({"limit": 1, "offset": 1}, ["d1"]),
        ({"offset": 3}, []),
        ({"unit": "VKSND tỉnh Tây Ninh"}, ["d2", "d0"]),
        ({"author": "Lan", "unit": "VKSND tỉnh Tây Ninh"}, ["d2"]),
        ({"status": "must_fix"}, ["d0"]),
        ({"code": "source.hearsay"}, ["d0"]),
        ({"code": "source"}, ["d0"]),
        ({"code": "sour"}, []),
        ({"since": "2026-03-02", "until": "2026-03-02"}, ["d1"]),
        ({"search": "TROM cap"}, ["d0"]),
        ({"search": "thu ha"}, ["d0"]),
        ({"search": "trộm nắng"}, []),
        ({"search": "%"}, []),
        ({"finished": True}, []),
    ],
)
def test_filters(filled: Database, filters: dict[str, object], expected: list[str]) -> None:
    assert ids(filled, **filters) == expected


def test_by_the_editors_themes(filled: Database) -> None:
    with filled.reading() as session:
        review_id = list_reviews(session, Filters(search="d1")).reviews[0].review_id
    with filled.writing() as session:
        review = find_review_to_change(session, review_id)
        assert review
        correct_themes(session, review, ["legal_education", "commendation"], "Lan")
    assert ids(filled, theme="legal_education") == ["d1"]
    assert "d1" not in ids(filled, theme="off_plan")
    with filled.writing() as session:
        review = find_review_to_change(session, review_id)
        assert review
        correct_themes(session, review, [], "Lan")
    assert ids(filled, theme="legal_education") == []
    assert "d1" in ids(filled, theme="off_plan")


def test_a_finished_draft_waits_again_with_its_next_revision(filled: Database, reviewer: Reviewer) -> None:
    with filled.writing() as session:
        review = find_review_to_change(session, list_reviews(session, Filters(search="d1")).reviews[0].review_id)
        assert review
        finish(session, review, "Lan")
    assert ids(filled, finished=True) == ["d1"]
    again = {**DRAFTS[1], "draft_id": "d1", "date": "2026-03-02"}
    for changes, waiting in (({}, False), ({"body": "Trời mưa."}, True)):
        draft = parse_draft({**again, **changes})
        with filled.writing() as session:
            keep_review(session, draft, reviewer.review(draft))
        assert ("d1" in ids(filled, finished=False)) == waiting


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"status": "red"}, {"colour": "red"}])
def test_wrong_filters_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Filters.model_validate(wrong)
