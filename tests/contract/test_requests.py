"""What a chat request may say: T14-T20, T50-T53, T62, T70, T87."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from serving import CHAT, ask, data_url, hello, image_part, picture, says

TINY = image_part(data_url(picture(10, 10)))


def test_t14_t15_text_alone_costs_what_openai_publishes(http: httpx2.Client) -> None:
    system = {"role": "system", "content": "You are a helpful assistant."}
    user = {"role": "user", "content": "Hello!"}
    assert http.post(CHAT, json=says(user)).json()["usage"]["prompt_tokens"] == 9
    assert http.post(CHAT, json=says(system, user)).json()["usage"]["prompt_tokens"] == 19


CALL = {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{}"}}


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([{"role": "system", "content": [{"type": "text", "text": "Be brief."}]}], id="t16 system parts"),
        pytest.param([{"role": "developer", "content": "Be brief."}], id="t17 developer"),
        pytest.param([{"role": "assistant", "content": [TINY]}], id="t18 picture in an assistant turn"),
        pytest.param([{"role": "system", "content": [TINY]}], id="t19 picture in a system message"),
        pytest.param(
            [
                {"role": "assistant", "content": None, "tool_calls": [CALL]},
                {"role": "tool", "tool_call_id": "call_1", "content": [{"type": "text", "text": "a cat"}]},
            ],
            id="t20 tool message with parts",
        ),
        pytest.param([{"role": "function", "name": "look", "content": "a cat"}], id="function message"),
        pytest.param([{"role": "assistant"}, {"role": "user", "content": None}], id="content absent or null"),
        pytest.param([{"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}], id="refusal part"),
    ],
)
def test_t16_to_t20_every_role_may_speak(http: httpx2.Client, messages: list[dict[str, Any]]) -> None:
    reply = http.post(CHAT, json=says(*messages, {"role": "user", "content": "And now?"}))
    assert reply.status_code == 200, reply.text
    assert reply.json()["choices"][0]["message"]["content"] == "And now?"


def test_null_is_the_same_as_absent(http: httpx2.Client) -> None:
    words = (
        "max_tokens max_completion_tokens temperature top_p n stop stream stream_options presence_penalty "
        "frequency_penalty logit_bias logprobs top_logprobs seed response_format tools tool_choice "
        "parallel_tool_calls functions function_call user metadata store service_tier reasoning_effort verbosity "
        "prediction moderation prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier "
        "modalities audio web_search_options"
    )
    names = words.split()
    assert len(names) + 2 == 37  # every field of the contract
    assert http.post(CHAT, json=hello(**dict.fromkeys(names))).status_code == 200


def test_fields_without_effect_here_are_accepted(http: httpx2.Client) -> None:
    accepted = {
        "user": "me",
        "metadata": {"a": "b"},
        "store": True,
        "service_tier": "flex",
        "reasoning_effort": "low",
        "verbosity": "high",
        "prediction": {"type": "content", "content": "a"},
        "prompt_cache_key": "k",
        "safety_identifier": "s",
        "modalities": ["text"],
        "logprobs": False,
        "stream": False,
        "n": 1,
        "response_format": {"type": "text"},
    }
    assert http.post(CHAT, json=hello(**accepted)).status_code == 200


@pytest.mark.parametrize(("stop", "text"), [("cat", "one dog and one "), ([" bird", "t and"], "one dog and one ca")])
def test_t50_the_answer_ends_before_a_stop_string(http: httpx2.Client, stop: Any, text: str) -> None:
    choice = http.post(CHAT, json=hello(model="echo-cat", stop=stop)).json()["choices"][0]
    assert choice["message"]["content"] == text
    assert choice["finish_reason"] == "stop"


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_t51_max_tokens_bounds_the_answer_and_the_bill(http: httpx2.Client, name: str) -> None:
    long = {"role": "user", "content": "Pneumonoultramicroscopicsilicovolcanoconiosis " * 9}
    body = {"model": "gpt-4-vision-preview", "messages": [long], name: 5}
    reply = http.post(CHAT, json=body).json()
    assert reply["usage"]["completion_tokens"] <= 5
    assert reply["choices"][0]["finish_reason"] == "length"
    assert reply["choices"][0]["finish_details"] == {"type": "max_tokens"}


def test_t53_a_limit_above_the_context_is_clamped_to_it(http: httpx2.Client) -> None:
    small = http.post(CHAT, json=hello(model="org/echo-small", max_tokens=999_999))
    assert small.json()["choices"][0]["finish_reason"] == "stop"


def test_t62_a_json_object_parses(http: httpx2.Client) -> None:
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": "As JSON, please."}]}
    reply = http.post(CHAT, json={**body, "response_format": {"type": "json_object"}}).json()
    content = httpx2.Response(200, text=reply["choices"][0]["message"]["content"]).json()
    assert content == {"echo": "As JSON, please."}


def test_t70_the_same_seed_gives_the_same_text(http: httpx2.Client) -> None:
    replies = [http.post(CHAT, json=hello(seed=7, temperature=0)).json() for _ in range(2)]
    first, second = (reply["choices"][0]["message"] for reply in replies)
    assert first == second
    assert replies[0]["id"] != replies[1]["id"]


def test_t87_an_empty_text_beside_a_picture_costs_nothing(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=ask("", image_part(data_url(picture()))))
    assert reply.json()["usage"]["prompt_tokens"] == 1112
