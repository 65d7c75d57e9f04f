"""Limits of a key at a real server, seen by the official client. T81."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, PictureHost, Running, ask, data_url, hello, image_part, picture, running, until
from sightline.api.grants import KeyLimits
from sightline.api.key_store import KeyStore
from sightline.api.settings import Settings

CLASSIC_PROMPT = 1000  # a 1280 x 720 picture costs this many tokens and more


@contextmanager
def limited(folder: Path, limits: KeyLimits) -> Iterator[tuple[Running, str]]:
    """Give a server and a key with these limits."""
    key = KeyStore(folder).create("anna", time.time(), limits=limits)
    with running(Settings(port=0, playground=False, data_dir=folder)) as server:
        yield server, key


def client(server: Running, key: str, retries: int = 0) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=retries)


def test_t81_over_the_limit_is_a_429_in_openais_words_with_its_headers(tmp_path: Path) -> None:
    with limited(tmp_path, KeyLimits(rpm=1)) as (server, key), client(server, key) as sdk:
        first = sdk.chat.completions.with_raw_response.create(**hello())
        assert first.headers["x-ratelimit-limit-requests"] == "1"
        assert first.headers["x-ratelimit-remaining-requests"] == "0"
        assert 55 < seconds(first.headers["x-ratelimit-reset-requests"]) <= 60
        with pytest.raises(openai.RateLimitError) as refused:
            sdk.chat.completions.create(**hello())
        error, headers = refused.value, refused.value.response.headers
        assert (error.status_code, error.type, error.code, error.param) == (
            429, "requests", "rate_limit_exceeded", None,
        )  # fmt: skip
        assert "requests per min (RPM): Limit 1, Used 1, Requested 1. Please try again in " in error.message
        assert 50 < int(headers["retry-after"]) <= 60
        assert 0 <= int(headers["retry-after"]) * 1000 - int(headers["retry-after-ms"]) < 1000
        assert headers["x-ratelimit-remaining-requests"] == "0"


def test_t81_the_official_client_waits_as_told_and_then_succeeds(tmp_path: Path) -> None:
    with limited(tmp_path, KeyLimits(rpm=30)) as (server, key), client(server, key, retries=2) as sdk:
        for _ in range(30):
            sdk.chat.completions.create(**hello())
        started = time.monotonic()
        reply = sdk.chat.completions.with_raw_response.create(**hello())
        assert reply.retries_taken >= 1
        assert reply.parse().choices[0].message.content
        assert time.monotonic() - started < 10


def seconds(spelled: str) -> float:
    """Read `59.9s` or `1m0s`."""
    minutes, _, rest = spelled.rpartition("m") if spelled.endswith("s") and "ms" not in spelled else ("", "", spelled)
    return 60 * float(minutes or 0) + float(rest.removesuffix("s"))


def test_tokens_are_counted_whether_the_answer_streams_or_not(tmp_path: Path) -> None:
    limit = 4 * CLASSIC_PROMPT
    with limited(tmp_path, KeyLimits(tpm=limit)) as (server, key), client(server, key) as sdk:
        body, started = ask("What is it?", image_part(data_url(picture()))), time.monotonic()
        first = sdk.chat.completions.with_raw_response.create(**body)
        used = first.parse().usage.total_tokens
        assert used > CLASSIC_PROMPT
        assert left_of(first) - (limit - used) in range(refilled(limit, started))
        assert list(sdk.chat.completions.create(**body, stream=True))
        now = left_of(sdk.models.with_raw_response.list())
        assert now - (limit - 2 * used) in range(refilled(limit, started))
        for _ in range(20):
            last = httpx2.post(server.url + CHAT, json=body, headers={"Authorization": f"Bearer {key}"})
            if last.status_code != 200:
                break
        assert last.status_code == 429
        assert last.json()["error"]["type"] == "tokens"


def left_of(reply: Any) -> int:
    return int(reply.headers["x-ratelimit-remaining-tokens"])


def refilled(limit: int, since: float) -> int:
    """Return the most that came back since then, and one for the rounding."""
    return 2 + int(limit / 60 * (time.monotonic() - since))


def test_who_leaves_in_the_middle_of_an_answer_has_used_what_was_said(tmp_path: Path) -> None:
    with limited(tmp_path, KeyLimits(tpm=60)) as (server, key), client(server, key) as sdk:
        messages = hello()["messages"]
        with sdk.chat.completions.create(model="echo-slow", messages=messages, stream=True) as stream:
            for _ in zip(range(30), stream, strict=False):
                pass
        until(lambda: server.chat.n_inside("echo-slow") == 0, 5)
        time.sleep(0.1)
        models = sdk.models.with_raw_response.list()
        assert int(models.headers["x-ratelimit-remaining-tokens"]) <= 60 - 20  # one a second refills


def test_megapixels_are_counted_of_the_upright_source(tmp_path: Path) -> None:
    with limited(tmp_path, KeyLimits(mpm=2)) as (server, key):
        body = ask("What is it?", image_part(data_url(picture(2000, 1000)), "low"))
        headers = {"Authorization": f"Bearer {key}"}
        first = httpx2.post(server.url + CHAT, json=body, headers=headers)
        assert (first.status_code, first.headers["x-ratelimit-remaining-megapixels"]) == (200, "0")
        second = httpx2.post(server.url + CHAT, json=body, headers=headers)
        assert (second.status_code, second.json()["error"]["type"]) == (429, "megapixels")
        assert "megapixels per min (MPM): Limit 2, Used 2" in second.json()["error"]["message"]


def test_requests_at_a_time_are_limited_and_a_place_is_free_again_after_an_answer(tmp_path: Path) -> None:
    with limited(tmp_path, KeyLimits(concurrent=1)) as (server, key):
        headers = {"Authorization": f"Bearer {key}"}
        slow = {**hello(), "model": "echo-slow", "max_tokens": 100}
        replies: list[httpx2.Response] = []
        thread = threading.Thread(
            target=lambda: replies.append(httpx2.post(server.url + CHAT, json=slow, headers=headers, timeout=60))
        )
        thread.start()
        until(lambda: server.chat.n_inside("echo-slow") == 1, 5)
        refused = httpx2.post(server.url + CHAT, json=hello(), headers=headers)
        assert refused.status_code == 429
        assert "requests at a time: Limit 1, Used 1" in refused.json()["error"]["message"]
        assert refused.headers["retry-after"] == "1"
        thread.join(60)
        assert replies[0].status_code == 200
        assert httpx2.post(server.url + CHAT, json=hello(), headers=headers).status_code == 200


def test_a_flood_of_one_key_leaves_another_alone_and_refusals_say_what_is_left_too(tmp_path: Path) -> None:
    other = KeyStore(tmp_path).create("bert", time.time())
    with limited(tmp_path, KeyLimits(rpm=2)) as (server, key):
        headers = {"Authorization": f"Bearer {key}"}
        bad = httpx2.post(server.url + CHAT, content=b"{bad", headers={**headers, "Content-Type": "application/json"})
        assert (bad.status_code, bad.headers["x-ratelimit-remaining-requests"]) == (400, "1")
        statuses = [httpx2.post(server.url + CHAT, json=hello(), headers=headers).status_code for _ in range(10)]
        assert statuses == [200] + [429] * 9
        reply = httpx2.post(server.url + CHAT, json=hello(), headers={"Authorization": f"Bearer {other}"})
        assert (reply.status_code, reply.headers["x-ratelimit-remaining-requests"]) == (200, "59")
        assert httpx2.get(f"{server.url}/v1/models", headers=headers).status_code == 200


def test_keys_of_the_environment_have_the_limits_of_the_settings_and_no_key_has_none() -> None:
    settings = Settings(port=0, playground=False, api_keys=("sk-env",), key_requests_per_minute=3, key_concurrent=0)
    with running(settings) as server, client(server, "sk-env") as sdk:
        reply = sdk.chat.completions.with_raw_response.create(**hello())
        assert reply.headers["x-ratelimit-limit-requests"] == "3"
    with running() as server:
        reply_headers = httpx2.post(server.url + CHAT, json=hello()).headers
        assert not [name for name in reply_headers if name.startswith("x-ratelimit")]


def test_one_address_has_only_so_many_connections_and_gets_others_as_it_closes_them() -> None:
    with running(Settings(port=0, playground=False, max_connections_per_address=3)) as server:
        port = int(server.url.rpartition(":")[2])
        held = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(3)]
        time.sleep(0.2)
        with socket.create_connection(("127.0.0.1", port), timeout=5) as fourth:
            assert fourth.recv(1) == b""
        with socket.create_connection(("127.0.0.1", port), timeout=5, source_address=("127.0.0.2", 0)) as elsewhere:
            elsewhere.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert elsewhere.recv(100).startswith(b"HTTP/1.1 200")
        for connection in held:
            connection.close()
        time.sleep(0.2)
        assert httpx2.get(f"{server.url}/health/live").status_code == 200


def test_the_pictures_of_a_key_wait_for_turns_of_their_own(tmp_path: Path, picture_host: PictureHost) -> None:
    with limited(tmp_path, KeyLimits()) as (server, key):
        urls = [picture_host.put(f"{at}.jpg", picture(64, 48)) for at in range(6)]
        body = ask("What are they?", *map(image_part, urls))
        reply = httpx2.post(server.url + CHAT, json=body, headers={"Authorization": f"Bearer {key}"}, timeout=60)
        assert reply.status_code == 200
        fetcher = server.chat._images._fetcher  # type: ignore[attr-defined]
        (owner,) = fetcher._turns
    assert owner.startswith("own_")
