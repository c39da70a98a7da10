"""What every test shares: the engine, loaded once, and a database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from review_service import Reviewer, Settings, create_app
from review_service.store import Database, open_database
from tests.postgresql import Server, run_postgresql

ROOT = Path(__file__).parent.parent

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    return Reviewer.load(Settings(models=ROOT / "models"))


@pytest.fixture(scope="session", autouse=True)
def data_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests and the processes they start store out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with run_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'reviews.sqlite3'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(Settings(database_url=database_url))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(reviewer: Reviewer) -> Flask:
    return create_app(Settings(models=ROOT / "models", access="open"), reviewer)


@pytest.fixture
def kept_app(reviewer: Reviewer, database: Database) -> Flask:
    """An application with a database of its own, open to whoever asks."""
    return create_app(Settings(models=ROOT / "models", access="open"), reviewer, database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
