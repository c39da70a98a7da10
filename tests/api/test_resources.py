"""The other resources, and what holds for every route."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from review_service import Reviewer
from review_service.api.operations import OPERATIONS


def test_themes(client: FlaskClient, reviewer: Reviewer) -> None:
    themes = client.get("/themes").get_json()["themes"]
    assert [theme["theme"] for theme in themes] == list(reviewer.plan.names)
    assert all(theme["label"] and theme["clauses"] for theme in themes)


def test_checklist_lists_every_code(client: FlaskClient, reviewer: Reviewer) -> None:
    items = client.get("/checklist?language=en").get_json()["items"]
    codes = [code for item in items for code in item["codes"]]
    assert [code["code"] for code in codes] == list(reviewer.knowledge.catalogue.codes)
    assert all(code["message"] and code["explanation"] and code["basis"] for code in codes)


def test_health_and_readiness(client: FlaskClient, reviewer: Reviewer) -> None:
    assert client.get("/health").get_json() == {"status": "ok"}
    assert client.get("/ready").get_json()["model_version"] == reviewer.model.version


def test_metrics_hold_no_draft(client: FlaskClient) -> None:
    client.post("/review", json={"body": "Nghe nói Nguyễn Văn Bí Mật đã bỏ trốn."})
    text = client.get("/metrics").text
    assert 'review_issues_total{code="source.hearsay"}' in text
    assert "Bí Mật" not in text


def test_unknown_language_is_refused(client: FlaskClient) -> None:
    assert client.get("/themes?language=fr").status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/review", 405), ("DELETE", "/themes", 405)]
)
def test_every_error_has_one_shape(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert set(answer.get_json()) == {"type", "title", "status", "detail", "errors"}


def test_a_405_says_what_is_allowed(client: FlaskClient) -> None:
    assert "POST" in client.get("/review").headers["Allow"]


def test_openapi_describes_every_route_and_no_other(app: Flask, client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    routed = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith(("pages_", "frame."))  # for people
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    assert described == routed
    assert len(OPERATIONS) == len(routed)


def test_openapi_references_resolve(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()

    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [reference for value in node.values() for reference in references(value)]
        if isinstance(node, list):
            return [reference for value in node for reference in references(value)]
        return []

    names = {reference.rsplit("/", 1)[1] for reference in references(document)}
    assert names <= set(document["components"]["schemas"])
    assert {"Draft", "AnsweredReview", "Issue", "Problem"} <= set(document["components"]["schemas"])


def test_documentation_page_needs_nothing_from_outside(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert "/review/batch" in page
    assert "http://" not in page
    assert "https://" not in page
