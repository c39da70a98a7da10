"""Who may do what: keys, roles, sign-in, forgery, limits."""

from __future__ import annotations

import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from review_service import Reviewer, Settings, create_app
from review_service.api.access import EVERYBODY, rule_of
from review_service.errors import SettingsError
from review_service.store import Database
from review_service.store.keys import create_key, holder_named, revoke_key
from review_service.store.models import Role
from review_service.store.sessions import create_link

DRAFT = {"body": "Nghe nói trời sắp mưa."}
OPEN = {"/health", "/ready", "/openapi.json", "/docs", "/session", "/", "/sign-in", "/assets/<path:name>"}


@pytest.fixture
def guarded(reviewer: Reviewer, database: Database) -> Flask:
    return create_app(Settings(), reviewer, database)


@pytest.fixture
def client(guarded: Flask) -> FlaskClient:
    return guarded.test_client()


def key(database: Database, role: Role, name: str | None = None) -> dict[str, str]:
    with database.writing() as session:
        token = create_key(session, name or role, role, "test")
    assert token
    return {"Authorization": f"Bearer {token}"}


def sign_in(client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    return client.post("/session", json={"key": headers["Authorization"].removeprefix("Bearer ")})


def test_every_route_declares_who_may_use_it(guarded: Flask) -> None:
    rules = {rule.endpoint: rule.rule for rule in guarded.url_map.iter_rules()}
    assert [path for endpoint, path in rules.items() if rule_of(guarded, endpoint) is None] == []
    assert {path for endpoint, path in rules.items() if rule_of(guarded, endpoint) == EVERYBODY} == OPEN


def test_a_route_without_a_rule_is_closed(reviewer: Reviewer, database: Database) -> None:
    for access in ("keys", "open"):
        app = create_app(Settings(access=access), reviewer, database)
        app.add_url_rule("/new", "new", lambda: "secret")
        assert app.test_client().get("/new").status_code == 403


def test_without_a_key_nothing_is_told(guarded: Flask, client: FlaskClient) -> None:
    for rule in guarded.url_map.iter_rules():
        path = rule.rule.replace("<", "").replace(">", "").replace("path:", "")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule_of(guarded, rule.endpoint) != EVERYBODY:
                answer = client.open(path, method=method, json={})
                if rule.endpoint.startswith("pages_") and method == "GET":
                    assert answer.headers["Location"].startswith("/sign-in"), path
                    continue
                assert answer.status_code == 401, path
                if rule.endpoint.startswith("pages_"):
                    continue
                assert answer.content_type == "application/problem+json"
                assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        ("cms", ["/themes", "/checklist", "/metrics"], ["/reviews", "/audit", "/dismissals"]),
        ("editor", ["/themes", "/reviews"], ["/audit", "/dismissals"]),
        ("maintainer", ["/themes", "/reviews", "/audit", "/dismissals"], []),
    ],
)
def test_roles(client: FlaskClient, database: Database, role: Role, allowed: list[str], refused: list[str]) -> None:
    headers = key(database, role)
    assert client.post("/review", json=DRAFT, headers=headers).status_code == 200
    for path in allowed:
        assert client.get(path, headers=headers).status_code == 200, path
    for path in refused:
        assert client.get(path, headers=headers).status_code == 403, path


def test_a_cms_decides_nothing_and_deletes_nothing(client: FlaskClient, database: Database) -> None:
    headers = key(database, "cms")
    made = client.post("/review", json={**DRAFT, "draft_id": "1"}, headers=headers).get_json()
    path = f"/reviews/{made['review_id']}"
    assert client.get(path, headers=headers).status_code == 200
    assert client.put(f"{path}/themes", json={"themes": []}, headers=headers).status_code == 403
    assert client.delete("/drafts/1", headers=headers).status_code == 403
    assert client.delete("/drafts/1", headers=key(database, "editor")).status_code == 403
    assert client.delete("/drafts/1", headers=key(database, "maintainer")).status_code == 204


