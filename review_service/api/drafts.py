"""GET /drafts/{draft_id}/revisions and DELETE /drafts/{draft_id}."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from review_service.api.access import ANY_ROLE, MAINTAINERS, identity, requires
from review_service.api.context import context, json_response
from review_service.store.drafts import delete_draft, find_draft, history_of

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/drafts/<path:draft_id>/revisions")
@requires(*ANY_ROLE)
def revisions(draft_id: str) -> Response:
    """Show a draft's revisions: what was fixed, what is new, what remains."""
    with context().database.reading() as session:
        history = history_of(session, draft_id)
    if history is None:
        raise NotFound("There is no draft with this id.")
    return json_response(history)


@blueprint.delete("/drafts/<path:draft_id>")
@requires(*MAINTAINERS)
def delete(draft_id: str) -> Response:
    """Delete a draft with everything that was kept of it."""
    with context().database.writing() as session:
        draft = find_draft(session, draft_id)
        if draft is None:
            raise NotFound("There is no draft with this id.")
        delete_draft(session, draft, identity().name)
    return Response(status=204)
