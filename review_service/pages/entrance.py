"""/sign-in and /sign-out: with a key, or with a one-time link that a maintainer made."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from review_service.api.access import ANY_ROLE, open_to_all, requires
from review_service.api.session import holder_by
from review_service.api.signin import sign_in, sign_out
from review_service.pages.frame import page, render

blueprint = page("entrance")
_LONGEST = 200  # characters of a key or of a link's token


@blueprint.get("/sign-in")
@open_to_all
def show() -> str:
    """Show the form. A link is used only when its button is pressed: mail programs open links on their own."""
    return _form(request.args.get("link", "")[:_LONGEST], failed=False)


@blueprint.post("/sign-in")
@open_to_all
def enter() -> Response | tuple[str, int]:
    """Sign in and go where one wanted to."""
    link = request.form.get("link", "").strip()[:_LONGEST]
    key = request.form.get("key", "").strip()[:_LONGEST]
    try:
        who = holder_by(key, link or None)
    except Unauthorized:
        return _form("", failed=True), 401
    response = redirect(_wanted(request.form.get("then", "")))
    sign_in(response, who)
    return response


@blueprint.post("/sign-out")
@requires(*ANY_ROLE)
def leave() -> Response:
    """Sign out."""
    response = redirect(url_for("pages_entrance.show"))
    sign_out(response)
    return response


def _form(link: str, *, failed: bool) -> str:
    return render("sign_in.html", link=link, failed=failed, then=_wanted(request.values.get("then", "")))


def _wanted(path: str) -> str:
    """Return where to go after signing in: a page of ours, never another site."""
    queue = url_for("pages_queue.show")
    return path if path == queue or path.startswith((f"{queue}/", f"{queue}?")) else queue
