"""Signed-in browsers, and links that sign their holder in once."""

from __future__ import annotations

import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_service.store.audit import note
from review_service.store.columns import now
from review_service.store.keys import Holder, digest_of, holder, new_token
from review_service.store.models import KeyRow, SessionRow, SignInLinkRow


def open_session(session: Session, who: Holder, lasts: datetime.timedelta) -> str:
    """Sign `who` in for a time and return the token for the browser's cookie."""
    moment = now()
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= moment))
    token = new_token()
    session.add(SessionRow(digest=digest_of(token), key_id=who.key_id, expires_at=moment + lasts))
    note(session, who.name, "session.opened", who.name)
    return token


def session_holder(session: Session, token: str, lasts: datetime.timedelta) -> Holder | None:
    """Return who is signed in with `token`; None when nobody is, no longer, or the key was revoked.

    A session that ends later than one opened now would was opened under a clock that was ahead: it is over too.
    """
    moment = now()
    row = session.scalar(
        select(KeyRow)
        .join(SessionRow)
        .where(
            SessionRow.digest == digest_of(token),
            SessionRow.expires_at > moment,
            SessionRow.expires_at <= moment + lasts,
            KeyRow.revoked_at.is_(None),
        )
    )
    return holder(row) if row else None


def close_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(SessionRow).where(SessionRow.digest == digest_of(token)))


def create_link(session: Session, who: Holder, lasts: datetime.timedelta, by: str) -> str:
    """Return the token of a link that signs `who` in once, within a time."""
    token = new_token()
    session.add(SignInLinkRow(digest=digest_of(token), key_id=who.key_id, expires_at=now() + lasts))
    note(session, by, "link.created", who.name)
    return token


def use_link(session: Session, token: str) -> Holder | None:
    """Return whom a link signs in; None when it was used, is too old, or the key was revoked."""
    row = session.scalar(select(SignInLinkRow).where(SignInLinkRow.digest == digest_of(token)).with_for_update())
    if row is None:
        return None
    who = holder(row.key) if row.expires_at > now() and row.key.revoked_at is None else None
    session.delete(row)
    return who
