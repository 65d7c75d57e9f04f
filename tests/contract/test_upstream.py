"""A model of another server answers as it would if it were asked directly."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest
from PIL import Image

from serving import CHAT, ask, data_url, image_part, picture, until
from upstreaming import Far, NotingEngine, far_server, front_server, without_ids

LOOK = {
    "type": "object",
    "properties": {"what": {"type": "string"}, "times": {"type": "integer", "minimum": 2}},
    "required": ["what", "times"],
    "additionalProperties": False,
}
TOOLS: list[dict[str, Any]] = [
    {"type": "function", "function": {"name": "look", "description": "Look closely.", "parameters": LOOK}},
    {"type": "function", "function": {"name": "stop_now"}},
]
FORMAT = {"type": "json_schema", "json_schema": {"name": "seen", "schema": LOOK, "strict": True}}
HTTP = httpx2.Client(timeout=30)
NAMED = {"type": "function", "function": {"name": "stop_now"}}
LOOSE = {"type": "json_schema", "json_schema": {"name": "seen", "schema": {"properties": {"a": {"type": "string"}}}}}


@pytest.fixture(scope="module", autouse=True)
def _closing() -> Iterator[None]:
    yield
    HTTP.close()


@pytest.fixture(scope="module")
def far() -> Iterator[Far]:
    with far_server() as it:
        yield it


@pytest.fixture(scope="module")
def front(far: Far) -> Iterator[str]:
    with front_server([far.base]) as url:
        yield url


@pytest.fixture(scope="module")
def clients(far: Far, front: str) -> Iterator[tuple[openai.OpenAI, openai.OpenAI]]:
    """The official client of the server in front, and of the one behind it."""
    with (
        openai.OpenAI(base_url=f"{front}/v1", api_key="none", max_retries=0) as one,
        openai.OpenAI(base_url=far.base, api_key="none", max_retries=0) as other,
    ):
        yield one, other


def body(text: str = "What do you see here?", **more: Any) -> dict[str, Any]:
    part = image_part(data_url(picture()), more.pop("detail", None))
    return ask(text, part, model=more.pop("model", "far"), **more)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"detail": "low"},
        {"max_tokens": 3},
        {"stop": "see"},
        {"stop": ["here", "see"], "max_completion_tokens": 8},
        {"logprobs": True},
        {"logprobs": True, "top_logprobs": 2},
        {"logit_bias": {"1": -100}},
        {"response_format": FORMAT},
        {"response_format": LOOSE},
        {"text": "Say it as json", "response_format": {"type": "json_object"}},
        {"tools": TOOLS, "tool_choice": "required"},
        {"tools": TOOLS, "tool_choice": NAMED},
        {"tools": TOOLS, "text": "look then stop_now"},
        {"tools": TOOLS, "text": "look then stop_now", "parallel_tool_calls": False},
        {"tools": TOOLS, "tool_choice": "none"},
        {"functions": [tool["function"] for tool in TOOLS], "text": "Please look"},
        {"temperature": 0.3, "top_p": 0.5, "presence_penalty": 0.1, "frequency_penalty": -1.5, "seed": 7},
    ],
)
def test_the_answer_is_the_one_that_the_other_server_gives(
    clients: tuple[openai.OpenAI, openai.OpenAI], far: Far, more: dict[str, Any]
) -> None:
    asked: Any = body(**more)
    through, direct = (client.chat.completions.create(**asked).model_dump() for client in clients)
    assert without_ids(through["choices"]) == without_ids(direct["choices"])
    assert through["usage"] == direct["usage"]
    one, other = far.engine.asked[-2:]
    assert (one.sampling, one.json_schema, one.calling) == (other.sampling, other.json_schema, other.calling)
    with clients[0].chat.completions.stream(**asked) as stream:
        stream.until_done()
        streamed = stream.current_completion_snapshot.model_dump()
    said = [
        {key: choice["message"].get(key) or None for key in ("content", "tool_calls", "function_call")}
        for choice in (streamed["choices"][0], through["choices"][0])
    ]
    for message in said:
        for call in message["tool_calls"] or ():
            call["function"].pop("parsed_arguments", None)
            call.pop("index", None)
    assert without_ids(said[0]) == without_ids(said[1])
    assert streamed["choices"][0]["finish_reason"] == through["choices"][0]["finish_reason"]


@pytest.mark.parametrize("detail", ["low", "high"])
@pytest.mark.parametrize("source", [picture(2300, 1400), picture(300, 200, "PNG"), picture(900, 900, "WEBP")])
def test_pictures_arrive_with_the_pixels_that_were_prepared(
    clients: tuple[openai.OpenAI, openai.OpenAI], far: Far, source: bytes, detail: str
) -> None:
    asked: Any = ask("Look", image_part(data_url(source), detail), model="far")
    replies = []
    hashes = []
    for client in clients:
        replies.append(client.chat.completions.create(**asked).model_dump())
        hashes += far.hashes
    assert hashes[0] == hashes[1]
    ours, theirs = (reply["sightline"]["images"][0] for reply in replies)
    sizes = [(each["source_width"], each["width"], each["height"], each["model_width"]) for each in (ours, theirs)]
    assert sizes[0] == sizes[1]
    assert far.engine.asked[-2].images[0].image.receipt.format == "png"


def test_a_turned_photo_arrives_upright(clients: tuple[openai.OpenAI, openai.OpenAI], far: Far) -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.linear_gradient("L").resize((640, 320)).convert("RGB").save(out, "JPEG", exif=exif)
    asked: Any = ask("Look", image_part(data_url(out.getvalue())), model="far")
    reply = clients[0].chat.completions.create(**asked).model_dump()
    assert reply["sightline"]["images"][0]["orientation"] == 6
    assert far.engine.asked[-1].images[0].image.plan.height == 640
    assert far.engine.asked[-1].images[0].image.receipt.orientation == 1


def test_the_receipt_has_the_other_servers_count_beside_our_usage(front: str, far: Far) -> None:
    asked = body(stream=True, stream_options={"include_usage": True})
    direct = HTTP.post(far.url + CHAT, json=body()).json()
    lines = HTTP.post(front + CHAT, json=asked).text.split("\n\n")
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {")]
    counted = next(chunk["sightline"] for chunk in chunks if "sightline" in chunk)["engine_tokens"]
    usage = direct["usage"]
    assert counted == {
        "prompt": usage["prompt_tokens"], "completion": usage["completion_tokens"], "is_estimate": False
    }  # fmt: skip
    assert "engine_tokens" not in direct["sightline"]


def test_every_choice_is_asked_for_with_a_seed_of_its_own(front: str, far: Far) -> None:
    before = len(far.engine.asked)
    reply = HTTP.post(front + CHAT, json=body(n=3, seed=2**63 - 2)).json()
    assert [choice["index"] for choice in reply["choices"]] == [0, 1, 2]
    assert len({choice["message"]["content"] for choice in reply["choices"]}) == 1  # an echo draws nothing
    asked = far.engine.asked[before:]
    assert [each.sampling.seed for each in asked] == [2**63 - 2, 2**63 - 1, -(2**63)]
    assert len({each.images[0].image.pixel_hash for each in asked}) == 1
    assert reply["sightline"]["engine_tokens"]["completion"] == reply["usage"]["completion_tokens"]


@pytest.mark.parametrize("form", ["chat", "2023", "responses"])
def test_earlier_calls_and_their_results_keep_their_form(front: str, far: Far, form: str) -> None:
    user = {"role": "user", "content": "Please look"}
    calls = [{"id": f"call_{at}", "type": "function", "function": {"name": "look", "arguments": "{}"}} for at in "ab"]
    results = [{"role": "tool", "tool_call_id": f"call_{at}", "content": f"a cat {at}"} for at in "ab"]
    items = [
        *({"type": "function_call", "call_id": f"call_{at}", "name": "look", "arguments": "{}"} for at in "ab"),
        *({"type": "function_call_output", "call_id": f"call_{at}", "output": f"a cat {at}"} for at in "ab"),
    ]
    called = {"role": "assistant", "content": None, "function_call": {"name": "look", "arguments": "{}"}}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "chat": (CHAT, {"messages": [user, {"role": "assistant", "content": None, "tool_calls": calls}, *results]}),
        "2023": (CHAT, {"messages": [user, called, {"role": "function", "name": "look", "content": "a cat a"}]}),
        "responses": ("/v1/responses", {"input": [user, *items], "store": False}),
    }
    path, asked = bodies[form]
    reply = HTTP.post(front + path, json={"model": "far", **asked})
    assert reply.status_code == 200, reply.text
    _, said, *answers = far.engine.asked[-1].messages
    ids = [part.call_id for part in said.parts]  # type: ignore[union-attr]
    assert (said.role, [part.name for part in said.parts]) == ("assistant", ["look"] * len(ids))  # type: ignore[union-attr]
    assert [answer.call_id for answer in answers] == ids
    assert len(ids) == (1 if form == "2023" else 2)


def test_names_of_turns_are_passed_on(front: str, far: Far) -> None:
    message = {"role": "user", "content": "Hello!", "name": "anna"}
    assert HTTP.post(front + CHAT, json={"model": "far", "messages": [message]}).status_code == 200
    assert far.engine.asked[-1].messages[0].name == "anna"


def test_what_does_not_fit_the_other_models_context_is_refused_as_such(far: Far) -> None:
    with front_server([far.base], "small") as url:
        reply = HTTP.post(url + CHAT, json={**body("word " * 60), "model": "small"})
    assert reply.status_code == 400
    assert reply.json()["error"]["code"] == "context_length_exceeded"


def test_a_caller_who_leaves_ends_the_work_at_the_other_server() -> None:
    slow = NotingEngine(text="word " * 5000, delay_s=0.01)
    with far_server(slow) as behind, front_server([behind.base]) as url:
        for stream in (True, False):
            payload = json.dumps(body(stream=stream)).encode()
            head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as caller:
                caller.sendall(f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload)
                until(lambda: slow.n_running == 1, 10)
            assert until(lambda: slow.n_running == 0, 10) < 2.0


def test_both_models_are_listed_and_the_aliases_stay_with_the_first(front: str) -> None:
    names = [model["id"] for model in HTTP.get(f"{front}/v1/models").json()["data"]]
    assert names[:2] == ["sightline-echo", "far"]
    assert "gpt-4o" in names
    reply = HTTP.post(front + CHAT, json={**body(), "model": "gpt-4o"}).json()
    assert reply["sightline"]["model"] == "sightline-echo"
