"""Streams that have nothing to say for a while, and what a client should do about an error. T58, T60, T61."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx2
import openai
import pytest

from serving import CHAT, PictureHost, Running, ask, hello, image_part, running, until
from sightline.api.settings import Settings

COMMENT = ": keep-alive"
SLOW_S = 0.8
BODIES = {
    CHAT: hello(stream=True),
    "/v1/completions": {"model": "gpt-4o", "prompt": "Hello!", "stream": True},
    "/v1/responses": {"model": "gpt-4o", "input": "Hello!", "stream": True},
}


@pytest.fixture(scope="module")
def slow() -> Iterator[Running]:
    settings = Settings(port=0, playground=False, stream_start_s=0.2, stream_quiet_s=0.25)
    with running(settings) as it:
        it.engines["sightline-echo"].delay_s = SLOW_S
        yield it


@pytest.mark.parametrize("path", BODIES)
def test_a_stream_begins_before_its_first_piece_and_says_that_it_is_alive(slow: Running, path: str) -> None:
    events = httpx2.post(slow.url + path, json=BODIES[path], timeout=30).text.split("\n\n")
    said = [event for event in events if event != COMMENT]
    n_before = events.index(said[0])
    assert n_before >= 2  # after 0.2, 0.45 and 0.7 s of 0.8
    assert events[:n_before] == [COMMENT] * n_before
    assert "Hello!" in "".join(said)
    assert said[-1] == ""
    assert events[-2] == said[-2]  # nothing after the end


def test_a_quiet_stream_says_that_it_is_alive_between_two_pieces(slow: Running) -> None:
    body = {**hello(stream=True), "messages": [{"role": "user", "content": "one two"}]}
    events = httpx2.post(slow.url + CHAT, json=body, timeout=30).text.split("\n\n")
    first, second = (next(at for at, event in enumerate(events) if word in event) for word in ('"one"', '" two"'))
    between = events[first + 1 : second]
    assert between == [COMMENT] * len(between)
    assert len(between) >= 2


def test_the_official_client_hears_nothing_of_it(slow: Running) -> None:
    with openai.OpenAI(base_url=f"{slow.url}/v1", api_key="none", max_retries=0) as sdk:
        pieces = list(
            sdk.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hi you"}], stream=True)
        )
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == "Hi you"


def test_a_stream_that_is_quick_has_no_comments(http: httpx2.Client) -> None:
    assert COMMENT not in http.post(CHAT, json=hello(stream=True)).text


def test_t60_a_fault_after_the_stream_began_is_an_event_of_it(slow: Running, picture_host: PictureHost) -> None:
    body = ask("Look", image_part(f"{picture_host.url}/hang"), model="gpt-4o", stream=True)
    reply = httpx2.post(slow.url + CHAT, json=body, timeout=30)
    assert reply.status_code == 200
    *comments, error, nothing = reply.text.split("\n\n")
    assert set(comments) == {COMMENT}
    assert nothing == ""
    assert json.loads(error.removeprefix("data: "))["error"]["code"] == "invalid_image_url"
    with openai.OpenAI(base_url=f"{slow.url}/v1", api_key="none", max_retries=0) as sdk, pytest.raises(openai.APIError):
        list(sdk.chat.completions.create(**body))


def test_t58_a_fault_before_the_stream_began_is_a_reply(http: httpx2.Client, picture_host: PictureHost) -> None:
    body = ask("Look", image_part(f"{picture_host.url}/hang"), model="gpt-4o", stream=True)
    reply = http.post(CHAT, json=body)
    assert reply.status_code == 400
    assert reply.json()["error"]["code"] == "invalid_image_url"


def test_without_a_stream_a_slow_answer_is_one_reply(slow: Running) -> None:
    reply = httpx2.post(slow.url + CHAT, json=hello(), timeout=30)
    assert reply.headers["content-type"] == "application/json"
    assert reply.json()["choices"][0]["message"]["content"] == "Hello!"


def test_t61_who_leaves_before_the_first_piece_frees_the_place(slow: Running) -> None:
    engine = slow.engines["sightline-echo"]
    payload = json.dumps(hello(stream=True)).encode()
    head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    engine.delay_s = 20.0
    try:
        with socket.create_connection(("127.0.0.1", int(slow.url.rpartition(":")[2]))) as caller:
            caller.sendall(f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload)
            caller.settimeout(10)
            assert caller.recv(20).startswith(b"HTTP/1.1 200")
            until(lambda: engine.n_running == 1, 10)
        until(lambda: engine.n_running == 0, 5)
    finally:
        engine.delay_s = SLOW_S
    assert slow.chat.n_inside("sightline-echo") == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", CHAT, b"{bad", 400),
        ("POST", "/v1/nope", b"{}", 404),
        ("GET", CHAT, b"", 405),
        ("POST", CHAT, b'{"model":"nope","messages":[{"role":"user","content":"x"}]}', 404),
        ("POST", CHAT, b'{"model":"echo-fault","messages":[{"role":"user","content":"a b c d e"}]}', 500),
    ],
)
def test_what_will_not_get_better_is_not_to_be_sent_again(
    http: httpx2.Client, method: str, path: str, body: bytes, status: int
) -> None:
    reply = http.request(method, path, content=body, headers={"content-type": "application/json"})
    assert reply.status_code == status
    assert reply.headers["x-should-retry"] == "false"


def test_what_waiting_cures_is_to_be_sent_again() -> None:
    settings = Settings(port=0, playground=False, api_keys=("sk-one-key-only",), key_requests_per_minute=1)
    key = {"Authorization": "Bearer sk-one-key-only"}
    with running(settings) as it:
        assert httpx2.post(it.url + CHAT, json=hello()).headers["x-should-retry"] == "false"  # 401
        assert "x-should-retry" not in httpx2.post(it.url + CHAT, json=hello(), headers=key).headers
        late = httpx2.post(it.url + CHAT, json=hello(), headers=key)
    assert (late.status_code, late.headers["x-should-retry"]) == (429, "true")
