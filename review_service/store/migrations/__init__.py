"""The tables' history (Alembic). A change to `models.py` is a new file in versions/; a test compares the two.

Alembic is imported when there is something to do: a service that starts again finds its tables as they should be.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from review_service.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent
_LOCK = 4_717_322_001  # any number, the same in every process


def upgrade(connection: Connection) -> None:
    """Bring the tables up to date in the transaction of `connection`; two processes at once wait for each other.

    Raises:
        StoreError: the database was made by a later version of this service.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    if _version_of(connection) == newest_version():
        return
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StoreError(f"the database was made by a later version of review-service: {error}") from None


def newest_version() -> str:
    """Return the revision that the tables should have: files in versions/ begin with theirs."""
    return max(path.name for path in (_HERE / "versions").glob("[0-9]*_*.py")).partition("_")[0]


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for `connection`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _version_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
