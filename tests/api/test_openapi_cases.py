"""Cases made from the OpenAPI document: whatever is sent, the service answers as it says it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from review_service.app import create_app
from review_service.reviewer import Reviewer
from review_service.settings import Settings
from review_service.store import open_database
from tests.conftest import ROOT

_CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(reviewer: Reviewer, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The interface of an application that keeps what it is sent in a SQLite of its own."""
    data: Path = tmp_path_factory.mktemp("cases")
    settings = Settings(models=ROOT / "models", access="open", data=data, rate_limit="100000/minute")
    app = create_app(settings, reviewer, open_database(settings))
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def test_answers_are_as_described(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:
        _try(operation)


def _try(operation: Any) -> None:
    """Send an operation what its description allows; 25 cases, the same in every run."""

    @given(case=operation.as_strategy())
    @bounds(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def answers(case: Any) -> None:
        case.call_and_validate(checks=_CHECKS)

    answers()


def test_a_number_too_large_for_any_store_is_refused(described: Any) -> None:
    answer = described.app.test_client().get("/dismissals?least=24884939811163475764314112")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "least"
