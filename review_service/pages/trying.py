"""/editor/try: a text is reviewed as one types; nothing of it is kept."""

from __future__ import annotations

from review_service.api.access import ANY_ROLE, requires
from review_service.api.context import context
from review_service.pages.frame import language, page, render

blueprint = page("trying")


@blueprint.get("/editor/try")
@requires(*ANY_ROLE)
def show() -> str:
    """Show the page; its script asks POST /review."""
    items = context().reviewer.knowledge.catalogue.items
    return render(
        "try.html",
        items={name: item.label.in_language(language()) for name, item in items.items()},
        longest=context().settings.max_field_characters,
    )
