"""Streams: T55-T61. And: the answer that does not stream is the same answer."""

from __future__ import annotations

import json
import socket
from typing import Any

import httpx2
import openai
import pytest

from serving import Running, ask, data_url, image_part, picture, until

CHAT = "/v1/chat/completions"
HELLO = [{"role": "user", "content": "Hello you, how are you?"}]


def lines_of(http: httpx2.Client, body: dict[str, Any]) -> list[str]:
    reply = http.post(CHAT, json={**body, "stream": True})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert reply.headers["cache-control"] == "no-cache"
    assert reply.headers["x-accel-buffering"] == "no"
    return reply.text.split("\n\n")


def chunks_of(http: httpx2.Client, body: dict[str, Any]) -> list[dict[str, Any]]:
    *events, done, nothing = lines_of(http, body)
    assert (done, nothing) == ("data: [DONE]", "")
    assert all(event.startswith("data: {") and "\n" not in event for event in events)
    return [json.loads(event.removeprefix("data: ")) for event in events]


def text_of(chunks: list[dict[str, Any]]) -> str:
    return "".join(choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"])


@pytest.mark.parametrize(
    ("model", "name"), [("gpt-4o", "gpt-4o"), ("gpt-4-vision-preview", "gpt-4-1106-vision-preview")]
)
def test_t55_a_stream_begins_with_the_role_and_ends_with_the_reason(http: httpx2.Client, model: str, name: str) -> None:
    chunks = chunks_of(http, {"model": model, "messages": HELLO})
    first, *middle, last = chunks
    assert {(chunk["id"], chunk["created"], chunk["model"], chunk["object"]) for chunk in chunks} == {
        (first["id"], first["created"], name, "chat.completion.chunk")
    }
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert all(set(chunk["choices"][0]["delta"]) == {"content"} for chunk in middle)
    assert all(chunk["choices"][0]["finish_reason"] is None for chunk in (first, *middle))
    assert last["choices"][0]["delta"] == {}
    assert last["choices"][0]["finish_reason"] == "stop"
    assert ("finish_details" in last["choices"][0]) == (name != model)
    assert last["sightline"]["images"] == []
    assert not any("usage" in chunk for chunk in chunks)


def test_t56_usage_comes_once_at_the_end_and_equals_the_whole_reply(http: httpx2.Client) -> None:
    body = ask("What’s in this image?", image_part(data_url(picture())))
    whole = http.post(CHAT, json=body).json()
    *chunks, last = chunks_of(http, {**body, "stream_options": {"include_usage": True}})
    assert all(chunk["usage"] is None for chunk in chunks)
    assert last["choices"] == []
    assert last["usage"] == whole["usage"]
    assert text_of(chunks) == whole["choices"][0]["message"]["content"]


@pytest.mark.parametrize("more", [{}, {"max_tokens": 3}, {"stop": ["and one"]}, {"stop": "bird", "max_tokens": 8}])
def test_the_whole_answer_is_the_streamed_pieces_joined(http: httpx2.Client, more: dict[str, Any]) -> None:
    body = {"model": "echo-cat", "messages": HELLO, **more}
    whole = http.post(CHAT, json=body).json()["choices"][0]
    chunks = chunks_of(http, body)
    assert text_of(chunks) == whole["message"]["content"]
    assert chunks[-1]["choices"][0]["finish_reason"] == whole["finish_reason"]


def test_t58_a_bad_picture_is_refused_before_the_stream_begins(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=ask("Look", image_part("data:image/png;base64,###"), stream=True))
    assert reply.status_code == 400
    assert reply.headers["content-type"].startswith("application/json")
    assert reply.json()["error"]["code"] == "invalid_base64_image"


def test_t59_the_sdk_puts_the_stream_together(sdk: openai.OpenAI) -> None:
    with sdk.chat.completions.stream(model="gpt-4o", messages=[{"role": "user", "content": "Hello you"}]) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.role == "assistant"
    assert final.choices[0].message.content == "Hello you"


def test_t60_a_fault_in_the_middle_becomes_an_error_event_and_no_done(http: httpx2.Client, sdk: openai.OpenAI) -> None:
    *events, error, nothing = lines_of(http, {"model": "echo-fault", "messages": HELLO})
    assert len(events) == 3  # the role and two words
    assert nothing == ""
    assert set(json.loads(error.removeprefix("data: "))["error"]) == {"message", "type", "param", "code"}
    with pytest.raises(openai.APIError):
        list(
            sdk.chat.completions.create(
                model="echo-fault", messages=[{"role": "user", "content": "a b c d"}], stream=True
            )
        )


def test_a_fault_without_a_stream_is_a_500_that_tells_nothing(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json={"model": "echo-fault", "messages": HELLO})
    assert reply.status_code == 500
    assert reply.json()["error"]["type"] == "server_error"
    assert "echo" not in reply.json()["error"]["message"]
    assert reply.headers["x-should-retry"] == "false"


@pytest.mark.parametrize("stream", [True, False])
def test_t61_who_leaves_stops_the_work_and_frees_the_place(server: Running, stream: bool) -> None:
    engine = server.engines["echo-slow"]
    payload = json.dumps({"model": "echo-slow", "messages": HELLO, "stream": stream}).encode()
    head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as caller:
        caller.sendall(f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload)
        until(lambda: engine.n_running == 1, 5)
        if stream:
            assert caller.recv(100).startswith(b"HTTP/1.1 200")
    assert until(lambda: engine.n_running == 0, 5) < 0.5
    assert server.chat.n_inside("echo-slow") == 0
