"""Bytes from anyone to one JSON object, with bounds on everything that could grow."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NoReturn

from starlette.types import Receive, Scope

from sightline.api.errors import HttpRefusal
from sightline.errors import InvalidRequest

MAX_DEPTH = 64
MAX_KEYS = 10_000
MAX_MARKS = 400_000  # brackets, or commas: twice as many as the longest prompt has characters
NOT_JSON = (
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library "
    "correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)"
)
TOO_LARGE = "Request too large: the body is over the limit of {limit} bytes."
DISCARD_S = 10.0


class CallerGone(Exception):
    """The client closed the connection."""


async def read_body(scope: Scope, receive: Receive, *, max_bytes: int, deadline_s: float) -> bytes:
    """Return the whole body.

    Raises:
        HttpRefusal: 413 if it is over `max_bytes`, 408 if it is not there after `deadline_s` seconds.
        CallerGone: If the client leaves first.
    """
    check_content_type(scope)
    declared = header(scope, b"content-length")
    try:
        async with asyncio.timeout(deadline_s):
            if declared.isdigit() and int(declared) > max_bytes:
                await refuse_size(receive, max_bytes)
            return await _collect(receive, max_bytes)
    except TimeoutError:
        raise HttpRefusal(408, "The body of the request took too long.", headers={"connection": "close"}) from None


async def _collect(receive: Receive, max_bytes: int) -> bytes:
    chunks: list[bytes] = []
    n_bytes = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CallerGone
        chunk = message.get("body", b"")
        n_bytes += len(chunk)
        if n_bytes > max_bytes:
            chunks.clear()
            await refuse_size(receive, max_bytes, more=message.get("more_body", False))
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


async def refuse_size(receive: Receive, max_bytes: int, *, more: bool = True) -> NoReturn:
    """Let the client finish a body of up to twice the limit, unseen, so that it can read the answer; then refuse."""
    n_bytes = 0
    try:
        async with asyncio.timeout(DISCARD_S):
            while more and n_bytes <= max_bytes:
                message = await receive()
                n_bytes += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError:
        pass
    raise HttpRefusal(413, TOO_LARGE.format(limit=max_bytes), code="request_too_large", headers={"connection": "close"})


def header(scope: Scope, name: bytes) -> str:
    """Return the value of the header `name` (lower case), empty if there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


def check_content_type(scope: Scope) -> None:
    """Refuse a body that a foreign web page could send without asking: only JSON is taken."""
    content_type = header(scope, b"content-type").split(";")[0].strip().lower()
    if content_type == "application/json" or (not content_type and not header(scope, b"origin")):
        return
    raise HttpRefusal(415, "The content type of the request must be 'application/json'.", code="unsupported_media_type")


def parse_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object that `body` holds, all of its text encodable.

    Raises:
        InvalidRequest: If it is anything else, is nested deeper than 64, or has more than 10,000 keys.
    """
    try:
        text = body.decode()
        _check_marks(text)
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise InvalidRequest(NOT_JSON) from None
    if not isinstance(value, dict):
        raise InvalidRequest(NOT_JSON)
    _check_shape(value)
    if "\\ud" in text or "\\uD" in text:
        _check_surrogates(value)
    return value


def _check_marks(text: str) -> None:
    """Refuse what would become millions of objects, before it does."""
    if text.count("[") + text.count("{") > MAX_MARKS or text.count(",") > MAX_MARKS:
        raise InvalidRequest(f"The JSON body has more than {MAX_MARKS} values.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_shape(value: dict[str, Any]) -> None:
    n_keys = 0
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for container in level:
            if isinstance(container, dict):
                n_keys += len(container)
                children = container.values()
            else:
                children = container
            below.extend(child for child in children if isinstance(child, dict | list))
        if n_keys > MAX_KEYS:
            raise InvalidRequest(f"The JSON body has more than {MAX_KEYS} keys.")
        if not below:
            return
        level = below
    raise InvalidRequest(f"The JSON body is nested deeper than {MAX_DEPTH} levels.")


def _check_surrogates(value: dict[str, Any]) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidRequest(NOT_JSON) from None
