"""Backup and restore of the SQLite file, while the service runs or not. For PostgreSQL there are pg_dump and pg_restore."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from review_service.errors import StoreError
from review_service.store.database import Database


def back_up(database: Database, to: Path) -> None:
    """Write a copy of the database as it is at this moment to the file `to`, whole or not at all.

    Raises:
        StoreError: it is not an SQLite database, there is nothing to copy, or the copy cannot be written.
    """
    source = _file_of(database)
    if not source.exists():
        raise StoreError(f"{source}: there is no database yet")
    _copy(source, to)


def restore(database: Database, from_: Path, *, replace: bool) -> None:
    """Put the backup `from_` in the database's place. The service should not run meanwhile.

    Raises:
        StoreError: `from_` is not a sound backup, or there is a database already and `replace` is false.
    """
    target = _file_of(database)
    _verify(from_)
    if target.exists() and not replace:
        raise StoreError(f"{target}: there is a database already; --replace puts the backup in its place")
    database.close()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for beside in ("-wal", "-shm"):  # belong to the file that goes
        target.with_name(target.name + beside).unlink(missing_ok=True)
    _copy(from_, target)
    with database.reading():  # brings an older backup's tables up to date
        pass


def _file_of(database: Database) -> Path:
    if database.file is None:
        raise StoreError("this is for SQLite; back a PostgreSQL database up with pg_dump (see docs/operations.md)")
    return database.file


def _copy(source: Path, to: Path) -> None:
    """Copy a database, with what its log holds, by way of a file beside `to`."""
    fresh = to.with_name(to.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old:
            old.execute("VACUUM INTO ?", (str(fresh),))
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(to)
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        raise StoreError(f"{to}: {error}") from error


def _verify(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as backup:
            sound = backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = backup.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"{file}: not a backup: {error}") from error
    if not sound or not ours:
        raise StoreError(f"{file}: not a backup of review-service, or damaged")
