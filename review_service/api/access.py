"""Who may do what. Every route declares its rule; one without a rule is closed to everybody.

@blueprint.get("/reviews")
@requires(*EDITORS)
def reviews() -> Response: …
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast, get_args
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from review_service.api.context import context
from review_service.api.signin import check_csrf, signed_in
from review_service.errors import StoreError
from review_service.store.keys import Holder, holder_of
from review_service.store.models import Role

EVERYBODY: frozenset[Role] = frozenset()  # also without a key
ANY_ROLE: tuple[Role, ...] = get_args(Role)
EDITORS: tuple[Role, ...] = ("editor", "maintainer")
MAINTAINERS: tuple[Role, ...] = ("maintainer",)
NOBODY = Holder(0, "open access", "maintainer")  # who asks when access is open
_SAFE = ("GET", "HEAD", "OPTIONS")
View = TypeVar("View", bound=Callable[..., Any])


def requires(*roles: Role) -> Callable[[View], View]:
    """Declare that a view is for holders of a key with one of `roles`, and for people signed in with one."""

    def declare(view: View) -> View:
        view.access_rule = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def open_to_all(view: View) -> View:
    """Declare that a view is for everybody: it shows nothing of a draft and changes nothing."""
    view.access_rule = EVERYBODY  # type: ignore[attr-defined]
    return view


def rule_of(app: Flask, endpoint: str) -> frozenset[Role] | None:
    """Return the roles that a route asks for (none: everybody's); None when it declares no rule."""
    return getattr(app.view_functions[endpoint], "access_rule", None)


def identity() -> Holder:
    """Return who asks."""
    return cast(Holder, g.get("identity", NOBODY))


def register(app: Flask) -> None:
    """Check every request of `app` before its view sees it."""

    @app.before_request
    def check() -> None:
        if request.endpoint is None or request.method == "OPTIONS":
            return  # no such route; which methods there are
        rule = rule_of(current_app, request.endpoint)
        if rule is None:
            raise Forbidden("This route declares no access rule.")
        if request.method not in _SAFE and "Authorization" not in request.headers:
            _refuse_other_sites()
        if rule == EVERYBODY:
            return
        g.identity = _identify()
        if g.identity.role not in rule:
            raise Forbidden(f"This needs the role {' or '.join(sorted(rule))}; yours is {g.identity.role}.")
        context().limiter.spend(g.identity)


def _identify() -> Holder:
    if context().settings.access == "open":
        return NOBODY
    authorization = request.authorization
    if authorization is not None and authorization.type == "bearer" and authorization.token:
        who = _key_holder(authorization.token)
        if who is None:
            context().limiter.spend_failure(request.remote_addr)
            raise Unauthorized("The key is not valid.", www_authenticate=_challenge(error="invalid_token"))
        return who
    who = signed_in()
    if who is None:
        raise Unauthorized(
            "A key is needed: send it as `Authorization: Bearer …`, or sign in.", www_authenticate=_challenge()
        )
    if request.method not in _SAFE:
        check_csrf()
    return who


def _key_holder(token: str) -> Holder | None:
    """Return whose key it is; while the database is down, those whom this process saw lately are known."""
    shared = context()
    try:
        with shared.database.reading() as session:
            who = holder_of(session, token)
    except StoreError:
        remembered = shared.recent_keys.get(token)
        if remembered is None:
            raise
        return remembered
    shared.recent_keys.set(token, who)
    return who


def _refuse_other_sites() -> None:
    """Refuse what another web site makes a browser send here: a page elsewhere must not use this one's reach."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Forbidden("The request comes from another site.")


def _challenge(**parameters: str) -> WWWAuthenticate:
    return WWWAuthenticate("bearer", {"realm": "review-service", **parameters})
