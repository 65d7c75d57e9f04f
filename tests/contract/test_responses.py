"""`/v1/responses` through the official client and by hand: T75-T79."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import PictureHost, Running, data_url, pdf, picture, running
from sightline.api.settings import Settings

RESPONSES = "/v1/responses"
COUNT = f"{RESPONSES}/input_tokens"
QUESTION_22 = "word " * 21 + "word"  # as long as the guide's own question: 22 tokens
KEYS = ("sk-first-0123456789", "sk-second-0123456789")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(Settings(port=0, playground=False, data_dir=tmp_path_factory.mktemp("data"))) as it:
        yield it


def asks(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"model": "gpt-4o", "input": [{"role": "user", "content": list(parts)}], **more}


def text(said: str) -> dict[str, Any]:
    return {"type": "input_text", "text": said}


def image(url: str, **more: Any) -> dict[str, Any]:
    return {"type": "input_image", "image_url": url, **more}


def answered(http: httpx2.Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = http.post(RESPONSES, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def refused(reply: httpx2.Response, status: int = 400) -> tuple[str | None, str | None]:
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    return error["param"], error["code"]


def events_of(http: httpx2.Client, body: dict[str, Any]) -> list[dict[str, Any]]:
    reply = http.post(RESPONSES, json={**body, "stream": True})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    *events, nothing = reply.text.split("\n\n")
    assert nothing == ""
    found = []
    for event in events:
        name, data = event.split("\n")
        found.append(json.loads(data.removeprefix("data: ")))
        assert name == f"event: {found[-1]['type']}"
    return found


def test_t75_a_picture_without_detail_is_answered_as_a_response(sdk: openai.OpenAI) -> None:
    parts: Any = [text("Look"), image(data_url(picture(64, 48)))]
    response = sdk.responses.create(model="gpt-4-vision-preview", input=[{"role": "user", "content": parts}])
    assert response.output_text == "Look\nimage1: 64x48 px, 0 lines of text"
    assert (response.object, response.status, response.model) == (
        "response",
        "completed",
        "gpt-4-1106-vision-preview",
    )
    assert response.id.startswith("resp_")
    (message,) = response.output
    assert message.type == "message"
    assert (message.role, message.status, message.id[:4]) == ("assistant", "completed", "msg_")
    assert response.usage is not None
    assert response.usage.input_tokens == 7 + 1 + 255
    assert response.usage.total_tokens == response.usage.input_tokens + response.usage.output_tokens
    assert response.usage.output_tokens_details.reasoning_tokens == 0
    assert response.error is None
    assert response.incomplete_details is None
    assert response.model_extra is not None
    assert response.model_extra["sightline"]["images"][0]["source_width"] == 64


def test_a_string_is_one_message_and_instructions_go_before_it(http: httpx2.Client) -> None:
    plain = answered(http, {"model": "gpt-4o", "input": "Hello!"})
    assert plain["output"][0]["content"] == [
        {"type": "output_text", "text": "Hello!", "annotations": [], "logprobs": []}
    ]
    assert plain["usage"]["input_tokens"] == 9
    told = answered(http, {"model": "gpt-4o", "input": "Hello!", "instructions": "Be brief."})
    assert told["usage"]["input_tokens"] == 9 + 4 + 3
    assert told["instructions"] == "Be brief."


def test_what_was_asked_for_is_in_the_reply(http: httpx2.Client) -> None:
    asked = {
        "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 50, "metadata": {"a": "b"}, "user": "me",
        "parallel_tool_calls": False, "store": False, "truncation": "disabled", "prompt_cache_key": "k",
    }  # fmt: skip
    more = {"reasoning": {"effort": "low"}, "text": {"verbosity": "low"}, "include": ["reasoning.encrypted_content"]}
    reply = answered(http, {"model": "gpt-4o", "input": "Hello!", **asked, **more})
    assert {name: reply[name] for name in asked} == asked
    assert reply["text"] == {"format": {"type": "text"}, "verbosity": "low"}
    assert reply["reasoning"] == {"effort": "low", "summary": None}


def test_t76_the_events_of_a_stream_come_in_the_order_of_the_contract(http: httpx2.Client) -> None:
    body = {"model": "echo-cat", "input": "Hello"}
    events = events_of(http, body)
    kinds = [event["type"] for event in events]
    n_deltas = kinds.count("response.output_text.delta")
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        *["response.output_text.delta"] * n_deltas,
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    said = "".join(event.get("delta", "") for event in events)
    last = events[-1]["response"]
    assert n_deltas == 8
    assert said == events[-4]["text"] == events[-3]["part"]["text"] == "one dog and one cat and one bird"
    assert last["output"] == [events[-2]["item"]]
    assert {event["response"]["id"] for event in (*events[:2], events[-1])} == {last["id"]}
    assert (events[0]["response"]["status"], events[0]["response"]["output"]) == ("in_progress", [])
    whole = answered(http, body)
    assert whole["output"][0]["content"] == last["output"][0]["content"]
    assert whole["usage"] == last["usage"]
    assert set(whole) == set(last)


def test_t76_the_sdks_stream_helper_puts_it_together(sdk: openai.OpenAI) -> None:
    with sdk.responses.stream(model="echo-cat", input="Hello") as stream:
        kinds = [event.type for event in stream]
        final = stream.get_final_response()
    assert kinds[0] == "response.created"
    assert kinds[-1] == "response.completed"
    assert final.output_text == "one dog and one cat and one bird"
    assert sdk.responses.retrieve(final.id).output_text == final.output_text


@pytest.mark.parametrize("stream", [True, False])
def test_t77_a_long_answer_is_cut_and_says_so(http: httpx2.Client, stream: bool) -> None:
    body = {"model": "echo-slow", "input": "Hello", "max_output_tokens": 16}
    if stream:
        events = events_of(http, body)
        assert events[-1]["type"] == "response.incomplete"
        reply = events[-1]["response"]
    else:
        reply = answered(http, body)
    assert reply["status"] == reply["output"][0]["status"] == "incomplete"
    assert reply["incomplete_details"] == {"reason": "max_output_tokens"}
    assert reply["usage"]["output_tokens"] <= 16


def test_t60_a_model_that_fails_in_a_stream_ends_it_as_failed(http: httpx2.Client) -> None:
    *_, last = events_of(http, {"model": "echo-fault", "input": "Hello you there"})
    assert last["type"] == "response.failed"
    assert last["response"]["error"]["code"] == "server_error"
    assert last["response"]["store"] is False
    assert last["response"]["output"][0]["content"][0]["text"] == "Hello you"
    assert http.post(RESPONSES, json={"model": "echo-fault", "input": "Hello you there"}).status_code == 500


def test_t78_the_count_of_a_request_is_what_it_would_cost(sdk: openai.OpenAI, picture_host: PictureHost) -> None:
    url = picture_host.put("photo.jpg", picture(1280, 720))
    parts: Any = [text(QUESTION_22), image(url)]
    message: Any = {"role": "user", "content": parts}
    counted = sdk.responses.input_tokens.count(model="gpt-4-vision-preview", input=[message])
    assert (counted.object, counted.input_tokens) == ("response.input_tokens", 1134)
    response = sdk.responses.create(model="gpt-4-vision-preview", input=[message], instructions="Be brief.")
    assert response.usage is not None
    again = sdk.responses.input_tokens.count(
        model="gpt-4-vision-preview", input="More", previous_response_id=response.id, instructions="Be brief."
    )
    went_on = sdk.responses.create(
        model="gpt-4-vision-preview", input="More", previous_response_id=response.id, instructions="Be brief."
    )
    assert went_on.usage is not None
    assert again.input_tokens == went_on.usage.input_tokens > response.usage.input_tokens


def test_a_count_needs_no_model_and_refuses_what_a_request_would(http: httpx2.Client) -> None:
    assert http.post(COUNT, json={"input": "Hello!"}).json()["input_tokens"] == 9
    assert http.post(COUNT, json={}).json()["input_tokens"] == 3
    assert refused(http.post(COUNT, json={"temperature": 1})) == ("temperature", "unknown_parameter")
    bad = {"role": "user", "content": [image("data:image/png;base64,###")]}
    assert refused(http.post(COUNT, json={"input": [bad]}))[1] == "invalid_base64_image"
    assert refused(http.post(COUNT, json={"model": "nope", "input": "x"}), 404)[1] == "model_not_found"


def test_t79_pictures_and_documents_by_the_id_of_an_upload(sdk: openai.OpenAI) -> None:
    photo = sdk.files.create(file=("a.jpg", picture(64, 48)), purpose="vision").id
    paper = sdk.files.create(file=("a.pdf", pdf(2)), purpose="user_data").id
    parts: Any = [
        text("Look"),
        {"type": "input_image", "file_id": photo, "detail": "low"},
        {"type": "input_file", "file_id": paper},
        {"type": "input_file", "file_data": data_url(pdf(1), "application/pdf"), "filename": "b.pdf"},
    ]
    response = sdk.responses.create(model="gpt-4o", input=[{"role": "user", "content": parts}])
    assert [line.partition(":")[0] for line in response.output_text.splitlines()[1:]] == [
        f"image{n}" for n in (1, 2, 3, 4)
    ]
    wrong: Any = [{"type": "input_image", "file_id": "file-0"}]
    with pytest.raises(openai.NotFoundError) as missing:
        sdk.responses.create(model="gpt-4o", input=[{"role": "user", "content": wrong}])
    assert (missing.value.code, missing.value.param) == ("image_file_not_found", "input[0].content[0].file_id")
    as_image: Any = [{"type": "input_image", "file_id": paper}]
    with pytest.raises(openai.BadRequestError) as no_image:
        sdk.responses.create(model="gpt-4o", input=[{"role": "user", "content": as_image}])
    assert no_image.value.code == "unsupported_image_media_type"


def test_a_conversation_goes_on_with_everything_that_was_said_and_seen(sdk: openai.OpenAI) -> None:
    parts: Any = [text("Look"), image(data_url(picture(64, 48)))]
    first = sdk.responses.create(model="gpt-4o", input=[{"role": "user", "content": parts}], instructions="Be brief.")
    second = sdk.responses.create(model="gpt-4o", input="And now?", previous_response_id=first.id)
    assert second.previous_response_id == first.id
    assert second.output_text == "And now?"
    assert second.model_extra is not None
    assert len(second.model_extra["sightline"]["images"]) == 1
    assert first.usage is not None
    assert second.usage is not None
    n_said = first.usage.output_tokens + 4  # the answer, as a message of its own; the instructions are not kept
    assert second.usage.input_tokens == first.usage.input_tokens - (4 + 3) + n_said + 4 + 3


def test_a_stored_response_is_shown_its_input_listed_and_both_deleted(sdk: openai.OpenAI, http: httpx2.Client) -> None:
    said: Any = [
        {"role": "user", "content": "One"},
        {"role": "assistant", "content": [{"type": "output_text", "text": "Two"}]},
        {"role": "user", "content": [text("Three"), image(data_url(picture(8, 8)), detail="low")]},
    ]
    response = sdk.responses.create(model="gpt-4o", input=said)
    shown = sdk.responses.retrieve(response.id)
    assert shown.to_dict() == response.to_dict()
    items: Any = list(sdk.responses.input_items.list(response.id, order="asc", limit=2))
    assert [item.content[0].text for item in items] == ["One", "Two", "Three"]
    assert items[2].content[1].image_url.startswith("data:image/jpeg;base64,")
    newest = http.get(f"{RESPONSES}/{response.id}/input_items?limit=1").json()
    assert (newest["first_id"], newest["last_id"], newest["has_more"]) == (items[2].id, items[2].id, True)
    sdk.responses.delete(response.id)
    with pytest.raises(openai.NotFoundError, match="not found"):
        sdk.responses.retrieve(response.id)
    with pytest.raises(openai.BadRequestError) as gone:
        sdk.responses.create(model="gpt-4o", input="x", previous_response_id=response.id)
    assert (gone.value.code, gone.value.param) == ("previous_response_not_found", "previous_response_id")


def test_what_is_not_to_be_stored_is_not(http: httpx2.Client) -> None:
    reply = answered(http, {"model": "gpt-4o", "input": "x", "store": False})
    assert reply["store"] is False
    assert refused(http.get(f"{RESPONSES}/{reply['id']}"), 404)


def test_a_server_that_may_not_store_says_so_and_makes_no_folder(tmp_path: Path) -> None:
    settings = Settings(port=0, playground=False, data_dir=tmp_path / "data", store_responses=False)
    with running(settings) as private, httpx2.Client(base_url=private.url) as http:
        assert answered(http, {"model": "gpt-4o", "input": "x"})["store"] is False
        asked = http.post(RESPONSES, json={"model": "gpt-4o", "input": "x", "store": True})
        assert refused(asked) == ("store", "unsupported_value")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_used_stops_only_those_who_ask_to_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(port=0, playground=False, data_dir=tmp_path / "file" / "data")
    with running(settings) as broken, httpx2.Client(base_url=broken.url) as http:
        assert answered(http, {"model": "gpt-4o", "input": "x"})["store"] is False
        assert http.post(RESPONSES, json={"model": "gpt-4o", "input": "x", "store": True}).status_code == 500


def test_another_keys_response_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    settings = Settings(port=0, playground=False, data_dir=tmp_path, api_keys=KEYS)
    with running(settings) as keyed:
        mine, theirs = (httpx2.Client(base_url=keyed.url, headers={"Authorization": f"Bearer {key}"}) for key in KEYS)
        id_ = answered(mine, {"model": "gpt-4o", "input": "x"})["id"]
        for path in (f"/{id_}", f"/{id_}/input_items"):
            assert refused(theirs.get(RESPONSES + path), 404)
            assert mine.get(RESPONSES + path).status_code == 200
            assert httpx2.get(keyed.url + RESPONSES + path).status_code == 401
        assert refused(theirs.delete(f"{RESPONSES}/{id_}"), 404)
        assert refused(theirs.post(f"{RESPONSES}/{id_}/cancel"), 404)
        on = theirs.post(RESPONSES, json={"model": "gpt-4o", "input": "x", "previous_response_id": id_})
        assert refused(on) == ("previous_response_id", "previous_response_not_found")
        assert httpx2.get(f"{keyed.url}/responses/{id_}").status_code == 401
        mine.close()
        theirs.close()


def test_calls_of_earlier_turns_are_told_and_an_orphan_is_refused(http: httpx2.Client) -> None:
    call = {"type": "function_call", "call_id": "c1", "name": "look_up", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "c1", "output": [text("42"), image(data_url(picture(8, 8)))]}
    reply = answered(http, {"model": "gpt-4o", "input": [{"role": "user", "content": "x"}, call, output]})
    assert len(reply["sightline"]["images"]) == 1
    error = http.post(RESPONSES, json={"model": "gpt-4o", "input": [output]}).json()["error"]
    assert error["message"] == "No tool call found for function call output with call_id c1."


USER_AT = "input[0].content[0]"


@pytest.mark.parametrize(
    ("body", "param", "code"),
    [
        ({"input": "x"}, "model", "missing_required_parameter"),
        ({"model": "gpt-4o"}, "input", "missing_required_parameter"),
        ({"model": "gpt-4o", "input": 3}, "input", "invalid_type"),
        ({"model": "gpt-4o", "input": []}, "input", "empty_array"),
        ({"model": "gpt-4o", "input": "x", "foo": 1}, "foo", "unknown_parameter"),
        ({"model": "gpt-4o", "input": "x", "stop": "y"}, "stop", "unknown_parameter"),
        ({"model": "gpt-4o", "input": "x", "max_output_tokens": 15}, "max_output_tokens", "integer_below_min_value"),
        ({"model": "gpt-4o", "input": "x", "temperature": 3}, "temperature", "decimal_above_max_value"),
        ({"model": "gpt-4o", "input": "x", "stream_options": {}}, "stream_options", None),
        ({"model": "gpt-4o", "input": "x", "background": True}, "background", "unsupported_parameter"),
        ({"model": "gpt-4o", "input": "x", "conversation": "conv_1"}, "conversation", "unsupported_parameter"),
        ({"model": "gpt-4o", "input": "x", "prompt": {"id": "p"}}, "prompt", "unsupported_parameter"),
        ({"model": "gpt-4o", "input": "x", "truncation": "auto"}, "truncation", "unsupported_value"),
        ({"model": "gpt-4o", "input": "x", "top_logprobs": 21}, "top_logprobs", "integer_above_max_value"),
        ({"model": "gpt-4o", "input": "x", "text": {"format": {"type": "json_object"}}}, "input", None),
        (
            {"model": "gpt-4o", "input": "x", "text": {"format": {"type": "json_schema", "name": "a"}}},
            "text.format.schema",
            "missing_required_parameter",
        ),
        (
            {"model": "gpt-4o", "input": "x", "text": {"format": {"type": "json_schema", "schema": {}}}},
            "text.format.name",
            "missing_required_parameter",
        ),
        ({"model": "gpt-4o", "input": [{"type": "reasoning", "summary": []}]}, "input[0].type", "invalid_value"),
        ({"model": "gpt-4o", "input": [{"role": "robot", "content": "x"}]}, "input[0].role", "invalid_value"),
        ({"model": "gpt-4o", "input": [{"role": "user"}]}, "input[0].content", "missing_required_parameter"),
        (asks({"type": "image_url"}), f"{USER_AT}.type", "invalid_value"),
        (asks({"type": "output_text", "text": "x"}), f"{USER_AT}.type", "invalid_value"),
        (
            {"model": "gpt-4o", "input": [{"role": "assistant", "content": [text("x")]}]},
            f"{USER_AT}.type",
            "invalid_value",
        ),
        (asks({"type": "input_image"}), USER_AT, "missing_mutually_exclusive_parameters"),
        (asks(image("http://a.example/a.png", file_id="f")), USER_AT, "mutually_exclusive_parameters"),
        (asks(image("data:image/png;base64,###")), f"{USER_AT}.image_url", "invalid_base64_image"),
        (asks(image("file:///etc/passwd")), f"{USER_AT}.image_url", "invalid_value"),
        (asks(image("http://127.0.0.1/a.png")), f"{USER_AT}.image_url", "invalid_image_url"),
        (asks(image("x", detail="ultra")), f"{USER_AT}.detail", "invalid_value"),
        (asks({"type": "input_image", "image_url": {"url": "x"}}), f"{USER_AT}.image_url", "invalid_type"),
        (
            asks({"type": "input_file", "file_url": "http://127.0.0.1/a.pdf"}),
            f"{USER_AT}.file_url",
            "unsupported_parameter",
        ),
        (asks({"type": "input_file"}), USER_AT, "missing_mutually_exclusive_parameters"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_does_not_fit_is_named_before_any_stream(
    http: httpx2.Client, body: dict[str, Any], param: str, code: str | None, stream: bool
) -> None:
    more = {"stream": True} if stream and "stream_options" not in body else {}
    assert refused(http.post(RESPONSES, json=body | more)) == (param, code)


def test_an_unknown_model_route_or_method_is_refused_as_everywhere(http: httpx2.Client) -> None:
    assert refused(http.post(RESPONSES, json={"model": "nope", "input": "x"}), 404) == (None, "model_not_found")
    assert http.get(RESPONSES).status_code == 405
    assert refused(http.get(f"{RESPONSES}/resp_0"), 404) == ("response_id", None)
    assert refused(http.get(f"{RESPONSES}/resp_0?stream=true")) == ("stream", "unsupported_parameter")
    id_ = answered(http, {"model": "gpt-4o", "input": "x"})["id"]
    assert http.post(f"{RESPONSES}/{id_}/cancel").json()["error"]["message"] == "Cannot cancel a synchronous response."
    assert refused(http.get(f"{RESPONSES}/{id_}/input_items?after=msg_0"), 404) == ("after", None)


def test_json_is_given_when_asked_for(http: httpx2.Client) -> None:
    reply = answered(http, {"model": "gpt-4o", "input": "Say it in JSON", "text": {"format": {"type": "json_object"}}})
    assert json.loads(reply["output"][0]["content"][0]["text"]) == {"echo": "Say it in JSON"}
    assert reply["text"]["format"] == {"type": "json_object"}
