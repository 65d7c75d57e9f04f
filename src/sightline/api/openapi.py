"""`GET /openapi.json`: our own routes as OpenAPI 3.1, the bodies from the models that parse them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema
from starlette.types import Receive, Scope, Send

from sightline import __version__
from sightline.api.connection import send_json
from sightline.api.operations import OPERATIONS, Operation
from sightline.api.replies import to_json

REF = "#/components/schemas/"
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}
ABOUT = "Every path under /v1 answers without /v1 too. What a request holds and is not honoured is a 400 that names it."


class OpenApi:
    """The endpoint as an ASGI application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await send_json(send, described())


@lru_cache(maxsize=1)
def described() -> bytes:
    """Return the document as JSON: it is the same for every server of this version."""
    return to_json(document())


def document() -> dict[str, Any]:
    """Return the document."""
    bodies = list(dict.fromkeys(operation.body for operation in OPERATIONS if operation.body is not None))
    _, schemas = models_json_schema([(body, "validation") for body in bodies], ref_template=REF + "{model}")
    shapes = list(dict.fromkeys(operation.shape for operation in OPERATIONS if operation.shape is not None))
    adapters: list[Any] = [(shape, "serialization", TypeAdapter(shape)) for shape in shapes]
    _, replies = TypeAdapter.json_schemas(adapters, ref_template=REF + "{model}")
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sightline", "version": __version__, "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": {**_without_titles(schemas["$defs"]), **_without_titles(replies["$defs"]), "Error": ERROR},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{operation.method.lower()}{operation.path}").strip("_"),
        "summary": operation.says,
        "security": [] if operation.path.startswith("/health/") else [{"key": []}, {}],
        "parameters": [
            *(_parameter(name, "path") for name in re.findall(r"{(\w+)}", operation.path)),
            *(_parameter(name, "query") for name in operation.query),
        ],
        "responses": {
            str(operation.status): {"description": "Done.", "content": _content(operation)},
            "default": {
                "description": "Refused or failed, and why.",
                "content": {"application/json": {"schema": {"$ref": f"{REF}Error"}}},
            },
        },
    }
    if operation.body is not None:
        schema: dict[str, Any] = {"$ref": REF + operation.body.__name__}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if operation.form:
        fields = {name: {"type": "string"} for name in operation.form}
        schema = {"type": "object", "properties": fields, "required": ["purpose", "file"]}
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    return described


def _parameter(name: str, place: str) -> dict[str, Any]:
    kind = "integer" if name == "limit" else "string"
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": kind}}


def _content(operation: Operation) -> dict[str, Any]:
    schema = OBJECT if operation.shape is None else {"$ref": REF + operation.shape.__name__}
    content: dict[str, Any] = {operation.reply: {} if operation.reply.endswith("stream") else {"schema": schema}}
    return {**content, "text/event-stream": {}} if operation.streams else content


OBJECT = {"type": "object"}


def _without_titles(value: Any) -> Any:
    """Leave out the titles that repeat each name; a property called `title` is an object and stays."""
    if isinstance(value, dict):
        return {
            key: _without_titles(inner) for key, inner in value.items() if key != "title" or not isinstance(inner, str)
        }
    return [_without_titles(inner) for inner in value] if isinstance(value, list) else value
