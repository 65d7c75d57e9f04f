"""Functions and probabilities in `/v1/responses`, through the official client and by hand."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest

from serving import data_url, picture

RESPONSES = "/v1/responses"
LOOK: dict[str, Any] = {
    "type": "function",
    "name": "look",
    "description": "Look closely.",
    "parameters": {
        "type": "object",
        "properties": {"what": {"type": "string"}, "times": {"type": "integer", "minimum": 2}},
        "required": ["what", "times"],
        "additionalProperties": False,
    },
    "strict": True,
}
STOP: dict[str, Any] = {"type": "function", "name": "stop_now"}
TOOLS = [LOOK, STOP]
LOGPROBS = ["message.output_text.logprobs"]


def asked(text: str = "Hello!", **more: Any) -> dict[str, Any]:
    return {"model": "gpt-4o", "input": text, "tools": TOOLS, **more}


def calls_of(reply: dict[str, Any]) -> list[tuple[str, Any]]:
    assert all(item["type"] == "function_call" and item["status"] == "completed" for item in reply["output"])
    assert all(item["id"][:3] == "fc_" and item["call_id"][:5] == "call_" for item in reply["output"])
    assert len({item["call_id"] for item in reply["output"]}) == len(reply["output"])
    return [(item["name"], json.loads(item["arguments"])) for item in reply["output"]]


def answered(http: httpx2.Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = http.post(RESPONSES, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


@pytest.mark.parametrize(
    ("text", "choice", "called"),
    [
        ("Hello!", "required", [("look", {"what": "Hello!", "times": 2})]),
        ("look then stop_now", "auto", [("look", {"what": "look then stop_now", "times": 2}), ("stop_now", {})]),
        ("look", {"type": "function", "name": "stop_now"}, [("stop_now", {})]),
        (
            "look then stop_now",
            {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "function", "name": "stop_now"}]},
            [("stop_now", {})],
        ),
        (
            "Hello!",
            {"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "stop_now"}]},
            [("stop_now", {})],
        ),
    ],
)
def test_a_function_is_called_as_the_choice_says(
    http: httpx2.Client, text: str, choice: Any, called: list[Any]
) -> None:
    reply = answered(http, asked(text, tool_choice=choice))
    assert calls_of(reply) == called
    assert (reply["status"], reply["tools"], reply["tool_choice"]) == ("completed", TOOLS, choice)


@pytest.mark.parametrize(("text", "more"), [("Please look", {"tool_choice": "none"}), ("Hello!", {})])
def test_none_and_an_auto_that_needs_no_function_answer_in_text(
    http: httpx2.Client, text: str, more: dict[str, Any]
) -> None:
    (message,) = answered(http, asked(text, **more))["output"]
    assert (message["type"], message["content"][0]["text"]) == ("message", text)


def test_one_call_alone_if_calls_must_not_be_parallel(http: httpx2.Client) -> None:
    reply = answered(http, asked("look then stop_now", parallel_tool_calls=False))
    assert [name for name, _ in calls_of(reply)] == ["look"]


def test_a_stream_builds_each_call_under_one_id_and_the_sdk_agrees_with_the_whole(sdk: openai.OpenAI) -> None:
    kinds: list[str] = []
    pieces: dict[str, str] = {}
    with sdk.responses.stream(**asked("look then stop_now")) as stream:
        for at, event in enumerate(stream):
            kinds.append(event.type)
            assert event.sequence_number == at
            if event.type == "response.function_call_arguments.delta":
                pieces[event.item_id] = pieces.get(event.item_id, "") + event.delta
            if event.type == "response.function_call_arguments.done":
                assert pieces.get(event.item_id, "") == event.arguments
        final = stream.get_final_response()
    assert {item.id: item.arguments for item in final.output if item.type == "function_call"} == pieces
    assert kinds[:3] == ["response.created", "response.in_progress", "response.output_item.added"]
    assert kinds[-3:] == [
        "response.function_call_arguments.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert kinds.count("response.output_item.added") == kinds.count("response.output_item.done") == 2
    assert "response.output_text.delta" not in kinds


def test_the_round_of_a_call_goes_on_from_the_stored_response(sdk: openai.OpenAI) -> None:
    first = sdk.responses.create(**asked("look"))
    (call,) = first.output
    assert call.type == "function_call"
    seen: Any = [{"type": "input_image", "image_url": data_url(picture(8, 8))}]
    result: Any = [{"type": "function_call_output", "call_id": call.call_id, "output": seen}]
    again: Any = {"model": "gpt-4o", "previous_response_id": first.id, "input": result}
    then = sdk.responses.create(**again)
    assert then.model_extra is not None
    assert len(then.model_extra["sightline"]["images"]) == 1
    assert then.output_text


def test_functions_are_counted_before_and_charged_after_alike(http: httpx2.Client) -> None:
    counted = http.post(f"{RESPONSES}/input_tokens", json=asked()).json()["input_tokens"]
    without = http.post(f"{RESPONSES}/input_tokens", json={"model": "gpt-4o", "input": "Hello!"}).json()["input_tokens"]
    assert counted == answered(http, asked())["usage"]["input_tokens"] > without


@pytest.mark.parametrize("more", [{"include": LOGPROBS, "top_logprobs": 1}, {"top_logprobs": 1}, {"include": LOGPROBS}])
def test_every_token_has_its_probability_if_that_is_asked_for(http: httpx2.Client, more: dict[str, Any]) -> None:
    reply = answered(http, {"model": "gpt-4o", "input": "two words", **more})
    tokens = reply["output"][0]["content"][0]["logprobs"]
    assert "".join(token["token"] for token in tokens) == "two words"
    n_others = more.get("top_logprobs", 0)
    assert all(token["logprob"] <= 0 and len(token["top_logprobs"]) == n_others for token in tokens)
    streamed = http.post(RESPONSES, json={"model": "gpt-4o", "input": "two words", "stream": True, **more}).text
    events = [json.loads(line[6:]) for line in streamed.splitlines() if line.startswith("data: ")]
    pieces = [event for event in events if event["type"] == "response.output_text.delta"]
    assert [token for piece in pieces for token in piece["logprobs"]] == tokens


def test_without_being_asked_no_probability_is_told(http: httpx2.Client) -> None:
    assert answered(http, {"model": "gpt-4o", "input": "x"})["output"][0]["content"][0]["logprobs"] == []


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"tools": [{"type": "function"}]}, "tools[0].name", "missing_required_parameter"),
        ({"tools": [{"type": "web_search", "filters": {}}]}, "tools[0].type", "invalid_value"),
        ({"tools": [{**LOOK, "name": "no spaces"}]}, "tools[0].name", "invalid_value"),
        ({"tools": [{**LOOK, "parameters": {"type": "string"}}]}, "tools[0].parameters", "invalid_function_parameters"),
        ({"tools": [{**LOOK, "defer_loading": True}]}, "tools[0].defer_loading", "unknown_parameter"),
        ({"tools": [], "tool_choice": "required"}, "tool_choice", None),
        ({"tool_choice": {"type": "function", "name": "fly"}}, "tool_choice", "invalid_value"),
        ({"tool_choice": {"type": "web_search"}}, "tool_choice.type", "invalid_value"),
        ({"tool_choice": "maybe"}, "tool_choice", "invalid_value"),
    ],
)
def test_a_function_that_cannot_be_called_is_refused_by_name(
    http: httpx2.Client, more: dict[str, Any], param: str, code: str | None
) -> None:
    reply = http.post(RESPONSES, json=asked(**more))
    assert reply.status_code == 400, reply.text
    error = reply.json()["error"]
    assert (error["param"], error["code"]) == (param, code)
