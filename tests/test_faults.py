"""Damaged files at start, a disk that is full or read-only, a clock that jumps back, a worker killed in the middle."""

from __future__ import annotations

import contextlib
import datetime
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest
from click.testing import CliRunner

from review_service import Reviewer, Settings, create_app
from review_service.cli import main
from review_service.store import columns, open_database
from review_service.store.drafts import history_of
from review_service.store.keys import create_key, holder_of
from review_service.store.retention import reduce_some
from review_service.store.sessions import open_session, session_holder
from tests.conftest import ROOT
from tests.serving import serving

DRAFT = {"draft_id": "1", "body": "Nghe nói trời sắp mưa."}
KNOWLEDGE = ROOT / "review_service" / "knowledge"
DAMAGE = {
    "cut": None,
    "empty": b"",
    "a list": b"- 1\n",
    "no YAML": b"a: [\n",
    "nested": b"[" * 100_000,
    "a key twice": b"about: a\nabout: b\nentries: []\n",
    "no text": b"\xff\xfe\x00",
    "zeros": b"\0" * 512,
}


@pytest.mark.parametrize(
    ("name", "damage"),  # one reader reads them all: each file once, each damage once
    [
        ("units.yaml", "cut"),
        ("units.yaml", "zeros"),
        ("checklist.yaml", "empty"),
        ("checklist.yaml", "a list"),
        ("statutes.yaml", "no YAML"),
        ("offences.yaml", "nested"),
        ("lexicons/loaded.yaml", "a key twice"),
        ("lexicons/misspellings.yaml", "no text"),
    ],
)
def test_a_damaged_knowledge_file_stops_the_start_and_is_named(
    name: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    (folder / name).write_bytes(DAMAGE[damage] if DAMAGE[damage] is not None else (folder / name).read_bytes()[:5_001])
    monkeypatch.setenv("REVIEW_KNOWLEDGE", str(folder))
    _is_refused(name)


@pytest.mark.parametrize("damage", ["cut", "a list", "zeros"])
def test_a_damaged_plan_stops_the_start_and_is_named(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "own-plan.yaml"
    plan.write_bytes(DAMAGE[damage] if DAMAGE[damage] is not None else (KNOWLEDGE / "plan.yaml").read_bytes()[:501])
    monkeypatch.setenv("REVIEW_PLAN", str(plan))
    _is_refused("own-plan.yaml")


@pytest.mark.parametrize("name", ["model.joblib", "manifest.json", "in_service.json"])
def test_a_damaged_model_stops_the_start_and_says_what_to_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = shutil.copytree(ROOT / "models", tmp_path / "models")
    path = next(models.rglob(name))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    monkeypatch.setenv("REVIEW_MODELS", str(models))
    _is_refused(name)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://a/b"),
        ("REVIEW_RATE_LIMIT", "many"),
        ("REVIEW_RATE_STORAGE", "nowhere://"),
        ("REVIEW_READ_SECONDS", "0"),
        ("REVIEW_MAX_BODY_BYTES", "1e99"),
        ("REVIEW_LOG_LEVEL", "LOUD"),
        ("REVIEW_WIDGET_ORIGINS", "cms.example.vn"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(variable: str, value: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "review_service.cli", "serve", "--port", "0"]
    environment = {**os.environ, "REVIEW_DATA": str(tmp_path), variable: value}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"review-service: {variable}")
    assert "Traceback" not in done.stderr


def _is_refused(name: str) -> None:
    """The start ends with 2 and one message, which names the file."""
    done = CliRunner().invoke(main, ["review", str(ROOT / "examples" / "draft.json")])
    assert done.exit_code == 2
    assert done.stderr.startswith("review-service: ")
    assert name in done.stderr


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow beyond its first bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write into `folder`; root, who would keep it, becomes nobody meanwhile."""
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for data that others may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_disk_that_cannot_be_written_costs_no_review(
    fault: str, reviewer: Reviewer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_service.store.database._PAUSE", 0.0)
    settings = Settings(access="open", data=folder)
    with open_database(settings) as database:
        client = create_app(settings, reviewer, database).test_client()
        assert client.post("/review", json=DRAFT).get_json()["stored"] is True
        database.close()
        with full_disk() if fault == "full" else read_only(folder):
            for number in range(3):
                answer = client.post("/review", json={"draft_id": f"during-{number}", "body": "Nghe nói vậy. " * 400})
                assert answer.status_code == 200
                assert answer.get_json()["stored"] is False
                assert answer.get_json()["status"] == "must_fix"
            database.close()
        answer = client.post("/review", json={**DRAFT, "draft_id": "2"}).get_json()
        assert answer["stored"] is True
        with database.reading() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert history_of(session, "1") is not None
            assert history_of(session, "during-0") is None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.timedelta]:
    """How far the clock is off, for everything that reads it."""
    off = [datetime.timedelta(0)]
    real = columns.now

    def now() -> datetime.datetime:
        return real() + off[0]

    for name, module in list(sys.modules.items()):
        if name.startswith("review_service.") and getattr(module, "now", None) is real:
            monkeypatch.setattr(module, "now", now)
    seconds = time.time
    monkeypatch.setattr(time, "time", lambda: seconds() + off[0].total_seconds())
    return off


def test_a_clock_that_jumps_back_loses_no_revision(
    reviewer: Reviewer, tmp_path: Path, clock: list[datetime.timedelta]
) -> None:
    settings = Settings(access="open", data=tmp_path)
    with open_database(settings) as database:
        client = create_app(settings, reviewer, database).test_client()
        first = client.post("/review", json=DRAFT).get_json()
        clock[0] = datetime.timedelta(days=-400)
        second = client.post("/review", json={**DRAFT, "body": "Nghe nói trời đã mưa."}).get_json()
        again = client.post("/review", json={**DRAFT, "body": "Nghe nói trời đã mưa."}).get_json()
        assert [first["revision"], second["revision"], again["revision"]] == [1, 2, 2]
        assert second["review_id"] == again["review_id"] != first["review_id"]
        revisions = client.get("/drafts/1/revisions").get_json()["revisions"]
        assert [revision["revision"] for revision in revisions] == [1, 2]
        clock[0] = datetime.timedelta(0)
        with database.writing() as session:
            assert reduce_some(session, columns.now() - datetime.timedelta(days=730), "test") == 0


def test_no_session_outlasts_its_hours_because_the_clock_was_ahead(
    tmp_path: Path, clock: list[datetime.timedelta]
) -> None:
    lasts = datetime.timedelta(hours=12)
    with open_database(Settings(data=tmp_path)) as database, database.writing() as session:
        key = create_key(session, "Lan", "editor", "test")
        who = holder_of(session, str(key))
        assert who is not None
        clock[0] = datetime.timedelta(days=30)
        token = open_session(session, who, lasts)
        session.flush()
        assert session_holder(session, token, lasts) == who
        clock[0] = datetime.timedelta(0)
        assert session_holder(session, token, lasts) is None


def test_a_clock_that_jumps_back_shuts_no_key_out(
    reviewer: Reviewer, tmp_path: Path, clock: list[datetime.timedelta]
) -> None:
    settings = Settings(data=tmp_path, rate_limit="3/minute")
    with open_database(settings) as database:
        with database.writing() as session:
            key = create_key(session, "Lan", "cms", "test")
        client = create_app(settings, reviewer, database).test_client()
        said = [client.get("/themes", headers={"Authorization": f"Bearer {key}"}).status_code for _ in range(5)]
        assert said[-1] == 429
        clock[0] = datetime.timedelta(hours=-2)
        assert client.get("/themes", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_a_worker_killed_in_the_middle_of_a_request(tmp_path: Path) -> None:
    """Its client sees the connection end; another worker takes its place; what was acknowledged is kept."""
    with serving(tmp_path, "--open", REVIEW_DATA=str(tmp_path)) as server:
        assert server.ask("POST", "/review", DRAFT)[1]["stored"] is True
        ended: list[object] = []

        def long_request() -> None:
            try:
                ended.append(server.ask("POST", "/review", {"draft_id": "2", "body": "Nghe nói kẻ trộm đã. " * 9_000}))
            except (OSError, HTTPException) as error:
                ended.append(error)

        asking = threading.Thread(target=long_request)
        asking.start()
        time.sleep(0.3)
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        if not children.exists():
            pytest.skip("no /proc to find the worker in")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        asking.join(timeout=30)
        assert isinstance(ended[0], (OSError, HTTPException)), ended
        deadline = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError, HTTPException):
                status, again = server.ask("POST", "/review", DRAFT)
                break
            assert time.monotonic() < deadline, "no worker took the killed one's place"
            time.sleep(0.1)
        assert (status, again["stored"], again["revision"]) == (200, True, 1)
        assert server.ask("GET", "/reviews")[1]["total"] == 1
