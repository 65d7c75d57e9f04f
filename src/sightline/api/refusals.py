"""What pydantic found, in OpenAI's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sightline.errors import InvalidRequest

NO_MODEL = "you must provide a model parameter"
PART_TYPES = ("text", "image_url", "input_audio", "refusal", "audio", "file")
MAX_SHOWN_CHARS = 100
MAX_PATH_CHARS = 300
EXPECTED = {
    "string_type": "a string",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a decimal",
    "bool_type": "a boolean",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "list_type": "an array",
}
EXPECTED_AT = {
    "messages": "an array of objects",
    "content": "one of a string or array of objects",
    "input": "one of a string or array of objects",
    "output": "one of a string or array of objects",
    "stop": "one of a string or array of strings",
    "prompt": "one of a string or array of strings",
    "img_url": "one of a string or array of strings",
    "img_b64": "one of a string or array of strings",
}
Body = Mapping[str, Any]


def refuse(error: ValidationError, body: Body) -> InvalidRequest:
    """Return the one refusal that OpenAI's own validator would give first.

    Order: no model, no messages, unknown keys, then the other keys in alphabetical order.
    """
    return _spell(min(error.errors(include_url=False, include_context=True), key=_rank), body)


def unsupported_parameter(name: str) -> InvalidRequest:
    """Return the refusal of a parameter that this server does not have."""
    return InvalidRequest(
        f"Unsupported parameter: '{name}' is not supported with this model.", param=name, code="unsupported_parameter"
    )


def unsupported_value(name: str, value: str, rest: str = "") -> InvalidRequest:
    """Return the refusal of a value that is right for OpenAI and not done here."""
    message = f"Unsupported value: '{name}' does not support {value} with this model.{rest}"
    return InvalidRequest(message, param=name, code="unsupported_value")


def above_maximum(path: str, limit: int, value: int) -> InvalidRequest:
    """Return the refusal of an integer over `limit`."""
    return _bound(path, "integer above maximum", f"<= {limit}", value, "integer_above_max_value")


def missing(path: str) -> InvalidRequest:
    """Return the refusal of a request that lacks `path`."""
    return InvalidRequest(f"Missing required parameter: '{path}'.", param=path, code="missing_required_parameter")


def exactly_one(path: str, values: Mapping[str, object]) -> str:
    """Return the name of the one value that is there.

    Raises:
        InvalidRequest: If there is none, or more than one.
    """
    given = [name for name, value in values.items() if value is not None]
    names = " or ".join(f"'{name}'" for name in values)
    if not given:
        raise InvalidRequest(
            f"Missing mutually exclusive parameters: '{path}'. Ensure you are providing exactly one of: {names}.",
            param=path,
            code="missing_mutually_exclusive_parameters",
        )
    if len(given) > 1:
        raise InvalidRequest(
            f"Mutually exclusive parameters: '{path}'. Ensure you are only providing one of: {names}.",
            param=path,
            code="mutually_exclusive_parameters",
        )
    return given[0]


def quoted(values: Sequence[str]) -> str:
    """Join as `'a', 'b', and 'c'`."""
    names = [f"'{value}'" for value in values]
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def shown(value: Any) -> str:
    """Return a refused value as it may stand in a message: short."""
    text = "true" if value is True else "false" if value is False else str(value)
    return text if len(text) <= MAX_SHOWN_CHARS else text[:MAX_SHOWN_CHARS] + "…"


def path_of(loc: Sequence[int | str]) -> str:
    """Spell a place in the body: `messages[0].content[1].type`."""
    path = ""
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not step.startswith("<") and step != "[key]":
            path += f".{step}" if path else step
    return path[:MAX_PATH_CHARS]


def _rank(error: ErrorDetails) -> tuple[int, str]:
    loc, kind = error["loc"], error["type"]
    top = str(loc[0]) if loc else ""
    if top in ("model", "messages") and kind == "missing" and len(loc) == 1:
        return (0, "") if top == "model" else (1, "")
    if top == "model" and error["input"] in (None, ""):
        return (0, "")
    return (2, top) if kind == "extra_forbidden" and len(loc) == 1 else (3, top)


def _spell(error: ErrorDetails, body: Body) -> InvalidRequest:
    path, kind, value = path_of(error["loc"]), error["type"], error["input"]
    if path == "model" and (kind == "missing" or value is None):
        return InvalidRequest(NO_MODEL)
    if kind == "missing":
        return missing(path)
    if kind == "extra_forbidden":
        return InvalidRequest(f"Unknown parameter: '{path}'.", param=path, code="unknown_parameter")
    if kind in EXPECTED or (kind == "literal_error" and not isinstance(value, str)):
        return _wrong_type(path, kind, value)
    if kind == "literal_error":
        return _wrong_value(path, value, error["ctx"]["expected"])
    return _out_of_range(path, kind, value, error.get("ctx", {}))


def _wrong_type(path: str, kind: str, value: Any) -> InvalidRequest:
    field = path.rpartition(".")[2]
    expected = EXPECTED_AT.get(field) or EXPECTED.get(kind, "a string")
    got = _name_of(value, among_decimals=kind == "int_from_float")
    message = f"Invalid type for '{path}': expected {expected}, but got {got} instead."
    return InvalidRequest(message, param=path, code="invalid_type")


def _wrong_value(path: str, value: str, expected: str) -> InvalidRequest:
    is_part = path.endswith("].type") and path.startswith("messages[") and ".content[" in path
    supported = PART_TYPES if is_part else [name.strip("' ") for name in expected.replace(" or ", ", ").split(",")]
    if is_part and value in PART_TYPES:
        message = f"Unsupported value: a content part of type '{value}' is not supported with this model."
        return InvalidRequest(message, param=path, code="unsupported_value")
    message = f"Invalid value: '{shown(value)}'. Supported values are: {quoted(supported)}."
    return InvalidRequest(message, param=path, code="invalid_value")


def _out_of_range(path: str, kind: str, value: Any, ctx: Mapping[str, Any]) -> InvalidRequest:
    number = "integer" if isinstance(value, int) and path not in _DECIMALS else "decimal"
    match kind:
        case "greater_than_equal":
            return _bound(path, f"{number} below minimum", f">= {ctx['ge']:g}", value, f"{number}_below_min_value")
        case "less_than_equal":
            return _bound(path, f"{number} above maximum", f"<= {ctx['le']:g}", value, f"{number}_above_max_value")
        case "too_short" if isinstance(value, list):
            return InvalidRequest(
                f"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array "
                "instead.",
                param=path,
                code="empty_array",
            )
        case "too_long":
            return _too_long(path, value, ctx["max_length"])
        case "string_too_long":
            return _length(path, "string", "string_above_max_length", ctx["max_length"], len(value))
        case "string_pattern_mismatch":
            message = (
                f"Invalid '{path}': string does not match pattern. Expected a string that matches the pattern "
                f"'{ctx['pattern']}'."
            )
            return InvalidRequest(message, param=path, code="invalid_value")
        case _:
            return InvalidRequest(
                f"Invalid '{path}': the value has an invalid format.", param=path, code="invalid_value"
            )


_DECIMALS = ("temperature", "top_p", "presence_penalty", "frequency_penalty")


def _bound(path: str, what: str, limit: str, value: Any, code: str) -> InvalidRequest:
    message = f"Invalid '{path}': {what} value. Expected a value {limit}, but got {shown(value)} instead."
    return InvalidRequest(message, param=path, code=code)


def _too_long(path: str, value: Any, limit: int) -> InvalidRequest:
    if isinstance(value, dict):
        return InvalidRequest(
            f"Invalid '{path}': too many properties. Expected an object with at most {limit} properties, but got an "
            f"object with {len(value)} properties instead.",
            param=path,
            code="object_above_max_properties",
        )
    return _length(path, "array", "array_above_max_length", limit, len(value))


def _length(path: str, what: str, code: str, limit: int, n: int) -> InvalidRequest:
    article = "an" if what == "array" else "a"
    message = (
        f"Invalid '{path}': {what} too long. Expected {article} {what} with maximum length {limit}, but got {article} "
        f"{what} with length {n} instead."
    )
    return InvalidRequest(message, param=path, code=code)


def _name_of(value: Any, *, among_decimals: bool) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int():
            return "an integer"
        case float():
            return "a decimal number"
        case str():
            return "a string"
        case list():
            return "an array"
        case _:
            return "an object"
