"""GET /openapi.json (3.1), made from the models that validate, and GET /docs, the same to read; both work offline."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

import review_service
from review_service.api.access import EVERYBODY, open_to_all, rule_of
from review_service.api.context import json_response
from review_service.api.operations import OPERATIONS, Operation
from review_service.api.problems import MEDIA_TYPE, Problem

blueprint = Blueprint("documentation", __name__, template_folder="templates")
_REFERENCE = "#/components/schemas/{model}"
_REASONS = {
    400: "The body cannot be read.",
    401: "No key, or one that is not valid.",
    403: "The key's role does not allow it.",
    404: "There is no such thing.",
    409: "It is not the time for it.",
    413: "The body is too large.",
    415: "The body is not of the type that is asked for.",
    422: "A field is not valid.",
    429: "Too many requests; `Retry-After` says how long to wait.",
    503: "The database does not answer; nothing was changed.",
}


def openapi(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the interface."""
    wanted: list[tuple[Any, JsonSchemaMode, TypeAdapter[Any]]] = [
        (Problem, "serialization", TypeAdapter(Problem)),
        *((one.answer, "serialization", TypeAdapter(one.answer)) for one in OPERATIONS if one.answer),
        *((one.body, "validation", TypeAdapter(one.body)) for one in OPERATIONS if one.body),
    ]
    references, schemas = TypeAdapter.json_schemas(wanted, ref_template=_REFERENCE)
    rules = _rules(app)
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        roles = rules[operation.method.upper(), operation.path]
        paths.setdefault(operation.path, {})[operation.method] = _describe(operation, references, roles)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "review-service",
            "version": review_service.__version__,
            "description": "Advice on Vietnamese drafts: themes of a communications plan and checklist issues.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key."}},
        },
    }


def _rules(app: Flask) -> dict[tuple[str, str], frozenset[str]]:
    """Return the roles that each route asks for, by method and path as OpenAPI writes them."""
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)): frozenset(rule_of(app, rule.endpoint) or ())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }


def _describe(operation: Operation, references: Any, roles: frozenset[str]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done."}
    if operation.status != 204:
        schema = references[operation.answer, "serialization"] if operation.answer else {}
        answer["content"] = {operation.media_type: {"schema": schema}}
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": operation.method + re.sub(r"\W+", "_", operation.path).rstrip("_"),
        "responses": {str(operation.status): answer},
        "security": [] if roles == EVERYBODY else [{"key": sorted(roles)}],
    }
    own = () if roles == EVERYBODY else (401, 403, 429)
    for status in sorted({*operation.errors, *own}):
        described["responses"][str(status)] = {
            "description": _REASONS[status],
            "content": {MEDIA_TYPE: {"schema": references[Problem, "serialization"]}},
        }
    parameters = [*_path_parameters(operation.path), *_query_parameters(operation)]
    if parameters:
        described["parameters"] = parameters
    if operation.body:
        schema = references[operation.body, "validation"]
        described["requestBody"] = {"required": True, "content": {operation.body_type: {"schema": schema}}}
    return described


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    """Return the query's parameters: as they are written out, or one for each field of the model that reads them."""
    if isinstance(operation.query, tuple):
        return list(operation.query)
    fields = operation.query.model_json_schema()["properties"]
    return [
        {
            "name": name,
            "in": "query",
            "description": schema["description"],
            "schema": {key: value for key, value in schema.items() if key not in ("title", "description")},
        }
        for name, schema in fields.items()
    ]


@blueprint.get("/openapi.json")
@open_to_all
def openapi_json() -> Response:
    """Answer with the OpenAPI document."""
    return json_response(openapi(current_app))


@blueprint.get("/docs")
@open_to_all
def docs() -> str:
    """Answer with the interface's documentation as a page."""
    return render_template("docs.html", api=openapi(current_app))
