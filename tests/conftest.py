"""What every test shares: the engine, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from review_service import Reviewer, Settings, create_app

ROOT = Path(__file__).parent.parent

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    return Reviewer.load(Settings(models=ROOT / "models"))


@pytest.fixture(scope="session")
def app(reviewer: Reviewer) -> Flask:
    return create_app(Settings(models=ROOT / "models"), reviewer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
