"""While the database is away, drafts are reviewed all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from review_service import Reviewer, Settings, create_app
from review_service.store import open_database
from review_service.store.keys import create_key
from tests.postgresql import Server

DRAFT = {"draft_id": "1", "body": "Nghe nói trời sắp mưa."}


def test_a_review_is_answered_and_says_that_it_is_not_kept(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    client = create_app(Settings(access="open", data=tmp_path / "file"), reviewer).test_client()
    answer = client.post("/review", json=DRAFT)
    assert answer.status_code == 200
    assert answer.get_json()["stored"] is False
    assert answer.get_json()["status"] == "must_fix"
    batch = client.post("/review/batch", json={"drafts": [DRAFT, DRAFT]}).get_json()["reviews"]
    assert [review["stored"] for review in batch] == [False, False]
    assert "reviews_unstored_total 3.0" in client.get("/metrics").text
    assert client.get("/ready").get_json()["store"] == "unavailable"
    refused = client.get("/reviews")
    assert refused.status_code == 503
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0


def test_a_known_key_is_good_through_an_outage_and_an_unknown_one_is_not(
    reviewer: Reviewer, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_service.store.database._PAUSE", 0.0)
    database = open_database(Settings(database_url=postgresql.new_database()))
    with database.writing() as session:
        tokens = [create_key(session, name, "cms", "test") for name in ("known", "unknown")]
    known, unknown = ({"Authorization": f"Bearer {token}"} for token in tokens)
    client = create_app(Settings(), reviewer, database).test_client()
    assert client.post("/review", json=DRAFT, headers=known).get_json()["stored"] is True
    postgresql.stop()
    try:
        answer = client.post("/review", json=DRAFT, headers=known)
        assert answer.status_code == 200
        assert answer.get_json()["stored"] is False
        assert client.post("/review", json=DRAFT, headers=unknown).status_code == 503
    finally:
        postgresql.start()
    assert client.post("/review", json=DRAFT, headers=unknown).get_json()["stored"] is True
    database.close()


def test_a_server_that_falls_silent_is_cut_off(
    reviewer: Reviewer, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_service.store.database._WAIT", 1)
    database = open_database(Settings(database_url=postgresql.new_database()), patience=1.0)
    client = create_app(Settings(access="open"), reviewer, database).test_client()
    assert client.post("/review", json=DRAFT).get_json()["stored"] is True
    postgresql.pause()
    try:
        assert client.post("/review", json={**DRAFT, "title": "Tin"}).get_json()["stored"] is False
        assert client.post("/review", json={**DRAFT, "title": "Tin"}).get_json()["stored"] is False
    finally:
        postgresql.resume()
    database.close()
