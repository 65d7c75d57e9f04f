"""Structured output: JSON that is held to its schema, or a refusal; never a promise that is ignored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import refusal
from sightline.conformance.pictures import encode, scene
from sightline.conformance.seeing import quoted
from sightline.conformance.server import Server

TOKENS = 200
LABELS = ("zq7", "xv3")  # no model answers so by chance
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"label": {"type": "string", "enum": list(LABELS)}, "count": {"type": "integer"}},
    "required": ["label", "count"],
    "additionalProperties": False,
}


def json_schema(schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a response format."""
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, **more}}


def json_object(server: Server) -> Outcome:
    """`json_object` gives an object."""
    reply = server.chat(
        "What is the word in this picture? Answer as JSON with the key word.",
        encode(scene()),
        response_format={"type": "json_object"},
        max_tokens=TOKENS,
    )
    return _judge(reply, lambda value: "" if isinstance(value, dict) else "not an object")


def by_schema(server: Server) -> Outcome:
    """A schema holds the answer to keys and values that nobody would guess."""
    reply = server.chat(
        "Describe this picture.", encode(scene()), response_format=json_schema(SCHEMA), max_tokens=TOKENS
    )
    return _judge(reply, _misfit)


def strict(server: Server) -> Outcome:
    """A strict schema does too, and the keys keep its order."""
    reply = server.chat(
        "What do you see?", encode(scene(1)), response_format=json_schema(SCHEMA, strict=True), max_tokens=TOKENS
    )

    def wrong(value: object) -> str:
        misfit = _misfit(value)
        in_order = isinstance(value, dict) and list(value) == list(SCHEMA["properties"])
        return misfit or ("" if in_order else "keys out of order")

    return _judge(reply, wrong)


def _judge(reply: Reply, wrong: Callable[[object], str]) -> Outcome:
    if reply.status != 200:
        return partial(f"refused, {reply.summary}") if reply.is_refusal else failed(reply.summary)
    try:
        value = json.loads(reply.text)
    except ValueError:
        if reply.finish_reason == "length" and reply.text.lstrip()[:1] in ("{", ""):
            return not_applicable(f"cut after {TOKENS} tokens: {quoted(reply)}")
        return failed(f"200, but not JSON: {quoted(reply)}")
    misfit = wrong(value)
    return failed(f"200, but {misfit}: {quoted(reply)}") if misfit else passed(quoted(reply))


def _misfit(value: object) -> str:
    if not isinstance(value, dict) or set(value) != set(SCHEMA["required"]):
        return "the keys are not those of the schema"
    if value["label"] not in LABELS:
        return "a value is not one of the enum"
    is_integer = isinstance(value["count"], int) and not isinstance(value["count"], bool)
    return "" if is_integer else "a value is not an integer"


def bad_schema(server: Server) -> Outcome:
    """A schema that is none is refused."""
    reply = server.chat("Hello", response_format=json_schema({"type": "nonsense"}), max_tokens=8)
    return refusal(reply, (400, 422), otherwise="a schema that is none is ignored")


def unknown_format(server: Server) -> Outcome:
    """A response format that does not exist is refused."""
    reply = server.chat("Hello", response_format={"type": "poem"}, max_tokens=8)
    return refusal(reply, (400, 422), otherwise="ignored")


CHECKS = (
    Check(
        "structured.json_object",
        "json_object gives a JSON object",
        "callers parse it",
        Severity.major,
        json_object,
        ("T62",),
    ),
    Check(
        "structured.schema",
        "a schema is kept to",
        "callers rely on keys and types",
        Severity.critical,
        by_schema,
        ("T65",),
    ),
    Check(
        "structured.strict",
        "a strict schema is kept to, in its order",
        "the SDK's parse() relies on it",
        Severity.critical,
        strict,
        ("T63",),
    ),
    Check(
        "structured.bad_schema",
        "a schema that is none is refused",
        "an ignored schema looks like a kept one",
        Severity.minor,
        bad_schema,
        ("T64",),
    ),
    Check(
        "structured.unknown_format",
        "an unknown response format is refused",
        "it is ignored otherwise",
        Severity.minor,
        unknown_format,
        ("S26",),
    ),
)
