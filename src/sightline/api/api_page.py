"""`docs/api.md`: every route, and every field of every body, said from what the server itself parses with.

`python -m sightline.api.api_page docs/api.md` writes it; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sightline.api.openapi import REF, document
from sightline.api.operations import OPERATIONS, SUPPORT, Operation, Support
from sightline.api.wire import Wire

DONE, NO_EFFECT, REFUSED = "done", "accepted, no effect", "refused"
HEAD = """# The API, field by field

Written by `make docs` from the models that parse requests; do not edit. The same for programs: `GET /openapi.json`.
Every path under `/v1` answers without `/v1` too. A field that is not in these tables is a 400 that names it; `null` is
the same as absent. *Refused* means a 400 for every value that would have an effect. Without a `temperature` it is the
model's own (0 for `sightline-mini`, by its `generation_config.json`), and 1 where it has none or several answers are
asked for.
"""


def page() -> str:
    """Return the page as Markdown."""
    lines = [HEAD, "| route | |", "|---|---|"]
    lines += [
        f"| `{operation.method} {operation.path}` | {operation.says}{_more(operation)} |" for operation in OPERATIONS
    ]
    schemas = document()["components"]["schemas"]
    for body, support in SUPPORT.items():
        paths = " and ".join(f"`{operation.path}`" for operation in OPERATIONS if operation.body is body)
        lines += ["", f"## {paths}", "", "| field | is | takes |", "|---|---|---|"]
        lines += _rows(schemas[body.__name__], support)
    return "\n".join(lines) + "\n"


def _more(operation: Operation) -> str:
    named = ", ".join(f"`{name}`" for name in (*operation.query, *operation.form))
    kind = "Query" if operation.query else "Form"
    return f" {kind}: {named}." if named else ""


def _rows(schema: dict[str, Any], support: Support) -> Iterator[str]:
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        state = REFUSED if name in support.refused else NO_EFFECT if name in support.without_effect else DONE
        must = "; required" if name in required else ""
        yield f"| `{name}` | {state} | {_takes(field)}{must} |"


def _takes(schema: dict[str, Any]) -> str:
    """Say in words what a schema takes."""
    if "$ref" in schema:
        return f"object ({schema['$ref'].removeprefix(REF).removesuffix('In')})"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            kinds = [_takes(inner) for inner in schema[key] if inner.get("type") != "null" and not _is_refused(inner)]
            return " or ".join(dict.fromkeys(kinds))
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        kind = f"array of {_takes(schema.get('items', {}))}"
    return kind + _limits(schema)


def _is_refused(schema: dict[str, Any]) -> bool:
    """Whether a schema stands only for the kinds that are refused by name."""
    return str(schema.get("$ref", "")).startswith(REF + "Other")


def _limits(schema: dict[str, Any]) -> str:
    low, high = (schema.get(key) for key in ("minimum", "maximum"))
    if low is not None:
        return f", {low} to {high}" if high is not None else f", at least {low}"
    longest = next((schema[key] for key in ("maxLength", "maxItems", "maxProperties") if key in schema), None)
    return f", at most {longest}" if longest is not None else ""


def undescribed() -> list[str]:
    """Return the bodies and fields that the tables name wrongly or not at all."""
    bodies = {operation.body for operation in OPERATIONS if operation.body is not None}
    wrong = [f"{body.__name__} is not in SUPPORT" for body in bodies if body not in SUPPORT]
    for body, support in SUPPORT.items():
        known = _names(body)
        wrong += [
            f"{body.__name__} has no {name}"
            for name in (*support.without_effect, *support.refused)
            if name not in known
        ]
    return wrong


def _names(body: type[Wire]) -> set[str]:
    return {field.alias or name for name, field in body.model_fields.items()}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
