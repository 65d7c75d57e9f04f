"""The part of JSON Schema that `strict` promises, and the faults of a schema in OpenAI's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

MAX_SCHEMA_BYTES = 64 * 1024
MAX_PROPERTIES = 5_000
MAX_LEVELS = 10
MAX_NAME_CHARS = 120_000  # names of properties, definitions, enum and const values together
MAX_ENUM_VALUES = 1_000  # in the whole schema
LONG_ENUM = 250
MAX_LONG_ENUM_CHARS = 15_000
NOT_PERMITTED = (
    "allOf",
    "not",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "oneOf",
    "patternProperties",
)
Schema = Mapping[str, Any]
Place = tuple[str, ...]


def root_fault(schema: Schema) -> str | None:
    """Say what is wrong if `schema` is not of an object, else `None`."""
    if schema.get("type") == "object":
        return None
    return f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.get('type')}\"'."


def schema_fault(schema: Schema, *, strict: bool) -> str | None:
    """Say what keeps answers from being held to `schema`: its size, or, where it is to be strict, more; else `None`."""
    fault = strict_fault(schema) if strict else None
    if fault is None and len(json.dumps(schema)) > MAX_SCHEMA_BYTES:
        return f"it is over {MAX_SCHEMA_BYTES} bytes."
    return fault


def strict_fault(schema: Schema) -> str | None:
    """Say what keeps `schema` from being strict, the first fault alone, else `None`."""
    if fault := root_fault(schema):
        return fault
    for place, part in _parts((), schema):
        if fault := _fault_at(place, part):
            return f"In context={_shown(place)}, {fault}"
    return _size_fault(schema)


def _fault_at(place: Place, part: Schema) -> str | None:
    for keyword in NOT_PERMITTED:
        if keyword in part:
            return f"'{keyword}' is not permitted."
    if not part.keys() & {"type", "anyOf", "$ref", "enum", "const"}:
        return "schema must have a 'type' key."
    kind = part.get("type")
    if kind != "object" and not (isinstance(kind, list) and "object" in kind):
        return None
    if part.get("additionalProperties") is not False:
        return "'additionalProperties' is required to be supplied and to be false."
    return _required_fault(part)


def _required_fault(part: Schema) -> str | None:
    names = part.get("properties") or {}
    required = part.get("required", [])
    rule = "'required' is required to be supplied and to be an array including every key in properties."
    if not isinstance(names, dict) or not isinstance(required, list):
        return rule
    for name in names:
        if name not in required:
            return f"{rule} Missing '{name}'."
    for name in required:
        if name not in names:
            return f"{rule} Extra required key '{name}' supplied."
    return None


def _parts(place: Place, schema: Any) -> Iterator[tuple[Place, Schema]]:
    """Yield each schema inside `schema`, itself first, with its place as OpenAI names it."""
    if not isinstance(schema, dict):
        return
    yield place, schema
    for key in ("properties", "$defs", "definitions"):
        for name, inner in _items(schema.get(key)):
            yield from _parts((*place, key, name), inner)
    if "items" in schema:
        yield from _parts((*place, "items"), schema["items"])
    for at, inner in enumerate(schema["anyOf"] if isinstance(schema.get("anyOf"), list) else ()):
        yield from _parts((*place, "anyOf", str(at)), inner)


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()


def _size_fault(schema: Schema) -> str | None:
    n_properties = n_chars = n_values = 0
    for place, part in _parts((), schema):
        names = [name for key in ("properties", "$defs", "definitions") for name, _ in _items(part.get(key))]
        values = part["enum"] if isinstance(part.get("enum"), list) else []
        n_properties += len(part["properties"]) if isinstance(part.get("properties"), dict) else 0
        n_values += len(values)
        n_chars += sum(map(len, names)) + sum(len(str(value)) for value in [*values, part.get("const", "")])
        if 1 + place.count("properties") > MAX_LEVELS:
            return f"it is nested deeper than {MAX_LEVELS} levels."
        if len(values) > LONG_ENUM and sum(len(str(value)) for value in values) > MAX_LONG_ENUM_CHARS:
            return f"an enum of more than {LONG_ENUM} values has more than {MAX_LONG_ENUM_CHARS} characters."
    if n_properties > MAX_PROPERTIES:
        return f"it has {n_properties} properties; the limit is {MAX_PROPERTIES}."
    if n_values > MAX_ENUM_VALUES:
        return f"it has {n_values} enum values; the limit is {MAX_ENUM_VALUES}."
    if n_chars > MAX_NAME_CHARS:
        return f"its names and values have {n_chars} characters; the limit is {MAX_NAME_CHARS}."
    return None


def _shown(place: Place) -> str:
    return "()" if not place else str(place)[:200]
