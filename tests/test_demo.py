"""review-service demo: a year of work that a newcomer can look at."""

from __future__ import annotations

import datetime
from pathlib import Path

from click.testing import CliRunner

from review_service import Reviewer, Settings, create_app
from review_service.cli import main
from review_service.store import open_database
from review_service.store.queue import Filters, list_reviews
from review_service.store.statistics import statistics_of


def test_a_year_is_made_up_and_the_link_signs_in(tmp_path: Path, reviewer: Reviewer) -> None:
    folder = tmp_path / "demo"
    ran = CliRunner().invoke(main, ["demo", "--fill-only", "--data", str(folder)])
    assert ran.exit_code == 0, ran.output
    link = ran.output.rpartition("link=")[2].strip()
    settings = Settings(data=folder)
    with open_database(settings) as database:
        client = create_app(settings, reviewer, database).test_client()
        assert client.post("/sign-in", data={"link": link}).headers["Location"] == "/editor"
        with database.reading() as session:
            assert list_reviews(session, Filters(finished=False)).total > 5
            today = datetime.date.today()
            year = statistics_of(session, today - datetime.timedelta(days=366), today)
        assert year.read > year.items / 2
        assert year.fixed > 0
        assert year.dismissed > 0
        assert len(year.by_month) >= 12
    again = CliRunner().invoke(main, ["demo", "--fill-only", "--data", str(folder)])
    assert again.exit_code == 2
    assert "not empty" in again.output
