"""Calls of functions: asked for in words the model knows, held to the functions by a grammar, read from its text."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sightline.types import CallPiece, Tool

KINDS = ("string", "integer", "number", "boolean")


def call_question(tools: Sequence[Tool]) -> str:
    """What is added to the question. One function is asked for as a list of attributes, which the model learned."""
    if len(tools) > 1:
        return "\n".join(["Functions:", *(f"- {tool.name}: {tool.description}".rstrip(": ") for tool in tools)])
    properties = tools[0].parameters.get("properties")
    if not isinstance(properties, dict) or not properties:
        return tools[0].description
    return "\n".join(["Return the attributes as JSON:", *(_line(name, value) for name, value in properties.items())])


def call_grammar(tools: Sequence[Tool], style: dict[str, object]) -> str:
    """One call of one of `tools`, as ` name({"a": 1}`, which is how a call stands in the conversation."""
    rules = [f"start: {' | '.join(f'call{at}' for at in range(len(tools)))}"]
    for at, tool in enumerate(tools):
        schema = json.dumps({**tool.parameters, "x-guidance": style})
        rules += [f'call{at}: " {tool.name}(" args{at}', f"args{at}: %json {schema}"]
    return "\n".join(rules)


class CallReader:
    """Tells the name of a call from its arguments as the text comes."""

    def __init__(self) -> None:
        self._name = ""
        self._is_named = False

    def push(self, text: str) -> CallPiece | None:
        """Return the piece that `text` completes: first the name, then arguments; or `None`."""
        if self._is_named:
            return CallPiece(0, arguments=text) if text else None
        self._name += text
        name, opening, arguments = self._name.partition("(")
        if not opening:
            return None
        self._is_named = True
        return CallPiece(0, name, arguments)


def _line(name: str, schema: object) -> str:
    kind = schema.get("type") if isinstance(schema, dict) else None
    kinds = [each for each in (kind if isinstance(kind, list) else [kind]) if each in KINDS]
    return f"- {name}" if not kinds or kinds[0] == "string" else f"- {name}: {kinds[0]}"
