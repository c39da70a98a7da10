"""The served service: who is asked for a key, and what a killed one has kept."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from http.client import HTTPException
from pathlib import Path

import pytest
from click.testing import CliRunner

from review_service import Settings
from review_service.cli import main
from review_service.store import open_database
from review_service.store.drafts import history_of
from review_service.store.queue import Filters, list_reviews
from tests.serving import Running, serving

DRAFT = {"draft_id": "1", "body": "Nghe nói trời sắp mưa."}
KILLS = int(os.environ.get("KILLS", "3"))


def test_a_newcomer_needs_no_key_and_is_told_so(tmp_path: Path) -> None:
    with serving(tmp_path, REVIEW_DATA=str(tmp_path)) as server:
        assert server.ask("POST", "/review", DRAFT)[1]["stored"] is True
        assert server.ask("GET", "/reviews")[1]["total"] == 1
        assert "ACCESS IS OPEN" in server.log.read_text()
        assert server.ask("GET", "/themes", Host="review.evil.example")[0] == 400


def test_once_there_is_a_key_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_DATA", str(tmp_path))
    key = CliRunner().invoke(main, ["keys", "create", "Lan", "--role", "cms"]).stdout.strip()
    with serving(tmp_path) as server:
        assert server.ask("POST", "/review", DRAFT)[0] == 401
        assert server.ask("POST", "/review", DRAFT, Authorization=f"Bearer {key}")[0] == 200
        assert "ACCESS IS OPEN" not in server.log.read_text()
    with serving(tmp_path, "--open") as server:
        assert server.ask("POST", "/review", DRAFT)[0] == 200
        assert "ACCESS IS OPEN" in server.log.read_text()


def test_on_an_address_for_others_a_key_is_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", REVIEW_DATA=str(tmp_path)) as server:
        assert server.ask("POST", "/review", DRAFT)[0] == 401
        assert server.ask("GET", "/health")[0] == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /rev",
        b"POST /review HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
    ],
)
def test_clients_that_fall_silent_do_not_hold_the_service(tmp_path: Path, sent: bytes) -> None:
    with (
        serving(tmp_path, "--open", REVIEW_DATA=str(tmp_path), REVIEW_READ_SECONDS="1") as server,
        contextlib.ExitStack() as open_,
    ):
        host, port = server.url.removeprefix("http://").split(":")
        silent = [open_.enter_context(socket.create_connection((host, int(port)), timeout=20)) for _ in range(40)]
        for client in silent:
            client.sendall(sent)
        assert server.ask("POST", "/review", DRAFT)[0] == 200
        for client in silent:
            while client.recv(4096):  # an answer or none, but an end
                pass


def test_what_was_acknowledged_outlives_a_killed_server(
    database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Drafts, decisions and themes are sent without pause while the server is killed, and PostgreSQL too."""
    acknowledged: list[tuple[str, str]] = []
    for round_ in range(KILLS):
        with serving(tmp_path, "--open", workers=2, DATABASE_URL=database_url) as server:
            threads = [threading.Thread(target=_send, args=(server, f"{round_}-{n}", acknowledged)) for n in range(4)]
            for thread in threads:
                thread.start()
            goal = len(acknowledged) + 20
            deadline = time.monotonic() + 60
            while len(acknowledged) < goal:
                assert time.monotonic() < deadline, "the server does not acknowledge"
                time.sleep(0.01)
            server.kill()
            if database_url.startswith("postgresql"):
                postgresql = request.getfixturevalue("postgresql")
                postgresql.stop()  # at once, as a crash would
                postgresql.start()
            for thread in threads:
                thread.join()
    database = open_database(Settings(database_url=database_url))
    with database.reading() as session:
        if database.file:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        for draft_id, review_id in acknowledged:
            history = history_of(session, draft_id)
            assert history, draft_id
            assert history.revisions[-1].review_id == review_id
            if draft_id.endswith("0"):
                assert history.editor_themes
                assert [decision.decision for decision in history.decisions] == ["dismiss"]
        total = list_reviews(session, Filters()).total
    database.close()
    assert len(acknowledged) <= total <= len(acknowledged) + KILLS * 4
    print(f"{len(acknowledged)} acknowledged, {total} kept, {KILLS} kills")


def _send(server: Running, name: str, acknowledged: list[tuple[str, str]]) -> None:
    """Send drafts, and to every tenth of them a decision and themes, until the server is gone."""
    number = 0
    while True:
        number += 1
        draft_id = f"{name}-{number}"
        try:
            status, made = server.ask("POST", "/review", {**DRAFT, "draft_id": draft_id})
            assert (status, made["stored"]) == (200, True)
            if number % 10 == 0:
                path = f"/reviews/{made['review_id']}"
                issue = made["issues"][-1]["id"]
                body = {"decision": "dismiss", "reason": "thử"}
                assert server.ask("POST", f"{path}/issues/{issue}/decision", body)[0] == 200
                assert server.ask("PUT", f"{path}/themes", {"themes": []})[0] == 200
        except (OSError, ValueError, HTTPException):  # also killed between headers and body
            return
        acknowledged.append((draft_id, made["review_id"]))
