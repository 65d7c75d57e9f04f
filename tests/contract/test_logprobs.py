"""Probabilities of tokens, and biases on them: T69 and its neighbours."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, hello

CAT = "one dog and one cat and one bird"


def tokens_of(http: httpx2.Client, **more: Any) -> list[dict[str, Any]]:
    choice = http.post(CHAT, json=hello(model="echo-cat", logprobs=True, **more)).json()["choices"][0]
    tokens: list[dict[str, Any]] = choice["logprobs"]["content"]
    assert choice["logprobs"]["refusal"] is None
    assert b"".join(bytes(token["bytes"]) for token in tokens).decode() == choice["message"]["content"]
    return tokens


def test_t69_every_token_has_its_bytes_and_no_more_alternatives_than_asked(http: httpx2.Client) -> None:
    tokens = tokens_of(http, top_logprobs=3)
    assert [token["token"] for token in tokens][:3] == ["one", " dog", " and"]
    assert all(token["logprob"] <= 0 and 1 <= len(token["top_logprobs"]) <= 3 for token in tokens)
    assert all(set(token["top_logprobs"][0]) == {"token", "logprob", "bytes"} for token in tokens)


def test_without_top_logprobs_there_are_no_alternatives_and_without_logprobs_nothing(http: httpx2.Client) -> None:
    assert all(token["top_logprobs"] == [] for token in tokens_of(http))
    assert http.post(CHAT, json=hello()).json()["choices"][0]["logprobs"] is None


@pytest.mark.parametrize(("stop", "last"), [("cat", " "), ("og and", " d"), ("one", None)])
def test_the_tokens_end_where_a_stop_string_cuts_the_text(http: httpx2.Client, stop: str, last: str | None) -> None:
    tokens = tokens_of(http, stop=stop)
    assert (tokens[-1]["token"] if tokens else None) == last


def test_a_stream_carries_the_same_tokens_beside_its_pieces(http: httpx2.Client) -> None:
    body = hello(model="echo-cat", logprobs=True, top_logprobs=1, stop="cat and one bird", n=2)
    events = http.post(CHAT, json={**body, "stream": True}).text.split("\n\n")
    chunks = [json.loads(event.removeprefix("data: ")) for event in events if event.startswith("data: {")]
    whole = http.post(CHAT, json=body).json()["choices"]
    for choice in whole:
        streamed = [
            token
            for chunk in chunks
            for piece in chunk["choices"]
            if piece["index"] == choice["index"] and piece["logprobs"]
            for token in piece["logprobs"]["content"]
        ]
        assert streamed == choice["logprobs"]["content"]
        assert streamed


def test_the_sdk_reads_them(sdk: openai.OpenAI) -> None:
    reply = sdk.chat.completions.create(
        model="echo-cat", messages=[{"role": "user", "content": "Hello!"}], logprobs=True, top_logprobs=2
    )
    logprobs = reply.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content is not None
    assert [token.token for token in logprobs.content][:2] == ["one", " dog"]


def test_a_bias_of_minus_100_keeps_a_token_out(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=hello(model="echo-cat", logit_bias={"1": -100, "3": -99, "7": 100}))
    assert reply.json()["choices"][0]["message"]["content"] == CAT.replace(" dog", "")


@pytest.mark.parametrize(
    ("bias", "message", "param", "code"),
    [
        (
            {"cat": 1},
            "Invalid key in 'logit_bias': cat. You should only be submitting non-negative integers.",
            "logit_bias",
            None,
        ),
        (
            {"-1": 1},
            "Invalid key in 'logit_bias': -1. You should only be submitting non-negative integers.",
            "logit_bias",
            None,
        ),
        (
            {"5": 101},
            "Invalid 'logit_bias.5': integer above maximum value. Expected a value <= 100, but got 101 instead.",
            "logit_bias.5",
            "integer_above_max_value",
        ),
        (
            {"5": -101},
            "Invalid 'logit_bias.5': integer below minimum value. Expected a value >= -100, but got -101 instead.",
            "logit_bias.5",
            "integer_below_min_value",
        ),
        (
            {"5": "much"},
            "Invalid type for 'logit_bias.5': expected an integer, but got a string instead.",
            "logit_bias.5",
            "invalid_type",
        ),
        (
            [5],
            "Invalid type for 'logit_bias': expected an object, but got an array instead.",
            "logit_bias",
            "invalid_type",
        ),
    ],
)
def test_a_wrong_bias_is_refused_by_name(
    http: httpx2.Client, bias: Any, message: str, param: str, code: str | None
) -> None:
    reply = http.post(CHAT, json=hello(logit_bias=bias))
    error = reply.json()["error"]
    assert (reply.status_code, error["message"], error["param"], error["code"]) == (400, message, param, code)


def test_more_alternatives_than_20_are_refused(http: httpx2.Client) -> None:
    error = http.post(CHAT, json=hello(logprobs=True, top_logprobs=21)).json()["error"]
    assert (error["param"], error["code"]) == ("top_logprobs", "integer_above_max_value")
