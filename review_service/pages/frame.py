"""What every page shares: its language and wording, who is signed in, assets, and errors as pages."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import ryaml
from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

import review_service
from review_service.api.access import identity, open_to_all
from review_service.api.context import context
from review_service.api.problems import log_unexpected
from review_service.api.requests import InvalidRequestError
from review_service.api.signin import csrf_token
from review_service.draft import Language
from review_service.errors import StoreError

_HERE = Path(__file__).parent
_COOKIE = "review_language"
_YEAR = 31_536_000  # seconds
_STEPS = (("minutes", 60), ("hours", 24), ("days", 0))

blueprint = Blueprint("frame", __name__)


def page(name: str) -> Blueprint:
    """Return a blueprint for a page: its errors are pages too, and who is not signed in is sent to do so."""
    made = Blueprint(f"pages_{name}", __name__, template_folder="templates")
    prepare(made)
    return made


def prepare(made: Blueprint) -> None:
    """Let the errors of a blueprint be pages, and its answers remember the language that was chosen."""
    made.register_error_handler(HTTPException, _http_error)
    made.register_error_handler(StoreError, lambda _error: _error_page(503))
    made.register_error_handler(InvalidRequestError, lambda _error: _error_page(422))
    made.register_error_handler(Exception, _unexpected)
    made.after_request(_remember_language)


def render(template: str, **values: Any) -> str:
    """Return a page in the language asked for; `t` gives its wording."""
    chosen = language()
    return render_template(
        template,
        t=lambda key, **parts: say(key, chosen, **parts),
        language=chosen,
        other_language=url_for(
            request.endpoint or "frame.home",
            **{**(request.view_args or {}), **request.args.to_dict(), "language": "en" if chosen == "vi" else "vi"},
        ),
        known_pages=current_app.view_functions,
        who=identity(),
        csrf_token=csrf_token(),
        open_access=context().settings.access == "open",
        version=review_service.__version__,
        age=lambda moment: age(moment, chosen),
        number=lambda value: grouped(value, chosen),
        **values,
    )


def language() -> Language:
    """Return the language of the page: asked for in the query, remembered in a cookie, or Vietnamese."""
    asked = request.args.get("language") or request.cookies.get(_COOKIE)
    return "en" if asked == "en" else "vi"


def say(key: str, chosen: Language, **parts: object) -> str:
    """Return a page's words for `key`, with `parts` in their places."""
    return str(_wording()[key][chosen]).format(**parts)


def age(moment: datetime.datetime, chosen: Language) -> str:
    """Return how long ago `moment` was, in its largest unit: minutes, hours or days."""
    passed = max(0, int((datetime.datetime.now(datetime.UTC) - moment).total_seconds()) // 60)
    for unit, size in _STEPS:
        if not size or passed < size:
            return say(f"age.{unit}", chosen, number=passed)
        passed //= size
    raise AssertionError("the last step takes all")


def grouped(value: float, chosen: Language) -> str:
    """Return a whole number with its thousands marked, as the language does: 12.345 or 12,345."""
    text = f"{value:,.0f}"
    return text.replace(",", ".") if chosen == "vi" else text


@cache
def _wording() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = ryaml.loads((_HERE / "wording.yaml").read_text(encoding="utf-8"))
    return loaded


@blueprint.get("/")
@open_to_all
def home() -> AnyResponse:
    """Lead to the queue."""
    return redirect(url_for("pages_queue.show"))


@blueprint.get("/assets/<path:name>")
@open_to_all
def asset(name: str) -> AnyResponse:
    """Serve a style sheet, a script or a picture."""
    return send_from_directory(_HERE / "assets", name, max_age=3600)


def _http_error(error: HTTPException) -> AnyResponse:
    if isinstance(error, Unauthorized) and request.method == "GET":
        here = request.full_path.rstrip("?")
        return redirect(url_for("pages_entrance.show", then=here))
    return _error_page(error.code or 500)


def _unexpected(error: Exception) -> Response:
    log_unexpected(error)
    return _error_page(500)


def _error_page(status: int) -> Response:
    chosen = language()
    known = f"error.{status}" if f"error.{status}" in _wording() else "error.500"
    return make_response(render("error.html", status=status, message=say(known, chosen)), status)


def _remember_language(response: Response) -> Response:
    if request.args.get("language") in ("vi", "en"):
        response.set_cookie(
            _COOKIE, request.args["language"], max_age=_YEAR, httponly=True, secure=request.is_secure, samesite="Lax"
        )
    return response


prepare(blueprint)
