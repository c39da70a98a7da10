"""/editor: the drafts that wait for an editor, and those that were read."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from review_service.api.access import EDITORS, requires
from review_service.api.context import context
from review_service.api.requests import query_as
from review_service.pages.frame import language, page, render
from review_service.store.queue import Filters, list_reviews, units_in_use

blueprint = page("queue")
_SHOWN = 25  # drafts a page


class QueueQuery(Filters):
    """The filters of the queue, as its form sends them: drafts that wait, unless asked otherwise."""

    limit: int = _SHOWN
    show: str = "waiting"
    language: str = ""


@blueprint.get("/editor")
@requires(*EDITORS)
def show() -> str:
    """Show the queue."""
    asked = query_as(QueueQuery)
    finished = {"waiting": False, "finished": True}.get(asked.show)
    filters = Filters.model_validate(asked.model_dump(exclude={"show", "language"}) | {"finished": finished})
    with context().database.reading() as session:
        found = list_reviews(session, filters)
        units = units_in_use(session)
    reviewer, chosen = context().reviewer, language()
    return render(
        "queue.html",
        asked=asked,
        found=found,
        units_paired=[(unit, unit) for unit in units],
        themes={theme.theme: theme.label.in_language(chosen) for theme in reviewer.plan.themes},
        items={name: item.label.in_language(chosen) for name, item in reviewer.knowledge.catalogue.items.items()},
        filtered=bool(asked.unit or asked.theme or asked.code or asked.status or asked.since or asked.until),
        earlier=_at(asked.offset - _SHOWN) if asked.offset else None,
        later=_at(asked.offset + _SHOWN) if asked.offset + len(found.reviews) < found.total else None,
    )


def _at(offset: int) -> str:
    """Return the address of another page of the same list."""
    kept: dict[str, Any] = {**request.args.to_dict(), "offset": max(0, offset)}
    return url_for("pages_queue.show", **kept)
