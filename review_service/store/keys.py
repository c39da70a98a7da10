"""Keys: created once shown, kept as digests, revoked at once."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.models import KeyRow, Role

_MARK = "rvs_"  # by which a key is known as one when it turns up where it should not
_SHOWN = 8  # characters


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a key stands for."""

    key_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed: never the key itself, only its first letters."""

    name: str
    role: Role
    prefix: str
    created_at: datetime.datetime
    revoked_at: datetime.datetime | None


def create_key(session: Session, name: str, role: Role, by: str) -> str | None:
    """Create a key for `name` and return it, the only time that it is shown; None when a key of that name is in use."""
    if _in_use(session, name) is not None:
        return None
    token = new_token(_MARK)
    session.add(KeyRow(name=name, role=role, prefix=token[:_SHOWN], digest=digest_of(token)))
    note(session, by, "key.created", name, role=role, prefix=token[:_SHOWN])
    session.flush()
    return token


def revoke_key(session: Session, name: str, by: str) -> bool:
    """Revoke the key of `name` and end its sessions; False when there is none in use."""
    row = _in_use(session, name)
    if row is None:
        return False
    row.revoked_at = now()
    row.sessions.clear()
    note(session, by, "key.revoked", name, prefix=row.prefix)
    return True


def list_keys(session: Session) -> list[Key]:
    """Return every key that was created, the oldest first."""
    rows = session.scalars(select(KeyRow).order_by(KeyRow.id))
    return [Key(row.name, row.role, row.prefix, row.created_at, row.revoked_at) for row in rows]


def any_key(session: Session) -> bool:
    """Return whether a key was ever created."""
    return session.scalar(select(KeyRow.id).limit(1)) is not None


def holder_of(session: Session, token: str) -> Holder | None:
    """Return whose key `token` is; None when it is nobody's, or revoked."""
    row = session.scalar(select(KeyRow).where(KeyRow.digest == digest_of(token), KeyRow.revoked_at.is_(None)))
    return holder(row) if row else None


def holder_named(session: Session, name: str) -> Holder | None:
    """Return the holder of the key in use of `name`."""
    row = _in_use(session, name)
    return holder(row) if row else None


def holder(row: KeyRow) -> Holder:
    """Return who the key of a row stands for."""
    return Holder(row.id, row.name, row.role)


def new_token(mark: str = "") -> str:
    """Return a secret of 256 random bits."""
    return mark + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return the digest by which a token is kept and found.

    A plain hash is right here: there is no guessing 256 random bits, however fast the hash, so that the slow, salted
    hashes made for passwords would only slow every request down.
    """
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _in_use(session: Session, name: str) -> KeyRow | None:
    return session.scalar(select(KeyRow).where(KeyRow.name == name, KeyRow.revoked_at.is_(None)))
