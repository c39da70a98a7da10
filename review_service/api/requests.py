"""Reads what is asked: JSON bodies and query parameters, each error naming its field."""

from __future__ import annotations

from typing import Any, TypeVar

import orjson
from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from review_service.draft import Language

Model = TypeVar("Model", bound=BaseModel)
OFFSETS = ("codepoints", "utf16")


class InvalidRequestError(Exception):
    """A request is not in its form; `problems` are (field, what is wrong)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in problems))


def json_object(name: str = "request") -> dict[str, Any]:
    """Return the JSON object that is the request's body; `name` stands for the whole of it in errors."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the body as application/json.")
    try:
        data = orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    if not isinstance(data, dict):
        raise InvalidRequestError([(name, "the body must be a JSON object")])
    return data


def body_as(model: type[Model]) -> Model:
    """Return the request's body as `model`."""
    return _read(model, json_object())


def query_as(model: type[Model]) -> Model:
    """Return the query as `model`; a parameter that is empty is not given."""
    return _read(model, {name: value for name, value in request.args.items() if value})


def one_of(name: str, *allowed: str) -> str:
    """Return the query parameter `name`, by default the first of `allowed`."""
    value = request.args.get(name, allowed[0])
    if value not in allowed:
        raise InvalidRequestError([(name, f"one of {', '.join(allowed)}")])
    return value


def language() -> Language:
    """Return the language asked for in the query, Vietnamese by default."""
    return "en" if one_of("language", "vi", "en") == "en" else "vi"


def _read(model: type[Model], data: dict[str, Any]) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InvalidRequestError(
            [
                (".".join(str(part) for part in problem["loc"]) or "request", problem["msg"])
                for problem in error.errors(include_input=False, include_url=False)
            ]
        ) from None
