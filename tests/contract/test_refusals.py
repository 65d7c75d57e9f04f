"""How a chat request is refused, in the contract's words: T12, T38-T49, T52-T54."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from serving import CHAT, ask, data_url, hello, image_part, picture, says

TINY = image_part(data_url(picture(10, 10)))
CONTENT = "messages[0].content"
PART_TYPES = "'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'"
ROLES = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'"


def refusal(http: httpx2.Client, body: Any, status: int = 400) -> dict[str, Any]:
    reply = http.post(CHAT, json=body)
    assert reply.status_code == status, reply.text
    assert set(reply.json()) == {"error"}
    error: dict[str, Any] = reply.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    return error


def user(content: Any) -> dict[str, Any]:
    return says({"role": "user", "content": content})


@pytest.mark.parametrize(
    ("body", "message", "param", "code"),
    [
        pytest.param(
            user([{"type": "image_url", "image_url": {}}]),
            f"Missing required parameter: '{CONTENT}[0].image_url.url'.",
            f"{CONTENT}[0].image_url.url",
            "missing_required_parameter",
            id="t38 image_url without url",
        ),
        pytest.param(
            user([{"type": "image_url", "image_url": 5}]),
            f"Invalid type for '{CONTENT}[0].image_url': expected an object, but got an integer instead.",
            f"{CONTENT}[0].image_url",
            "invalid_type",
            id="image_url a number",
        ),
        pytest.param(
            user(["Look", TINY]),
            f"Invalid type for '{CONTENT}[0]': expected an object, but got a string instead.",
            f"{CONTENT}[0]",
            "invalid_type",
            id="string among the parts",
        ),
        pytest.param(
            user([{"type": "text", "text": "a"}, {"type": "image"}]),
            f"Invalid value: 'image'. Supported values are: {PART_TYPES}.",
            f"{CONTENT}[1].type",
            "invalid_value",
            id="t39 unknown part",
        ),
        pytest.param(
            user([{"text": "a"}]),
            f"Missing required parameter: '{CONTENT}[0].type'.",
            f"{CONTENT}[0].type",
            "missing_required_parameter",
            id="part without type",
        ),
        pytest.param(
            user([{"type": "input_audio", "input_audio": {"data": "", "format": "wav"}}]),
            "Unsupported value: a content part of type 'input_audio' is not supported with this model.",
            f"{CONTENT}[0].type",
            "unsupported_value",
            id="audio",
        ),
        pytest.param(
            user([]),
            f"Invalid '{CONTENT}': empty array. Expected an array with minimum length 1, but got an empty array "
            "instead.",
            CONTENT,
            "empty_array",
            id="t40 content empty",
        ),
        pytest.param(
            user(5),
            f"Invalid type for '{CONTENT}': expected one of a string or array of objects, but got an integer instead.",
            CONTENT,
            "invalid_type",
            id="content a number",
        ),
        pytest.param(
            user([{"type": "text", "text": "a", "bold": True}]),
            f"Unknown parameter: '{CONTENT}[0].bold'.",
            f"{CONTENT}[0].bold",
            "unknown_parameter",
            id="unknown key of a part",
        ),
        pytest.param(
            {"model": "gpt-4o", "messages": []},
            "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
            "messages",
            "empty_array",
            id="t41 messages empty",
        ),
        pytest.param(
            {"model": "gpt-4o"},
            "Missing required parameter: 'messages'.",
            "messages",
            "missing_required_parameter",
            id="t41 messages missing",
        ),
        pytest.param(
            {"model": "gpt-4o", "messages": "Hello!"},
            "Invalid type for 'messages': expected an array of objects, but got a string instead.",
            "messages",
            "invalid_type",
            id="messages a string",
        ),
        pytest.param(
            {"messages": []}, "you must provide a model parameter", None, None, id="t42 model missing comes first"
        ),
        pytest.param(hello(model=""), "you must provide a model parameter", None, None, id="t42 model empty"),
        pytest.param(hello(model=None), "you must provide a model parameter", None, None, id="t42 model null"),
        pytest.param(
            hello(model=4),
            "Invalid type for 'model': expected a string, but got an integer instead.",
            "model",
            "invalid_type",
            id="model a number",
        ),
        pytest.param(
            says({"role": "robot", "content": "a"}),
            f"Invalid value: 'robot'. Supported values are: {ROLES}.",
            "messages[0].role",
            "invalid_value",
            id="unknown role",
        ),
        pytest.param(
            says({"content": "a"}),
            "Missing required parameter: 'messages[0].role'.",
            "messages[0].role",
            "missing_required_parameter",
            id="no role",
        ),
        pytest.param(
            hello(foo=1, temperature=3),
            "Unknown parameter: 'foo'.",
            "foo",
            "unknown_parameter",
            id="t46 unknown key comes before ranges",
        ),
        pytest.param(
            hello(temperature=3),
            "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
            "temperature",
            "decimal_above_max_value",
            id="t47 temperature 3",
        ),
        pytest.param(
            hello(temperature=-1),
            "Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -1 instead.",
            "temperature",
            "decimal_below_min_value",
            id="t47 temperature -1",
        ),
        pytest.param(
            hello(temperature="hot"),
            "Invalid type for 'temperature': expected a decimal, but got a string instead.",
            "temperature",
            "invalid_type",
            id="t47 temperature hot",
        ),
        pytest.param(
            hello(temperature=True),
            "Invalid type for 'temperature': expected a decimal, but got a boolean instead.",
            "temperature",
            "invalid_type",
            id="temperature true",
        ),
        pytest.param(
            hello(n=0),
            "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.",
            "n",
            "integer_below_min_value",
            id="t48 n 0",
        ),
        pytest.param(
            hello(n=200),
            "Invalid 'n': integer above maximum value. Expected a value <= 128, but got 200 instead.",
            "n",
            "integer_above_max_value",
            id="t48 n 200",
        ),
        pytest.param(
            hello(stop=["a", "b", "c", "d", "e"]),
            "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 "
            "instead.",
            "stop",
            "array_above_max_length",
            id="t49 five stops",
        ),
        pytest.param(
            hello(stop=5),
            "Invalid type for 'stop': expected one of a string or array of strings, but got an integer instead.",
            "stop",
            "invalid_type",
            id="stop a number",
        ),
        pytest.param(
            hello(stop=["a", "b" * 1001]),
            "Invalid 'stop[1]': string too long. Expected a string with maximum length 1000, but got a string with "
            "length 1001 instead.",
            "stop[1]",
            "string_above_max_length",
            id="long stop",
        ),
        pytest.param(
            hello(max_tokens=5, max_completion_tokens=5),
            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
            "max_tokens",
            "invalid_parameter_combination",
            id="t52 both limits",
        ),
        pytest.param(
            hello(max_tokens=1.5),
            "Invalid type for 'max_tokens': expected an integer, but got a decimal number instead.",
            "max_tokens",
            "invalid_type",
            id="max_tokens 1.5",
        ),
        pytest.param(
            hello(max_tokens=0),
            "Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
            "max_tokens",
            "integer_below_min_value",
            id="max_tokens 0",
        ),
        pytest.param(
            hello(stream_options={"include_usage": True}),
            "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
            "stream_options",
            None,
            id="t57 stream_options alone",
        ),
        pytest.param(
            hello(top_logprobs=3),
            "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
            "top_logprobs",
            None,
            id="t69 top_logprobs alone",
        ),
        pytest.param(
            hello(response_format={"type": "json_object"}),
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
            "messages",
            None,
            id="t62 no json word",
        ),
        pytest.param(
            hello(response_format={"type": "json_schema"}),
            "Missing required parameter: 'response_format.json_schema'.",
            "response_format.json_schema",
            "missing_required_parameter",
            id="no schema",
        ),
        pytest.param(
            says({"role": "tool", "tool_call_id": "x", "content": "a"}),
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with "
            "'tool_calls'.",
            "messages.[0].role",
            None,
            id="t68 orphan tool message",
        ),
        pytest.param(
            hello(metadata={"a": "b" * 513}),
            "Invalid 'metadata.a': string too long. Expected a string with maximum length 512, but got a string with "
            "length 513 instead.",
            "metadata.a",
            "string_above_max_length",
            id="metadata too long",
        ),
    ],
)
def test_t38_to_t57_a_refusal_has_the_words_the_path_and_the_code_of_the_contract(
    http: httpx2.Client, body: Any, message: str, param: str | None, code: str | None
) -> None:
    error = refusal(http, body)
    assert (error["message"], error["param"], error["code"]) == (message, param, code)


def test_t12_an_unknown_detail_names_its_place(http: httpx2.Client) -> None:
    error = refusal(http, ask("Look", image_part("https://example.com/a.png", "ultra")))
    assert error["code"] == "invalid_value"
    assert error["param"] == f"{CONTENT}[1].image_url.detail"
    assert error["message"].startswith("Invalid value: 'ultra'. Supported values are: 'low', 'high', 'auto'")


def test_t43_an_unknown_model_is_not_found(http: httpx2.Client) -> None:
    error = refusal(http, hello(model="gpt-9"), 404)
    assert error["message"] == "The model `gpt-9` does not exist or you do not have access to it."
    assert error["code"] == "model_not_found"


@pytest.mark.parametrize(
    "body",
    [
        b"{bad",
        b"",
        b"[]",
        b"5",
        b'{"model": NaN}',
        b'{"model": "a"} x',
        b'{"model": "\xff"}',
        b'{"model": "\\ud800", "messages": [{"role": "user", "content": "a"}]}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
    ],
)
def test_t44_what_is_not_a_json_object_gets_the_parse_message(http: httpx2.Client, body: bytes) -> None:
    reply = http.post(CHAT, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert reply.json()["error"]["message"].startswith("We could not parse the JSON body of your request.")


def test_deep_or_wide_json_is_refused(http: httpx2.Client) -> None:
    deep = b'{"a":' * 65 + b"1" + b"}" * 65
    wide = b"{" + b",".join(b'"%d":1' % at for at in range(10_001)) + b"}"
    many = b'{"a":[' + b"[]," * 400_000 + b"[]]}"
    for body in (deep, wide, many):
        reply = http.post(CHAT, content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code == 400
        assert reply.json()["error"]["message"].startswith("The JSON body")


@pytest.mark.parametrize(("model", "n_words"), [("org/echo-small", 60), ("gpt-4o", 100_000)])
def test_t54_a_prompt_over_the_context_is_refused(http: httpx2.Client, model: str, n_words: int) -> None:
    error = refusal(http, {"model": model, "messages": [{"role": "user", "content": "word " * n_words}]})
    assert (error["param"], error["code"]) == ("messages", "context_length_exceeded")
    assert error["message"].startswith("This model's maximum context length is ")
