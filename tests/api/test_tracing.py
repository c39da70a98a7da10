"""Request ids, log lines and the dashboard."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import ROOT
from tests.serving import serving


def test_a_request_keeps_its_id_and_gets_one_when_it_has_none(client: FlaskClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": "cms-42:a.b"}).headers["X-Request-ID"] == "cms-42:a.b"
    made = {client.get("/health").headers["X-Request-ID"] for _ in range(3)}
    assert len(made) == 3
    for odd in ("a b", "x" * 65, "é", "<script>", ""):
        given = client.get("/nowhere", headers={"X-Request-ID": odd}).headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", given)


def test_a_line_names_the_route_and_nothing_of_the_draft(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/review?store=no", json={"title": "Bí mật", "body": "Nghe nói kho báu."})
        client.get("/drafts/bi-mat/revisions")
    lines = [record.getMessage() for record in caplog.records if record.name.endswith("tracing")]
    assert lines[0].startswith("POST /review 200")
    assert lines[1].startswith("GET /drafts/<path:draft_id>/revisions")
    assert "kho báu" not in caplog.text
    assert "bi-mat" not in caplog.text


def test_a_server_logs_json_when_asked_to(tmp_path: Path) -> None:
    with serving(tmp_path, REVIEW_DATA=str(tmp_path), REVIEW_LOG_FORMAT="json") as running:
        running.ask("GET", "/themes", **{"X-Request-ID": "from-the-cms"})
        log = running.log
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line["request_id"] == "from-the-cms"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/themes", 200)


def test_the_dashboard_asks_for_metrics_that_there_are(client: FlaskClient) -> None:
    client.post("/review?store=no", json={"body": "Nghe nói kho báu."})
    shown = client.get("/metrics").text
    board = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    queries = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    named = set(re.findall(r"\b(reviews?_[a-z_]+)\b", " ".join(queries)))
    assert len(named) >= 8
    for name in named:
        assert name in shown, name


def test_metrics_tell_stages_known_words_and_what_was_remembered(client: FlaskClient) -> None:
    for _ in range(2):
        client.post("/review?store=no", json={"body": "Viện kiểm sát nhân dân tỉnh công bố cáo trạng sáng nay."})
    shown = client.get("/metrics").text
    for stage in ("text", "checklist", "themes"):
        assert re.search(rf'review_stage_seconds_count{{stage="{stage}"}} [1-9]', shown)
    assert re.search(r"review_known_words_count [1-9]", shown)
    assert re.search(r'review_sentence_lookups_total\{answer="remembered"\} [1-9]', shown)
