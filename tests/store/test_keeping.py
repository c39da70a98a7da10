"""What becomes of old drafts; backup and restore; export."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review_service import Reviewer, Settings
from review_service.cli import main
from review_service.reviewer import parse_draft
from review_service.store import Database, open_database
from review_service.store.columns import now
from review_service.store.decisions import correct_themes, decide, find_review_to_change
from review_service.store.drafts import find_draft, history_of
from review_service.store.queue import Filters, list_reviews
from review_service.store.records import read_record
from review_service.store.reviews import keep_review
from tests.postgresql import Server

ROOT = Path(__file__).parent.parent.parent
SECRET = "Nghe nói bà Ngô Thị Bí Mật đã trốn."


@pytest.fixture
def filled(database: Database, reviewer: Reviewer, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with an old draft, decided upon, and a new one; the command line uses it too."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    for draft_id, days in (("old", 800), ("new", 10)):
        draft = parse_draft(
            {"draft_id": draft_id, "title": SECRET, "body": SECRET, "author": "Thu Hà", "unit": "VKSND tỉnh Tây Ninh"}
        )
        review = reviewer.review(draft)
        with database.writing() as session:
            keep_review(session, draft, review, now() - datetime.timedelta(days=days))
            row = find_review_to_change(session, review.review_id)
            assert row
            decide(session, row, row.issues[0], "dismiss", SECRET, "Lan")
            correct_themes(session, row, ["legal_education"], "Lan")
    return database


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result


def everything(database: Database) -> str:
    with database.reading() as session:
        connection = session.connection()
        tables = ("drafts", "revisions", "reviews", "issues", "decisions", "draft_themes", "theme_corrections", "audit")
        return str([[tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")] for table in tables])


def test_old_drafts_are_reduced_to_statistics(filled: Database, reviewer: Reviewer) -> None:
    assert "1 drafts" in run("retention").output
    assert "0 drafts" in run("retention").output
    with filled.reading() as session:
        page = list_reviews(session, Filters(order="oldest", author="Thu Hà"))
        old, new = page.reviews
        assert (old.title, old.unit, old.themes) == (None, "VKSND tỉnh Tây Ninh", ("legal_education",))
        assert new.title == SECRET
        record = read_record(session, old.review_id)
        assert record
        assert (record.review, record.draft) == (None, None)
        history = history_of(session, "old")
        assert history
        assert {issue.text for revision in history.revisions for issue in revision.new} <= {None}
        assert (history.decisions[0].decision, history.decisions[0].reason) == ("dismiss", None)
    run("retention", "--days", "1")
    assert "Bí Mật" not in everything(filled)
    draft = parse_draft({"draft_id": "old", "title": SECRET, "body": SECRET, "author": "Thu Hà"})
    with filled.writing() as session:
        keep_review(session, draft, reviewer.review(draft))
    run("retention", "--days", "1")
    with filled.reading() as session:
        assert list_reviews(session, Filters(search="bi mat")).total == 1


def test_old_drafts_are_deleted(filled: Database) -> None:
    run("retention", "--delete")
    with filled.reading() as session:
        assert find_draft(session, "old") is None
        assert find_draft(session, "new") is not None
    run("retention", "--delete", "--days", "1")
    assert "Bí Mật" not in everything(filled)


def test_one_draft_is_deleted_on_request(filled: Database) -> None:
    run("delete", "old")
    run("delete", "new")
    assert "Bí Mật" not in everything(filled)
    assert CliRunner().invoke(main, ["delete", "new"]).exit_code == 2
    assert "draft.deleted  new" in run("audit", "--action", "draft").output
    if filled.file:  # neither in the file nor in its log
        filled.close()
        for file in filled.file.parent.glob(filled.file.name + "*"):
            assert "Bí Mật".encode() not in file.read_bytes()


def test_dismissals_are_listed(filled: Database) -> None:
    assert "2 dismissed, 0 upheld" in run("dismissals").output


def test_what_editors_confirmed_trains_the_classifier(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    run("export", str(file))
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["provenance"] for line in lines] == ["editor", "editor"]
    assert [line["themes"] for line in lines] == [["legal_education"]] * 2
    assert lines[0]["request"] == {
        "title": SECRET, "body": SECRET, "format": "text", "author": "Thu Hà", "unit": "VKSND tỉnh Tây Ninh",
    }  # fmt: skip
    assert run("export").stdout == file.read_text(encoding="utf-8")
    run("retention", "--days", "1")
    assert run("export").stdout == ""


@pytest.fixture
def file_of_reviews(reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REVIEW_DATA", str(tmp_path / "data"))
    with open_database(Settings(data=tmp_path / "data")) as database:
        keep(database, reviewer, "first")
    return tmp_path / "data" / "reviews.sqlite3"


def keep(database: Database, reviewer: Reviewer, draft_id: str) -> None:
    draft = parse_draft({"draft_id": draft_id, "body": "Tin."})
    with database.writing() as session:
        keep_review(session, draft, reviewer.review(draft))


def ids(file: Path) -> list[str | None]:
    database = open_database(Settings(database_url=f"sqlite:///{file}"))
    with database.reading() as session:
        found = [summary.draft_id for summary in list_reviews(session, Filters(order="oldest")).reviews]
    database.close()
    return found


def test_backup_and_restore(file_of_reviews: Path, reviewer: Reviewer, tmp_path: Path) -> None:
    running = open_database(Settings(data=tmp_path / "data"))
    keep(running, reviewer, "second")  # stays open: the last draft is still in the log
    copy = tmp_path / "backup.sqlite3"
    run("backup", str(copy))
    assert copy.stat().st_mode & 0o777 == 0o600
    keep(running, reviewer, "third")
    running.close()
    refused = CliRunner().invoke(main, ["restore", str(copy)])
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    run("restore", str(copy), "--replace")
    assert ids(file_of_reviews) == ["first", "second"]
    keep(running, reviewer, "fourth")  # who had the old file open writes into the new one
    running.close()
    assert ids(file_of_reviews) == ["first", "second", "fourth"]


def test_restore_on_a_new_machine(file_of_reviews: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "backup.sqlite3"
    run("backup", str(copy))
    monkeypatch.setenv("REVIEW_DATA", str(tmp_path / "new" / "place"))
    run("restore", str(copy))
    assert ids(tmp_path / "new" / "place" / "reviews.sqlite3") == ["first"]


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000])
def test_what_is_no_backup_is_not_restored(file_of_reviews: Path, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(content)
    result = CliRunner().invoke(main, ["restore", str(wrong), "--replace"])
    assert result.exit_code == 2
    assert "not a backup" in result.stderr
    assert ids(file_of_reviews) == ["first"]


def test_a_damaged_backup_is_not_restored(file_of_reviews: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.sqlite3"
    run("backup", str(copy))
    damaged = bytearray(copy.read_bytes())
    damaged[8192:12288] = b"\xff" * 4096
    copy.write_bytes(damaged)
    assert CliRunner().invoke(main, ["restore", str(copy), "--replace"]).exit_code == 2
    assert ids(file_of_reviews) == ["first"]


def test_postgresql_is_backed_up_with_its_own_tools(
    postgresql: Server, reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, copy_url = postgresql.new_database(), postgresql.new_database()
    monkeypatch.setenv("DATABASE_URL", url)
    with open_database(Settings(database_url=url)) as database:
        keep(database, reviewer, "first")
    result = CliRunner().invoke(main, ["backup", "backup.dump"])
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr
    dump = str(postgresql.folder / "backup.dump")
    postgresql.run("pg_dump", "--format=custom", f"--file={dump}", url)
    postgresql.run("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={copy_url}", dump)
    restored = open_database(Settings(database_url=copy_url))
    keep(restored, reviewer, "second")
    with restored.reading() as session:
        assert list_reviews(session, Filters()).total == 2
    restored.close()


def test_training_keeps_editors_labels_apart(tmp_path: Path) -> None:
    def train(line: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "feedback.jsonl"
        file.write_text(json.dumps(line) + "\n", encoding="utf-8")
        corpus = tmp_path / "corpus.jsonl"
        written = {**line, "id": "machine", "provenance": "written", "request": {"body": "Một tin khác."}}
        corpus.write_text(json.dumps(written) + "\n", encoding="utf-8")
        command = [sys.executable, "training/train.py", str(corpus), "--feedback", str(file), "--models", str(tmp_path)]
        return subprocess.run([*command, "--strict"], cwd=ROOT, capture_output=True, text=True, check=False)

    line = {"id": "a", "provenance": "editor", "request": {"body": "Tin."}, "themes": ["legal_education"]}
    assert "legal_education (2)" in train(line).stderr  # both drafts were read; more are needed
    assert "not confirmed by an editor" in train({**line, "provenance": "written"}).stderr
