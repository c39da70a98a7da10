"""Too many requests at once, and reviews that take too long."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

import pytest
from flask import Flask

from review_service import Reviewer, Settings, create_app
from review_service.review import Review

DRAFT = {"title": "Tin", "body": "Nghe nói kẻ trộm đã bỏ trốn.", "date": "2026-03-10"}


class Slow(Reviewer):
    """A reviewer that waits for a sign before each review."""

    def __init__(self, fast: Reviewer) -> None:
        self.__dict__ = dict(fast.__dict__)
        self.go = threading.Event()

    def review(self, *given: Any, **named: Any) -> Review:
        assert self.go.wait(30)
        return super().review(*given, **named)


@pytest.fixture
def slow(reviewer: Reviewer) -> Slow:
    return Slow(reviewer)


@pytest.fixture
def app(slow: Slow) -> Flask:
    return create_app(Settings(access="open", max_waiting_reviews=2), slow)


def test_beyond_its_places_a_worker_turns_requests_away_at_once(app: Flask, slow: Slow) -> None:
    statuses: Counter[int] = Counter()
    lock = threading.Lock()

    def ask() -> None:
        status = app.test_client().post("/review", json=DRAFT).status_code
        with lock:
            statuses[status] += 1

    accepted = [threading.Thread(target=ask) for _ in range(3)]
    places = app.extensions["review_service"].capacity._places
    for thread in accepted:
        thread.start()
    while places._value:  # until one runs and two wait
        time.sleep(0.001)
    turned_away = app.test_client().post("/review", json=DRAFT)
    assert turned_away.status_code == 503
    assert turned_away.content_type == "application/problem+json"
    assert int(turned_away.headers["Retry-After"]) >= 1
    assert app.test_client().get("/health").status_code == 200
    slow.go.set()
    for thread in accepted:
        thread.join()
    assert statuses == {200: 3}
    assert "reviews_turned_away_total 1.0" in app.test_client().get("/metrics").get_data(as_text=True)
    assert app.test_client().post("/review", json=DRAFT).status_code == 200


def test_a_review_that_runs_out_of_time_says_what_it_left_out(reviewer: Reviewer) -> None:
    whole = reviewer.review(DRAFT)
    assert not whole.incomplete
    assert whole.skipped == ()
    made = reviewer.review(DRAFT, seconds=-1)
    assert made.incomplete
    assert "objectivity.presumption" in made.skipped
    assert made.skipped[-1] == "themes"
    assert made.themes == ()
    assert made.issues == ()


def test_the_service_answers_in_its_time(reviewer: Reviewer) -> None:
    app = create_app(Settings(access="open", review_seconds=1e-9), reviewer)
    answer = app.test_client().post("/review", json=DRAFT).get_json()
    assert answer["incomplete"] is True
    assert "source.hearsay" in answer["skipped"]
