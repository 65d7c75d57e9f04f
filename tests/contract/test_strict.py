"""The settings that refuse and answer as OpenAI did: T18, T19, T23, T85, and that they are off by themselves."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest
from PIL import Image

from serving import CHAT, ask, data_url, hello, image_part, picture, running, says
from sightline.api.settings import Settings

CLASSIC = "gpt-4-vision-preview"
TWENTY_WORDS = " ".join(f"word{n}" for n in range(20))
EXTRA = "extra fields not permitted (type=value_error.extra)"
TOOL = {"type": "function", "function": {"name": "f"}}
JSON_OBJECT = {"type": "json_object"}


@pytest.fixture(scope="module")
def strict() -> Iterator[httpx2.Client]:
    settings = Settings(port=0, playground=False, strict_classic=True, strict_modern=True)
    with running(settings) as it, httpx2.Client(base_url=it.url, timeout=30) as client:
        yield client


def refusal(client: httpx2.Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = client.post(CHAT, json=body)
    assert reply.status_code == 400, reply.text
    error: dict[str, Any] = reply.json()["error"]
    assert error["type"] == "invalid_request_error"
    return error


def in_role(role: str, **more: Any) -> dict[str, Any]:
    content = [image_part(data_url(picture(32, 32)))]
    return says({"role": role, "content": content, **more}, {"role": "user", "content": "What was that?"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("response_format", JSON_OBJECT),
        ("functions", [{"name": "f"}]),
        ("tools", [TOOL]),
        ("tool_choice", "auto"),
        ("function_call", "auto"),
        ("logit_bias", {"1": 5}),
        ("response_format", None),
    ],
)
def test_t85_what_the_classic_model_did_not_have_is_refused_in_its_words(
    strict: httpx2.Client, field: str, value: Any
) -> None:
    error = refusal(strict, ask("Say json", model=CLASSIC, **{field: value}))
    assert error["message"] == f"1 validation error for Request\nbody -> {field}\n  {EXTRA}"
    assert (error["param"], error["code"]) == (None, None)


def test_t85_all_wrong_fields_are_named_at_once(strict: httpx2.Client) -> None:
    error = refusal(strict, ask("Say json", model=CLASSIC, response_format=JSON_OBJECT, tools=[TOOL], stop=None))
    assert error["message"] == (
        f"3 validation errors for Request\nbody -> response_format\n  {EXTRA}\nbody -> tools\n  {EXTRA}\n"
        "body -> stop\n  none is not an allowed value (type=type_error.none.not_allowed)"
    )


def test_t85_an_empty_list_of_stops_is_refused(strict: httpx2.Client) -> None:
    message = refusal(strict, ask("Hello", model=CLASSIC, stop=[]))["message"]
    assert message.startswith("1 validation error for Request\nbody -> stop\n  ensure this value has at least 1 items")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"role": "user", "content": "Hello", "name": "Ann"}, ". Unexpected keys in messages."),
        (
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/", "x": 1}}]},
            ". Unexpected keys in a message content image dict.",
        ),
        (
            {"role": "user", "content": [{"type": "image_url", "image_url": {"detail": "low"}}]},
            ": missing required 'url' field in image_url dictionary.",
        ),
        (
            {"role": "user", "content": [{"type": "file", "file": {"file_id": "file-1"}}]},
            ". Content blocks are expected to be either text or image_url type.",
        ),
    ],
)
def test_t85_messages_that_the_classic_model_could_not_read_are_refused(
    strict: httpx2.Client, message: dict[str, Any], text: str
) -> None:
    error = refusal(strict, {"model": CLASSIC, "messages": [message]})
    assert error == {
        "message": f"Invalid chat format{text}", "type": "invalid_request_error", "param": None, "code": None
    }  # fmt: skip


@pytest.mark.parametrize("model", [CLASSIC, "gpt-4-1106-vision-preview"])
def test_t85_a_classic_reply_has_sixteen_tokens_and_the_keys_of_its_time(strict: httpx2.Client, model: str) -> None:
    reply = strict.post(CHAT, json=ask(TWENTY_WORDS, model=model)).json()
    assert set(reply) == {"id", "object", "created", "model", "usage", "choices"}
    assert set(reply["usage"]) == {"prompt_tokens", "completion_tokens", "total_tokens"}
    assert reply["model"] == "gpt-4-1106-vision-preview"
    assert reply["choices"] == [
        {
            "index": 0,
            "message": {"role": "assistant", "content": " ".join(TWENTY_WORDS.split()[:16])},
            "finish_details": {"type": "max_tokens"},
        }
    ]


def test_t85_a_classic_request_in_the_guides_form_is_answered_in_full(strict: httpx2.Client) -> None:
    body = ask("Look", {"type": "image_url", "image_url": data_url(picture(64, 32))}, model=CLASSIC, max_tokens=300)
    choice = strict.post(CHAT, json={**body, "temperature": 0, "top_p": 1, "seed": 1, "stop": ["never"]}).json()[
        "choices"
    ][0]
    assert choice["message"]["content"] == "Look\nimage1: 64x32 px, 0 lines of text"
    assert choice["finish_details"] == {"type": "stop", "stop": None}


def test_t85_a_classic_stream_says_finish_details_and_no_reason(strict: httpx2.Client) -> None:
    reply = strict.post(CHAT, json=ask("Hello you", model=CLASSIC, stream=True))
    *events, done, _ = reply.text.split("\n\n")
    assert done == "data: [DONE]"
    chunks = [json.loads(event.removeprefix("data: ")) for event in events]
    assert all(set(chunk) == {"id", "object", "created", "model", "choices"} for chunk in chunks)
    choices = [chunk["choices"][0] for chunk in chunks]
    assert choices[0] == {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_details": None}
    assert choices[-1] == {"index": 0, "delta": {}, "finish_details": {"type": "stop", "stop": None}}
    assert "".join(choice["delta"].get("content", "") for choice in choices) == "Hello you"


def test_t85_probabilities_and_reading_are_there_if_they_were_asked_for(strict: httpx2.Client) -> None:
    body = ask("Hello", model=CLASSIC, logprobs=True)
    reply = strict.post(CHAT, json=body, headers={"x-sightline-reading": "1"}).json()
    assert [token["token"] for token in reply["choices"][0]["logprobs"]["content"]] == ["Hello"]
    assert reply["sightline"]["images"] == []


def test_t85_the_official_client_reads_a_classic_reply(strict: httpx2.Client) -> None:
    with openai.OpenAI(base_url=f"{strict.base_url}/v1", api_key="none", max_retries=0) as sdk:
        reply = sdk.chat.completions.create(model=CLASSIC, messages=[{"role": "user", "content": "Hello"}])
    assert reply.choices[0].finish_reason is None
    assert reply.choices[0].message.content == "Hello"


def test_t85_without_the_setting_the_classic_names_may_do_all_that_others_may(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=ask(f"json {TWENTY_WORDS}", model=CLASSIC, response_format=JSON_OBJECT, stop=None))
    assert reply.status_code == 200
    assert reply.json()["choices"][0]["finish_reason"] == "stop"
    assert reply.json()["choices"][0]["finish_details"] == {"type": "stop", "stop": None}


@pytest.mark.parametrize("role", ["assistant", "system"])
def test_t18_t19_pictures_are_the_users_alone_where_that_is_strict(
    strict: httpx2.Client, http: httpx2.Client, role: str
) -> None:
    error = refusal(strict, in_role(role))
    assert error["message"] == (
        "Invalid 'messages[0]'. Image URLs are only allowed for messages with role 'user', but this message with role "
        f"'{role}' contains an image URL."
    )
    assert (error["param"], error["code"]) == ("messages[0]", "invalid_value")
    assert http.post(CHAT, json=in_role(role)).status_code == 200
    assert strict.post(CHAT, json={**in_role(role), "model": CLASSIC}).status_code == 200  # as in November 2023


def test_a_bare_string_as_picture_is_refused_where_that_is_strict(strict: httpx2.Client) -> None:
    body = ask("Look", {"type": "image_url", "image_url": data_url(picture(32, 32))}, model="gpt-4o")
    error = refusal(strict, body)
    path = "messages[0].content[1].image_url"
    assert error["message"] == f"Invalid type for '{path}': expected an object, but got a string instead."
    assert (error["param"], error["code"]) == (path, "invalid_type")


def test_t23_an_animation_is_refused_where_that_is_strict(strict: httpx2.Client, http: httpx2.Client) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0)
    body = ask("Look", image_part(data_url(out.getvalue(), "image/gif")), model="gpt-4o")
    assert refusal(strict, body)["message"].startswith("You uploaded an unsupported image.")
    assert http.post(CHAT, json=body).status_code == 200


@pytest.mark.parametrize("messages", [None, "x", [1], [{"role": "user", "content": [1]}], [{"content": {}}]])
@pytest.mark.parametrize("model", [CLASSIC, "gpt-4o", 5])
def test_what_is_wrong_for_everyone_stays_a_400(strict: httpx2.Client, model: Any, messages: Any) -> None:
    refusal(strict, {"model": model, "messages": messages})


def test_strict_servers_answer_modern_requests(strict: httpx2.Client) -> None:
    choice = strict.post(CHAT, json=hello(response_format={"type": "text"})).json()["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ("Hello!", "stop")
