"""JSON that fits a schema, made from one text: what the echo engine answers where a model would think."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sightline.errors import InvalidRequest

MAX_DEPTH = 16
MAX_PARTS = 10_000  # of one value
DEEP = 4  # from here on lists are empty and what may be null is null, so that recursion ends
UNMET = ("pattern", "format", "minLength", "maxLength", "multipleOf", "allOf", "not", "if", "uniqueItems", "contains")
Schema = Mapping[str, Any]


def fitting(schema: Schema, text: str, param: str) -> Any:
    """Return the first value that fits: the text, true, the least number, one item, every property.

    Raises:
        InvalidRequest: For a keyword that an echo cannot keep, or that is none; it names `param`.
    """
    try:
        return _Filler(schema, text, param).value(schema, 0)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # a keyword of the wrong kind
        raise InvalidRequest("The JSON schema is not one that answers can be held to.", param=param) from None


class _Filler:
    """Fills one schema with one text."""

    def __init__(self, root: Schema, text: str, param: str) -> None:
        self._root = root
        self._text = text
        self._param = param
        self._n_parts = 0

    def value(self, schema: Schema, depth: int) -> Any:
        self._n_parts += 1
        if depth > MAX_DEPTH or self._n_parts > MAX_PARTS or any(word in schema for word in UNMET):
            raise InvalidRequest(
                "Unsupported value: the schema is larger than the echo engine keeps, or has a keyword it does not.",
                param=self._param,
                code="unsupported_value",
            )
        if "$ref" in schema:
            return self.value(_pointed(self._root, str(schema["$ref"])), depth + 1)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        for word in ("anyOf", "oneOf"):
            if word in schema:
                ends = (each for each in schema[word] if depth > DEEP and each.get("type") == "null")
                return self.value(next(ends, schema[word][0]), depth + 1)
        return self._of_kind(schema, depth)

    def _of_kind(self, schema: Schema, depth: int) -> Any:
        kind = schema.get("type", "object")
        match kind[0] if isinstance(kind, list) else kind:
            case "object":
                return {name: self.value(part, depth + 1) for name, part in schema.get("properties", {}).items()}
            case "array":
                n_items = max(0 if depth > DEEP else 1, schema.get("minItems", 0))
                return [self.value(schema.get("items", {"type": "string"}), depth + 1) for _ in range(n_items)]
            case "integer" | "number":
                least = schema.get("exclusiveMinimum", min(0, schema.get("maximum", 0)) - 1) + 1
                return schema.get("minimum", least)
            case "boolean":
                return True
            case "null":
                return None
            case "string":
                return self._text
        raise InvalidRequest(
            f"Invalid schema: a 'type' is not one of JSON Schema's: {str(kind)[:40]!r}.", param=self._param
        )


def names_said(text: str, names: list[str]) -> list[str]:
    """Return those of `names` that stand in `text` as words, in their own order."""
    return [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def _pointed(root: Schema, reference: str) -> Schema:
    at: Any = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        at = at[int(step) if isinstance(at, list) else step] if step else at
    found: Schema = at
    return found
