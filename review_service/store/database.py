"""The database: where it is, how a session opens, and what happens when it does not answer.

SQLite in WAL mode by default, PostgreSQL by URL. A commit that returns is on the disk. Every wait is short, for a review
must never hang on its keeping; a database that could not be reached is left alone for a few seconds.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import orjson
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from review_service.errors import SettingsError, StoreError
from review_service.settings import Settings
from review_service.store.migrations import upgrade

FILE = "reviews.sqlite3"
_WAIT = 2  # seconds, at most, for a connection and for a lock
_PAUSE = 5.0  # seconds during which an unreachable database is not tried again
_log = logging.getLogger(__name__)


def open_database(settings: Settings, patience: float = 3.0) -> Database:
    """Return the database that `settings` name. Nothing is connected or created before the first session.

    A session with a PostgreSQL server that falls silent, and a statement that takes longer, end after `patience` seconds.

    Raises:
        SettingsError: DATABASE_URL is not one of a database that the service knows.
    """
    if settings.database_url is None:
        return Database(URL.create("sqlite", database=str(settings.data / FILE)), patience)
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        raise SettingsError("DATABASE_URL: not the URL of a database") from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return Database(url.set(drivername="postgresql+psycopg"), patience)
    if kind == "sqlite" and url.database:
        return Database(url.set(drivername="sqlite"), patience)
    raise SettingsError("DATABASE_URL: neither postgresql://… nor sqlite:///…")


class Database:
    """Opens sessions. Shared by threads, and by processes that fork after it was made; `with` closes it at its end."""

    def __init__(self, url: URL, patience: float) -> None:
        self.engine = _sqlite(url) if url.drivername == "sqlite" else _postgresql(url, patience)
        self._patience = patience
        self._writer = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._file = Path(url.database or "") if url.drivername == "sqlite" else None
        self._lock = threading.Lock()
        self._prepared: object = None  # the identity of the database that is known to have the tables
        self._down_until = 0.0
        _open.add(self)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return self._file

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads.

        Raises:
            StoreError: the database cannot be reached, or refuses; the message holds nothing of a draft.
        """
        with self.asking() as connection, Session(connection) as session:
            yield session

    @contextlib.contextmanager
    def asking(self) -> Iterator[Connection]:
        """Open a connection for questions alone, which cost less to ask there than in a session.

        Raises:
            StoreError: as `reading`.
        """
        with self._connection(self.engine) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that commits at its end, and changes nothing when its body raises.

        Raises:
            StoreError: nothing was written: the database cannot be reached, or refuses.
        """
        with self._connection(self._writer) as connection, Session(connection) as session:
            yield session
            session.flush()
            connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that no session uses."""
        self.engine.dispose()

    def empty_log(self) -> None:
        """Bring what was deleted out of SQLite's log too, which would hold it a while longer."""
        if self._file is not None:
            with contextlib.closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    @contextlib.contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        try:
            with contextlib.ExitStack() as stack:
                yield self._open(engine, stack)
        except DBAPIError as error:
            raise _store_error(error) from error

    def _open(self, engine: Engine, stack: contextlib.ExitStack) -> Connection:
        """Return a connection that answers, in a transaction, closed with `stack`; a second try is for one gone stale."""
        if time.monotonic() < self._down_until:
            raise StoreError("the database could not be reached a moment ago")
        try:
            self._prepare()
            try:
                return self._connect(engine, stack)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                stack.close()
                return self._connect(engine, stack)
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            self._down_until = time.monotonic() + _PAUSE
            raise _store_error(error) from error
        except StoreError:  # made by a later version: no use in trying at once again
            self._down_until = time.monotonic() + _PAUSE
            raise

    def _connect(self, engine: Engine, stack: contextlib.ExitStack) -> Connection:
        connection = stack.enter_context(engine.connect())
        connection.begin()
        if self._file is None:
            stack.enter_context(_cut_off(connection, self._patience))
            connection.exec_driver_sql("SELECT 1")
        return connection

    def _prepare(self) -> None:
        """Create or upgrade the tables unless that is done; again for a file that has taken the old one's place."""
        if self._prepared is not None and self._prepared == self._identity():
            return
        with self._lock:
            if self._prepared is not None and self._prepared == self._identity():
                return
            self.engine.dispose()
            if self._file is not None:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))  # drafts are unpublished
            with self._writer.begin() as connection:
                upgrade(connection)
            self._prepared = self._identity()

    def _identity(self) -> object:
        """Return what tells this database from one put in its place; a file removed is seen, and not written into."""
        if self._file is None:
            return True
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def leave_to_parent(self) -> None:
        """Forget the connections that were opened before this process was forked; they stay the parent's."""
        self.engine.dispose(close=False)
        self._lock = threading.Lock()


_open: weakref.WeakSet[Database] = weakref.WeakSet()


def _forked() -> None:
    for database in list(_open):
        database.leave_to_parent()


os.register_at_fork(after_in_child=_forked)


def _sqlite(url: URL) -> Engine:
    engine = _engine(url, connect_args={"timeout": _WAIT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for the lock at once: one that read first could not wait for it.
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    limits = f"-c statement_timeout={patience * 1000:.0f} -c lock_timeout={_WAIT * 1000} -c timezone=UTC"
    return _engine(
        url, connect_args={"connect_timeout": _WAIT, "options": limits, "application_name": "review-service"}
    )


def _engine(url: URL, connect_args: dict[str, Any]) -> Engine:
    return create_engine(
        url,
        connect_args=connect_args,
        pool_size=5,
        max_overflow=5,
        pool_timeout=_WAIT,
        hide_parameters=True,  # no draft in an error's message
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )


@contextlib.contextmanager
def _cut_off(connection: Connection, seconds: float) -> Iterator[None]:
    """Shut the line to a server that falls silent: its own time limits do not help then, and the driver has none."""
    raw: Any = connection.connection.driver_connection

    def cut() -> None:
        with contextlib.suppress(Exception), socket.socket(fileno=os.dup(raw.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _store_error(error: Exception) -> StoreError:
    """Return what went wrong without any value of a row: only an operational error's words are sure to hold none."""
    cause = error.orig if isinstance(error, OperationalError) and error.orig else error
    words = str(cause).strip().splitlines()
    said = words[0] if words and isinstance(error, (OperationalError, OSError, PoolTimeoutError)) else ""
    _log.warning("store: %s %s", type(cause).__name__, said)
    return StoreError(f"the database does not answer: {said or type(cause).__name__}")
