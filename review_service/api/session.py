"""GET, POST and DELETE /session: sign in with a key or a one-time link, see who is signed in, sign out."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from werkzeug.exceptions import Unauthorized

from review_service.api.access import ANY_ROLE, identity, open_to_all, requires
from review_service.api.context import context, json_response
from review_service.api.requests import body_as
from review_service.api.signin import csrf_token, sign_in, sign_out
from review_service.store.keys import Holder, holder_of
from review_service.store.models import Role
from review_service.store.sessions import use_link

blueprint = Blueprint("session", __name__)
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class SignInRequest(BaseModel):
    """What one signs in with: a key, or the token of a one-time link."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    key: Token | None = Field(None, description="A key.")
    link: Token | None = Field(None, description="The token of a one-time link.")

    @model_validator(mode="after")
    def _one(self) -> SignInRequest:
        if (self.key is None) == (self.link is None):
            raise ValueError("give either key or link")
        return self


class SignedIn(BaseModel):
    """Who is signed in. `csrf_token` goes into the header `X-CSRF-Token` of what changes something."""

    name: str
    role: Role
    csrf_token: str | None


@blueprint.post("/session")
@open_to_all
def begin() -> Response:
    """Sign in; the answer sets a session cookie."""
    asked = body_as(SignInRequest)
    who = holder_by(asked.key, asked.link)
    response = json_response({})
    token = sign_in(response, who)
    response.set_data(SignedIn(name=who.name, role=who.role, csrf_token=token).model_dump_json())
    return response


@blueprint.get("/session")
@requires(*ANY_ROLE)
def show() -> Response:
    """Show who asks."""
    who = identity()
    return json_response(SignedIn(name=who.name, role=who.role, csrf_token=csrf_token()))


@blueprint.delete("/session")
@requires(*ANY_ROLE)
def end() -> Response:
    """Sign out."""
    response = Response(status=204)
    sign_out(response)
    return response


def holder_by(key: str | None, link: str | None) -> Holder:
    """Return whom a key or a one-time link stands for; the link is used up.

    Raises:
        Unauthorized: it is not valid.
        TooManyRequests: too many were not, from this address.
    """
    with context().database.writing() as session:
        who = use_link(session, link) if link else holder_of(session, key or "")
    if who is None:
        context().limiter.spend_failure(request.remote_addr)
        raise Unauthorized("The link was used or is too old." if link else "The key is not valid.")
    return who
