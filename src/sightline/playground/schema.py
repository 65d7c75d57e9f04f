"""A JSON schema from rows of name, type and description, and the question that such a schema asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sightline.chat.instructions import Attribute, Kind, attributes_schema, check_names
from sightline.errors import InvalidRequest

KINDS: dict[str, tuple[Kind, bool]] = {
    "text": ("string", False),
    "number": ("number", False),
    "whole number": ("integer", False),
    "yes or no": ("boolean", False),
    "list of texts": ("string", True),
    "list of numbers": ("number", True),
}
PARAM = "JSON schema"


class SchemaRow(NamedTuple):
    """One value that is wanted; `kind` is a name of `KINDS`."""

    name: str
    kind: str = "text"
    description: str = ""


def schema_from_rows(rows: Sequence[SchemaRow]) -> dict[str, Any]:
    """A schema of one object with a property for each row that has a name, each null where nothing is seen.

    Raises:
        InvalidRequest: If no row has a name, a name comes twice or is too long, or a row without a name says more.
    """
    rows = [SchemaRow(row.name.strip(), row.kind, row.description.strip()) for row in rows]
    for number, row in enumerate(rows, 1):
        if row.description and not row.name:
            raise InvalidRequest(f"{PARAM}: row {number} has a description and no name", param=PARAM)
    named = [row for row in rows if row.name]
    if not named:
        raise InvalidRequest(f"{PARAM}: give at least one row a name", param=PARAM)
    check_names([row.name for row in named], PARAM)
    schema = attributes_schema([Attribute(row.name, *KINDS[row.kind]) for row in named])
    for row in named:
        if row.description:
            schema["properties"][row.name]["description"] = row.description
    return schema


def read_schema(text: str) -> dict[str, Any]:
    """The schema that a text holds; whether it is one that the model can follow is the server's to say.

    Raises:
        InvalidRequest: If it is no JSON object with properties.
    """
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidRequest(f"{PARAM}: it is not JSON", param=PARAM) from None
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict) or not schema["properties"]:
        raise InvalidRequest(f"{PARAM}: it must be an object with 'properties'", param=PARAM)
    return schema


def instruction_for_schema(instruction: str, schema: Mapping[str, Any]) -> str:
    """The text of a question whose answer has this schema: each property in a line, as the attributes' box does it."""
    lines = [_property_line(name, value) for name, value in schema["properties"].items()]
    return "\n".join([instruction, "", "Return the attributes as JSON:", *lines])


def _property_line(name: str, value: Any) -> str:
    value = value if isinstance(value, dict) else {}
    kinds = value.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    kind = next((kind for kind in kinds if kind not in ("null", "string")), None)
    item = value.get("items")
    if kind == "array" and isinstance(item, dict):
        kind = item.get("type") if item.get("type") != "string" else None
    line = f"- {name}: {kind}" if kind else f"- {name}"
    return f"{line} ({value['description']})" if value.get("description") else line
