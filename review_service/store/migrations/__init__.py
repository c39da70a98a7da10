"""The tables' history (Alembic). A change to `models.py` is a new file in versions/; a test compares the two."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection

from review_service.errors import StoreError

_LOCK = 4_717_322_001  # any number, the same in every process


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables up to date in the transaction of `connection`; two processes at once wait for each other.

    Raises:
        StoreError: the database was made by a later version of this service.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    try:
        command.upgrade(configuration(connection), to)
    except CommandError as error:
        raise StoreError(f"the database was made by a later version of review-service: {error}") from None


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
