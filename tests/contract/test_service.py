"""What is the same for every request: keys, ids, models, health, limits, overload. T45, T71, T82, T83."""

from __future__ import annotations

import base64
import json
import logging
import socket
import threading
import time
from typing import Any

import httpx2
import pytest

from serving import Running, running, until
from sightline.api.settings import Settings
from sightline.chat import ChatLimits

CHAT = "/v1/chat/completions"
KEY = "sk-test-0123456789abcdefgh"
HELLO: dict[str, Any] = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello!"}]}


@pytest.fixture(scope="module")
def keyed() -> Any:
    with running(Settings(port=0, playground=False, api_keys=("sk-other", KEY))) as it:
        yield it


def test_t45_no_key_and_a_wrong_key_are_refused_before_the_body_is_read(keyed: Running) -> None:
    none = httpx2.post(keyed.url + CHAT, content=b"{bad")
    assert none.status_code == 401
    assert none.json()["error"]["message"].startswith("You didn't provide an API key.")
    assert none.json()["error"]["code"] is None
    wrong = httpx2.post(keyed.url + CHAT, content=b"{bad", headers={"Authorization": "Bearer sk-wrong-key-9876"})
    assert wrong.status_code == 401
    assert wrong.json()["error"]["message"].startswith("Incorrect API key provided: sk-***9876.")
    assert wrong.json()["error"]["code"] == "invalid_api_key"


@pytest.mark.parametrize("path", ["/v1/models", "/models", "/v1/nope", "/nope", "/chat/completions"])
def test_without_a_key_nothing_but_health_answers(keyed: Running, path: str) -> None:
    assert httpx2.get(keyed.url + path).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Basic"])
def test_a_right_key_is_let_in_as_bearer_or_as_password(keyed: Running, scheme: str) -> None:
    value = base64.b64encode(f":{KEY}".encode()).decode() if scheme == "Basic" else KEY
    assert httpx2.get(f"{keyed.url}/v1/models", headers={"Authorization": f"{scheme} {value}"}).status_code == 200


def test_t71_models_are_listed_shown_and_not_found(http: httpx2.Client) -> None:
    listed = http.get("/v1/models").json()
    assert listed["object"] == "list"
    ids = [model["id"] for model in listed["data"]]
    assert ids[0] == "sightline-echo"
    assert "gpt-4-vision-preview" in ids
    for id_ in ids:
        assert http.get(f"/v1/models/{id_}").json()["id"] == id_
    for id_ in ("sightline-echo", "gpt-4o"):
        known = http.get(f"/v1/models/{id_}").json()["sightline"]
        assert (known["model"], known["state"], known["memory_bytes"]) == ("sightline-echo", "loaded", 0)
        assert known["good_at"].startswith("tests")
    assert http.get("/v1/models/echo-cat").json()["sightline"]["good_at"] is None
    missing = http.get("/v1/models/nope")
    assert missing.status_code == 404
    assert missing.json()["error"]["code"] == "model_not_found"


def test_t82_every_reply_has_an_id_of_its_own_and_its_time(http: httpx2.Client) -> None:
    replies = [
        http.post(CHAT, json=HELLO),
        http.post(CHAT, json={**HELLO, "stream": True}),
        http.post(CHAT, content=b"{bad"),
        http.get("/v1/models"),
        http.get("/nope"),
        http.get("/health/live"),
    ]
    ids = [reply.headers["x-request-id"] for reply in replies]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("req_") and len(id_) == 36 for id_ in ids)
    assert all(int(reply.headers["openai-processing-ms"]) >= 0 for reply in replies)
    assert {reply.headers["openai-version"] for reply in replies} == {"2020-10-01"}


@pytest.mark.parametrize("base", ["/v1", ""])
def test_t83_a_wrong_method_and_a_wrong_route_are_refused_in_the_envelope(http: httpx2.Client, base: str) -> None:
    method = http.get(f"{base}/chat/completions")
    assert method.status_code == 405
    assert method.headers["allow"] == "POST"
    assert method.json()["error"]["message"] == "Only POST requests are accepted."
    assert method.json()["error"]["code"] == "method_not_supported"
    route = http.post(f"{base}/nope")
    assert route.status_code == 404
    assert route.json()["error"]["message"] == f"Invalid URL (POST {base}/nope)"
    assert set(route.json()["error"]) == {"message", "type", "param", "code"}


def test_health_is_live_and_ready(http: httpx2.Client) -> None:
    assert http.get("/health/live").json() == {"status": "ok"}


def test_ready_is_false_while_an_engine_cannot_answer(server: Running) -> None:
    with running() as other:
        other.engines["echo-fault"].fault_after = 0
        assert httpx2.get(f"{other.url}/health/ready").status_code == 503
        other.engines["echo-fault"].fault_after = None
        assert httpx2.get(f"{other.url}/health/ready").json() == {"status": "ok"}


def test_routes_answer_without_the_version_too(http: httpx2.Client) -> None:
    assert http.post("/chat/completions", json=HELLO).status_code == 200
    assert http.get("/models").status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_and_the_answer_arrives(chunked: bool) -> None:
    body = b"x" * 3000
    with running(Settings(port=0, playground=False, max_body_bytes=2000)) as small:
        content: Any = iter([body[:1500], body[1500:]]) if chunked else body
        reply = httpx2.post(small.url + CHAT, content=content, headers={"Content-Type": "application/json"})
    assert reply.status_code == 413
    assert reply.json()["error"]["code"] == "request_too_large"


