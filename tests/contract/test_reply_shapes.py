"""What the description says of replies is what comes: every route that has a shape, asked of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import httpx2
import pytest
from pydantic import TypeAdapter, ValidationError

from batching import jsonl, say
from serving import CHAT, ask, data_url, image_part, picture, running
from sightline.api.openapi import document
from sightline.api.operations import OPERATIONS
from sightline.api.settings import Settings

KEY = "sk-first-0123456789"


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder: Path = tmp_path_factory.mktemp("data")
    settings = Settings(port=0, playground=False, data_dir=folder, api_keys=(KEY,), key_requests_per_minute=0)
    with (
        running(settings) as server,
        httpx2.Client(base_url=server.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=30) as client,
    ):
        yield client


def _replies(http: httpx2.Client) -> Iterator[tuple[str, str, Any]]:
    """A reply of every operation that has a shape: method and path as described, and the JSON."""
    seen = ask("Look", image_part(data_url(picture(64, 48))), logprobs=True, top_logprobs=1)
    yield "POST", CHAT, http.post(CHAT, json=seen)
    tool = {"type": "function", "function": {"name": "see", "parameters": {"type": "object", "properties": {}}}}
    yield "POST", CHAT, http.post(CHAT, json=ask("Call it", tools=[tool], tool_choice="required"))
    yield "POST", CHAT, http.post(CHAT, json=ask("hello", model="gpt-4-vision-preview"))
    old = {"model": "gpt-4-vision-preview", "prompt": "hello"}
    yield "POST", "/v1/completions", http.post("/v1/completions", json=old)
    yield "POST", "/v1/completions", http.post("/v1/completions", json={**old, "logprobs": 2, "n": 2})
    looked = ask("Look", image_part(data_url(picture(64, 48))))
    yield "POST", "/v1/sightline/count", http.post("/v1/sightline/count", json=looked)
    yield "POST", "/v1/sightline/preview", http.post("/v1/sightline/preview", json=looked)
    yield "POST", "/v1/engines/{engine}/completions", http.post("/v1/engines/gpt-4o/completions", json={"prompt": "hi"})
    made = http.post("/v1/responses", json={"model": "gpt-4o", "input": "hello"})
    yield "POST", "/v1/responses", made
    place = f"/v1/responses/{made.json()['id']}"
    yield "GET", "/v1/responses/{response_id}", http.get(place)
    yield "GET", "/v1/responses/{response_id}/input_items", http.get(f"{place}/input_items")
    yield "DELETE", "/v1/responses/{response_id}", http.delete(place)
    count = {"model": "gpt-4o", "input": "hello"}
    yield "POST", "/v1/responses/input_tokens", http.post("/v1/responses/input_tokens", json=count)
    yield "GET", "/v1/models", http.get("/v1/models")
    yield "GET", "/v1/models/{model}", http.get("/v1/models/gpt-4o")
    lines = {"file": ("in.jsonl", jsonl(say("one")))}
    file = http.post("/v1/files", data={"purpose": "batch"}, files=lines)
    yield "POST", "/v1/files", file
    yield "GET", "/v1/files", http.get("/v1/files")
    yield "GET", "/v1/files/{file_id}", http.get(f"/v1/files/{file.json()['id']}")
    wanted = {"input_file_id": file.json()["id"], "endpoint": CHAT, "completion_window": "24h"}
    batch = http.post("/v1/batches", json=wanted)
    yield "POST", "/v1/batches", batch
    yield "GET", "/v1/batches", http.get("/v1/batches")
    yield "GET", "/v1/batches/{batch_id}", http.get(f"/v1/batches/{batch.json()['id']}")
    other = http.post("/v1/batches", json=wanted).json()["id"]
    yield "POST", "/v1/batches/{batch_id}/cancel", http.post(f"/v1/batches/{other}/cancel")
    spare = http.post("/v1/files", data={"purpose": "batch"}, files=lines).json()["id"]
    yield "DELETE", "/v1/files/{file_id}", http.delete(f"/v1/files/{spare}")


def test_every_reply_has_the_shape_that_is_described_and_no_key_more(http: httpx2.Client) -> None:
    shapes = {(each.method, each.path): each.shape for each in OPERATIONS if each.shape is not None}
    seen = set()
    for method, path, reply in _replies(http):
        assert reply.status_code == 200, (path, reply.text)
        seen.add((method, path))
        shape = shapes[method, path]
        TypeAdapter(shape).validate_python(reply.json(), strict=True)
        assert set(reply.json()) <= set(get_type_hints(shape)), path
    assert seen == set(shapes)


def test_a_reply_of_another_shape_would_be_seen(http: httpx2.Client) -> None:
    shape: Any = next(each.shape for each in OPERATIONS if each.path == "/v1/models")
    reply = http.get("/v1/models").json()
    for wrong in ({**reply, "object": "set"}, {"data": reply["data"]}, {**reply, "data": [{"id": 1}]}):
        with pytest.raises(ValidationError):
            TypeAdapter(shape).validate_python(wrong, strict=True)


def test_the_document_names_each_shape_once() -> None:
    described = document()
    for each in OPERATIONS:
        content = described["paths"][each.path][each.method.lower()]["responses"][str(each.status)]["content"]
        if each.shape is not None:
            name = each.shape.__name__
            assert content["application/json"]["schema"] == {"$ref": f"#/components/schemas/{name}"}
            assert set(described["components"]["schemas"][name]["properties"]) == set(get_type_hints(each.shape))
