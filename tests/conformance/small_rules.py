"""What the small server of these tests refuses, and the JSON it gives for a schema."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

FIELDS = {
    "model", "messages", "temperature", "top_p", "max_tokens", "max_completion_tokens", "n", "stop", "seed", "stream",
    "stream_options", "response_format", "logprobs", "top_logprobs",
}  # fmt: skip
ROLES = ("system", "user", "assistant")
PARTS = ("text", "image_url")
DETAILS = (None, "low", "high", "auto")
RANGES = {
    "temperature": (0, 2),
    "top_p": (0, 1),
    "max_tokens": (1, None),
    "max_completion_tokens": (1, None),
    "n": (1, 8),
}


class Refused(Exception):
    """A request that this server refuses."""

    def __init__(self, message: str, param: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.param, self.status = message, param, status


def check_request(request: dict[str, Any], faults: frozenset[str], model: str) -> None:
    """Refuse what does not fit, but for what the faults let through; what they ignore is taken out."""
    if "any_model" not in faults:
        if "model" not in request:
            raise Refused("you must provide a model parameter")
        if request["model"] != model:
            raise Refused("The model does not exist", status=404)
    if "checks_nothing" in faults:
        mend(request)
    if "ignores_unknown" not in faults:
        unknown = [name for name in request if name not in FIELDS]
        if unknown:
            raise Refused(f"Unknown parameter: '{unknown[0]}'.", unknown[0])
        if "stream_options" in request and not request.get("stream"):
            raise Refused("The 'stream_options' parameter is only allowed when 'stream' is enabled.")
    if not request.get("messages"):
        raise Refused("no messages", "messages")
    for message in request["messages"]:
        check_message(message, faults)
    check_numbers(request)
    check_options(request, faults)


def check_message(message: dict[str, Any], faults: frozenset[str]) -> None:
    if message.get("role") not in ROLES:
        raise Refused("no such role")
    parts = message["content"] if isinstance(message["content"], list) else []
    if "skips_unknown_parts" in faults:
        parts[:] = [part for part in parts if part["type"] in PARTS]
    for part in parts:
        if part["type"] not in PARTS:
            raise Refused(f"Invalid value: '{part['type']}'.")
        image = part.get("image_url")
        if isinstance(image, dict):
            if image.get("detail") not in DETAILS and "ignores_detail" not in faults:
                raise Refused("no such detail")
            if image.get("detail") and "refuses_detail" in faults:
                raise Refused("detail is not supported")
            if set(image) - {"url", "detail"} and "ignores_unknown" not in faults:
                raise Refused("Unknown parameter")


def check_numbers(request: dict[str, Any]) -> None:
    for name, (low, high) in RANGES.items():
        value = request.get(name)
        if value is None:
            continue
        if not isinstance(value, int | float) or value < low or (high is not None and value > high):
            raise Refused(f"Invalid '{name}'", name)


def check_options(request: dict[str, Any], faults: frozenset[str]) -> None:
    stop = request.get("stop")
    if (
        stop is not None
        and "ignores_stop" not in faults
        and (not isinstance(stop, str | list) or (len(stop) > 4 and isinstance(stop, list)))
    ):
        raise Refused("Invalid 'stop'", "stop")
    if "top_logprobs" in request and not request.get("logprobs") and "ignores_logprobs" not in faults:
        raise Refused("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.")
    form = request.get("response_format")
    if form and "ignores_response_format" not in faults:
        if form.get("type") not in ("text", "json_object", "json_schema"):
            raise Refused("no such response format")
        schema = form.get("json_schema", {}).get("schema", {})
        if schema.get("type") not in (None, "object"):
            raise Refused("Invalid schema")


def mend(request: dict[str, Any]) -> None:
    """What a server that checks nothing does: go on with something."""
    request["messages"] = [{"role": "user", "content": "Hello"}]
    for name in (*RANGES, "stop"):
        request.pop(name, None)


def fits_schema(form: dict[str, Any], fetches: bool) -> str:
    """Return JSON that fits the one schema these tests use."""
    if form.get("type") != "json_schema":
        return json.dumps({"seen": "a picture"})
    schema = form["json_schema"]["schema"]
    if "$ref" in schema:
        if fetches:
            with urllib.request.urlopen(schema["$ref"], timeout=2) as response:
                response.read()
        raise Refused("a reference to another document")
    properties = schema.get("properties", {})
    return json.dumps({name: rule["enum"][0] if "enum" in rule else 3 for name, rule in properties.items()})
