"""GET /themes and GET /checklist: what a draft is reviewed against."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel

from review_service.api.access import ANY_ROLE, requires
from review_service.api.context import context, json_response
from review_service.api.requests import language
from review_service.review import Basis, Severity

blueprint = Blueprint("catalogue", __name__)


class ThemeEntry(BaseModel):
    """A theme of the plan."""

    theme: str
    label: str
    about: str
    clauses: list[str]


class Themes(BaseModel):
    """The plan's themes."""

    plan: str
    title: str
    themes: list[ThemeEntry]


class CodeEntry(BaseModel):
    """A checklist code. `message` holds placeholders in braces."""

    code: str
    severity: Severity
    message: str
    explanation: str
    basis: list[Basis]


class ItemEntry(BaseModel):
    """A checklist item and its codes."""

    item: str
    label: str
    codes: list[CodeEntry]


class ChecklistCatalogue(BaseModel):
    """The checklist."""

    checklist_version: str
    items: list[ItemEntry]


@blueprint.get("/themes")
@requires(*ANY_ROLE)
def themes() -> Response:
    """List the plan's themes."""
    plan = context().reviewer.plan
    chosen = language()
    entries = [
        ThemeEntry(
            theme=theme.theme,
            label=theme.label.in_language(chosen),
            about=theme.about.in_language(chosen),
            clauses=list(theme.clauses),
        )
        for theme in plan.themes
    ]
    return json_response(Themes(plan=plan.plan, title=plan.title, themes=entries).model_dump())


@blueprint.get("/checklist")
@requires(*ANY_ROLE)
def checklist() -> Response:
    """List every checklist code with its severity, messages and basis."""
    knowledge = context().reviewer.knowledge
    chosen = language()
    catalogue = knowledge.catalogue
    items = [
        ItemEntry(
            item=name,
            label=item.label.in_language(chosen),
            codes=[
                CodeEntry(
                    code=code,
                    severity=entry.severity,
                    message=entry.message.in_language(chosen),
                    explanation=entry.explanation.in_language(chosen),
                    basis=[Basis(catalogue.basis[key].document, catalogue.basis[key].clause) for key in entry.basis],
                )
                for code, entry in item.codes.items()
            ],
        )
        for name, item in catalogue.items.items()
    ]
    return json_response(ChecklistCatalogue(checklist_version=knowledge.version, items=items).model_dump())
