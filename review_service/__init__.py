"""NLP-assisted review of Vietnamese drafts against a communications plan: themes, sources, units, objectivity.

from review_service import Reviewer
review = Reviewer.load().review({"title": "…", "body": "…"})
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review_service.draft import Draft, Image
from review_service.errors import DraftError, KnowledgeError, ModelError, ReviewServiceError, SettingsError
from review_service.review import Basis, ChecklistItem, Evidence, Issue, Review, Stats, ThemeScore
from review_service.reviewer import Reviewer
from review_service.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"

__all__ = [
    "Basis",
    "ChecklistItem",
    "Draft",
    "DraftError",
    "Evidence",
    "Image",
    "Issue",
    "KnowledgeError",
    "ModelError",
    "Review",
    "ReviewServiceError",
    "Reviewer",
    "Settings",
    "SettingsError",
    "Stats",
    "ThemeScore",
    "__version__",
    "create_app",
]


def create_app(*args: Any, **kwargs: Any) -> Flask:
    """Return the Flask application; see `review_service.app.create_app`."""
    from review_service.app import create_app as create

    return create(*args, **kwargs)
