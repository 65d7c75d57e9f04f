"""Functions that an answer may or must call: T66, T67, and the form of 2023."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, hello

LOOK = {
    "type": "object",
    "properties": {"what": {"type": "string"}, "times": {"type": "integer", "minimum": 2}},
    "required": ["what", "times"],
    "additionalProperties": False,
}
TOOLS: list[dict[str, Any]] = [
    {"type": "function", "function": {"name": "look", "description": "Look closely.", "parameters": LOOK}},
    {"type": "function", "function": {"name": "stop_now"}},
]
FUNCTIONS = [tool["function"] for tool in TOOLS]
NAMED = {"type": "function", "function": {"name": "stop_now"}}


def body(text: str, **more: Any) -> dict[str, Any]:
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": text}], **more}


def choice_of(http: httpx2.Client, text: str, **more: Any) -> dict[str, Any]:
    reply = http.post(CHAT, json=body(text, **more))
    assert reply.status_code == 200, reply.text
    choice: dict[str, Any] = reply.json()["choices"][0]
    return choice


def calls_of(choice: dict[str, Any]) -> list[tuple[str, Any]]:
    assert choice["message"]["content"] is None
    calls = choice["message"]["tool_calls"]
    assert all(set(call) == {"id", "type", "function"} and call["id"].startswith("call_") for call in calls)
    assert len({call["id"] for call in calls}) == len(calls)
    return [(call["function"]["name"], json.loads(call["function"]["arguments"])) for call in calls]


def test_t66_a_named_function_is_called_and_the_answer_ends_with_stop(http: httpx2.Client) -> None:
    choice = choice_of(http, "Hello!", tools=TOOLS, tool_choice=NAMED)
    assert calls_of(choice) == [("stop_now", {})]
    assert choice["finish_reason"] == "stop"


def test_t66_required_calls_a_function_with_arguments_of_its_schema(http: httpx2.Client) -> None:
    choice = choice_of(http, "Hello!", tools=TOOLS, tool_choice="required")
    assert calls_of(choice) == [("look", {"what": "Hello!", "times": 2})]
    assert choice["finish_reason"] == "tool_calls"


@pytest.mark.parametrize(("text", "more"), [("Please look", {"tool_choice": "none"}), ("Hello!", {})])
def test_t66_none_and_an_auto_that_needs_no_function_answer_in_plain_text(
    http: httpx2.Client, text: str, more: dict[str, Any]
) -> None:
    choice = choice_of(http, text, tools=TOOLS, **more)
    assert choice["message"]["content"] == text
    assert "tool_calls" not in choice["message"]
    assert choice["finish_reason"] == "stop"


@pytest.mark.parametrize(("parallel", "names"), [(None, ["look", "stop_now"]), (False, ["look"])])
def test_auto_calls_what_is_wanted_and_one_alone_if_calls_must_not_be_parallel(
    http: httpx2.Client, parallel: bool | None, names: list[str]
) -> None:
    choice = choice_of(http, "look then stop_now", tools=TOOLS, parallel_tool_calls=parallel)
    assert [name for name, _ in calls_of(choice)] == names
    assert choice["finish_reason"] == "tool_calls"


def test_t59_the_sdk_streams_calls_with_each_id_and_name_once(sdk: openai.OpenAI, http: httpx2.Client) -> None:
    asked: Any = body("look then stop_now", tools=TOOLS)
    with sdk.chat.completions.stream(**asked) as stream:
        final = stream.get_final_completion().choices[0]
    assert final.finish_reason == "tool_calls"
    assert final.message.content in (None, "")
    assert final.message.tool_calls is not None
    whole = calls_of(choice_of(http, "look then stop_now", tools=TOOLS))
    assert [(call.function.name, json.loads(call.function.arguments)) for call in final.message.tool_calls] == whole
    assert all(call.id.startswith("call_") and len(call.id) == 29 for call in final.message.tool_calls)


def test_arguments_that_max_tokens_cuts_say_length(http: httpx2.Client) -> None:
    choice = choice_of(http, "Hello!", tools=TOOLS, tool_choice="required", max_tokens=3)
    assert choice["finish_reason"] == "length"
    assert choice["message"]["tool_calls"][0]["function"]["arguments"].startswith('{"what":')


def test_functions_of_2023_answer_with_function_call(http: httpx2.Client) -> None:
    auto = choice_of(http, "Please look", functions=FUNCTIONS)
    assert auto["finish_reason"] == "function_call"
    assert auto["message"]["function_call"]["name"] == "look"
    assert json.loads(auto["message"]["function_call"]["arguments"])["times"] == 2
    named = choice_of(http, "Hello!", functions=FUNCTIONS, function_call={"name": "stop_now"})
    assert (named["finish_reason"], named["message"]["function_call"]["name"]) == ("stop", "stop_now")


def test_functions_of_2023_stream(http: httpx2.Client) -> None:
    events = http.post(CHAT, json=body("Please look", functions=FUNCTIONS, stream=True)).text.split("\n\n")
    chunks = [json.loads(event.removeprefix("data: ")) for event in events if event.startswith("data: {")]
    pieces = [chunk["choices"][0]["delta"].get("function_call", {}) for chunk in chunks]
    assert [piece["name"] for piece in pieces if "name" in piece] == ["look"]
    assert json.loads("".join(piece.get("arguments", "") for piece in pieces))["what"] == "Please look"


def test_t67_a_round_trip_with_content_null_is_answered(sdk: openai.OpenAI) -> None:
    asked: Any = body("Please look", tools=TOOLS)
    message = sdk.chat.completions.create(**asked).choices[0].message
    assert message.tool_calls is not None
    result: Any = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": "a cat"}
    said: Any = {"role": "assistant", "content": None, "tool_calls": [call.model_dump() for call in message.tool_calls]}
    last: Any = {"role": "user", "content": "And now?"}
    again = sdk.chat.completions.create(
        model="gpt-4o", messages=[*asked["messages"], said, result, last], tools=asked["tools"]
    )
    assert again.choices[0].message.content == "And now?"


def test_the_functions_are_part_of_the_bill(http: httpx2.Client) -> None:
    plain, tools = (http.post(CHAT, json=hello(**more)).json()["usage"] for more in ({}, {"tools": TOOLS}))
    assert tools["prompt_tokens"] > plain["prompt_tokens"]


OBJECT = "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'."
STRICT = {"name": "f", "strict": True, "parameters": {"type": "object", "properties": {}}}


@pytest.mark.parametrize(
    ("more", "message", "param", "code"),
    [
        (
            {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "array"}}}]},
            f"Invalid schema for function 'f': {OBJECT}",
            "tools[0].function.parameters",
            "invalid_function_parameters",
        ),
        (
            {"tools": [{"type": "function", "function": STRICT}]},
            "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to "
            "be false.",
            "tools[0].function.parameters",
            "invalid_function_parameters",
        ),
        (
            {"tools": [{"type": "function", "function": {}}]},
            "Missing required parameter: 'tools[0].function.name'.",
            "tools[0].function.name",
            "missing_required_parameter",
        ),
        (
            {"tools": [{"type": "function", "function": {"name": "a b"}}]},
            "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the "
            "pattern '^[A-Za-z0-9_-]+$'.",
            "tools[0].function.name",
            "invalid_value",
        ),
        (
            {"tools": [{"type": "custom", "custom": {"name": "a"}}]},
            "Invalid value: 'custom'. Supported values are: 'function'.",
            "tools[0].type",
            "invalid_value",
        ),
        (
            {"tools": TOOLS * 65},
            "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length "
            "130 instead.",
            "tools",
            "array_above_max_length",
        ),
        (
            {"tools": TOOLS, "tool_choice": "always"},
            "Invalid value: 'always'. Supported values are: 'none', 'auto', and 'required'.",
            "tool_choice",
            "invalid_value",
        ),
        (
            {"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "nope"}}},
            "Tool choice 'nope' not found in 'tools' parameter.",
            "tool_choice",
            "invalid_value",
        ),
        (
            {"tool_choice": "required"},
            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
            "tool_choice",
            None,
        ),
        (
            {"tools": TOOLS, "functions": FUNCTIONS},
            "Setting 'tools' and 'functions' at the same time is not supported.",
            "tools",
            "invalid_parameter_combination",
        ),
    ],
)
def test_what_cannot_be_called_is_refused_by_name(
    http: httpx2.Client, more: dict[str, Any], message: str, param: str, code: str | None
) -> None:
    reply = http.post(CHAT, json=hello(**more))
    error = reply.json()["error"]
    assert (reply.status_code, error["message"], error["param"], error["code"]) == (400, message, param, code)
