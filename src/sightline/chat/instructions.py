"""What is asked when nothing is asked, and how a compact list of attributes becomes a prompt and a schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sightline.errors import InvalidRequest

DEFAULT_INSTRUCTION = "Describe what the picture shows, with interesting details."
MAX_ATTRIBUTES = 100
MAX_NAME_CHARS = 64

Kind = Literal["string", "integer", "number", "boolean"]

_KINDS: dict[str, Kind] = {
    "str": "string",
    "string": "string",
    "text": "string",
    "int": "integer",
    "integer": "integer",
    "float": "number",
    "number": "number",
    "bool": "boolean",
    "boolean": "boolean",
}
_TYPE = re.compile(r"list(?:\[(?P<inner>\w+)\])?|(?P<plain>\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One value that is wanted from the picture; `many` asks for a list of them."""

    name: str
    kind: Kind = "string"
    many: bool = False


def parse_attributes(text: str, param: str = "json") -> tuple[Attribute, ...]:
    """Read `vendor, total float, items list[str]`: names split by commas or lines, each with a type or none.

    Types are str, int, float, bool, list and list[type]; a name without one is a string. A leading
    dash or asterisk is skipped, so a pasted list works.

    Raises:
        InvalidRequest: If there is no name, a name comes twice or is too long, or there are too many.
    """
    attributes = tuple(_parse_one(piece) for piece in re.split(r"[,;\n]", text) if piece.strip(" \t\r-*"))
    if not attributes:
        raise InvalidRequest(f"{param} names no attribute; write for example 'vendor, total float, date'", param=param)
    if len(attributes) > MAX_ATTRIBUTES:
        raise InvalidRequest(f"{param} names {len(attributes)} attributes; the limit is {MAX_ATTRIBUTES}", param=param)
    check_names([attribute.name for attribute in attributes], param)
    return attributes


def instruction_with_attributes(instruction: str, attributes: Sequence[Attribute]) -> str:
    """The text of the question: the default if there is none, and the list of attributes if there are any."""
    text = instruction.strip() or DEFAULT_INSTRUCTION
    if not attributes:
        return text
    return "\n".join([text, "", "Return the attributes as JSON:", *map(_list_line, attributes)])


def _list_line(attribute: Attribute) -> str:
    """A type is told where it is not plain text: the model writes a number otherwise than a string."""
    return f"- {attribute.name}" if attribute.kind == "string" else f"- {attribute.name}: {attribute.kind}"


def attributes_schema(attributes: Sequence[Attribute]) -> dict[str, Any]:
    """A JSON Schema of one object with every attribute, each null where the picture does not show it."""
    return {
        "type": "object",
        "properties": {attribute.name: _value_schema(attribute) for attribute in attributes},
        "required": [attribute.name for attribute in attributes],
        "additionalProperties": False,
    }


def _parse_one(piece: str) -> Attribute:
    words = piece.strip(" \t\r-*").split()
    match = _TYPE.fullmatch(words[-1]) if len(words) > 1 else None
    if match is None:
        return Attribute(" ".join(words))
    name = " ".join(words[:-1])
    if match["plain"] is None or match["plain"].lower() == "list":
        inner = (match["inner"] or "str").lower()
        return Attribute(name, _KINDS[inner], many=True) if inner in _KINDS else Attribute(" ".join(words))
    kind = _KINDS.get(match["plain"].lower())
    return Attribute(name, kind) if kind else Attribute(" ".join(words))


def check_names(names: Sequence[str], param: str) -> None:
    """Accept names that each come once and are not too long.

    Raises:
        InvalidRequest: Otherwise.
    """
    for name in names:
        if len(name) > MAX_NAME_CHARS:
            raise InvalidRequest(
                f"{param}: a name has {len(name)} characters; the limit is {MAX_NAME_CHARS}", param=param
            )
        if names.count(name) > 1:
            raise InvalidRequest(f"{param}: {name!r} is named more than once", param=param)


def _value_schema(attribute: Attribute) -> dict[str, Any]:
    if attribute.many:
        return {"type": ["array", "null"], "items": {"type": attribute.kind}}
    return {"type": [attribute.kind, "null"]}
