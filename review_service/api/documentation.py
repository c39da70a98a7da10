"""GET /openapi.json (3.1), made from the models that validate, and GET /docs, the same to read; both work offline."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import review_service
from review_service.api.catalogue import ChecklistCatalogue, Themes
from review_service.api.context import json_response
from review_service.api.monitoring import Health, Ready
from review_service.api.problems import MEDIA_TYPE, Problem
from review_service.api.reviews import Batch, BatchReviews
from review_service.draft import Draft
from review_service.review import Review

blueprint = Blueprint("documentation", __name__, template_folder="templates")


class ReviewAnswer(BaseModel):
    """The answer to a draft: its review."""

    review: Review


class Operation(NamedTuple):
    """One thing the interface does."""

    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    body: type[BaseModel] | None = None
    parameters: tuple[dict[str, Any], ...] = ()
    errors: tuple[int, ...] = ()
    media_type: str = "application/json"


_OFFSETS = {
    "name": "offsets",
    "in": "query",
    "description": "How positions are counted: Unicode code points, or UTF-16 code units as in JavaScript.",
    "schema": {"type": "string", "enum": ["codepoints", "utf16"], "default": "codepoints"},
}
_LANGUAGE = {
    "name": "language",
    "in": "query",
    "description": "The language of labels and messages.",
    "schema": {"type": "string", "enum": ["vi", "en"], "default": "vi"},
}
OPERATIONS = (
    Operation("post", "/review", "Review one draft.", ReviewAnswer, Draft, (_OFFSETS,), (400, 413, 415, 422)),
    Operation(
        "post", "/review/batch", "Review several drafts.", BatchReviews, Batch, (_OFFSETS,), (400, 413, 415, 422)
    ),
    Operation("get", "/themes", "List the plan's themes.", Themes, None, (_LANGUAGE,), (422,)),
    Operation("get", "/checklist", "List every checklist code.", ChecklistCatalogue, None, (_LANGUAGE,), (422,)),
    Operation("get", "/health", "Say that the process is alive.", Health),
    Operation("get", "/ready", "Say that model and knowledge are loaded.", Ready),
    Operation("get", "/metrics", "Show Prometheus metrics.", None, media_type="text/plain"),
    Operation("get", "/openapi.json", "Describe this interface.", None),
    Operation("get", "/docs", "Describe this interface, to read.", None, media_type="text/html"),
)
_REASONS = {400: "The body is not JSON.", 413: "The body is too large.", 415: "Not JSON.", 422: "A field is not valid."}


def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the interface."""
    models = [operation.answer for operation in OPERATIONS if operation.answer] + [Problem]
    bodies = [operation.body for operation in OPERATIONS if operation.body]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models] + [(model, "validation") for model in bodies],
        ref_template="#/components/schemas/{model}",
    )
    definitions = schemas["$defs"]
    definitions.pop("ReviewAnswer")
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "review-service",
            "version": review_service.__version__,
            "description": "Advice on Vietnamese drafts: themes of a communications plan and checklist issues.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": definitions},
    }


def _describe(operation: Operation) -> dict[str, Any]:
    name = "Review" if operation.answer is ReviewAnswer else operation.answer.__name__ if operation.answer else None
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{name}"} if name else {}
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": operation.method + operation.path.replace("/", "_").replace(".", "_"),
        "responses": {"200": {"description": "Done.", "content": {operation.media_type: {"schema": schema}}}},
    }
    for status in operation.errors:
        described["responses"][str(status)] = {
            "description": _REASONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if operation.parameters:
        described["parameters"] = list(operation.parameters)
    if operation.body:
        body = {"$ref": f"#/components/schemas/{operation.body.__name__}"}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return described


@blueprint.get("/openapi.json")
def openapi_json() -> Response:
    """Answer with the OpenAPI document."""
    return json_response(openapi())


@blueprint.get("/docs")
def docs() -> str:
    """Answer with the interface's documentation as a page."""
    return render_template("docs.html", api=openapi())
