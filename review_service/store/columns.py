"""Column types that hold the same values in SQLite and in PostgreSQL."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import DateTime, String, types
from sqlalchemy.engine import Dialect


class UtcDateTime(types.TypeDecorator[datetime.datetime]):
    """A moment, aware of its time zone; kept in UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Turn an aware moment into UTC; a naive one is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its time zone")
        value = value.astimezone(datetime.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if value.tzinfo is None else value.astimezone(datetime.UTC)


class SafeText(types.TypeDecorator[str]):
    """Text; a NUL character, which PostgreSQL cannot hold, is kept as U+FFFD."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Take NUL characters out."""
        return value.replace("\x00", "\ufffd") if value else value


def now() -> datetime.datetime:
    """Return this moment, aware, in UTC."""
    return datetime.datetime.now(datetime.UTC)
