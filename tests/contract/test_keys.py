"""Keys from the store at a real server: made, limited to scopes, expired and revoked while it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
import pytest

from serving import CHAT, Running, hello, running, until
from sightline.api.auth import WRONG_KEY
from sightline.api.key_store import KeyStore
from sightline.api.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path)


@pytest.fixture
def server(store: KeyStore) -> Iterator[Running]:
    with running(Settings(port=0, playground=False, data_dir=store.path.parent)) as it:
        yield it


def client(server: Running, key: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


def status(server: Running, key: str = "", path: str = "/v1/models") -> int:
    return httpx2.get(server.url + path, headers={"Authorization": f"Bearer {key}"} if key else {}).status_code


def test_an_open_server_asks_for_a_key_as_soon_as_there_is_one(server: Running, store: KeyStore) -> None:
    assert status(server) == 200
    key = store.create("anna", time.time())
    until(lambda: status(server) == 401, 2)
    with client(server, key) as sdk:
        assert sdk.chat.completions.create(**hello()).choices[0].message.content
    assert status(server, path="/health/live") == 200


def test_f03_a_revoked_key_is_refused_within_a_second_and_its_stream_may_end(server: Running, store: KeyStore) -> None:
    key = store.create("anna", time.time())
    with client(server, key) as sdk:
        until(lambda: status(server) == 401, 2)
        messages = hello()["messages"]
        stream = sdk.chat.completions.create(model="echo-slow", messages=messages, stream=True, max_tokens=400)
        next(iter(stream))
        store.revoke("anna", time.time())
        assert until(lambda: status(server, key) == 401, 5) < 1.5
        assert list(stream)[-1].choices[0].finish_reason == "length"
        with pytest.raises(openai.AuthenticationError, match="Incorrect API key provided") as refused:
            sdk.chat.completions.create(**hello())
    assert refused.value.code == "invalid_api_key"


def test_expired_wrong_and_mistyped_keys_get_one_answer(server: Running, store: KeyStore) -> None:
    expired, other = store.create("old", 0, expires_at=1), store.create("anna", time.time())
    until(lambda: status(server) == 401, 2)
    typo = other[:-1] + ("A" if other[-1] != "A" else "B")
    swapped = other[:12] + expired[12:]
    for key in (expired, typo, swapped):
        reply = httpx2.get(f"{server.url}/v1/models", headers={"Authorization": f"Bearer {key}"})
        assert reply.status_code == 401
        masked = f"{key[:3]}***{key[-4:]}"
        assert reply.json()["error"] == {
            "message": WRONG_KEY.format(masked=masked),
            "type": "invalid_request_error",
            "param": None,
            "code": "invalid_api_key",
        }


def test_c11_a_key_opens_only_what_it_was_made_for(server: Running, store: KeyStore) -> None:
    key = store.create("uploader", time.time(), scopes=("files",))
    until(lambda: status(server) == 401, 2)
    assert status(server, key) == 200
    with (
        client(server, key) as sdk,
        pytest.raises(openai.PermissionDeniedError, match="Missing scopes: ask") as refused,
    ):
        sdk.chat.completions.create(**hello())
    assert refused.value.code == "missing_scope"
    assert httpx2.post(server.url + CHAT, content=b"{bad").status_code == 401


def test_when_a_key_was_used_is_known_after_the_server_stopped(store: KeyStore) -> None:
    key = store.create("anna", time.time())
    with running(Settings(port=0, playground=False, data_dir=store.path.parent)) as server:
        assert status(server, key) == 200
        assert store.all()[0].last_used_at is None
    assert store.all()[0].last_used_at
