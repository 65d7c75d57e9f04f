"""Any JSON at all is either understood or refused by name: nothing else comes out of the door."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.api.convert import ChatCall, to_call
from sightline.api.errors import to_reply
from sightline.api.json_body import parse_object
from sightline.api.wire import ChatRequestIn
from sightline.errors import InvalidRequest
from sightline.types import CallPart, ImagePart, TextPart

WHOLE: dict[str, Any] = {
    "model": "gpt-4o",
    "messages": [
        {"role": "system", "content": [{"type": "text", "text": "Be brief. JSON."}]},
        {
            "role": "user",
            "name": "me",
            "content": [
                {"type": "text", "text": "Look"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA", "detail": "low"}},
                {"type": "image_url", "image_url": "https://example.com/a.png"},
            ],
        },
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "c", "content": "a cat"},
    ],
    "max_tokens": 5,
    "temperature": 0.5,
    "top_p": 1,
    "stop": ["a", "b"],
    "stream": True,
    "stream_options": {"include_usage": True},
    "seed": 7,
    "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}},
    "metadata": {"a": "b"},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value inside `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in places(inner, (*path, key)))]


def put(path: tuple[Any, ...], value: Any) -> Any:
    """Return `WHOLE` with something else at `path`."""
    body = copy.deepcopy(WHOLE)
    at: Any = body
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return body


def understood_or_refused(body: Any) -> ChatCall | InvalidRequest:
    try:
        return to_call(body)
    except InvalidRequest as refused:
        reply = to_reply(refused)
        assert reply.status == 400
        assert set(json.loads(reply.body)["error"]) == {"message", "type", "param", "code"}
        assert len(reply.message) < 1200
        return refused


def test_a_whole_request_is_understood_in_every_part() -> None:
    call = to_call(WHOLE)
    assert (call.stream, call.include_usage, call.request.model) == (True, True, "gpt-4o")
    assert [message.role for message in call.request.messages] == ["system", "user", "assistant", "tool"]
    assert call.request.messages[1].parts == (
        TextPart("Look"),
        ImagePart("data:image/png;base64,AAAA", "low", "messages[1].content[1].image_url.url"),
        ImagePart("https://example.com/a.png", "auto", "messages[1].content[2].image_url"),
    )
    assert call.request.messages[2].parts == (CallPart("f({})", "f", "{}", "c"),)
    sampling = call.request.sampling
    assert (sampling.max_tokens, sampling.temperature, sampling.top_p, sampling.seed) == (5, 0.5, 1.0, 7)
    assert sampling.stop == ("a", "b")
    assert call.request.json_schema == {"type": "object"}


@given(st.sampled_from(places(WHOLE)[1:]), JSON)
@settings(max_examples=400, deadline=None)
def test_anything_anywhere_is_understood_or_refused(path: tuple[Any, ...], value: Any) -> None:
    understood_or_refused(put(path, value))


@given(st.dictionaries(st.sampled_from([*ChatRequestIn.model_fields, "foo"]), JSON, max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_object_is_understood_or_refused(body: dict[str, Any]) -> None:
    assert isinstance(understood_or_refused(body), InvalidRequest | ChatCall)


OBJECTS = [path[:-1] for path in places(WHOLE) if path and isinstance(path[-1], str)]
CLOSED = [path for path in OBJECTS if path[:1] != ("metadata",) and "schema" not in path]


@given(st.sampled_from(CLOSED), st.text("abcxyz<>[]._", min_size=1, max_size=9).map("zz_".__add__))
@settings(max_examples=200, deadline=None)
def test_an_unknown_key_is_named_wherever_it_stands(path: tuple[Any, ...], key: str) -> None:
    refused = understood_or_refused(put((*path, key), 1))
    assert isinstance(refused, InvalidRequest)
    assert refused.code == "unknown_parameter"
    assert refused.param is not None
    assert refused.param.endswith(key)


def test_a_key_as_long_as_a_body_is_not_repeated_whole() -> None:
    refused = understood_or_refused({**WHOLE, "k" * 1_000_000: 1})
    assert isinstance(refused, InvalidRequest)
    assert refused.code == "unknown_parameter"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_object_or_refused(body: bytes) -> None:
    with suppress(InvalidRequest):
        assert isinstance(parse_object(body), dict)


@given(JSON.filter(lambda value: value == value))
@settings(max_examples=200, deadline=None)
def test_an_object_survives_the_parser(value: Any) -> None:
    body = {"a": value}
    try:
        text = json.dumps(body, allow_nan=False)
    except ValueError:
        with pytest.raises(InvalidRequest):
            parse_object(json.dumps(body).encode())
        return
    try:
        assert parse_object(text.encode()) == body
    except InvalidRequest:
        assert "\\ud" in text  # half of a surrogate pair: it cannot be sent on
