"""The forms before chat: `/v1/completions` and `/v1/engines/{engine}/completions`. T72-T74."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx2
import openai
import pytest

from serving import PictureHost, Running, data_url, picture
from sightline.chat.instructions import DEFAULT_INSTRUCTION

COMPLETIONS = "/v1/completions"
ENGINE = "/v1/engines/gpt-4-vision-preview/completions"


def b64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def completed(http: httpx2.Client, path: str = COMPLETIONS, **body: Any) -> dict[str, Any]:
    reply = http.post(path, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def error_of(http: httpx2.Client, path: str = COMPLETIONS, **body: Any) -> tuple[str, str, str]:
    reply = http.post(path, json=body)
    assert reply.status_code == 400, reply.text
    error = reply.json()["error"]
    return error["param"], error["code"], error["message"]


@pytest.mark.parametrize(
    ("path", "named"),
    [(COMPLETIONS, {"model": "gpt-4-vision-preview"}), (ENGINE, {}), (COMPLETIONS, {}), ("/completions", {})],
)
def test_t72_t73_the_guides_form_sees_urls_first_then_base64(
    http: httpx2.Client, picture_host: PictureHost, path: str, named: dict[str, str]
) -> None:
    url = picture_host.put("first.jpg", picture(640, 480))
    body = {"img_url": [url], "img_b64": [b64(picture(480, 640))], "detail": "high", **named}
    reply = completed(http, path, **body)
    assert (reply["object"], reply["model"]) == ("text_completion", "gpt-4-1106-vision-preview")
    assert reply["id"].startswith("cmpl-")
    (choice,) = reply["choices"]
    assert choice["text"].splitlines() == [
        "image1:",
        "image2:",
        DEFAULT_INSTRUCTION,
        "image1: 640x480 px, 0 lines of text",
        "image2: 480x640 px, 0 lines of text",
    ]
    assert (choice["index"], choice["finish_reason"], choice["logprobs"]) == (0, "stop", None)
    assert reply["usage"]["prompt_tokens_details"]["image_tokens"] == 425 * 2
    assert [image["detail"] for image in reply["sightline"]["images"]] == ["high", "high"]


def test_one_picture_needs_no_list_and_no_name(http: httpx2.Client) -> None:
    for body in ({"img_url": data_url(picture(64, 48))}, {"img_b64": data_url(picture(64, 48))}):
        reply = completed(http, prompt="Look", detail="low", **body)
        assert reply["choices"][0]["text"] == "Look\nimage1: 64x48 px, 0 lines of text"
        assert reply["usage"]["prompt_tokens_details"]["image_tokens"] == 85


def test_t74_text_alone_is_completed(http: httpx2.Client) -> None:
    reply = completed(http, model="gpt-4o", prompt=["Say this is a test"], max_tokens=7, temperature=0)
    assert reply["choices"][0]["text"] == "Say this is a test"
    assert reply["usage"]["total_tokens"] == reply["usage"]["prompt_tokens"] + 5


def test_text_alone_ends_after_sixteen_tokens_and_a_picture_lifts_that(http: httpx2.Client) -> None:
    long = " ".join(["word"] * 40)
    assert completed(http, prompt=long)["choices"][0]["finish_reason"] == "length"
    assert completed(http, prompt=long)["usage"]["completion_tokens"] == 16
    assert completed(http, prompt=long, img_b64=b64(picture(8, 8)))["choices"][0]["finish_reason"] == "stop"


def test_echo_gives_the_prompt_back_before_the_answer(http: httpx2.Client) -> None:
    assert completed(http, prompt="a b", echo=True)["choices"][0]["text"] == "a ba b"
    pieces = stream(http, prompt="a b", echo=True)
    assert "".join(piece["choices"][0]["text"] for piece in pieces) == "a ba b"


def stream(http: httpx2.Client, **body: Any) -> list[dict[str, Any]]:
    reply = http.post(COMPLETIONS, json={**body, "stream": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    *events, done = reply.text.strip().split("\n\n")
    assert done == "data: [DONE]"
    return [json.loads(event.removeprefix("data: ")) for event in events]


def test_a_stream_joined_is_the_whole_answer(http: httpx2.Client) -> None:
    body = {"prompt": "one two three", "img_b64": [b64(picture(64, 48))], "stream_options": {"include_usage": True}}
    *pieces, last = stream(http, **body)
    whole = completed(http, prompt=body["prompt"], img_b64=body["img_b64"])
    assert "".join(piece["choices"][0]["text"] for piece in pieces) == whole["choices"][0]["text"]
    assert {piece["object"] for piece in pieces} == {"text_completion"}
    assert len({piece["id"] for piece in pieces}) == 1
    assert [piece["choices"][0]["finish_reason"] for piece in pieces] == [None] * (len(pieces) - 1) + ["stop"]
    assert (last["choices"], last["usage"]) == ([], whole["usage"])
    assert all(piece["usage"] is None for piece in pieces)
    assert pieces[-1]["sightline"]["images"][0]["width"] == 64


@pytest.mark.parametrize(
    ("body", "param", "code"),
    [
        ({"prompt": ["a", "b"]}, "prompt", "unsupported_value"),
        ({"prompt": [1, 2]}, "prompt[0]", "invalid_type"),
        ({"prompt": []}, "prompt", "empty_array"),
        ({"prompt": 5}, "prompt", "invalid_type"),
        ({"prompt": "a", "n": 3, "best_of": 2}, "best_of", None),
        ({"prompt": "a", "best_of": 2, "stream": True}, "best_of", "unsupported_value"),
        ({"prompt": "a", "best_of": 21}, "best_of", "integer_above_max_value"),
        ({"prompt": "a", "logprobs": 1, "echo": True}, "logprobs", "unsupported_value"),
        ({"prompt": "a", "logprobs": 6}, "logprobs", "integer_above_max_value"),
        ({"prompt": "a", "suffix": "z"}, "suffix", "unsupported_parameter"),
        ({"prompt": "a", "logit_bias": {"x": 1}}, "logit_bias", None),
        ({"prompt": "a", "max_tokens": 0}, "max_tokens", "integer_below_min_value"),
        ({"prompt": "a", "stream_options": {}}, "stream_options", None),
        ({"prompt": "a", "detail": "ultra"}, "detail", "invalid_value"),
        ({"prompt": "a", "messages": []}, "messages", "unknown_parameter"),
        ({"prompt": "a " * 150_000}, "prompt", "context_length_exceeded"),
        ({"prompt": "a " * 60, "model": "org/echo-small"}, "prompt", "context_length_exceeded"),
        ({"img_url": ["file:///etc/passwd"]}, "img_url[0]", None),
        ({"img_b64": ["###"]}, "img_b64[0]", "invalid_base64_image"),
        ({"img_b64": "http://127.0.0.1/"}, "img_b64", "invalid_base64_image"),
    ],
)
def test_what_is_not_done_or_wrong_is_refused_by_name(
    http: httpx2.Client, body: dict[str, Any], param: str, code: str | None
) -> None:
    found_param, found_code, message = error_of(http, **body)
    assert found_param in ((param, None) if "img" in param else (param,))  # OpenAI names no place for some pictures
    assert code in (None, found_code)
    assert message


def test_a_picture_that_is_bad_is_refused_before_a_stream_begins(http: httpx2.Client) -> None:
    reply = http.post(COMPLETIONS, json={"img_b64": [b64(b"no picture at all")], "stream": True})
    assert reply.status_code == 400
    assert reply.json()["error"]["type"] == "invalid_request_error"


def test_the_model_may_be_named_once(http: httpx2.Client) -> None:
    assert completed(http, ENGINE, prompt="a", model="gpt-4-vision-preview")["choices"][0]["text"] == "a"
    assert error_of(http, ENGINE, prompt="a", model="gpt-4o")[0] == "model"
    assert error_of(http, prompt="a", model="")[2] == "you must provide a model parameter"
    assert completed(http, "/v1/engines/org/echo-small/completions", prompt="a b")["model"] == "org/echo-small"
    assert http.post("/v1/engines/nope/completions", json={"prompt": "a"}).status_code == 404


def test_the_sdk_of_today_completes_with_pictures_in_its_extra_body(sdk: openai.OpenAI) -> None:
    extra = {"img_b64": [b64(picture(64, 48))]}
    whole = sdk.completions.create(model="gpt-4-vision-preview", prompt="Look", extra_body=extra)
    pieces = sdk.completions.create(model="gpt-4-vision-preview", prompt="Look", extra_body=extra, stream=True)
    assert whole.choices[0].text == "".join(piece.choices[0].text for piece in pieces)
    assert whole.choices[0].text == "Look\nimage1: 64x48 px, 0 lines of text"


def test_a_fault_in_the_middle_of_a_stream_is_an_error_event(sdk: openai.OpenAI) -> None:
    pieces = sdk.completions.create(model="echo-fault", prompt="one two three four", stream=True)
    with pytest.raises(openai.APIError):
        list(pieces)


def test_the_engine_is_free_when_the_answer_is_out(server: Running, http: httpx2.Client) -> None:
    completed(http, prompt="a")
    assert server.chat.n_inside("sightline-echo") == 0


def streamed(http: httpx2.Client, **body: Any) -> list[dict[str, Any]]:
    with http.stream("POST", COMPLETIONS, json={**body, "stream": True}) as reply:
        lines = [line[6:] for line in reply.iter_lines() if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_n_answers_are_choices_of_one_reply_whole_and_streamed(http: httpx2.Client) -> None:
    body: dict[str, Any] = {"prompt": "one two", "n": 3, "max_tokens": 30}
    whole = completed(http, **body)
    assert [choice["index"] for choice in whole["choices"]] == [0, 1, 2]
    pieces = streamed(http, **body)
    for choice in whole["choices"]:
        own = [piece["choices"][0] for piece in pieces if piece["choices"][0]["index"] == choice["index"]]
        assert "".join(each["text"] for each in own) == choice["text"]
        assert [each["finish_reason"] for each in own] == [None] * (len(own) - 1) + [choice["finish_reason"]]
    assert [("sightline" in piece) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    one = completed(http, prompt="one two", max_tokens=30)
    assert whole["usage"]["completion_tokens"] >= 3 * one["usage"]["completion_tokens"]


def test_logprobs_are_four_lists_whose_offsets_find_each_token_in_the_text(http: httpx2.Client) -> None:
    body: dict[str, Any] = {"prompt": "one dog and one cät", "model": "echo-cat", "logprobs": 2}
    choice = completed(http, **body)["choices"][0]
    found = choice["logprobs"]
    assert len({len(found[name]) for name in ("tokens", "token_logprobs", "top_logprobs", "text_offset")}) == 1
    for token, offset in zip(found["tokens"], found["text_offset"], strict=True):
        assert choice["text"][offset : offset + len(token)] == token
    for token, own, top in zip(found["tokens"], found["token_logprobs"], found["top_logprobs"], strict=True):
        assert own <= 0
        assert top[token] == own
        assert 1 <= len(top) <= 3
    pieces = [piece["choices"][0]["logprobs"] for piece in streamed(http, **body)]
    for name in ("tokens", "text_offset"):
        assert [each for piece in pieces for each in piece[name]] == found[name]


def test_without_alternatives_only_the_chosen_token_is_told(http: httpx2.Client) -> None:
    found = completed(http, prompt="one cat", model="echo-cat", logprobs=0)["choices"][0]["logprobs"]
    assert [list(top) for top in found["top_logprobs"]] == [[token] for token in found["tokens"]]


def test_the_best_of_several_is_told_alone_and_all_are_paid_for(http: httpx2.Client) -> None:
    reply = completed(http, prompt="one two", best_of=3, n=2)
    assert [choice["index"] for choice in reply["choices"]] == [0, 1]
    assert all(choice["logprobs"] is None for choice in reply["choices"])
    assert reply["usage"] == completed(http, prompt="one two", n=3)["usage"]
    assert {value["choice"] for value in reply["sightline"]["values"]} <= {0, 1}


def test_the_sdk_reads_n_and_logprobs(sdk: openai.OpenAI) -> None:
    reply = sdk.completions.create(model="echo-cat", prompt="one cat", n=2, logprobs=1)
    assert len(reply.choices) == 2
    logprobs = reply.choices[1].logprobs
    assert logprobs is not None
    assert logprobs.tokens
    assert logprobs.text_offset is not None
    assert logprobs.text_offset[0] == 0
