"""Webhooks: told to a real receiver, signed, tried again, and never sent where they may not go."""

from __future__ import annotations

import base64
import datetime
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from review_service import Settings
from review_service.errors import SettingsError
from review_service.store import Database
from review_service.store.audit import read_audit
from review_service.store.columns import now
from review_service.store.models import DeliveryRow
from review_service.webhooks import Sender, deliver_one, signature
from tests.serving import serving

SECRET = "whsec_" + base64.b64encode(b"a secret of the two of us").decode()
PAYLOAD = {"type": "review.finished", "data": {"review_id": "r"}}


class Receiver:
    """A web server that keeps what it is sent, and answers as it is told."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                self.send_header("Location", f"http://localhost:{receiver.port}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://localhost:{self.port}/hooks"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def sender(url: str, hosts: str = "localhost,127.0.0.0/8,::1/128") -> Sender:
    return Sender(
        Settings.from_environment(
            {"REVIEW_WEBHOOK_URL": url, "REVIEW_WEBHOOK_SECRET": SECRET, "REVIEW_WEBHOOK_HOSTS": hosts}
        )
    )


def put(database: Database) -> None:
    with database.writing() as session:
        session.add(DeliveryRow(message_id="msg_1", made_at=now(), due_at=now(), payload=PAYLOAD))


def rows(database: Database) -> list[DeliveryRow]:
    with database.reading() as session:
        found = list(session.scalars(select(DeliveryRow)))
        session.expunge_all()
    return found


def test_a_message_is_signed_and_then_gone(database: Database, receiver: Receiver) -> None:
    put(database)
    assert deliver_one(database, sender(receiver.url))
    headers, body = receiver.received[0]
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    assert headers["webhook-signature"] == signature(secret, "msg_1", headers["webhook-timestamp"], body)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert rows(database) == []
    assert not deliver_one(database, sender(receiver.url))


def test_the_standards_own_example() -> None:
    # From the specification of Standard Webhooks.
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_what_was_not_received_is_tried_again_later(database: Database, receiver: Receiver, status: int) -> None:
    put(database)
    receiver.answers = [status]
    deliver_one(database, sender(receiver.url))
    assert len(receiver.received) == 1  # no redirect is followed
    (row,) = rows(database)
    assert datetime.timedelta(seconds=5) < row.due_at - now() <= datetime.timedelta(seconds=10)
    assert not deliver_one(database, sender(receiver.url))  # not yet
    with database.writing() as session:
        session.execute(update(DeliveryRow).values(due_at=now()))
    deliver_one(database, sender(receiver.url))
    assert [headers["webhook-id"] for headers, _ in receiver.received] == ["msg_1", "msg_1"]
    assert rows(database) == []


def test_it_is_given_up_in_the_end_and_the_trail_says_so(database: Database, receiver: Receiver) -> None:
    put(database)
    receiver.answers = [500] * 20
    for _ in range(10):
        deliver_one(database, sender(receiver.url))
        with database.writing() as session:
            session.execute(update(DeliveryRow).values(due_at=now()))
    assert len(receiver.received) == 7
    with database.reading() as session:
        assert [entry.action for entry in read_audit(session)] == ["webhook.given_up"]


def test_a_private_address_behind_an_allowed_name_is_not_spoken_to(database: Database, receiver: Receiver) -> None:
    put(database)
    deliver_one(database, sender(receiver.url, "localhost"))
    assert receiver.received == []
    assert len(rows(database)) == 1


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"REVIEW_WEBHOOK_HOSTS": "other.example"}, "REVIEW_WEBHOOK_URL"),
        ({"REVIEW_WEBHOOK_HOSTS": ""}, "REVIEW_WEBHOOK_URL"),
        ({"REVIEW_WEBHOOK_URL": "http://localhost:99999/"}, "REVIEW_WEBHOOK_URL"),
        ({"REVIEW_WEBHOOK_URL": "file:///etc/passwd"}, "REVIEW_WEBHOOK_URL"),
        ({"REVIEW_WEBHOOK_SECRET": "whsec_c2hvcnQ="}, "REVIEW_WEBHOOK_SECRET"),
        ({"REVIEW_WEBHOOK_SECRET": "no-prefix-and-long-enough-all-the-same"}, "REVIEW_WEBHOOK_SECRET"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(changes: dict[str, str], names: str) -> None:
    good = {
        "REVIEW_WEBHOOK_URL": "http://localhost/",
        "REVIEW_WEBHOOK_SECRET": SECRET,
        "REVIEW_WEBHOOK_HOSTS": "localhost",
    }
    with pytest.raises(SettingsError, match=names):
        Sender(Settings.from_environment(good | changes))


def test_finishing_a_review_is_told_by_a_running_server(receiver: Receiver, tmp_path: Path) -> None:
    environment = {
        "REVIEW_DATA": str(tmp_path),
        "REVIEW_WEBHOOK_URL": receiver.url,
        "REVIEW_WEBHOOK_SECRET": SECRET,
        "REVIEW_WEBHOOK_HOSTS": "localhost,127.0.0.0/8,::1/128",
    }
    with serving(tmp_path, **environment) as running:
        _, review = running.ask("POST", "/review", {"draft_id": "bai-1", "body": "Nghe nói tên trộm đã bị bắt."})
        running.ask("PUT", f"/reviews/{review['review_id']}/finished")
        deadline = time.monotonic() + 20
        while not receiver.received and time.monotonic() < deadline:
            time.sleep(0.05)
    (_, body), *others = receiver.received
    assert others == []
    assert review["review_id"].encode() in body
    assert "trộm".encode() not in body
