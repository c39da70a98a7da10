"""Signing in: a session cookie for pages, and the token that its forms and scripts send back against forgery.

The cookie holds a random token of which the database keeps a digest, so that signing out and revoking a key take hold at
once. The CSRF token is derived from it (HMAC): who cannot read the cookie cannot know it, and nothing more is stored.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from review_service.api.context import context
from review_service.hosts import is_loopback
from review_service.store.keys import Holder
from review_service.store.sessions import close_session, open_session, session_holder

COOKIE = "review_session"
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"


def sign_in(response: Response, who: Holder) -> str:
    """Begin a session of `who` on the browser that gets `response`; return its CSRF token.

    Raises:
        Forbidden: the connection is not encrypted, and not one within this machine.
    """
    if not request.is_secure and not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
        raise Forbidden("Signing in needs HTTPS. Behind a proxy that ends TLS, set REVIEW_PROXIES=1.")
    lasts = _lasts()
    with context().database.writing() as session:
        token = open_session(session, who, lasts)
    response.set_cookie(COOKIE, token, max_age=lasts, httponly=True, secure=request.is_secure, samesite="Lax", path="/")
    return _csrf_of(token)


def sign_out(response: Response) -> None:
    """End the session of the browser that asks."""
    token = request.cookies.get(COOKIE)
    if token:
        with context().database.writing() as session:
            close_session(session, token)
    response.delete_cookie(COOKIE, path="/")


def signed_in() -> Holder | None:
    """Return who is signed in on the browser that asks."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with context().database.reading() as session:
        return session_holder(session, token, _lasts())


def _lasts() -> datetime.timedelta:
    return datetime.timedelta(hours=context().settings.session_hours)


def csrf_token() -> str | None:
    """Return the token that forms (field `csrf_token`) and scripts (header `X-CSRF-Token`) send back."""
    token = request.cookies.get(COOKIE)
    return _csrf_of(token) if token else None


def check_csrf() -> None:
    """Refuse a change that does not carry the session's CSRF token.

    Raises:
        Forbidden: it carries none, or another's.
    """
    expected = csrf_token()
    given = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD) or ""
    if expected is None or not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forbidden("The request lacks the page's CSRF token; load the page again.")


def _csrf_of(token: str) -> str:
    return hmac.digest(token.encode(), b"csrf", hashlib.sha256).hex()