def test_only_json_is_taken(http: httpx2.Client) -> None:
    for headers in ({"Content-Type": "text/plain"}, {"Origin": "http://evil.example"}):
        reply = http.post(CHAT, content=json.dumps(HELLO).encode(), headers=headers)
        assert reply.status_code == 415
        assert reply.json()["error"]["type"] == "invalid_request_error"


def test_without_keys_a_foreign_name_for_this_machine_is_refused(http: httpx2.Client) -> None:
    assert http.get("/v1/models", headers={"Host": "evil.example:80"}).status_code == 403
    assert http.get("/v1/models", headers={"Host": "localhost:1"}).status_code == 200


def test_an_overloaded_engine_says_when_to_return_and_the_others_go_on() -> None:
    limits = ChatLimits(max_running=1, max_waiting=1, wait_s=0.2)
    slow = {"model": "echo-slow", "messages": HELLO["messages"]}
    with running(limits=limits) as busy:
        replies: list[httpx2.Response] = []

        def call() -> None:
            replies.append(httpx2.post(busy.url + CHAT, json=slow, timeout=60))

        threads = [threading.Thread(target=call) for _ in range(3)]
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        until(lambda: len(replies) == 2, 10)  # one queued too long, one not taken at all
        assert httpx2.post(busy.url + CHAT, json=HELLO).status_code == 200
        for refused in replies:
            assert refused.status_code == 503
            assert refused.json()["error"]["code"] == "server_overloaded"
            assert 1 <= int(refused.headers["retry-after"]) <= 60
        busy.engines["echo-slow"].delay_s = 0.0
        for thread in threads:
            thread.join(30)
    assert [reply.status_code for reply in replies] == [503, 503, 200]


def test_an_answer_that_takes_too_long_is_cut_and_says_so() -> None:
    with running(limits=ChatLimits(max_generation_s=1.5)) as hasty:
        body = {"model": "echo-slow", "messages": HELLO["messages"]}
        choice = httpx2.post(hasty.url + CHAT, json=body, timeout=30).json()["choices"][0]
    assert choice["finish_reason"] == "length"
    assert 0 < len(choice["message"]["content"]) < 1000


def test_a_request_head_that_never_ends_is_dropped() -> None:
    with running(Settings(port=0, playground=False, header_deadline_s=0.3)) as strict:
        port = int(strict.url.rpartition(":")[2])
        for start in (b"", b"GET / HT"):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as slow:
                slow.sendall(start)
                assert slow.recv(100) == b""
        with httpx2.Client(base_url=strict.url) as client:  # a whole head keeps the connection
            assert client.get("/health/live").status_code == 200
            time.sleep(0.5)
            assert client.get("/health/live").status_code == 200


def test_what_is_not_http_gets_the_envelope_too(server: Running) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(b"nonsense\r\n\r\n")
        answer = raw.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400")
    assert json.loads(answer.rpartition(b"\r\n\r\n")[2])["error"]["type"] == "invalid_request_error"


def test_one_log_line_a_request_and_no_content_in_it(http: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "sightline.access"):
        body = {"model": "gpt-4o", "messages": [{"role": "user", "content": "a very private word"}]}
        reply = http.post(f"{CHAT}?token=hidden", json=body, headers={"Authorization": "Bearer my-secret"})
        until(lambda: bool(caplog.messages), 5)
    (line,) = caplog.messages
    facts = json.loads(line)
    assert facts["request_id"] == reply.headers["x-request-id"]
    assert (facts["status"], facts["route"], facts["model"], facts["engine"]) == (200, CHAT, "gpt-4o", "sightline-echo")
    assert (facts["prompt_tokens"], facts["finish_reason"], facts["n_images"]) == (11, "stop", 0)
    assert not any(word in line for word in ("private", "hidden", "secret"))


@pytest.mark.parametrize("stream", [True, False])
def test_a_server_that_stops_tells_those_it_could_not_wait_for(stream: bool) -> None:
    with running(Settings(port=0, playground=False, drain_s=1)) as stopping:
        said: list[str] = []

        def call() -> None:
            body = {"model": "echo-slow", "messages": HELLO["messages"], "stream": stream}
            said.append(httpx2.post(stopping.url + CHAT, json=body, timeout=30).text)

        caller = threading.Thread(target=call)
        caller.start()
        until(lambda: stopping.engines["echo-slow"].n_running == 1, 5)
    caller.join(10)
    (text,) = said
    last = text.strip().rpartition("\n")[2].removeprefix("data: ")
    assert json.loads(last)["error"]["code"] == "server_shutting_down"
    assert "[DONE]" not in text
    assert stopping.engines["echo-slow"].n_running == 0


def test_a_storm_of_callers_who_leave_at_any_moment_leaves_nothing_behind(server: Running) -> None:
    payload = json.dumps({"model": "echo-slow", "messages": HELLO["messages"], "stream": True}).encode()
    head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
    for at in range(40):
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as caller:
            caller.sendall((head + payload)[: len(head) + len(payload) - at % 3])
            time.sleep(at % 5 / 200)
    until(lambda: server.chat.n_inside("echo-slow") == 0, 5)
    assert server.engines["echo-slow"].n_running == 0
