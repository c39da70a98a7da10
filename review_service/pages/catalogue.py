"""/editor/catalogue: the plan's themes and the checklist's codes, for contributors to read."""

from __future__ import annotations

from review_service.api.access import ANY_ROLE, requires
from review_service.api.context import context
from review_service.pages.frame import language, page, render

blueprint = page("catalogue")


@blueprint.get("/editor/catalogue")
@requires(*ANY_ROLE)
def show() -> str:
    """Show themes and codes with their meaning and basis."""
    reviewer = context().reviewer
    return render(
        "catalogue.html",
        plan=reviewer.plan,
        catalogue=reviewer.knowledge.catalogue,
        chosen=language(),
    )
