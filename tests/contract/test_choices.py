"""Several answers to one request: T48, and what n above 1 means for streams, the bill and the limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, Running, hello, running
from sightline.api.settings import Settings

WORDS = {"model": "gpt-4o", "messages": [{"role": "user", "content": "one two three"}]}


def chunks_of(http: httpx2.Client, body: dict[str, Any]) -> list[dict[str, Any]]:
    events = http.post(CHAT, json={**body, "stream": True}).text.split("\n\n")
    return [json.loads(event.removeprefix("data: ")) for event in events if event.startswith("data: {")]


def test_t48_n_2_gives_two_choices(http: httpx2.Client) -> None:
    choices = http.post(CHAT, json={**WORDS, "n": 2}).json()["choices"]
    assert [choice["index"] for choice in choices] == [0, 1]
    assert [choice["message"]["content"] for choice in choices] == ["one two three", "one two three (choice 2)"]
    assert {choice["finish_reason"] for choice in choices} == {"stop"}


def test_the_most_that_openai_allows_is_answered(http: httpx2.Client) -> None:
    choices = http.post(CHAT, json={**WORDS, "n": 128}).json()["choices"]
    assert [choice["index"] for choice in choices] == list(range(128))
    assert len({choice["message"]["content"] for choice in choices}) == 128


def test_usage_is_the_sum_of_all_choices_and_counts_the_prompt_once(http: httpx2.Client) -> None:
    one, three = (http.post(CHAT, json={**WORDS, "n": n, "max_tokens": 2}).json()["usage"] for n in (1, 3))
    assert three["prompt_tokens"] == one["prompt_tokens"]
    assert three["completion_tokens"] == 3 * one["completion_tokens"]


def test_the_choices_of_a_stream_take_turns_and_are_told_apart_by_index(http: httpx2.Client) -> None:
    body = {**WORDS, "n": 3, "stream_options": {"include_usage": True}}
    *chunks, usage = chunks_of(http, body)
    choices = [choice for chunk in chunks for choice in chunk["choices"]]
    assert [choice["delta"].get("role") for choice in choices[:3]] == ["assistant"] * 3
    pieces = [choice for choice in choices if choice["delta"].get("content")]
    assert [piece["index"] for piece in pieces[:6]] == [0, 1, 2, 0, 1, 2]
    whole = http.post(CHAT, json={**WORDS, "n": 3}).json()
    for choice in whole["choices"]:
        mine = [piece["delta"]["content"] for piece in pieces if piece["index"] == choice["index"]]
        assert "".join(mine) == choice["message"]["content"]
    assert [choice["index"] for choice in choices if choice["finish_reason"]] == [0, 1, 2]
    assert ["sightline" in chunk for chunk in chunks].count(True) == 1
    assert usage["usage"] == whole["usage"]


def test_each_choice_ends_at_its_own_stop_string(http: httpx2.Client) -> None:
    choices = http.post(CHAT, json={**WORDS, "n": 2, "stop": "(choice"}).json()["choices"]
    assert [choice["message"]["content"] for choice in choices] == ["one two three", "one two three "]


def test_the_sdk_puts_every_choice_together(sdk: openai.OpenAI) -> None:
    with sdk.chat.completions.stream(model="gpt-4o", messages=[{"role": "user", "content": "Hello you"}], n=2) as it:
        final = it.get_final_completion()
    assert [choice.message.content for choice in final.choices] == ["Hello you", "Hello you (choice 2)"]


@pytest.fixture(scope="module")
def small() -> Iterator[Running]:
    with running(Settings(port=0, playground=False, max_choices=2)) as it:
        yield it


def test_a_server_may_allow_fewer(small: Running) -> None:
    assert len(httpx2.post(small.url + CHAT, json=hello(n=2)).json()["choices"]) == 2
    error = httpx2.post(small.url + CHAT, json=hello(n=3)).json()["error"]
    assert (error["param"], error["code"]) == ("n", "integer_above_max_value")
    assert error["message"].endswith("Expected a value <= 2, but got 3 instead.")
