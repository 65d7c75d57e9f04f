from __future__ import annotations

import asyncio
import base64
import io
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from PIL import Image

from sightline.api.app import create_app
from sightline.api.convert import to_call
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat import Chat
from sightline.chat.instructions import DEFAULT_INSTRUCTION, parse_attributes
from sightline.engines.echo import EchoEngine
from sightline.images.load import ImageLoader
from sightline.playground.client import Answer, Attachment, Question, ServerError, ask, request_body
from sightline.types import ImagePart, TextPart

PICTURE = b"\x89PNG and so on"
KEY = "sk-of-the-test"
START_S = 20


@pytest.fixture(scope="module")
def locked() -> Iterator[str]:
    """The address of a server that asks for a key; its second model breaks off."""
    settings = Settings(port=0, playground=False, api_keys=(KEY,))
    engines = {"echo": EchoEngine("echo"), "fault": EchoEngine("fault", fault_after=2)}
    app = create_app(Chat(engines, {}, ImageLoader(), None), settings)
    server = uvicorn.Server(uvicorn_config(app, settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    end = time.monotonic() + START_S
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(START_S)


def answers(address: str, key: str, question: Question) -> list[Answer]:
    async def collect() -> list[Answer]:
        return [answer async for answer in ask(address, key, question)]

    return asyncio.run(collect())


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def test_what_the_page_sends_is_a_call_that_the_api_takes() -> None:
    call = to_call(request_body(Question(Attachment(PICTURE)), "m"))
    assert (call.stream, call.include_usage, call.request.model) == (True, True, "m")
    assert call.request.json_schema is None


def test_the_five_controls_reach_the_request() -> None:
    question = Question(
        Attachment(PICTURE, "image/webp"), "", parse_attributes("vendor, total float"), low_quality=True
    )
    request = to_call(request_body(question, "m")).request
    picture, text = request.messages[0].parts
    assert isinstance(picture, ImagePart)
    assert isinstance(text, TextPart)
    assert picture.detail == "low"
    assert picture.source == f"data:image/webp;base64,{base64.b64encode(PICTURE).decode()}"
    assert text.text == f"{DEFAULT_INSTRUCTION}\n\nReturn the attributes as JSON:\n- vendor\n- total: number"
    assert request.json_schema is not None
    assert list(request.json_schema["properties"]) == ["vendor", "total"]


def test_without_the_box_the_detail_is_high() -> None:
    (picture, _) = to_call(request_body(Question(Attachment(PICTURE)), "m")).request.messages[0].parts
    assert isinstance(picture, ImagePart)
    assert picture.detail == "high"


def test_the_answer_grows_and_the_last_one_has_the_receipt(locked: str) -> None:
    *growing, last = answers(locked, KEY, Question(Attachment(png(700, 500)), instruction="one two three"))
    assert all(not answer.complete and last.text.startswith(answer.text) for answer in growing)
    assert len(growing) > 2
    assert last.complete
    assert last.text == "one two three\nimage1: 700x500 px, 0 lines of text"
    assert last.receipt is not None
    assert last.receipt["images"][0]["tokens"] == 425
    assert last.usage is not None
    assert last.usage["prompt_tokens"] > 425


@pytest.mark.parametrize(("key", "says"), [("", "You didn't provide an API key"), ("sk-wrong", "Incorrect API key")])
def test_without_the_right_key_the_servers_own_words_come_back(locked: str, key: str, says: str) -> None:
    with pytest.raises(ServerError, match=says):
        answers(locked, key, Question(Attachment(png(8, 8))))


def test_an_answer_that_breaks_off_is_an_error_and_not_an_answer(locked: str) -> None:
    with pytest.raises(ServerError):
        answers(locked, KEY, Question(Attachment(png(8, 8)), instruction="one two three four", model="fault"))


def test_a_server_that_is_gone_is_a_short_error() -> None:
    with pytest.raises(ServerError, match="connection"):
        answers("http://127.0.0.1:9", KEY, Question(Attachment(png(8, 8))))
