"""Calls of functions: asked for in words the model knows, held to the functions by a grammar, read from its text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sightline.engines.base import EngineMessage
from sightline.types import CallPiece, TextPart, Tool

KINDS = ("string", "integer", "number", "boolean")


def call_question(tools: Sequence[Tool]) -> str:
    """What is added to the question. One function is asked for as a list of attributes, which the model learned."""
    if len(tools) > 1:
        return "\n".join(["Functions:", *(f"- {tool.name}: {tool.description}".rstrip(": ") for tool in tools)])
    properties = tools[0].parameters.get("properties")
    if not isinstance(properties, dict) or not properties:
        return tools[0].description
    return "\n".join(["Return the attributes as JSON:", *(_line(name, value) for name, value in properties.items())])


def asking_for_calls(messages: Sequence[EngineMessage], tools: Sequence[Tool]) -> list[EngineMessage]:
    """The conversation with the functions named at its end: after the words of the last turn if that is the user's."""
    question = call_question(tools)
    if not messages or messages[-1].role != "user":
        return [*messages, EngineMessage("user", (TextPart(question),))]
    parts = messages[-1].parts
    said = [(at, part.text) for at, part in enumerate(parts) if isinstance(part, TextPart) and part.text.strip()]
    if said:
        at, text = said[-1]
        parts = (*parts[:at], TextPart(f"{text.strip()}\n\n{question}"), *parts[at + 1 :])
    else:
        parts = (*parts, TextPart(question))
    return [*messages[:-1], replace(messages[-1], parts=parts)]


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
