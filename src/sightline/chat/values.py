"""The values of an answer, each with its place in the text: the leaves of a JSON answer, or the answer itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_VALUES = 64  # of one answer
QUOTED = re.compile(r"[\"“]([^\"“”]{2,200})[\"”]")
WITH_DIGIT = re.compile(r"[^\s,;]*\d(?:[^\s;]*[^\s;,.!?])?")

# A JSON scalar; one with a colon behind it is a key.
SCALAR = re.compile(
    r'(?P<scalar>"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|-?Infinity|NaN)(?P<colon>\s*:)?'
)


@dataclass(frozen=True, slots=True)
class Value:
    """`path` is `$` for an answer in words, `$.items[0].price` in JSON. `start`, `end`: characters of the answer.

    `is_text` says that the value could be printed in a picture: a word or a number, not null, true or false.
    """

    path: str
    text: str
    start: int
    end: int
    is_text: bool = True


def values_of(answer: str) -> tuple[Value, ...]:
    """Return the leaves of a JSON answer in their order, at most 64; an answer in words is one value."""
    parsed = _parsed(answer)
    if isinstance(parsed, dict | list):
        return tuple(_placed(answer, list(_leaves("$", parsed))[:MAX_VALUES]))
    start, text = len(answer) - len(answer.lstrip()), answer.strip()
    return (Value("$", text, start, start + len(text)),) if text else ()


def parts_of(answer: str) -> tuple[Value, ...]:
    """Return what an answer in words quotes, else its numbers: each once, at most 64."""
    pattern, group = (QUOTED, 1) if QUOTED.search(answer) else (WITH_DIGIT, 0)
    found = {
        match[group]: Value("$", match[group], match.start(group), match.end(group))
        for match in pattern.finditer(answer)
    }
    return tuple(found.values())[:MAX_VALUES]


def _parsed(answer: str) -> Any:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        return None


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if key.isidentifier() else f"{path}[{json.dumps(key)}]", inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(f"{path}[{at}]", inner)
    else:
        yield path, value


def _placed(answer: str, leaves: list[tuple[str, Any]]) -> Iterator[Value]:
    """Find each leaf behind the one before it, as the answer spells it."""
    scalars = [match for match in SCALAR.finditer(answer) if not match["colon"]]
    for (path, value), match in zip(leaves, scalars, strict=False):
        is_string = isinstance(value, str)
        start, end = match.span("scalar")
        inset = 1 if is_string else 0
        text = value if is_string else match["scalar"]
        yield Value(path, text, start + inset, end - inset, is_string or match["scalar"][0] in "-0123456789")