@pytest.mark.parametrize(
    "header", ["Bearer ", "Bearer wrong", "Basic YTpi", "Bearer é", "wrong", f"Bearer {'x' * 5000}", "Bearer a=b"]
)
def test_a_wrong_key(client: FlaskClient, header: str) -> None:
    assert client.get("/themes", headers={"Authorization": header.encode().decode("latin-1")}).status_code == 401


def test_a_revoked_key_is_refused_at_once(client: FlaskClient, database: Database) -> None:
    headers = key(database, "editor", "Lan")
    assert client.get("/themes", headers=headers).status_code == 200
    sign_in(client, headers)
    assert client.get("/themes").status_code == 200
    with database.writing() as session:
        assert revoke_key(session, "Lan", "test")
        assert not revoke_key(session, "Lan", "test")
    assert client.get("/themes", headers=headers).status_code == 401
    assert client.get("/themes").status_code == 401


def test_a_decision_carries_its_editors_name(client: FlaskClient, database: Database) -> None:
    headers = key(database, "editor", "Thu Hà")
    made = client.post("/review", json=DRAFT, headers=headers).get_json()
    given = client.put(f"/reviews/{made['review_id']}/themes", json={"themes": []}, headers=headers)
    assert given.get_json()["corrected_by"] == "Thu Hà"


def test_signing_in_and_out(client: FlaskClient, database: Database) -> None:
    headers = key(database, "editor", "Lan")
    answer = sign_in(client, headers)
    assert (answer.get_json()["name"], answer.get_json()["role"]) == ("Lan", "editor")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/session").get_json() == answer.get_json()
    token = answer.get_json()["csrf_token"]
    assert client.delete("/session", headers={"X-CSRF-Token": token}).status_code == 204
    assert client.get("/session").status_code == 401


def test_a_signed_out_cookie_is_worth_nothing(client: FlaskClient, database: Database) -> None:
    token = sign_in(client, key(database, "editor")).get_json()["csrf_token"]
    cookie = client.get_cookie("review_session")
    assert cookie
    client.delete("/session", headers={"X-CSRF-Token": token})
    client.set_cookie("review_session", cookie.value)
    assert client.get("/session").status_code == 401


def test_a_change_by_cookie_needs_the_csrf_token(client: FlaskClient, database: Database) -> None:
    headers = key(database, "editor")
    made = client.post("/review", json=DRAFT, headers=headers).get_json()
    token = sign_in(client, headers).get_json()["csrf_token"]
    path = f"/reviews/{made['review_id']}/themes"
    assert client.put(path, json={"themes": []}).status_code == 403
    assert client.put(path, json={"themes": []}, headers={"X-CSRF-Token": "é"}).status_code == 403
    assert client.put(path, json={"themes": []}, headers={"X-CSRF-Token": token[:-1]}).status_code == 403
    assert client.put(path, json={"themes": []}, headers={"X-CSRF-Token": token}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:3000", "null"])
def test_another_site_cannot_use_a_browsers_reach(
    client: FlaskClient, kept_app: Flask, database: Database, origin: str
) -> None:
    token = sign_in(client, key(database, "editor")).get_json()["csrf_token"]
    headers = {"X-CSRF-Token": token, "Origin": origin}
    assert client.post("/review", json=DRAFT, headers=headers).status_code == 403
    assert client.post("/session", json={"key": "a"}, headers={"Origin": origin}).status_code == 403
    assert kept_app.test_client().post("/review", json=DRAFT, headers={"Origin": origin}).status_code == 403
    headers["Origin"] = "http://localhost"
    assert client.post("/review", json=DRAFT, headers=headers).status_code == 200


def test_signing_in_over_a_plain_line_to_another_machine_is_refused(client: FlaskClient, database: Database) -> None:
    token = key(database, "editor")["Authorization"].removeprefix("Bearer ")
    plain = client.post("/session", json={"key": token}, base_url="http://review.example")
    assert plain.status_code == 403
    assert "HTTPS" in plain.get_json()["detail"]
    safe = client.post("/session", json={"key": token}, base_url="https://review.example")
    assert safe.status_code == 200
    assert "Secure" in safe.headers["Set-Cookie"]
    assert "max-age" in safe.headers["Strict-Transport-Security"]


def test_behind_a_proxy_that_ends_tls(reviewer: Reviewer, database: Database) -> None:
    client = create_app(Settings(proxies=1), reviewer, database).test_client()
    token = key(database, "editor")["Authorization"].removeprefix("Bearer ")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "review.example", "Origin": "https://review.example"}
    assert client.post("/session", json={"key": token}, headers=headers).status_code == 200


