"""The database: migrations, outages, durability settings."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from review_service import Settings, SettingsError
from review_service.errors import StoreError
from review_service.store import Database, open_database
from review_service.store.audit import note, read_audit
from review_service.store.migrations import configuration
from review_service.store.models import Base
from tests.postgresql import Server


def test_migrations_make_the_tables_that_the_models_describe(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_can_be_taken_back(database: Database) -> None:
    from alembic import command

    with database.writing() as session:
        command.downgrade(configuration(session.connection()), "base")
        left = session.connection().exec_driver_sql("SELECT count(*) FROM alembic_version").scalar()
    assert left == 0


def test_a_body_that_raises_changes_nothing(database: Database) -> None:
    with contextlib.suppress(KeyError), database.writing() as session:
        note(session, "Lan", "test", "a")
        session.flush()
        raise KeyError
    with database.reading() as session:
        assert read_audit(session) == []


def test_an_error_of_the_database_names_no_value(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    statement = (
        "INSERT INTO keys (id, name, role, prefix, digest, created_at) VALUES (1, :name, 'cms', 'a', 'a', '2026-01-01')"
    )
    with database.writing() as session:
        session.execute(text(statement), {"name": "bí mật"})
    with pytest.raises(StoreError) as raised, database.writing() as session:
        session.execute(text(statement), {"name": "bí mật"})
    assert "bí mật" not in str(raised.value) + caplog.text


def test_sqlite_is_private_and_durable(tmp_path: Path) -> None:
    database = open_database(Settings(data=tmp_path / "a" / "b"))
    with database.reading() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert database.file
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.file.parent.stat().st_mode) == 0o700
    database.close()


def test_a_removed_file_is_seen_and_made_anew(tmp_path: Path) -> None:
    database = open_database(Settings(data=tmp_path))
    with database.writing() as session:
        note(session, "Lan", "test", "a")
    assert database.file
    for file in tmp_path.iterdir():
        file.unlink()
    with database.writing() as session:
        note(session, "Lan", "test", "b")
    database.close()
    again = open_database(Settings(data=tmp_path))
    with again.reading() as session:
        assert [entry.subject for entry in read_audit(session)] == ["b"]
    again.close()


def test_a_place_that_cannot_be_written_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = open_database(Settings(data=tmp_path / "file"))
    for _ in range(2):
        with pytest.raises(StoreError), database.writing():
            pass


def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "reviews.sqlite3").write_text("not a database" * 100)
    with pytest.raises(StoreError), open_database(Settings(data=tmp_path)).writing():
        pass


def test_a_later_schema_is_refused(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = database.engine.url.render_as_string(hide_password=False)
    with open_database(Settings(database_url=url)) as later:
        for said in ("later version", "a moment ago"):
            with pytest.raises(StoreError, match=said), later.reading():
                pass


def test_a_restarted_server_is_found_again(postgresql: Server) -> None:
    database = open_database(Settings(database_url=postgresql.new_database()))
    with database.writing() as session:
        note(session, "Lan", "test", "a")
    postgresql.stop()
    try:
        with pytest.raises(StoreError), database.reading():
            pass
    finally:
        postgresql.start()
    database._down_until = 0.0  # the pause is over
    with database.reading() as session:
        assert len(read_audit(session)) == 1
    database.close()


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense", "sqlite://", "postgresql//host"])
def test_a_url_that_is_not_known_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_database(Settings(database_url=url))


def test_the_url_comes_from_the_environment_and_is_not_shown() -> None:
    settings = Settings.from_environment({"DATABASE_URL": "postgresql://user:secret@host/name"})
    assert settings.database_url == "postgresql://user:secret@host/name"
    assert "secret" not in repr(settings)


def test_a_forked_process_leaves_the_connections_of_its_parent_alone(database: Database) -> None:
    with database.writing() as session:
        note(session, "parent", "test", "a")
    child = os.fork()
    if child == 0:
        try:
            with database.writing() as session:
                note(session, "child", "test", "b")
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == 0
    with database.reading() as session:
        assert [entry.actor for entry in read_audit(session)] == ["child", "parent"]
