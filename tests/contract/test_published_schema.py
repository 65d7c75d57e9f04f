"""What the server replies fits OpenAI's published schema, as its own client carries it: strictly, with no coercion.

The client's types are made from OpenAI's OpenAPI document. It never checks a reply against them; here they do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from openai.types import Batch, Completion, FileDeleted, FileObject, Model
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from openai.types.responses.input_token_count_response import InputTokenCountResponse
from pydantic import TypeAdapter

from serving import CHAT, data_url, picture, running
from sightline.api.settings import Settings

TOOL = {"name": "look", "parameters": {"type": "object", "properties": {"what": {"type": "string"}}}}
SCHEMA = {
    "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False,
}  # fmt: skip
CHATS: dict[str, dict[str, Any]] = {
    "plain": {},
    "two choices with probabilities": {"n": 2, "logprobs": True, "top_logprobs": 2},
    "a call": {"tools": [{"type": "function", "function": TOOL}], "tool_choice": "required"},
    "a call of 2023": {"functions": [TOOL], "function_call": {"name": "look"}},
    "cut": {"max_tokens": 1},
    "a schema": {
        "response_format": {"type": "json_schema", "json_schema": {"name": "s", "strict": True, "schema": SCHEMA}}
    },
}
RESPONSES: dict[str, dict[str, Any]] = {
    "plain": {},
    "probabilities": {"include": ["message.output_text.logprobs"], "top_logprobs": 2},
    "calls": {"tools": [{"type": "function", **TOOL, "strict": False}], "tool_choice": "required"},
    "one function": {
        "tools": [{"type": "function", **TOOL, "strict": False}],
        "tool_choice": {"type": "function", "name": "look"},
    },
    "cut": {"max_output_tokens": 16, "input": "word " * 40},
    "a schema": {"text": {"format": {"type": "json_schema", "name": "s", "strict": True, "schema": SCHEMA}}},
}


def fits(kind: Any, data: str | bytes) -> None:
    """Raise pydantic's error if `data` is not strictly a `kind`."""
    TypeAdapter(kind).validate_json(data, strict=True)


def events_of(text: str) -> list[str]:
    return [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: {")]


def chat(more: dict[str, Any]) -> dict[str, Any]:
    parts = [
        {"type": "text", "text": "What is in this image?"},
        {"type": "image_url", "image_url": {"url": data_url(picture(64, 48)), "detail": "low"}},
    ]
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": parts}], **more}


@pytest.mark.parametrize("more", CHATS.values(), ids=CHATS)
@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4-vision-preview"])
def test_chat_replies_and_chunks_fit(http: httpx2.Client, model: str, more: dict[str, Any]) -> None:
    body = chat(more) | {"model": model}
    reply = http.post(CHAT, json=body)
    assert reply.status_code == 200, reply.text
    fits(ChatCompletion, reply.content)
    options = {"stream": True, "stream_options": {"include_usage": True}}
    chunks = events_of(http.post(CHAT, json=body | options).text)
    assert len(chunks) >= 3
    for chunk in chunks:
        fits(ChatCompletionChunk, chunk)


@pytest.mark.parametrize("more", RESPONSES.values(), ids=RESPONSES)
def test_responses_and_their_events_fit(http: httpx2.Client, more: dict[str, Any]) -> None:
    body = {"model": "gpt-4o", "input": "Hello!", "metadata": {"a": "b"}, **more}
    reply = http.post("/v1/responses", json=body)
    assert reply.status_code == 200, reply.text
    fits(Response, reply.content)
    events = events_of(http.post("/v1/responses", json=body | {"stream": True}).text)
    assert json.loads(events[-1])["type"] in ("response.completed", "response.incomplete")
    for event in events:
        fits(ResponseStreamEvent, event)
    counted = http.post("/v1/responses/input_tokens", json={"input": "Hello!"})
    fits(InputTokenCountResponse, counted.content)


def test_completions_and_models_fit(http: httpx2.Client) -> None:
    fits(Completion, http.post("/v1/completions", json={"model": "gpt-4o", "prompt": "Hello"}).content)
    streamed = events_of(http.post("/v1/completions", json={"prompt": "Hello", "stream": True}).text)
    assert len(streamed) >= 2
    fits(Completion, streamed[-1])
    for event in streamed[:-1]:  # the service sends null here until the end, which the published type leaves out
        assert '"finish_reason":null' in event
        fits(Completion, event.replace('"finish_reason":null', '"finish_reason":"stop"'))
    models = http.get("/v1/models").json()
    assert models["object"] == "list"
    for model in models["data"]:
        fits(Model, json.dumps(model))


@pytest.fixture(scope="module")
def storing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    settings = Settings(port=0, playground=False, data_dir=tmp_path_factory.mktemp("data"))
    with running(settings) as server, httpx2.Client(base_url=server.url, timeout=30) as client:
        yield client


def test_files_and_batches_fit(storing: httpx2.Client) -> None:
    line = {"custom_id": "1", "method": "POST", "url": CHAT, "body": chat({})}
    upload = {"file": ("lines.jsonl", json.dumps(line).encode(), "application/jsonl")}
    made = storing.post("/v1/files", data={"purpose": "batch"}, files=upload)
    fits(FileObject, made.content)
    wanted = {"input_file_id": made.json()["id"], "endpoint": CHAT, "completion_window": "24h"}
    batch = storing.post("/v1/batches", json=wanted)
    fits(Batch, batch.content)
    fits(Batch, storing.get(f"/v1/batches/{batch.json()['id']}").content)
    fits(FileDeleted, storing.delete(f"/v1/files/{made.json()['id']}").content)


def test_a_key_of_the_wrong_type_does_not_fit() -> None:
    with pytest.raises(ValueError, match="created"):
        fits(Model, json.dumps({"id": "a", "created": "1", "object": "model", "owned_by": "x"}))
