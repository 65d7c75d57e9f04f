"""Servers behind this one that are down, busy, wrong or in the way: what a caller and what the operator is told."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import CHAT, ask, data_url, image_part, picture
from sightline.engines.upstream.engine import MAX_TRIES
from upstreaming import (
    Script,
    closed_base,
    events,
    far_server,
    front_server,
    refusal,
    scripted,
    text_chunk,
)

GOOD = events("Hello", text_chunk(" you", "stop"))
HTTP = httpx2.Client(timeout=30, trust_env=False)
KEY = "sk-of-the-operator-0123456789"


@pytest.fixture(scope="module", autouse=True)
def _closing() -> Iterator[None]:
    yield
    HTTP.close()


@pytest.fixture(scope="module")
def refusing() -> Iterator[tuple[Script, str]]:
    """A server that refuses, and the address of the one in front of it."""
    with scripted(GOOD) as script, front_server([script.base]) as url:
        yield script, url


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.engines.upstream.engine.FIRST_WAIT_S", 0.01)


def post(url: str, *parts: Any, **more: Any) -> httpx2.Response:
    return HTTP.post(url + CHAT, json=ask(*(parts or ("Hello!",)), model="far", **more))


def error_of(reply: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert reply.status_code == status, reply.text
    error: dict[str, Any] = reply.json()["error"]
    assert error["code"] == code
    for private in ("127.0.0.1", "SECRET", "sk-", "httpx", "Connect"):
        assert private not in reply.text
    return error


def test_a_server_that_is_down_is_a_502_that_names_nothing_private(caplog: pytest.LogCaptureFixture) -> None:
    base = closed_base()
    with front_server([base]) as url:
        reply = post(url)
        assert HTTP.get(f"{url}/health/ready").status_code == 503
        assert HTTP.get(f"{url}/health/live").status_code == 200
    error_of(reply, 502, "upstream_error")
    assert reply.headers["x-should-retry"] == "true"
    assert f"upstream {base} failed (ConnectError)" in caplog.text


@pytest.mark.parametrize("status", [429, 500, 503])
def test_one_failure_is_tried_again_and_the_caller_sees_nothing_of_it(status: int) -> None:
    with scripted(refusal(status), GOOD) as script, front_server([script.base]) as url:
        reply = post(url)
    assert reply.json()["choices"][0]["message"]["content"] == "Hello you"
    assert len(script.bodies) == 2


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (refusal(429, retry_after="0"), 503, "server_overloaded"),
        (refusal(503), 503, "server_overloaded"),
        (refusal(500), 502, "upstream_error"),
        ((200, {}, b"<html>SECRET</html>"), 502, "upstream_error"),
        ((200, {}, b"data: {not json"), 502, "upstream_error"),
        ((200, {}, b"data: [1]\n\n"), 502, "upstream_error"),
        (events({"choices": [{"delta": 7}]}), 502, "upstream_error"),
        (events({"choices": [{"delta": {}, "finish_reason": "SECRET"}]}), 502, "upstream_error"),
        (events({"error": {"message": "SECRET", "type": "server_error"}}), 502, "upstream_error"),
        (events(done=False), 502, "upstream_error"),
        ((200, {}, b"data: " + b"x" * 1_100_000), 502, "upstream_error"),
    ],
)
def test_a_server_that_keeps_failing_is_asked_three_times_and_no_more(
    answer: tuple[int, dict[str, str], bytes], status: int, code: str
) -> None:
    with scripted(answer) as script, front_server([script.base]) as url:
        reply = post(url)
    error_of(reply, status, code)
    assert len(script.bodies) == MAX_TRIES


def test_a_wait_that_is_longer_than_a_caller_should_wait_is_told_to_the_caller() -> None:
    with scripted(refusal(429, retry_after="30")) as script, front_server([script.base]) as url:
        reply = post(url)
    error_of(reply, 503, "server_overloaded")
    assert reply.headers["retry-after"] == "30"
    assert len(script.bodies) == 1


def test_many_requests_to_a_server_that_is_down_are_not_all_sent_again() -> None:
    with scripted(refusal(503, retry_after="0")) as script, front_server([script.base]) as url:
        for _ in range(12):
            post(url)
    assert 12 + 10 <= len(script.bodies) <= 12 + 13


@pytest.mark.parametrize(
    ("answer", "code", "param"),
    [
        (refusal(400, "unsupported_value", param="logit_bias"), "upstream_refused", "logit_bias"),
        (refusal(422), "upstream_refused", None),
        (refusal(400, "SECRET <b>", param="x" * 200), "upstream_refused", None),
        (refusal(400, "context_length_exceeded"), "context_length_exceeded", "messages"),
        (refusal(400, message="This model's maximum context length is 4096"), "context_length_exceeded", "messages"),
        (events({"error": {"message": "SECRET", "type": "invalid_request_error", "param": "stop"}}), "upstream_refused",
         "stop"),
        (events(text_chunk("", "content_filter")), "content_filter", None),
    ],
)  # fmt: skip
def test_what_the_other_server_refuses_is_a_400_in_our_words_and_is_not_sent_again(
    refusing: tuple[Script, str], answer: tuple[int, dict[str, str], bytes], code: str, param: str | None
) -> None:
    script, url = refusing
    script.replies, n_before = [answer], len(script.bodies)
    assert error_of(post(url), 400, code)["param"] == param
    assert len(script.bodies) == n_before + 1


def test_probabilities_that_the_other_server_does_not_give_are_refused_by_name() -> None:
    with scripted(GOOD) as script, front_server([script.base]) as url:
        assert error_of(post(url, logprobs=True), 400, "unsupported_parameter")["param"] == "logprobs"
        assert script.bodies[-1]["logprobs"] is True
        assert post(url).status_code == 200


@pytest.mark.parametrize("key", ["", "sk-wrong-key-of-the-test-1234"])
def test_a_wrong_key_is_told_to_the_operator_and_not_to_the_caller(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, key: str
) -> None:
    file = tmp_path / "key.txt"
    file.write_text(f"# ours\n{key or KEY}\n")
    with (
        far_server(api_keys=(KEY,)) as far,
        front_server([far.base], key_file=file if key else None) as url,
        caplog.at_level(logging.DEBUG),
    ):
        error_of(post(url), 502, "upstream_error")
    told = f"upstream {far.base} refuses the key (status 401"
    assert told in caplog.text
    assert "look at --upstream-key-file" in caplog.text
    assert not any(secret in caplog.text for secret in ("sk-wrong", KEY))


def test_the_right_key_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_text(KEY)
    with far_server(api_keys=(KEY,)) as far, front_server([far.base], key_file=file) as url:
        assert post(url).json()["choices"][0]["message"]["content"] == "Hello!"


def test_a_fault_in_the_middle_ends_the_stream_with_an_error_and_is_not_sent_again() -> None:
    begun = events("Hello", "you", {"error": {"message": "SECRET", "type": "server_error"}}, done=False)
    with scripted(begun) as script, front_server([script.base]) as url:
        lines = post(url, stream=True).text
        error_of(post(url), 502, "upstream_error")
        with openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client:
            stream = client.chat.completions.create(**ask("Hello!", model="far"), stream=True)
            with pytest.raises(openai.APIError):
                list(stream)
    assert '"content":"you"' in lines
    assert "upstream_error" in lines.rstrip().rpartition("\n\n")[2]
    assert "[DONE]" not in lines
    assert "SECRET" not in lines
    assert len(script.bodies) == 3


def test_a_redirect_is_not_followed_and_a_proxy_of_the_environment_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", closed_base())
    monkeypatch.setenv("ALL_PROXY", closed_base())
    with (
        scripted(GOOD) as other,
        scripted((307, {"location": f"{other.base}/x"}, b""), GOOD) as script,
        front_server([script.base]) as url,
    ):
        error_of(post(url), 502, "upstream_error")
        assert post(url).status_code == 200
    assert other.paths == []


def test_a_picture_stays_with_its_replica_and_goes_to_the_other_when_that_is_gone() -> None:
    pictures = [image_part(data_url(picture(64 + at, 64))) for at in range(8)]
    with ExitStack() as running, ExitStack() as doomed:
        one, other = running.enter_context(far_server()), doomed.enter_context(far_server())
        url = running.enter_context(front_server([one.base, other.base]))
        for part in pictures * 2:
            assert post(url, "Look", part).status_code == 200
        seen = [{each.images[0].image.pixel_hash for each in far.engine.asked} for far in (one, other)]
        assert all(seen)
        assert not seen[0] & seen[1]
        assert len(seen[0] | seen[1]) == len(pictures)
        doomed.close()
        before = len(one.engine.asked)
        for part in pictures:
            assert post(url, "Look", part).status_code == 200
        assert len(one.engine.asked) == before + len(pictures)


@pytest.mark.parametrize("kind", ["vllm", "openai"])
def test_the_cache_id_is_the_pixels_own_and_never_the_callers(kind: Any) -> None:
    part = image_part(data_url(picture()), "low")
    with far_server() as far, scripted(GOOD) as script, front_server([script.base], kind=kind) as url:
        for own in ({**part, "uuid": "mine"}, {**part, "image_url": {**part["image_url"], "uuid": "mine"}}):
            reply = post(url, "Look", own)
            assert reply.status_code == 400
            assert "uuid" in reply.json()["error"]["param"]
        assert script.bodies == []
        assert post(url, "Look", part, prompt_cache_key="mine", user="mine").status_code == 200
        assert post(far.url, "Look", part).status_code == 200
    (sent,) = script.bodies
    text, image = sent["messages"][0]["content"]
    assert image.get("uuid") == (far.hashes[0] if kind == "vllm" else None)
    assert image["image_url"]["url"].startswith("data:image/png;base64,")
    assert "mine" not in json.dumps(sent)
    assert text == {"type": "text", "text": "Look"}


def test_a_picture_named_by_address_is_judged_here_and_never_passed_on() -> None:
    with scripted(GOOD) as script, front_server([script.base]) as url:
        reply = post(url, "Look", image_part("http://127.0.0.1/secret.png"))
        assert reply.status_code == 400
        assert reply.json()["error"]["code"] == "invalid_image_url"
    assert script.bodies == []


def test_a_server_that_counts_no_tokens_is_said_to_be_guessed_at() -> None:
    usage = {"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 2}}
    counted = events("Hello", text_chunk(" you", "stop"), usage)
    with scripted(GOOD, counted) as script, front_server([script.base]) as url:
        guess, told = (post(url).json()["sightline"]["engine_tokens"] for _ in range(2))
    assert guess == {"prompt": 2, "completion": 2, "is_estimate": True}
    assert told == {"prompt": 11, "completion": 2, "is_estimate": False}