def test_a_link_signs_in_once(client: FlaskClient, database: Database) -> None:
    key(database, "editor", "Lan")
    with database.writing() as session:
        who = holder_named(session, "Lan")
        assert who
        link = create_link(session, who, datetime.timedelta(minutes=10), "test")
        old = create_link(session, who, datetime.timedelta(minutes=-1), "test")
    assert client.post("/session", json={"link": link}).get_json()["name"] == "Lan"
    assert client.post("/session", json={"link": link}).status_code == 401
    assert client.post("/session", json={"link": old}).status_code == 401


@pytest.mark.parametrize("body", [{}, {"key": "a", "link": "b"}, {"key": ""}, {"key": 3}, {"key": "a" * 201}])
def test_a_wrong_sign_in(client: FlaskClient, body: dict[str, object]) -> None:
    assert client.post("/session", json=body).status_code == 422


def test_a_session_ends(reviewer: Reviewer, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(Settings(session_hours=1), reviewer, database).test_client()
    sign_in(client, key(database, "editor"))
    assert client.get("/session").status_code == 200
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)
    monkeypatch.setattr("review_service.store.sessions.now", lambda: later)
    cookie = client.get_cookie("review_session")
    assert cookie
    client.set_cookie("review_session", cookie.value)
    assert client.get("/session").status_code == 401


def test_a_key_may_ask_so_often(reviewer: Reviewer, database: Database) -> None:
    client = create_app(Settings(rate_limit="3/hour"), reviewer, database).test_client()
    busy, other = key(database, "cms", "busy"), key(database, "cms", "other")
    answers = [client.get("/themes", headers=busy) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get("/themes", headers=other).status_code == 200
    assert client.get("/health").status_code == 200
    batch = {"drafts": [{"body": "Tin."}] * 3}
    assert client.post("/review/batch", json=batch, headers=other).status_code == 429


def test_wrong_keys_are_slowed_down_and_right_ones_are_not(client: FlaskClient, database: Database) -> None:
    right = key(database, "cms")
    wrong = {"Authorization": "Bearer wrong"}
    statuses = [client.get("/themes", headers=wrong).status_code for _ in range(25)]
    assert set(statuses) == {401, 429}
    assert client.get("/themes", headers=right).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"), [("rate_limit", "often"), ("rate_storage", "nonsense://"), ("rate_storage", "redis://localhost")]
)
def test_a_wrong_limit_stops_the_start(reviewer: Reviewer, database: Database, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"REVIEW_{name.upper()}"):
        create_app(Settings.model_validate({name: value}), reviewer, database)


def test_security_headers_on_every_answer(client: FlaskClient) -> None:
    for path in ("/health", "/docs", "/themes", "/nowhere"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


def test_inline_styles_carry_the_nonce_of_their_answer(client: FlaskClient) -> None:
    first, second = client.get("/docs"), client.get("/docs")
    nonce = first.text.split('nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in first.headers["Content-Security-Policy"]
    assert nonce not in second.text


def test_the_key_itself_is_kept_nowhere(client: FlaskClient, database: Database) -> None:
    token = key(database, "editor")["Authorization"].removeprefix("Bearer ")
    sign_in(client, {"Authorization": f"Bearer {token}"})
    cookie = client.get_cookie("review_session")
    assert cookie
    with database.reading() as session:
        for table in ("keys", "sessions", "audit"):
            kept = str(session.connection().exec_driver_sql(f"SELECT * FROM {table}").all())
            assert token not in kept
            assert cookie.value not in kept
