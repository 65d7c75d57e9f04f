"""What OpenAI refused and Sightline takes: refused here too, where a setting asks for it.

`strict_classic` is the service of November 2023 behind the classic names. It read a body in two steps, each with words
of its own: fields first, all faults at once, then the messages. `strict_modern` is today's behind every other name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sightline.api.model_names import is_classic
from sightline.api.rules import Rules
from sightline.errors import InvalidRequest

CLASSIC_MAX_TOKENS = 16  # of an answer, where the request does not say
NOT_CLASSIC = ("function_call", "functions", "logit_bias", "response_format", "tool_choice", "tools")
EXTRA = "extra fields not permitted (type=value_error.extra)"
NOT_NONE = "none is not an allowed value (type=type_error.none.not_allowed)"
NO_ITEMS = "ensure this value has at least 1 items (type=value_error.list.min_items; limit_value=1)"
UNEXPECTED_KEYS = "Invalid chat format. Unexpected keys in messages."
UNEXPECTED_IMAGE_KEYS = "Invalid chat format. Unexpected keys in a message content image dict."
NO_URL = "Invalid chat format: missing required 'url' field in image_url dictionary."
OTHER_PART = "Invalid chat format. Content blocks are expected to be either text or image_url type."
NO_STRING = "Invalid type for '{path}': expected an object, but got a string instead."
USER_ONLY = (
    "Invalid '{path}'. Image URLs are only allowed for messages with role 'user', but this message with role '{role}' "
    "contains an image URL."
)
ROLES = ("system", "assistant", "user", "function", "tool", "developer")
Body = Mapping[str, Any]


def is_strictly_classic(model: object, rules: Rules) -> bool:
    """Whether a request that names `model` is answered as in November 2023."""
    return rules.strict_classic and isinstance(model, str) and is_classic(model)


def check_strict(body: Body, rules: Rules) -> None:
    """Refuse what the service behind the model's name refused. What is wrong for everyone is left to `api.wire`.

    Raises:
        InvalidRequest: In that service's words.
    """
    if is_strictly_classic(body.get("model"), rules):
        _check_classic_fields(body)
        _check_classic_messages(body)
    elif rules.strict_modern and not _names_classic(body):
        _check_modern_messages(body)


def _names_classic(body: Body) -> bool:
    model = body.get("model")
    return isinstance(model, str) and is_classic(model)


def _check_classic_fields(body: Body) -> None:
    faults = {name: EXTRA for name in NOT_CLASSIC if name in body}
    if "stop" in body and body["stop"] is None:
        faults["stop"] = NOT_NONE
    elif body.get("stop") == []:
        faults["stop"] = NO_ITEMS
    if faults:
        stanzas = "".join(f"\nbody -> {name}\n  {fault}" for name, fault in faults.items())
        plural = "" if len(faults) == 1 else "s"
        raise InvalidRequest(f"{len(faults)} validation error{plural} for Request{stanzas}")


def _check_classic_messages(body: Body) -> None:
    for _, message in _messages(body):
        if message.keys() - {"role", "content"}:
            raise InvalidRequest(UNEXPECTED_KEYS)
        for _, part in _parts(message):
            _check_classic_part(part)


def _check_classic_part(part: Body) -> None:
    if part.get("type") not in ("text", "image_url"):
        raise InvalidRequest(OTHER_PART)
    image = part.get("image_url")
    if isinstance(image, dict):
        if "url" not in image:
            raise InvalidRequest(NO_URL)
        if image.keys() - {"url", "detail"}:
            raise InvalidRequest(UNEXPECTED_IMAGE_KEYS)


def _check_modern_messages(body: Body) -> None:
    for at, message in _messages(body):
        for place, part in _parts(message):
            if part.get("type") != "image_url":
                continue
            role, path = message.get("role"), f"messages[{at}]"
            if role in ROLES and role != "user":
                text = USER_ONLY.format(path=path, role=role)
                raise InvalidRequest(text, param=path, code="invalid_value")
            if isinstance(part.get("image_url"), str):
                path = f"{path}.content[{place}].image_url"
                raise InvalidRequest(NO_STRING.format(path=path), param=path, code="invalid_type")


def _messages(body: Body) -> Iterator[tuple[int, Body]]:
    messages = body.get("messages")
    for at, message in enumerate(messages if isinstance(messages, list) else ()):
        if isinstance(message, dict):
            yield at, message


def _parts(message: Body) -> Iterator[tuple[int, Body]]:
    content = message.get("content")
    for at, part in enumerate(content if isinstance(content, list) else ()):
        if isinstance(part, dict):
            yield at, part
